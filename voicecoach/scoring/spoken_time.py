"""Where in the recording an answer lies, and the silences in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.scoring.content import Content
from voicecoach.scoring.spoken_length import spoken_words
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript

WORD_EDGE_SECONDS: Final = 0.3
"""How far off a word's times may be: where speech begins or ends nearer than this to the first or
last word, its edge is the word's. Whisper's word times are within 0.2 s nearly always; sound that
reaches further out is a filled pause or another voice."""

LEAST_SIGNAL_TO_NOISE: Final = 9.5
"""With less dB between voice and background as measured, where the silences lie is not shown to be
right. `benchmarks/delivery.py`: at 10.4 dB 97% of the edges of pauses are within 0.1 s and the
articulation rate within 3% in all answers; at 7.8 dB 91% of the edges are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenTime:
    """When an answer was spoken: from its first to its last word, in seconds of the recording.

    `pauses` are the silences between those two; `speaking_seconds` is the time with voice in it;
    `word_count` leaves out filled pauses, and `spoken_words` is how many words those take to say
    ("40%" takes two); `repeated_share` (0–1) is the share of them that say again what was said
    before. `words_have_times` is false where a person typed the words; `silences_are_sure` is
    false where the background is too loud to hear where a silence begins. `interviewer_seconds`
    is how much of the time an interviewer spoke, or kept silent on purpose.
    """

    start_seconds: float
    end_seconds: float
    pauses: tuple[Span, ...]
    speaking_seconds: float
    word_count: int
    spoken_words: int
    repeated_share: float
    words_have_times: bool
    silences_are_sure: bool
    interviewer_seconds: float = 0.0

    @property
    def seconds(self) -> float:
        """Length from the first to the last word in seconds, without what was the interviewer's."""
        return self.end_seconds - self.start_seconds - self.interviewer_seconds


def spoken_time(
    transcript: Transcript, sound: SoundMeasures, content: Content, filled: tuple[bool, ...]
) -> SpokenTime | None:
    """Return when the answer was spoken, or None where neither words nor sound say so.

    The first and last word count, their edges put right by the sound; where words have no times,
    the first and last voice activity.
    """
    said = [word for word, filler in zip(transcript.words, filled, strict=True) if not filler]
    word_count = len(said)
    timed = has_times(transcript)
    if timed:
        start, end = _sounding(
            min(word.start_seconds or 0.0 for word in transcript.words),
            max(word.end_seconds or 0.0 for word in transcript.words),
            sound.speech,
        )
    elif sound.speech:
        start, end = sound.speech[0].start_seconds, sound.speech[-1].end_seconds
    else:
        return None
    if word_count == 0 or end <= start:
        return None
    speaking = sum(_overlap(span, start, end) for span in sound.speech)
    return SpokenTime(
        start_seconds=start,
        end_seconds=end,
        pauses=tuple(
            pause
            for pause in sound.pauses
            if pause.start_seconds >= start and pause.end_seconds <= end
        ),
        speaking_seconds=speaking,
        word_count=word_count,
        spoken_words=spoken_words(said),
        repeated_share=1.0 - len(content.kept) / word_count,
        words_have_times=timed,
        silences_are_sure=sound.speech_level - sound.noise_level >= LEAST_SIGNAL_TO_NOISE,
        interviewer_seconds=sum(_overlap(span, start, end) for span in sound.interviewer),
    )


def has_times(transcript: Transcript) -> bool:
    """Tell whether every word of a transcript has its place in the sound."""
    return bool(transcript.words) and all(
        word.start_seconds is not None and word.end_seconds is not None for word in transcript.words
    )


def _sounding(start: float, end: float, speech: Sequence[Span]) -> tuple[float, float]:
    """Return when the first word begins and the last one ends, put right by the sound.

    A word's time reaches into the silence around it, or misses its own sound by a little; both are
    mended. Speech that goes on further out than `WORD_EDGE_SECONDS` leaves the word's time alone.
    """
    heard = [span for span in speech if span.end_seconds > start and span.start_seconds < end]
    if not heard:
        return start, end
    first, last = heard[0].start_seconds, heard[-1].end_seconds
    return (
        first if first >= start - WORD_EDGE_SECONDS else start,
        last if last <= end + WORD_EDGE_SECONDS else end,
    )


def _overlap(span: Span, start: float, end: float) -> float:
    return max(0.0, min(span.end_seconds, end) - max(span.start_seconds, start))
