"""`POST /api/questions/{question_id}/attempts`: an answer in typed words in place of speech."""

from typing import Annotated

from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta

from question_bank.limits import LONGEST_TEXT
from server.routes.documented import ADDING
from server.schemas import Sent
from server.uploads import follow_up_of
from voicecoach.attempt_result import AttemptResult
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach


class TypedAnswer(Sent, frozen=True, kw_only=True):
    """What somebody would say; `parent_id` is the attempt whose follow-up question it answers."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
    parent_id: str | None = None


class TypedAnswerController(Controller):
    """Typed answers."""

    path = "/questions"
    tags = ("attempts",)

    @post(
        "/{question_id:str}/attempts",
        operation_id="typeAttempt",
        sync_to_thread=True,
        responses=ADDING,
    )
    def type_attempt(
        self,
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: JSONBody[TypedAnswer],
    ) -> Response[AttemptResult]:
        """Answer a question in typed words: their content is scored at once, delivery can't be."""
        parent = data.parent_id
        asked = None if parent is None else follow_up_of(coach, parent, question_id)
        begun = coach.begin(question_id, asked=asked, parent_id=parent, typed=True)
        attempt = coach.answer_typed(begun.id, data.text)
        scores_shown(coach, attempt.id)
        return Response(
            coach.result(attempt),
            status_code=201,
            headers={"Location": f"/api/attempts/{attempt.id}"},
        )
