"""Where the person stands: readiness, the plan, the next questions."""

from datetime import date

from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from question_bank.question import QuestionKind
from server.routes.documented import LISTING
from server.schemas import (
    Limit,
    Offset,
    Page,
    PlanAnswer,
    ReadinessAnswer,
    page_of,
    readiness_answer,
)
from voicecoach.kept_takeaways import next_with_focus
from voicecoach.plan_calendar import plan_ics
from voicecoach.practice import Coach
from voicecoach.standing import NextQuestion


class StandingController(Controller):
    """Where the person stands."""

    tags = ("standing",)

    @get("/readiness", operation_id="getReadiness", sync_to_thread=True, responses=LISTING)
    def get_readiness(
        self,
        coach: NamedDependency[Coach],
        on: FromQuery[date | None] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> ReadinessAnswer:
        """Return how ready the person will be on a day, the next interview's without one.

        `limit` and `offset` choose among `per_question`, the least sure questions first.
        """
        return readiness_answer(coach.readiness(on), limit, offset)

    @get("/plan", operation_id="getPlan", sync_to_thread=True, responses=LISTING)
    def get_plan(
        self,
        coach: NamedDependency[Coach],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> PlanAnswer:
        """Return what to rehearse on which day; `limit` and `offset` choose among both lists."""
        plan = coach.plan()
        return PlanAnswer(
            days=page_of(plan.days, limit, offset),
            sacrificed=page_of(plan.sacrificed, limit, offset),
            interviews=plan.interviews,
            minutes_per_day=plan.minutes_per_day,
            horizon=plan.horizon,
            assumed_horizon=plan.assumed_horizon,
            made_at=plan.made_at,
        )

    @get(
        "/plan.ics",
        operation_id="getPlanCalendar",
        media_type="text/calendar",
        sync_to_thread=True,
    )
    def get_plan_calendar(self, coach: NamedDependency[Coach]) -> Response[bytes]:
        """Return the plan as an iCalendar file, to be imported into a calendar."""
        with coach.reading_bank() as bank:
            questions = bank.every_active_question()
        return Response(
            plan_ics(coach.plan(), questions),
            media_type="text/calendar",
            headers={"Content-Disposition": 'attachment; filename="voicecoach-plan.ics"'},
        )

    @get("/next", operation_id="listNextQuestions", sync_to_thread=True, responses=LISTING)
    def list_next_questions(
        self,
        coach: NamedDependency[Coach],
        limit: Limit = 5,
        kind: FromQuery[QuestionKind | None] = None,
    ) -> Page[NextQuestion]:
        """List what to rehearse next, best first; `total` counts all questions that are asked.

        With a `kind` only questions of it: `to_ask` are those the person asks.
        """
        with coach.reading_bank() as bank:
            total = bank.count_questions(kind=kind)
        items = next_with_focus(coach, limit, kind=kind)
        return Page(items=items, total=total, limit=limit, offset=0)
