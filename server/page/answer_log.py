"""The log of answers, the latest first, and the versions of one answer side by side."""

from typing import Annotated, Any, Final

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter
from litestar.response import Template

from question_bank.question import Question
from server.page.rendering import draw
from server.schemas import From, Offset, To
from voicecoach.attempt import AttemptStatus
from voicecoach.comparison import compare_versions, versions_of
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach

ON_A_PAGE: Final = 20

STATUS_WORDS: Final = {
    AttemptStatus.SCORED: "scored",
    AttemptStatus.UNSCOREABLE: "no score",
    AttemptStatus.WAITING: "waits for weights",
    AttemptStatus.TRANSCRIBING: "being written down",
    AttemptStatus.RECORDED: "to be finished",
    AttemptStatus.FAILED: "did not work",
    AttemptStatus.DELETED: "deleted",
}
"""Where an answer stands, in words, in the order of the filter."""

Status = Annotated[str, QueryParameter(max_length=20)]


class AnswerLogPage(Controller):
    """`/attempts`, and `/attempts/{id}/compare`."""

    path = "/attempts"
    include_in_schema = False

    @get(sync_to_thread=True)
    def log(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        *,
        status: Status = "",
        question: FromQuery[str] = "",
        offset: Offset = 0,
        deleted: FromQuery[bool] = False,
    ) -> Template:
        """List answers, or those to one question; `deleted` says that one has just been deleted."""
        chosen = AttemptStatus(status) if status in set(AttemptStatus) else None
        asked = _question(coach, question) if question else None
        asked_id = asked.id if asked else None
        attempts = coach.attempts(
            question_id=asked_id, status=chosen, limit=ON_A_PAGE, offset=offset
        )
        scores_shown(coach)
        return draw(
            request,
            "answer_log.html",
            attempts=attempts,
            started={one.id: one.started_at.astimezone(coach.time_zone) for one in attempts},
            with_sound={one.id for one in attempts if coach.recording_path(one) is not None},
            total=coach.count_attempts(question_id=asked_id, status=chosen),
            on_a_page=ON_A_PAGE,
            offset=offset,
            chosen=chosen,
            question=asked,
            status_words=STATUS_WORDS,
            today=coach.today(),
            deleted=deleted,
        )

    @get("/{attempt_id:str}/compare", sync_to_thread=True)
    def compare(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        before: From = None,
        after: To = None,
    ) -> Template:
        """Show two versions of an answer side by side, by default the last two."""
        attempt = coach.attempt(attempt_id)
        scores_shown(coach, attempt.id)
        return draw(
            request,
            "answer_versions.html",
            attempt=attempt,
            comparison=compare_versions(attempt, before, after),
            versions=versions_of(attempt),
        )


def _question(coach: Coach, question_id: str) -> Question:
    with coach.reading_bank() as bank:
        return bank.get_question(question_id)
