"""The person's word on points, stored: appended, newest first to count, gone with its attempt."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.database_fixtures import START, BankOf
from tests.store.attempts import ask, recorded, whole
from voicecoach.agreement import PointVerdict, newest_verdicts
from voicecoach.agreement_store import AgreementStore
from voicecoach.agreement_tables import PointVerdictRow
from voicecoach.attempt_store import AttemptStore
from voicecoach.backups import backups_of, make_backup
from voicecoach.database import Database
from voicecoach.errors import ConflictError
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.result import CutPoints, PointState

NOW = START + timedelta(days=1)
SAID = PointVerdict(
    attempt_id="attempt-1",
    point_id="p1",
    transcript_version=1,
    verdict=Verdict.SAID,
    state=PointState.PARTLY,
    similarity=0.53,
    guard=None,
    rubric_version="2+a1b2c3",
    encoder="minilm",
    given_at=NOW,
)


@pytest.fixture
def answered(database: Database, bank_of: BankOf) -> Database:
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        AttemptStore(session).add(replace(whole(question_id), synthetic=False))
        made_up = replace(recorded(question_id, name="attempt-2"), synthetic=True)
        AttemptStore(session).add(made_up)
    return database


def test_every_word_is_kept_and_the_newest_counts(answered: Database) -> None:
    later = replace(SAID, verdict=Verdict.NOT_SAID)
    other = replace(SAID, point_id="p2", verdict=Verdict.PARTLY, guard="negation")
    with answered.transaction() as session:
        for verdict in (SAID, other, later):
            AgreementStore(session).add(verdict)
    with answered.reading() as session:
        log = AgreementStore(session).of_attempt("attempt-1")
    assert log == (SAID, other, later)
    assert newest_verdicts(log) == (other, later)


def test_a_word_that_was_taken_back_no_longer_counts_and_stays_in_the_log(
    answered: Database,
) -> None:
    with answered.transaction() as session:
        AgreementStore(session).add(SAID)
        AgreementStore(session).add(replace(SAID, verdict=None))
        log = AgreementStore(session).of_attempt("attempt-1")
    assert [verdict.verdict for verdict in log] == [Verdict.SAID, None]
    assert newest_verdicts(log) == ()


def test_synthetic_answers_are_left_out_unless_asked_for(answered: Database) -> None:
    with answered.transaction() as session:
        store = AgreementStore(session)
        store.add(SAID)
        store.add(replace(SAID, attempt_id="attempt-2"))
        assert [v.attempt_id for v in store.every_verdict(with_synthetic=False)] == ["attempt-1"]
        assert len(store.every_verdict(with_synthetic=True)) == 2
        assert set(store.of_attempts(["attempt-1", "attempt-2", "none"])) == {
            "attempt-1",
            "attempt-2",
        }


def test_deleting_an_attempt_deletes_its_verdicts(answered: Database) -> None:
    with answered.transaction() as session:
        AgreementStore(session).add(SAID)
        AgreementStore(session).add(replace(SAID, attempt_id="attempt-2"))
    with answered.transaction() as session:
        AttemptStore(session).delete("attempt-1", now=NOW)
    with answered.reading() as session:
        assert session.scalar(select(func.count()).select_from(PointVerdictRow)) == 1
        assert AgreementStore(session).of_attempt("attempt-1") == ()


def test_verdicts_leave_the_backups_too_and_an_older_backup_is_kept(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    path = sqlite_database.path
    assert path is not None
    question_id = ask(sqlite_database, bank_of)
    with sqlite_database.transaction() as session:
        AttemptStore(session).add(whole(question_id))
        AgreementStore(session).add(replace(SAID, encoder="Brunhilde"))
    with closing(sqlite3.connect(path)) as driver:
        newest = make_backup(driver, path, version="0003")
        older = make_backup(driver, path, version="0002")
    with closing(sqlite3.connect(older)) as copy:
        copy.execute("DROP TABLE point_verdicts")
        copy.commit()

    with sqlite_database.transaction() as session:
        AttemptStore(session).delete("attempt-1", now=NOW)

    assert sorted(backups_of(path)) == sorted([newest, older]), "both can still be put back"
    for backup in (newest, older):
        assert b"Brunhilde" not in backup.read_bytes()
        with closing(sqlite3.connect(backup)) as copy:
            assert copy.execute("SELECT count(*) FROM attempts").fetchone() == (0,)


def test_own_cut_points_hold_for_their_rubric_until_they_are_reset(answered: Database) -> None:
    mine = CutPoints(said_from=0.6, partly_from=0.4)
    with answered.transaction() as session:
        store = AgreementStore(session)
        assert store.cut_points("2") is None
        assert store.set_cut_points(mine, verdicts=21, rubric_version="2", now=NOW) == replace(
            mine, number=1
        )
        assert store.cut_points("3") is None
        second = replace(mine, said_from=0.58)
        store.set_cut_points(second, verdicts=25, rubric_version="2", now=NOW)
        assert store.cut_points("2") == replace(second, number=2)
        store.set_cut_points(None, verdicts=0, rubric_version="2", now=NOW)
        assert store.cut_points("2") is None


def test_nothing_can_be_said_about_a_deleted_attempt(answered: Database) -> None:
    with answered.transaction() as session:
        AttemptStore(session).delete("attempt-1", now=NOW)
        with pytest.raises(ConflictError, match="deleted"):
            AttemptStore(session).save("attempt-1")
