"""The whole bank as JSON, and back without loss."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from question_bank.debrief import DebriefFormat, read_debrief
from question_bank.debrief_entry import enter_debrief
from question_bank.errors import InvalidInputError
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from question_bank.question_shelf import DraftTrip
from question_bank.review import Rating
from question_bank.transfer import ImportReport
from tests.bank.test_debrief_markdown import SAMPLE
from tests.database_fixtures import START, BankOf
from tests.new_home import FILE_NAME, new_home
from voicecoach.database import Database, open_database, sqlite_url


def fill(database: Database, bank_of: BankOf) -> bytes:
    """Put everything into a bank that a bank can hold, and return its export."""
    with database.transaction() as session:
        bank = bank_of(session)
        text = SAMPLE.read_text(encoding="utf-8")
        entered = enter_debrief(bank, read_debrief(text, DebriefFormat.MARKDOWN).debrief)
        kept, dropped, retired, reviewed = entered.new
        bank.set_outline(kept.id, [DraftPoint(text="A second version")])
        bank.merge_questions(kept.id, dropped.id)
        bank.retire_question(retired.id)
        bank.add_review(reviewed.id, attempt_id="a-1", reviewed_at=START, rating=Rating.HARD)
        return bank.export_json()


@pytest.fixture
def other(tmp_path: Path) -> Database:
    """Another, empty bank."""
    return open_database(sqlite_url(new_home(tmp_path / "other") / FILE_NAME))


def test_an_export_brings_the_whole_bank_back(
    database: Database, other: Database, bank_of: BankOf
) -> None:
    exported = fill(database, bank_of)

    with other.transaction() as session:
        report = bank_of(session).import_json(exported)
        assert bank_of(session).export_json() == exported
    other.close()

    assert report == ImportReport(
        interviews_added=2, questions_added=4, questions_strengthened=0, reviews_added=1
    )


def test_importing_into_the_same_bank_adds_nothing(database: Database, bank_of: BankOf) -> None:
    exported = fill(database, bank_of)

    with database.transaction() as session:
        report = bank_of(session).import_json(exported)
        assert bank_of(session).export_json() == exported

    assert report == ImportReport(
        interviews_added=0, questions_added=0, questions_strengthened=0, reviews_added=0
    )


def test_a_question_known_in_the_same_wording_is_strengthened_by_an_import(
    database: Database, other: Database, bank_of: BankOf
) -> None:
    exported = fill(database, bank_of)
    with other.transaction() as session:
        bank = bank_of(session)
        known = bank.add_question(
            "TELL ME ABOUT a time you had to deliver bad news to a client",
            kind=QuestionKind.BEHAVIOURAL,
            trip=DraftTrip(how="earlier"),
        ).question

        report = bank.import_json(exported)

        assert (report.questions_added, report.questions_strengthened) == (3, 1)
        assert len(bank.get_question(known.id).tripped_up) == 3, "its own, and two of the merged"
        assert bank.get_outline(known.id) is not None
    other.close()


def test_a_bank_of_any_texts_survives(tmp_path: Path, bank_of: BankOf) -> None:
    here = open_database(sqlite_url(tmp_path / "here.db"))
    here.migrate()
    texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)

    @given(st.lists(st.tuples(texts, texts), max_size=3))
    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    def survives(questions: list[tuple[str, str]]) -> None:
        with here.transaction() as session:
            bank = bank_of(session)
            for text, how in questions:
                if text.strip():
                    trip = DraftTrip(how=how)
                    bank.add_question(text, kind=QuestionKind.TECHNICAL, trip=trip)
            exported = bank.export_json()
            bank.import_json(exported)
            assert bank.export_json() == exported

    survives()
    here.close()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"[]",
        b"{}",
        b'{"format": "something else", "version": 1}',
        b'{"format": "voicecoach question bank", "version": 99}',
        b'{"format": "voicecoach question bank", "version": 1}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_what_is_no_export_is_refused_in_plain_words(
    database: Database, bank_of: BankOf, data: bytes
) -> None:
    with database.transaction() as session, pytest.raises(InvalidInputError):
        bank_of(session).import_json(data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("target_seconds", 0),
        ("text", " "),
        ("created_at", "2026-01-01T00:00:00"),
        ("id", "\0"),
        ("kind", "philosophical"),
    ],
)
def test_an_export_with_a_value_that_cannot_be_stored_adds_nothing(
    database: Database, other: Database, bank_of: BankOf, field: str, value: object
) -> None:
    document = json.loads(fill(database, bank_of))
    document["questions"][3]["question"][field] = value

    with pytest.raises(InvalidInputError), other.transaction() as session:
        bank_of(session).import_json(json.dumps(document).encode())

    with other.reading() as session:
        assert bank_of(session).count_questions(retired=None) == 0
        assert bank_of(session).list_interviews() == ()
    other.close()
