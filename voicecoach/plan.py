"""What to rehearse on which day until the interview, within the minutes the person has.

Wishes are placed most urgent first, each on its own day or the nearest one with room:

1. questions that tripped the person up: good rehearsals on three different days, evenly spaced,
   the last on the day before the interview; all first ones before any second one;
2. those of them that already went well three times: once more on the day before;
3. what was practised before, when it falls due, and again as it would fall due after going well;
4. what was never practised, spread over the days.

No question stands twice on one day, nothing after the interview, and what finds no room is named.
Pure; computed anew from the log each time, so a missed day or a moved date changes it at once.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from icalendar import Calendar, Event

from question_bank.local_days import local_day, local_moment
from question_bank.question import Question
from question_bank.review import Rating, Review
from question_bank.schedule import (
    GOOD_DAYS_WANTED,
    CardState,
    Horizon,
    advance,
    rehearsal_days,
    tripped_up,
)

FEEDBACK_SECONDS: Final = 90
"""Hearing the question and reading the feedback, beside the answer itself (a judgement)."""

MINUTES_PER_DAY: Final = 20
"""How long to practise a day where the person set nothing else, in minutes."""

MOST_DAYS: Final = 366
"""How far a plan reaches, also for an interview further away (or a mistyped year)."""

PRACTICE_HOUR: Final = 18
"""The local hour at which planned rehearsals are taken to happen, for what falls due after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One rehearsal: about so many whole minutes, and why on this day."""

    question_id: str
    minutes: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    """One day with something to rehearse, most urgent first."""

    day: date
    items: tuple[PlanItem, ...]

    @property
    def minutes(self) -> int:
        """How long the day's rehearsals take together."""
        return sum(item.minutes for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sacrifice:
    """Rehearsals of one question that find no room before the interview, and why."""

    question_id: str
    rehearsals: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The way to the interview: its days in order, and what is given up for want of time."""

    days: tuple[PlanDay, ...]
    sacrificed: tuple[Sacrifice, ...]
    minutes_per_day: int
    horizon: date
    assumed_horizon: bool
    made_at: datetime

    def first_days(self) -> dict[str, date]:
        """Return the first day each question is to be rehearsed on, by the question's id."""
        first: dict[str, date] = {}
        for day in self.days:
            for item in day.items:
                first.setdefault(item.question_id, day.day)
        return first


class _Wish(NamedTuple):
    """Sorted as it stands: the lower the urgency, the sooner it is placed."""

    urgency: int
    day: date
    created_at: datetime
    question_id: str
    minutes: int
    why: str


def make_plan(
    questions: Sequence[Question],
    states: Mapping[str, CardState],
    *,
    horizon: Horizon,
    now: datetime,
    minutes_per_day: int = MINUTES_PER_DAY,
) -> Plan:
    """Return the plan from today to the day before the interview, `MOST_DAYS` at most.

    Args:
        questions: the bank; retired ones are left out.
        states: where each practised question stands, from `question_bank.schedule.rebuild`.
        horizon: from `question_bank.schedule.horizon_for`; its zone says what a day is.
        now: UTC-aware.
        minutes_per_day: how long the person will practise on any one day, at least 1.
    """
    today = local_day(now, horizon.zone)
    last = _last_day(horizon, today)
    asked = [question for question in questions if not question.retired]
    wishes = _wishes(asked, states, now=now, horizon=horizon)

    room = {today + timedelta(days=k): minutes_per_day for k in range((last - today).days + 1)}
    placed: dict[date, dict[str, PlanItem]] = {day: {} for day in room}
    for question_id, state in states.items():
        if local_day(state.last_review, horizon.zone) == today:
            placed[today][question_id] = _DONE_TODAY
    without_room: dict[str, int] = {}
    for wish in sorted(wishes):
        day = _nearest_day_with_room(wish, room, placed)
        if day is None:
            without_room[wish.question_id] = without_room.get(wish.question_id, 0) + 1
            continue
        room[day] -= wish.minutes
        placed[day][wish.question_id] = PlanItem(
            question_id=wish.question_id, minutes=wish.minutes, why=wish.why
        )
    return Plan(
        days=tuple(
            PlanDay(day=day, items=rehearsals)
            for day, items in sorted(placed.items())
            if (rehearsals := tuple(item for item in items.values() if item is not _DONE_TODAY))
        ),
        sacrificed=_sacrificed(asked, states, without_room, placed, minutes_per_day),
        minutes_per_day=minutes_per_day,
        horizon=horizon.day,
        assumed_horizon=horizon.assumed,
        made_at=now,
    )


def rehearsal_minutes(question: Question) -> int:
    """Return about how many whole minutes one rehearsal takes, feedback included."""
    return math.ceil((question.target_seconds + FEEDBACK_SECONDS) / 60)


def plan_ics(plan: Plan, questions: Sequence[Question]) -> bytes:
    """Return the plan as an iCalendar file, one all-day event for each day with rehearsals.

    A day's event has the same UID in every export and a higher sequence in a later one, so
    importing again updates it.
    """
    texts = {question.id: question.text for question in questions}
    calendar = Calendar()
    calendar.add("prodid", "-//voicecoach//plan//EN")
    calendar.add("version", "2.0")
    for day in plan.days:
        event = Event()
        event.add("uid", f"rehearsals-{day.day.isoformat()}@voicecoach")
        event.add("dtstamp", plan.made_at)
        event.add("sequence", int(plan.made_at.timestamp()) // 60)
        event.add("dtstart", day.day)
        event.add("dtend", day.day + timedelta(days=1))
        count = len(day.items)
        event.add("summary", f"Rehearse {count} question{'s' * (count > 1)}, {day.minutes} minutes")
        lines = [
            f"{texts.get(item.question_id, item.question_id)} ({item.why})" for item in day.items
        ]
        event.add("description", "\n".join(lines))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


_DONE_TODAY: Final = PlanItem(question_id="", minutes=0, why="already rehearsed today")
_TRIPPED, _ONCE_MORE, _DUE, _NEW = 0, GOOD_DAYS_WANTED, GOOD_DAYS_WANTED + 1, GOOD_DAYS_WANTED + 2
"""Urgencies; between the first two stand the second and third rehearsal of what tripped one up."""


def _last_day(horizon: Horizon, today: date) -> date:
    """Return the last day that is planned: the one before the interview, within `MOST_DAYS`."""
    return min(horizon.last_practice_day(today), today + timedelta(days=MOST_DAYS - 1))


def _wishes(
    questions: Sequence[Question],
    states: Mapping[str, CardState],
    *,
    now: datetime,
    horizon: Horizon,
) -> list[_Wish]:
    today = local_day(now, horizon.zone)
    last = _last_day(horizon, today)
    never_practised = [q for q in questions if q.id not in states and not tripped_up(q)]
    place_of_new = {question.id: place for place, question in enumerate(never_practised)}
    wishes: list[_Wish] = []
    for question in questions:
        state = states.get(question.id)
        wanted: list[tuple[int, date, str]] = []
        if tripped_up(question):
            good_days = state.good_days if state else 0
            why = (
                f"it tripped you up; it went well on {good_days} of {GOOD_DAYS_WANTED} days so far"
            )
            wanted = [
                (_TRIPPED + k, day, why)
                for k, day in enumerate(rehearsal_days(question, state, now=now, horizon=horizon))
            ]
            rehearsed_last_day = state and local_day(state.last_review, horizon.zone) == last
            if good_days >= GOOD_DAYS_WANTED and not rehearsed_last_day:
                wanted = [(_ONCE_MORE, last, "once more before the interview")]
        elif state is not None:
            wanted = [(_DUE, day, "due again") for day in _due_days(state, today, last, horizon)]
        else:
            share = place_of_new[question.id] / len(never_practised)
            day = today + timedelta(days=int(share * ((last - today).days + 1)))
            wanted = [(_NEW, day, "not practised yet")]
        minutes = rehearsal_minutes(question)
        wishes += [
            _Wish(urgency, day, question.created_at, question.id, minutes, why)
            for urgency, day, why in wanted
        ]
    return wishes


def _due_days(state: CardState, today: date, last: date, horizon: Horizon) -> list[date]:
    """Return when a question falls due until the last day, if each rehearsal goes well."""
    days: list[date] = []
    while (due := max(today, local_day(state.due, horizon.zone))) <= last:
        if days and due <= days[-1]:
            break
        days.append(due)
        rehearsed_at = max(
            local_moment(due, PRACTICE_HOUR, horizon.zone), state.last_review + timedelta(seconds=1)
        )
        imagined = Review(
            id="",
            question_id=state.question_id,
            attempt_id="",
            reviewed_at=rehearsed_at,
            rating=Rating.GOOD,
        )
        state = advance(state, imagined, horizon=horizon)
    return days


def _nearest_day_with_room(
    wish: _Wish, room: Mapping[date, int], placed: Mapping[date, Mapping[str, PlanItem]]
) -> date | None:
    free = [
        day
        for day, minutes in room.items()
        if minutes >= wish.minutes and wish.question_id not in placed[day]
    ]
    return min(free, key=lambda day: (abs((day - wish.day).days), day), default=None)


def _sacrificed(
    questions: Sequence[Question],
    states: Mapping[str, CardState],
    without_room: Mapping[str, int],
    placed: Mapping[date, Mapping[str, PlanItem]],
    minutes_per_day: int,
) -> tuple[Sacrifice, ...]:
    """Name what found no room, and the good days that what tripped the person up won't get."""
    planned = Counter(id_ for day in placed.values() for id_, item in day.items() if item.minutes)
    days = "the one day" if len(placed) == 1 else f"the {len(placed)} days"
    sacrificed: list[Sacrifice] = []
    for question in questions:
        state = states.get(question.id)
        missing = GOOD_DAYS_WANTED - (state.good_days if state else 0)
        count = without_room.get(question.id, 0)
        minutes = rehearsal_minutes(question)
        if count and minutes > minutes_per_day:
            why = (
                f"it takes about {minutes} minutes, more than the {minutes_per_day} a day you have"
            )
        elif count:
            why = f"{minutes_per_day} minutes are full on {days} left"
        else:
            why = f"three good days don't fit into {days} left"
        if tripped_up(question) and missing > 0:
            count = missing - planned[question.id]
        if count > 0:
            sacrificed.append(Sacrifice(question_id=question.id, rehearsals=count, why=why))
    return tuple(sacrificed)
