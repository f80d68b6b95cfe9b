"""`voicecoach recover feedback`: ask for feedback, remind once, and make something of the reply."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

import click

from question_bank.errors import InvalidInputError
from voicecoach.cli.asking import read_paragraphs
from voicecoach.cli.inputs import DAY
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.cli.takeaway_verbs import (
    ask_uses,
    keep_verb,
    show_kept,
    undo_verb,
)

if TYPE_CHECKING:
    from voicecoach.feedback_request import EventKind
    from voicecoach.feedback_step import FeedbackStanding, FeedbackStep, ReadSentence

TONES: Final = ("warm", "plain", "formal")
"""`voicecoach.feedback_letter.Tone`, spelt out so that completion needs no import; a test
compares."""

STATES: Final = {
    "not_begun": "Nothing is sent yet.",
    "drafted": "Your e-mail is drafted and not sent yet.",
    "sent": "Sent.",
    "reminded": "Sent, and reminded once.",
    "answered": "They have answered.",
    "closed": "Closed without a reply. Most never answer; that says nothing about you.",
}


@click.group("feedback", invoke_without_command=True)
@click.option("--interview", "interview_id", help="Whose path; the latest without it.")
@json_option
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, interview_id: str | None) -> None:
    """Ask for feedback after an interview. Without a further word: where that stands."""
    from voicecoach.feedback_step import FeedbackStep  # noqa: PLC0415 - start-up time

    ctx.obj = session
    ctx.meta["voicecoach.interview"] = interview_id
    if ctx.invoked_subcommand is None:
        _show(session, FeedbackStep(session.coach, interview_id))


@command.command("letter")
@click.option("--tone", type=click.Choice(TONES), help="How it sounds; warm without a choice.")
@click.option("--reminder", is_flag=True, help="The one friendly reminder instead.")
@click.option("--to", "recipient", help='How you would address them, such as "Ms Weber".')
@click.option("--address", help="Their e-mail address.")
@click.option("--name", "signed", help="Your name; it is remembered for the next letter.")
@click.option("--positive", help="One thing that went well, in your words.")
@click.option("--subject", help="Another subject.")
@click.option("--text", type=click.File("r"), help="A file with your own text; - reads stdin.")
@click.option("--mailto", is_flag=True, help="Print it as a mailto: link.")
@click.option("--eml", type=click.Path(dir_okay=False, path_type=Path), help="Write it as a draft.")
@json_option
@pass_session
@click.pass_context
def letter(
    ctx: click.Context,
    session: Session,
    *,
    tone: str | None,
    reminder: bool,
    recipient: str | None,
    address: str | None,
    signed: str | None,
    positive: str | None,
    subject: str | None,
    text: TextIO | None,
    mailto: bool,
    eml: Path | None,
) -> None:
    """Draft the e-mail and keep it. What you edited stays until you draft it anew."""
    from dataclasses import replace  # noqa: PLC0415 - start-up time

    from voicecoach.feedback_letter import Letter, Purpose, Tone  # noqa: PLC0415
    from voicecoach.letter_file import mail_file, mail_link  # noqa: PLC0415

    step = _step(ctx, session)
    purpose = Purpose.REMINDER if reminder else Purpose.REQUEST
    given: dict[str, Any] = {
        "tone": None if tone is None else Tone(tone),
        "recipient": recipient,
        "address": address,
        "signed": signed,
        "positive": positive,
    }
    chosen = {name: value for name, value in given.items() if value is not None}
    choice = replace(step.choice(purpose), **chosen)
    standing = step.standing()
    before = standing.reminder if reminder else standing.letter
    kept = before
    if before is None or chosen or subject or text is not None:
        draft = before.letter if before is not None and not chosen else step.draft(choice)
        body = draft.body if text is None else text.read()
        kept = step.keep_letter(choice, Letter(subject=subject or draft.subject, body=body))
    assert kept is not None
    if eml is not None:
        _write(eml, mail_file(kept.letter, kept.address, kept.recipient))
    link = mail_link(kept.letter, kept.address)
    screen = session.screen
    if screen.as_json:
        screen.data({"kept": kept, "to_fill_in": kept.letter.to_fill_in, "mailto": link})
        return
    if mailto:
        if not link.whole:
            screen.note("The letter is too long for a link, which holds its subject only. --eml?")
        click.echo(link.url)
        return
    click.echo(f"Subject: {kept.letter.subject}\n\n{kept.letter.body}")
    if kept.letter.to_fill_in:
        screen.note(f"Still to fill in: {', '.join(kept.letter.to_fill_in)}")
    if eml is not None:
        screen.note(f"Written: {eml}. Opened, it is a draft in your e-mail program.")


def _event_verb(name: str, help_text: str) -> None:
    @command.command(name, help=help_text)
    @click.option("--on", "day", type=DAY, help="The day, as YYYY-MM-DD; today without it.")
    @json_option
    @pass_session
    @click.pass_context
    def verb(ctx: click.Context, session: Session, day: date | None) -> None:
        from voicecoach.feedback_request import EventKind  # noqa: PLC0415 - start-up time

        _note(ctx, session, EventKind(name), day=day)


for _name, _help in (
    ("sent", "Note that you sent it. A reminder is due a week later."),
    ("reminded", "Note that you sent the one reminder."),
    ("answered", "Note that they answered, where there is no text to keep."),
    ("closed", "Close it without a reply."),
):
    _event_verb(_name, _help)


@command.command("wait")
@click.argument("days", type=int)
@json_option
@pass_session
@click.pass_context
def wait(ctx: click.Context, session: Session, days: int) -> None:
    """Say after how many DAYS the reminder is due."""
    from voicecoach.feedback_request import EventKind  # noqa: PLC0415 - start-up time

    _note(ctx, session, EventKind.WAIT, days=days)


@command.command("undo")
@json_option
@pass_session
@click.pass_context
def undo(ctx: click.Context, session: Session) -> None:
    """Take back what was noted last: sent, reminded, answered, closed or the wait."""
    step = _step(ctx, session)
    step.undo()
    _show(session, step)


@command.command("reply")
@click.argument("file", required=False)
@click.option(
    "--take", type=int, multiple=True, help="Take a cut-off part back by its number; repeatable."
)
@click.option("--on", "day", type=DAY, help="The day it came, as YYYY-MM-DD; today without it.")
@json_option
@pass_session
@click.pass_context
def reply(
    ctx: click.Context,
    session: Session,
    file: str | None,
    take: tuple[int, ...],
    day: date | None,
) -> None:
    """Read their reply from FILE (.eml, .txt; - is stdin), or type it; go through it at a terminal.

    With a reply kept already and no FILE it is gone through again.
    """
    from voicecoach.reply_text import StretchKind, split_reply  # noqa: PLC0415 - start-up time

    step, screen = _step(ctx, session), session.screen
    standing = step.standing()
    if file is not None:
        step.keep_reply(_reply_in(file), day=day)
    elif standing.reply is None:
        step.keep_reply(
            read_paragraphs(screen, "Type or paste the reply; an empty line ends it."), day=day
        )
    if take:
        step.take_stretches([number - 1 for number in take])
    standing = step.standing()
    assert standing.reply is not None
    read = step.read(standing)
    stretches = split_reply(standing.reply.original)
    if screen.as_json:
        screen.data({"reply": standing.reply, "stretches": stretches, "sentences": read})
        return
    for number, stretch in enumerate(stretches, start=1):
        if stretch.kind is not StretchKind.REPLY:
            shown = " ".join(stretch.text.split())[:60]
            screen.line((f"Cut off, {stretch.kind}: {shown} (back with --take {number})", "dim"))
    _show_sentences(session, read)
    if not step.reads_meaning:
        screen.line(
            "Only known words were looked for: the sentence encoder is missing (voicecoach doctor)."
        )
    if screen.at_terminal:
        open_ones = [one for one in read if not one.became]
        ask_uses(
            session, step, [(one.quote, one.use, one.criterion, one.questions) for one in open_ones]
        )
    else:
        screen.line("Make something of a sentence: voicecoach recover feedback keep --help")


def _show_sentences(session: Session, read: "tuple[ReadSentence, ...]") -> None:
    for number, one in enumerate(read, start=1):
        hint = ""
        if one.finding is not None:
            criterion = "" if one.criterion is None else f", {one.criterion.replace('_', ' ')}"
            hint = f"  ({one.finding.nature}{criterion})"
        session.screen.item(" ".join(one.quote.split()), (hint, "dim"), mark=f"{number}.")
        for kept in one.became:
            session.screen.line((f"became a {kept.use}: {kept.words}", "green"), indent=5)


def _step(ctx: click.Context, session: Session) -> "FeedbackStep":
    from voicecoach.feedback_step import FeedbackStep  # noqa: PLC0415 - start-up time

    return FeedbackStep(session.coach, ctx.meta.get("voicecoach.interview"))


def _note(
    ctx: click.Context,
    session: Session,
    kind: "EventKind",
    *,
    day: date | None = None,
    days: int | None = None,
) -> None:
    step = _step(ctx, session)
    step.note(kind, day=day, days=days)
    _show(session, step)


def _show(session: Session, step: "FeedbackStep") -> None:
    from voicecoach.cli.interviews import interview_name  # noqa: PLC0415 - start-up time
    from voicecoach.kept_takeaways import own_weak_points  # noqa: PLC0415

    standing = step.standing()
    weak = own_weak_points(session.coach) if standing.reply is None else ()
    screen = session.screen
    if screen.as_json:
        screen.data({"standing": standing, "weakest": weak})
        return
    request = standing.request
    screen.line((f"Feedback from {interview_name(standing.interview)}", "bold"))
    screen.line(STATES[request.state])
    if request.due is not None:
        screen.line(("Due now: " + _due_words(standing), "bold"))
    elif request.reminder_on is not None:
        screen.line(f"A reminder is due on {request.reminder_on.isoformat()}.")
    show_kept(session, standing.takeaways)
    if request.state == "not_begun":
        screen.line("Draft the e-mail: voicecoach recover feedback letter --help")
    elif request.state == "drafted":
        screen.line("Once it is sent: voicecoach recover feedback sent")
    if standing.reply is None:
        screen.line("When a reply came: voicecoach recover feedback reply")
    if weak:
        screen.heading("Meanwhile, your own scores say")
        for one in weak:
            name = one.criterion.replace("_", " ")
            screen.item(f"{name}, {one.level:.1f} of 5 over {one.answers}: {one.advice}")
            if one.evidence:
                screen.line((one.evidence, "dim"), indent=4)


def _due_words(standing: "FeedbackStanding") -> str:
    if standing.request.due == "reminder":
        return "one friendly reminder (voicecoach recover feedback letter --reminder)."
    return "no reply came; you can close it (voicecoach recover feedback closed)."


def _reply_in(file: str) -> str:
    from voicecoach.reply_file import LARGEST_BYTES, reply_in_file  # noqa: PLC0415 - start-up time

    try:
        if file == "-":
            return reply_in_file("the reply", sys.stdin.buffer.read(LARGEST_BYTES + 1))
        with Path(file).open("rb") as opened:
            return reply_in_file(file, opened.read(LARGEST_BYTES + 1))
    except OSError as error:
        raise InvalidInputError(
            f"{file} can't be read ({error.strerror or error}).", "Check its name and place."
        ) from error


def _write(path: Path, content: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        raise InvalidInputError(
            f"{path} can't be written ({error.strerror or error}).", "Choose another place."
        ) from error


command.add_command(keep_verb("reply", "own_note", "own_scores"))
command.add_command(undo_verb("take-back"))
