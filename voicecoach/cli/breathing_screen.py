"""Breathing along at the terminal: a line that grows and shrinks, a word for each phase.

Enter or Ctrl-C stops it at any moment; that is no failure.
"""

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from voicecoach.breathing import CUE_WORDS, SPOKEN, STOP, Cue, Moment, Pattern, moment
from voicecoach.cli.asking import ask_yes
from voicecoach.cli.enter_key import enter_pressed, forget_typed_ahead
from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session
from voicecoach.errors import CoachError

LINE_WIDTH: Final = 24
"""Characters of a full breath; fits beside its words on 60 columns."""

TICK_SECONDS: Final = 0.1


def offer_breathing(session: Session, *, asked_for: bool) -> None:
    """Breathe along for about a minute where it was asked for, or where the person says yes.

    Without `--breathe` it is offered only where the setting `breathe_first` says so.
    """
    from voicecoach.breathing import USUAL, find_pattern, rounds_within  # noqa: PLC0415

    screen, settings = session.screen, session.settings
    if not screen.at_terminal or not (asked_for or settings.breathe_first):
        return
    if not asked_for and not ask_yes(screen, "Breathe first, one minute?", default=False):
        return
    pattern = find_pattern(settings.breathing) or USUAL
    breathe_along(session, pattern, rounds_within(pattern, 60.0), aloud=True)


def breathe_along(session: Session, pattern: Pattern, rounds: int, *, aloud: bool) -> bool:
    """Pace so many rounds; return whether they were breathed to the end."""
    screen = session.screen
    if pattern.caution:
        screen.note(pattern.caution)
    screen.note(f"{pattern.title}, {pattern.counts}, {rounds} times. {STOP} Enter ends it.")
    speak = _Speaking(session) if aloud else None
    forget_typed_ahead()
    begun, begins = time.monotonic(), -1.0
    try:
        while (now := moment(pattern, rounds, time.monotonic() - begun)) is not None:
            if enter_pressed():
                return False
            if now.begins != begins:
                begins = now.begins
                if speak is not None:
                    speak(now.phase.cue)
            screen.transient(breath_line(now, rounds))
            time.sleep(TICK_SECONDS)
    except KeyboardInterrupt:
        return False
    finally:
        screen.end_transient()
        if speak is not None and speak.not_spoken:
            screen.note(speak.not_spoken)
    return True


def breath_line(now: Moment, rounds: int) -> str:
    """Return what one moment looks like: how full, what to do, which second, which round."""
    full = round(LINE_WIDTH * now.fullness)
    line = "█" * full + "·" * (LINE_WIDTH - full)
    words = f"{CUE_WORDS[now.phase.cue]} {now.count}"
    return f"  {line}  {words:<14} {now.round} of {rounds}"


def show_pattern(screen: Screen, pattern: Pattern, rounds: int) -> None:
    """Print a pattern as a list, for where nothing can be paced."""
    screen.line((f"{pattern.title} ({pattern.counts}), {rounds} times", "bold"))
    for number, phase in enumerate(pattern.phases, start=1):
        screen.item(f"{CUE_WORDS[phase.cue]} while you count to {phase.seconds}", mark=f"{number}.")
    if pattern.caution:
        screen.line(pattern.caution)
    screen.line(STOP)


class _Speaking:
    """Says a cue beside the pacing, so that a slow sound card delays no breath.

    `not_spoken` says why nothing could be heard, "" where it could.
    """

    def __init__(self, session: Session) -> None:
        self.not_spoken = ""
        self._play: Callable[[Path], None] = session.coach.engines.play
        self._sounds: dict[Cue, Path] = {}
        try:
            speaker = session.coach.engines.speaker
            self._sounds = {cue: speaker.synthesise(words) for cue, words in SPOKEN.items()}
        except CoachError as error:
            self.not_spoken = f"The words were not spoken: {error}"

    def __call__(self, cue: Cue) -> None:
        """Say it, unless that has failed before."""
        if not self.not_spoken:
            threading.Thread(target=self._say, args=(self._sounds[cue],), daemon=True).start()

    def _say(self, sound: Path) -> None:
        try:
            self._play(sound)
        except CoachError as error:
            self.not_spoken = f"The words were not spoken: {error}"
