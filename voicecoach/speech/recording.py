"""A recording in memory: mono float32 samples at 16 kHz.

How sound enters and leaves it: `audio_file` reads and writes files, `recording_file` is the WAV
that a recording is written to while it is being spoken.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE: Final = 16_000
"""Samples a second inside voicecoach, the rate Whisper was trained on."""

PCM16_FULL_SCALE: Final = 32768.0
"""The 16-bit count that stands for full scale, ±1."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """Mono sound. `samples` is float32 of shape (n,), full scale at ±1, `SAMPLE_RATE` a second."""

    samples: NDArray[np.float32]

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE

    @classmethod
    def from_pcm16(cls, pcm: bytes) -> "Recording":
        """Return the recording that 16-bit little-endian mono PCM at `SAMPLE_RATE` holds.

        A trailing half sample is left out; no bytes give an empty recording.
        """
        whole = len(pcm) - len(pcm) % 2
        counts = np.frombuffer(pcm, dtype="<i2", count=whole // 2)
        return cls(counts.astype(np.float32) / PCM16_FULL_SCALE)

    def to_pcm16(self) -> bytes:
        """Return the samples as 16-bit little-endian PCM; beyond full scale they are clipped."""
        counts = np.rint(self.samples.astype(np.float64) * PCM16_FULL_SCALE)
        return np.clip(counts, -32768, 32767).astype("<i2").tobytes()
