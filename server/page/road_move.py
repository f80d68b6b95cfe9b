"""Moving: a timer, and a log of what was done and how it felt before and after."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.words import interview_name
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.movement import KINDS, MOST_MINUTES, USUAL_MINUTES, movement_summary
from voicecoach.practice import Coach


class RoadMovePage(Controller):
    """The timer and the log."""

    path = "/road-back/move"
    include_in_schema = False

    @get(sync_to_thread=True)
    def move(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview: FromQuery[str] = "",
    ) -> Template:
        """Show the timer and what was logged."""
        return _draw(request, coach, interview)

    @post(sync_to_thread=True)
    def log(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Keep one time of moving."""
        typed = Typed(data)
        interview = typed.one("interview")
        try:
            with coach.roads_back() as roads:
                kept = roads.move(
                    typed.one("own").strip() or typed.one("kind"),
                    _minutes(typed.one("minutes")),
                    before=_level(typed.one("before")),
                    after=_level(typed.one("after")),
                    interview_id=interview or None,
                )
        except CoachError as error:
            return _draw(request, coach, interview, refused=error, typed=typed)
        return _back(kept.interview_id)

    @post("/{movement_id:str}/delete", sync_to_thread=True)
    def delete(
        self, coach: NamedDependency[Coach], movement_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Delete one time of moving."""
        with coach.roads_back() as roads:
            roads.delete_movement(movement_id)
        return _back(Typed(data).one("interview"))


def _back(interview_id: str) -> Redirect:
    address = see("/road-back/move", [("interview", interview_id)] if interview_id else [])
    address.url += "#moved"
    return address


def _minutes(typed: str) -> int:
    minutes = typed.strip()
    if not minutes.isdecimal() or len(minutes) > 4:
        raise InvalidInputError(
            f"'{minutes[:20]}' can't be read as minutes.", f"Give 1 to {MOST_MINUTES}."
        )
    return int(minutes)


def _level(typed: str) -> int | None:
    return int(typed) if typed in set("12345") else None


def _draw(
    request: Request[Any, Any, Any],
    coach: Coach,
    interview_id: str,
    *,
    refused: CoachError | None = None,
    typed: Typed | None = None,
) -> Template:
    with coach.reading_roads_back() as roads:
        interview = roads.interview(interview_id or None)
        moved = roads.movements.every()
    typed = typed or Typed({"minutes": str(USUAL_MINUTES), "kind": KINDS[0]})
    return draw(
        request,
        "road_move.html",
        status_code=200 if refused is None else 400,
        interview=interview,
        name=interview_name(interview),
        kinds=KINDS,
        usual=USUAL_MINUTES,
        most=MOST_MINUTES,
        typed=typed,
        moved=[(one, one.at.astimezone(coach.time_zone)) for one in reversed(moved)],
        summary=movement_summary(moved),
        refused=refused,
        today=coach.today(),
    )
