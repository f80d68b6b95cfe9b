"""Looking back: readiness on past days, and forecasts beside what came."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.question import Question
from question_bank.schedule import Horizon, horizon_for
from tests.rehearsals import BERLIN, MONDAY, at_day, question, take
from voicecoach.attempt import AttemptStatus, Forecast
from voicecoach.attempt_reading import Take
from voicecoach.readiness import person_skills, readiness
from voicecoach.retrospect import (
    ENOUGH_OUTCOMES,
    MOST_DAYS,
    ForecastOutcome,
    forecast_outcomes,
    forecast_record,
    readiness_over_time,
)
from voicecoach.skill import forecast
from voicecoach.take_log import ScoredTake, take_log

QUESTIONS = [question(name, tripped=name == "a") for name in "abcd"]
TARGET = 70.0


def horizon(now: datetime) -> Horizon:
    return horizon_for(at_day(60).date(), now, BERLIN)


def over_time(
    takes: Sequence[ScoredTake], day: float, *, most_days: int = MOST_DAYS
) -> list[tuple[int, float]]:
    now = at_day(day)
    found = readiness_over_time(
        QUESTIONS, takes, horizon=horizon(now), now=now, target=TARGET, most_days=most_days
    )
    return [((one.day - MONDAY.date()).days, one.share) for one in found]


TAKES = [
    take("a", 0, 40),
    take("b", 1, 55),
    take("a", 3, 60),
    take("c", 3, 48),
    take("a", 7, 75),
    take("d", 8, 70),
]


def test_the_last_point_is_what_readiness_says_now() -> None:
    now = at_day(9)
    found = readiness(QUESTIONS, TAKES, horizon=horizon(now), now=now, target=TARGET)
    day, share = over_time(TAKES, 9)[-1]
    assert day == 9
    assert share == found.share


def test_there_is_a_point_for_each_day_on_which_enough_was_known() -> None:
    assert [day for day, _ in over_time(TAKES, 9)] == [3, 7, 8, 9]
    assert over_time([], 9) == []


@settings(deadline=None)
@given(
    later=st.lists(
        st.tuples(st.sampled_from("abcd"), st.floats(0.0, 20.0), st.floats(0, 100)), max_size=8
    )
)
def test_what_is_answered_later_changes_no_earlier_day(
    later: list[tuple[str, float, float]],
) -> None:
    more = [*TAKES, *(take(name, 10 + day, overall) for name, day, overall in later)]
    before = [point for point in over_time(TAKES, 9) if point[0] < 9]
    after = [point for point in over_time(more, 40) if point[0] < 9]
    assert after == before


def test_a_question_added_later_was_not_asked_before() -> None:
    now = at_day(9)
    alone = readiness_over_time(QUESTIONS[:3], TAKES, horizon=horizon(now), now=now, target=TARGET)
    late = [*QUESTIONS[:3], _created(8.9)]
    together = readiness_over_time(late, TAKES, horizon=horizon(now), now=now, target=TARGET)
    assert together[:-1] == alone[:-1]
    assert together[-1].share != alone[-1].share


def _created(day: float) -> Question:
    return replace(question("late"), created_at=at_day(day))


def test_many_days_are_thinned_and_the_ends_kept() -> None:
    takes = [take("abcd"[day % 4], day, 50 + day / 4) for day in range(120)]
    whole = over_time(takes, 120, most_days=1000)
    thinned = over_time(takes, 120)
    assert len(whole) > 100
    assert len(thinned) <= MOST_DAYS
    assert thinned[-1] == whole[-1]
    assert set(thinned) <= set(whole)


def logged(name: str, day: float, overall: float | None, expected: Forecast | None) -> Take:
    return Take(
        attempt_id=f"{name}{day}",
        question_id=name,
        parent_id=None,
        started_at=at_day(day),
        status=AttemptStatus.SCORED,
        overall=overall,
        rating=None,
        forecast=expected,
        synthetic=False,
        typed=False,
    )


def forecast_at(day: float) -> Forecast:
    log = take_log(TAKES, target=TARGET, zone=BERLIN)
    return forecast(person_skills(QUESTIONS, log), "a", at_day(day))


def test_the_chance_of_an_unmoved_target_is_the_one_that_was_forecast() -> None:
    made = forecast_at(9)
    (one,) = forecast_outcomes([logged("a", 9, 71.0, made)], TARGET)
    assert one.probability == pytest.approx(made.probability, abs=1e-12)
    assert (one.expected, one.overall, one.reached) == (made.mean, 71.0, True)


@settings(deadline=None)
@given(target=st.floats(20, 90))
def test_a_higher_target_was_less_likely_to_be_reached(target: float) -> None:
    takes = [logged("a", 9, 71.0, forecast_at(9))]
    (lower,) = forecast_outcomes(takes, target)
    (higher,) = forecast_outcomes(takes, target + 1)
    assert higher.probability < lower.probability
    assert lower.reached == (target <= 71.0)


def test_answers_without_a_score_or_a_forecast_have_no_outcome() -> None:
    made = forecast_at(9)
    assert forecast_outcomes([logged("a", 9, None, made), logged("b", 9, 50.0, None)], 70) == ()


def outcome(number: int, *, reached: bool) -> ForecastOutcome:
    return ForecastOutcome(
        attempt_id=str(number),
        question_id="a",
        at=MONDAY + timedelta(days=number),
        probability=0.5,
        expected=70,
        overall=80 if reached else 60,
        reached=reached,
    )


def test_nothing_is_said_about_fit_before_there_are_enough() -> None:
    few = [outcome(number, reached=number % 2 == 0) for number in range(ENOUGH_OUTCOMES - 1)]
    assert forecast_record(few).calibration is None
    assert forecast_record(few).missing == 1
    enough = forecast_record([*few, outcome(99, reached=True)])
    assert enough.missing == 0
    assert enough.calibration is not None
    assert enough.calibration.count == ENOUGH_OUTCOMES
