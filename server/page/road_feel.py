"""Letting oneself be upset: a private check-in, and how earlier ones stand beside it."""

from typing import Any, Final

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from question_bank.debrief_values import feeling_of, level_of
from question_bank.interview import Feeling
from server.page.forms import FormBody, Typed
from server.page.road_step import StepPage, StepVisit
from voicecoach.feelings import FEELING_GROUPS, MIDDLE, feeling_picture
from voicecoach.practice import Coach
from voicecoach.recovery import SUPPORT

CHECK_INS: Final = "check-ins"
"""Where on the page the earlier ones stand."""


class RoadFeelPage(StepPage):
    """The check-in."""

    path = "/road-back/feel"

    @post(sync_to_thread=True)
    def check_in(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Keep a check-in."""
        typed, visit = self.form(request, coach, data)

        def check_in() -> Redirect:
            with coach.roads_back() as roads:
                kept = roads.check_in(
                    _feelings(typed),
                    note=typed.one("note"),
                    note_may_leave=bool(typed.one("may_leave")),
                    interview_id=visit.interview_id or None,
                )
            return self.back(kept.interview_id, CHECK_INS)

        return self.done(visit, check_in)

    @post("/{check_in_id:str}/note", sync_to_thread=True)
    def let_note_leave(
        self, coach: NamedDependency[Coach], check_in_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Say whether an export may hold a note."""
        typed = Typed(data)
        with coach.roads_back() as roads:
            roads.let_note_leave(check_in_id, may_leave=bool(typed.one("may_leave")))
        return self.back(typed.one("interview"), CHECK_INS)

    @post("/{check_in_id:str}/delete", sync_to_thread=True)
    def delete(
        self, coach: NamedDependency[Coach], check_in_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Delete a check-in."""
        with coach.roads_back() as roads:
            roads.delete_check_in(check_in_id)
        return self.back(Typed(data).one("interview"), CHECK_INS)

    def drawn(self, visit: StepVisit) -> Template:
        """Offer words for how it feels, and show earlier check-ins."""
        coach = visit.coach
        with coach.reading_roads_back() as roads:
            interview = roads.interview(visit.interview_id or None)
            check_ins = roads.check_ins.of_interview(interview.id)
            perspective = roads.perspective(interview)
        typed = visit.typed or Typed({})
        return visit.page(
            "road_feel.html",
            interview,
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
        )


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
