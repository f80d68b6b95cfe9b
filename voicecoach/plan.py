"""What to rehearse on which day until the interview, within the minutes the person has.

1. What the rules demand is placed first, each on its own day or the nearest one with room
   (`voicecoach.plan_demands`), where all of it finds room up to the next interview.
2. What is left of the days goes to the questions in such numbers of rehearsals as raise readiness
   most for their minutes (`voicecoach.plan_allocation`), by the coach's own idea of every skill,
   each question's evenly spread (`voicecoach.plan_days`). In a hurry that is all there is: a few
   questions are made good rather than all of them touched.
3. With several interviews the nearest one counts fully and each later one a little less; the days
   after the nearest are then filled in the same way.

No question stands on a day twice, nothing after the interview, and minutes that change next to
nothing are left free. What finds no room is named. Pure; computed anew from the log each time, so
a missed day or a moved date changes it at once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from question_bank.local_days import local_day
from question_bank.question import Question
from question_bank.schedule import GOOD_DAYS_WANTED, CardState, tripped_up
from voicecoach.interviews_ahead import InterviewAhead
from voicecoach.plan_days import DaysInMaking, PlanItem, last_day_planned, rehearsal_minutes
from voicecoach.plan_demands import demands
from voicecoach.skill import Skills

MINUTES_PER_DAY: Final = 20
"""How long to practise a day where the person set nothing else, in minutes."""


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
class PlannedInterview:
    """An interview the plan works towards, and what it is expected to bring.

    Shares (0–1) of its likely questions at target on the day: `share_followed` if every planned
    rehearsal takes place, `share_in_half` with a plan of half the minutes (None unless asked for),
    `share_unrehearsed` if none does; all None while too little is known of the person.
    `interview_id` is None, and `name` empty, for an assumed day.
    """

    interview_id: str | None
    name: str
    day: date
    share_followed: float | None
    share_in_half: float | None
    share_unrehearsed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The way to the interviews: its days in order, and what is given up for want of time.

    `interviews` are nearest first, `horizon` is the day of the last one; `today` is the plan's
    first day, whether or not anything stands on it.
    """

    days: tuple[PlanDay, ...]
    sacrificed: tuple[Sacrifice, ...]
    interviews: tuple[PlannedInterview, ...]
    minutes_per_day: int
    horizon: date
    assumed_horizon: bool
    today: date
    made_at: datetime

    def first_days(self) -> dict[str, date]:
        """Return the first day each question is to be rehearsed on, by the question's id."""
        first: dict[str, date] = {}
        for day in self.days:
            for item in day.items:
                first.setdefault(item.question_id, day.day)
        return first


def make_plan(
    skills: Skills,
    states: Mapping[str, CardState],
    *,
    ahead: Sequence[InterviewAhead],
    now: datetime,
    minutes_per_day: int = MINUTES_PER_DAY,
    weigh_minutes: bool = False,
) -> Plan:
    """Return the plan from today to the day before the last interview, `MOST_DAYS` at most.

    Args:
        skills: of every question of the bank; retired ones are left out of the plan.
        states: where each practised question stands, from `question_bank.schedule.rebuild`.
        ahead: the interviews coming up, nearest first, at least one.
        now: UTC-aware.
        minutes_per_day: how long the person will practise on any one day, at least 1. What was
            rehearsed today already counts.
        weigh_minutes: also say what half the minutes would bring; takes twice as long.
    """
    today = local_day(now, ahead[0].horizon.zone)
    last = last_day_planned(ahead[-1], today)
    days = [today + timedelta(days=k) for k in range((last - today).days + 1)]
    asked = [question for question in skills.questions if not question.retired]
    making = DaysInMaking(
        skills=skills, ahead=ahead, now=now, room=dict.fromkeys(days, minutes_per_day)
    )
    reached = making.fill(demands(asked, states, ahead, now=now, last=last))
    in_half = (
        [
            one.share_followed
            for one in make_plan(
                skills, states, ahead=ahead, now=now, minutes_per_day=max(1, minutes_per_day // 2)
            ).interviews
        ]
        if weigh_minutes
        else [None] * len(ahead)
    )
    return Plan(
        days=tuple(
            PlanDay(day=day, items=tuple(items)) for day, items in making.items.items() if items
        ),
        sacrificed=tuple(_sacrifices(asked, states, making, minutes_per_day)),
        interviews=tuple(
            PlannedInterview(
                interview_id=one.interview_id,
                name=one.name,
                day=one.horizon.day,
                share_followed=making.share_at_target(place, reached[place]),
                share_in_half=in_half[place],
                share_unrehearsed=making.share_at_target(place, skills),
            )
            for place, one in enumerate(ahead)
        ),
        minutes_per_day=minutes_per_day,
        horizon=ahead[-1].horizon.day,
        assumed_horizon=ahead[-1].horizon.assumed,
        today=today,
        made_at=now,
    )


def _sacrifices(
    questions: Sequence[Question],
    states: Mapping[str, CardState],
    making: DaysInMaking,
    minutes_per_day: int,
) -> Iterator[Sacrifice]:
    """Name the good days, last rehearsals and first tries that find no room."""
    days_left = "the one day" if len(making.room) == 1 else f"the {len(making.room)} days"
    for question in questions:
        minutes = rehearsal_minutes(question)
        planned = sum(1 for day in making.room if making.stands_planned(question.id, day))
        state = states.get(question.id)
        missing = GOOD_DAYS_WANTED - (state.good_days if state else 0)
        days_open = len(making.room) - (question.id in making.done_today)
        full = f"{minutes_per_day} minutes are full on {days_left} left"
        if minutes > minutes_per_day:
            full = (
                f"it takes about {minutes} minutes, more than the {minutes_per_day} a day you have"
            )
        if tripped_up(question) and missing > planned:
            if days_open < missing and minutes <= minutes_per_day:
                full = f"three good days don't fit into {days_left} left"
            yield Sacrifice(question_id=question.id, rehearsals=missing - planned, why=full)
        elif tripped_up(question) and (without := making.without_last_rehearsal(question.id)):
            yield Sacrifice(
                question_id=question.id,
                rehearsals=without,
                why="the day before the interview is full, so its last rehearsal comes earlier",
            )
        elif (
            not planned
            and question.id not in making.done_today
            and all(room < minutes for room in making.room.values())
        ):
            yield Sacrifice(question_id=question.id, rehearsals=1, why=full)
