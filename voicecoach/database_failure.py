"""What a database's error means for the person, in plain sentences."""

import sqlite3
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError
from sqlalchemy.orm.exc import StaleDataError

from voicecoach.errors import CoachError, ConflictError, DatabaseError

_SQLITE: Final[dict[int, tuple[str, str]]] = {
    sqlite3.SQLITE_CORRUPT: (
        "{place} is damaged.",
        "Put the newest file of the folder 'backups' in its place; your recordings are not in it.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "{place} is not a database.",
        "Move that file away, or name another one in the settings.",
    ),
    sqlite3.SQLITE_READONLY: (
        "{place} can be read but not written.",
        "Check who owns the file and its folder, and that the disk is not mounted read-only.",
    ),
    sqlite3.SQLITE_FULL: (
        "The disk is full; the last change was not stored.",
        "Free some room and try again.",
    ),
    sqlite3.SQLITE_BUSY: (
        "{place} is in use by another voicecoach that takes too long.",
        "Wait a moment and try again, or close the other one.",
    ),
    sqlite3.SQLITE_LOCKED: (
        "{place} is in use by another voicecoach that takes too long.",
        "Wait a moment and try again, or close the other one.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "{place} can't be opened.",
        "Check that its folder exists and that you may read and write there.",
    ),
    sqlite3.SQLITE_IOERR: (
        "{place} can't be read or written: the disk reported an error.",
        "Check the disk, and that there is room on it.",
    ),
}

_POSTGRESQL: Final[dict[str, tuple[str, str]]] = {
    "53100": (
        "The database server's disk is full; the last change was not stored.",
        "Free some room on it and try again.",
    ),
    "25006": (
        "The database server accepts no changes at the moment.",
        "Connect to the primary server, or try again later.",
    ),
    "42P01": (
        "The database has not been set up for this voicecoach.",
        "Start voicecoach once so that it brings the database up to date.",
    ),
}
_BUSY_STATES: Final = frozenset({"40001", "40P01", "55P03", "57014"})

_STALE: Final = (
    "Somebody else changed this at the same moment.",
    "Look at it again and repeat your change if it is still wanted.",
)


def failure_of(error: SQLAlchemyError | sqlite3.Error, path: Path | None) -> CoachError:
    """Return what a database's error means.

    Args:
        error: what SQLAlchemy or SQLite raised.
        path: the SQLite file, None on PostgreSQL.
    """
    if isinstance(error, StaleDataError):
        return ConflictError(*_STALE)
    if isinstance(error, IntegrityError):
        return ConflictError(
            "What was to be stored contradicts what is stored already.",
            "Somebody else may have been faster: look again, then repeat it if still wanted.",
        )
    place = "The database" if path is None else f"The database {path}"
    if isinstance(error, sqlite3.Error):
        return _sqlite_failure(error, place)
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        return _sqlite_failure(cause, place)
    return _server_failure(error, cause, place)


def _sqlite_failure(cause: sqlite3.Error, place: str) -> DatabaseError:
    code = getattr(cause, "sqlite_errorcode", None)
    known = None if code is None else _SQLITE.get(code & 0xFF)
    if known is not None:
        return DatabaseError(known[0].format(place=place), known[1])
    if "no such table" in str(cause):
        return DatabaseError(
            f"{place} has not been set up for this voicecoach.",
            "Start voicecoach once so that it brings the database up to date.",
        )
    return DatabaseError(
        f"{place} can't be used ({cause}).", "Try again, and report it if it stays."
    )


def _server_failure(
    error: SQLAlchemyError, cause: BaseException | None, place: str
) -> DatabaseError | ConflictError:
    state = getattr(cause, "sqlstate", None)
    if state in _BUSY_STATES:
        return ConflictError(*_STALE)
    if state in _POSTGRESQL:
        return DatabaseError(*_POSTGRESQL[state])
    if isinstance(error, OperationalError) and state is None:
        return DatabaseError(
            "The database server can't be reached.",
            "Check that it runs and that the address in the settings is right.",
        )
    first_line = str(cause or error).strip().splitlines()[0] if str(cause or error).strip() else ""
    return DatabaseError(
        f"{place} can't be used ({first_line}).", "Try again, and report it if it stays."
    )
