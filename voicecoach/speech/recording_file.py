"""The WAV that an answer is written to while it is being spoken. A recording is sacred.

Samples go to the file as they arrive. Once a second of sound the header is brought up to date and
everything is forced onto the disk, so a killed process loses nothing it had handed over, and a
power cut at most the last second. Where the header lags behind the file, `recover` mends it.

The layout is always the same: a header of 44 bytes, then 16-bit mono PCM to the end of the file.
"""

import os
import struct
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from voicecoach.errors import RecordingError
from voicecoach.speech.recording import SAMPLE_RATE

HEADER_BYTES: Final = 44
"""RIFF, fmt and data headers of a plain PCM WAV."""

BYTES_PER_SAMPLE: Final = 2

_OWNER_ONLY: Final = 0o600
_HEADER: Final = struct.Struct("<4sI4s4sIHHIIHH4sI")
_LARGEST_DATA_BYTES: Final = 0xFFFFFFFF - HEADER_BYTES


class RecordingWriter:
    """Writes 16-bit mono PCM into a WAV that survives a crash.

    The file is readable and writable by its owner only and is never written over: a path that
    exists already is refused, unless the writer goes on with it.

    Args:
        path: where the WAV goes; its folder must exist.
        sample_rate: samples a second of what is appended.
        flush_seconds: seconds of sound after which the file is forced onto the disk.
        go_on: whether to go on at the end of a recording that was cut short, mended first.

    Raises:
        RecordingError: the file can't be made there, or exists already; or it is to be gone on
            with and is not there, is no recording of ours, or has another sample rate.
    """

    def __init__(
        self,
        path: Path,
        *,
        sample_rate: int = SAMPLE_RATE,
        flush_seconds: float = 1.0,
        go_on: bool = False,
    ) -> None:
        self.path = path
        self.sample_rate = sample_rate
        self._flush_bytes = max(BYTES_PER_SAMPLE, int(flush_seconds * sample_rate) * 2)
        self._data_bytes = 0
        self._flushed_bytes = 0
        self._file: int | None = None
        if go_on:
            self._go_on()
        else:
            self._begin()

    def _begin(self) -> None:
        path = self.path
        try:
            self._file = _create(path)
        except FileExistsError as error:
            raise RecordingError(
                f"There is a recording at {path} already, and recordings are never written over.",
                "Choose another file name.",
            ) from error
        except OSError as error:
            raise RecordingError(
                f"The recording can't be written to {path}: {error.strerror or error}.",
                "Make the folder writable, or set VOICECOACH_HOME to one that is.",
            ) from error
        try:
            _write_whole(self._file, _header(self.sample_rate, 0))
            os.fsync(self._file)
            _sync_folder(path.parent)
        except OSError as error:
            self.discard()
            raise RecordingError(
                f"The recording can't be written to {path}: {error.strerror or error}.",
                "Make room on that disk and try again.",
            ) from error

    def _go_on(self) -> None:
        recover(self.path)
        binary = getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self.path, os.O_RDWR | binary)
        except OSError as error:
            raise RecordingError(
                f"The recording {self.path} can't be gone on with: {error.strerror or error}.",
                "Check that the file is there and that you may write to it.",
            ) from error
        rate = sample_rate_of(os.read(descriptor, HEADER_BYTES))
        if rate != self.sample_rate:
            os.close(descriptor)
            raise RecordingError(
                f"The recording {self.path} has {rate} samples a second, not {self.sample_rate}.",
                "Record the answer again.",
            )
        self._data_bytes = os.lseek(descriptor, 0, os.SEEK_END) - HEADER_BYTES
        self._flushed_bytes = self._data_bytes
        self._file = descriptor

    @property
    def seconds(self) -> float:
        """Seconds of sound in the file, appended or there before."""
        return self._data_bytes / BYTES_PER_SAMPLE / self.sample_rate

    @property
    def samples(self) -> int:
        """Samples in the file."""
        return self._data_bytes // BYTES_PER_SAMPLE

    @property
    def flushed_samples(self) -> int:
        """How many of them are known to be on the disk."""
        return self._flushed_bytes // BYTES_PER_SAMPLE

    def append(self, pcm: bytes) -> None:
        """Add 16-bit little-endian samples to the end of the file.

        Raises:
            OSError: the disk took not all of it (full, unplugged). What it took stays, and
                `close` may still be called to finish the file with it.
            ValueError: the writer is closed, or `pcm` ends in half a sample.
        """
        if self._file is None:
            raise ValueError("the recording is closed")
        if len(pcm) % BYTES_PER_SAMPLE:
            raise ValueError("16-bit samples come in pairs of bytes")
        if self._data_bytes + len(pcm) > _LARGEST_DATA_BYTES:
            raise OSError("a WAV file can't grow beyond 4 GiB")
        rest = memoryview(pcm)
        while rest:
            written = os.write(self._file, rest)
            self._data_bytes += written
            rest = rest[written:]
        if self._data_bytes - self._flushed_bytes >= self._flush_bytes:
            self.flush()

    def flush(self) -> None:
        """Bring the header up to date and force everything onto the disk.

        Raises:
            OSError: the disk failed.
        """
        if self._file is None:
            return
        os.fsync(self._file)
        self._write_header()
        self._flushed_bytes = self._data_bytes

    def close(self) -> None:
        """Finish the file; a second call does nothing.

        A half sample left by a full disk is cut off.

        Raises:
            OSError: the disk failed; `recover` can still read the file.
        """
        if self._file is None:
            return
        descriptor = self._file
        try:
            odd = self._data_bytes % BYTES_PER_SAMPLE
            if odd:
                self._data_bytes -= odd
                os.ftruncate(descriptor, HEADER_BYTES + self._data_bytes)
            self._write_header()
            os.fsync(descriptor)
        finally:
            self._file = None
            os.close(descriptor)

    def discard(self) -> None:
        """Close and remove the file, for a recording that never began."""
        if self._file is not None:
            os.close(self._file)
            self._file = None
        with suppress(OSError):
            self.path.unlink()

    def _write_header(self) -> None:
        assert self._file is not None
        whole = self._data_bytes - self._data_bytes % BYTES_PER_SAMPLE
        os.lseek(self._file, 0, os.SEEK_SET)
        _write_whole(self._file, _header(self.sample_rate, whole))
        os.lseek(self._file, 0, os.SEEK_END)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def recover(path: Path) -> float:
    """Mend the WAV of a recording that was cut short and return its seconds.

    The header gets the sizes that the file's length tells; a half sample at the end is cut off.
    A file cut inside its header held no sound: it becomes a whole WAV of 0 seconds. A finished
    recording is left as it is, and one that is still being written loses nothing.

    Raises:
        RecordingError: the file can't be read or written, or `RecordingWriter` did not write it.
    """
    try:
        with path.open("r+b") as file:
            start = file.read(HEADER_BYTES)
            length = os.fstat(file.fileno()).st_size
            sample_rate = sample_rate_of(start)
            if sample_rate is None:
                raise RecordingError(
                    f"{path} is not a recording that voicecoach wrote.",
                    "Give it with --answer to use it as an audio file.",
                )
            data_bytes = max(0, length - HEADER_BYTES)
            data_bytes -= data_bytes % BYTES_PER_SAMPLE
            header = _header(sample_rate, data_bytes)
            if start != header or length != HEADER_BYTES + data_bytes:
                file.seek(0)
                file.write(header)
                if length > HEADER_BYTES + data_bytes:
                    file.truncate(HEADER_BYTES + data_bytes)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise RecordingError(
            f"The recording {path} can't be mended: {error.strerror or error}.",
            "Check that the file is there and that you may write to it.",
        ) from error
    return data_bytes / BYTES_PER_SAMPLE / sample_rate


