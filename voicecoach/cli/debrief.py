"""`voicecoach debrief`: an interview that went badly, told or read; its questions are kept."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.cli.breathing_screen import offer_breathing
from voicecoach.cli.duplicates import settle_duplicates
from voicecoach.cli.interviews import interview_name
from voicecoach.cli.session import (
    Session,
    StoppedEarlyError,
    json_option,
    pass_session,
    synthetic_option,
)
from voicecoach.errors import CoachError, InvalidInputError

if TYPE_CHECKING:
    from question_bank.debrief import Debrief, DebriefFormat, Problem
    from question_bank.debrief_entry import EnteredDebrief

FORMATS = ("markdown", "yaml", "json")
LARGEST_BYTES = 2_000_000
"""A debrief is a few pages; a larger file is a wrong one."""


@click.command("debrief")
@click.argument("file", metavar="[FILE]", required=False)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), help="How FILE is written; its ending tells."
)
@click.option("--yes", "duplicates", flag_value="merge", help="Merge questions nearly the same.")
@click.option("--keep-both", "duplicates", flag_value="keep", help="Keep near-duplicates apart.")
@click.option("--by-voice", is_flag=True, help="Tell it aloud into the microphone.")
@click.option(
    "--recording",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Tell it with a sound file.",
)
@synthetic_option
@click.option("--breathe", is_flag=True, help="Breathe along first, about a minute.")
@json_option
@pass_session
def command(
    session: Session,
    file: str | None,
    form: str | None,
    duplicates: str | None,
    *,
    breathe: bool,
    by_voice: bool,
    recording: str | None,
) -> None:
    """Walk through an interview that went badly, tell it aloud, or read one from FILE.

    What you tell is written down on this machine and split into questions, answers, feelings and
    facts; you check each of them before it enters the bank.

    FILE is Markdown, YAML or JSON (docs/sample-debrief.md is one); - is stdin. What can't be read
    is told with its line, and the rest is kept.
    """
    if by_voice or recording is not None:
        if file is not None or (by_voice and recording is not None):
            raise InvalidInputError(
                "A debrief comes from one place.", "Give FILE, --by-voice or --recording FILE."
            )
        from voicecoach.cli.telling import tell  # noqa: PLC0415 - start-up time

        if by_voice:
            offer_breathing(session, asked_for=breathe)
        tell(session, recording, duplicates)
        return
    if file is None:
        if not session.screen.at_terminal:
            raise InvalidInputError(
                "There is no terminal here to talk at.", "Give a file: voicecoach debrief FILE"
            )
        offer_breathing(session, asked_for=breathe)
        walk_through(session, duplicates)
        return
    from question_bank.debrief import Debrief, read_debrief  # noqa: PLC0415 - start-up time

    read = read_debrief(_text_of(file), _format_of(file, form))
    if read.debrief == Debrief():
        first = read.problems[0]
        raise InvalidInputError(f"{file}, line {first.line}: {first.what}", first.remedy)
    enter(session, read.debrief, read.problems, duplicates)


def walk_through(session: Session, duplicates: str | None = None) -> None:
    """Ask for a debrief at the terminal. Ctrl-C keeps what was said so far."""
    from voicecoach.cli.debrief_dialogue import Dialogue  # noqa: PLC0415 - start-up time

    dialogue = Dialogue(session.screen, session.coach.today())
    stopped = False
    try:
        dialogue.hold()
    except click.Abort:
        stopped = True
        session.screen.line()
        if not dialogue.gathered().names_an_interview:
            raise
    try:
        enter(session, dialogue.gathered(), (), "keep" if stopped else duplicates)
    except CoachError as error:
        raise _kept_aside(session, dialogue.gathered(), error) from error
    if stopped:
        raise StoppedEarlyError(
            "You stopped early; what you told me so far is kept.",
            "Add to it with: voicecoach interviews edit, voicecoach questions add",
        )


def _kept_aside(session: Session, debrief: "Debrief", error: CoachError) -> CoachError:
    """Write what was said into a file where the bank would not take it; return what to tell."""
    import msgspec  # noqa: PLC0415 - start-up time

    said = msgspec.to_builtins(debrief)
    for question in said["questions"]:
        question["outline"] = question.pop("points")
        del question["line"], question["kind_guessed"]
    path = session.settings.home / f"debrief-{session.coach.now():%Y%m%d-%H%M%S}.json"
    path.touch(mode=0o600)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(said), indent=2))
    return InvalidInputError(
        error.what_happened,
        f"{error.what_to_do} What you told me is in {path}: mend it there, then: "
        f"voicecoach debrief {path}",
    )


def enter(
    session: Session,
    debrief: "Debrief",
    problems: "tuple[Problem, ...]",
    duplicates: str | None,
) -> None:
    """Store a debrief, settle near-duplicates, and tell what became of it."""
    from question_bank.debrief_entry import enter_debrief  # noqa: PLC0415 - start-up time

    with session.coach.bank() as bank:
        entered = enter_debrief(bank, debrief)
    show_entered(session, entered, problems, duplicates)


def show_entered(
    session: Session,
    entered: "EnteredDebrief",
    problems: "tuple[Problem, ...]",
    duplicates: str | None,
) -> None:
    """Settle near-duplicates of what has entered, and tell what became of it."""
    screen = session.screen
    for problem in problems:
        screen.note(f"line {problem.line}: {problem.what} {problem.remedy}")
    for offer in entered.offers:
        settle_duplicates(session, offer.question, offer.near_duplicates, duplicates)
    if screen.as_json:
        screen.data({"entered": entered, "problems": problems})
        return
    if entered.interview is not None:
        screen.line(f"Kept: the interview {interview_name(entered.interview)}.")
    following = entered.next_interview
    if following is not None:
        day = "" if following.day is None else f" on {following.day.isoformat()}"
        screen.line(f"To come: {interview_name(following)}{day}.")
    for question in entered.new:
        screen.item(question.text)
    for question in entered.strengthened:
        screen.item(question.text, " (you had it already; it counts for more now)")
    for question in entered.outlines_kept:
        screen.line(f"It has another outline already, which stays: {question.text}")
    if problems:
        screen.line(f"{len(problems)} places could not be read; see above. The rest is kept.")
    screen.line("Practise the first: voicecoach drill. See the way back: voicecoach recover")


def _text_of(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read(LARGEST_BYTES + 1) if file == "-" else _bytes_of(Path(file))
    except OSError as error:
        raise InvalidInputError(
            f"{file} can't be read ({error.strerror or error}).", "Check its name and place."
        ) from error
    if len(raw) > LARGEST_BYTES:
        raise InvalidInputError(
            f"{file} is larger than {LARGEST_BYTES // 1_000_000} MB.",
            "A debrief is a few pages of text; is it another file?",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{file} is not a text in UTF-8.", "Save it as plain text in UTF-8."
        ) from error


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_BYTES + 1)


def _format_of(file: str, form: str | None) -> "DebriefFormat":
    from question_bank.debrief import DebriefFormat, format_of  # noqa: PLC0415 - start-up time

    if form is not None:
        return DebriefFormat(form)
    if file == "-":
        return DebriefFormat.MARKDOWN
    found = format_of(file)
    if found is None:
        raise InvalidInputError(
            f"The ending of {file} says nothing about its form.",
            f"End it in .md, .yaml or .json, or give --format: {', '.join(FORMATS)}.",
        )
    return found
