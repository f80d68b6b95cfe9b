"""One run of the command line: its flags, its screen, and the coach once somebody needs it."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import click

from question_bank.errors import CoachError
from voicecoach.cli.screen import Screen

if TYPE_CHECKING:
    from voicecoach.practice import Coach
    from voicecoach.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


class StoppedEarlyError(CoachError):
    """The person pressed Ctrl-C; what they had given is kept. The exit code is 130."""


class Session:
    """What a verb is given. Settings are read and the coach is built on first use.

    `flags` are the settings given on the command line, None where they were not.
    """

    def __init__(self, flags: Mapping[str, object]) -> None:
        self._flags = dict(flags)
        self._closing = ExitStack()
        self.screen = Screen()

    def use_json(self) -> None:
        """Print the result as JSON on stdout, and everything else on stderr."""
        self.screen = Screen(as_json=True)

    def set_flag(self, name: str, value: object) -> None:
        """Take over a setting given after the verb; None leaves it as it is."""
        if value is not None:
            self._flags[name] = value

    @cached_property
    def settings(self) -> "Settings":
        """The settings of this run."""
        from voicecoach.settings import load_settings  # noqa: PLC0415 - start-up time

        return load_settings(self._flags)

    def overruled(self) -> dict[str, str]:
        """Which settings config.toml can't change in this run, and what sets them instead."""
        from voicecoach.settings import overruling  # noqa: PLC0415 - start-up time

        return overruling(self._flags)

    def sets(self, name: str) -> bool:
        """Whether somebody chose a setting: by flag, variable or file, rather than the default."""
        from voicecoach.settings import Settings  # noqa: PLC0415 - start-up time

        default = {item.name: item.default for item in fields(Settings)}[name]
        return name in self.overruled() or getattr(self.settings, name) != default

    @cached_property
    def coach(self) -> "Coach":
        """The coach with its real engines."""
        from voicecoach.wiring import build_coach  # noqa: PLC0415 - start-up time

        return build_coach(self.settings)

    def close(self) -> None:
        """Let go of what was opened."""
        self._closing.close()


pass_session = click.make_pass_decorator(Session)


def json_option(function: Function) -> Function:
    """Give a verb `--json`."""

    def switch(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
        if value and not ctx.resilient_parsing:
            ctx.ensure_object(Session).use_json()

    return click.option(
        "--json",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=switch,
        help="Print the result as JSON on stdout, everything else on stderr.",
    )(function)


def synthetic_option(function: Function) -> Function:
    """Let `--synthetic` be given after the verb too."""

    def switch(ctx: click.Context, _parameter: click.Parameter, value: bool | None) -> None:
        if value and not ctx.resilient_parsing:
            ctx.ensure_object(Session).set_flag("synthetic", value=True)

    return click.option(
        "--synthetic",
        is_flag=True,
        default=None,
        expose_value=False,
        callback=switch,
        help="Transcribe with the small weights that know synthetic voices only.",
    )(function)
