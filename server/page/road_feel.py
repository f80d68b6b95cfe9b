"""Letting oneself be upset: a private check-in, and how earlier ones stand beside it."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from question_bank.debrief_values import feeling_of, level_of
from question_bank.interview import Feeling
from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.words import interview_name
from voicecoach.errors import CoachError
from voicecoach.feelings import FEELING_GROUPS, MIDDLE, feeling_picture
from voicecoach.practice import Coach
from voicecoach.recovery import SUPPORT


class RoadFeelPage(Controller):
    """The check-in."""

    path = "/road-back/feel"
    include_in_schema = False

    @get(sync_to_thread=True)
    def feel(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview: FromQuery[str] = "",
    ) -> Template:
        """Offer words for how it feels, and show earlier check-ins."""
        return _draw(request, coach, interview)

    @post(sync_to_thread=True)
    def check_in(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Keep a check-in."""
        typed = Typed(data)
        interview = typed.one("interview")
        try:
            with coach.roads_back() as roads:
                kept = roads.check_in(
                    _feelings(typed),
                    note=typed.one("note"),
                    note_may_leave=bool(typed.one("may_leave")),
                    interview_id=interview or None,
                )
        except CoachError as error:
            return _draw(request, coach, interview, refused=error, typed=typed)
        return _back(kept.interview_id)

    @post("/{check_in_id:str}/note", sync_to_thread=True)
    def let_note_leave(
        self, coach: NamedDependency[Coach], check_in_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Say whether an export may hold a note."""
        typed = Typed(data)
        with coach.roads_back() as roads:
            roads.let_note_leave(check_in_id, may_leave=bool(typed.one("may_leave")))
        return _back(typed.one("interview"))

    @post("/{check_in_id:str}/delete", sync_to_thread=True)
    def delete(
        self, coach: NamedDependency[Coach], check_in_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Delete a check-in."""
        with coach.roads_back() as roads:
            roads.delete_check_in(check_in_id)
        return _back(Typed(data).one("interview"))


def _back(interview_id: str) -> Redirect:
    address = see("/road-back/feel", [("interview", interview_id)] if interview_id else [])
    address.url += "#check-ins"
    return address


def _feelings(typed: Typed) -> list[Feeling]:
    """Return the feelings that were chosen, each with its strength, and those in own words."""
    chosen = [
        Feeling(word=word, intensity=level_of(typed.one(f"strength-{word}")) or MIDDLE)
        for word in typed.many("feeling")
    ]
    own = [feeling_of(line) for line in typed.one("own").splitlines() if line.strip()]
    return chosen + [
        Feeling(word=word, intensity=(level_of(strength) if strength else None) or MIDDLE)
        for word, strength in own
    ]


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
        check_ins = roads.check_ins.of_interview(interview.id)
        perspective = roads.perspective(interview)
    typed = typed or Typed({})
    return draw(
        request,
        "road_feel.html",
        status_code=200 if refused is None else 400,
        interview=interview,
        name=interview_name(interview),
        groups=FEELING_GROUPS,
        middle=MIDDLE,
        chosen={word: typed.one(f"strength-{word}") for word in typed.many("feeling")},
        own=typed.one("own"),
        note=typed.one("note"),
        may_leave=bool(typed.one("may_leave")),
        check_ins=[(one, one.at.astimezone(coach.time_zone)) for one in reversed(check_ins)],
        picture=feeling_picture(check_ins),
        zone=coach.time_zone,
        perspective=perspective,
        support=SUPPORT,
        refused=refused,
        today=coach.today(),
    )
