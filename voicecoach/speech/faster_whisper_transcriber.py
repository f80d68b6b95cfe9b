"""faster-whisper as the transcriber: voice activity, timed words, nothing invented over silence.

One call goes: probabilities of speech → windows to decode → Whisper with word times → what Whisper
is known to invent is dropped → words in order, inside the recording. Decoding has temperature 0
only, so the same sound gives the same words. Nothing here ever asks the network for anything.
"""

import math
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import TranscriptionError, WeightsMissingError
from voicecoach.speech.decoding import (
    Decoding,
    call_parts,
    decoding_of,
    decoding_windows,
    hotword_prompt,
)
from voicecoach.speech.heard import (
    LOW_LOG_PROBABILITY,
    NO_SPEECH_PROBABILITY,
    HeardSegment,
    HeardStretch,
    HeardWord,
    machine_transcript,
    said_words,
)
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript
from voicecoach.speech.voice_activity import raised, speech_spans
from voicecoach.speech.weights import missing_whisper_files

if TYPE_CHECKING:
    import faster_whisper

_END_FRAMES: Final = 150
"""Frames of 10 ms kept behind the sound where windows are short: from 100 on our weights get as
many words right as with 30 s, below 60 they break off."""


class FasterWhisperTranscriber:
    """Transcribes with faster-whisper from weights that lie in a folder.

    Loading waits for the first call. One instance may be used from several threads; calls take
    turns, since one decode uses every thread it is given.

    Args:
        weights_folder: a CTranslate2 Whisper folder.
        name: name of the weights, as stored with results.
        language: ISO 639-1 code of the language the person speaks; decoding is held to it.
        compute_type: CTranslate2's number format.
        beam_size: hypotheses kept while decoding (1 is fastest, 5 Whisper's own choice).
        cpu_threads: threads for one decode; 0 lets CTranslate2 choose.
        synthetic: whether the weights know synthetic voices only; stamped on every transcript.
    """

    def __init__(
        self,
        weights_folder: Path,
        *,
        name: str,
        language: str,
        compute_type: str = "int8",
        beam_size: int = 5,
        cpu_threads: int = 0,
        synthetic: bool,
    ) -> None:
        self._folder = weights_folder
        self._name = name
        self._language = language
        self._compute_type = compute_type
        self._beam_size = beam_size
        self._cpu_threads = cpu_threads
        self._synthetic = synthetic
        self._decoding: Decoding | None = None
        self._model: faster_whisper.WhisperModel | None = None
        self._languages_heard: list[dict[str, float]] = []
        self._lock = threading.Lock()

    @property
    def engine(self) -> str:
        """Name and version of the engine, "faster-whisper 1.2.1"."""
        from importlib.metadata import version  # noqa: PLC0415

        return f"faster-whisper {version('faster-whisper')}"

    @property
    def weights(self) -> str:
        """Name of the weights."""
        return self._name

    @property
    def language(self) -> str:
        """ISO 639-1 code of the language that decoding is held to."""
        return self._language

    @property
    def synthetic(self) -> bool:
        """Whether the weights know synthetic voices only."""
        return self._synthetic

    def load(self) -> None:
        """Load the weights now, so that the first answer does not wait for them.

        Raises:
            WeightsMissingError: the weights are not on this machine, or not complete.
            TranscriptionError: they are there but can't be used.
        """
        with self._lock:
            self._load()

    @contextmanager
    def loaded(self) -> "Iterator[tuple[faster_whisper.WhisperModel, Decoding]]":
        """Give the loaded weights and how they want to be called; nobody else uses them meanwhile.

        Raises:
            WeightsMissingError: the weights are not on this machine, or not complete.
            TranscriptionError: they are there but can't be used.
        """
        with self._lock:
            yield self._load()

    def transcribe(self, recording: Recording, *, hotwords: Sequence[str] = ()) -> Transcript:
        """Return the words heard, with times; an empty transcript where nobody spoke.

        Args:
            recording: the sound.
            hotwords: rare terms that may occur, most important first; as many as fit
                `MAX_HOTWORDS` and `MAX_HOTWORD_CHARACTERS` are shown to the engine.

        Raises:
            WeightsMissingError: the weights are not on this machine, or not complete.
            TranscriptionError: the engine failed.
        """
        with self._lock:
            model, decoding = self._load()
            speech = speech_spans(
                recording, min_silence_seconds=decoding.min_silence_seconds, pad_seconds=0.0
            )
            if not speech:
                return self._transcript([], [])
            self._languages_heard = []
            prompt = hotword_prompt(hotwords) if decoding.hotwords else None
            segments = self._decode(
                model,
                raised(recording),
                decoding_windows(speech, decoding, recording.seconds),
                prompt,
            )
            words = said_words(segments, speech, limit_seconds=recording.seconds)
            return self._transcript(words, self._languages_heard)

    def decoding(self) -> Decoding:
        """Return how the weights want to be called; they are loaded for it.

        Raises:
            WeightsMissingError: the weights are not on this machine, or not complete.
            TranscriptionError: they are there but can't be used.
        """
        with self._lock:
            return self._load()[1]

    def decode_stretch(
        self,
        samples: NDArray[np.float32],
        window: Span,
        *,
        offset_seconds: float,
        hotwords: Sequence[str] = (),
        context: str = "",
    ) -> HeardStretch:
        """Return what is heard in one window of an answer that may still go on.

        Args:
            samples: the sound, as loud as voice activity hears it; it may reach beyond the window.
            window: where to listen, in seconds of the whole answer.
            offset_seconds: where in the answer `samples` begin.
            hotwords: rare terms that may occur, as for `transcribe`.
            context: what was said before; only weights that take prompts are told.

        Raises:
            WeightsMissingError: the weights are not on this machine, or not complete.
            TranscriptionError: the engine failed.
        """
        with self._lock:
            model, decoding = self._load()
            self._languages_heard = []
            prompts = decoding.hotwords
            segments = self._call(
                model,
                samples,
                [window],
                offset_seconds,
                hotword_prompt(hotwords) if prompts else None,
                context=context if prompts else "",
            )
            return HeardStretch(segments=tuple(segments), languages=tuple(self._languages_heard))

    def _transcript(
        self, words: Sequence[HeardWord], languages: Sequence[dict[str, float]]
    ) -> Transcript:
        return machine_transcript(
            words, languages, engine=self.engine, weights=self._name, synthetic=self._synthetic
        )

    def _decode(
        self,
        model: "faster_whisper.WhisperModel",
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        prompt: str | None,
    ) -> list[HeardSegment]:
        heard: list[HeardSegment] = []
        for part in call_parts(windows):
            start = int(part[0].start_seconds * SAMPLE_RATE)
            end = math.ceil(part[-1].end_seconds * SAMPLE_RATE)
            heard += self._call(model, samples[start:end], part, start / SAMPLE_RATE, prompt)
        return heard

    def _call(
        self,
        model: "faster_whisper.WhisperModel",
        samples: NDArray[np.float32],
        windows: Sequence[Span],
        offset_seconds: float,
        prompt: str | None,
        *,
        context: str = "",
    ) -> list[HeardSegment]:
        """Decode windows of a stretch of sound that starts `offset_seconds` into the recording."""
        clips = [
            edge - offset_seconds
            for window in windows
            for edge in (window.start_seconds, window.end_seconds)
        ]
        try:
            segments, _ = model.transcribe(
                samples,
                language=self._language,
                beam_size=self._beam_size,
                temperature=0.0,
                condition_on_previous_text=False,
                word_timestamps=True,
                clip_timestamps=clips,
                hotwords=prompt,
                initial_prompt=context or None,
                no_speech_threshold=NO_SPEECH_PROBABILITY,
                log_prob_threshold=LOW_LOG_PROBABILITY,
            )
            return [_heard(segment, offset_seconds) for segment in segments]
        except (RuntimeError, ValueError, IndexError, MemoryError) as error:
            raise TranscriptionError(
                f"The speech recogniser failed on this recording ({error}).",
                "The recording is kept; check the weights with: voicecoach models verify.",
            ) from error

    def _load(self) -> "tuple[faster_whisper.WhisperModel, Decoding]":
        if self._model is not None and self._decoding is not None:
            return self._model, self._decoding
        missing = missing_whisper_files(self._folder)
        if missing:
            raise WeightsMissingError(
                f"The Whisper weights “{self._name}” are not complete in {self._folder} "
                f"(missing: {', '.join(missing)}).",
                f"Fetch them: voicecoach models download {self._name}.",
            )
        decoding = decoding_of(self._folder, synthetic=self._synthetic)
        try:
            model = self._new_model(short_windows=decoding.short_windows)
        except (RuntimeError, ValueError, OSError, MemoryError) as error:
            raise TranscriptionError(
                f"The Whisper weights “{self._name}” can't be loaded ({error}).",
                "Check them with: voicecoach models verify.",
            ) from error
        if not model.model.is_multilingual and self._language != "en":
            raise TranscriptionError(
                f"The Whisper weights “{self._name}” know English only, not “{self._language}”.",
                "Choose multilingual ones, such as base or small.",
            )
        if self._language not in model.supported_languages:
            raise TranscriptionError(
                f"Whisper knows no language “{self._language}”.",
                "Set language to an ISO 639-1 code such as en or de.",
            )
        self._decoding, self._model = decoding, model
        return model, decoding

    def _new_model(self, *, short_windows: bool) -> "faster_whisper.WhisperModel":
        from faster_whisper import WhisperModel  # noqa: PLC0415

        languages_heard = self._note_languages

        class ListeningModel(WhisperModel):
            """Asks for the language of each window it encodes: one decoder step, no second pass."""

            def encode(self, features: NDArray[np.float32]) -> Any:
                """Encode as ever, or no more than there is; note the languages heard."""
                encoded = super().encode(_unpadded(features) if short_windows else features)
                if self.model.is_multilingual:
                    languages_heard(self.model.detect_language(encoded)[0])
                return encoded

        return ListeningModel(
            str(self._folder),
            device="cpu",
            compute_type=self._compute_type,
            cpu_threads=self._cpu_threads,
            local_files_only=True,
        )

    def _note_languages(self, found: Iterable[tuple[str, float]]) -> None:
        """Keep one window's languages, given as ("<|en|>", probability)."""
        self._languages_heard.append({token[2:-2]: float(share) for token, share in found})


def _heard(segment: Any, offset_seconds: float) -> HeardSegment:
    """Take over a segment of faster-whisper; its numbers may be numpy's, JSON knows plain ones."""
    return HeardSegment(
        words=tuple(
            HeardWord(
                text=word.word.strip(),
                start_seconds=round(float(word.start) + offset_seconds, 3),
                end_seconds=round(float(word.end) + offset_seconds, 3),
                probability=float(word.probability),
            )
            for word in segment.words
            if word.word.strip()
        ),
        no_speech_probability=float(segment.no_speech_prob),
        average_log_probability=float(segment.avg_logprob),
    )


def _unpadded(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cut the zeros off that fill features of shape (mels, frames) up to 30 s.

    The encoder halves the frames, so that their number stays even.
    """
    filled = np.flatnonzero(features.any(axis=0))
    frames = int(filled[-1]) + 1 + _END_FRAMES if len(filled) else features.shape[1]
    return np.ascontiguousarray(features[:, : min(frames + frames % 2, features.shape[1])])
