"""Home: the next interview, how ready, what to rehearse today, where one is on the road back."""

from dataclasses import dataclass
from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from question_bank.question import Question
from server.page.lessons_part import lessons_before_next
from server.page.rendering import draw
from server.page.words import interview_name
from voicecoach.after_interview import reading_after_interviews
from voicecoach.day_checklist import day_close_by
from voicecoach.debrief_draft_file import DebriefDraftFile
from voicecoach.feedback_step import due_feedback
from voicecoach.kept_takeaways import next_with_focus
from voicecoach.plan_days import PlanItem
from voicecoach.practice import Coach
from voicecoach.weights_overview import weights_overview


@dataclass(frozen=True, slots=True)
class TodaysQuestion:
    """A question of today's plan, with why it stands there."""

    question: Question
    item: PlanItem


class HomePage(Controller):
    """The first page."""

    path = "/"
    include_in_schema = False

    @get(sync_to_thread=True)
    def home(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Show where the person stands, and what comes next."""
        with coach.reading_bank() as bank:
            questions = {question.id: question for question in bank.every_active_question()}
            interview = bank.next_interview(coach.today())
        with reading_after_interviews(coach) as after:
            past = after.to_ask_about()
        asked = None if past is None else (past, interview_name(past))
        if not questions:
            return draw(
                request,
                "welcome.html",
                interview=interview,
                asked=asked,
                today=coach.today(),
                weights=weights_overview(coach.settings),
                debrief_begun=DebriefDraftFile(coach.settings.home).begun,
            )
        readiness = coach.readiness()
        todays = _todays(coach, questions)
        return draw(
            request,
            "home.html",
            interview=interview,
            day=day_close_by(coach),
            asked=asked,
            today=coach.today(),
            readiness=readiness,
            raise_most=[
                (questions[one.question_id], one)
                for one in readiness.raise_most[:1]
                if one.question_id in questions
            ],
            todays=todays,
            following=next_with_focus(coach, limit=3),
            feedback_due=due_feedback(coach),
            path=coach.recovery(),
            lessons=lessons_before_next(coach) if interview else (),
            unfinished=coach.unfinished(),
            weights=weights_overview(coach.settings),
            debrief_begun=DebriefDraftFile(coach.settings.home).begun,
            minutes=sum(one.item.minutes for one in todays),
        )


def _todays(coach: Coach, questions: dict[str, Question]) -> list[TodaysQuestion]:
    days = [day for day in coach.plan().days if day.day == coach.today()]
    return [
        TodaysQuestion(questions[item.question_id], item)
        for day in days
        for item in day.items
        if item.question_id in questions
    ]
