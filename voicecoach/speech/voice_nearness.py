"""Tells one near voice from many at once and from one across the room, by how levels move.

A mouth near the microphone moves the level by about 30 dB within speech (ANSI S3.5-1997 reckons
with ±15 dB) and stops as sharply as it starts. A room fills the gaps and lets the sound fade; many
voices fill each other's gaps and hide each other's pitch. Noise narrows the range of a near voice
too, but leaves it falling as fast as it rises and its loud parts periodic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicecoach.speech.levels import STEP_SAMPLES, to_levels
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.span import Span

LOUD_QUANTILE: Final = 0.95
QUIET_QUANTILE: Final = 0.10
"""The range of levels is taken between these: louder are single bursts, quieter are gaps that the
edges of speech left in."""

SLOPE_STEPS: Final = 8
"""Rises and falls are taken over 80 ms: a near voice stops within that time, a room that fades by
60 dB in half a second falls by less than 10 dB."""

STEEP_QUANTILE: Final = 0.98
"""Of all rises and falls, those of the one step in fifty that is steepest."""

LEAST_STEPS: Final = 50
"""With less than half a second of speech nothing is measured."""

VOICE_HERTZ: Final = (60.0, 400.0)
"""Range of a speaking voice's fundamental."""

_SMOOTHED_STEPS: Final = 3
_FRAME_SAMPLES: Final = 640
"""40 ms: two periods and a half of the lowest voice."""
_FRAMES: Final = 500
"""So many frames of the louder half are looked at: the median moves by about .01 with more."""
_SPECTRUM_SAMPLES: Final = 1_024
"""Room for a frame and the longest lag of a voice: what wraps around lies beyond that lag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearness:
    """How near and how single the voice sounds.

    `level_range` is how far levels in speech lie apart (95th less 10th percentile, dB).
    `fading` is by how many dB the steepest rises within 80 ms exceed the steepest falls: about 0
    for a near voice, more where a room lets sound fade.
    `periodicity` (0–1) is the median peak of the normalised autocorrelation, at the pitch of
    voices, in the louder half of speech: near 1 for one voice without noise.
    """

    level_range: float
    fading: float
    periodicity: float


def measure_nearness(
    samples: NDArray[np.float32], powers: NDArray[np.float64], speech: Sequence[Span]
) -> Nearness | None:
    """Measure how near and how single a voice sounds; None with less than 0.5 s of speech.

    Args:
        samples: the recording at 16 kHz.
        powers: its mean square around each 10 ms in the band of speech, of shape (steps,).
        speech: the stretches with speech, in order.
    """
    levels = to_levels(powers)
    spoken = np.zeros(len(levels), dtype=np.bool_)
    for span in speech:
        start, end = (
            round(seconds * SAMPLE_RATE / STEP_SAMPLES)
            for seconds in (span.start_seconds, span.end_seconds)
        )
        spoken[start:end] = True
    if int(spoken.sum()) < LEAST_STEPS:
        return None
    inside = levels[spoken]
    quiet, middle, loud = np.quantile(inside, [QUIET_QUANTILE, 0.5, LOUD_QUANTILE])
    return Nearness(
        level_range=float(loud - quiet),
        fading=_fading(levels, spoken, floor=float(middle)),
        periodicity=_periodicity(samples, np.flatnonzero(spoken & (levels >= middle))),
    )


def _fading(levels: NDArray[np.float64], spoken: NDArray[np.bool_], *, floor: float) -> float:
    """Return by how many dB the steepest rises to loud speech exceed the steepest falls from it."""
    padded = np.pad(levels, _SMOOTHED_STEPS // 2, mode="edge")
    smooth = np.convolve(padded, np.full(_SMOOTHED_STEPS, 1 / _SMOOTHED_STEPS), mode="valid")
    rises = smooth[SLOPE_STEPS:] - smooth[:-SLOPE_STEPS]
    loud = spoken & (smooth > floor)
    upwards, downwards = rises[loud[SLOPE_STEPS:]], -rises[loud[:-SLOPE_STEPS]]
    if not len(upwards) or not len(downwards):
        return 0.0
    steepest = np.quantile(upwards, STEEP_QUANTILE), np.quantile(downwards, STEEP_QUANTILE)
    return float(steepest[0] - steepest[1])


def _periodicity(samples: NDArray[np.float32], steps: NDArray[np.intp]) -> float:
    """Return the median periodicity (0–1) of frames that start at some of these steps."""
    steps = steps[steps * STEP_SAMPLES + _FRAME_SAMPLES <= len(samples)]
    if not len(steps):
        return 0.0
    chosen = steps[np.linspace(0, len(steps) - 1, min(_FRAMES, len(steps))).round().astype(int)]
    frames = sliding_window_view(samples, _FRAME_SAMPLES)[chosen * STEP_SAMPLES].astype(np.float64)
    window = np.hanning(_FRAME_SAMPLES)
    frames = (frames - frames.mean(axis=1, keepdims=True)) * window
    shortest, longest = (round(SAMPLE_RATE / hertz) for hertz in reversed(VOICE_HERTZ))
    correlations = _autocorrelation(frames)
    of_window = _autocorrelation(window)
    # A window's own autocorrelation falls with the lag and would hide low voices (Boersma 1993).
    normalised = (
        correlations[:, shortest:longest]
        / (correlations[:, :1] + 1e-12)
        / (of_window[shortest:longest] / of_window[0])
    )
    return float(np.median(np.clip(normalised.max(axis=1), 0.0, 1.0)))


def _autocorrelation(frames: NDArray[np.float64]) -> NDArray[np.float64]:
    spectra = np.abs(np.fft.rfft(frames, _SPECTRUM_SAMPLES)) ** 2
    return np.asarray(np.fft.irfft(spectra)[..., :_FRAME_SAMPLES])
