"""Tells held tones (instruments, mains hum, beeps) from voices."""

from typing import Final, TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicecoach.speech.power_spectra import power_spectra
from voicecoach.speech.recording import SAMPLE_RATE

FRAME_SAMPLES: Final = 1_024
STEP_SAMPLES: Final = 512
"""Spectra of 64 ms every 32 ms: harmonics of a low voice stand apart, and a frequency can be read
to within about half a hertz."""

STEP_SECONDS: Final = STEP_SAMPLES / SAMPLE_RATE

HELD_FRAMES: Final = 10
"""A tone is held for 0.32 s at least: longer than vowels, shorter than most notes."""

DRIFT: Final = 0.004
"""A held tone stays within 0.4% (a fourteenth of a semitone), or within a hertz. Voices move
by 2% and more in that time; instruments and mains hum don't."""

DRIFT_HERTZ: Final = 1.0

TONAL_SHARE: Final = 0.5
"""A frame is tonal where held tones carry half of its energy."""

_WINDOW: Final = np.hanning(FRAME_SAMPLES).astype(np.float32)
_Values = TypeVar("_Values", NDArray[np.float32], NDArray[np.bool_])
_LOWEST_HERTZ: Final = 40.0
_HIGHEST_HERTZ: Final = 5_000.0
_CHUNK_FRAMES: Final = 300
"""Frames taken at once: the spectra of 10 s stay in a core's cache."""


def tonal_frames(samples: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Return for each 32 ms whether held tones dominate, bool of shape (frames,).

    Sounds shorter than 64 ms have no frame. Memory stays below 40 MB whatever the length.
    """
    if len(samples) < FRAME_SAMPLES:
        return np.zeros(0, dtype=np.bool_)
    frames = sliding_window_view(samples, FRAME_SAMPLES)[::STEP_SAMPLES]
    found = np.zeros(len(frames), dtype=np.bool_)
    for first in range(0, len(frames), _CHUNK_FRAMES):
        start = max(0, first - HELD_FRAMES)
        end = min(len(frames), first + _CHUNK_FRAMES + HELD_FRAMES)
        last = min(len(frames), first + _CHUNK_FRAMES)
        found[first:last] = _tonal(frames[start:end])[first - start : last - start]
    return found


def _tonal(frames: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether held tones carry half of each frame's energy."""
    if len(frames) < HELD_FRAMES:
        return np.zeros(len(frames), dtype=np.bool_)
    hertz, share = _peaks(
        power_spectra(frames, _WINDOW, samples=FRAME_SAMPLES, bins=FRAME_SAMPLES // 2 + 1)
    )
    lowest, highest = (_over_held_frames(choose, hertz) for choose in (np.minimum, np.maximum))
    steady = (lowest > 0) & (highest - lowest <= np.maximum(DRIFT * lowest, DRIFT_HERTZ))
    around = np.pad(steady, ((HELD_FRAMES - 1, HELD_FRAMES - 1), (0, 0)))
    held = _over_held_frames(np.logical_or, around)
    return np.asarray(np.where(held, share, 0.0).sum(axis=1) >= TONAL_SHARE)


def _over_held_frames(choose: np.ufunc, values: _Values) -> _Values:
    """Return what is chosen of each `HELD_FRAMES` rows in turn, in steps that double."""
    known, chosen = 1, values
    while known < HELD_FRAMES:
        more = min(known, HELD_FRAMES - known)
        chosen = choose(chosen[:-more], chosen[more:])
        known += more
    return chosen


def _peaks(power: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return frequency and energy share of the spectral peak in each bin; 0 where there is none.

    Both have the frames of `power`, (frames, bins), and its bins up to `_HIGHEST_HERTZ`. A peak
    that wanders across a bin's border is lost by that bin, which is what makes moving voices fall
    out.
    """
    bin_hertz = SAMPLE_RATE / FRAME_SAMPLES
    total = power.sum(axis=1, keepdims=True) + 1e-20
    power = power[:, : int(_HIGHEST_HERTZ / bin_hertz) + 2]
    logs = np.log(power + 1e-20)
    left, middle, right = logs[:, :-2], logs[:, 1:-1], logs[:, 2:]
    bend = left - 2 * middle + right
    offset = 0.5 * (left - right) / np.where(bend == 0, -1.0, bend)
    bins = np.arange(1, power.shape[1] - 1, dtype=np.float32)
    frequency = (bins + offset) * np.float32(bin_hertz)
    peak = (
        (middle >= left)
        & (middle > right)
        & (frequency >= _LOWEST_HERTZ)
        & (frequency <= _HIGHEST_HERTZ)
    )
    energy = power[:, :-2] + power[:, 1:-1] + power[:, 2:]
    hertz = np.zeros_like(power)
    share = np.zeros_like(power)
    hertz[:, 1:-1] = np.where(peak, frequency, 0.0)
    share[:, 1:-1] = np.where(peak, energy / total, 0.0)
    return hertz, share
