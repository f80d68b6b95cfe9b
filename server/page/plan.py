"""The plan as a calendar: what was done, what comes, which interviews, what finds no room."""

from datetime import date, timedelta
from typing import Any, Final

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from server.page.rendering import draw
from server.page.words import interview_name
from voicecoach.calendar_view import calendar_view
from voicecoach.plan import Plan
from voicecoach.plan_months import next_month, previous_month
from voicecoach.practice import Coach

DAYS_OPEN: Final = timedelta(days=2)
"""On a phone the days up to so far ahead stand open; later ones are opened with a touch."""


class PlanPage(Controller):
    """The plan."""

    path = "/plan"
    include_in_schema = False

    @get(sync_to_thread=True)
    def plan(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        first: FromQuery[str] = "",
    ) -> Template:
        """Show the months from today's on, or from the one asked for ("2026-11")."""
        month = _month(first)
        view = calendar_view(coach, month)
        today = coach.today()
        shown_from = view.months[0].first
        return draw(
            request,
            "plan.html",
            view=view,
            plan=view.plan,
            has_questions=any(not one.retired for one in view.questions.values()),
            today=today,
            first_shown=shown_from,
            earlier=previous_month(shown_from),
            later=next_month(view.months[-1].first),
            at_today=month is None or shown_from == today.replace(day=1),
            interview_name=interview_name,
            names={one.interview_id: one.name for one in view.plan.interviews if one.name},
            nearest=lambda day: _nearest(view.plan, day),
            soon=today + DAYS_OPEN,
            last_month=view.plan.horizon.replace(day=1),
        )


def _nearest(plan: Plan, day: date) -> str | None:
    """Return the interview that comes first after a day; None behind the last one."""
    return next((one.interview_id for one in plan.interviews if one.day > day), None)


def _month(typed: str) -> date | None:
    """Return the first day of the month that was asked for; None where it can't be read."""
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError:
        return None
