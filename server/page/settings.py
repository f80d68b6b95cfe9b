"""Settings: the coach's voice, what practice asks for, and what belongs to them."""

from collections.abc import Sequence
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template
from starlette.responses import FileResponse

from server.page.forms import FormBody, Typed, see
from server.page.own_data import has_private_notes, kept_bytes
from server.page.rendering import draw
from server.routes.recordings import RangedFile
from server.weights_fetching import WeightsFetching
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.practice import Coach
from voicecoach.settings import checked_setting
from voicecoach.settings_desk import CHANGEABLE, SettingProblem, SettingsDesk
from voicecoach.speech.pyttsx3_speaker import Voice
from voicecoach.weights_overview import weights_overview
from voicecoach.wiring import voice_sample

_ELSEWHERE: Final = {"whisper_model", "breathing", "breathing_rounds"}
"""Weights are chosen where they are fetched, and how to breathe where one breathes."""

FIELDS: Final[tuple[str, ...]] = tuple(name for name in CHANGEABLE if name not in _ELSEWHERE)
"""The settings of the form."""

SAMPLE: Final = "Tell me about a time when you learned something new."
"""What a voice is tried out with."""


class SettingsPage(Controller):
    """Settings."""

    path = "/settings"
    include_in_schema = False

    @get(sync_to_thread=True)
    def settings(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        desk: NamedDependency[SettingsDesk],
        fetching: NamedDependency[WeightsFetching],
        saved: FromQuery[bool] = False,
    ) -> Template:
        """Show what is set."""
        return _draw_settings(request, coach, desk, fetching, saved=saved)

    @post(sync_to_thread=True)
    def change(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        desk: NamedDependency[SettingsDesk],
        fetching: NamedDependency[WeightsFetching],
        data: FormBody,
    ) -> Redirect | Template:
        """Keep what was typed; what can't be used is shown again with the reason."""
        typed = Typed(data)
        given = {name: typed.one(name) for name in FIELDS if name in data}
        given = {name: value for name, value in given.items() if name not in desk.overruled}
        problems = desk.problems({name: value for name, value in given.items() if value.strip()})
        if problems:
            return _draw_settings(request, coach, desk, fetching, typed=given, problems=problems)
        try:
            desk.change(given)
        except InvalidInputError as error:
            return _draw_settings(request, coach, desk, fetching, typed=given, refused=error)
        return see("/settings", [("saved", "true")])

    @get("/voice", sync_to_thread=True, media_type="audio/wav", as_it_is=True)
    def hear(
        self,
        desk: NamedDependency[SettingsDesk],
        voice: FromQuery[str] = "",
        rate: FromQuery[str] = "",
    ) -> FileResponse:
        """Speak a sentence with a voice that is being considered; nothing is set by it."""
        words_per_minute = checked_setting("rate", rate or str(desk.settings.rate))
        path = voice_sample(desk.settings, SAMPLE, voice=voice, rate=words_per_minute)
        return RangedFile(path, media_type="audio/wav", stat_result=path.stat())


def _draw_settings(
    request: Request[Any, Any, Any],
    coach: Coach,
    desk: SettingsDesk,
    fetching: WeightsFetching,
    *,
    typed: dict[str, str] | None = None,
    problems: Sequence[SettingProblem] = (),
    refused: InvalidInputError | None = None,
    saved: bool = False,
) -> Template:
    settings = desk.settings
    values = {name: _shown(getattr(settings, name)) for name in FIELDS} | (typed or {})
    voices, no_voices = _voices(desk)
    own, others = _sorted_voices(voices, settings.language, values["voice"])
    return draw(
        request,
        "settings.html",
        status_code=400 if problems or refused else 200,
        values=values,
        problems={one.name: one.wanted for one in problems},
        refused=refused,
        overruled=desk.overruled,
        saved=saved,
        own_voices=own,
        other_voices=others,
        no_voices=no_voices,
        weights=weights_overview(settings),
        fetch=fetching.latest,
        synthetic=settings.synthetic,
        home=settings.home,
        recordings_bytes=kept_bytes(settings),
        private_notes=has_private_notes(),
        answers=coach.count_attempts(),
    )


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _voices(desk: SettingsDesk) -> tuple[tuple[Voice, ...], str]:
    """Return the voices of this machine, or why there are none."""
    try:
        return desk.voices(), ""
    except CoachError as error:
        return (), f"{error.what_happened} {error.what_to_do}"


def _sorted_voices(
    voices: Sequence[Voice], language: str, chosen: str
) -> tuple[list[Voice], list[Voice]]:
    """Return the voices that speak the language, and the others; the chosen one is among them."""
    if chosen and all(chosen != voice.id for voice in voices):
        voices = [Voice(id=chosen, name=chosen, languages=(language,)), *voices]
    own = [one for one in voices if any(name.split("-")[0] == language for name in one.languages)]
    return own, [voice for voice in voices if voice not in own]
