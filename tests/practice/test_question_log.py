"""What the log says about single questions, and two answers side by side."""

import pytest

from question_bank.question import Question, QuestionKind
from question_bank.question_shelf import DraftTrip
from tests.practice.conftest import ANSWER, Clock
from voicecoach.errors import ConflictError
from voicecoach.practice import Coach
from voicecoach.scoring.result import CriterionName, PointState
from voicecoach.side_by_side import side_by_side

SHORT = (
    "Our overnight report failed on a Monday in March and it was rather a bad day for all of us "
    "in the team, I think, because nobody had seen it before and we talked about it for long."
)


def typed(coach: Coach, question: Question, text: str) -> str:
    attempt = coach.begin(question.id, typed=True)
    return coach.answer_typed(attempt.id, text).id


def overall(coach: Coach, attempt_id: str) -> float:
    score = coach.attempt(attempt_id).score
    assert score is not None
    return score.overall


def test_a_question_never_practised_stands_without_takes_scores_or_review(
    coach: Coach, question: Question
) -> None:
    with coach.question_log() as log:
        (stands,) = log.standings([question])
        assert log.best(question.id) is None

    assert (stands.takes, stands.last_overall, stands.best_overall) == (0, None, None)
    assert stands.next_review is None
    assert stands.outlined


def test_last_and_best_score_and_the_next_review_follow_the_takes(
    coach: Coach, question: Question, clock: Clock
) -> None:
    good = typed(coach, question, " ".join(ANSWER))
    clock.wait(days=1)
    poor = typed(coach, question, SHORT)

    with coach.question_log() as log:
        (stands,) = log.standings([question])
        best = log.best(question.id)
        assert [take.attempt_id for take in log.takes(question.id)] == [good, poor]

    assert overall(coach, good) > overall(coach, poor)
    assert stands.takes == 2
    assert stands.last_overall == overall(coach, poor)
    assert stands.best_overall == overall(coach, good)
    assert stands.next_review == coach.result(coach.attempt(poor)).next_review
    assert best is not None
    assert best.id == good


def test_deleted_answers_and_follow_ups_are_no_takes(coach: Coach, question: Question) -> None:
    kept = typed(coach, question, " ".join(ANSWER))
    follow_up = coach.begin(question.id, parent_id=kept, asked="And then?", typed=True)
    coach.answer_typed(follow_up.id, " ".join(ANSWER))
    coach.delete(typed(coach, question, SHORT))

    with coach.question_log() as log:
        assert [take.attempt_id for take in log.takes(question.id)] == [kept]


def test_then_and_now_sets_the_remembered_answer_beside_the_best_one_with_its_words(
    coach: Coach, question: Question
) -> None:
    with coach.question_log() as log:
        assert log.then_and_now(question) is None
    with coach.bank() as bank:
        question = bank.note_trip(
            question.id, DraftTrip(how="I rambled", remembered_answer="Well, it was bad.")
        )
    with coach.question_log() as log:
        before = log.then_and_now(question)
    best = typed(coach, question, " ".join(ANSWER))
    with coach.question_log() as log:
        after = log.then_and_now(question)

    assert before is not None
    assert before.best is None
    assert after is not None
    assert after.trip.remembered_answer == "Well, it was bad."
    assert after.best is not None
    assert after.best.id == best
    assert after.said
    transcript = after.best.transcript
    assert transcript is not None
    for point in after.said:
        quoted = transcript.text[point.quote.start_char : point.quote.end_char]
        assert quoted == point.quote.quote


def test_two_answers_stand_side_by_side_the_earlier_first_criterion_by_criterion(
    coach: Coach, question: Question
) -> None:
    poor, good = typed(coach, question, SHORT), typed(coach, question, " ".join(ANSWER))
    pair = side_by_side(coach.attempt(good), coach.attempt(poor))

    assert (pair.first.id, pair.second.id) == (poor, good)
    coverage = {one.name: one for one in pair.criteria}[CriterionName.COVERAGE]
    assert coverage.first is not None
    assert coverage.second is not None
    assert [point.text for point in pair.points] == [point.text for point in coverage.second.points]
    for number, point in enumerate(pair.points):
        assert point.first is coverage.first.points[number].state
        assert point.second is coverage.second.points[number].state
    assert PointState.NOT_HEARD in {point.first for point in pair.points}


def test_points_of_an_older_outline_stay_beside_those_of_the_newer(
    coach: Coach, question: Question
) -> None:
    first = typed(coach, question, " ".join(ANSWER))
    with coach.bank() as bank:
        outline = bank.get_outline(question.id)
        assert outline is not None
        bank.set_outline(question.id, [])
    second = typed(coach, question, " ".join(ANSWER))
    pair = side_by_side(coach.attempt(first), coach.attempt(second))

    assert [point.text for point in pair.points] == [point.text for point in outline.points]
    assert all(point.first is not None and point.second is None for point in pair.points)


def test_one_answer_twice_or_answers_to_different_questions_are_not_compared(
    coach: Coach, question: Question
) -> None:
    with coach.bank() as bank:
        other = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
    one = coach.attempt(typed(coach, question, " ".join(ANSWER)))
    another = coach.attempt(typed(coach, other, " ".join(ANSWER)))

    with pytest.raises(ConflictError):
        side_by_side(one, one)
    with pytest.raises(ConflictError):
        side_by_side(one, another)


def test_good_days_count_the_days_on_which_it_went_well_and_the_least_comes_first(
    coach: Coach, question: Question, clock: Clock
) -> None:
    with coach.bank() as bank:
        bank.note_trip(question.id, DraftTrip(how="I froze.", difficulty=5))
        other = bank.add_question(
            "Why us?", kind=QuestionKind.MOTIVATIONAL, trip=DraftTrip(how="I rambled.")
        ).question
        calm = bank.add_question("Why now?", kind=QuestionKind.MOTIVATIONAL).question
    scores = {}
    for day in range(2):
        for take in range(2):
            said = f"{' '.join(ANSWER)} That was day {day}, take {take}."
            scores[day] = overall(coach, typed(coach, question, said))
        clock.wait(days=1)

    with coach.question_log() as log:
        practised = {one.question.id: one for one in log.standings([question, other, calm])}
        wanted = log.to_practise_three_times()

    went_well = sum(score >= coach.settings.target for score in scores.values())
    assert practised[question.id].good_days == went_well
    assert [one.question.id for one in wanted] == sorted(
        [question.id, other.id], key=lambda id_: practised[id_].good_days
    )
