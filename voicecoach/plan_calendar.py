"""The plan as a calendar file, made so that importing a later one updates an earlier one."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from icalendar import Calendar, Event

from question_bank.question import Question
from voicecoach.plan import Plan, PlanDay

CANCELLED_DAYS: Final = 60
"""How far past the last planned day free days are cancelled too, for a date moved nearer."""


def plan_ics(plan: Plan, questions: Sequence[Question]) -> bytes:
    """Return the plan as an iCalendar file, one all-day event for each day with rehearsals.

    A day's event has the same UID in every export and a higher sequence in a later one, so
    importing again updates it. A day on which nothing is planned, today or later, is written as
    cancelled: an event that an earlier import put there goes.
    """
    texts = {question.id: question.text for question in questions}
    calendar = Calendar()
    calendar.add("prodid", "-//voicecoach//plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    planned = {day.day: day for day in plan.days}
    end = max([*planned, plan.today], default=plan.today) + timedelta(days=CANCELLED_DAYS)
    for offset in range((end - plan.today).days + 1):
        day = plan.today + timedelta(days=offset)
        calendar.add_component(_event(plan, day, planned.get(day), texts))
    return bytes(calendar.to_ical())


def _event(plan: Plan, day: date, rehearsals: PlanDay | None, texts: dict[str, str]) -> Event:
    event = Event()
    event.add("uid", f"rehearsals-{day.isoformat()}@voicecoach")
    event.add("dtstamp", plan.made_at)
    event.add("sequence", int(plan.made_at.timestamp()) // 60)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    if rehearsals is None:
        event.add("status", "CANCELLED")
        event.add("summary", "Nothing to rehearse")
        return event
    names = {one.interview_id: one.name for one in plan.interviews if one.name}
    several = len(names) > 1
    count = len(rehearsals.items)
    event.add("status", "CONFIRMED")
    event.add(
        "summary", f"Rehearse {count} question{'s' * (count > 1)}, {rehearsals.minutes} minutes"
    )
    lines = [
        f"{texts.get(item.question_id, item.question_id)} ({item.why}"
        + (f"; for {names[item.interview_id]}" if several and item.interview_id in names else "")
        + ")"
        for item in rehearsals.items
    ]
    event.add("description", "\n".join(lines))
    return event
