"""Forced alignment: when words that a person wrote are said in a recording.

What the machine heard and the person kept are anchors: their times are known. The recording is cut
into the same windows at pauses that transcribing uses, the words between anchors are dealt out to
them, and each window in which a word is new is aligned whole: Whisper's cross-attention to those
words, followed by dynamic time warping (CTranslate2's `align`, called through faster-whisper's
`find_alignment`). Words that were typed without ever being heard are compared with what the
machine hears now, which gives the anchors (Moreno et al. 1998, "A recursive algorithm for the
forced alignment of very long audio segments").
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import TranscriptionError
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.decoding import WINDOW_SECONDS, Decoding, decoding_windows
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, TranscriptSource, Word
from voicecoach.speech.voice_activity import (
    FRAME_SECONDS,
    raised,
    speech_probabilities,
    speech_spans,
)
from voicecoach.speech.word_times import (
    LEAST_SILENCE_SECONDS,
    estimate_times,
    in_order,
    within_speech,
    words_in_windows,
)

if TYPE_CHECKING:
    import faster_whisper

LEAST_PROBABILITY: Final = 0.05
"""Below this mean token probability a word counts as not found.

Measured on espeak speech (`benchmarks/alignment.py`): of 302 words put in that were never said 10%
lie above it, of the words said around them 2% below."""

MOST_TOKENS: Final = 440
"""Whisper's decoder has 448 positions, a few of them for its prompt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A word's place in a window in seconds from its start, and its mean token probability."""

    start_seconds: float
    end_seconds: float
    probability: float


class WhisperAligner:
    """Aligns with the weights of a transcriber, which are loaded once for both.

    Args:
        transcriber: whose weights and language are used.
    """

    def __init__(self, transcriber: FasterWhisperTranscriber) -> None:
        self._transcriber = transcriber

    def align(self, recording: Recording, transcript: Transcript) -> Transcript:
        """Return the same version with the times of its words measured; see `Aligner.align`."""
        if not transcript.words:
            return replace(transcript, aligned=True)
        anchored = self._anchored(recording, transcript)
        speech = speech_spans(recording, min_silence_seconds=LEAST_SILENCE_SECONDS, pad_seconds=0.0)
        words = estimate_times(anchored, speech, recording.seconds)
        with self._transcriber.loaded() as (model, decoding):
            windows = _windows(recording, decoding)
            samples = raised(recording)
            for window, (first, end) in zip(
                windows, words_in_windows(words, windows) if windows else (), strict=True
            ):
                if all(word.probability is not None for word in words[first:end]):
                    continue
                found = self._find(model, samples, window, [w.text for w in words[first:end]])
                words[first:end] = [
                    _placed(word, place, window, speech)
                    for word, place in zip(words[first:end], found, strict=True)
                ]
        words = estimate_times(in_order(words, recording.seconds), speech, recording.seconds)
        return replace(
            transcript,
            words=tuple(in_order(words, recording.seconds)),
            engine=self._transcriber.engine,
            weights=self._transcriber.weights,
            synthetic=transcript.synthetic or self._transcriber.synthetic,
            aligned=True,
        )

    def _anchored(self, recording: Recording, transcript: Transcript) -> tuple[Word, ...]:
        """Return the words with the times of those that a machine has heard."""
        if any(word.probability is not None for word in transcript.words):
            return transcript.words
        heard = replace(self._transcriber.transcribe(recording), source=TranscriptSource.MACHINE)
        return correct_transcript(heard, transcript.text).words

    def _find(
        self,
        model: "faster_whisper.WhisperModel",
        samples: NDArray[np.float32],
        window: Span,
        texts: Sequence[str],
    ) -> list[_Found | None]:
        """Align words with a window of the sound; None for each that has no tokens or no room."""
        from faster_whisper.audio import pad_or_trim  # noqa: PLC0415
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415

        start = int(window.start_seconds * SAMPLE_RATE)
        end = math.ceil(window.end_seconds * SAMPLE_RATE)
        try:
            tokenizer = Tokenizer(
                model.hf_tokenizer,
                model.model.is_multilingual,
                task="transcribe",
                language=self._transcriber.language,
            )
            tokens = [
                [token for token in tokenizer.encode(f" {text}") if token < tokenizer.eot]
                for text in texts
            ]  # above it are Whisper's signs, which nobody says, whatever was typed
            if not 0 < sum(map(len, tokens)) <= MOST_TOKENS:
                return [None] * len(texts)
            features = model.feature_extractor(samples[start:end])
            engine: Any = model  # its annotations leave out that texts come in batches
            (units,) = engine.find_alignment(
                tokenizer,
                [[token for word in tokens for token in word]],
                model.encode(pad_or_trim(features)),
                min(features.shape[-1], model.feature_extractor.nb_max_frames),
            )
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            raise TranscriptionError(
                f"The words could not be aligned with the recording ({error}).",
                "Both are kept; check the weights with: voicecoach models verify.",
            ) from error
        return _words_of_units(units, [len(word) for word in tokens])


def _windows(recording: Recording, decoding: Decoding) -> tuple[Span, ...]:
    """Return the stretches of sound to align with, at most 30 s each, in order."""
    speech = speech_spans(
        recording, min_silence_seconds=decoding.min_silence_seconds, pad_seconds=0.0
    )
    probabilities = speech_probabilities(recording)
    return tuple(
        piece
        for window in decoding_windows(speech, decoding, recording.seconds)
        for piece in _cut(window, probabilities)
    )


def _cut(window: Span, probabilities: NDArray[np.float32]) -> list[Span]:
    """Cut a window that is too long for Whisper where speech is least likely, late in each 30 s."""
    pieces: list[Span] = []
    while window.seconds > WINDOW_SECONDS:
        first = int((window.start_seconds + WINDOW_SECONDS / 2) / FRAME_SECONDS) + 1
        last = int((window.start_seconds + WINDOW_SECONDS) / FRAME_SECONDS) - 1
        edge = (first + int(np.argmin(probabilities[first:last])) + 0.5) * FRAME_SECONDS
        pieces.append(replace(window, end_seconds=edge))
        window = replace(window, start_seconds=edge)
    return [*pieces, window]


def _words_of_units(units: Sequence[dict[str, Any]], counts: Sequence[int]) -> list[_Found | None]:
    """Gather faster-whisper's units (“word”, “.”) into the words whose token counts are given.

    A word's time is that of its letters and digits: the tokens of punctuation last through the
    pause behind it.
    """
    found: list[_Found | None] = []
    left = list(units)
    for count in counts:
        own: list[dict[str, Any]] = []
        while left and sum(len(unit["tokens"]) for unit in own) < count:
            own.append(left.pop(0))
        spoken = [unit for unit in own if any(c.isalnum() for c in unit["word"])] or own
        found.append(
            _Found(
                start_seconds=float(spoken[0]["start"]),
                end_seconds=float(spoken[-1]["end"]),
                probability=float(np.mean([unit["probability"] for unit in spoken])),
            )
            if spoken
            else None
        )
    return found


def _placed(word: Word, found: _Found | None, window: Span, speech: Sequence[Span]) -> Word:
    """Return a word at its place in the sound; one that was not found stays as it is."""
    if found is None or found.probability < LEAST_PROBABILITY:
        return word
    start, end = within_speech(
        window.start_seconds + found.start_seconds,
        window.start_seconds + found.end_seconds,
        speech,
    )
    return replace(word, start_seconds=start, end_seconds=end, probability=found.probability)
