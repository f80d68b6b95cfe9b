"""Stored attempts as records and back. One function a record; nothing is decided here."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Final, TypeVar

import msgspec

from question_bank.review import Rating
from voicecoach.attempt import Attempt, AttemptStatus, Forecast
from voicecoach.attempt_tables import AttemptRow
from voicecoach.errors import InvalidInputError
from voicecoach.intervention import Intervention
from voicecoach.scoring.result import Judgement, Score
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript

_TRANSCRIPT: Final = msgspec.json.Decoder(Transcript)
_JUDGEMENT: Final = msgspec.json.Decoder[Judgement](Judgement)
_SOUND: Final = msgspec.json.Decoder(SoundMeasures)
_INTERVENTIONS: Final = msgspec.json.Decoder(tuple[Intervention, ...])
_FORECAST: Final = msgspec.json.Decoder(Forecast)
_Body = TypeVar("_Body")


def attempt_of(row: AttemptRow) -> Attempt:
    """Return a stored attempt with its transcripts and judgements."""
    deleted = row.status == AttemptStatus.DELETED.value
    return Attempt(
        id=row.id,
        question_id=row.question_id,
        asked=row.asked,
        started_at=row.started_at,
        status=AttemptStatus(row.status),
        recording=row.recording,
        recording_seconds=row.recording_seconds,
        parent_id=row.parent_id,
        interrupted=row.interrupted,
        sound=_read(_SOUND, row.sound),
        transcripts=tuple(transcript_of(stored.body) for stored in row.transcripts),
        judgements=tuple(judgement_of(stored.body) for stored in row.judgements),
        rating=None if row.rating is None else Rating(row.rating),
        forecast=forecast_of(row.forecast),
        failure=row.failure,
        synthetic=row.synthetic,
        claimed_by=row.claimed_by,
        claimed_until=row.claimed_until,
        deleted_at=row.deleted_at,
        overall_at_deletion=row.overall if deleted else None,
        interventions=_read(_INTERVENTIONS, row.interventions) or (),
    )


def row_of(attempt: Attempt) -> AttemptRow:
    """Return a new row for an attempt, without its transcripts and judgements."""
    return AttemptRow(
        id=attempt.id,
        question_id=attempt.question_id,
        asked=attempt.asked,
        started_at=attempt.started_at,
        status=attempt.status.value,
        recording=attempt.recording,
        recording_seconds=attempt.recording_seconds,
        parent_id=attempt.parent_id,
        interrupted=attempt.interrupted,
        sound=optional_json(attempt.sound),
        rating=None if attempt.rating is None else int(attempt.rating),
        forecast=optional_json(attempt.forecast),
        failure=attempt.failure,
        synthetic=attempt.synthetic,
        claimed_by=attempt.claimed_by,
        claimed_until=attempt.claimed_until,
        deleted_at=attempt.deleted_at,
        overall=None,
        written=attempt.recording is None and attempt.status is not AttemptStatus.DELETED,
        fingerprint=None if attempt.sound is None else sound_fingerprint(attempt.sound),
        interventions=stored_interventions(attempt.interventions),
    )


def sound_fingerprint(sound: SoundMeasures) -> str:
    """Return a digest of what was measured: equal for the same sound, and nothing can be heard."""
    return sha256(stored_json(sound).encode()).hexdigest()


def words_fingerprint(transcript: Transcript) -> str:
    """Return a digest of typed words, whatever their case and punctuation."""
    plain = ("".join(filter(str.isalnum, word.text.casefold())) for word in transcript.words)
    return sha256(" ".join(filter(None, plain)).encode()).hexdigest()


def transcript_of(body: str) -> Transcript:
    """Return a stored transcript."""
    return _TRANSCRIPT.decode(body)


def judgement_of(body: str) -> Judgement:
    """Return a stored judgement."""
    judgement: Judgement = _JUDGEMENT.decode(body)
    return judgement


def first_score(bodies: Iterable[str]) -> Score | None:
    """Return the first score among stored judgements, oldest first; None where there is none."""
    judged = map(judgement_of, bodies)
    return next((one for one in judged if isinstance(one, Score)), None)


def forecast_of(body: str | None) -> Forecast | None:
    """Return a stored forecast; None for none."""
    return _read(_FORECAST, body)


def stored_json(record: object) -> str:
    """Return a record as the JSON that is stored.

    Raises:
        InvalidInputError: a text in it holds characters that can't be stored.
    """
    try:
        return msgspec.json.encode(record).decode()
    except UnicodeEncodeError as error:
        raise InvalidInputError(
            "The words hold characters that can't be stored.", "Type them again as plain text."
        ) from error


def stored_interventions(interventions: tuple[Intervention, ...]) -> str | None:
    """Return what the interviewer did as the JSON that is stored; None for nothing."""
    return stored_json(interventions) if interventions else None


def optional_json(record: SoundMeasures | Forecast | None) -> str | None:
    """Return a record as the JSON that is stored; None for none."""
    return None if record is None else stored_json(record)


def _read(decoder: msgspec.json.Decoder[_Body], body: str | None) -> _Body | None:
    return None if body is None else decoder.decode(body)
