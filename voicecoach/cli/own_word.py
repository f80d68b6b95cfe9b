"""`voicecoach attempts say` and `attempts rescore`: the person's word on points, scoring again."""

from typing import Final

import click

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.cli.turn import show_attempt
from voicecoach.errors import CoachError, InvalidInputError

VERDICTS: Final = ("said", "partly", "not-said")
"""`voicecoach.scoring.cut_points.Verdict`, as it is typed; a test compares."""


@click.command("say")
@click.argument("attempt_id", metavar="ID")
@click.argument("point", metavar="POINT")
@click.argument("verdict", type=click.Choice(VERDICTS), required=False)
@click.option("--clear", is_flag=True, help="Take back what I said about that point.")
@json_option
@pass_session
def say(session: Session, attempt_id: str, point: str, verdict: str | None, *, clear: bool) -> None:
    """Say yourself whether you made a point: "I did say this", or "no, I didn't".

    POINT is its number in the result, or its id. Your word stands beside the coach's and changes
    no score. Where words were misheard, correct them: that scores anew.
    """
    if clear == (verdict is not None):
        raise InvalidInputError(
            "Either say something about the point or take it back.",
            f"Give one of {', '.join(VERDICTS)}, or --clear.",
        )
    from voicecoach.scoring.cut_points import Verdict  # noqa: PLC0415 - start-up time

    word = None if verdict is None else Verdict(verdict.replace("-", "_"))
    with session.coach.verdicts() as verdicts:
        attempt = verdicts.give(attempt_id, point, word)
    show_attempt(session, attempt)


@click.command("rescore")
@click.argument("attempt_id", metavar="[ID]", required=False)
@click.option("--all", "every", is_flag=True, help="Every answer that has words.")
@json_option
@pass_session
def rescore(session: Session, attempt_id: str | None, *, every: bool) -> None:
    """Score an answer again as answers are scored today; its earlier scores stay.

    Nothing does this by itself: a new rubric, other weights or other cut-points leave old scores
    as they are.
    """
    if every == (attempt_id is not None):
        raise InvalidInputError("Which answers?", "Give one ID, or --all.")
    coach, screen = session.coach, session.screen
    if attempt_id is not None:
        show_attempt(session, coach.rescore(attempt_id))
        return
    done: list[Attempt] = []
    changed = 0
    for before in coach.every_judged_attempt():
        screen.transient(f"  scoring {before.id[:8]} ...")
        try:
            after = coach.rescore(before.id)
        except CoachError as error:
            screen.note(f"{before.id[:8]}: {error}")
            continue
        done.append(after)
        if len(after.judgements) > len(before.judgements):
            changed += 1
            if not screen.as_json:
                screen.end_transient()
                was, now = _outcome(before), _outcome(after)
                screen.item(f"{after.id[:8]} {was} -> {now}: {after.asked}")
    screen.end_transient()
    if screen.as_json:
        screen.data(coach.results(done))
        return
    screen.line(f"{len(done)} answers scored again, {changed} of them came out otherwise.")


def _outcome(attempt: Attempt) -> str:
    if attempt.score is not None:
        return f"{attempt.score.overall:.0f}"
    return "no score" if attempt.status is AttemptStatus.UNSCOREABLE else attempt.status.value
