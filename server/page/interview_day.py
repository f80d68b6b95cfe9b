"""The day of an interview: what to have ready, what to ask them, what earlier ones taught."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.words import interview_name
from voicecoach import day_checklist
from voicecoach.errors import InvalidInputError
from voicecoach.interview_day import LONGEST_ITEM
from voicecoach.practice import Coach


class InterviewDayPage(Controller):
    """An interview's checklist."""

    path = "/interviews/{interview_id:str}/day"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
    ) -> Template:
        """Show the checklist, the questions to ask them and the lessons."""
        return _page(request, coach, interview_id)

    @post(sync_to_thread=True, status_code=200)
    def tick(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Keep which items are ready; take one off the list, or put one back, where asked to."""
        typed = Typed(data)
        day_checklist.tick_exactly(
            coach, interview_id, shown=typed.many("shown"), ticked=typed.many("ticked")
        )
        if remove := typed.one("remove"):
            day_checklist.take_off(coach, interview_id, remove)
        if back := typed.one("back"):
            day_checklist.take_off(coach, interview_id, back, removed=False)
        if request.headers.get("hx-request") == "true":
            return _page(request, coach, interview_id)
        return see(f"/interviews/{interview_id}/day")

    @post("/items", sync_to_thread=True, status_code=200)
    def add(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Put an item in the person's own words on the list."""
        text = Typed(data).one("text")
        try:
            day_checklist.add(coach, interview_id, text)
        except InvalidInputError as error:
            return _page(request, coach, interview_id, draft=text, problem=str(error))
        return see(f"/interviews/{interview_id}/day")


def _page(
    request: Request[Any, Any, Any],
    coach: Coach,
    interview_id: str,
    *,
    draft: str = "",
    problem: str = "",
) -> Template:
    day = day_checklist.day_of(coach, interview_id)
    return draw(
        request,
        "interview_day.html",
        status_code=400 if problem else 200,
        day=day,
        interview=day.interview,
        name=interview_name(day.interview),
        today=coach.today(),
        longest=LONGEST_ITEM,
        draft=draft,
        problem=problem,
    )
