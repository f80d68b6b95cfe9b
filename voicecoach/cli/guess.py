"""Guessing one's score at the terminal, once the answer has ended and before the score is shown."""

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from voicecoach.attempt import Attempt
from voicecoach.cli.asking import ask_number
from voicecoach.cli.session import Session
from voicecoach.cli.turn import finish_answer

if TYPE_CHECKING:
    from voicecoach.guesses import GuessRecord


def keep_guess(session: Session, attempt: Attempt, expected: float) -> None:
    """Keep what the person expects of an answer.

    Raises:
        CoachError: it comes too late, or is no score.
    """
    from voicecoach.guessing import guess_score  # noqa: PLC0415 - start-up time

    guess_score(session.coach, attempt.id, expected)


def finish_while_guessing(session: Session, attempt: Attempt) -> Attempt:
    """Ask for a guess while the answer is transcribed and scored; an empty line passes."""
    from voicecoach.guessing import is_guess_open, pass_over_guess  # noqa: PLC0415

    coach = session.coach
    if not is_guess_open(coach, attempt):
        return finish_answer(session, attempt)
    with ThreadPoolExecutor(max_workers=1) as beside:
        finishing = beside.submit(coach.finish, attempt.id)
        expected = _ask(session)
        if expected is None:
            pass_over_guess(coach, attempt)
        else:
            keep_guess(session, attempt, expected)
        if not finishing.done():
            session.screen.transient("  looking at your answer ...")
        finishing.exception()  # what went wrong is told by finishing once more, in the open
    return finish_answer(session, attempt)


def show_guesses(session: Session) -> None:
    """Print how one's guesses fitted, beside the coach's forecasts."""
    from voicecoach.guessing import past_guesses  # noqa: PLC0415 - start-up time

    record: GuessRecord = past_guesses(session.coach)
    if session.screen.as_json:
        session.screen.data(record)
        return
    for sentence in record.as_sentences:
        session.screen.line(sentence)
    if record.own is None or record.coach is None:
        return
    session.screen.table(
        ("who", "expected", "came", "answers"),
        [
            (who, f"{group.expected:.0f}", f"{group.came:.0f}", str(group.count))
            for who, expectations in (("you", record.own), ("the coach", record.coach))
            for group in expectations.groups
        ],
    )


def _ask(session: Session) -> int | None:
    from voicecoach.guesses import GUESS_STEPS  # noqa: PLC0415 - start-up time

    screen = session.screen
    screen.line(("How did it go? Guess your score before you see it.", "bold"))
    steps = ", ".join(f"{score:.0f} {words.lower()}" for score, words in GUESS_STEPS)
    screen.line(f"Such as {steps}.")
    return ask_number(screen, "Of 100 (empty: just show me)", low=0, high=100)
