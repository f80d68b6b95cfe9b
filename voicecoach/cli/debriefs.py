"""`voicecoach debriefs`: what was told aloud about interviews."""

from dataclasses import replace

import click

from question_bank.interview import Outcome
from question_bank.monologue import FindingKind
from voicecoach.cli.asking import ask_yes, require_terminal
from voicecoach.cli.inputs import short_ids
from voicecoach.cli.session import Session, json_option, pass_session, synthetic_option
from voicecoach.cli.telling import enter_told, show_told, written_down
from voicecoach.cli.told_check import check_told
from voicecoach.errors import AudioPlaybackError, InvalidInputError
from voicecoach.spoken_debrief import SpokenDebrief, ToldFinding, as_left, with_added
from voicecoach.spoken_debriefs import SpokenDebriefs
from voicecoach.time_words import clock_words, moment_words

OUTCOMES = [one.value for one in Outcome if one is not Outcome.UPCOMING]
KINDS = [kind.value for kind in FindingKind]


@click.group("debriefs", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """What you told aloud about interviews: hear, check, enter or delete one.

    Tell one with: voicecoach debrief --by-voice. Without a further word it lists them.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_told)


@command.command("list")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@json_option
@pass_session
def list_told(session: Session, limit: int = 20, offset: int = 0) -> None:
    """List them, the latest first."""
    screen = session.screen
    found = SpokenDebriefs(book=session.coach).list(limit=limit, offset=offset)
    if screen.as_json:
        screen.data(found)
        return
    if not found:
        screen.line("You have told nothing yet. Tell it: voicecoach debrief --by-voice")
        return
    short = short_ids(one.id for one in found)
    zone = session.coach.time_zone
    screen.table(
        ("id", "when", "length", "status"),
        [
            (
                short[one.id],
                moment_words(one.told_at.astimezone(zone)),
                "broke off" if one.seconds is None else clock_words(one.seconds),
                one.status.value,
            )
            for one in found
        ],
    )


@command.command("show")
@click.argument("debrief_id", metavar="ID")
@json_option
@pass_session
def show(session: Session, debrief_id: str) -> None:
    """Show what was heard and found."""
    show_told(session, SpokenDebriefs(book=session.coach).get(debrief_id))


@command.command("hear")
@click.argument("debrief_id", metavar="ID")
@synthetic_option
@json_option
@pass_session
def hear(session: Session, debrief_id: str) -> None:
    """Write down what was said, or try again, and go through it."""
    debriefs = SpokenDebriefs(book=session.coach)
    written_down(session, debriefs, debriefs.get(debrief_id).id, None)


@command.command("replay")
@click.argument("debrief_id", metavar="ID")
@click.option("--finding", type=click.IntRange(1), metavar="N", help="Only finding N.")
@pass_session
def replay(session: Session, debrief_id: str, finding: int | None) -> None:
    """Play the recording, or the words of one finding."""
    debriefs = SpokenDebriefs(book=session.coach)
    told = debriefs.get(debrief_id)
    one = None if finding is None else _finding(told, finding)
    why = debriefs.replay(
        told, start=one.start_seconds if one else None, end=one.end_seconds if one else None
    )
    if why is not None:
        raise AudioPlaybackError("It can't be played.", why)


@command.command("check")
@click.argument("debrief_id", metavar="ID")
@click.option("--yes", "duplicates", flag_value="merge", help="Merge questions nearly the same.")
@click.option("--keep-both", "duplicates", flag_value="keep", help="Keep near-duplicates apart.")
@pass_session
def check(session: Session, debrief_id: str, duplicates: str | None) -> None:
    """Go through the findings, then put what you keep into the bank."""
    debriefs = SpokenDebriefs(book=session.coach)
    told = debriefs.get(debrief_id)
    require_terminal(
        session.screen, f"See: voicecoach debriefs change --help; then debriefs enter {told.id}"
    )
    debriefs.keep(told.id, told.findings)  # refuses what has entered or was not heard
    outcome = check_told(session, debriefs, told)
    enter_told(session, debriefs, told.id, outcome.value, duplicates)


@command.command("change")
@click.argument("debrief_id", metavar="ID")
@click.argument("number", metavar="N", type=click.IntRange(1))
@click.option("--words", help="What it should say.")
@click.option("--strength", type=click.IntRange(1, 5), help="How strong a feeling was.")
@click.option("--drop/--keep", "dropped", default=None, help="Leave it out, or take it in again.")
@json_option
@pass_session
def change(
    session: Session,
    debrief_id: str,
    number: int,
    *,
    words: str | None,
    strength: int | None,
    dropped: bool | None,
) -> None:
    """Change finding N, as `show` numbers them."""
    debriefs = SpokenDebriefs(book=session.coach)
    told = debriefs.get(debrief_id)
    one = _finding(told, number)
    left = as_left(
        one,
        words=one.words if words is None else words,
        kept=one.kept if dropped is None else not dropped,
        intensity=strength or one.intensity,
        answers=one.answers,
    )
    if words is None:
        left = replace(left, reworded=one.reworded)
    findings = [left if two is one else two for two in told.findings]
    show_told(session, debriefs.keep(told.id, findings))


@command.command("add")
@click.argument("debrief_id", metavar="ID")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("words")
@json_option
@pass_session
def add(session: Session, debrief_id: str, kind: str, words: str) -> None:
    """Add something that was missed."""
    debriefs = SpokenDebriefs(book=session.coach)
    told = debriefs.get(debrief_id)
    findings = with_added(told.findings, FindingKind(kind), words)
    show_told(session, debriefs.keep(told.id, findings))


@command.command("enter")
@click.argument("debrief_id", metavar="ID")
@click.option("--outcome", type=click.Choice(OUTCOMES), default="rejected", show_default=True)
@click.option("--yes", "duplicates", flag_value="merge", help="Merge questions nearly the same.")
@click.option("--keep-both", "duplicates", flag_value="keep", help="Keep near-duplicates apart.")
@json_option
@pass_session
def enter(session: Session, debrief_id: str, outcome: str, duplicates: str | None) -> None:
    """Put what is kept into the bank as it stands."""
    debriefs = SpokenDebriefs(book=session.coach)
    enter_told(session, debriefs, debriefs.get(debrief_id).id, outcome, duplicates)


@command.command("delete")
@click.argument("debrief_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Don't ask whether I mean it.")
@pass_session
def delete(session: Session, debrief_id: str, *, yes: bool) -> None:
    """Delete one for good, sound and words. What entered the bank stays."""
    debriefs = SpokenDebriefs(book=session.coach)
    told = debriefs.get(debrief_id)
    if not yes:
        require_terminal(session.screen, "Say --yes if you mean it.")
        if not ask_yes(session.screen, "Delete its sound and words?", default=False):
            session.screen.line("Kept.")
            return
    debriefs.delete(told.id)
    session.screen.line("Deleted: its sound and what was heard in it.")


def _finding(told: SpokenDebrief, number: int) -> ToldFinding:
    if number > len(told.findings):
        raise InvalidInputError(
            f"There is no finding {number}; there are {len(told.findings)}.",
            f"See them: voicecoach debriefs show {told.id}",
        )
    return told.findings[number - 1]
