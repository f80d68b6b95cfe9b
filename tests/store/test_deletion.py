"""A deletion is real: it leaves a mark without content, and the words nowhere."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from question_bank.review import Rating
from tests.database_fixtures import START, BankOf
from tests.store.attempts import SECRET, ask, heard, recorded, score_of, whole
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.backups import backups_of, make_backup
from voicecoach.database import Database
from voicecoach.errors import ConflictError

NOW = START + timedelta(days=1)


def test_the_mark_keeps_figures_and_loses_every_word(database: Database, bank_of: BankOf) -> None:
    attempt = whole(ask(database, bank_of))
    assert attempt.score is not None
    with database.transaction() as session:
        AttemptStore(session).add(attempt)
    with database.transaction() as session:
        mark = AttemptStore(session).delete(attempt.id, now=NOW)

    with database.reading() as session:
        assert AttemptStore(session).get(attempt.id) == mark
    assert (mark.status, mark.deleted_at) == (AttemptStatus.DELETED, NOW)
    assert (mark.asked, mark.recording, mark.sound, mark.failure) == ("", None, None, None)
    assert (mark.transcripts, mark.judgements) == ((), ())
    assert mark.overall_at_deletion == attempt.score.overall
    assert (mark.question_id, mark.started_at) == (attempt.question_id, attempt.started_at)
    assert (mark.forecast, mark.rating) == (attempt.forecast, attempt.rating)


def test_a_deleted_bad_take_still_counts_for_readiness(database: Database, bank_of: BankOf) -> None:
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(question_id))
        store.append_transcript("attempt-1", heard())
        store.append_judgement("attempt-1", score_of(12.5))
        bank_of(session).add_review(
            question_id, attempt_id="attempt-1", reviewed_at=START, rating=Rating.AGAIN
        )
        before = store.every_take()

        store.delete("attempt-1", now=NOW)

        (take,) = store.every_take()
        assert take.overall == before[0].overall == 12.5
        assert len(bank_of(session).every_review()) == 1
        assert store.list() == ()
        assert [found.id for found in store.list(with_deleted=True)] == ["attempt-1"]
        assert [found.id for found in store.list(status=AttemptStatus.DELETED)] == ["attempt-1"]


def test_nothing_can_be_added_to_a_deleted_attempt(database: Database, bank_of: BankOf) -> None:
    """Somebody may be finishing it while it is deleted; what was said must not come back."""
    attempt = whole(ask(database, bank_of))
    with database.transaction() as session:
        store = AttemptStore(session)
        store.add(attempt)
        store.claim(attempt.id, claimant="worker", until=NOW, now=START)
        mark = store.delete(attempt.id, now=NOW)

        with pytest.raises(ConflictError, match="deleted"):
            store.append_transcript(attempt.id, heard(2))
        with pytest.raises(ConflictError, match="deleted"):
            store.append_judgement(attempt.id, score_of(99))
        with pytest.raises(ConflictError, match="deleted"):
            store.save(attempt.id, status=AttemptStatus.SCORED)
        assert not store.claim(attempt.id, claimant="other", until=NOW, now=NOW)
        assert not store.renew(attempt.id, claimant="worker", until=NOW)
        assert store.delete(attempt.id, now=NOW + timedelta(days=1)) == mark


def everything_on_disk(path: Path) -> bytes:
    """All bytes of the database, its side files and its backups."""
    return b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())


def test_the_words_are_in_no_file_after_a_deletion(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    path = sqlite_database.path
    assert path is not None
    question_id = ask(sqlite_database, bank_of)
    with sqlite_database.transaction() as session:
        AttemptStore(session).add(whole(question_id, name="deleted"))
        follow_up = replace(recorded(question_id, name="kept"), parent_id="deleted")
        AttemptStore(session).add(follow_up)
    with closing(sqlite3.connect(path)) as driver:
        backups = [make_backup(driver, path, version="0001") for _ in range(2)]
    assert b"Brunhilde" in everything_on_disk(path)

    with sqlite_database.transaction() as session:
        AttemptStore(session).delete("deleted", now=NOW)

    assert b"Brunhilde" not in everything_on_disk(path)
    assert SECRET.encode() not in everything_on_disk(path)
    assert sorted(backups_of(path)) == sorted(backups), "the backups are still there"
    with closing(sqlite3.connect(backups[0])) as copy:
        assert copy.execute("SELECT id FROM attempts").fetchall() == [("kept",)]
        assert copy.execute("PRAGMA foreign_key_check").fetchall() == [], "it can be put back"


def test_a_deletion_that_is_undone_leaves_the_attempt_whole(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    attempt = whole(ask(sqlite_database, bank_of))
    with sqlite_database.transaction() as session:
        AttemptStore(session).add(attempt)

    def crash() -> None:
        with sqlite_database.transaction() as session:
            AttemptStore(session).delete(attempt.id, now=NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash()
    with sqlite_database.reading() as session:
        assert AttemptStore(session).get(attempt.id) == attempt


def test_a_backup_that_cannot_be_rewritten_is_removed(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    path = sqlite_database.path
    assert path is not None
    attempt = whole(ask(sqlite_database, bank_of))
    with sqlite_database.transaction() as session:
        AttemptStore(session).add(attempt)
    with closing(sqlite3.connect(path)) as driver:
        whole_copy = make_backup(driver, path, version="0001")
    broken = whole_copy.with_name("voicecoach-0001-20200101T000000000000Z.db")
    broken.write_bytes(b"no database " + SECRET.encode())

    with sqlite_database.transaction() as session:
        AttemptStore(session).delete(attempt.id, now=NOW)

    assert not broken.exists()
    assert whole_copy.exists()
    assert b"Brunhilde" not in everything_on_disk(path)
