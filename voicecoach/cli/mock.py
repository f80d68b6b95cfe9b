"""`voicecoach mock`: a whole interview; nothing is judged before its end."""

from pathlib import Path

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
    show_attempt,
    show_question,
    take_answer,
)
from voicecoach.errors import InvalidInputError, NotFoundError


@click.command("mock")
@click.option(
    "--questions",
    "count",
    type=click.IntRange(1, 20),
    default=5,
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
@click.option("--no-sound", is_flag=True, help="Show the questions without speaking them.")
@synthetic_option
@json_option
@pass_session
def command(
    session: Session, count: int, answers: tuple[Path, ...], *, typed: bool, no_sound: bool
) -> None:
    """Hold a whole interview: question after question, feedback at the end."""
    if answers and typed:
        raise click.UsageError("--answer and --typed exclude each other.")
    if typed and not session.screen.at_terminal:
        raise InvalidInputError(
            "A typed interview needs a terminal.", "Give sound files with --answer instead."
        )
    following = session.coach.next_questions(limit=len(answers) or count)
    if not following:
        raise NotFoundError(
            "There are no questions to practise yet.",
            "Log an interview with voicecoach debrief, or take some: voicecoach questions packs",
        )
    if len(answers) > len(following):
        raise InvalidInputError(
            f"There are {len(answers)} answers and only {len(following)} questions.",
            "Give fewer answers, or add questions.",
        )
    taken: list[Attempt] = []
    try:
        for number, next_one in enumerate(following, start=1):
            manner = Manner(
                file=answers[number - 1] if answers else None, typed=typed, aloud=not no_sound
            )
            show_question(session, next_one.question, f"question {number} of {len(following)}")
            ask_aloud(session, next_one.question.text, manner)
            taken.append(take_answer(session, next_one.question, manner))
    except (click.Abort, KeyboardInterrupt, StoppedEarlyError):
        raise StoppedEarlyError(
            "You stopped early; the answers you gave are kept.",
            "Finish them with: voicecoach attempts finish",
        ) from None
    session.screen.line()
    session.screen.line("That was the interview. Now to how it went.")
    _feedback(session, taken)


def _feedback(session: Session, taken: list[Attempt]) -> None:
    coach, screen = session.coach, session.screen
    finished = []
    for number, attempt in enumerate(taken, start=1):
        screen.note(f"Answer {number} of {len(taken)}")
        finished.append(finish_quietly(session, attempt))
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
