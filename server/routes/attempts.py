"""`/api/attempts`: the log of answers, each with its transcripts; corrections and deletions."""

from litestar import Controller, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.routes.documented import ADDING, READING
from server.schemas import (
    AttemptSummary,
    Correction,
    Limit,
    Offset,
    Page,
    page_of,
    summary_of,
)
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_result import AttemptResult
from voicecoach.practice import Coach
from voicecoach.speech.transcript import Transcript


class AttemptController(Controller):
    """Attempts."""

    path = "/attempts"
    tags = ("attempts",)

    @get(operation_id="listAttempts", sync_to_thread=True, responses=READING)
    def list_attempts(
        self,
        coach: NamedDependency[Coach],
        question_id: FromQuery[str | None] = None,
        status: FromQuery[AttemptStatus | None] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[AttemptSummary]:
        """List attempts, the latest first; deleted ones only where asked for by their status."""
        found = coach.attempts(question_id=question_id, status=status, limit=limit, offset=offset)
        return Page(
            items=[summary_of(attempt) for attempt in found],
            total=coach.count_attempts(question_id=question_id, status=status),
            limit=limit,
            offset=offset,
        )

    @get("/{attempt_id:str}", operation_id="getAttempt", sync_to_thread=True, responses=READING)
    def get_attempt(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str]
    ) -> AttemptResult:
        """Return the result of an attempt: transcript, score with evidence, what to do next."""
        return coach.result(coach.attempt(attempt_id))

    @delete(
        "/{attempt_id:str}", operation_id="deleteAttempt", sync_to_thread=True, responses=ADDING
    )
    def delete_attempt(self, coach: NamedDependency[Coach], attempt_id: FromPath[str]) -> None:
        """Delete an attempt for good: sound, words, scores. A mark without content stays."""
        coach.delete(attempt_id)

    @get(
        "/{attempt_id:str}/transcripts",
        operation_id="listTranscripts",
        sync_to_thread=True,
        responses=READING,
    )
    def list_transcripts(
        self,
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[Transcript]:
        """List all versions of what was said, the first one heard first."""
        return page_of(coach.attempt(attempt_id).transcripts, limit, offset)

    @put(
        "/{attempt_id:str}/transcript",
        operation_id="correctTranscript",
        sync_to_thread=True,
        responses=ADDING,
    )
    def correct_transcript(
        self,
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        data: JSONBody[Correction],
    ) -> AttemptResult:
        """Correct what was heard: content is scored anew at once, delivery stays."""
        return coach.result(coach.correct(attempt_id, data.text))
