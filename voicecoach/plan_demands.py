"""What the rules of the domain demand of a plan, whatever readiness would gain.

A question that tripped the person up is to go well on three different days, evenly spaced, and
once on the last day before each interview. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from question_bank.local_days import local_day
from question_bank.question import Question
from question_bank.schedule import (
    GOOD_DAYS_WANTED,
    CardState,
    rehearsal_days,
    spaced_days,
    tripped_up,
)
from voicecoach.interviews_ahead import InterviewAhead

URGENCIES: Final = GOOD_DAYS_WANTED + 1
"""All first good days come before any second one, those before any third, and before a last
rehearsal of what went well three times; and all of one interview before the next one's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A rehearsal that has to be, on this day or the nearest one with room.

    The lower the `urgency`, the sooner it gets its room. `place` is that of the interview, from 0
    for the nearest; `is_last` marks the one on the last day before it.
    """

    urgency: int
    day: date
    question: Question
    place: int
    is_last: bool
    why: str


def demands(
    questions: Sequence[Question],
    states: Mapping[str, CardState],
    ahead: Sequence[InterviewAhead],
    *,
    now: datetime,
    last: date,
) -> tuple[Demand, ...]:
    """Return every demand up to the day `last`, most urgent first."""
    found = [
        demand
        for question in questions
        if tripped_up(question)
        for demand in _of_question(question, states.get(question.id), ahead, now)
        if demand.day <= last
    ]
    found.sort(key=lambda one: (one.urgency, one.day, one.question.created_at, one.question.id))
    return tuple(found)


def _of_question(
    question: Question, state: CardState | None, ahead: Sequence[InterviewAhead], now: datetime
) -> Iterator[Demand]:
    good_days = state.good_days if state else 0
    well = "it tripped you up; three good days make it yours"
    if 0 < good_days < GOOD_DAYS_WANTED:
        well = f"it tripped you up; {good_days} good day{'s' * (good_days > 1)} of three done"
    today = local_day(now, ahead[0].horizon.zone)
    used = {local_day(state.last_review, ahead[0].horizon.zone)} if state else set()
    planned = 0
    for place, interview in enumerate(ahead):
        last = interview.horizon.last_practice_day(today)
        missing = GOOD_DAYS_WANTED - good_days - planned
        if place == 0:
            days = rehearsal_days(question, state, now=now, horizon=interview.horizon)
        else:
            days = spaced_days(max(today, *used) + timedelta(days=1), last, missing)
        for k, day in enumerate(days):
            yield Demand(
                urgency=place * URGENCIES + k,
                day=day,
                question=question,
                place=place,
                is_last=day == last,
                why=well,
            )
        planned += len(days)
        used |= set(days)
        if missing <= 0 and last not in used:
            yield Demand(
                urgency=place * URGENCIES + GOOD_DAYS_WANTED,
                day=last,
                question=question,
                place=place,
                is_last=True,
                why="once more before the interview",
            )
            used.add(last)
