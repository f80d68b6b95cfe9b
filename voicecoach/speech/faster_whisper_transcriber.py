"""faster-whisper as the transcriber: voice activity, timed words, nothing invented over silence.

One call goes: probabilities of speech → windows to decode → Whisper with word times → what Whisper
is known to invent is dropped → words in order, inside the recording. Decoding has temperature 0
only, so the same sound gives the same words. Nothing here ever asks the network for anything.
"""

import json
import math
import re
import threading
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import TranscriptionError, WeightsMissingError
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words
from voicecoach.speech.voice_activity import pad_spans, raised, speech_spans
from voicecoach.speech.weights import missing_whisper_files

if TYPE_CHECKING:
    import faster_whisper

WINDOW_SECONDS: Final = 30.0
"""Whisper hears 30 s at once; each window costs a whole encoder pass however short it is."""

CALL_SECONDS: Final = 600.0
"""Sound handed to the engine at once: it computes the spectrum of all of it beforehand, 2 GB for
two hours."""

MAX_HOTWORDS: Final = 12
MAX_HOTWORD_CHARACTERS: Final = 80
"""Whisper's prompt holds 224 tokens, but long prompts make it cut its own output short; 80
characters are about 25 tokens."""

NO_SPEECH_PROBABILITY: Final = 0.6
LOW_LOG_PROBABILITY: Final = -1.0
REPETITIVE_COMPRESSION: Final = 2.4
"""The thresholds of OpenAI's reference code: a segment is silence above the first and below the
second, and a repetition loop above the third."""

MAX_DISTANCE_FROM_SPEECH_SECONDS: Final = 0.5
"""A word further than this from any voice activity was not said. Whisper's word times stray by up
to 0.3 s, Silero's edges by 0.05 s."""

_END_FRAMES: Final = 150
"""Frames of 10 ms kept behind the sound where windows are short: from 100 on our weights get as
many words right as with 30 s, below 60 they break off."""

_STOCK_PHRASES: Final = frozenset(
    {
        "amara org",
        "bye",
        "bye bye",
        "dont forget to like and subscribe",
        "like and subscribe",
        "please subscribe",
        "please subscribe to my channel",
        "see you next time",
        "see you in the next video",
        "subscribe",
        "subtitles by the amara org community",
        "thank you",
        "thank you for watching",
        "thank you so much for watching",
        "thank you very much",
        "thanks",
        "thanks for listening",
        "thanks for watching",
        "you",
    }
)
"""What Whisper writes over silence, from its training on video subtitles. Dropped only where a
segment holds nothing else and little of it is voice activity: some answers do end in thanks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How some weights want to be called.

    Attributes:
        min_silence_seconds: shorter silences do not part spans of speech.
        pad_seconds: sound given before and after each span.
        joins_spans: whether spans share windows of up to 30 s (OpenAI's weights, trained on such)
            or are decoded one by one (small weights, trained on single sentences).
        max_joined_silence_seconds: longer silences are left out of joined windows, since Whisper
            invents words over them.
        hotwords: whether a prompt with rare terms helps; weights trained without prompts break.
        short_windows: whether the encoder may hear a window as short as it is. OpenAI's weights
            need 30 s always, filled up with silence; weights trained on mixed lengths don't, and
            a sentence costs a fiftieth.
    """

    min_silence_seconds: float
    pad_seconds: float
    joins_spans: bool
    max_joined_silence_seconds: float
    hotwords: bool
    short_windows: bool


WHISPER_DECODING: Final = Decoding(
    min_silence_seconds=0.5,
    pad_seconds=0.3,
    joins_spans=True,
    max_joined_silence_seconds=3.0,
    hotwords=True,
    short_windows=False,
)
"""For weights by OpenAI and their distillations."""

