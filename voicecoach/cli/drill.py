"""`voicecoach drill`: one question, answered, judged, followed up."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from question_bank.question import QuestionKind
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.cli.asking import ask_choice
from voicecoach.cli.breathing_screen import offer_breathing
from voicecoach.cli.session import Session, json_option, pass_session, synthetic_option
from voicecoach.cli.turn import (
    Manner,
    ask_aloud,
    finish_answer,
    show_attempt,
    show_question,
    show_waiting,
    take_answer,
    why_now,
)
from voicecoach.errors import NotFoundError

if TYPE_CHECKING:
    from question_bank.question import Question


@click.command("drill")
@click.argument("question_id", metavar="[QUESTION]", required=False)
@click.option(
    "--answer",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A sound file in place of the microphone.",
)
@click.option("--typed", is_flag=True, help="Type the answer in place of speaking it.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in QuestionKind]),
    help="Only questions of this kind: to_ask are those you ask them.",
)
@click.option("--no-follow-up", is_flag=True, help="Don't ask the follow-up question.")
@click.option("--no-sound", is_flag=True, help="Show the question without speaking it.")
@click.option("--breathe", is_flag=True, help="Breathe along first, about a minute.")
@synthetic_option
@json_option
@click.pass_context
@pass_session
def command(
    session: Session,
    ctx: click.Context,
    question_id: str | None,
    answer: Path | None,
    *,
    typed: bool,
    kind: str | None,
    no_follow_up: bool,
    no_sound: bool,
    breathe: bool,
) -> None:
    """Answer the next due question, or QUESTION, aloud; hear how it went.

    QUESTION is an id or the beginning of one, from `voicecoach questions list`.
    """
    if answer is not None and typed:
        raise click.UsageError("--answer and --typed exclude each other.")
    manner = Manner(file=answer, typed=typed, aloud=not no_sound)
    follow_up = not no_follow_up and session.screen.at_terminal and not session.screen.as_json
    if question_id is not None and kind is not None:
        raise click.UsageError("QUESTION and --kind exclude each other.")
    offer_breathing(session, asked_for=breathe)
    attempt = drill(
        session,
        question_id,
        manner,
        follow_up=follow_up,
        kind=None if kind is None else QuestionKind(kind),
    )
    if attempt.status is AttemptStatus.FAILED:
        ctx.exit(1)


def drill(
    session: Session,
    question_id: str | None,
    manner: Manner,
    *,
    follow_up: bool,
    kind: QuestionKind | None = None,
) -> Attempt:
    """Ask, listen, judge, follow up; return the answer to the question itself."""
    question, why = choose_question(session, question_id, kind)
    show_question(session, question, why)
    ask_aloud(session, question.text, manner)
    attempt = finish_answer(session, take_answer(session, question, manner))
    show_attempt(session, attempt)
    if (
        attempt.status is AttemptStatus.WAITING
        and not session.screen.at_terminal
        and not session.screen.as_json
    ):
        show_waiting(session, attempt)
    if follow_up and attempt.score is not None and attempt.score.follow_up is not None:
        _follow_up(session, question, attempt, attempt.score.follow_up, manner)
    return attempt


def choose_question(
    session: Session, question_id: str | None, kind: QuestionKind | None = None
) -> tuple["Question", str | None]:
    """Return the question asked for, or the next one (of a kind) with why it is next.

    Raises:
        NotFoundError: there is no such question, or none at all.
    """
    if question_id is not None:
        with session.coach.reading_bank() as bank:
            return bank.get_question(question_id), None
    following = session.coach.next_questions(1, kind=kind)
    if not following and kind is not None:
        raise NotFoundError(
            f"Your bank has no questions of the kind {kind.value}.",
            "Take some: voicecoach questions packs",
        )
    if not following:
        raise NotFoundError(
            "There are no questions to practise yet.",
            "Log an interview with voicecoach debrief, or take some: voicecoach questions packs",
        )
    return following[0].question, why_now(following[0])


def _follow_up(
    session: Session, question: "Question", attempt: Attempt, asked: str, manner: Manner
) -> None:
    session.screen.heading(asked)
    by_voice = Manner(typed=manner.typed, aloud=manner.aloud)
    ask_aloud(session, asked, by_voice)
    choice = ask_choice(
        session.screen,
        "Answer it now?",
        (("answer", "answer it"), ("skip", "leave it")),
        default="answer",
    )
    if choice == "skip":
        return
    answer = take_answer(session, question, by_voice, asked=asked, parent_id=attempt.id)
    show_attempt(session, finish_answer(session, answer))