def sample_rate_of(start: bytes) -> int | None:
    """Return the sample rate a header of ours names; None where it is somebody else's file.

    A header that was cut short is told by its beginning, and `SAMPLE_RATE` stands in.
    """
    if len(start) < HEADER_BYTES:
        return SAMPLE_RATE if _header(SAMPLE_RATE, 0).startswith(start[:4]) else None
    (riff, _, wave, fmt, fmt_bytes, coding, channels, rate, _, _, bits, data, _) = _HEADER.unpack(
        start
    )
    ours = (riff, wave, fmt, fmt_bytes, coding, channels, bits, data) == (
        (b"RIFF", b"WAVE", b"fmt ", 16, 1, 1, 16, b"data")
    )
    return int(rate) if ours and rate > 0 else None


def _header(sample_rate: int, data_bytes: int) -> bytes:
    return _HEADER.pack(
        b"RIFF",
        HEADER_BYTES - 8 + data_bytes,
        b"WAVE",
        b"fmt ",
        16,
        1,
        1,
        sample_rate,
        sample_rate * BYTES_PER_SAMPLE,
        BYTES_PER_SAMPLE,
        8 * BYTES_PER_SAMPLE,
        b"data",
        data_bytes,
    )


def _create(path: Path) -> int:
    binary = getattr(os, "O_BINARY", 0)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | binary, _OWNER_ONLY)


def _write_whole(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync_folder(folder: Path) -> None:
    """Force the new file's name onto the disk, where the system lets a folder be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
