"""What a mock interview leaves behind: questions for the bank, and what pressure did."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import QuestionKind
from tests.practice.conftest import ANSWER, Clock
from tests.rehearsals import MONDAY
from tests.server.conftest import fill_bank
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_reading import Take
from voicecoach.errors import InvalidInputError
from voicecoach.mock_interview import MockInterview
from voicecoach.mock_pressure import Pressure
from voicecoach.mock_review import MockReview
from voicecoach.practice import Coach
from voicecoach.pressure_comparison import compare_pressure
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach


def take(number: int, question: str, overall: float, *, typed: bool = False) -> Take:
    return Take(
        attempt_id=f"a{number}",
        question_id=question,
        parent_id=None,
        started_at=MONDAY + timedelta(hours=number),
        status=AttemptStatus.SCORED,
        overall=overall,
        rating=None,
        forecast=None,
        synthetic=False,
        typed=typed,
    )


def test_pressure_is_compared_with_the_calm_answer_nearest_in_time() -> None:
    takes = []
    for number, question in enumerate(("one", "two", "three")):
        takes += [
            take(10 * number, question, 20),  # long before
            take(10 * number + 5, question, 80),
            take(10 * number + 6, question, 60),
        ]
    pressed = {"a6", "a16", "a26"}
    found = compare_pressure(reversed(takes), pressed)
    assert (found.questions, found.under_pressure, found.calm) == (3, 60, 80)
    assert "3 questions came to 60 of 100" in found.as_sentence()


@given(st.integers(0, 2))
def test_too_few_questions_say_what_is_missing_and_no_figure(pairs: int) -> None:
    takes = [
        take(2 * number + under, str(number), 50) for number in range(pairs) for under in (0, 1)
    ]
    found = compare_pressure(takes, {f"a{2 * number + 1}" for number in range(pairs)})
    assert found.under_pressure is None
    assert found.questions == pairs
    assert "once 3 questions" in found.as_sentence()


def test_typed_answers_are_no_answers_under_pressure() -> None:
    takes = [
        take(2 * number + under, str(number), 50, typed=bool(under))
        for number in range(4)
        for under in (0, 1)
    ]
    assert compare_pressure(takes, {"a1", "a3", "a5", "a7"}).questions == 0


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    home = tmp_path_factory.mktemp("review") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    fill_bank(coach)
    yield coach
    coach.database.close()


@pytest.fixture(scope="module")
def held(coach: Coach) -> MockInterview:
    """An interview whose answer had no result and missed two points of its outline."""
    with coach.mocks() as mocks:
        mock = mocks.start(
            1, kind=QuestionKind.BEHAVIOURAL, closing=False, pressure=Pressure(limit_seconds=60)
        )
    question_id = mock.questions[0].question_id
    text = "At work something failed on a Monday in spring. " + " ".join(
        [
            "I looked at the logs of the machine for a long time.",
            "Then I wrote down every step and I told my manager about each of them.",
        ]
    )
    asked = coach.answer_typed(coach.begin(question_id, typed=True).id, text)
    assert asked.score is not None
    assert asked.score.follow_up is not None
    follow_up = coach.begin(
        question_id, asked=asked.score.follow_up, parent_id=asked.id, typed=True
    )
    coach.answer_typed(follow_up.id, " ".join(ANSWER[3:]))
    return mock


def test_follow_ups_and_points_nobody_made_are_offered_as_questions_of_their_own(
    coach: Coach, held: MockInterview
) -> None:
    with coach.reading_mocks() as mocks:
        raised = MockReview(mocks=mocks).additions(held)
        report = mocks.report(held)
    follow_up = report.answers[0].answer.follow_up
    assert follow_up is not None
    assert raised[0].text == f"{report.answers[0].answer.question.text} {follow_up.asked}"
    points = {one.point for one in raised if one.point}
    assert "The client renewed the contract" in points
    assert len({one.key for one in raised}) == len(raised)
    assert all(one.kind is QuestionKind.BEHAVIOURAL for one in raised)
    assert raised[0].near == (), "its own question is no news"


def test_what_is_added_is_offered_no_more_and_a_near_duplicate_is_named(
    coach: Coach, held: MockInterview
) -> None:
    with coach.mocks() as mocks:
        review = MockReview(mocks=mocks)
        raised = review.additions(held)
        point = next(one for one in raised if one.point)
        (added,) = review.add(held, {point.key: point.text})
        outline = mocks.standing.bank.get_outline(added.id)
        left = review.additions(held)
    assert outline is not None
    assert [one.text for one in outline.points] == [point.point]
    assert point.key not in {one.key for one in left}
    assert any(point.text in one.near for one in left)
    with coach.mocks() as mocks, pytest.raises(InvalidInputError, match="no longer offered"):
        MockReview(mocks=mocks).add(held, {point.key: point.text})


def test_a_point_made_in_any_answer_is_not_missing(coach: Coach, held: MockInterview) -> None:
    question_id = held.questions[0].question_id
    coach.answer_typed(coach.begin(question_id, typed=True).id, " ".join(ANSWER))
    with coach.reading_mocks() as mocks:
        raised = MockReview(mocks=mocks).additions(held)
    assert not any(one.point == "I called the client at eight" for one in raised)
