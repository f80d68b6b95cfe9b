"""Questions in the bank: met again, edited, retired, merged."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from question_bank.errors import ConflictError, InvalidInputError, NotFoundError
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind, QuestionSource
from question_bank.question_shelf import DraftTrip
from question_bank.review import Rating
from tests.database_fixtures import START, BankOf
from voicecoach.database import Database

WHY = "Why do you want to work here?"


def test_a_question_is_stored_with_the_usual_target_of_its_kind(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        met = bank_of(session).add_question(WHY, kind=QuestionKind.MOTIVATIONAL)

    assert met.is_new
    with database.reading() as session:
        stored = bank_of(session).get_question(met.question.id)
    assert stored == met.question
    assert stored.target_seconds == 90
    assert stored.created_at.tzinfo is UTC


def test_the_same_question_met_again_grows_a_history_instead_of_a_double(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        first = bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL)
        again = bank.add_question(
            "So, WHY do you want to work here",
            kind=QuestionKind.BEHAVIOURAL,
            trip=DraftTrip(how="I flattered them", difficulty=4),
        )

    assert not again.is_new
    assert again.question.id == first.question.id
    assert again.question.text == WHY
    assert again.question.kind is QuestionKind.MOTIVATIONAL
    assert [(trip.how, trip.difficulty) for trip in again.question.tripped_up] == [
        ("I flattered them", 4)
    ]
    with database.reading() as session:
        assert bank_of(session).count_questions() == 1


def test_a_question_met_again_comes_back_from_retirement_but_not_through_a_pack(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL).question
        bank.retire_question(question.id)

        pack = bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL, source=QuestionSource.PACK)
        assert pack.question.retired
        met = bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL, source=QuestionSource.DEBRIEF)
        assert not met.question.retired


def test_a_near_duplicate_is_offered_and_not_merged_in_silence(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        first = bank.add_question(
            "Tell me about a time you disagreed with a colleague.", kind=QuestionKind.BEHAVIOURAL
        )
        near = bank.add_question(
            "Describe a time when you disagreed with one of your colleagues.",
            kind=QuestionKind.BEHAVIOURAL,
        )

    assert near.is_new
    assert [found.question.id for found in near.near_duplicates] == [first.question.id]
    assert near.near_duplicates[0].likeness < 100


def test_merging_moves_trips_reviews_and_outline_and_old_ids_lead_to_the_kept_question(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        keep = bank.add_question(
            WHY, kind=QuestionKind.MOTIVATIONAL, trip=DraftTrip(how="first")
        ).question
        drop = bank.add_question(
            "What attracts you to us?", kind=QuestionKind.MOTIVATIONAL, trip=DraftTrip(how="second")
        ).question
        bank.set_outline(drop.id, [DraftPoint(text="The work itself", weight=2)])
        review = bank.add_review(
            drop.id, attempt_id="attempt-1", reviewed_at=START, rating=Rating.HARD
        )

        merged = bank.merge_questions(keep.id, drop.id)

        assert [trip.how for trip in merged.tripped_up] == ["first", "second"]
    with database.reading() as session:
        bank = bank_of(session)
        assert bank.get_question(drop.id) == merged
        assert bank.list_questions(retired=None) == (merged,)
        assert [found.id for found in bank.every_review(keep.id)] == [review.id]
        outline = bank.get_outline(keep.id)
        assert outline is not None
        assert [point.text for point in outline.points] == ["The work itself"]


def test_a_merged_wording_may_be_asked_anew(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        keep = bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL).question
        drop = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        bank.merge_questions(keep.id, drop.id)

        met = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL)

    assert not met.is_new
    assert met.question.id == keep.id


def test_a_question_is_not_merged_with_itself(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        question = bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL).question
        with pytest.raises(InvalidInputError, match="itself"):
            bank.merge_questions(question.id, question.id)


def test_editing_changes_only_what_is_given(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        before = bank.add_question(
            WHY, kind=QuestionKind.MOTIVATIONAL, competency="motivation"
        ).question
        after = bank.edit_question(before.id, target_seconds=45)

    assert (after.text, after.kind, after.competency) == (WHY, before.kind, "motivation")
    assert after.target_seconds == 45


def test_an_edit_that_would_double_another_question_is_refused(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL)
        other = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        with pytest.raises(ConflictError, match="already has that question"):
            bank.edit_question(other.id, text=WHY.upper())


def test_an_id_may_be_shortened_as_long_as_it_fits_one_question(
    database: Database, bank_of: BankOf
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        first = bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL).question
        bank.add_question("What is your notice period?", kind=QuestionKind.TECHNICAL)

        assert bank.get_question("id-0001") == first
        assert bank.get_question(first.id[:-1] + "1") == first
        with pytest.raises(InvalidInputError, match="More than one question"):
            bank.get_question("id-")


@pytest.mark.parametrize("key", ["", "nowhere", "ID-0001", "id-0001%", "id_", "%", "\0", "\ud800"])
def test_an_id_that_fits_nothing_is_not_found_whatever_it_holds(
    database: Database, bank_of: BankOf, key: str
) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        bank.add_question(WHY, kind=QuestionKind.MOTIVATIONAL)
        with pytest.raises(NotFoundError):
            bank.get_question(key)


def test_lists_are_bounded_and_can_be_paged(database: Database, bank_of: BankOf) -> None:
    with database.transaction() as session:
        bank = bank_of(session)
        for number in range(5):
            bank.add_question(f"Question number {number}?", kind=QuestionKind.TECHNICAL)

        pages = [bank.list_questions(limit=2, offset=offset) for offset in (0, 2, 4)]

        assert [len(page) for page in pages] == [2, 2, 1]
        assert sum(pages, ()) == bank.every_active_question()
        for limit, offset in ((0, 0), (501, 0), (10, -1), (10, 10**30)):
            with pytest.raises(InvalidInputError):
                bank.list_questions(limit=limit, offset=offset)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 1_001, "nul\0", "half a pair \ud83d"])
def test_a_text_that_is_no_question_is_refused_in_plain_words(
    database: Database, bank_of: BankOf, text: str
) -> None:
    with database.transaction() as session, pytest.raises(InvalidInputError, match="The question"):
        bank_of(session).add_question(text, kind=QuestionKind.TECHNICAL)


def test_a_moment_keeps_its_instant_whatever_zone_it_was_given_in(
    database: Database, bank_of: BankOf
) -> None:
    there = datetime(
        2026, 11, 1, 23, 30, 0, 123456, tzinfo=timezone(timedelta(hours=5, minutes=45))
    )
    with database.transaction() as session:
        question = (
            bank_of(session)
            .add_question(WHY, kind=QuestionKind.MOTIVATIONAL, trip=DraftTrip(noted_at=there))
            .question
        )
    with database.reading() as session:
        noted_at = bank_of(session).get_question(question.id).tripped_up[0].noted_at

    assert noted_at == there
    assert noted_at.utcoffset() == timedelta(0)
