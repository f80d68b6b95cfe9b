"""Words a person wrote for an answer: corrected, taken back, and looked for in its sound."""

import dataclasses
from pathlib import Path

from voicecoach.attempt import Attempt
from voicecoach.engines import Engines
from voicecoach.errors import (
    ConflictError,
    InvalidInputError,
    RecordingError,
    SettingError,
    TranscriptionError,
    WeightsMissingError,
)
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.transcript import Transcript, TranscriptSource


def corrected_words(attempt: Attempt, text: str) -> Transcript:
    """Return the next version of an attempt's transcript with the text as a person corrected it.

    Raises:
        InvalidInputError: nothing is left, or nothing was changed.
        ConflictError: there is no transcript yet.
    """
    transcript = _transcript(attempt)
    corrected = correct_transcript(transcript, text)
    if not corrected.words:
        raise InvalidInputError(
            "The corrected transcript is empty.", "To remove the answer, delete the attempt."
        )
    if corrected.text == transcript.text:
        raise InvalidInputError("Nothing was changed.", "Change the words that were misheard.")
    return corrected


def words_before_correction(attempt: Attempt) -> Transcript:
    """Return the next version of an attempt's transcript with the words of the one before last.

    They come back as they were: with their times, and with what made them.

    Raises:
        ConflictError: there is no version before the last one.
    """
    transcript = _transcript(attempt)
    if len(attempt.transcripts) < 2:
        raise ConflictError(
            "That answer was not corrected, so there is nothing to undo.",
            f"See its versions: voicecoach attempts show {attempt.id}",
        )
    return dataclasses.replace(attempt.transcripts[-2], version=transcript.version + 1)


def has_words_to_align(attempt: Attempt) -> bool:
    """Tell whether a person wrote words of the newest version that were not looked for yet."""
    transcript = attempt.transcript
    return (
        transcript is not None
        and transcript.source is not TranscriptSource.MACHINE
        and not transcript.aligned
        and any(word.probability is None for word in transcript.words)
    )


def aligned_words(attempt: Attempt, engines: Engines, recording: Path) -> Transcript | None:
    """Return the newest version with its words where they are said in the recording.

    None where that can't be found out: without weights or with ones that may not be used, with an
    engine that fails or a file that can't be read. The words are stored; their times stay
    estimates.
    """
    assert attempt.transcript is not None
    try:
        aligner = engines.aligner()
        return aligner.align(engines.read_recording(recording), attempt.transcript)
    except (WeightsMissingError, SettingError, TranscriptionError, RecordingError):
        return None


def _transcript(attempt: Attempt) -> Transcript:
    if attempt.transcript is None:
        raise ConflictError(
            "That attempt has no transcript yet.",
            f"Finish it first: voicecoach attempts finish {attempt.id}",
        )
    return attempt.transcript
