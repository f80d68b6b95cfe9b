"""Breathing along: a pacer that is drawn, spoken and counted, and can be stopped at any moment."""

from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from starlette.responses import FileResponse

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.routes.speech import spoken
from voicecoach.breathing import (
    CUE_WORDS,
    PATTERNS,
    SPOKEN,
    STOP,
    Cue,
    Pattern,
    find_pattern,
    full_at_end,
    rounds_within,
)
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.settings_desk import SettingsDesk

A_MINUTE: Final = 60.0

GOES_ON: Final = ("/debrief", "/drill", "/mock")
"""Where breathing may lead on to: what it is offered before."""


class RoadBreathePage(Controller):
    """The pacer."""

    path = "/road-back/breathe"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview: FromQuery[str] = "",
        then: FromQuery[str] = "",
    ) -> Template:
        """Show the pacer; on the way to something (`then`) it takes about a minute."""
        asked = Typed(request.query_params.dict())
        chosen = find_pattern(asked.one("pattern")) or _kept_pattern(coach.settings)
        with coach.reading_roads_back() as roads:
            path = roads.path(interview or None)
        return draw(
            request,
            "road_breathe.html",
            interview=interview,
            path=path,
            pattern=chosen,
            patterns=PATTERNS,
            rounds=_rounds(coach.settings, chosen, asked.one("rounds"), brief=bool(then)),
            phases=_phases(chosen),
            cue_words=CUE_WORDS,
            stop=STOP,
            then=then if _leads_on(then) else "",
        )

    @post(sync_to_thread=True)
    def choose(
        self, coach: NamedDependency[Coach], desk: NamedDependency[SettingsDesk], data: FormBody
    ) -> Redirect:
        """Take another pattern or number of rounds, and remember it."""
        typed = Typed(data)
        pattern = find_pattern(typed.one("pattern")) or _kept_pattern(coach.settings)
        rounds = _rounds(coach.settings, pattern, typed.one("rounds"), brief=False)
        # What belongs to another pattern is no wish for this one.
        if pattern.name != typed.one("before"):
            rounds = pattern.rounds
        wanted = {"breathing": pattern.name, "breathing_rounds": str(rounds)}
        desk.change({name: one for name, one in wanted.items() if name not in desk.overruled})
        parameters = [("pattern", pattern.name), ("rounds", str(rounds))]
        kept = [(name, value) for name in ("interview", "then") if (value := typed.one(name))]
        return see("/road-back/breathe", parameters + kept)

    @get("/cue/{cue:str}", sync_to_thread=True, media_type="audio/wav", as_it_is=True)
    def hear(self, coach: NamedDependency[Coach], cue: FromPath[str]) -> FileResponse:
        """Speak what to do with the breath, in a word."""
        if cue not in set(Cue):
            raise NotFoundException(f"There is no cue '{cue[:20]}'")
        return spoken(coach, SPOKEN[Cue(cue)])


def _kept_pattern(settings: Settings) -> Pattern:
    return find_pattern(settings.breathing) or PATTERNS[0]


def _rounds(settings: Settings, pattern: Pattern, typed: str, *, brief: bool) -> int:
    """Return how many rounds: those asked for, about a minute, the remembered, or the usual."""
    if typed.isdecimal() and len(typed) < 4:
        return min(max(1, int(typed)), pattern.most_rounds)
    if brief:
        return rounds_within(pattern, A_MINUTE)
    kept = settings.breathing_rounds if pattern.name == settings.breathing else None
    return min(kept or pattern.rounds, pattern.most_rounds)


def _phases(pattern: Pattern) -> list[dict[str, object]]:
    """Return what the drawing follows: for each phase its words and how full it begins and ends."""
    return [
        {
            "cue": phase.cue.value,
            "words": CUE_WORDS[phase.cue],
            "seconds": phase.seconds,
            "from": full_at_end(pattern, place - 1) if place else 0.0,
            "to": full_at_end(pattern, place),
        }
        for place, phase in enumerate(pattern.phases)
    ]


def _leads_on(then: str) -> bool:
    """Whether an address is one of ours that breathing is offered before."""
    return any(then == one or then.startswith(one + "/") for one in GOES_ON)
