"""A recording in memory: mono float32 samples at 16 kHz."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 16_000
"""Samples a second inside voicecoach, the rate Whisper was trained on."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Mono sound. `samples` is float32 of shape (n,), full scale at ±1, `SAMPLE_RATE` a second."""

    samples: NDArray[np.float32]

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE
