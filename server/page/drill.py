"""Drill: one question asked aloud and answered, or the follow-up to an answer."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from question_bank.question import Question, QuestionKind
from question_bank.schedule import tripped_up
from server.page.answer_panel import AnswerPanel, take_typed
from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.kept_takeaways import next_with_focus, remembered_for
from voicecoach.practice import Coach
from voicecoach.weights_overview import weights_overview


class DrillPage(Controller):
    """The next question, or one that was chosen."""

    path = "/drill"
    include_in_schema = False

    @get(sync_to_thread=True)
    def next_question(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        kind: FromQuery[str] = "",
    ) -> Template | Redirect:
        """Lead to the question that is due next; on an empty bank to where questions come from.

        With a kind only questions of it are asked: those to ask them are a set of their own.
        """
        following = next_with_focus(coach, limit=1, kind=_kind(kind))
        if not following:
            return draw(request, "drill_empty.html", kind=kind)
        return see(f"/drill/{following[0].question.id}")

    @get("/{question_id:str}", sync_to_thread=True)
    def drill(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        parent: FromQuery[str] = "",
    ) -> Template:
        """Ask a question, or with `parent` the follow-up to that attempt."""
        return _page(request, coach, question_id, parent)

    @post("/{question_id:str}/typed", sync_to_thread=True, status_code=200)
    def typed(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Take a typed answer and lead to its result."""
        text, parent = Typed(data).one("text"), Typed(data).one("parent")
        question, asked = _asked(coach, question_id, parent)
        try:
            attempt_id = take_typed(coach, question.id, text, parent_id=parent, asked=asked)
        except InvalidInputError as error:
            return _page(request, coach, question.id, parent, draft=text, problem=str(error))
        return see(f"/attempts/{attempt_id}")


def _kind(name: str) -> QuestionKind | None:
    """Return a kind by its name, None for none.

    Raises:
        InvalidInputError: there is no such kind.
    """
    if not name:
        return None
    try:
        return QuestionKind(name)
    except ValueError as error:
        raise InvalidInputError(
            "There is no such kind of question.", f"Choose one of: {', '.join(QuestionKind)}."
        ) from error


def _asked(coach: Coach, question_id: str, parent_id: str) -> tuple[Question, str]:
    """Return the question, and the words that are asked: its own, or a follow-up to an answer.

    Raises:
        NotFoundError: there is no such question, or nothing to follow up.
    """
    with coach.reading_bank() as bank:
        question = bank.get_question(question_id)
    if not parent_id:
        return question, question.text
    score = coach.attempt(parent_id).score
    if score is None or score.follow_up is None:
        raise NotFoundError(
            "That answer has no follow-up question.", "Answer the question itself instead."
        )
    return question, score.follow_up


def _left_open(coach: Coach, question_id: str, parent_id: str) -> Attempt | None:
    """Return the newest spoken answer that was broken off and that nobody is speaking now."""
    now = coach.now()
    for attempt in coach.attempts(question_id=question_id, status=AttemptStatus.RECORDED):
        spoken_now = attempt.claimed_until is not None and attempt.claimed_until > now
        same = (attempt.parent_id or "") == parent_id and attempt.recording is not None
        if attempt.is_open and same and not spoken_now:
            return attempt
    return None


def _page(
    request: Request[Any, Any, Any],
    coach: Coach,
    question_id: str,
    parent_id: str,
    *,
    draft: str = "",
    problem: str = "",
) -> Template:
    question, asked = _asked(coach, question_id, parent_id)
    panel = AnswerPanel(
        question_id=question.id,
        parent_id=parent_id,
        speech=(
            f"/api/attempts/{parent_id}/follow-up/speech"
            if parent_id
            else f"/api/questions/{question.id}/speech"
        ),
        typed_address=f"/drill/{question.id}/typed",
        target_seconds=None if parent_id else question.target_seconds,
        open_attempt=_left_open(coach, question.id, parent_id),
        draft=draft,
        problem=problem,
    )
    return draw(
        request,
        "drill.html",
        status_code=400 if problem else 200,
        question=question,
        asked=asked,
        panel=panel,
        tripped_up=tripped_up(question),
        remembered=None if parent_id else remembered_for(coach, question.id),
        attempts=coach.count_attempts(question_id=question.id),
        breathe_first=coach.settings.breathe_first,
        breathe_then=f"/drill/{question.id}",
        weights=weights_overview(coach.settings),
    )
