"""Going on: what an interview taught, and how it went from one interview to the next."""

from datetime import UTC, datetime, time
from typing import Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from question_bank import debrief_prompts as prompts
from question_bank.interview import Interview
from server.page.charts import TrendChart, TrendValue, trend_chart
from server.page.forms import FormBody, see
from server.page.rendering import percent
from server.page.road_step import StepPage, StepVisit
from voicecoach.interview_progress import InterviewProgress, interview_progress
from voicecoach.lessons import kept_lessons
from voicecoach.practice import Coach

FIELDS = ("dos", "donts", "lessons")


class RoadContinuePage(StepPage):
    """What to keep, and progress."""

    path = "/road-back/continue"

    @post(sync_to_thread=True)
    def keep(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Keep do's, don'ts and lessons, one a line."""
        typed, visit = self.form(request, coach, data)
        dos, donts, lessons = (typed.one(name).splitlines() for name in FIELDS)

        def keep() -> Redirect:
            with coach.bank() as bank:
                bank.edit_interview(visit.interview_id, dos=dos, donts=donts, lessons=lessons)
            return see(self.path, [("interview", visit.interview_id), ("kept", "true")])

        return self.done(visit, keep)

    def drawn(self, visit: StepVisit) -> Template:
        """Show what was kept from this interview and earlier ones, and the figures between them."""
        coach, typed = visit.coach, visit.typed
        with coach.reading_roads_back() as roads:
            interview = roads.interview(visit.interview_id or None)
            past = roads.standing.bank.past_interviews(coach.today())
            progress = interview_progress(roads.standing)
        return visit.page(
            "road_continue.html",
            interview,
            prompts=prompts,
            typed={name: typed.one(name) if typed else _kept(interview, name) for name in FIELDS},
            earlier=[one for one in kept_lessons(past) if one.interview_id != interview.id],
            progress=progress,
            chart=_chart(progress),
            kept=visit.asked("kept") == "true",
        )


def _kept(interview: Interview, name: str) -> str:
    listed: tuple[str, ...] = getattr(interview, name)
    return "\n".join(listed)


def _chart(progress: InterviewProgress) -> TrendChart | None:
    """Return readiness at the interviews as a chart, where there are at least two figures."""
    values = [
        TrendValue(
            at=datetime.combine(one.day, time(12), UTC),
            value=100 * one.readiness,
            low=None if one.low is None else 100 * one.low,
            high=None if one.high is None else 100 * one.high,
            name=f"{one.name}: {percent(one.readiness)}",
        )
        for one in progress.figures
        if one.readiness is not None
    ]
    return trend_chart(values, lowest=0, highest=100) if len(values) > 1 else None
