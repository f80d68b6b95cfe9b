"""The file of a recording that is being made: what arrives goes onto the disk first."""

from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import RecordingError
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.recording_file import RecordingWriter


class GrowingRecording:
    """A recording at 16 kHz that grows while somebody speaks. Used by one thread at a time.

    Args:
        path: its file; one that is there already is gone on with.
        limit_seconds: it is full after so long; None: never.
        remedy: what to do once the disk takes no more, a sentence.

    Raises:
        RecordingError: the file can't be written, or what is in it can't be gone on with.
    """

    def __init__(self, path: Path, *, limit_seconds: float | None, remedy: str) -> None:
        self.path = path
        self.goes_on = path.exists()
        self._remedy = remedy
        self._most_samples = None if limit_seconds is None else round(limit_seconds * SAMPLE_RATE)
        self._writer = RecordingWriter(path, sample_rate=SAMPLE_RATE, go_on=self.goes_on)

    @property
    def samples(self) -> int:
        """Samples in the file."""
        return self._writer.samples

    @property
    def flushed_samples(self) -> int:
        """How many of them are known to be on the disk."""
        return self._writer.flushed_samples

    @property
    def is_full(self) -> bool:
        """Whether the limit is reached."""
        return self._most_samples is not None and self.samples >= self._most_samples

    def take(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        """Write the next samples; what goes beyond the limit is left out. Return what was written.

        The first ones are forced onto the disk at once: from then on there is something to keep.

        Raises:
            RecordingError: the disk took not all of it; what it took is kept.
        """
        if self._most_samples is not None:
            samples = samples[: max(0, self._most_samples - self.samples)]
        if not len(samples):
            return samples
        first = not self.samples
        try:
            self._writer.append(samples.astype("<i2").tobytes())
            if first:
                self._writer.flush()
        except OSError as error:
            raise RecordingError(
                f"The recording can't be written any further: {error.strerror or error}.",
                self._remedy,
            ) from error
        return samples

    def flush(self) -> None:
        """Force everything onto the disk, where it can be."""
        with suppress(OSError):
            self._writer.flush()

    def close(self) -> float:
        """Close the file; return how many seconds it holds."""
        with suppress(OSError):  # what the disk took is there; the header can be mended
            self._writer.close()
        return self._writer.seconds

    def remove(self) -> None:
        """Take the file off the disk."""
        self.path.unlink(missing_ok=True)
