"""Moving: a timer, and a log of what was done and how it felt before and after."""

from typing import Any, Final

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from server.page.forms import FormBody, Typed
from server.page.road_step import StepPage, StepVisit
from voicecoach.errors import InvalidInputError
from voicecoach.movement import KINDS, MOST_MINUTES, USUAL_MINUTES, movement_summary
from voicecoach.practice import Coach

MOVED: Final = "moved"
"""Where on the page the log stands."""


class RoadMovePage(StepPage):
    """The timer and the log."""

    path = "/road-back/move"

    @post(sync_to_thread=True)
    def log(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Keep one time of moving."""
        typed, visit = self.form(request, coach, data)

        def log() -> Redirect:
            with coach.roads_back() as roads:
                kept = roads.move(
                    typed.one("own").strip() or typed.one("kind"),
                    _minutes(typed.one("minutes")),
                    before=_level(typed.one("before")),
                    after=_level(typed.one("after")),
                    interview_id=visit.interview_id or None,
                )
            return self.back(kept.interview_id, MOVED)

        return self.done(visit, log)

    @post("/{movement_id:str}/delete", sync_to_thread=True)
    def delete(
        self, coach: NamedDependency[Coach], movement_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Delete one time of moving."""
        with coach.roads_back() as roads:
            roads.delete_movement(movement_id)
        return self.back(Typed(data).one("interview"), MOVED)

    def drawn(self, visit: StepVisit) -> Template:
        """Show the timer and what was logged."""
        coach = visit.coach
        with coach.reading_roads_back() as roads:
            interview = roads.interview(visit.interview_id or None)
            moved = roads.movements.every()
        return visit.page(
            "road_move.html",
            interview,
            kinds=KINDS,
            usual=USUAL_MINUTES,
            most=MOST_MINUTES,
            typed=visit.typed or Typed({"minutes": str(USUAL_MINUTES), "kind": KINDS[0]}),
            moved=[(one, one.at.astimezone(coach.time_zone)) for one in reversed(moved)],
            summary=movement_summary(moved),
        )


def _minutes(typed: str) -> int:
    minutes = typed.strip()
    if not minutes.isdecimal() or len(minutes) > 4:
        raise InvalidInputError(
            f"'{minutes[:20]}' can't be read as minutes.", f"Give 1 to {MOST_MINUTES}."
        )
    return int(minutes)


def _level(typed: str) -> int | None:
    return int(typed) if typed in set("12345") else None
