"""Copies of the SQLite database: made before a migration, cleansed when an answer is deleted.

A copy is a whole database file in `backups/` beside the original, readable by its owner only; the
newest five are kept. When the person deletes an attempt, its rows are taken out of every copy too
and the copy is rewritten, so that the words are in none of them; a copy that can't be rewritten is
removed instead. A deletion that left the words in a backup would not be one.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

KEPT: Final = 5
"""How many copies are kept for a database."""

_CONTENT_TABLES: Final = {
    "transcripts": "attempt_id",
    "judgements": "attempt_id",
    "point_verdicts": "attempt_id",
    "attempts": "id",
    "spoken_debriefs": "id",
}
"""Where an attempt's content lies, with the column that names the attempt.

A copy of an older schema lacks the younger of these tables."""


def make_backup(database: sqlite3.Connection, path: Path, *, version: str) -> Path:
    """Copy a database whole, and drop the oldest copies beyond `KEPT`.

    Args:
        database: an open connection outside any transaction.
        path: where the database lies.
        version: the schema it has, for the copy's name.

    Raises:
        sqlite3.Error: it can't be copied (disk full); no half copy is left.
    """
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    copy = folder / f"{path.stem}-{version}-{moment}.db"
    unfinished = copy.with_suffix(".partial")
    unfinished.touch(mode=0o600)
    try:
        database.execute("VACUUM INTO ?", (str(unfinished),))
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)
    for old in backups_of(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return copy


def backups_of(path: Path) -> list[Path]:
    """Return the copies of a database, the newest first."""
    name = re.compile(rf"{re.escape(path.stem)}-[0-9A-Za-z_]+-(\d{{8}}T\d{{12}}Z)\.db")
    found = [
        (match.group(1), copy)
        for copy in (path.parent / "backups").glob("*.db")
        if (match := name.fullmatch(copy.name))
    ]
    return [copy for _moment, copy in sorted(found, reverse=True)]


def cleanse_backups(path: Path, attempt_ids: Iterable[str]) -> None:
    """Take the content of attempts out of every copy of a database.

    Raises:
        OSError: a copy could neither be rewritten nor removed.
    """
    ids = tuple(attempt_ids)
    for copy in backups_of(path):
        try:
            _cleanse(copy, ids)
        except sqlite3.Error:
            for leftover in (copy, *(copy.with_name(copy.name + end) for end in _SIDE_FILES)):
                leftover.unlink(missing_ok=True)


def remove_backups(path: Path) -> None:
    """Remove every copy of a database.

    Raises:
        OSError: one can't be removed.
    """
    for copy in backups_of(path):
        for leftover in (copy, *(copy.with_name(copy.name + end) for end in _SIDE_FILES)):
            leftover.unlink(missing_ok=True)


_SIDE_FILES: Final = ("-journal", "-wal", "-shm")


def _cleanse(copy: Path, ids: tuple[str, ...]) -> None:
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete=ON")
        database.execute("PRAGMA foreign_keys=OFF")
        removed = 0
        present = {
            name for (name,) in database.execute("SELECT name FROM sqlite_master").fetchall()
        }
        for table, column in _CONTENT_TABLES.items():
            if table not in present:
                continue
            for attempt_id in ids:
                cursor = database.execute(
                    f"DELETE FROM {table} WHERE {column} = ?",  # noqa: S608 - our own names
                    (attempt_id,),
                )
                removed += cursor.rowcount
        for attempt_id in ids:
            database.execute(
                "UPDATE attempts SET parent_id = NULL WHERE parent_id = ?", (attempt_id,)
            )
        if removed:
            database.execute("VACUUM")
