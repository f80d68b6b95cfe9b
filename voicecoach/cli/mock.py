"""`voicecoach mock`: a whole interview; nothing is judged before its end."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from voicecoach.attempt import Attempt
from voicecoach.cli.session import (
    Session,
    StoppedEarlyError,
    json_option,
    pass_session,
    synthetic_option,
)
from voicecoach.cli.turn import (
    Manner,
    ask_aloud,
    finish_quietly,
    note_shown,
    show_attempt,
    show_question,
    take_answer,
)
from voicecoach.errors import InvalidInputError
from voicecoach.mock_interview import MOST_QUESTIONS, USUAL_QUESTIONS

if TYPE_CHECKING:
    from voicecoach.mock_interview import MockInterview, MockTurn


@click.command("mock")
@click.option(
    "--questions",
    "count",
    type=click.IntRange(1, MOST_QUESTIONS),
    default=USUAL_QUESTIONS,
    show_default=True,
    help="How many questions.",
)
@click.option(
    "--answer",
    "answers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Sound files in place of the microphone, one per question; repeat the option.",
)
@click.option("--typed", is_flag=True, help="Type the answers in place of speaking them.")
@click.option("--no-follow-up", is_flag=True, help="Don't ask follow-up questions.")
@click.option("--no-sound", is_flag=True, help="Show the questions without speaking them.")
@synthetic_option
@json_option
@pass_session
def command(
    session: Session,
    count: int,
    answers: tuple[Path, ...],
    *,
    typed: bool,
    no_follow_up: bool,
    no_sound: bool,
) -> None:
    """Hold a whole interview: question after question, feedback at the end.

    Answers are followed up like in a real interview, and at its end you ask them something, where
    your bank has questions of that kind. With --answer files only the questions are asked.
    """
    if answers and typed:
        raise click.UsageError("--answer and --typed exclude each other.")
    if typed and not session.screen.at_terminal:
        raise InvalidInputError(
            "A typed interview needs a terminal.", "Give sound files with --answer instead."
        )
    coach = session.coach
    if len(answers) > MOST_QUESTIONS:
        raise InvalidInputError(
            f"A mock interview can't have {len(answers)} questions.",
            f"Give {MOST_QUESTIONS} answers at most.",
        )
    with coach.mocks() as mocks:
        mock = mocks.start(
            len(answers) or count,
            follow_ups=not (no_follow_up or answers),
            closing=not answers,
        )
        if len(answers) > len(mock.questions):
            raise InvalidInputError(
                f"There are {len(answers)} answers and only {len(mock.questions)} questions.",
                "Give fewer answers, or add questions.",
            )
    _remind_of_lessons(session)
    taken: list[Attempt] = []
    try:
        while (turn := _turn(session, mock)) is not None:
            number = turn.planned.number
            manner = Manner(
                file=answers[number - 1] if answers else None, typed=typed, aloud=not no_sound
            )
            taken.append(_take_turn(session, turn, manner, of=len(mock.questions)))
            if mock.follow_ups:
                finish_quietly(session, taken[-1])
    except (click.Abort, KeyboardInterrupt, StoppedEarlyError):
        with coach.mocks() as mocks:
            mocks.end(mock.id)
        raise StoppedEarlyError(
            "You stopped early; the answers you gave are kept.",
            "Finish them with: voicecoach attempts finish",
        ) from None
    session.screen.line()
    session.screen.line("That was the interview. Now to how it went.")
    _feedback(session, taken)


def _remind_of_lessons(session: Session) -> None:
    """Show what earlier interviews taught, before the first question."""
    from voicecoach.cli.recover_continue import show_lessons  # noqa: PLC0415 - start-up time
    from voicecoach.lessons import kept_lessons  # noqa: PLC0415 - start-up time

    if session.screen.as_json:
        return
    with session.coach.reading_bank() as bank:
        show_lessons(session.screen, kept_lessons(bank.past_interviews(session.coach.today()))[:1])


def _turn(session: Session, mock: "MockInterview") -> "MockTurn | None":
    with session.coach.reading_mocks() as mocks:
        return mocks.turn(mock)


def _take_turn(session: Session, turn: "MockTurn", manner: Manner, *, of: int) -> Attempt:
    """Ask what is asked now, and take the answer in."""
    if turn.is_follow_up:
        session.screen.heading(turn.asked)
        asked = turn.asked
    elif turn.planned.closing:
        session.screen.heading(turn.asked)
        session.screen.line((f"(ask them: {turn.question.text})", "dim"))
        asked = None
    else:
        show_question(session, turn.question, f"question {turn.planned.number} of {of}")
        asked = None
    ask_aloud(session, turn.asked, manner)
    return take_answer(session, turn.question, manner, asked=asked, parent_id=turn.parent_id)


def _feedback(session: Session, taken: list[Attempt]) -> None:
    coach, screen = session.coach, session.screen
    finished = []
    for number, attempt in enumerate(taken, start=1):
        screen.note(f"Answer {number} of {len(taken)}")
        finished.append(finish_quietly(session, attempt))
    note_shown(session)
    if screen.as_json:
        screen.data(coach.results(finished))
        return
    for attempt in finished:
        show_attempt(session, attempt)
    scores = [attempt.score.overall for attempt in finished if attempt.score is not None]
    screen.line()
    if scores:
        mean = sum(scores) / len(scores)
        screen.line(
            ("The whole interview: ", "bold"),
            f"{mean:.0f} of 100 on average over {len(scores)} scored answers.",
        )
    else:
        screen.line("None of the answers could be scored; each says why above.")
