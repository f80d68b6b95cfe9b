"""The attempt log in the database, inside one session.

Append-only: transcripts and judgements are added, never changed; where an attempt stands is the
one thing that moves.

Deleting an attempt removes everything that was said or measured. What stays is free of content:
which question, when, the forecast made before it, the rating and the overall figure, so that
deleting bad takes can't polish readiness. The session notes the deletion, and
`Database.transaction` carries it on into the backups and the write-ahead log. The recording's file
is the caller's to delete.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack, cast

from sqlalchemy import CursorResult, Select, delete, func, select, update
from sqlalchemy.orm import selectinload

from question_bank.review import Rating
from voicecoach.attempt import Attempt, AttemptStatus, Forecast
from voicecoach.attempt_claims import AttemptClaims
from voicecoach.attempt_rows import attempt_of, forecast_of, optional_json, row_of, stored_json
from voicecoach.attempt_tables import AttemptRow, JudgementRow, TranscriptRow
from voicecoach.database import ERASED_ATTEMPTS
from voicecoach.errors import ConflictError, InvalidInputError, NotFoundError
from voicecoach.scoring.result import Judgement, Score
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript

MOST_LISTED: Final = 500
"""The longest list given at once."""

_LARGEST_OFFSET: Final = 1_000_000_000

OPEN_STATUSES: Final = frozenset(
    {
        AttemptStatus.RECORDED,
        AttemptStatus.TRANSCRIBING,
        AttemptStatus.WAITING,
        AttemptStatus.FAILED,
    }
)
"""An attempt that still has something to be finished."""


class AttemptFields(TypedDict, total=False):
    """What changes while an attempt is worked on. A field that is left out keeps its value."""

    status: AttemptStatus
    recording_seconds: float | None
    interrupted: str | None
    sound: SoundMeasures | None
    rating: Rating | None
    forecast: Forecast | None
    failure: str | None
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """An attempt as readiness sees it: no words, no sound. Deleted ones are among them.

    `overall` is None where there is no score (unscoreable, not finished, failed). `typed` is true
    for an answer without sound; the mark of a deleted attempt counts as spoken.
    """

    attempt_id: str
    question_id: str
    parent_id: str | None
    started_at: datetime
    status: AttemptStatus
    overall: float | None
    rating: Rating | None
    forecast: Forecast | None
    synthetic: bool
    typed: bool


class AttemptStore(AttemptClaims):
    """The stored attempts. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def add(self, attempt: Attempt) -> None:
        """Store a new attempt with whatever it has already.

        Raises:
            NotFoundError: its question or the attempt it follows up is not stored.
            ConflictError: an attempt of that id is stored already.
        """
        if self._session.get(AttemptRow, attempt.id) is not None:
            raise ConflictError(
                f"The attempt {attempt.id} is stored already.", "Give a new attempt a new id."
            )
        self._session.add(row_of(attempt))
        self._session.flush()
        for transcript in attempt.transcripts:
            self.append_transcript(attempt.id, transcript)
        for judgement in attempt.judgements:
            self.append_judgement(attempt.id, judgement)

    def get(self, attempt_id: str) -> Attempt:
        """Return one attempt by its id or a beginning that fits no other."""
        return attempt_of(self._find(attempt_id))

    def list(
        self,
        *,
        question_id: str | None = None,
        status: AttemptStatus | None = None,
        open_only: bool = False,
        with_deleted: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Attempt, ...]:
        """Return attempts, the latest first.

        Args:
            question_id: only those of this question (full id).
            status: only those that stand there; asking for deleted ones gives their marks.
            open_only: only those with something left to finish.
            with_deleted: the marks of deleted attempts too.
            limit: how many at most, 1 to `MOST_LISTED`.
            offset: how many to pass over first.
        """
        if not 1 <= limit <= MOST_LISTED or not 0 <= offset <= _LARGEST_OFFSET:
            raise InvalidInputError(
                f"A list of {limit} attempts from entry {offset} on can't be given.",
                f"Ask for 1 to {MOST_LISTED} attempts, from entry 0 on.",
            )
        query = (
            self._chosen(question_id, status, open_only=open_only, with_deleted=with_deleted)
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .options(selectinload(AttemptRow.transcripts), selectinload(AttemptRow.judgements))
            .limit(limit)
            .offset(offset)
        )
        return tuple(attempt_of(row) for row in self._session.scalars(query))

    def count(
        self,
        *,
        question_id: str | None = None,
        status: AttemptStatus | None = None,
        open_only: bool = False,
        with_deleted: bool = False,
    ) -> int:
        """Return how many attempts such a list has in all."""
        query = self._chosen(question_id, status, open_only=open_only, with_deleted=with_deleted)
        return self._session.scalar(select(func.count()).select_from(query.subquery())) or 0

    def every_take(self) -> tuple[Take, ...]:
        """Return all attempts without their content, however many, oldest first.

        Deleted ones are included: what they scored still counts.
        """
        query = select(
            AttemptRow.id,
            AttemptRow.question_id,
            AttemptRow.parent_id,
            AttemptRow.started_at,
            AttemptRow.status,
            AttemptRow.overall,
            AttemptRow.rating,
            AttemptRow.forecast,
            AttemptRow.synthetic,
            AttemptRow.recording,
        ).order_by(AttemptRow.started_at, AttemptRow.id)
        return tuple(
            Take(
                attempt_id=row.id,
                question_id=row.question_id,
                parent_id=row.parent_id,
                started_at=row.started_at,
                status=AttemptStatus(row.status),
                overall=row.overall,
                rating=None if row.rating is None else Rating(row.rating),
                forecast=forecast_of(row.forecast),
                synthetic=row.synthetic,
                typed=row.recording is None and row.status != AttemptStatus.DELETED.value,
            )
            for row in self._session.execute(query)
        )

    def follow_ups(self, attempt_id: str) -> tuple[Attempt, ...]:
        """Return the attempts that follow one up, oldest first; deleted ones are left out."""
        query = (
            self._chosen(None, None, open_only=False, with_deleted=False)
            .where(AttemptRow.parent_id == attempt_id)
            .order_by(AttemptRow.started_at, AttemptRow.id)
            .options(selectinload(AttemptRow.transcripts), selectinload(AttemptRow.judgements))
        )
        return tuple(attempt_of(row) for row in self._session.scalars(query))

    def take_back(self, attempt_id: str) -> None:
        """Remove an attempt in which nothing was answered; it leaves no mark.

        Raises:
            ConflictError: something was answered: that can only be deleted.
        """
        row = self._find(attempt_id, locked=True)
        if row.recording_seconds is not None or row.transcripts or row.judgements:
            raise ConflictError(
                "Something was answered in that attempt.", "Delete it if it is not wanted."
            )
        self._session.delete(row)
        self._session.flush()

    def save(self, attempt_id: str, **fields: Unpack[AttemptFields]) -> Attempt:
        """Change where an attempt stands; only the fields given.

        Raises:
            ConflictError: it has been deleted meanwhile.
        """
        row = self._find_living(attempt_id)
        if "status" in fields:
            if fields["status"] is AttemptStatus.DELETED:
                raise InvalidInputError(
                    "Saving a status does not delete an attempt.", "Use delete instead."
                )
            row.status = fields["status"].value
        if "recording_seconds" in fields:
            row.recording_seconds = fields["recording_seconds"]
        if "interrupted" in fields:
            row.interrupted = fields["interrupted"]
        if "sound" in fields:
            row.sound = optional_json(fields["sound"])
        if "rating" in fields:
            rating = fields["rating"]
            row.rating = None if rating is None else int(rating)
        if "forecast" in fields:
            row.forecast = optional_json(fields["forecast"])
        if "failure" in fields:
            row.failure = fields["failure"]
        if "synthetic" in fields:
            row.synthetic = fields["synthetic"]
        self._session.flush()
        return attempt_of(row)

    def append_transcript(self, attempt_id: str, transcript: Transcript) -> Attempt:
        """Add the next version of what was said.

        Raises:
            ConflictError: its version is not the next one, or the attempt was deleted meanwhile.
        """
        row = self._find_living(attempt_id)
        expected = 1 + max((stored.version for stored in row.transcripts), default=0)
        if transcript.version != expected:
            raise ConflictError(
                f"Version {transcript.version} of the transcript does not follow version "
                f"{expected - 1}.",
                "Look at the newest transcript and correct that one.",
            )
        row.transcripts.append(
            TranscriptRow(
                attempt_id=row.id, version=transcript.version, body=stored_json(transcript)
            )
        )
        self._session.flush()
        return attempt_of(row)

    def append_judgement(self, attempt_id: str, judgement: Judgement) -> Attempt:
        """Add a judgement; the overall that counts becomes its own (none if unscoreable).

        Raises:
            NotFoundError: it names a transcript version that is not stored.
            ConflictError: the attempt was deleted meanwhile.
        """
        row = self._find_living(attempt_id)
        version = judgement.transcript_version
        if version is not None and version not in {stored.version for stored in row.transcripts}:
            raise NotFoundError(
                f"The judgement speaks of transcript version {version}, which is not stored.",
                "Store the transcript first.",
            )
        overall = judgement.overall if isinstance(judgement, Score) else None
        row.judgements.append(
            JudgementRow(
                attempt_id=row.id,
                number=1 + max((stored.number for stored in row.judgements), default=0),
                transcript_version=version,
                overall=overall,
                body=stored_json(judgement),
            )
        )
        row.overall = overall
        self._session.flush()
        return attempt_of(row)

    def move_question(self, source: str, target: str) -> int:
        """Give all attempts of one question to another (after a merge); return how many."""
        self._session.flush()
        result = self._session.execute(
            update(AttemptRow).where(AttemptRow.question_id == source).values(question_id=target)
        )
        return cast("CursorResult[Any]", result).rowcount

    def delete(self, attempt_id: str, *, now: datetime) -> Attempt:
        """Delete what an attempt holds and leave a mark free of content; return the mark.

        Deleting it again changes nothing. Somebody who is finishing it at the moment will find it
        gone. The mark keeps question, time, forecast, rating and the overall figure.
        """
        row = self._find(attempt_id, locked=True)
        if row.status == AttemptStatus.DELETED.value:
            return attempt_of(row)
        for table in (TranscriptRow, JudgementRow):
            self._session.execute(delete(table).where(table.attempt_id == row.id))
        self._session.expire(row, ["transcripts", "judgements"])
        row.status = AttemptStatus.DELETED.value
        row.deleted_at = now
        row.asked = ""
        row.recording = None
        row.recording_seconds = None
        row.interrupted = None
        row.sound = None
        row.failure = None
        row.claimed_by = None
        row.claimed_until = None
        self._session.flush()
        self._session.info.setdefault(ERASED_ATTEMPTS, []).append(row.id)
        return attempt_of(row)

    def _chosen(
        self,
        question_id: str | None,
        status: AttemptStatus | None,
        *,
        open_only: bool,
        with_deleted: bool,
    ) -> Select[AttemptRow]:
        query = select(AttemptRow)
        if question_id is not None:
            query = query.where(AttemptRow.question_id == question_id)
        if status is not None:
            query = query.where(AttemptRow.status == status.value)
        elif not with_deleted:
            query = query.where(AttemptRow.status != AttemptStatus.DELETED.value)
        if open_only:
            query = query.where(AttemptRow.status.in_(sorted(OPEN_STATUSES)))
        return query

    def _find_living(self, attempt_id: str) -> AttemptRow:
        row = self._find(attempt_id, locked=True)
        if row.status == AttemptStatus.DELETED.value:
            raise ConflictError("That attempt has been deleted.", "Nothing can be added to it.")
        return row

    def _find(self, key: str, *, locked: bool = False) -> AttemptRow:
        """Return the row whose id is `key` or is the only one that begins with it.

        Locked and read afresh, so that what is decided on it holds until the commit.
        """
        attempt_id = self._full_id(key)
        query = select(AttemptRow).where(AttemptRow.id == attempt_id)
        if locked:
            query = query.with_for_update().execution_options(populate_existing=True)
        return self._session.scalars(query).one()

    def _full_id(self, key: str) -> str:
        if not key or not key.isprintable():
            raise _no_such(key)
        if self._session.scalar(select(AttemptRow.id).where(AttemptRow.id == key)) is not None:
            return key
        fitting = list(
            self._session.scalars(
                select(AttemptRow.id)
                .where(func.substr(AttemptRow.id, 1, len(key)) == key)
                .order_by(AttemptRow.id)
                .limit(6)
            )
        )
        if not fitting:
            raise _no_such(key)
        if len(fitting) > 1:
            others = " and others" if len(fitting) > 5 else ""
            raise InvalidInputError(
                f"More than one attempt has an id that begins with '{key}': "
                f"{', '.join(fitting[:5])}{others}.",
                "Give more of the id.",
            )
        return fitting[0]


def _no_such(key: str) -> NotFoundError:
    shown = key[:60].encode("utf-8", "replace").decode()
    return NotFoundError(f"There is no attempt '{shown}'.", "List the attempts to see their ids.")
