"""`voicecoach mock`: a whole interview; nothing is judged before its end."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from question_bank.question import QuestionKind
from voicecoach.attempt import Attempt
from voicecoach.cli.asking import ask_optional
from voicecoach.cli.breathing_screen import offer_breathing
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
from voicecoach.mock_pressure import (
    LONGEST_LIMIT,
    LONGEST_SILENCE,
    SHORTEST_LIMIT,
    SHORTEST_SILENCE,
    Pressure,
)

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
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in QuestionKind if kind is not QuestionKind.TO_ASK]),
    help="Only questions of this kind.",
)
@click.option("--role", default="", help="What was asked in interviews for this role first.")
@click.option("--interview", "interview_id", metavar="ID", help="Only what was asked in it.")
@click.option(
    "--weakness",
    default="",
    metavar="NAME",
    help="What goes worst first: weakest, least_likely or a criterion such as structure.",
)
@click.option(
    "--opening/--no-opening",
    default=None,
    help="Warm up with a question such as “Tell me about yourself” (if your bank has one).",
)
@click.option("--no-closing", is_flag=True, help="Don't let me ask them anything at the end.")
@click.option("--no-follow-up", is_flag=True, help="Don't ask follow-up questions.")
@click.option("--interruptions", is_flag=True, help="Pressure: break into some answers, once.")
@click.option(
    "--limit",
    "limit_seconds",
    type=click.IntRange(SHORTEST_LIMIT, LONGEST_LIMIT),
    metavar="SECONDS",
    help="Pressure: each answer ends after so many seconds.",
)
@click.option(
    "--silence",
    "silence_seconds",
    type=click.IntRange(SHORTEST_SILENCE, LONGEST_SILENCE),
    metavar="SECONDS",
    help="Pressure: say nothing for so many seconds after an answer.",
)
@click.option("--no-sound", is_flag=True, help="Show the questions without speaking them.")
@click.option("--breathe", is_flag=True, help="Breathe along first, about a minute.")
@synthetic_option
@json_option
@pass_session
def command(
    session: Session,
    *,
    count: int,
    answers: tuple[Path, ...],
    kind: str | None,
    role: str,
    interview_id: str | None,
    weakness: str,
    typed: bool,
    opening: bool | None,
    no_closing: bool,
    no_follow_up: bool,
    interruptions: bool,
    limit_seconds: int | None,
    silence_seconds: int | None,
    no_sound: bool,
    breathe: bool,
) -> None:
    """Hold a whole interview: question after question, feedback at the end.

    Answers are followed up like in a real interview, and at its end you ask them something, where
    your bank has questions of that kind. With --answer files only the questions are asked.

    Pressure is off unless you ask for it: --interruptions, --limit and --silence. It is never held
    against your pauses.

    --weakness puts first what the log shows to go worst, and says why.
    """
    if answers and typed:
        raise click.UsageError("--answer and --typed exclude each other.")
    pressure = Pressure(
        interruptions=interruptions, limit_seconds=limit_seconds, silence_seconds=silence_seconds
    )
    if answers and pressure.is_on:
        raise click.UsageError("Pressure is for answers that you give now: leave out --answer.")
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
            kind=None if kind is None else QuestionKind(kind),
            interview_id=interview_id,
            role=role,
            weakness=weakness,
            follow_ups=not (no_follow_up or answers),
            opening=False if answers and opening is None else opening,
            closing=not (no_closing or answers),
            pressure=pressure,
        )
        if len(answers) > len(mock.questions):
            raise InvalidInputError(
                f"There are {len(answers)} answers and only {len(mock.questions)} questions.",
                "Give fewer answers, or add questions.",
            )
    offer_breathing(session, asked_for=breathe)
    _remind_of_lessons(session)
    if pressure.is_on:
        session.screen.line((f"Pressure you chose: {'; '.join(pressure.words)}.", "dim"))
        if typed:
            session.screen.line(("Nothing is counted while you type: go by a watch.", "dim"))
    if mock.reason:
        session.screen.line((f"{mock.reason}.", "dim"))
    taken: list[Attempt] = []
    try:
        while (turn := _turn(session, mock)) is not None:
            number = turn.planned.number
            manner = Manner(
                file=answers[number - 1] if answers else None, typed=typed, aloud=not no_sound
            )
            taken.append(_take_turn(session, mock, turn, manner))
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
    if not session.screen.as_json:
        _afterwards(session, mock)


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


def _take_turn(
    session: Session, mock: "MockInterview", turn: "MockTurn", manner: Manner
) -> Attempt:
    """Ask what is asked now, and take the answer in."""
    if turn.greeting:
        session.screen.line(turn.greeting)
    if turn.is_follow_up:
        session.screen.heading(turn.asked)
        asked = turn.asked
    elif turn.planned.closing:
        session.screen.heading(turn.asked)
        session.screen.line((f"(ask them: {turn.question.text})", "dim"))
        asked = None
    else:
        show_question(
            session, turn.question, f"question {turn.planned.number} of {len(mock.questions)}"
        )
        asked = None
    ask_aloud(session, turn.said, manner)
    pressure = None
    if mock.pressure.is_on:
        with session.coach.reading_mocks() as mocks:
            pressure = mocks.pressure_of(mock.id, turn.question.id, follow_up=turn.is_follow_up)
    return take_answer(
        session,
        turn.question,
        manner,
        asked=asked,
        parent_id=turn.parent_id,
        pressure=pressure,
    )


def _afterwards(session: Session, mock: "MockInterview") -> None:
    """Tell what pressure did, and offer the questions that the interview raised."""
    from voicecoach.mock_review import MockReview  # noqa: PLC0415 - start-up time

    screen = session.screen
    with session.coach.reading_mocks() as mocks:
        review = MockReview(mocks=mocks)
        comparison = review.comparison() if mock.pressure.is_on else None
        raised = review.additions(mocks.get(mock.id))
    if comparison is not None:
        screen.line(comparison.as_sentence())
    if not raised:
        return
    screen.heading("Questions for your bank")
    for number, one in enumerate(raised, start=1):
        screen.item(one.text, mark=f"{number}.")
        screen.line((one.why, "dim"), indent=5)
        for near in one.near:
            screen.line((f"Nearly the same as one you have: {near}", "dim"), indent=5)
    if not screen.at_terminal:
        screen.line("Add what you want to practise: voicecoach questions add")
        return
    wanted = ask_optional(screen, "Which of them, by number (none: Enter)")
    chosen = {int(part) for part in wanted.replace(",", " ").split() if part.isdigit()}
    wordings = {one.key: one.text for number, one in enumerate(raised, start=1) if number in chosen}
    with session.coach.mocks() as mocks:
        added = MockReview(mocks=mocks).add(mocks.get(mock.id), wordings)
    if added:
        screen.line(f"In your bank now: {len(added)}.")


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
