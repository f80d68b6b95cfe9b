"""An archive of everything, opened and looked at before anything of it is believed.

A zip file from outside may lie: names that lead out of the folder, a few bytes that unpack to
terabytes, the same name twice, half a file. All of that is refused here, each with one plain line,
before a single byte is stored.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final, NoReturn

import msgspec

from question_bank.errors import InvalidInputError
from voicecoach.archive_format import (
    ATTEMPTS,
    CONTENTS,
    FORMAT,
    HEADING,
    QUESTIONS,
    VERSION,
    Heading,
    is_kept_aside,
    is_known,
    recording_of,
    table_file,
    table_of,
)

MOST_FILES: Final = 200_000
"""An answer makes two files; that is thirty answers on each day of nine years."""

MOST_ROW_BYTES: Final = 64_000_000
"""A row: one transcript or judgement of an hour's answer has about a megabyte."""

MOST_TABLE_BYTES: Final = 2_000_000_000
"""All rows together; they pass through memory. An answer's have about 60 kB."""

MOST_TIMES_LARGER: Final = 200
"""How much larger than its packed size a file may be: rows of JSON are packed to a tenth, and a zip
bomb's zeros to a thousandth."""

MOST_TEXT_BYTES: Final = 4_000_000
"""Settings, a debrief that is being typed, the heading."""

CHUNK_BYTES: Final = 1 << 20

_DAMAGED: Final = "Export again where it came from, and copy the file whole."

_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
"""What `zipfile` raises at damaged bytes; a place before the file's beginning is a ValueError."""


class Archive:
    """An open archive whose list of files has been checked.

    Args:
        source: the file, or its path.

    Raises:
        InvalidInputError: it is no archive of ours, of a newer voicecoach, damaged, or not what it
            seems.
    """

    def __init__(self, source: Path | IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
            raise InvalidInputError(
                "That is no zip file, or only a part of one.", _DAMAGED
            ) from error
        except OSError as error:
            raise InvalidInputError(
                f"That file can't be read ({error.strerror or error}).", "Check its name and place."
            ) from error
        try:
            self._files = self._checked_files()
            self.heading = self._checked_heading()
            self._check_sizes()
        except BaseException:
            self._zip.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    @property
    def tables(self) -> frozenset[str]:
        """The names of the tables it holds."""
        return frozenset(table for file in self._files if (table := table_of(file)) is not None)

    @property
    def recordings(self) -> dict[str, tuple[int, int]]:
        """The recordings it holds: size in bytes and checksum (CRC-32), by file name."""
        return {
            recording: (entry.file_size, entry.CRC)
            for file, entry in self._files.items()
            if (recording := recording_of(file)) is not None
        }

    @property
    def kept_aside(self) -> tuple[str, ...]:
        """The names of debriefs it holds that could not be entered as they stood."""
        return tuple(filter(is_kept_aside, self._files))

    def rows(self, table: str) -> Iterator[tuple[int, bytes]]:
        """Give each row of a table as JSON, with its line number.

        Raises:
            InvalidInputError: the file is damaged.
        """
        number = 0
        with self._opened(table_file(table)) as file:
            while line := self._guarded(file, lambda opened: opened.readline(MOST_ROW_BYTES)):
                number += 1
                if line.strip():
                    yield number, line

    def recording(self, name: str) -> Iterator[bytes]:
        """Give a recording in pieces.

        Raises:
            InvalidInputError: the file is damaged.
        """
        with self._opened(f"recordings/{name}") as file:
            while piece := self._guarded(file, lambda opened: opened.read(CHUNK_BYTES)):
                yield piece

    def text(self, file_name: str) -> bytes | None:
        """Return a small file of it; None where it has no such file.

        Raises:
            InvalidInputError: the file is damaged.
        """
        if file_name not in self._files:
            return None
        with self._opened(file_name) as file:
            return self._guarded(file, lambda opened: opened.read())

    def _checked_files(self) -> dict[str, zipfile.ZipInfo]:
        entries = self._zip.infolist()
        if len(entries) > MOST_FILES:
            raise InvalidInputError(
                f"That archive holds {len(entries):,} files; {MOST_FILES:,} is the most.",
                "Give a file written by 'voicecoach data export'.",
            )
        files: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.filename in {"tables/", "recordings/", "attempts/"}:
                continue
            if not is_known(entry.filename) or entry.flag_bits & 1:
                _refuse_file(entry.filename, "is none that voicecoach writes")
            if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
                _refuse_file(entry.filename, "is packed in a way that voicecoach never does")
            if entry.filename in files:
                _refuse_file(entry.filename, "is in it twice")
            files[entry.filename] = entry
        return files

    def _checked_heading(self) -> Heading:
        if HEADING not in self._files:
            older = QUESTIONS in self._files
            raise InvalidInputError(
                "That archive is of a voicecoach that could not read answers back."
                if older
                else "That zip file is no archive of voicecoach.",
                "Take its questions: unpack questions.json and run 'voicecoach questions import'."
                if older
                else "Give a file written by 'voicecoach data export'.",
            )
        if self._files[HEADING].file_size > MOST_TEXT_BYTES:
            _refuse_file(HEADING, "is too large")
        with self._opened(HEADING) as file:
            said = self._guarded(file, lambda opened: opened.read())
        try:
            heading = msgspec.json.decode(said, type=Heading)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InvalidInputError(
                f"{HEADING} in that archive can't be read ({error}).", _DAMAGED
            ) from error
        if heading.format != FORMAT or heading.version < 1:
            raise InvalidInputError(
                "That zip file is no archive of voicecoach.",
                "Give a file written by 'voicecoach data export'.",
            )
        if heading.version > VERSION:
            raise InvalidInputError(
                "That archive was written by a newer voicecoach.", "Update voicecoach first."
            )
        return heading

    def _check_sizes(self) -> None:
        rows = 0
        for name, entry in self._files.items():
            if entry.file_size > max(CHUNK_BYTES, MOST_TIMES_LARGER * entry.compress_size):
                _refuse_file(name, "would unpack to many times its size")
            if table_of(name) is not None:
                rows += entry.file_size
            elif recording_of(name) is None and name not in {QUESTIONS, HEADING}:
                is_long = name.startswith(f"{ATTEMPTS}/") or name == CONTENTS
                if entry.file_size > (MOST_ROW_BYTES if is_long else MOST_TEXT_BYTES):
                    _refuse_file(name, "is too large")
        if rows > MOST_TABLE_BYTES:
            raise InvalidInputError(
                f"The rows of that archive have {rows / 1e9:.1f} GB; "
                f"{MOST_TABLE_BYTES / 1e9:.0f} GB is the most.",
                "Give a file written by 'voicecoach data export'.",
            )

    def _opened(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(self._files[name])
        except _BROKEN as error:
            raise _damaged(name, error) from error

    def _guarded(self, file: IO[bytes], read: Callable[[IO[bytes]], bytes]) -> bytes:
        try:
            return read(file)
        except _BROKEN as error:
            raise _damaged(getattr(file, "name", "A file"), error) from error


def _refuse_file(name: str, why: str) -> NoReturn:
    shown = name[:80].encode("utf-8", "replace").decode()
    raise InvalidInputError(
        f"The file {shown!r} in that archive {why}.",
        "Give a file as 'voicecoach data export' wrote it, not packed anew.",
    )


def _damaged(name: str, error: Exception) -> InvalidInputError:
    return InvalidInputError(f"{name} in that archive is damaged ({error}).", _DAMAGED)
