"""Where in the recording an answer lies, and the silences in it."""

from dataclasses import dataclass

from voicecoach.scoring.content import Content
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenTime:
    """When an answer was spoken: from its first to its last word, in seconds of the recording.

    `pauses` are the silences between those two; `speaking_seconds` is the time with voice in it;
    `word_count` leaves out filled pauses; `repeated_share` (0–1) is the share of those words that
    say again what was said before. `words_have_times` is false where a person typed the words.
    """

    start_seconds: float
    end_seconds: float
    pauses: tuple[Span, ...]
    speaking_seconds: float
    word_count: int
    repeated_share: float
    words_have_times: bool

    @property
    def seconds(self) -> float:
        """Length from the first to the last word in seconds."""
        return self.end_seconds - self.start_seconds


def spoken_time(
    transcript: Transcript, sound: SoundMeasures, content: Content, filled: tuple[bool, ...]
) -> SpokenTime | None:
    """Return when the answer was spoken, or None where neither words nor sound say so.

    The first and last word count; where words have no times, the first and last voice activity.
    """
    word_count = sum(not filler for filler in filled)
    timed = has_times(transcript)
    if timed:
        start = min(word.start_seconds or 0.0 for word in transcript.words)
        end = max(word.end_seconds or 0.0 for word in transcript.words)
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
        repeated_share=1.0 - len(content.kept) / word_count,
        words_have_times=timed,
    )


def has_times(transcript: Transcript) -> bool:
    """Tell whether every word of a transcript has its place in the sound."""
    return bool(transcript.words) and all(
        word.start_seconds is not None and word.end_seconds is not None for word in transcript.words
    )


def _overlap(span: Span, start: float, end: float) -> float:
    return max(0.0, min(span.end_seconds, end) - max(span.start_seconds, start))
