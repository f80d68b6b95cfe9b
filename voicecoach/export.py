"""Everything a person has in the coach as one zip archive, made while it is sent.

What is in it, and under which names, is in `archive_format.py`; `archive_import.py` reads it back
without loss. The rows and what is made from them are one consistent state of the database. What
can't be read is named in the list at the archive's end, and nothing else is lost for it.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from question_bank.transfer import export_bank
from voicecoach.archive_format import (
    ATTEMPTS,
    CONTENTS,
    DRAFT,
    FORMAT,
    HEADING,
    INCOMPLETE,
    KEPT_ASIDE,
    QUESTIONS,
    README,
    RECORDINGS,
    SETTINGS,
    VERSION,
    Heading,
    is_kept_aside,
    is_plain_name,
    left_out,
    row_line,
    table_file,
)
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import CoachError, DatabaseError
from voicecoach.every_table import every_table
from voicecoach.kept_recordings import recordings_kept
from voicecoach.practice_book import PracticeBook
from voicecoach.schema import newest_version

CHUNK_BYTES: Final = 256 * 1024
ROWS_AT_ONCE: Final = 200

WHAT_IT_IS: Final = """\
What you have in voicecoach. Read all of it back into an empty voicecoach with:
voicecoach data import FILE.zip (or in the page, under Settings).

tables/          everything you entered and everything that was found out, a row a line: interviews,
                 questions, outlines with every version, reviews, answers with every version of
                 their words and scores, forecasts, the road back, verdicts, mock interviews.
                 Of answers you deleted only the mark without content is left.
recordings/      the sound of your answers as WAV files.
config.toml      your settings, where you changed some.
debrief-draft.json
                 a debrief you have begun and not entered yet, where there is one.
debrief-DAY-TIME.json
                 a debrief that could not be entered as it stood, where there is one.
archive.json     which version of voicecoach's tables this is.

For you and for other programs, made from the above:

questions.json   interviews, questions, outlines and reviews; "voicecoach questions import" adds
                 them to a bank that has something in it already.
attempts/        each answer in a file of its own.
CONTENTS.txt     the list of all of that, and what could not be read, if anything.
"""


def export_everything(book: PracticeBook, *, private_notes: bool = False) -> Iterator[bytes]:
    """Give a zip archive of everything in pieces; at no time is more than one file's part held.

    Args:
        book: whose archive it is.
        private_notes: whether notes go along that were written for the person alone.

    Raises:
        DatabaseError: the database can't be read.
    """
    outflow = _Outflow()
    contents: list[str] = []
    with zipfile.ZipFile(outflow, "w", allowZip64=True) as archive:
        for name, pieces in _parts(book, private_notes=private_notes):
            written = 0
            try:
                with archive.open(_entry(name), "w", force_zip64=True) as entry:
                    for piece in pieces:
                        written += entry.write(piece)
                        yield from outflow.taken()
                contents.append(f"{name}  {written} bytes")
            except DatabaseError:
                raise
            except (OSError, CoachError) as error:
                contents.append(f"{name}{INCOMPLETE}{written} bytes: {_why(error)}")
            yield from outflow.taken()
        for name, reason in _unreadable_recordings(book):
            contents.append(f"{name}{INCOMPLETE}0 bytes: {reason}")
        archive.writestr(_entry(CONTENTS), "\n".join(contents) + "\n")
    yield from outflow.taken()


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a file of the archive, without a time: the same contents give the same archive."""
    entry = zipfile.ZipInfo(name)
    entry.external_attr = 0o600 << 16
    # Sound is stored as it is: speech as 16-bit samples hardly gets smaller, and it takes long.
    is_sound = name.startswith(f"{RECORDINGS}/")
    entry.compress_type = zipfile.ZIP_STORED if is_sound else zipfile.ZIP_DEFLATED
    return entry


def _parts(book: PracticeBook, *, private_notes: bool) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give each file of the archive: its name, and its content in pieces."""
    tables = every_table()
    heading = Heading(
        format=FORMAT,
        version=VERSION,
        schema=newest_version(),
        without=left_out(tables, with_private=private_notes),
    )
    yield HEADING, (_json(heading),)
    yield README, (WHAT_IT_IS.encode(),)
    with book.database.reading() as session:
        for table in tables:
            yield table_file(table.name), _rows(session, table, with_private=private_notes)
        yield QUESTIONS, (export_bank(session),)
        yield from _attempts(session)
    home = book.settings.home
    aside = [path.name for path in sorted(home.glob(KEPT_ASIDE)) if is_kept_aside(path.name)]
    for name in (SETTINGS, DRAFT, *aside):
        if (home / name).is_file():
            yield name, _pieces(home / name)
    folder = book.settings.recordings_folder
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and _is_recording(path.name):
            yield f"{RECORDINGS}/{path.name}", _pieces(path)


def _rows(session: Session, table: Table, *, with_private: bool) -> Iterator[bytes]:
    query = select(table).order_by(*table.primary_key.columns)
    found = session.execute(query.execution_options(yield_per=ROWS_AT_ONCE)).mappings()
    for rows in found.partitions():
        yield b"".join(row_line(table, dict(row), with_private=with_private) for row in rows)


def _attempts(session: Session) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give every attempt in a file of its own, one read at a time."""
    store = AttemptStore(session)
    for attempt_id in [one for status in AttemptStatus for one in store.ids(status)]:
        attempt = replace(store.get(attempt_id), claimed_by=None, claimed_until=None)
        session.expunge_all()
        yield f"{ATTEMPTS}/{attempt_id}.json", (_json(attempt),)


def _unreadable_recordings(book: PracticeBook) -> list[tuple[str, str]]:
    """Return recordings that answers and told debriefs have and the folder lacks, and why."""
    with book.database.reading() as session:
        named = recordings_kept(session)
    folder = book.settings.recordings_folder
    return [
        (f"{RECORDINGS}/{name}", "there is no such file")
        for name in named
        if not (folder / name).is_file()
    ]


def _is_recording(name: str) -> bool:
    return is_plain_name(name) and not name.endswith(".partial")


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


def _why(error: OSError | CoachError) -> str:
    return str(error.strerror or error) if isinstance(error, OSError) else str(error)


class _Outflow(io.RawIOBase):
    """Takes what the archive writes, until it is taken out; it can't be wound back."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: Any, /) -> int:
        """Hold a piece."""
        piece = bytes(data)
        self._held.append(piece)
        return len(piece)

    def taken(self) -> Iterator[bytes]:
        """Give what is held, and hold it no longer."""
        held, self._held = b"".join(self._held), []
        if held:
            yield held
