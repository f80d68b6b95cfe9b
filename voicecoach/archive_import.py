"""Reads an archive of everything back into a coach that has nothing yet.

Recordings and settings come first and the rows last, in one transaction: until that is committed
the coach has nothing, and the same archive can be read again, for a file that is there already with
the same content is taken as it is. Afterwards it has everything.
"""

import os
import shutil
import tempfile
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Column, Table, func, insert, select, update
from sqlalchemy.orm import Session

from question_bank.errors import ConflictError
from question_bank.tables import InterviewRow, QuestionRow
from voicecoach.archive_format import CONTENTS, DRAFT, INCOMPLETE, SETTINGS, recording_of
from voicecoach.archive_reading import CHUNK_BYTES, Archive
from voicecoach.archive_rows import ROWS_AT_ONCE, rows_of
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_tables import AttemptRow
from voicecoach.config_file import replace_values
from voicecoach.database import Database
from voicecoach.errors import DatabaseError, SettingError
from voicecoach.every_table import every_table, own_references
from voicecoach.kept_recordings import recordings_kept
from voicecoach.practice_book import PracticeBook
from voicecoach.settings import load_settings

ELSEWHERE: Final = (
    *("database_url", "models_folder"),
    *("wording_help_url", "wording_help_model", "wording_help_network"),
)
"""Settings that name places of the machine an archive comes from, or say who is sent a person's
words; they are not taken over."""

ROOM_LEFT_BYTES: Final = 200_000_000
"""What must stay free on the disk beside the recordings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What was read back.

    `answers` counts those with content, `marks` those of which only the mark is left;
    `missing_recordings` are files that the archive's answers name and it lacks; `notes` say in
    words what was not taken over as it stood.
    """

    interviews: int
    questions: int
    answers: int
    marks: int
    recordings: int
    missing_recordings: tuple[str, ...]
    notes: tuple[str, ...]


def import_everything(book: PracticeBook, source: Path | IO[bytes]) -> Imported:
    """Read an archive back, all of it or nothing.

    Raises:
        ConflictError: the coach has something already, or a recording of that name with another
            content.
        InvalidInputError: the archive is damaged, of a newer voicecoach, or none of ours.
        DatabaseError: there is no room, or something can't be stored.
    """
    with book.database.reading() as session:
        _refuse_unless_empty(session)
    archive = Archive(source)
    try:
        with rows_of(archive) as passing:
            folder = book.settings.recordings_folder
            _refuse_without_room(folder, archive)
            _take_recordings(folder, archive)
            notes = _take_settings(book.settings.home, archive)
            notes += (*_take_debriefs(book.settings.home, archive), *_incomplete(archive))
            with book.database.transaction() as session:
                _refuse_unless_empty(session)
                for table in every_table():
                    _take_rows(session, table, passing)
                return _report(session, archive, notes)
    finally:
        archive.close()


def is_empty(book: PracticeBook) -> bool:
    """Whether the coach has nothing yet, so that an archive can be read back."""
    with book.database.reading() as session:
        return not any(_has_rows(session, table) for table in every_table())


def _has_rows(session: Session, table: Table) -> bool:
    return session.execute(select(1).select_from(table).limit(1)).first() is not None


def _refuse_unless_empty(session: Session) -> None:
    if any(_has_rows(session, table) for table in every_table()):
        raise ConflictError(
            "There is something in this voicecoach already; an archive is read into an empty one.",
            "Choose a new home ('voicecoach --home FOLDER data import FILE'), or delete everything "
            "here first.",
        )


def _refuse_without_room(folder: Path, archive: Archive) -> None:
    needed = sum(size for size, _checksum in archive.recordings.values()) + ROOM_LEFT_BYTES
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise _unwritable(folder, error) from error
    if needed > free:
        raise DatabaseError(
            f"The archive's recordings need {needed / 1e9:.1f} GB and {free / 1e9:.1f} GB are "
            "free.",
            "Make room on the disk; nothing was stored.",
        )


def _take_recordings(folder: Path, archive: Archive) -> None:
    for name, (size, checksum) in archive.recordings.items():
        path = folder / name
        try:
            if path.exists() or path.is_symlink():
                if not _holds(path, size, checksum):
                    raise ConflictError(
                        f"{path} is there already and holds something else.",
                        "Move it away; it may be an answer of yours.",
                    )
                continue
            _write(path, archive.recording(name))
        except OSError as error:
            raise _unwritable(path, error) from error


