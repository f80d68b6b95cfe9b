"""The outline of a recording for drawing it: how loud each stretch gets, in bounded memory.

A browser that draws the waveform of a long answer itself has to fetch and decode all of it; this
reads the file in blocks and hands on a few thousand numbers whatever its length.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import RecordingError
from voicecoach.speech.recording import PCM16_FULL_SCALE
from voicecoach.speech.recording_file import BYTES_PER_SAMPLE, HEADER_BYTES, sample_rate_of

BLOCK_SAMPLES: Final = 1 << 18
"""Samples read at once: half a megabyte, sixteen seconds."""

DIGITS: Final = 3
"""Digits of a peak after the point; a waveform is seldom drawn 1,000 dots high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waveform:
    """How loud each of equally long stretches gets: the largest sample in it, 0 to 1.

    `seconds` is the length of the sound that the stretches divide.
    """

    seconds: float
    peaks: tuple[float, ...]


def read_waveform(path: Path, stretches: int) -> Waveform:
    """Return the outline of a recording of ours.

    What lies on disk counts, not what the header says, so that an answer that broke off, or is
    still being spoken, is drawn as far as it goes. A recording with fewer samples than stretches
    has a stretch for each sample.

    Args:
        path: the recording.
        stretches: how many stretches it is divided into, at least 1.

    Raises:
        RecordingError: the file can't be read, or `RecordingWriter` did not write it.
    """
    try:
        with path.open("rb") as file:
            rate = sample_rate_of(file.read(HEADER_BYTES))
            if rate is None:
                raise RecordingError(
                    f"{path.name} is not a recording that voicecoach wrote.",
                    "Look into the recordings folder in your home: it may have been replaced.",
                )
            data_bytes = max(0, os.fstat(file.fileno()).st_size - HEADER_BYTES)
            samples = data_bytes // BYTES_PER_SAMPLE
            peaks = np.zeros(min(stretches, samples), dtype=np.int32)
            read = 0
            while read < samples:
                wanted = min(BLOCK_SAMPLES, samples - read)
                data = file.read(wanted * BYTES_PER_SAMPLE)
                block = np.frombuffer(data, dtype="<i2", count=len(data) // BYTES_PER_SAMPLE)
                if not len(block):  # it was cut off while being read
                    break
                _raise_to(peaks, block, first=read, samples=samples)
                read += len(block)
    except OSError as error:
        raise RecordingError(
            f"The recording {path.name} can't be read: {error.strerror or error}.",
            "Check that the file is there and that you may read it.",
        ) from error
    return Waveform(
        seconds=samples / rate,
        peaks=tuple(round(float(peak), DIGITS) for peak in peaks / PCM16_FULL_SCALE),
    )


def _raise_to(
    peaks: NDArray[np.int32], block: NDArray[np.int16], *, first: int, samples: int
) -> None:
    """Raise each stretch's peak to the largest of its samples in the block.

    Sample `n` of the recording belongs to stretch `n * len(peaks) // samples`.
    """
    place = np.arange(first, first + len(block), dtype=np.int64) * len(peaks) // samples
    starts = np.flatnonzero(np.diff(place, prepend=place[0] - 1))
    largest = np.maximum.reduceat(np.abs(block.astype(np.int32)), starts)
    np.maximum.at(peaks, place[starts], largest)
