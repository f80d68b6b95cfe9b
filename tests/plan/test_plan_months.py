"""The plan's calendar: whole weeks, every day once, nothing shown where it does not belong."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plan.test_plan import FROZE, TODAY, interview, planned
from tests.rehearsals import question
from voicecoach.plan_months import (
    MOST_MONTHS,
    WEEKDAYS,
    CalendarDay,
    CalendarMonth,
    DoneRehearsal,
    next_month,
    plan_months,
    previous_month,
    weekdays_from,
)

PLAN = planned([FROZE, question("new")], interview(15))
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


def days(months: tuple[CalendarMonth, ...]) -> dict[date, CalendarDay]:
    return {
        day.day: day for month in months for week in month.weeks for day in week if day.in_month
    }


def done(day: date, overall: float | None = 70.0) -> DoneRehearsal:
    return DoneRehearsal(question_id="froze", day=day, overall=overall)


@given(
    first=st.dates(date(1900, 1, 1)), week_starts=st.sampled_from(["monday", "sunday", "saturday"])
)
def test_every_month_is_whole_weeks_that_begin_on_the_day_that_is_set(
    first: date, week_starts: str
) -> None:
    months = plan_months(PLAN, done=(), interviews=(), week_starts=week_starts, first=first)
    assert 1 <= len(months) <= MOST_MONTHS
    for month in months:
        shown = [day for week in month.weeks for day in week if day.in_month]
        assert all(len(week) == 7 for week in month.weeks)
        assert [day.day.day for day in shown] == list(range(1, len(shown) + 1))
        assert {(day.day.year, day.day.month) for day in shown} == {
            (month.first.year, month.first.month)
        }
        for week in month.weeks:
            for name, day in zip(weekdays_from(week_starts), week, strict=True):
                assert not day.in_month or WEEKDAYS[day.day.weekday()] == name


def test_every_planned_rehearsal_stands_on_its_day_once() -> None:
    shown = days(plan_months(PLAN, done=(), interviews=()))
    assert {one.day: one.items for one in PLAN.days} == {
        day: one.planned for day, one in shown.items() if one.planned
    }
    assert all(one.minutes == sum(item.minutes for item in one.planned) for one in shown.values())
    assert [day for day, one in shown.items() if one.is_today] == [TODAY]


def test_several_interviews_stand_on_their_days_by_name() -> None:
    near, far = interview(5, "Near"), interview(40, "Far")
    plan = planned([FROZE], near, far)
    shown = days(plan_months(plan, done=(), interviews=[near, far]))
    assert {
        one.day: [i.company for i in one.interviews] for one in shown.values() if one.interviews
    } == {
        TODAY + timedelta(days=5): ["Near"],
        TODAY + timedelta(days=40): ["Far"],
    }


@given(st.lists(DAYS, max_size=8))
def test_a_past_day_shows_what_was_done_or_that_it_was_a_day_off(rehearsed: list[date]) -> None:
    past = [day for day in rehearsed if day < TODAY]
    shown = days(
        plan_months(
            PLAN,
            done=[done(day) for day in past],
            interviews=(),
            first=min(past, default=TODAY),
        )
    )
    for day, one in shown.items():
        assert one.is_past == (day < TODAY)
        assert len(one.done) == past.count(day)
        assert one.day_off == (bool(past) and min(past) < day < TODAY and day not in past)
        assert not (one.is_past and one.planned)


def test_nothing_is_a_day_off_before_practice_began() -> None:
    shown = days(plan_months(PLAN, done=(), interviews=(), first=date(2026, 1, 1)))
    assert not any(one.day_off for one in shown.values())


@given(st.dates())
def test_the_months_before_and_after_are_neighbours(day: date) -> None:
    first = day.replace(day=1)
    if first > date.min:
        assert previous_month(first) < first
        assert next_month(previous_month(first)) == first
    if (day.year, day.month) != (9999, 12):
        assert previous_month(next_month(first)) == first


@pytest.mark.parametrize("first", [date.min, date.max])
def test_the_edges_of_the_calendar_can_be_shown(first: date) -> None:
    (month, *_) = plan_months(PLAN, done=(), interviews=(), first=first)
    assert days((month,))
