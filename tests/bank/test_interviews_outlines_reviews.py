"""Interviews, outlines and reviews in the bank."""

from datetime import date, timedelta

import pytest

from question_bank.errors import ConflictError, InvalidInputError, NotFoundError
from question_bank.interview import Feeling, Outcome
from question_bank.outline import DraftPoint, StarPart
from question_bank.question import QuestionKind
from question_bank.question_shelf import DraftTrip
from question_bank.review import Rating
from tests.database_fixtures import START, BankOf
from voicecoach.database import Database
from voicecoach.recovery import Step, StepRecord
from voicecoach.recovery_store import RecoveryStore

TODAY = date(2026, 11, 23)


def test_an_interview_reads_back_as_it_was_told(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        told = bank_of(session).add_interview(
            company=" Alder & Vale ",
            role="Analyst",
            day=date(2026, 11, 12),
            outcome=Outcome.REJECTED,
            feelings=[Feeling(word="traurig 😔", intensity=4), Feeling(word="relieved")],
            went_well=["I was early", "  "],
            differed_from_expected=["Three people"],
            could_answer_better=["Bad news"],
            feedback_received="Say sooner\nwhat you did.",
            lessons=["Sleep first"],
        )

    with database.reading() as session:
        stored = bank_of(session).get_interview(told.id)
    assert stored == told
    assert (stored.company, stored.went_well) == ("Alder & Vale", ("I was early",))
    assert stored.feelings[0] == Feeling(word="traurig 😔", intensity=4)


def test_an_interview_may_be_known_by_its_date_alone_but_not_by_nothing(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        assert bank.add_interview(day=TODAY).outcome is Outcome.UPCOMING
        with pytest.raises(InvalidInputError, match="Nothing is said"):
            bank.add_interview(company=" ")
        for typed in (date.min, date.max):  # where calendars end no week can be counted on
            with pytest.raises(InvalidInputError, match=f"a day of the year {typed.year}"):
                bank.add_interview(company="Birch", day=typed)


def test_editing_an_interview_changes_only_what_is_given(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        before = bank.add_interview(company="Alder", role="Analyst", lessons=["Sleep first"])
        after = bank.edit_interview(before.id, day=TODAY)

    assert after.lessons == ("Sleep first",)
    assert (after.company, after.day) == ("Alder", TODAY)


def test_the_next_interview_is_the_nearest_upcoming_one_from_today_on(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        assert bank.next_interview(TODAY) is None
        bank.add_interview(company="Later", day=TODAY + timedelta(days=9))
        bank.add_interview(company="Past", day=TODAY - timedelta(days=1))
        bank.add_interview(company="Undated")
        bank.add_interview(company="Rejected", day=TODAY, outcome=Outcome.REJECTED)
        nearest = bank.add_interview(company="Today", day=TODAY)

        assert bank.next_interview(TODAY) == nearest
        following = bank.next_interview(TODAY + timedelta(days=1))
        assert following is not None
        assert following.company == "Later"


def test_interviews_are_listed_with_the_undated_and_the_latest_first(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        for company, day in (("Old", date(2026, 1, 1)), ("New", TODAY), ("Open", None)):
            bank.add_interview(company=company, day=day)

        assert [found.company for found in bank.list_interviews()] == ["Open", "New", "Old"]
        assert bank.list_interviews(outcome=Outcome.OFFERED) == ()


def test_each_change_of_an_outline_is_a_new_version_and_the_old_ones_stay(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        assert bank.get_outline(question.id) is None
        first = bank.set_outline(
            question.id,
            [DraftPoint(text="The work", part=StarPart.TASK), DraftPoint(text="The people")],
            skills=["listening"],
            stories=["the visit"],
        )
        second = bank.set_outline(
            question.id, [DraftPoint(text="The people", weight=2), DraftPoint(text="The town")]
        )

    assert (first.version, second.version) == (1, 2)
    assert second.points[0].id == first.points[1].id, "a point that is kept keeps its id"
    with database.reading() as session:
        bank = bank_of(session)
        assert bank.get_outline(question.id) == second
        assert bank.outline_version(question.id, 1) == first
        assert bank.outlines_of([question.id, "nowhere"]) == {question.id: second}
        with pytest.raises(NotFoundError):
            bank.outline_version(question.id, 3)


def test_saying_the_same_outline_again_makes_no_new_version(
    database: Database, bank_of: BankOf
) -> None:
    points = [DraftPoint(text="The work"), DraftPoint(text="The people", weight=0.5)]
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question

        assert bank.set_outline(question.id, points) == bank.set_outline(question.id, points)


def test_an_outline_written_on_a_stale_copy_is_refused(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        bank.set_outline(question.id, [DraftPoint(text="The work")], expected_version=0)

        with pytest.raises(ConflictError, match="version 1"):
            bank.set_outline(question.id, [DraftPoint(text="The pay")], expected_version=0)


def test_an_outline_can_be_taken_away_and_comes_back_as_the_next_version(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        bank.set_outline(question.id, [DraftPoint(text="The work")])
        bank.set_outline(question.id, [])
        assert bank.get_outline(question.id) is None
        assert bank.set_outline(question.id, [DraftPoint(text="The work")]).version == 3


@pytest.mark.parametrize(
    "points",
    [
        [DraftPoint(text=" ")],
        [DraftPoint(text="a", weight=0)],
        [DraftPoint(text="a", weight=10.5)],
        [DraftPoint(text="a", weight=float("nan"))],
        [DraftPoint(text="a"), DraftPoint(text="a ")],
        [DraftPoint(text=str(number)) for number in range(201)],
    ],
)
def test_an_outline_that_makes_no_sense_is_refused(
    database: Database, bank_of: BankOf, points: list[DraftPoint]
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        with pytest.raises(InvalidInputError):
            bank.set_outline(question.id, points)
        assert bank.get_outline(question.id) is None


def test_reviews_come_back_oldest_first_and_an_attempt_is_reviewed_once(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        for attempt, days in (("second", 2), ("first", 1)):
            bank.add_review(
                question.id,
                attempt_id=attempt,
                reviewed_at=START + timedelta(days=days),
                rating=Rating.GOOD,
            )
        with pytest.raises(ConflictError, match="reviewed already"):
            bank.add_review(question.id, attempt_id="first", reviewed_at=START, rating=Rating.EASY)

        assert [review.attempt_id for review in bank.every_review()] == ["first", "second"]
        assert bank.every_review()[0].reviewed_at == START + timedelta(days=1)


def test_a_deleted_interview_takes_its_notes_along_and_leaves_its_questions(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        gone = bank.add_interview(company="Birch & Co", outcome=Outcome.REJECTED)
        kept = bank.add_interview(company="Alder & Vale")
        question = bank.add_question(
            "Why us?",
            kind=QuestionKind.MOTIVATIONAL,
            trip=DraftTrip(interview_id=gone.id, how="I rambled"),
        ).question
        RecoveryStore(session).add(
            StepRecord(
                id="step", interview_id=gone.id, step=Step.MOVE, skipped=False, recorded_at=START
            )
        )
    with database.transaction() as session:
        bank_of(session).delete_interview(gone.id)
        (trip,) = bank_of(session).get_question(question.id).tripped_up
        assert (trip.interview_id, trip.how) == (None, "I rambled")
    with database.reading() as session:
        bank = bank_of(session)
        assert [one.id for one in bank.list_interviews()] == [kept.id]
        assert RecoveryStore(session).of_interview(gone.id) == ()
        with pytest.raises(NotFoundError):
            bank.get_interview(gone.id)


def test_the_version_of_an_outline_that_was_taken_away_is_still_told(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        assert bank.newest_outline_version(question.id) == 0
        bank.set_outline(question.id, [DraftPoint(text="I know the product")])
        bank.set_outline(question.id, [])

        assert bank.get_outline(question.id) is None
        assert bank.newest_outline_version(question.id) == 2
        bank.set_outline(question.id, [DraftPoint(text="I use it")], expected_version=2)
