"""What has been read of a recording before all of it was there; `measure_sound` reads the rest.

Everything here is what the whole recording would give, but for its last moments.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.levels import BANDS, STEP_SAMPLES, band_powers
from voicecoach.speech.pitch import PitchFrames
from voicecoach.speech.sustained_tones import HELD_FRAMES, tonal_frames
from voicecoach.speech.sustained_tones import STEP_SAMPLES as TONE_STEP_SAMPLES


def _no_bands() -> NDArray[np.float32]:
    return np.zeros((0, BANDS), dtype=np.float32)


def _no_frames() -> NDArray[np.bool_]:
    return np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class KnownSound:
    """Readings from the first sample of a recording on.

    `bands` are float32 of shape (steps, bands), `tonal` bool of shape (frames,), as `band_powers`
    and `tonal_frames` give them; `pitch` is what was looked at; `loudness` is that of the whole
    recording, as `momentary_loudness` gives it, or None.
    """

    bands: NDArray[np.float32] = field(default_factory=_no_bands)
    tonal: NDArray[np.bool_] = field(default_factory=_no_frames)
    pitch: PitchFrames | None = None
    loudness: NDArray[np.float64] | None = None

    def all_bands(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the band powers of the whole recording."""
        steps = len(self.bands)
        if not steps:
            return band_powers(samples)
        rest = band_powers(samples[(steps - 1) * STEP_SAMPLES :])[1:]
        return np.concatenate([self.bands, rest])

    def all_tonal(self, samples: NDArray[np.float32]) -> NDArray[np.bool_]:
        """Return the tonal frames of the whole recording."""
        before = min(len(self.tonal), HELD_FRAMES)
        start = len(self.tonal) - before
        rest = tonal_frames(samples[start * TONE_STEP_SAMPLES :])[before:]
        return np.concatenate([self.tonal, rest])
