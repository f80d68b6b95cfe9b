"""Copies of the SQLite database: made before a migration, cleansed when something is deleted.

A copy is a whole database file in `backups/` beside the original, readable by its owner only; the
newest five are kept. Whatever the person deletes, be it an answer, an interview or an item of a
checklist, its rows and all that hangs on them are taken out of every copy too and the copy is
rewritten, so that the words are in none of them; a copy that can't be rewritten is removed instead,
and so is what a crash left of one. A deletion that left the words in a backup would not be one.

What is changed is not deleted: a copy keeps how it read before, as the log itself keeps every
version of an outline or a transcript, and that something was kept and then taken back.
"""

import re
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import MetaData, create_engine, event, inspect
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from question_bank.uprooting import Key, Uprooted, uproot
from voicecoach.migrations.scope import OURS

KEPT: Final = 5
"""How many copies are kept for a database."""


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


def cleanse_backups(path: Path, uprooted: Sequence[Uprooted]) -> None:
    """Take rows, with all that hangs on them, out of every copy of a database.

    Raises:
        OSError: a copy could neither be rewritten nor removed.
    """
    for unfinished in (path.parent / "backups").glob("*.partial"):
        unfinished.unlink(missing_ok=True)  # of a copy that a crash broke off
    for copy in backups_of(path):
        try:
            _cleanse(copy, uprooted)
        except (sqlite3.Error, SQLAlchemyError):
            _remove(copy)


def remove_backups(path: Path) -> None:
    """Remove every copy of a database.

    Raises:
        OSError: one can't be removed.
    """
    for copy in backups_of(path):
        _remove(copy)


_SIDE_FILES: Final = ("-journal", "-wal", "-shm")


def _remove(copy: Path) -> None:
    for leftover in (copy, *(copy.with_name(copy.name + end) for end in _SIDE_FILES)):
        leftover.unlink(missing_ok=True)


def _cleanse(copy: Path, uprooted: Sequence[Uprooted]) -> None:
    engine = create_engine(URL.create("sqlite", database=str(copy)), poolclass=NullPool)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    try:
        metadata = MetaData()  # the copy's own schema: an older one lacks younger tables
        present = OURS.intersection(inspect(engine).get_table_names())
        metadata.reflect(bind=engine, only=sorted(present))
        keys: dict[str, set[Key]] = {}
        for table, key in uprooted:
            keys.setdefault(table, set()).add(key)
        with engine.begin() as connection:
            for name in present.intersection(keys):
                uproot(connection, metadata.sorted_tables, metadata.tables[name], keys[name])
        pooled = engine.raw_connection()
        try:
            pooled.cursor().execute("VACUUM")
        finally:
            pooled.close()
    finally:
        engine.dispose()


def _set_up_connection(driver: sqlite3.Connection, record: object) -> None:
    del record
    driver.isolation_level = None
    driver.execute("PRAGMA secure_delete=ON")