SYNTHETIC_DECODING: Final = Decoding(
    min_silence_seconds=0.2,
    pad_seconds=0.12,
    joins_spans=False,
    max_joined_silence_seconds=0.2,
    hotwords=False,
    short_windows=True,
)
"""For our own small weights: 5.9% of words wrong on a 99 s answer, against 34–47% in joined windows
(`FIELD-NOTES.md`). Their card.json may say otherwise under "decoding"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardWord:
    """One word as the engine gave it: text, seconds from the start, probability (0–1)."""

    text: str
    start_seconds: float
    end_seconds: float
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardSegment:
    """Words the engine decoded together, and how sure it was.

    `no_speech_probability` (0–1) is the engine's own guess that nobody spoke;
    `average_log_probability` is per token (0 is certain).
    """

    words: tuple[HeardWord, ...]
    no_speech_probability: float
    average_log_probability: float

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(word.text.strip() for word in self.words)


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
                return self._transcript([], {})
            self._languages_heard = []
            prompt = hotword_prompt(hotwords) if decoding.hotwords else None
            segments = self._decode(
                model,
                raised(recording),
                decoding_windows(speech, decoding, recording.seconds),
                prompt,
            )
            words = order_words(
                [
                    word
                    for segment in segments
                    if not is_invented(segment, speech)
                    for word in without_loops(segment)
                    if _distance(word, speech) <= MAX_DISTANCE_FROM_SPEECH_SECONDS
                ],
                limit_seconds=recording.seconds,
            )
            return self._transcript(words, _mean_probabilities(self._languages_heard))

    def _transcript(self, words: Sequence[HeardWord], languages: dict[str, float]) -> Transcript:
        language = max(languages, key=languages.__getitem__) if languages else None
        return transcript_from_words(
            [(word.text, word.start_seconds, word.end_seconds, word.probability) for word in words],
            version=1,
            source=TranscriptSource.MACHINE,
            engine=self.engine,
            weights=self._name,
            language=language,
            language_probability=None if language is None else languages[language],
            synthetic=self._synthetic,
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
        decoding = _decoding_of(self._folder, synthetic=self._synthetic)
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


def hotword_prompt(hotwords: Sequence[str]) -> str | None:
    """Return as many of the terms, in order, as make a short prompt; None for none."""
    chosen: list[str] = []
    for term in dict.fromkeys(" ".join(hotword.split()) for hotword in hotwords):
        if not term or len(", ".join([*chosen, term])) > MAX_HOTWORD_CHARACTERS:
            continue
        chosen.append(term)
        if len(chosen) == MAX_HOTWORDS:
            break
    return ", ".join(chosen) or None


def decoding_windows(
    speech: Sequence[Span], decoding: Decoding, limit_seconds: float
) -> tuple[Span, ...]:
    """Return the stretches to decode, padded, in order and without overlap.

    Where the weights join spans, each window holds as many neighbouring ones as fit 30 s; a span
    longer than that stays whole, and Whisper itself walks through it.
    """
    joined: list[Span] = []
    room = WINDOW_SECONDS - 2 * decoding.pad_seconds
    for span in speech:
        fits = (
            decoding.joins_spans
            and joined
            and span.end_seconds - joined[-1].start_seconds <= room
            and span.start_seconds - joined[-1].end_seconds <= decoding.max_joined_silence_seconds
        )
        if fits:
            joined[-1] = replace(joined[-1], end_seconds=span.end_seconds)
        else:
            joined.append(span)
    return pad_spans(joined, pad_seconds=decoding.pad_seconds, limit_seconds=limit_seconds)


def call_parts(windows: Sequence[Span]) -> list[list[Span]]:
    """Cut the windows, in order, into parts of at most `CALL_SECONDS` from first to last."""
    parts: list[list[Span]] = []
    for window in windows:
        if parts and window.end_seconds - parts[-1][0].start_seconds <= CALL_SECONDS:
            parts[-1].append(window)
        else:
            parts.append([window])
    return parts


def is_invented(segment: HeardSegment, speech: Sequence[Span]) -> bool:
    """Whether a segment is what Whisper writes when nobody speaks.

    Either the engine doubts speech and its own words, or it wrote nothing but a stock phrase over
    a stretch that is less than half voice activity.
    """
    if (
        segment.no_speech_probability > NO_SPEECH_PROBABILITY
        and segment.average_log_probability < LOW_LOG_PROBABILITY
    ):
        return True
    if not segment.words or _plain(segment.text) not in _STOCK_PHRASES:
        return False
    start, end = segment.words[0].start_seconds, segment.words[-1].end_seconds
    spoken = sum(
        max(0.0, min(end, span.end_seconds) - max(start, span.start_seconds)) for span in speech
    )
    return spoken < 0.5 * max(end - start, 0.02)


def without_loops(segment: HeardSegment) -> list[HeardWord]:
    """Return the segment's words; a phrase repeated over and over is kept once.

    Only where the text compresses as no speech does (`REPETITIVE_COMPRESSION`), and only phrases
    of up to eight words said four times or more: people do repeat themselves twice.
    """
    words = list(segment.words)
    text = segment.text.encode()
    if not text or len(text) / len(zlib.compress(text)) <= REPETITIVE_COMPRESSION:
        return words
    plain = [_plain(word.text) for word in words]
    kept: list[HeardWord] = []
    place = 0
    while place < len(words):
        length, times = _longest_loop(plain, place)
        kept.extend(words[place : place + length])
        place += length * times
    return kept


def _longest_loop(plain: Sequence[str], place: int) -> tuple[int, int]:
    """Return (words, times) of the phrase looping at `place`; (1, 1) where none does."""
    for length in range(1, 9):
        phrase = plain[place : place + length]
        times = 1
        while plain[place + times * length : place + (times + 1) * length] == phrase:
            times += 1
        if times >= 4:
            return length, times
    return 1, 1


def order_words(words: Sequence[HeardWord], *, limit_seconds: float) -> list[HeardWord]:
    """Return the words with times that never run backwards, overlap or leave the recording.

    Windows are decoded apart, so that a word at the end of one may reach into the next: the later
    word's start wins.
    """
    ordered: list[HeardWord] = []
    for word in words:
        start = min(max(word.start_seconds, 0.0), limit_seconds)
        if ordered and start < ordered[-1].end_seconds:
            earlier = ordered[-1]
            start = max(start, earlier.start_seconds)
            ordered[-1] = replace(earlier, end_seconds=start)
        end = min(max(word.end_seconds, start), limit_seconds)
        ordered.append(replace(word, start_seconds=start, end_seconds=end))
    return ordered


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


def _distance(word: HeardWord, speech: Sequence[Span]) -> float:
    """Seconds between a word and the nearest speech; 0 where they touch."""
    return min(
        max(span.start_seconds - word.end_seconds, word.start_seconds - span.end_seconds, 0.0)
        for span in speech
    )


def _plain(text: str) -> str:
    """The text in lower case without punctuation, for comparing."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower().replace("'", "")).split())


def _mean_probabilities(windows: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return each language's probability (0–1) averaged over the windows."""
    languages = dict.fromkeys(language for window in windows for language in window)
    return {
        language: sum(window.get(language, 0.0) for window in windows) / len(windows)
        for language in languages
    }


def _decoding_of(folder: Path, *, synthetic: bool) -> Decoding:
    """Return how the weights want to be called: by kind, overruled by "decoding" in card.json.

    Raises:
        TranscriptionError: card.json can't be understood.
    """
    decoding = SYNTHETIC_DECODING if synthetic else WHISPER_DECODING
    card = folder / "card.json"
    if not card.is_file():
        return decoding
    try:
        wanted = json.loads(card.read_text(encoding="utf-8")).get("decoding", {})
        return replace(decoding, **wanted)
    except (ValueError, TypeError, AttributeError) as error:
        raise TranscriptionError(
            f"{card} can't be understood ({error}).",
            "Its “decoding” may hold the fields of voicecoach's Decoding only.",
        ) from error
