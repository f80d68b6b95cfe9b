"""Deleting everything is real: the words are in no file, and the coach stands as on day one."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from question_bank.question import Question, QuestionKind
from question_bank.tables import Base
from tests.database_fixtures import BankOf
from tests.practice.conftest import ANSWER, QUESTION, Clock
from tests.store.attempts import whole
from voicecoach.attempt_store import AttemptStore
from voicecoach.backups import make_backup
from voicecoach.config_file import replace_values
from voicecoach.database import Database
from voicecoach.erasure import LOG, erase_everything
from voicecoach.errors import AttemptBusyError
from voicecoach.migrations.scope import OURS
from voicecoach.practice import Coach
from voicecoach.recovery import Step


@pytest.fixture
def lived_in(coach: Coach, question: Question, answer: Callable[[], str]) -> Coach:
    """A home with everything in it that a person can leave there."""
    attempt = answer()
    coach.correct(attempt, " ".join((*ANSWER, "I added a check that caught failures later.")))
    coach.engines.speaker.synthesise(QUESTION)
    with coach.bank() as bank:
        interview = bank.next_interview(coach.today())
    assert interview is not None
    coach.mark_step(Step.BREATHE, note="Brunhilde was there", interview_id=interview.id)
    home = coach.settings.home
    with closing(sqlite3.connect(home / "voicecoach.db")) as driver:
        make_backup(driver, home / "voicecoach.db", version="0001")
    (home / LOG).write_text("a trace of Brunhilde\n", encoding="utf-8")
    (home / "debrief-1.json").write_text('{"company": "Brunhilde & Co"}', encoding="utf-8")
    replace_values(home / "config.toml", {"microphone": "Brunhilde's headset"})
    return coach


def everything_on_disk(home: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(home.rglob("*")) if path.is_file())


def test_no_word_and_no_sound_is_left_in_any_file(lived_in: Coach) -> None:
    home = lived_in.settings.home
    words = [b"Brunhilde", QUESTION.encode(), b"largest client", b"Alder & Vale", b"overnight"]
    before = everything_on_disk(home)
    assert all(word in before for word in words)
    assert list(home.rglob("*.wav"))

    erased = erase_everything(lived_in)

    after = everything_on_disk(home)
    assert [word for word in words if word in after] == []
    assert not list(home.rglob("*.wav"))
    assert b"RIFF" not in after
    assert erased.answers == 1
    assert erased.files >= 5


def test_the_coach_goes_on_as_on_its_first_day(
    lived_in: Coach, spoken_answer: Path, question: Question
) -> None:
    erase_everything(lived_in)
    assert lived_in.attempts() == ()
    assert lived_in.recovery() is None
    with lived_in.bank() as bank:
        assert bank.every_active_question() == ()
        again = bank.add_question(question.text, kind=question.kind).question
    attempt = lived_in.attach(lived_in.begin(again.id).id, spoken_answer)
    assert lived_in.finish(attempt.id).score is not None


def test_doing_it_twice_is_no_mistake(lived_in: Coach) -> None:
    erase_everything(lived_in)
    assert erase_everything(lived_in).answers == 0


def test_nothing_is_deleted_under_somebody_who_is_at_work(lived_in: Coach, clock: Clock) -> None:
    (attempt,) = lived_in.attempts()
    with lived_in.database.transaction() as session:
        AttemptStore(session).claim(
            attempt.id,
            claimant="a worker",
            until=clock.moment + timedelta(minutes=1),
            now=clock.moment,
        )
    with pytest.raises(AttemptBusyError, match="Nothing was deleted"):
        erase_everything(lived_in)
    assert lived_in.attempt(attempt.id) is not None
    assert lived_in.recording_path(attempt) is not None
    clock.wait(minutes=2)
    assert erase_everything(lived_in).answers == 1


def test_weights_and_files_of_others_stay(lived_in: Coach) -> None:
    home = lived_in.settings.home
    (home / "models" / "small").mkdir(parents=True)
    (home / "models" / "small" / "model.bin").write_bytes(b"weights")
    (home / "holiday.jpg").write_bytes(b"not ours")
    erase_everything(lived_in)
    assert (home / "models" / "small" / "model.bin").read_bytes() == b"weights"
    assert (home / "holiday.jpg").read_bytes() == b"not ours"


def test_every_table_is_emptied(database: Database, bank_of: BankOf) -> None:
    """On PostgreSQL as on SQLite, and a table that is added to the product is emptied too."""
    assert {table.name for table in Base.metadata.sorted_tables} == OURS
    with database.transaction() as session:
        AttemptStore(session).add(whole(ask_in(session, bank_of)))

    def rows() -> int:
        with database.reading() as session:
            counts = [select(func.count()).select_from(t) for t in Base.metadata.sorted_tables]
            return sum(session.scalar(count) or 0 for count in counts)

    assert rows() >= 4
    database.erase(lambda _session: None)
    assert rows() == 0


def ask_in(session: Session, bank_of: BankOf) -> str:
    added = bank_of(session).add_question("Why us?", kind=QuestionKind.MOTIVATIONAL)
    return added.question.id


def test_an_answer_that_is_begun_meanwhile_keeps_its_sound(
    lived_in: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = lived_in.settings.recordings_folder / "begun-meanwhile.wav"
    erase = Database.erase

    def erase_slowly(database: Database, prepare: Callable[[Session], None]) -> None:
        erase(database, prepare)
        begun.write_bytes(b"RIFF")

    monkeypatch.setattr(Database, "erase", erase_slowly)
    erase_everything(lived_in)
    assert begun.read_bytes() == b"RIFF"
    assert [path.name for path in begun.parent.iterdir()] == [begun.name]
