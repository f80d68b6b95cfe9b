"""Questions to the person at the terminal. Every one can be left with Ctrl-C.

Prompts go to stderr in JSON mode. Nothing is asked off a terminal: `require_terminal` says what to
give instead.
"""

import contextlib
import sys
from collections.abc import Sequence
from datetime import date

import click

from question_bank.debrief_values import day_of
from voicecoach.cli.screen import Screen, printable
from voicecoach.errors import InvalidInputError

with contextlib.suppress(ImportError):  # not on Windows, where the console edits lines itself
    # Without it a terminal cuts a typed line after 4,095 bytes, and arrow keys print letters.
    import readline  # noqa: F401


def require_terminal(screen: Screen, what_to_do: str) -> None:
    """Refuse to ask where nobody can answer.

    Raises:
        InvalidInputError: with what to do instead.
    """
    if not screen.at_terminal:
        raise InvalidInputError("This asks questions, and there is no terminal here.", what_to_do)


def ask_text(screen: Screen, question: str, *, default: str | None = None) -> str:
    """Ask for one line until one is given; `default` is taken for an empty one."""
    answer: str = click.prompt(
        printable(question), default=default, err=screen.as_json, show_default=bool(default)
    )
    return answer.strip()


def ask_optional(screen: Screen, question: str) -> str:
    """Ask for one line; an empty one is an answer too."""
    return ask_text(screen, question, default="")


def ask_several(screen: Screen, question: str) -> tuple[str, ...]:
    """Ask for several lines; an empty one ends them."""
    screen.line(question + " (one per line, an empty line ends)")
    lines: list[str] = []
    while line := _next_line(screen):
        lines.append(line.strip())
    return tuple(lines)


def ask_yes(screen: Screen, question: str, *, default: bool) -> bool:
    """Ask for a yes or a no."""
    return click.confirm(printable(question), default=default, err=screen.as_json)


def ask_choice(
    screen: Screen, question: str, choices: Sequence[tuple[str, str]], *, default: str
) -> str:
    """Ask for one of several (key, meaning) pairs; return the key. Its first letters do."""
    for key, meaning in choices:
        screen.item((key, "bold"), f": {meaning}" if meaning else "")
    while True:
        given = ask_text(screen, question, default=default).lower()
        found = [key for key, _ in choices if key.startswith(given)]
        if given in found or len(found) == 1:
            return given if given in found else found[0]
        screen.line(f"Please answer with one of: {', '.join(key for key, _ in choices)}.")


def ask_number(
    screen: Screen, question: str, *, low: int, high: int, default: int | None = None
) -> int | None:
    """Ask for a whole number; an empty line means the default (or none at all)."""
    while True:
        given = ask_text(screen, question, default="" if default is None else str(default))
        if not given:
            return None
        if given.isdecimal() and low <= int(given) <= high:
            return int(given)
        screen.line(f"Please give a whole number from {low} to {high}.")


def ask_day(screen: Screen, question: str, *, today: date) -> date | None:
    """Ask for a day ; an empty line means that it is not known."""
    while True:
        given = ask_optional(screen, f"{question} (such as {today.isoformat()}, empty: not known)")
        if not given:
            return None
        day = day_of(given)
        if day is not None:
            return day
        screen.line(f"I could not read {given!r} as a day. Please write it as YYYY-MM-DD.")


def wait_for_enter(screen: Screen, prompt: str) -> None:
    """Wait until the person presses Enter."""
    print(printable(prompt), end=" ", file=sys.stderr if screen.as_json else sys.stdout, flush=True)
    if not sys.stdin.readline():
        raise click.Abort


def read_paragraphs(screen: Screen, prompt: str) -> str:
    """Read what a person types until an empty line, or all of stdin off a terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.read().strip()
    screen.line(prompt)
    lines: list[str] = []
    while line := _next_line(screen):
        lines.append(line)
    return "\n".join(lines).strip()


def _next_line(screen: Screen) -> str:
    """Ask for one more line; an empty one where there is none."""
    line: str = click.prompt(
        "", default="", show_default=False, prompt_suffix="> ", err=screen.as_json
    )
    return line
