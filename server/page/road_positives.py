"""Seeing the positives: what went well, what differed, and what each entry becomes."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from question_bank import debrief_prompts as prompts
from question_bank.interview import RightCompany
from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.words import RIGHT_COMPANY_CHOICES, interview_name
from voicecoach.errors import CoachError, InvalidInputError, NotFoundError
from voicecoach.feedback_step import FeedbackStep, suggestable
from voicecoach.noticed_strengths import taken_strengths
from voicecoach.positives_step import QUESTIONS_ASKED, USES, add_entries, entries_of
from voicecoach.practice import Coach
from voicecoach.takeaway_desk import Wish
from voicecoach.takeaways import Use


class RoadPositivesPage(Controller):
    """Looking back."""

    path = "/road-back/positives"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview: FromQuery[str] = "",
        stays: FromQuery[str] = "",
    ) -> Template:
        """Show the entries, and what each became."""
        return _draw(request, coach, interview, stays=stays)

    @post(sync_to_thread=True)
    def add(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Add entries, one a line, and whether it was the right company."""
        typed = Typed(data)
        right = typed.one("right_company")
        try:
            step = FeedbackStep(coach, typed.one("interview"))
            add_entries(
                coach,
                step.interview.id,
                {source: tuple(typed.one(source.value).splitlines()) for source in QUESTIONS_ASKED},
                right_company=RightCompany(right) if right in set(RightCompany) else None,
                right_company_why=typed.one("right_company_why").strip(),
            )
        except CoachError as error:
            return _draw(request, coach, typed.one("interview"), refused=error, typed=typed)
        return _back(step)

    @post("/keep", sync_to_thread=True)
    def keep(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Make something of one entry."""
        typed = Typed(data)
        try:
            step = FeedbackStep(coach, typed.one("interview"))
            step.keep([_wish(step, typed)])
        except CoachError as error:
            return _draw(request, coach, typed.one("interview"), refused=error, typed=typed)
        return _back(step)


def _wish(step: FeedbackStep, typed: Typed) -> Wish:
    use = typed.one("use")
    if use not in set(USES):
        raise InvalidInputError(
            "Nothing is chosen.", "Choose a strength, a question or a point of an outline."
        )
    entry = next(
        (
            one
            for one in entries_of(step.standing())
            if (one.source.value, one.text) == (typed.one("source"), typed.one("quote"))
        ),
        None,
    )
    if entry is None:
        raise NotFoundError("That entry is not there any more.", "Look at the list again.")
    return Wish(
        source=entry.source,
        quote=entry.text,
        use=Use(use),
        words=typed.one("words"),
        question_id=typed.one("question") or None if use == Use.POINT else None,
    )


def _back(step: FeedbackStep) -> Redirect:
    address = see("/road-back/positives", [("interview", step.interview.id)])
    address.url += "#entries"
    return address


def _draw(
    request: Request[Any, Any, Any],
    coach: Coach,
    interview_id: str,
    *,
    refused: CoachError | None = None,
    typed: Typed | None = None,
    stays: str = "",
) -> Template:
    step = FeedbackStep(coach, interview_id)
    with coach.reading_bank() as bank:
        questions = suggestable(bank, step.interview.id)
    entries = entries_of(step.standing())
    interview = step.interview
    before = Typed(
        {
            "right_company": interview.right_company or "",
            "right_company_why": interview.right_company_why,
        }
    )
    return draw(
        request,
        "road_positives.html",
        status_code=200 if refused is None else 400,
        interview=interview,
        name=interview_name(interview),
        parts=[
            (source, asked, [one for one in entries if one.source is source])
            for source, asked in QUESTIONS_ASKED.items()
        ],
        questions={one.id: one.text for one in questions},
        right_company_choices=RIGHT_COMPANY_CHOICES,
        prompts=prompts,
        typed=typed or before,
        refused=refused,
        stays=stays[:200],
        shown=taken_strengths(coach),
    )
