"""What of the engine's words was really said: inventions and loops dropped, words in order."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words

NO_SPEECH_PROBABILITY: Final = 0.6
LOW_LOG_PROBABILITY: Final = -1.0
REPETITIVE_COMPRESSION: Final = 2.4
"""The thresholds of OpenAI's reference code: a segment is silence above the first and below the
second, and a repetition loop above the third."""

MAX_DISTANCE_FROM_SPEECH_SECONDS: Final = 0.5
"""A word further than this from any voice activity was not said. Whisper's word times stray by up
to 0.3 s, Silero's edges by 0.05 s."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardStretch:
    """What the engine heard in one stretch of sound.

    `languages` has an entry for each window of it, ISO 639-1 code to probability (0–1); none where
    the weights know one language only.
    """

    segments: tuple[HeardSegment, ...]
    languages: tuple[Mapping[str, float], ...] = field(default=())


def said_words(
    segments: Sequence[HeardSegment], speech: Sequence[Span], *, limit_seconds: float
) -> list[HeardWord]:
    """Return the words that were said, in order: none invented, looped or far from any speech.

    Args:
        segments: what the engine gave, in order.
        speech: the voice activity of the recording, at least one span.
        limit_seconds: the recording's length.
    """
    return order_words(
        [
            word
            for segment in segments
            if not is_invented(segment, speech)
            for word in without_loops(segment)
            if _distance(word, speech) <= MAX_DISTANCE_FROM_SPEECH_SECONDS
        ],
        limit_seconds=limit_seconds,
    )


def machine_transcript(
    words: Sequence[HeardWord],
    languages: Sequence[Mapping[str, float]],
    *,
    engine: str,
    weights: str,
    synthetic: bool,
) -> Transcript:
    """Return the words as version 1 of a transcript.

    Its language is the one that was likeliest over all windows.
    """
    shares = mean_probabilities(languages)
    language = max(shares, key=shares.__getitem__) if shares else None
    return transcript_from_words(
        [(word.text, word.start_seconds, word.end_seconds, word.probability) for word in words],
        version=1,
        source=TranscriptSource.MACHINE,
        engine=engine,
        weights=weights,
        language=language,
        language_probability=None if language is None else shares[language],
        synthetic=synthetic,
    )


def mean_probabilities(windows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return each language's probability (0–1) averaged over the windows."""
    languages = dict.fromkeys(language for window in windows for language in window)
    return {
        language: sum(window.get(language, 0.0) for window in windows) / len(windows)
        for language in languages
    }


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


def _distance(word: HeardWord, speech: Sequence[Span]) -> float:
    """Seconds between a word and the nearest speech; 0 where they touch."""
    return min(
        max(span.start_seconds - word.end_seconds, word.start_seconds - span.end_seconds, 0.0)
        for span in speech
    )


def _plain(text: str) -> str:
    """The text in lower case without punctuation, for comparing."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower().replace("'", "")).split())
