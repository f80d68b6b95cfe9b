"""`/api/attempts`: the log of answers, each with its transcripts; corrections and deletions."""

from litestar import Controller, Response, delete, get, post, put
from litestar.background_tasks import BackgroundTask
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from server.routes.documented import ADDING, READING
from server.schemas import (
    AttemptSummary,
    Correction,
    From,
    Limit,
    Offset,
    Open,
    Page,
    To,
    Version,
    page_of,
    summary_of,
)
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_result import AttemptResult
from voicecoach.comparison import AttemptVersion, Comparison, compare_versions, versions_of
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach
from voicecoach.speech.transcript import Transcript


class AttemptController(Controller):
    """Attempts."""

    path = "/attempts"
    tags = ("attempts",)

    @get(operation_id="listAttempts", sync_to_thread=True, responses=READING)
    def list_attempts(
        self,
        *,
        coach: NamedDependency[Coach],
        question_id: FromQuery[str | None] = None,
        status: FromQuery[AttemptStatus | None] = None,
        open_only: Open = False,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[AttemptSummary]:
        """List attempts, the latest first; deleted ones only where asked for by their status.

        `open`: only those with something left to be done, such as failed or broken-off ones.
        """
        found = coach.attempts(
            question_id=question_id,
            status=status,
            open_only=open_only,
            limit=limit,
            offset=offset,
        )
        scores_shown(coach)
        return Page(
            items=[summary_of(attempt, now=coach.now()) for attempt in found],
            total=coach.count_attempts(question_id=question_id, status=status, open_only=open_only),
            limit=limit,
            offset=offset,
        )

    @get("/{attempt_id:str}", operation_id="getAttempt", sync_to_thread=True, responses=READING)
    def get_attempt(
        self,
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        version: Version = None,
    ) -> AttemptResult:
        """Return the result of an attempt: transcript, score with evidence, what to do next.

        With a version it is shown as it stood with that version of its transcript.
        """
        attempt = coach.attempt(attempt_id)
        scores_shown(coach, attempt.id)
        return coach.result(attempt, version=version)

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

    @get(
        "/{attempt_id:str}/versions",
        operation_id="listVersions",
        sync_to_thread=True,
        responses=READING,
    )
    def list_versions(
        self,
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[AttemptVersion]:
        """List the versions of an attempt, the first one first: what made each, its overall."""
        attempt = coach.attempt(attempt_id)
        scores_shown(coach, attempt.id)
        return page_of(versions_of(attempt), limit, offset)

    @get(
        "/{attempt_id:str}/compare",
        operation_id="compareVersions",
        sync_to_thread=True,
        responses={**READING, 409: ADDING[409]},
    )
    def compare(
        self,
        coach: NamedDependency[Coach],
        attempt_id: FromPath[str],
        before: From = None,
        after: To = None,
    ) -> Comparison:
        """Compare two versions word by word and criterion by criterion."""
        attempt = coach.attempt(attempt_id)
        scores_shown(coach, attempt.id)
        return compare_versions(attempt, before, after)

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
    ) -> Response[AttemptResult]:
        """Correct what was heard: content is scored anew at once, delivery stays.

        Once it has answered, the corrected words are looked for in the sound. Until then their
        times are estimates, and `transcript.aligned` is false.
        """
        return _answer(coach, coach.correct(attempt_id, data.text, align=False))

    @post(
        "/{attempt_id:str}/transcript/undo",
        operation_id="undoCorrection",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def undo_correction(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str]
    ) -> Response[AttemptResult]:
        """Go back to the words before the last correction, as a new version."""
        return _answer(coach, coach.undo_correction(attempt_id, align=False))


def _answer(coach: Coach, attempt: Attempt) -> Response[AttemptResult]:
    """Answer with the score first; look for the words in the sound when that is sent."""
    scores_shown(coach, attempt.id)
    return Response(coach.result(attempt), background=BackgroundTask(coach.align, attempt.id))
