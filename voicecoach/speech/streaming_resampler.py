"""Brings 16-bit mono sound that is still arriving to 16 kHz, however it is cut into pieces."""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import InvalidInputError
from voicecoach.speech.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import av
    from av.audio.frame import AudioFrame

LOWEST_RATE: Final = 8_000
HIGHEST_RATE: Final = 192_000
"""Rates that microphones have."""

OVERLAP_SAMPLES: Final = SAMPLE_RATE // 10
"""Sound at 16 kHz that is sent again where an answer goes on after a break: the filter needs some
before the seam to leave no click there."""


class StreamingResampler:
    """Takes 16-bit little-endian mono PCM at a rate and gives it at 16 kHz.

    Args:
        rate: samples a second of what is taken.
        kept_samples: samples at 16 kHz that an answer has already; where it goes on, the sound
            from `resume_at` on is to be given, and what is there already is left out.

    Raises:
        InvalidInputError: no microphone has such a rate.
    """

    def __init__(self, rate: int, *, kept_samples: int = 0) -> None:
        if not LOWEST_RATE <= rate <= HIGHEST_RATE:
            raise InvalidInputError(
                f"A sample rate of {rate} can't be recorded.",
                f"Send {LOWEST_RATE} to {HIGHEST_RATE} samples a second; {SAMPLE_RATE} is best.",
            )
        self.rate = rate
        self.resume_at = self.sent_samples(kept_samples)
        self._half = b""
        self._resampler: av.AudioResampler | None = None
        self._left_out = kept_samples - round(self.resume_at * SAMPLE_RATE / rate)

    def sent_samples(self, kept_samples: int) -> int:
        """Return how many samples at `rate` may be forgotten once so many at 16 kHz are kept."""
        if self.rate == SAMPLE_RATE:
            return kept_samples
        return max(0, kept_samples - OVERLAP_SAMPLES) * self.rate // SAMPLE_RATE

    def take(self, pcm: bytes) -> NDArray[np.int16]:
        """Return what is ready at 16 kHz after these bytes, int16 of shape (n,)."""
        pcm = self._half + pcm
        whole = len(pcm) - len(pcm) % 2
        pcm, self._half = pcm[:whole], pcm[whole:]
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.int16, copy=False)
        return samples if self.rate == SAMPLE_RATE else self._new(self._resampled(samples))

    def finish(self) -> NDArray[np.int16]:
        """Return what the filter still held."""
        if self._resampler is None:
            return np.zeros(0, dtype=np.int16)
        return self._new([_samples_of(frame) for frame in self._resampler.resample(None)])

    def _resampled(self, samples: NDArray[np.int16]) -> list[NDArray[np.int16]]:
        import av  # noqa: PLC0415 - loading it takes longer than `voicecoach --help` may

        if not len(samples):
            return []
        if self._resampler is None:
            self._resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        frame = av.AudioFrame.from_ndarray(samples[None, :], format="s16", layout="mono")
        frame.sample_rate = self.rate
        frame.pts = None
        return [_samples_of(made) for made in self._resampler.resample(frame)]

    def _new(self, parts: list[NDArray[np.int16]]) -> NDArray[np.int16]:
        """Return the parts as one, less what the answer has already."""
        samples = np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)
        known = min(self._left_out, len(samples))
        self._left_out -= known
        return samples[known:]


def _samples_of(frame: "AudioFrame") -> NDArray[np.int16]:
    return frame.to_ndarray().reshape(-1).astype(np.int16, copy=False)
