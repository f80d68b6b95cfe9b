"""The database: private files, one unit of work, and failures in plain words."""

import sqlite3
import stat
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from question_bank.bank import Bank
from question_bank.question import QuestionKind
from question_bank.tables import InterviewRow
from tests.database_fixtures import BankOf
from tests.store.attempts import ask
from voicecoach.database import Database, open_database, sqlite_url
from voicecoach.errors import ConflictError, DatabaseError


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = open_database(url, busy_timeout_seconds=0.05)
    yield database
    database.close()


def test_what_is_done_in_a_transaction_is_stored_together_or_not_at_all(
    database: Database, bank_of: BankOf
) -> None:
    def crash() -> None:
        with database.transaction() as session:
            bank_of(session).add_question("Why us?", kind=QuestionKind.MOTIVATIONAL)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    with database.reading() as session:
        assert bank_of(session).list_questions() == ()


def test_a_reading_session_cannot_store_anything(database: Database, bank_of: BankOf) -> None:
    with pytest.raises(DatabaseError), database.reading() as session:
        bank_of(session).add_question("Why us?", kind=QuestionKind.MOTIVATIONAL)

    with database.transaction() as session:
        bank_of(session).add_question("Why us?", kind=QuestionKind.MOTIVATIONAL)


def test_a_reading_session_sees_one_state_while_others_write(
    database: Database, bank_of: BankOf
) -> None:
    with database.reading() as reading:
        before = bank_of(reading).count_questions()
        ask(database, bank_of)
        assert bank_of(reading).count_questions() == before == 0


def test_questions_added_at_once_are_stored_once(database: Database, bank_of: BankOf) -> None:
    start = threading.Barrier(6)
    results: list[str] = []

    def add() -> None:
        start.wait()
        try:
            with database.transaction() as session:
                bank = bank_of(session)
                results.append(
                    bank.add_question("Why us?", kind=QuestionKind.TECHNICAL).question.id
                )
        except ConflictError:
            results.append("refused")

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(results) == 6
    with database.reading() as session:
        assert bank_of(session).count_questions() == 1


def test_a_change_made_on_a_stale_copy_is_refused(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        interview = bank_of(session).add_interview(company="Alder")

    def change_twice() -> None:
        with database.transaction() as session:
            row = session.get_one(InterviewRow, interview.id)
            session.execute(text("UPDATE interviews SET row_version = row_version + 1"))
            row.company = "Vale"

    with pytest.raises(ConflictError, match="same moment"):
        change_twice()


def test_a_moment_without_a_zone_is_a_mistake_of_ours_and_shows(database: Database) -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"), database.transaction() as session:
        Bank(session, new_id=lambda: "id", now=lambda: naive).add_interview(company="Alder")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps owners, not mode bits")
def test_the_files_are_for_their_owner_only(tmp_path: Path, bank_of: BankOf) -> None:
    path = tmp_path / "home" / "voicecoach.db"
    with opened(sqlite_url(path)) as database:
        database.migrate()
        ask(database, bank_of)
        modes = {
            file.name: stat.S_IMODE(file.stat().st_mode)
            for file in (path.parent, *path.parent.iterdir())
        }

    assert modes == {
        "home": 0o700,
        "voicecoach.db": 0o600,
        "voicecoach.db-wal": 0o600,
        "voicecoach.db-shm": 0o600,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps owners, not mode bits")
def test_a_file_that_others_could_read_is_made_private(tmp_path: Path) -> None:
    path = tmp_path / "voicecoach.db"
    path.touch(mode=0o644)
    with opened(sqlite_url(path)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sqlite_is_set_up_as_documented(sqlite_database: Database) -> None:
    with sqlite_database.reading() as session:
        values = {
            pragma: session.execute(text(f"PRAGMA {pragma}")).scalar_one()
            for pragma in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
        deleting = session.execute(text("PRAGMA secure_delete")).scalar_one()

    assert values == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 15_000,
        "synchronous": 1,
    }
    assert deleting == 1


@pytest.mark.parametrize(
    "url",
    [
        "",
        "voicecoach.db",
        "mysql://me@there/db",
        "sqlite://",
        "sqlite:///:memory:",
        "://",
        "sqlite",
    ],
)
def test_an_address_that_is_no_database_is_refused(url: str) -> None:
    with pytest.raises(DatabaseError):
        open_database(url)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "voicecoach.db"
    path.write_text("Dear diary, " * 100, encoding="utf-8")

    with pytest.raises(DatabaseError, match="is not a database"):
        open_database(sqlite_url(path))


def test_a_damaged_file_says_where_the_backups_are(tmp_path: Path, bank_of: BankOf) -> None:
    path = tmp_path / "voicecoach.db"
    with opened(sqlite_url(path)) as database:
        database.migrate()
        for number in range(50):
            ask(database, bank_of, f"Question {number}?")
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x07" * (len(content) - 4096)
    path.write_bytes(content)

    with (
        pytest.raises(DatabaseError, match="is damaged") as refusal,
        opened(sqlite_url(path)) as db,
        db.reading() as session,
    ):
        bank_of(session).list_questions()
    assert "backups" in refusal.value.what_to_do


def test_a_folder_in_place_of_the_file_says_it_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="can't be opened"):
        open_database(sqlite_url(tmp_path))


def test_a_full_disk_says_so_and_stores_nothing(sqlite_database: Database, bank_of: BankOf) -> None:
    def store_too_much() -> None:
        with sqlite_database.transaction() as session:
            session.execute(text("PRAGMA max_page_count = 1"))
            bank_of(session).add_interview(company="A", feedback_received="x" * 20_000)

    with pytest.raises(DatabaseError, match="disk is full"):
        store_too_much()
    with sqlite_database.reading() as session:
        assert bank_of(session).list_interviews() == ()


def test_a_database_that_another_program_holds_says_so(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    path = sqlite_database.path
    assert path is not None
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with opened(sqlite_url(path)) as impatient:
            with pytest.raises(DatabaseError, match="in use by another"):
                ask(impatient, bank_of)
            with impatient.reading() as session:
                assert bank_of(session).list_questions() == (), "reading goes on"


def test_a_database_that_was_never_migrated_says_what_to_do(
    empty_url: str, bank_of: BankOf
) -> None:
    with (
        opened(empty_url) as database,
        pytest.raises(DatabaseError, match="not been set up"),
        database.reading() as session,
    ):
        bank_of(session).list_questions()


def test_a_server_that_cannot_be_reached_says_so(tmp_path: Path) -> None:
    database = open_database(f"postgresql://nobody@/none?host={tmp_path}")

    with pytest.raises(DatabaseError, match="can't be reached"):
        database.migrate()
    database.close()


def test_what_a_person_said_is_in_no_error_of_the_database(database: Database) -> None:
    with pytest.raises(DatabaseError) as caught, database.transaction() as session:
        session.execute(
            text("INSERT INTO no_such_table (words) VALUES (:words)"), {"words": "what I said"}
        )
    told = "".join(traceback.format_exception(caught.value))
    assert "no_such_table" in told
    assert "what I said" not in told
