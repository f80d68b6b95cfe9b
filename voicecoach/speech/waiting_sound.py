"""Sound that waits in memory until it has been decoded, by its place in the whole answer."""

from collections import deque

import numpy as np
from numpy.typing import NDArray


class WaitingSound:
    """16-bit samples of an answer from some moment on; what was forgotten before it is gone."""

    def __init__(self) -> None:
        self._blocks: deque[NDArray[np.int16]] = deque()
        self._first = 0
        self._end = 0

    def __len__(self) -> int:
        """How many samples are held."""
        return self._end - self._first

    def append(self, samples: NDArray[np.int16]) -> None:
        """Add the next samples."""
        self._blocks.append(samples)
        self._end += len(samples)

    def between(self, first: int, last: int) -> tuple[NDArray[np.int16], int]:
        """Return what is held of the samples from `first` up to `last`, and where it begins."""
        begin = min(max(first, self._first), self._end)
        parts: list[NDArray[np.int16]] = []
        place = self._first
        for block in self._blocks:
            if place >= last:
                break
            if place + len(block) > begin:
                parts.append(block[max(0, begin - place) : last - place])
            place += len(block)
        return (np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)), begin

    def forget_before(self, first: int) -> None:
        """Let go of whole blocks that end before a sample."""
        while self._blocks and self._first + len(self._blocks[0]) <= first:
            self._first += len(self._blocks.popleft())
