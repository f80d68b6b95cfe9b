"""How much the pitch of a voice varies, by SwiftF0: a small network that comes with its library.

It gives a pitch and how sure it is of it per 16 ms (Nieradzik 2025, MIT licence).
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.span import Span
from voicecoach.speech.voice_activity import raised

if TYPE_CHECKING:
    from swift_f0 import SwiftF0

FRAME_SAMPLES: Final = 256
"""SwiftF0's frame: 16 ms at 16 kHz."""

CONTEXT_FRAMES: Final = 6
"""Frames given beside each window, 96 ms: all that SwiftF0 looks at (176 ms), so that a frame's
pitch does not depend on which others are looked for with it."""

VOICE_HERTZ: Final = (50.0, 500.0)
"""Fundamentals looked for: speaking voices lie between 60 and 400 Hz."""

VOICED: Final = 0.5
"""A frame is voiced from this confidence on, to which SwiftF0 is calibrated."""

MOST_SEMITONES: Final = 12.0
"""Frames further than an octave from the median are left out: creak read an octave down, or a
harmonic read an octave up. Hardly any speech goes that far (half its frames lie within 4)."""

LEAST_VOICED_SECONDS: Final = 2.0
"""Less voice than this says nothing of how a voice moves (a judgement: about ten syllables)."""

WINDOWS: Final = 30
WINDOW_SECONDS: Final = 0.3
"""Longer speech is sampled: so many windows spread evenly over it. All of two minutes would take
longer than everything else that is measured on them. Many short windows do better than few long
ones for the same time: on voices of known pitch the deviation was 4.7% off (median; 5.7% with 16
of 0.6 s, about 2% with all of the speech). `benchmarks/delivery.py` prints it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PitchMeasures:
    """The pitch of the voiced frames looked at.

    `median_hertz` is its median; `deviation` and `quartile_range` are the standard deviation and
    the interquartile range in semitones; `voiced_seconds` is how much voice was looked at.
    """

    median_hertz: float
    deviation: float
    quartile_range: float
    voiced_seconds: float


@dataclass(frozen=True, slots=True, eq=False)
class PitchFrames:
    """Pitch in hertz and confidence (0–1) of neighbouring frames, each float64 of shape (frames,).

    Both are NaN in frames that nobody looked at.
    """

    hertz: NDArray[np.float64]
    confidence: NDArray[np.float64]


def measure_pitch(
    recording: Recording, speech: Sequence[Span], known: PitchFrames | None = None
) -> PitchMeasures | None:
    """Measure the pitch within the spans of speech; None where there is too little voice.

    Recordings are raised first as voice activity raises them: the network expects ordinary levels.
    `known` is what has been looked at before.
    """
    if not speech:
        return None
    samples = raised(recording)
    hertz = np.concatenate([_voiced(samples, window, known) for window in _windows(speech)])
    if len(hertz) * FRAME_SAMPLES / SAMPLE_RATE < LEAST_VOICED_SECONDS:
        return None
    median = float(np.median(hertz))
    semitones = 12 * np.log2(hertz / median)
    semitones = semitones[np.abs(semitones) <= MOST_SEMITONES]
    low, high = np.quantile(semitones, [0.25, 0.75])
    return PitchMeasures(
        median_hertz=median,
        deviation=float(semitones.std()),
        quartile_range=float(high - low),
        voiced_seconds=len(semitones) * FRAME_SAMPLES / SAMPLE_RATE,
    )


def _windows(speech: Sequence[Span]) -> list[Span]:
    """Return all of short speech; of longer speech, windows around evenly spread moments of it."""
    lengths = [span.seconds for span in speech]
    total = sum(lengths)
    if total <= WINDOWS * WINDOW_SECONDS:
        return list(speech)
    ends = list(accumulate(lengths))
    windows: list[Span] = []
    for number in range(WINDOWS):
        moment = (number + 0.5) / WINDOWS * total
        index = next(place for place, end in enumerate(ends) if end >= moment)
        span = speech[index]
        middle = span.end_seconds - (ends[index] - moment)
        start = max(span.start_seconds, middle - WINDOW_SECONDS / 2)
        end = min(span.end_seconds, start + WINDOW_SECONDS)
        windows.append(
            Span(start_seconds=max(span.start_seconds, end - WINDOW_SECONDS), end_seconds=end)
        )
    return windows


def _voiced(
    samples: NDArray[np.float32], window: Span, known: PitchFrames | None
) -> NDArray[np.float64]:
    """Return the pitch in hertz of the voiced frames of a window, float64 of shape (frames,)."""
    first = int(window.start_seconds * SAMPLE_RATE) // FRAME_SAMPLES
    last = int(window.end_seconds * SAMPLE_RATE) // FRAME_SAMPLES
    if known is not None and last <= len(known.hertz):
        found = PitchFrames(known.hertz[first:last], known.confidence[first:last])
        if not np.isnan(found.confidence).any():
            return found.hertz[found.confidence >= VOICED]
    found = find_pitch(samples, first, last)
    return found.hertz[found.confidence >= VOICED]


def find_pitch(samples: NDArray[np.float32], first: int, last: int) -> PitchFrames:
    """Look for the pitch in the frames from `first` up to `last` of these samples."""
    start = max(0, first - CONTEXT_FRAMES)
    around = samples[start * FRAME_SAMPLES : (last + CONTEXT_FRAMES) * FRAME_SAMPLES]
    if last <= first or len(around) < FRAME_SAMPLES:
        return PitchFrames(np.zeros(0), np.zeros(0))
    lowest, highest = VOICE_HERTZ
    found = _detector().detect(around, SAMPLE_RATE, lowest, highest)
    inner = slice(first - start, last - start)
    return PitchFrames(
        np.asarray(found.pitch_hz[inner], dtype=np.float64),
        np.asarray(found.confidence[inner], dtype=np.float64),
    )


@functools.lru_cache
def _detector() -> "SwiftF0":
    """Return the detector on one thread, loaded once."""
    from swift_f0 import SwiftF0  # noqa: PLC0415

    return SwiftF0(threads=1, spin=False)
