"""The database: one engine, one unit of work, one way to say what went wrong.

`transaction()` is the unit of work: what is done inside it is stored together or not at all, so an
attempt and its review can't come apart. On SQLite it takes the write lock at once, so that what
was read inside it still holds when it is written; `reading()` takes no lock and stores nothing.

A deletion is real. Deleted text is overwritten in the file (`secure_delete`), the backups we made
are cleansed before the deletion is committed (a crash in between loses a backup's copy of an
attempt, never keeps one too many), and the write-ahead log is emptied after it. What the file
system or the disk itself keeps of overwritten blocks is out of our hands. On PostgreSQL backups,
`VACUUM` and the server's log are the operator's.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError, StatementError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from question_bank.uprooting import Uprooted, uprooted_in
from voicecoach import schema
from voicecoach.backups import cleanse_backups, make_backup, remove_backups
from voicecoach.database_failure import failure_of
from voicecoach.errors import DatabaseError
from voicecoach.every_table import every_table

BUSY_TIMEOUT_SECONDS: Final = 15.0
"""How long SQLite waits for another process to finish writing."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. `path` is the SQLite file, None on PostgreSQL."""

    engine: Engine
    path: Path | None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session whose work is committed on success and undone on any error.

        Raises:
            ConflictError: somebody else stored something that contradicts it in the meantime.
            DatabaseError: the database can't be read or written.
        """
        with self._plain_failures():
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
                session.flush()
                uprooted = uprooted_in(session)
                if uprooted and self.path is not None:
                    self._cleanse_backups(self.path, uprooted)
            if uprooted and self.path is not None:
                self._empty_write_ahead_log()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one consistent state, takes no lock and can't store anything.

        Raises:
            DatabaseError: the database can't be read, or something was to be written.
        """
        with self._plain_failures(), self.engine.connect() as connection:
            lock_free = connection.execution_options(voicecoach_reading=True)
            with _writes_refused(lock_free), Session(lock_free) as session:
                yield session

    def erase(self, prepare: Callable[[Session], None]) -> None:
        """Delete every row of every table of ours for good; on SQLite in all copies of it too.

        Args:
            prepare: called first in the same transaction; what it raises keeps everything.

        Raises:
            DatabaseError: it can't be done, or another process keeps the database open so that
                what was written last can't be overwritten yet.
        """
        with self.transaction() as session:
            prepare(session)
            for table in reversed(every_table()):
                session.execute(table.delete())
            if self.path is not None:
                self._remove_backups(self.path)
        if self.path is None:
            return
        with self._plain_failures(), self._driver_connection() as driver:
            driver.execute("VACUUM")
            (busy, *_) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise DatabaseError(
                "Everything is deleted, but another program has the database open and keeps a copy "
                "of what was written last.",
                "Close every other voicecoach and delete once more.",
            )

    def migrate(self, steps: Path = schema.STEPS) -> Path | None:
        """Bring the schema up to date; a schema that is up to date is left alone.

        Returns:
            The backup made first, None where there was nothing to lose or on PostgreSQL.

        Raises:
            DatabaseError: the database is newer than this voicecoach, belongs to another program,
                or can't be changed; nothing was changed then.
        """
        with self._plain_failures():
            if not schema.needs_migration(self.engine, steps):
                return None
            backup = None
            if self.path is not None and schema.holds_rows(self.engine):
                backup = self._back_up(self.path)
            schema.run_steps(self.engine, steps)
            return backup

    def close(self) -> None:
        """Close every connection. The database can't be used after that."""
        self.engine.dispose()

    def _back_up(self, path: Path) -> Path:
        with self.engine.connect() as connection:
            version = schema.stored_version(connection)
        with self._driver_connection() as driver:
            return make_backup(driver, path, version=version or "none")

    def _empty_write_ahead_log(self) -> None:
        with self._driver_connection() as driver:
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def _remove_backups(self, path: Path) -> None:
        try:
            remove_backups(path)
        except OSError as error:
            raise DatabaseError(
                f"The backups beside {path} can't be removed ({error.strerror or error}).",
                "Nothing was deleted. Remove the folder 'backups' by hand and delete again.",
            ) from error

    def _cleanse_backups(self, path: Path, uprooted: Sequence[Uprooted]) -> None:
        try:
            cleanse_backups(path, uprooted)
        except OSError as error:
            raise DatabaseError(
                f"What is to be deleted could not be removed from the backups beside {path} "
                f"({error}).",
                "Nothing was deleted. Remove the folder 'backups' by hand and delete again.",
            ) from error

    @contextmanager
    def _driver_connection(self) -> Iterator[sqlite3.Connection]:
        """Give SQLite's own connection, outside any transaction."""
        pooled = self.engine.raw_connection()
        try:
            driver = pooled.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            yield driver
        finally:
            pooled.close()

    @contextmanager
    def _plain_failures(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            if isinstance(error, StatementError) and not isinstance(error, DBAPIError):
                raise  # our own mistake, such as a moment without a zone
            raise failure_of(error, self.path) from error


def open_database(url: str, *, busy_timeout_seconds: float = BUSY_TIMEOUT_SECONDS) -> Database:
    """Open a database, creating a missing SQLite file for its owner only. Does not migrate.

    Args:
        url: an SQLAlchemy URL of a SQLite file or of PostgreSQL.
        busy_timeout_seconds: how long SQLite waits for another writer.

    Raises:
        DatabaseError: the URL can't be used, or the file can't be opened.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise _unusable(url) from error
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed, busy_timeout_seconds)
    if parsed.get_backend_name() == "postgresql":
        engine = create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, hide_parameters=True
        )
        return Database(engine=engine, path=None)
    raise _unusable(url)


def open_passing_database() -> Database:
    """Open an empty database in memory, gone when it is closed: for what only passes through.

    It is not migrated; `schema.run_steps` brings it to the version that what passes through has.
    """
    engine = create_engine("sqlite://", poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    return Database(engine=engine, path=None)


def sqlite_url(path: Path) -> str:
    """Return the URL of a SQLite file."""
    return URL.create("sqlite", database=path.as_posix()).render_as_string()


def _open_sqlite(url: URL, busy_timeout_seconds: float) -> Database:
    if not url.database or url.database == ":memory:":
        raise DatabaseError(
            "A database in memory would lose everything at the end.",
            "Name a file: sqlite:////path/to/voicecoach.db",
        )
    path = Path(url.database).absolute()
    try:
        _make_private_file(path)
    except OSError as error:
        raise DatabaseError(
            f"The database {path} can't be opened ({error.strerror or error}).",
            "Check that its folder exists, that there is room, and that you may write there.",
        ) from error
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite", database=str(path)),
        connect_args={"timeout": busy_timeout_seconds},
        hide_parameters=True,  # what a person said may not get into a log with an error
    )
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    database = Database(engine=engine, path=path)
    try:
        _turn_on_write_ahead_log(engine)
    except (SQLAlchemyError, sqlite3.Error) as error:
        engine.dispose()
        raise failure_of(error, path) from error
    return database


def _make_private_file(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)


def _set_up_connection(driver: sqlite3.Connection, record: object) -> None:
    """Set what SQLite forgets with each connection. SQLAlchemy says when a transaction begins."""
    del record
    driver.isolation_level = None
    for pragma in ("foreign_keys=ON", "synchronous=NORMAL", "secure_delete=ON"):
        driver.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Take the write lock at once, but for sessions that only read."""
    options: dict[str, Any] = dict(connection.get_execution_options())
    reading = options.get("voicecoach_reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def _writes_refused(connection: Connection) -> Iterator[None]:
    """Make a write fail at once rather than vanish when the session ends."""
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
        return
    connection.exec_driver_sql("PRAGMA query_only=ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA query_only=OFF")


def _turn_on_write_ahead_log(engine: Engine) -> None:
    """Turn on WAL. SQLite does not wait by itself where two processes do so at the same moment."""

    def turn_on() -> None:
        pooled = engine.raw_connection()
        try:
            pooled.cursor().execute("PRAGMA journal_mode=WAL")
        finally:
            pooled.close()

    _with_patience(turn_on, tries=20, wait_seconds=0.05)


def _with_patience(attempt: Callable[[], None], *, tries: int, wait_seconds: float) -> None:
    for _try in range(tries - 1):
        try:
            return attempt()
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                raise
            time.sleep(wait_seconds)
    return attempt()


def _unusable(url: str) -> DatabaseError:
    scheme = url.split(":", 1)[0]
    return DatabaseError(
        f"The database address '{scheme}:...' is neither SQLite nor PostgreSQL.",
        "Use sqlite:////path/to/voicecoach.db or postgresql://user@host/name.",
    )
