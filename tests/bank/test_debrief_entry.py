"""A debrief enters the bank; nothing is doubled."""

from datetime import date

from question_bank.debrief import Debrief, DebriefFormat, NextInterview, read_debrief
from question_bank.debrief_entry import enter_debrief
from question_bank.interview import Outcome
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind, QuestionSource
from tests.bank.test_debrief_markdown import SAMPLE
from tests.database_fixtures import BankOf
from voicecoach.database import Database


def sample() -> Debrief:
    return read_debrief(SAMPLE.read_text(encoding="utf-8"), DebriefFormat.MARKDOWN).debrief


def test_the_sample_debrief_enters_with_interview_questions_outlines_and_what_is_next(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        entered = enter_debrief(bank, sample())

        assert entered.interview is not None
        assert entered.interview.outcome is Outcome.REJECTED
        assert entered.next_interview == bank.next_interview(date(2026, 11, 23))
        assert [len(question.tripped_up) for question in entered.new] == [1, 1, 1, 1]
        first = entered.new[0]
        assert first.source is QuestionSource.DEBRIEF
        assert first.tripped_up[0].interview_id == entered.interview.id
        outline = bank.get_outline(first.id)
        assert outline is not None
        assert (len(outline.points), outline.skills[1]) == (6, "SQL")


def test_the_same_debrief_read_twice_changes_nothing(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        enter_debrief(bank, sample())
        before = bank.export_json()

        again = enter_debrief(bank, sample())

        assert again.new == ()
        assert len(again.strengthened) == 4
        assert again.outlines_kept == ()
        assert bank.export_json() == before


def test_a_question_met_in_a_second_interview_is_strengthened(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        enter_debrief(bank, sample())
        second = read_debrief(
            "# Interview: Planner at Brightwater\n- Date: 2026-11-20\n## Questions\n"
            "### So, why did you leave your last job\n- Tripped me up: I apologised again\n"
            "Outline:\n- Something else\n"
            "### Why are you leaving your last job?\n",
            DebriefFormat.MARKDOWN,
        ).debrief

        entered = enter_debrief(bank, second)

        (strengthened,) = entered.strengthened
        assert strengthened.text == "Why did you leave your last job?"
        assert [trip.how for trip in strengthened.tripped_up][1] == "I apologised again"
        assert entered.outlines_kept == (strengthened,), "the outline that was there stays"
        (offer,) = entered.offers
        assert offer.question.text == "Why are you leaving your last job?"
        assert [found.question.id for found in offer.near_duplicates] == [strengthened.id]


def test_an_upcoming_interview_that_gets_its_day_is_not_doubled(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        bank.add_interview(company="Alder", role="Analyst")
        debrief = Debrief(
            next_interview=NextInterview(company="alder", role="ANALYST", day=date(2026, 12, 9))
        )

        entered = enter_debrief(bank, debrief)

        assert entered.interview is None
        (only,) = bank.list_interviews()
        assert only == entered.next_interview
        assert only.day == date(2026, 12, 9)


def test_feelings_without_a_named_interview_are_kept(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        debrief = read_debrief("## How I felt\n- sad 4/5\n", DebriefFormat.MARKDOWN).debrief

        entered = enter_debrief(bank, debrief)

        assert entered.interview is not None
        assert entered.interview.feelings[0].word == "sad"


def test_skills_without_points_are_kept_too(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        debrief = read_debrief(
            "## Questions\n### Why us?\nSkills: patience\n", DebriefFormat.MARKDOWN
        ).debrief
        (question,) = enter_debrief(bank, debrief).new

        outline = bank.get_outline(question.id)
        assert outline is not None
        assert (outline.points, outline.skills) == ((), ("patience",))


def test_an_own_outline_is_not_replaced_by_an_older_debrief(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question(
            "Why did you leave your last job?", kind=QuestionKind.MOTIVATIONAL
        ).question
        own = bank.set_outline(question.id, [DraftPoint(text="My own point")])

        entered = enter_debrief(bank, sample())

        assert [kept.id for kept in entered.outlines_kept] == [question.id]
        assert bank.get_outline(question.id) == own
