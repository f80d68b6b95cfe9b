"""How far the finishing of an attempt has come, read off what is stored of it.

Each step of finishing stores what it made, so the row itself tells the step that is under way:
whoever does it, a worker, the live socket or the command line, and in whatever process. Nothing is
reported beside it that could disagree or get lost.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_tables import AttemptRow, TranscriptRow
from voicecoach.errors import NotFoundError


class Stage(StrEnum):
    """Where the work on an attempt is.

    `NOT_ANSWERED` was begun and holds nothing yet; `ANSWERING` is being spoken; `INTERRUPTED` was
    broken off in mid-answer and its sound is on disk up to then; `QUEUED` is complete and waits for
    somebody to finish it. The next three are steps of finishing, and the rest are its ends.
    """

    NOT_ANSWERED = "not answered"
    ANSWERING = "answering"
    INTERRUPTED = "interrupted"
    QUEUED = "waiting its turn"
    READING = "reading the sound"
    TRANSCRIBING = "transcribing"
    SCORING = "scoring"
    DONE = "done"
    WAITING = "waiting for weights"
    FAILED = "failed"
    DELETED = "deleted"


RESTING: Final = frozenset(
    {
        Stage.NOT_ANSWERED,
        Stage.INTERRUPTED,
        Stage.DONE,
        Stage.WAITING,
        Stage.FAILED,
        Stage.DELETED,
    }
)
"""Stages that last until a person, or new weights, set the attempt going again."""

_ENDS: Final = {
    AttemptStatus.SCORED: Stage.DONE,
    AttemptStatus.UNSCOREABLE: Stage.DONE,
    AttemptStatus.DELETED: Stage.DELETED,
}
_REASONS_TO_REST: Final = {
    AttemptStatus.WAITING: Stage.WAITING,
    AttemptStatus.FAILED: Stage.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """An attempt without its content, as its progress is told.

    `claimed`: somebody is at work on it at the moment. `recorded`: it has, or was to have, sound.
    `answered`: its sound is wholly on disk. `measured`: the sound has been read and measured.
    `has_words`: there is a transcript. `failure` is why it failed, None where it did not.
    """

    attempt_id: str
    status: AttemptStatus
    started_at: datetime
    claimed: bool
    recorded: bool
    answered: bool
    measured: bool
    has_words: bool
    failure: str | None = None

    @property
    def stage(self) -> Stage:
        """Where the work on it is."""
        if self.status in _ENDS:
            return _ENDS[self.status]
        return self._stage_of_work() if self.claimed else self._stage_at_rest()

    def _stage_of_work(self) -> Stage:
        if self.has_words:
            return Stage.SCORING
        if self.recorded and not self.answered:
            return Stage.ANSWERING
        return Stage.TRANSCRIBING if self.measured else Stage.READING

    def _stage_at_rest(self) -> Stage:
        if self.status in _REASONS_TO_REST:
            return _REASONS_TO_REST[self.status]
        if self.answered or self.has_words:
            return Stage.QUEUED
        return Stage.INTERRUPTED if self.recorded else Stage.NOT_ANSWERED


def progress_in(attempt: Attempt, *, now: datetime) -> Progress:
    """Return how far an attempt that was read whole has come (see `progress_of`)."""
    return Progress(
        attempt_id=attempt.id,
        status=attempt.status,
        started_at=attempt.started_at,
        claimed=attempt.claimed_until is not None and attempt.claimed_until > now,
        recorded=attempt.recording is not None,
        answered=attempt.recording_seconds is not None,
        measured=attempt.sound is not None,
        has_words=attempt.transcript is not None,
        failure=attempt.failure,
    )


def progress_of(session: Session, attempt_id: str, *, now: datetime) -> Progress:
    """Return how far an attempt has come; no body is read.

    Args:
        session: the unit of work.
        attempt_id: its full id.
        now: the present moment, aware; a claim that ran out by then is none.

    Raises:
        NotFoundError: there is no such attempt.
    """
    row = session.execute(
        select(
            AttemptRow.status,
            AttemptRow.started_at,
            AttemptRow.claimed_until,
            AttemptRow.recording,
            AttemptRow.recording_seconds,
            AttemptRow.sound.is_not(None).label("measured"),
            AttemptRow.failure,
            exists(TranscriptRow.version)
            .where(TranscriptRow.attempt_id == AttemptRow.id)
            .label("has_words"),
        ).where(AttemptRow.id == attempt_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError(
            f"There is no attempt '{attempt_id}'.", "List the attempts to see their ids."
        )
    return Progress(
        attempt_id=attempt_id,
        status=AttemptStatus(row.status),
        started_at=row.started_at,
        claimed=row.claimed_until is not None and row.claimed_until > now,
        recorded=row.recording is not None,
        answered=row.recording_seconds is not None,
        measured=row.measured,
        has_words=row.has_words,
        failure=row.failure,
    )
