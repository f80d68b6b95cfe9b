"""Seeing the positives: what went well, what differed, and what each entry becomes."""

from typing import Any, Final

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from question_bank import debrief_prompts as prompts
from question_bank.interview import RightCompany
from server.page.forms import FormBody, Typed
from server.page.road_step import StepPage, StepVisit
from server.page.words import RIGHT_COMPANY_CHOICES
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.feedback_step import FeedbackStep, suggestable
from voicecoach.noticed_strengths import taken_strengths
from voicecoach.positives_step import QUESTIONS_ASKED, USES, add_entries, entries_of
from voicecoach.practice import Coach
from voicecoach.takeaway_desk import Wish
from voicecoach.takeaways import Use

ENTRIES: Final = "entries"
"""Where on the page they stand."""


class RoadPositivesPage(StepPage):
    """Looking back."""

    path = "/road-back/positives"

    @post(sync_to_thread=True)
    def add(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Add entries, one a line, and whether it was the right company."""
        typed, visit = self.form(request, coach, data)
        right = typed.one("right_company")

        def add() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            add_entries(
                coach,
                step.interview.id,
                {source: tuple(typed.one(source.value).splitlines()) for source in QUESTIONS_ASKED},
                right_company=RightCompany(right) if right in set(RightCompany) else None,
                right_company_why=typed.one("right_company_why").strip(),
            )
            return self.back(step.interview.id, ENTRIES)

        return self.done(visit, add)

    @post("/keep", sync_to_thread=True)
    def keep(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Make something of one entry."""
        typed, visit = self.form(request, coach, data)

        def keep() -> Redirect:
            step = FeedbackStep(coach, visit.interview_id)
            step.keep([_wish(step, typed)])
            return self.back(step.interview.id, ENTRIES)

        return self.done(visit, keep)

    def drawn(self, visit: StepVisit) -> Template:
        """Show the entries, and what each became."""
        step = FeedbackStep(visit.coach, visit.interview_id)
        with visit.coach.reading_bank() as bank:
            questions = suggestable(bank, step.interview.id)
        entries = entries_of(step.standing())
        interview = step.interview
        before = Typed(
            {
                "right_company": interview.right_company or "",
                "right_company_why": interview.right_company_why,
            }
        )
        return visit.page(
            "road_positives.html",
            interview,
            parts=[
                (source, asked, [one for one in entries if one.source is source])
                for source, asked in QUESTIONS_ASKED.items()
            ],
            questions={one.id: one.text for one in questions},
            right_company_choices=RIGHT_COMPANY_CHOICES,
            prompts=prompts,
            typed=visit.typed or before,
            stays=visit.asked("stays")[:200],
            shown=taken_strengths(visit.coach),
        )


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
