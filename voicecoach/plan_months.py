"""The plan as a calendar: months of whole weeks, each day with what was done and what is planned.

A past day on which nothing was rehearsed, after practice had begun, is a day off: it is shown as
such and asks nothing of anybody, as the plan is made anew each day. Pure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from question_bank.interview import Interview
from voicecoach.plan import Plan
from voicecoach.plan_days import PlanItem

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_MONTHS: Final = 3
"""How many months are shown at once; more is no calendar to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneRehearsal:
    """One answer that was given: to what, on which day, its score (0–100, None without one)."""

    question_id: str
    day: date
    overall: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One day of the calendar.

    `in_month` is false for the days of a neighbouring month that fill a week up; nothing is shown
    on them. `day_off` marks a past day without practice after practice had begun. `minutes` is what
    the plan asks for.
    """

    day: date
    in_month: bool
    is_today: bool
    is_past: bool
    day_off: bool
    done: tuple[DoneRehearsal, ...]
    planned: tuple[PlanItem, ...]
    minutes: int
    interviews: tuple[Interview, ...]

    @property
    def says_something(self) -> bool:
        """Whether a list of days names it."""
        return bool(
            self.in_month
            and (self.is_today or self.day_off or self.done or self.planned or self.interviews)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMonth:
    """A month in weeks of seven days; `first` is its first day."""

    first: date
    weeks: tuple[tuple[CalendarDay, ...], ...]

    @property
    def days(self) -> tuple[CalendarDay, ...]:
        """The days of the month itself, in their order."""
        return tuple(day for week in self.weeks for day in week if day.in_month)


def weekdays_from(week_starts: str) -> tuple[str, ...]:
    """Return the weekdays in a week's order, beginning with this one (see `Settings`)."""
    place = WEEKDAYS.index(week_starts)
    return WEEKDAYS[place:] + WEEKDAYS[:place]


def plan_months(
    plan: Plan,
    *,
    done: Iterable[DoneRehearsal],
    interviews: Sequence[Interview],
    week_starts: str = WEEKDAYS[0],
    first: date | None = None,
) -> tuple[CalendarMonth, ...]:
    """Return the months from the one of `first` (today's by default), `MOST_MONTHS` at most.

    They end with the month of the last interview planned for, or that of the last one given.

    Args:
        plan: what is to be rehearsed.
        done: what was rehearsed.
        interviews: those with a day, past and to come.
        week_starts: the weekday a week begins with.
        first: a day of the first month.
    """
    done_on: dict[date, list[DoneRehearsal]] = {}
    for one in done:
        done_on.setdefault(one.day, []).append(one)
    held_on: dict[date, list[Interview]] = {}
    for interview in interviews:
        if interview.day is not None:
            held_on.setdefault(interview.day, []).append(interview)
    begun = min(done_on, default=plan.today)
    month = (first or plan.today).replace(day=1)
    last = max(plan.horizon, plan.today, month)
    months: list[CalendarMonth] = []
    while month <= last and len(months) < MOST_MONTHS:
        months.append(_month(month, plan, done_on, held_on, begun=begun, week_starts=week_starts))
        month = next_month(month)
    return tuple(months)


def next_month(day: date) -> date:
    """Return the first day of the month after; the last month there is stays."""
    if (day.year, day.month) == (date.max.year, date.max.month):
        return date.max
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def previous_month(day: date) -> date:
    """Return the first day of the month before; the first month there is stays."""
    if (day.year, day.month) == (date.min.year, date.min.month):
        return date.min
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _month(
    first: date,
    plan: Plan,
    done_on: Mapping[date, Sequence[DoneRehearsal]],
    held_on: Mapping[date, Sequence[Interview]],
    *,
    begun: date,
    week_starts: str,
) -> CalendarMonth:
    planned = {day.day: day for day in plan.days}
    lead = (first.weekday() - WEEKDAYS.index(week_starts)) % 7
    length = (next_month(first) - first).days or 31
    weeks: list[tuple[CalendarDay, ...]] = []
    for start in range(-lead, length, 7):
        week = []
        for offset in range(start, start + 7):
            day = _shifted(first, offset)
            in_month = 0 <= offset < length
            of_plan = planned.get(day) if in_month and day >= plan.today else None
            past = day < plan.today
            week.append(
                CalendarDay(
                    day=day,
                    in_month=in_month,
                    is_today=in_month and day == plan.today,
                    is_past=past,
                    day_off=in_month and past and begun < day and day not in done_on,
                    done=tuple(done_on.get(day, ())) if in_month else (),
                    planned=of_plan.items if of_plan else (),
                    minutes=of_plan.minutes if of_plan else 0,
                    interviews=tuple(held_on.get(day, ())) if in_month else (),
                )
            )
        weeks.append(tuple(week))
    return CalendarMonth(first=first, weeks=tuple(weeks))


def _shifted(first: date, offset: int) -> date:
    """Return a day so many days away, kept within what a date can be."""
    ordinal = min(max(first.toordinal() + offset, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)