def _holds(path: Path, size: int, checksum: int) -> bool:
    if not path.is_file() or path.stat().st_size != size:
        return False
    found = 0
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            found = zlib.crc32(piece, found)
    return found == checksum


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file for its owner only; it has its name once it is whole and on disk."""
    partial = path.with_name(path.name + ".partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _take_settings(home: Path, archive: Archive) -> tuple[str, ...]:
    """Take the settings over where there are none yet; say what was left out."""
    said = archive.text(SETTINGS)
    if said is None:
        return ()
    path = home / SETTINGS
    if path.exists():
        same = path.read_bytes() == said
        return () if same else (f"Your settings in {path} stay as they are.",)
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as passing:
        looked_at = Path(passing) / SETTINGS
        _write(looked_at, (said,))
        try:
            elsewhere = _elsewhere(said)
            if elsewhere:
                replace_values(looked_at, dict.fromkeys(elsewhere))
            load_settings({"home": looked_at.parent}, {})
            _write(path, (looked_at.read_bytes(),))
        except SettingError as error:
            return (f"The archive's settings were left out: {error}",)
    return tuple(
        f"The setting {name} belongs to another machine and was left out." for name in elsewhere
    )


def _elsewhere(said: bytes) -> list[str]:
    """Return which settings of the other machine a file has, whether they can be used or not."""
    try:
        values = tomllib.loads(said.decode())
    except ValueError:
        return []  # What is wrong with the file is said where its settings are loaded.
    return [name for name in ELSEWHERE if values.get(name)]


def _take_debriefs(home: Path, archive: Archive) -> Iterator[str]:
    """Take over debriefs that have not entered yet; say which stay out as one is here already."""
    for name in (DRAFT, *archive.kept_aside):
        said, path = archive.text(name), home / name
        if said is None:
            continue
        if not path.exists():
            _write(path, (said,))
        elif path.read_bytes() != said:
            yield f"{path} stays as it is; the archive has another {name}."


def _incomplete(archive: Archive) -> tuple[str, ...]:
    """Say which recordings could be read only in part when the archive was written."""
    listed = (archive.text(CONTENTS) or b"").decode("utf-8", "replace").splitlines()
    named = [line.partition(INCOMPLETE)[0] for line in listed if INCOMPLETE in line]
    names = [name for one in named if (name := recording_of(one)) in archive.recordings]
    return tuple(f"The recording {name} was not whole when it was exported." for name in names)


def _take_rows(session: Session, table: Table, passing: Database) -> None:
    """Copy a table. A row may refer to a later row of its own table: such words come at the end."""
    own = own_references(table)
    with passing.reading() as source:
        found = source.execute(select(table)).mappings()
        for rows in found.partitions(ROWS_AT_ONCE):
            plain = [dict(row) for row in rows]
            for row in plain:
                row.update({column.name: None for column in own})
            session.execute(insert(table), plain)
        for column in own:
            _take_references(session, table, column, source)


def _take_references(
    session: Session, table: Table, column: "Column[Any]", source: Session
) -> None:
    keys: Sequence[Column[Any]] = tuple(table.primary_key.columns)
    for row in source.execute(select(*keys, column).where(column.is_not(None))):
        *key, value = row
        session.execute(
            update(table)
            .where(*(one == part for one, part in zip(keys, key, strict=True)))
            .values({column.name: value})
        )


def _report(session: Session, archive: Archive, notes: tuple[str, ...]) -> Imported:
    def count(table: type[Any]) -> int:
        return session.scalar(select(func.count()).select_from(table)) or 0

    marks = session.scalar(
        select(func.count())
        .select_from(AttemptRow)
        .where(AttemptRow.status == AttemptStatus.DELETED.value)
    )
    return Imported(
        interviews=count(InterviewRow),
        questions=count(QuestionRow),
        answers=count(AttemptRow) - (marks or 0),
        marks=marks or 0,
        recordings=len(archive.recordings),
        missing_recordings=tuple(
            name for name in recordings_kept(session) if name not in archive.recordings
        ),
        notes=notes,
    )


def _unwritable(path: Path, error: OSError) -> DatabaseError:
    return DatabaseError(
        f"{path} can't be written ({error.strerror or error}).",
        "Make room, check that you may write there, and read the archive again.",
    )
