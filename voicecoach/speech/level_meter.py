"""How loud a block of sound is, and a bar that shows it in a terminal."""

import math
from typing import Final

import numpy as np

from voicecoach.speech.recording import PCM16_FULL_SCALE

QUIETEST_LEVEL: Final = -120.0
"""dB relative to full scale given for digital silence, whose true level has no number."""

_BAR_STARTS_AT: Final = -60.0
"""dB relative to full scale at which the bar is empty: a quiet room."""


def level_of_pcm16(pcm: bytes) -> float:
    """Return the root mean square of 16-bit mono PCM in dB relative to full scale (−120 to 0)."""
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float64)
    mean_square = float(samples @ samples) / len(samples) if len(samples) else 0.0
    if not mean_square:
        return QUIETEST_LEVEL
    return max(QUIETEST_LEVEL, min(0.0, 10 * math.log10(mean_square / PCM16_FULL_SCALE**2)))


def level_bar(level: float, *, width: int = 20) -> str:
    """Return a bar of `width` characters for a level in dB: empty at −60, full at 0."""
    share = (level - _BAR_STARTS_AT) / -_BAR_STARTS_AT
    filled = round(min(1.0, max(0.0, share)) * width)
    return "█" * filled + "░" * (width - filled)
