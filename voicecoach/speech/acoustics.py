"""What the sound alone tells, without words: speech activity, loudness, clipping."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the recording in seconds from its start."""

    start_seconds: float
    end_seconds: float

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundMeasures:
    """Measured on the recording, stored with the attempt so re-scoring needs no sound.

    `speech` are the stretches with voice activity and `pauses` the silent stretches of at least
    0.25 s between them (silence before the first and after the last word is no pause).
    Levels are dB relative to full scale; `clipped_share` is the share of samples at full scale
    (0–1); `speech_probability` is the mean voice-activity probability (0–1) inside `speech`;
    `harmonic_share` the share (0–1) of speech frames that look like sustained tones (music, hum).
    """

    seconds: float
    speech: tuple[Span, ...]
    pauses: tuple[Span, ...]
    speech_level: float
    noise_level: float
    clipped_share: float
    speech_probability: float
    harmonic_share: float

    @property
    def speaking_seconds(self) -> float:
        """Seconds with voice activity."""
        return sum(span.seconds for span in self.speech)
