"""How a live answer begins, or is gone on with after it broke off."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from voicecoach.attempt import Attempt
from voicecoach.claim import claim_patiently
from voicecoach.errors import ConflictError, NotFoundError
from voicecoach.finishing import Finisher, free_recording
from voicecoach.live_answer import AnswerKeeping, LiveAnswer, LiveListeners
from voicecoach.practice_book import PracticeBook

RECORDING_LEASE: Final = timedelta(seconds=6)
"""How long the claim on an answer being recorded holds unrenewed: after a crash the page comes back
within seconds and must be able to go on."""


class Begin(Protocol):
    """Stores a new attempt, as `Coach.begin` does."""

    def __call__(
        self, question_id: str, *, asked: str | None = None, parent_id: str | None = None
    ) -> Attempt:
        """Return the attempt."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAnswers:
    """Opens live answers for a coach (see `Coach.live_answers`).

    `begin` stores an attempt, `save_length` ends its recording, `delete` deletes it for good,
    `take_back` removes one in which nothing was said; `finisher` works under a claimant's claim;
    `claimant` gives a name nobody else uses.
    """

    book: PracticeBook
    begin: Begin
    save_length: Callable[[str, float, str | None], Attempt]
    delete: Callable[[str], Attempt]
    take_back: Callable[[str], None]
    finisher: Callable[[str, str], Finisher]
    clock: Callable[[], datetime]
    claimant: Callable[[], str]

    def open(
        self,
        question_id: str,
        *,
        parent_id: str | None = None,
        limit_seconds: float | None = None,
        listeners: LiveListeners,
    ) -> LiveAnswer:
        """Begin an answer.

        Args:
            question_id: the question.
            parent_id: the attempt whose follow-up question is answered.
            limit_seconds: a time limit beside the one set for all answers; the shorter counts.
            listeners: who is told what happens meanwhile.

        Raises:
            ConflictError: the attempt to follow up asks nothing.
            RecordingError: the recording can't be written; the empty attempt is taken back.
        """
        if parent_id is None:
            attempt = self.begin(question_id)
        else:
            parent = self._at_question(parent_id, question_id)
            if parent.score is None or parent.score.follow_up is None:
                raise ConflictError(
                    "That attempt asks nothing more.", "Answer the question itself again."
                )
            attempt = self.begin(question_id, asked=parent.score.follow_up, parent_id=parent.id)
        try:
            return self._opened(attempt, listeners, limit_seconds)
        except BaseException:
            if self.book.recording_path(attempt) is None:
                with suppress(ConflictError, NotFoundError):
                    self.take_back(attempt.id)
            raise

    def resume(
        self,
        attempt_id: str,
        *,
        question_id: str,
        limit_seconds: float | None = None,
        listeners: LiveListeners,
    ) -> LiveAnswer:
        """Go on with an answer that broke off, at the end of what is on disk.

        Somebody who has just died keeps the claim for a few seconds; they are waited for.

        Raises:
            NotFoundError: there is no such attempt at this question.
            ConflictError: it is complete, or was typed.
            AttemptBusyError: somebody is recording or finishing it.
        """
        attempt = self._at_question(attempt_id, question_id)
        return self._opened(attempt, listeners, limit_seconds)

    def _at_question(self, attempt_id: str, question_id: str) -> Attempt:
        attempt = self.book.attempt(attempt_id)
        with self.book.reading_bank() as bank:
            question = bank.get_question(question_id)
        if attempt.question_id != question.id:
            raise NotFoundError(
                "That attempt answers another question.", "Use it with its own question."
            )
        return attempt

    def _opened(
        self, attempt: Attempt, listeners: LiveListeners, limit_seconds: float | None
    ) -> LiveAnswer:
        settings = self.book.settings
        limits = [one for one in (settings.record_limit_seconds, limit_seconds) if one is not None]
        free_recording(settings, attempt)
        claimant = self.claimant()
        with ExitStack() as claim:
            claim.enter_context(
                claim_patiently(
                    self.book.database,
                    attempt.id,
                    claimant=claimant,
                    clock=self.clock,
                    lease=RECORDING_LEASE,
                )
            )
            # Somebody may have finished it while their claim was waited for.
            path = free_recording(settings, self.book.attempt(attempt.id))
            return LiveAnswer(
                attempt,
                path,
                claim=claim.pop_all,
                keeping=AnswerKeeping(
                    finisher=self.finisher(attempt.id, claimant),
                    save_length=self.save_length,
                    delete=self.delete,
                    take_back=self.take_back,
                ),
                engines=self.book.engines,
                listeners=listeners,
                limit_seconds=min(limits, default=None),
            )
