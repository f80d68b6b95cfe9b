"""The attempt log in the database, inside one session.

Append-only: transcripts and judgements are added, never changed; where an attempt stands is the
one thing that moves.

Deleting an attempt removes everything that was said or measured. What stays is free of content:
which question, when, the forecast made before it, the rating, the overall figure and whether it
was written, so that deleting takes can't polish readiness. The session notes the deletion, and
`Database.transaction` carries it on into the backups and the write-ahead log. The recording's file
is the caller's to delete.
"""

from datetime import datetime
from typing import Any, Final, TypedDict, Unpack, cast

from sqlalchemy import CursorResult, select, update

from question_bank.review import Rating
from question_bank.uprooting import note_uprooted, uproot
from voicecoach.attempt import Attempt, AttemptStatus, Forecast
from voicecoach.attempt_claims import AttemptClaims
from voicecoach.attempt_reading import AttemptReading
from voicecoach.attempt_rows import (
    attempt_of,
    first_score,
    optional_json,
    row_of,
    sound_fingerprint,
    stored_interventions,
    stored_json,
    transcript_of,
    words_fingerprint,
)
from voicecoach.attempt_tables import AttemptRow, JudgementRow, TranscriptRow
from voicecoach.counted_overall import counted_overall
from voicecoach.errors import ConflictError, InvalidInputError, NotFoundError
from voicecoach.every_table import every_table
from voicecoach.intervention import Intervention
from voicecoach.same_take import same_sound
from voicecoach.scoring.result import Judgement, Score
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript, TranscriptSource

MISHEARD_SHARE: Final = 0.2
"""Share of an answer's words that a person may write in place of misheard ones; with more the
answer is as good as typed (a judgement: good weights mishear far fewer)."""


MOST_COMPARED: Final = 50
"""With how many earlier takes of its question a new one is compared, the newest ones."""


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
    interventions: tuple[Intervention, ...]


class AttemptStore(AttemptReading, AttemptClaims):
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
            sound = fields["sound"]
            row.sound = optional_json(sound)
            row.fingerprint = None if sound is None else sound_fingerprint(sound)
        if "rating" in fields:
            rating = fields["rating"]
            row.rating = None if rating is None else int(rating)
        if "forecast" in fields:
            row.forecast = optional_json(fields["forecast"])
        if "failure" in fields:
            row.failure = fields["failure"]
        if "synthetic" in fields:
            row.synthetic = fields["synthetic"]
        if "interventions" in fields:
            row.interventions = stored_interventions(fields["interventions"])
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
        row.written = row.recording is None or _is_written(transcript)
        if row.recording is None:
            row.fingerprint = words_fingerprint(transcript)
        row.fingerprint = self._fingerprint_of_same_take(row, transcript) or row.fingerprint
        self._session.flush()
        return attempt_of(row)

    def _fingerprint_of_same_take(self, row: AttemptRow, transcript: Transcript) -> str | None:
        """Return the fingerprint of an earlier take of the question that this one is once more.

        What small weights for synthetic voices hear is left alone: such a voice says everything at
        the same moments each time.
        """
        heard = transcript.source is TranscriptSource.MACHINE and row.recording is not None
        if not heard or transcript.version != 1 or transcript.synthetic:
            return None
        earlier = (
            select(TranscriptRow.body, AttemptRow.fingerprint)
            .join(AttemptRow, AttemptRow.id == TranscriptRow.attempt_id)
            .where(
                AttemptRow.question_id == row.question_id,
                AttemptRow.id != row.id,
                AttemptRow.fingerprint.is_not(None),
                AttemptRow.recording.is_not(None),
                TranscriptRow.version == 1,
            )
            .order_by(AttemptRow.started_at.desc())
            .limit(MOST_COMPARED)
        )
        for body, fingerprint in self._session.execute(earlier):
            stored = transcript_of(body)
            if stored.source is TranscriptSource.MACHINE and same_sound(
                transcript.words, stored.words
            ):
                return cast("str", fingerprint)
        return None

    def append_judgement(self, attempt_id: str, judgement: Judgement) -> Attempt:
        """Add a judgement; `counted_overall` says which overall counts from then on.

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
        first = first_score(stored.body for stored in row.judgements)
        row.judgements.append(
            JudgementRow(
                attempt_id=row.id,
                number=1 + max((stored.number for stored in row.judgements), default=0),
                transcript_version=version,
                overall=overall,
                body=stored_json(judgement),
            )
        )
        row.overall = counted_overall(row.overall, first, judgement)
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
        uproot(
            self._session.connection(),
            every_table(),
            AttemptRow.metadata.tables[AttemptRow.__tablename__],
            [row.id],
            but_keep=True,
        )
        self._session.expire(row, ["transcripts", "judgements"])
        row.status = AttemptStatus.DELETED.value
        row.deleted_at = now
        row.asked = ""
        row.recording = None
        row.recording_seconds = None
        row.interrupted = None
        row.sound = None
        row.interventions = None
        row.failure = None
        row.fingerprint = None
        row.claimed_by = None
        row.claimed_until = None
        self._session.flush()
        note_uprooted(self._session, AttemptRow.__tablename__, [row.id])
        return attempt_of(row)


def _is_written(transcript: Transcript) -> bool:
    """Whether the person wrote the words rather than mended single ones that were misheard."""
    if transcript.source is TranscriptSource.MACHINE:
        return False
    written = sum(word.probability is None for word in transcript.words)
    return written > MISHEARD_SHARE * len(transcript.words)
