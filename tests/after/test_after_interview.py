"""What a person tells once an interview is over, in a real database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from question_bank.interview import Outcome
from question_bank.question import Question, QuestionKind, QuestionSource
from question_bank.question_shelf import DraftTrip
from question_bank.schedule import tripped_up
from tests.after.conftest import INTERVIEW_DAY, add_interview, add_question, go_to, log_scored
from tests.practice.conftest import Clock
from voicecoach.after_interview import after_interviews, reading_after_interviews
from voicecoach.errors import ConflictError, InvalidInputError, NotFoundError
from voicecoach.practice import Coach
from voicecoach.what_came import MOST_CAME, ToldQuestion, Went, WhatCame

AFTER = INTERVIEW_DAY + timedelta(days=1)
NEARLY = "Tell me about a time you had to deliver some bad news to a client"


@pytest.fixture
def known(coach: Coach) -> Question:
    return add_question(coach, "Tell me about a time you had to deliver bad news to a client.")


def tell(
    coach: Coach, interview_id: str, *told: ToldQuestion, outcome: Outcome | None = None
) -> WhatCame:
    with after_interviews(coach) as after:
        return after.tell(interview_id, told, outcome=outcome)


def question_of(coach: Coach, question_id: str) -> Question:
    with coach.reading_bank() as bank:
        return bank.get_question(question_id)


def asked_about(coach: Coach) -> str | None:
    with reading_after_interviews(coach) as after:
        interview = after.to_ask_about()
    return None if interview is None else interview.id


def test_an_interview_is_asked_about_once_its_day_has_passed_until_it_is_told(
    coach: Coach, clock: Clock
) -> None:
    interview = add_interview(coach)
    assert asked_about(coach) is None
    go_to(clock, INTERVIEW_DAY, hour=23)
    assert asked_about(coach) is None
    go_to(clock, AFTER)
    assert asked_about(coach) == interview.id
    tell(coach, interview.id)
    assert asked_about(coach) is None


def test_an_interview_that_was_debriefed_or_entered_afterwards_is_not_asked_about(
    coach: Coach, clock: Clock, known: Question
) -> None:
    debriefed = add_interview(coach)
    go_to(clock, AFTER)
    add_interview(coach, day=INTERVIEW_DAY - timedelta(days=2), company="Told afterwards")
    with coach.bank() as bank:
        bank.edit_interview(debriefed.id, outcome=Outcome.REJECTED)
        bank.note_trip(known.id, DraftTrip(interview_id=debriefed.id, how="I froze"))
    assert asked_about(coach) is None


def test_what_came_long_ago_is_not_asked_about_any_more(coach: Coach, clock: Clock) -> None:
    add_interview(coach)
    go_to(clock, INTERVIEW_DAY + timedelta(days=61))
    assert asked_about(coach) is None


def test_questions_that_came_enter_the_bank_and_the_history_of_those_that_were_there(
    coach: Coach, clock: Clock, known: Question
) -> None:
    interview = add_interview(coach)
    go_to(clock, AFTER)
    came = tell(
        coach,
        interview.id,
        ToldQuestion(went=Went.WELL, question_id=known.id),
        ToldQuestion(
            went=Went.TRIPPED_UP,
            text="How would you cut our costs?",
            kind=QuestionKind.SITUATIONAL,
            how="I named a number I could not explain.",
        ),
        outcome=Outcome.REJECTED,
    )
    old, new = (question_of(coach, one.question_id) for one in came.questions)
    assert [one.was_new for one in came.questions] == [False, True]
    assert not tripped_up(old)
    assert [trip.interview_id for trip in old.tripped_up] == [interview.id]
    assert (new.kind, new.source) == (QuestionKind.SITUATIONAL, QuestionSource.DEBRIEF)
    assert [trip.how for trip in new.tripped_up] == ["I named a number I could not explain."]
    with reading_after_interviews(coach) as after:
        assert after.of_interview(interview.id) == came
        assert [q.id for q in after.unpractised(came)] == [known.id, new.id]
    with coach.reading_bank() as bank:
        assert bank.get_interview(interview.id).outcome is Outcome.REJECTED


def test_only_what_was_answered_before_the_interviews_day_counts_as_practised(
    coach: Coach, clock: Clock, known: Question
) -> None:
    late = add_question(coach, "Why do you want this job?")
    interview = add_interview(coach)
    log_scored(coach, known, datetime(2026, 12, 8, 23, 59, tzinfo=UTC), 70)
    log_scored(coach, late, datetime(2026, 12, 9, 0, 1, tzinfo=UTC), 70)
    go_to(clock, AFTER)
    both = [ToldQuestion(went=Went.WELL, question_id=one.id) for one in (known, late)]
    came = tell(coach, interview.id, *both)
    with reading_after_interviews(coach) as after:
        assert [question.id for question in after.unpractised(came)] == [late.id]


def test_words_that_are_nearly_a_stored_question_are_asked_about_and_nothing_is_stored(
    coach: Coach, clock: Clock, known: Question
) -> None:
    interview = add_interview(coach)
    go_to(clock, AFTER)
    told = ToldQuestion(went=Went.SO_SO, text=NEARLY)
    with reading_after_interviews(coach) as after:
        (doubt,) = after.doubts([told])
    assert doubt.near_duplicates[0].question.id == known.id
    with pytest.raises(ConflictError, match=known.id):
        tell(coach, interview.id, told)
    assert asked_about(coach) == interview.id
    came = tell(coach, interview.id, ToldQuestion(went=Went.SO_SO, text=NEARLY, is_new=True))
    assert came.questions[0].question_id != known.id


def test_the_same_words_are_the_same_question_and_count_once(
    coach: Coach, clock: Clock, known: Question
) -> None:
    interview = add_interview(coach)
    go_to(clock, AFTER)
    came = tell(
        coach,
        interview.id,
        ToldQuestion(went=Went.WELL, question_id=known.id),
        ToldQuestion(went=Went.TRIPPED_UP, text=known.text.upper()),
    )
    assert [(one.question_id, one.went) for one in came.questions] == [(known.id, Went.WELL)]


def test_telling_again_replaces_what_was_told_and_leaves_no_trace_in_the_history(
    coach: Coach, clock: Clock, known: Question
) -> None:
    interview = add_interview(coach)
    go_to(clock, AFTER)
    first = tell(
        coach,
        interview.id,
        ToldQuestion(went=Went.TRIPPED_UP, question_id=known.id),
        ToldQuestion(went=Went.WELL, text="How would you cut our costs?"),
    )
    assert tripped_up(question_of(coach, known.id))
    new_id = first.questions[1].question_id
    again = tell(
        coach,
        interview.id,
        ToldQuestion(went=Went.WELL, question_id=new_id),
        ToldQuestion(went=Went.SO_SO, question_id=known.id),
    )
    assert [one.was_new for one in again.questions] == [True, False]
    assert not tripped_up(question_of(coach, known.id))
    assert len(question_of(coach, known.id).tripped_up) == 1
    tell(coach, interview.id)
    assert question_of(coach, known.id).tripped_up == ()


def test_what_a_debrief_said_of_a_question_is_neither_doubled_nor_taken_back(
    coach: Coach, clock: Clock, known: Question
) -> None:
    interview = add_interview(coach)
    with coach.bank() as bank:
        bank.note_trip(known.id, DraftTrip(interview_id=interview.id, how="I froze"))
    go_to(clock, AFTER)
    tell(coach, interview.id, ToldQuestion(went=Went.TRIPPED_UP, question_id=known.id))
    tell(coach, interview.id)
    assert [trip.how for trip in question_of(coach, known.id).tripped_up] == ["I froze"]


def test_a_retired_question_that_came_is_asked_again(
    coach: Coach, clock: Clock, known: Question
) -> None:
    interview = add_interview(coach)
    with coach.bank() as bank:
        bank.retire_question(known.id)
    go_to(clock, AFTER)
    tell(coach, interview.id, ToldQuestion(went=Went.WELL, question_id=known.id))
    assert not question_of(coach, known.id).retired


def test_merged_questions_and_deleted_interviews_leave_nothing_dangling(
    coach: Coach, clock: Clock, known: Question
) -> None:
    interview = add_interview(coach)
    go_to(clock, AFTER)
    came = tell(coach, interview.id, ToldQuestion(went=Went.WELL, text="How would you save costs?"))
    coach.merge_questions(known.id, came.questions[0].question_id)
    with reading_after_interviews(coach) as after:
        found = after.of_interview(interview.id)
        assert found is not None
        assert [one.question_id for one in found.questions] == [known.id]
    with coach.bank() as bank:
        bank.delete_interview(interview.id)
    with reading_after_interviews(coach) as after:
        assert after.store.every() == ()
        assert after.foresight().foreseen == ()


@pytest.mark.parametrize("outcome", [None, Outcome.UPCOMING])
def test_an_interview_can_t_be_told_before_it_took_place_nor_stay_to_come(
    coach: Coach, clock: Clock, outcome: Outcome | None
) -> None:
    interview = add_interview(coach)
    with pytest.raises(InvalidInputError):
        tell(coach, interview.id, outcome=outcome)
    go_to(clock, AFTER)
    if outcome is Outcome.UPCOMING:
        with pytest.raises(InvalidInputError, match="still to come"):
            tell(coach, interview.id, outcome=outcome)
        return
    tell(coach, interview.id)
    with coach.reading_bank() as bank:
        assert bank.get_interview(interview.id).outcome is Outcome.WAITING


def test_what_can_t_be_kept_is_refused_whole(coach: Coach, clock: Clock) -> None:
    interview = add_interview(coach)
    go_to(clock, AFTER)
    new = ToldQuestion(went=Went.WELL, text="A question of its own, whatever it may be?")
    with pytest.raises(NotFoundError):
        tell(coach, interview.id, new, ToldQuestion(went=Went.WELL, question_id="nope"))
    with pytest.raises(InvalidInputError, match="empty"):
        tell(coach, interview.id, new, ToldQuestion(went=Went.WELL, text="  "))
    with pytest.raises(InvalidInputError, match=str(MOST_CAME)):
        tell(coach, interview.id, *[new] * (MOST_CAME + 1))
    with coach.reading_bank() as bank:
        assert bank.every_active_question() == ()


def test_readiness_of_the_evening_before_is_held_against_what_went_well(
    coach: Coach, clock: Clock, known: Question
) -> None:
    """It knows nothing of what was answered, added or told later."""
    interview = add_interview(coach)
    for day in (2, 4, 7):
        log_scored(coach, known, datetime(2026, 12, day, 18, tzinfo=UTC), 50 + 5 * day)
    go_to(clock, INTERVIEW_DAY - timedelta(days=1), hour=23)
    then = coach.readiness()
    assert then.share is not None
    go_to(clock, AFTER)
    log_scored(coach, known, datetime(2026, 12, 9, 18, tzinfo=UTC), 10)
    tell(
        coach,
        interview.id,
        ToldQuestion(went=Went.TRIPPED_UP, question_id=known.id),
        ToldQuestion(went=Went.WELL, text="Why do you want this job?"),
        ToldQuestion(went=Went.SO_SO, text="What would you do on your first day here?"),
    )
    with reading_after_interviews(coach) as after:
        record = after.foresight()
    (one,) = record.foreseen
    assert (one.came, one.well, one.day) == (3, 1, INTERVIEW_DAY)
    assert one.share == pytest.approx(then.share, abs=0.005)
    assert record.missing == 4


def test_interviews_without_a_day_or_with_too_little_practice_are_not_compared(
    coach: Coach, clock: Clock, known: Question
) -> None:
    dated = add_interview(coach)
    with coach.bank() as bank:
        undated = bank.add_interview(company="Birch", outcome=Outcome.REJECTED)
    go_to(clock, date(2026, 12, 10))
    for one in (dated, undated):
        tell(coach, one.id, ToldQuestion(went=Went.WELL, question_id=known.id))
    with reading_after_interviews(coach) as after:
        assert after.foresight().foreseen == ()
