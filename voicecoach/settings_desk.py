"""Changes settings while the coach is at work: kept in config.toml, in effect at once.

What a flag or an environment variable sets stands above the file; such a setting is refused here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache, partial
from typing import Any, Final

from question_bank.question import QuestionKind
from voicecoach.config_file import Value, replace_values
from voicecoach.errors import ConflictError, SettingError, SettingValueError
from voicecoach.practice import Coach
from voicecoach.settings import Settings, checked_setting, load_settings, overruling
from voicecoach.speech.pyttsx3_speaker import Voice
from voicecoach.wiring import (
    build_encoder,
    build_engines,
    list_voices,
    rubric_weights,
    set_rubric_weights,
    whisper_name,
)

CHANGEABLE: Final[tuple[str, ...]] = (
    "voice",
    "rate",
    "target",
    "minutes_per_day",
    "week_starts",
    "record_limit_seconds",
    "ask_guess",
    "language",
    "whisper_model",
    "breathing",
    "breathing_rounds",
    "breathe_first",
)
"""What can be changed here; home, database, port and the like belong to a start of the coach."""

DEFAULTS: Final[Mapping[str, Any]] = {
    item.name: item.default for item in fields(Settings) if item.name in CHANGEABLE
}

_OF_THE_SPEAKER: Final = {"voice", "rate"}
_OF_THE_TRANSCRIBER: Final = {"language", "whisper_model"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingProblem:
    """A value that can't be used: the setting's name, and what it must be in words."""

    name: str
    wanted: str


def tell_nobody(settings: Settings) -> None:
    """Take no notice of changed settings."""
    del settings


class SettingsDesk:
    """Where one coach's settings are seen and changed.

    Args:
        coach: works with the settings; changes reach it at once.
        overruled: what sets a setting above config.toml, by name (see `overruling`).
        on_change: told of the new settings, for others who work with them.
    """

    def __init__(
        self,
        coach: Coach,
        *,
        overruled: Mapping[str, str] | None = None,
        on_change: Callable[[Settings], None] = tell_nobody,
    ) -> None:
        self._coach = coach
        self.overruled = overruling() if overruled is None else dict(overruled)
        self.on_change = on_change
        self._voices: tuple[Voice, ...] = ()

    @property
    def settings(self) -> Settings:
        """The settings in effect."""
        return self._coach.settings

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices of this machine; asked for once, since asking starts the engine.

        Raises:
            SpeechSynthesisError: no speech engine works.
        """
        if not self._voices:
            self._voices = list_voices(self.settings)
        return self._voices

    def problems(self, given: Mapping[str, str]) -> tuple[SettingProblem, ...]:
        """Return which of these values, as a person typed them, can't be used."""
        found = []
        for name, value in given.items():
            try:
                checked = checked_setting(name, value)
                if name == "whisper_model":
                    whisper_name(replace(self.settings, whisper_model=checked))
            except SettingValueError as error:
                found.append(SettingProblem(name=name, wanted=error.wanted))
            except SettingError as error:
                found.append(SettingProblem(name=name, wanted=error.what_to_do))
        return tuple(found)

    def change(self, given: Mapping[str, str]) -> tuple[str, ...]:
        """Keep these settings and work with them from now on; return the names that changed.

        Args:
            given: values as a person typed them, by name; an empty one goes back to the default.

        Raises:
            SettingValueError: one can't be used; nothing is changed then.
            ConflictError: one is set by a flag or a variable.
            SettingError: config.toml can't be changed.
        """
        wanted = {
            name: checked_setting(name, value) if value.strip() else DEFAULTS[name]
            for name, value in given.items()
        }
        changed = {
            name: value for name, value in wanted.items() if value != getattr(self.settings, name)
        }
        for name in changed:
            if name in self.overruled:
                raise ConflictError(
                    f"The setting {name} is given with {self.overruled[name]}.",
                    "Start the coach without it to change the setting here.",
                )
        if changed:
            replace_values(self.settings.home / "config.toml", _lines(changed))
            self._work_with(replace(self.settings, **changed))
        return tuple(changed)

    def weigh(self, kind: QuestionKind, row: Mapping[str, float] | None) -> None:
        """Keep the person's own weights of the criteria for a kind of question; None: the rubric's.

        Raises:
            InvalidInputError: a criterion does not exist, or the weights don't sum to 100.
            SettingError: config.toml can't be changed.
        """
        self._work_with(set_rubric_weights(self.settings, kind, row))

    def weights_arrived(self) -> None:
        """Work with what has been downloaded meanwhile."""
        coach = self._coach
        coach.engines = replace(
            coach.engines, encoder=cache(partial(build_encoder, coach.settings))
        )
        self.on_change(coach.settings)

    def forget(self) -> None:
        """Go back to the settings as they are without a config.toml, for it has been deleted."""
        self.read_again()

    def read_again(self) -> None:
        """Work with the settings as config.toml has them now; what overrules it still does.

        Raises:
            SettingError: the file can't be used; the settings in effect stay.
        """
        read = load_settings({"home": self.settings.home})
        kept = {name: getattr(self.settings, name) for name in self.overruled}
        chosen = {name: getattr(read, name) for name in CHANGEABLE if name not in kept}
        self._work_with(replace(self.settings, **chosen, rubric_weights=read.rubric_weights))

    def _work_with(self, settings: Settings) -> None:
        """Let the coach work with other settings; only the engines concerned are made anew."""
        coach, before = self._coach, self._coach.settings
        changed = {
            item.name
            for item in fields(Settings)
            if getattr(settings, item.name) != getattr(before, item.name)
        }
        fresh = build_engines(settings)
        if changed & _OF_THE_SPEAKER:
            coach.engines = replace(
                coach.engines, speaker=fresh.speaker, forget_spoken=fresh.forget_spoken
            )
        if changed & _OF_THE_TRANSCRIBER:
            coach.engines = replace(
                coach.engines,
                transcriber=fresh.transcriber,
                live_transcriber=fresh.live_transcriber,
                aligner=fresh.aligner,
            )
        coach.take_settings(settings, rubric_weights(settings))
        self.on_change(settings)


def _lines(changed: Mapping[str, Any]) -> dict[str, Value | None]:
    """Return what config.toml is to say; a default needs no line."""
    return {name: None if value == DEFAULTS[name] else value for name, value in changed.items()}
