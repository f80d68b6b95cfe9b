"""What the pages of the road back's steps have in common: one step, shown, walked and refused.

Each belongs to one interview, which stands in its address; without one it is the path's own.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from litestar import Controller, Request, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from question_bank.interview import Interview
from server.page.forms import Typed, see
from server.page.rendering import draw
from server.page.words import interview_name
from voicecoach.errors import CoachError
from voicecoach.practice import Coach


@dataclass(frozen=True, slots=True, kw_only=True)
class StepVisit:
    """Somebody at a step: whose interview it is about, what they typed, and why it was refused.

    `interview_id` is as it stood in the address or the form; "" is the path's own interview.
    """

    request: Request[Any, Any, Any]
    coach: Coach
    interview_id: str
    typed: Typed | None = None
    refused: CoachError | None = None

    def asked(self, name: str) -> str:
        """Return what the address says beside the interview; "" where it says nothing."""
        return str(self.request.query_params.get(name, ""))

    def page(self, template: str, interview: Interview, **shown: Any) -> Template:
        """Draw the step; what was refused stands on it, and it says so to programs too."""
        return draw(
            self.request,
            template,
            status_code=200 if self.refused is None else 400,
            interview=interview,
            name=interview_name(interview),
            refused=self.refused,
            today=self.coach.today(),
            **shown,
        )


class StepPage(Controller):
    """A step's page. A step says where it lies (`path`) and what it shows (`drawn`)."""

    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview: FromQuery[str] = "",
    ) -> Template:
        """Show the step and what was done in it so far."""
        return self.drawn(StepVisit(request=request, coach=coach, interview_id=interview))

    def drawn(self, visit: StepVisit) -> Template:
        """Return the page as this visitor is to see it."""
        raise NotImplementedError

    def done(
        self, visit: StepVisit, what: Callable[[], Redirect], *, typed_stays: bool = True
    ) -> Redirect | Template:
        """Do what a form asks and go where it leads.

        Where it is refused, the page comes again, saying why; with what was typed still in it,
        unless it is not wanted.
        """
        try:
            return what()
        except CoachError as error:
            typed = visit.typed if typed_stays else None
            return self.drawn(replace(visit, refused=error, typed=typed))

    def form(
        self, request: Request[Any, Any, Any], coach: Coach, data: dict[str, Any]
    ) -> tuple[Typed, StepVisit]:
        """Return what a form of the step sent, and who sent it."""
        typed = Typed(data)
        interview_id = typed.one("interview")
        return typed, StepVisit(
            request=request, coach=coach, interview_id=interview_id, typed=typed
        )

    def back(self, interview_id: str, place: str) -> Redirect:
        """Lead back to the step, to a place on its page."""
        about = [("interview", interview_id)] if interview_id else []
        return see(self.path, about, place=place)
