"""Power spectra of short frames, a few at a time so that they stay in a core's cache."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_AT_ONCE: Final = 64
"""Frames transformed at once: with all of a minute's frames the transforms leave the cache and take
about twice as long."""


def power_spectra(
    frames: NDArray[np.float32], window: NDArray[np.float32], *, samples: int, bins: int
) -> NDArray[np.float32]:
    """Return the squared magnitudes of each frame's spectrum, float32 of shape (frames, bins).

    Args:
        frames: float32 of shape (frames, window); may be a view of overlapping stretches.
        window: multiplied onto each frame.
        samples: length of the transform; frames are filled up with zeros.
        bins: how many bins from 0 Hz are wanted, at most `samples` // 2 + 1.
    """
    length = frames.shape[1]
    powers = np.empty((len(frames), bins), dtype=np.float32)
    filled = np.zeros((_AT_ONCE, samples), dtype=np.float32)
    spectra = np.empty((_AT_ONCE, samples // 2 + 1), dtype=np.complex64)
    squares = np.empty((_AT_ONCE, bins), dtype=np.float32)
    for first in range(0, len(frames), _AT_ONCE):
        some = frames[first : first + _AT_ONCE]
        count = len(some)
        np.multiply(some, window, out=filled[:count, :length])
        # The stubs know double precision only; single stays single since NumPy 2.0.
        np.fft.rfft(filled[:count], out=spectra[:count])  # type: ignore[arg-type]
        wanted, power = spectra[:count, :bins], powers[first : first + count]
        np.multiply(wanted.real, wanted.real, out=power)
        np.multiply(wanted.imag, wanted.imag, out=squares[:count])
        power += squares[:count]
    return powers
