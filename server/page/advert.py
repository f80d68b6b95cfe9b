"""The advert of an interview's job: what it demands, and what the person has a story for."""

from dataclasses import replace
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.words import interview_name
from voicecoach.advert_match import match_advert
from voicecoach.demand_wording import question_for
from voicecoach.errors import CoachError, InvalidInputError, NotFoundError
from voicecoach.practice import Coach
from voicecoach.preparing import Preparation, preparing, reading_preparation
from voicecoach.scoring.result import PointState

STATES: Final = {
    PointState.SAID: ("you have a story", "good"),
    PointState.PARTLY: ("in part", "fair"),
    PointState.NOT_HEARD: ("no story yet", "fair"),
}
"""A demand's state in words, and the tone of its badge."""


class AdvertPage(Controller):
    """The advert of one interview's job."""

    path = "/interviews/{interview_id:str}/advert"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
    ) -> Template:
        """Show the demands, or where to paste the advert."""
        return _draw(request, coach, interview_id)

    @post(sync_to_thread=True)
    def keep(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Keep an advert in the place of what was there."""
        text = Typed(data).one("text")
        try:
            with preparing(coach) as preparation:
                preparation.keep_advert(interview_id, text)
        except InvalidInputError as error:
            return _draw(request, coach, interview_id, refused=error, typed=text)
        return see(f"/interviews/{interview_id}/advert")

    @post("/delete", sync_to_thread=True)
    def delete(self, coach: NamedDependency[Coach], interview_id: FromPath[str]) -> Redirect:
        """Delete the advert."""
        with preparing(coach) as preparation:
            preparation.delete_advert(interview_id)
        return see(f"/interviews/{interview_id}")

    @post("/demands", sync_to_thread=True)
    def add_demand(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Add a demand that was not found."""
        typed = Typed(data)
        try:
            with preparing(coach) as preparation:
                added = preparation.add_demand(
                    interview_id, typed.one("text"), must=typed.one("must") != "no"
                )
        except InvalidInputError as error:
            return _draw(request, coach, interview_id, refused=error)
        return see(f"/interviews/{interview_id}/advert#demand-{added.number}")

    @post("/demands/{number:int}", sync_to_thread=True)
    def change_demand(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        number: FromPath[int],
        data: FormBody,
    ) -> Template | Redirect:
        """Do with a demand what a button of it says."""
        try:
            with preparing(coach) as preparation:
                _act(preparation, interview_id, number, Typed(data))
        except CoachError as error:
            return _draw(request, coach, interview_id, refused=error)
        return see(f"/interviews/{interview_id}/advert#demand-{number}")


def _act(preparation: Preparation, interview_id: str, number: int, typed: Typed) -> None:
    """Do what a button says.

    Raises:
        InvalidInputError: there is no such button, or what it needs can't be used.
    """
    demand = preparation.demand(interview_id, number)
    match typed.one("do"):
        case "ask":
            preparation.ask_for(interview_id, number, typed.one("text"))
        case "tell":
            preparation.outline_task(
                interview_id, number, typed.one("question"), typed.one("point")
            )
        case "shown-by":
            skill = typed.one("skill") or None
            preparation.change_demand(interview_id, replace(demand, entry_id=skill))
        case "leave-out" | "keep" as word:
            changed = replace(demand, left_out=word == "leave-out")
            preparation.change_demand(interview_id, changed)
        case "must" | "wish" as word:
            preparation.change_demand(interview_id, replace(demand, must=word == "must"))
        case _:
            raise InvalidInputError("That button is unknown.", "Open the advert again.")


def _draw(
    request: Request[Any, Any, Any],
    coach: Coach,
    interview_id: str,
    *,
    refused: CoachError | None = None,
    typed: str = "",
) -> Template:
    with reading_preparation(coach) as preparation:
        interview = preparation.bank.get_interview(interview_id)
        entries = preparation.inventory.every()
        questions = preparation.bank.every_active_question()
    try:
        matched = match_advert(coach, interview.id)
    except NotFoundError:
        matched = None
    demands = () if matched is None else matched.demands
    return draw(
        request,
        "advert.html",
        status_code=400 if refused else 200,
        interview=interview,
        name=interview_name(interview),
        matched=matched,
        groups=[
            ("It demands", [one for one in demands if one.must]),
            ("It would like", [one for one in demands if not one.must]),
        ],
        with_story=sum(one.state is PointState.SAID for one in demands),
        without=sum(one.state is PointState.NOT_HEARD for one in demands),
        states=STATES,
        entries=entries,
        questions={question.id: question for question in questions},
        question_for=question_for,
        refused=refused,
        typed=typed,
    )
