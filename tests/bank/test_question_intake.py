"""A list on its way into the bank: seen before it enters, nothing doubled, nothing half."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from question_bank.errors import InvalidInputError
from question_bank.interview import Outcome
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from question_bank.question_intake import Standing, as_known, look_at, read_question_list, take_in
from question_bank.question_list import ListFormat
from question_bank.tables import QuestionRow
from question_bank.transfer import export_bank
from tests.database_fixtures import BankOf
from voicecoach.database import Database

DISAGREED = "Tell me about a time you disagreed with a colleague."
NEARLY = "Describe a time when you disagreed with one of your colleagues."
LIST = "\n".join(
    (
        "question,outline,company,notes",
        f"{DISAGREED},I listened|I proposed a trial,,",
        f"{NEARLY},,,",
        "Why us?,They ship,Birch & Co,ask Zoë",
        "Could you please tell me why us?,,,",
        "Who are you?,,Cedar,",
    )
)


def test_what_would_enter_is_seen_before_and_near_duplicates_are_left_out_unless_chosen(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    read = read_question_list(LIST, ListFormat.CSV)
    with sqlite_database.transaction() as session:
        bank = bank_of(session)
        known = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        intake = look_at(bank, read)
        assert [one.standing for one in intake.incoming] == [
            Standing.NEW,
            Standing.ALIKE,
            Standing.KNOWN,
            Standing.TWICE,
            Standing.NEW,
        ]
        assert intake.incoming[1].alike[0].text == DISAGREED
        assert intake.incoming[1].alike[0].question_id is None
        assert bank.count_questions() == 1, "looking stores nothing"

        taken = take_in(bank, intake)
        assert [one.text for one in taken.new] == [DISAGREED, "Who are you?"]
        assert [one.id for one in taken.strengthened] == [known.id]
        assert taken.left_out == 2
        outline = bank.get_outline(known.id)
        assert outline is not None
        assert [point.text for point in outline.points] == ["They ship"]
        assert outline.stories == ("ask Zoë", "Asked at Birch & Co")

        again = look_at(bank, read)
        assert again.incoming[1].alike[0].question_id == taken.new[0].id
        both = take_in(bank, again, [2])
        assert [one.text for one in both.new] == [NEARLY]


def test_a_question_joins_the_interview_at_that_company(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    with sqlite_database.transaction() as session:
        bank = bank_of(session)
        interview = bank.add_interview(
            company="birch & co", day=date(2026, 11, 1), outcome=Outcome.REJECTED
        )
        take_in(bank, look_at(bank, read_question_list(LIST, ListFormat.CSV)))
        (met,) = bank.questions_of_interview(interview.id)
        assert met.text == "Why us?"
        assert (met.tripped_up[0].how, met.tripped_up[0].difficulty) == ("", None)


def test_an_outline_that_is_there_stays_and_a_retired_question_stays_retired(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    with sqlite_database.transaction() as session:
        bank = bank_of(session)
        mine = bank.add_question(DISAGREED, kind=QuestionKind.BEHAVIOURAL).question
        bank.set_outline(mine.id, [DraftPoint(text="Mine")])
        bank.retire_question(mine.id)
        taken = take_in(bank, look_at(bank, read_question_list(LIST, ListFormat.CSV)))
        assert mine.id not in {one.id for one in taken.strengthened}
        outline = bank.get_outline(mine.id)
        assert outline is not None
        assert [point.text for point in outline.points] == ["Mine"]
        assert bank.get_question(mine.id).retired


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(("Why us?", "Who are you?", DISAGREED, NEARLY, "So, why us?", "Next?")),
            st.sampled_from(("", "A point", "A point|Another")),
            st.sampled_from(("", "Birch & Co")),
            st.sampled_from(("", "a note")),
        ),
        max_size=8,
    )
)
def test_taking_a_list_in_twice_changes_nothing_the_second_time(
    sqlite_database: Database, bank_of: BankOf, rows: list[tuple[str, str, str, str]]
) -> None:
    text = "question;outline;company;notes\n" + "\n".join(";".join(row) for row in rows)
    read = read_question_list(text, ListFormat.CSV)
    with sqlite_database.transaction() as session:
        bank = bank_of(session)
        take_in(bank, look_at(bank, read))
        once = export_bank(session)
        taken = take_in(bank, look_at(bank, read))
        assert (taken.new, taken.strengthened) == ((), ())
        assert export_bank(session) == once
        texts = [question.text for question in bank.every_question()]
        assert len(texts) == len(set(texts))
        session.rollback()


def test_where_one_can_not_be_stored_none_is(sqlite_database: Database, bank_of: BankOf) -> None:
    read = read_question_list(LIST, ListFormat.CSV)

    def take_in_what_is_there_and_what_is_not() -> None:
        with sqlite_database.transaction() as session:
            bank = bank_of(session)
            take_in(bank, look_at(bank, read))
            take_in(bank, look_at(bank, read), [99])

    with pytest.raises(InvalidInputError, match="no question 99"):
        take_in_what_is_there_and_what_is_not()
    with sqlite_database.reading() as session:
        assert session.scalars(select(QuestionRow)).all() == []


def test_nearly_the_same_can_be_taken_as_the_stored_one(
    sqlite_database: Database, bank_of: BankOf
) -> None:
    with sqlite_database.transaction() as session:
        bank = bank_of(session)
        mine = bank.add_question(NEARLY, kind=QuestionKind.BEHAVIOURAL).question
        intake = as_known(bank, look_at(bank, read_question_list(LIST, ListFormat.CSV)))
        assert intake.incoming[0].standing is Standing.KNOWN
        taken = take_in(bank, intake)
        assert mine.id in {one.id for one in taken.strengthened}
        outline = bank.get_outline(mine.id)
        assert outline is not None
        assert [point.text for point in outline.points] == [
            "I listened",
            "I proposed a trial",
        ]
