"""`voicecoach drill`: one question, answered, judged, followed up."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from question_bank.question import QuestionKind
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.cli.asking import ask_choice, require_terminal
from voicecoach.cli.breathing_screen import offer_breathing
from voicecoach.cli.focus_screen import show_focus
from voicecoach.cli.guess import finish_while_guessing, keep_guess
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
@click.option("--guess", is_flag=True, help="Ask what you expect before the score is shown.")
@click.option(
    "--expect",
    type=click.FloatRange(0, 100),
    metavar="SCORE",
    help="Your guess of the score, without being asked.",
)
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
    guess: bool,
    expect: float | None,
    breathe: bool,
) -> None:
    """Answer the next due question, or QUESTION, aloud; hear how it went.

    QUESTION is an id or the beginning of one, from `voicecoach questions list`.
    """
    if answer is not None and typed:
        raise click.UsageError("--answer and --typed exclude each other.")
    if guess and expect is None and not session.screen.as_json:
        require_terminal(session.screen, "Give your guess with --expect SCORE.")
    if guess and session.screen.as_json:
        raise click.UsageError("With --json give your guess with --expect SCORE.")
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
        guess=guess or None,
        expect=expect,
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
    guess: bool | None = None,
    expect: float | None = None,
    kind: QuestionKind | None = None,
) -> Attempt:
    """Ask, listen, judge, follow up; return the answer to the question itself.

    Before the score is shown `expect` is kept as the person's guess, or a guess is asked for: with
    `guess`, or where that is None and the setting `ask_guess` says so.
    """
    from voicecoach.kept_takeaways import remembered_for  # noqa: PLC0415 - start-up time

    question, why = choose_question(session, question_id, kind)
    show_question(session, question, why)
    remembered = remembered_for(session.coach, question.id)
    show_focus(session.screen, remembered.focuses, remembered.notes)
    ask_aloud(session, question.text, manner)
    taken = take_answer(session, question, manner)
    if expect is not None:
        keep_guess(session, taken, expect)
    asks = expect is None and _asks_guess(session, guess=guess)
    attempt = finish_while_guessing(session, taken) if asks else finish_answer(session, taken)
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


def _asks_guess(session: Session, *, guess: bool | None) -> bool:
    if not session.screen.at_terminal or session.screen.as_json:
        return False
    return session.coach.settings.ask_guess if guess is None else guess


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
    from voicecoach.kept_takeaways import next_with_focus  # noqa: PLC0415 - start-up time

    following = next_with_focus(session.coach, 1, kind=kind)
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
