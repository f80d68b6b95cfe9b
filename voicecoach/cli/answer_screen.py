"""Recording an answer at the terminal: "speak now", a level meter, Enter ends it.

Ctrl-C ends it too and keeps what was said; the recording is on disk in any case.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from voicecoach.cli.enter_key import enter_pressed, forget_typed_ahead
from voicecoach.cli.screen import Screen
from voicecoach.errors import InvalidInputError
from voicecoach.time_words import clock_words

if TYPE_CHECKING:
    from types import FrameType

    from voicecoach.attempt import Attempt
    from voicecoach.cli.pressure_screen import PressureScreen
    from voicecoach.practice import Coach
    from voicecoach.speech.contracts import RecordingProgress


@dataclass(frozen=True, slots=True)
class Recorded:
    """An attempt with its recording, and whether Ctrl-C ended it."""

    attempt: "Attempt"
    interrupted: bool


def record_answer(
    screen: Screen,
    coach: "Coach",
    attempt: "Attempt",
    *,
    target_seconds: int | None,
    limit_seconds: int | None = None,
    pressure: "PressureScreen | None" = None,
) -> Recorded:
    """Record the microphone into an attempt until Enter, Ctrl-C or the limit.

    With pressure it is the interviewer who may end it, or who says nothing first.

    Raises:
        MicrophoneError: no microphone can be opened.
    """
    by_enter = screen.at_terminal
    limits = [
        one for one in (coach.settings.record_limit_seconds, limit_seconds) if one is not None
    ]
    limit = min(limits, default=None)
    target = limit_seconds or (limit if target_seconds is None else target_seconds)
    screen.transient("  opening the microphone ...")

    def started() -> None:
        screen.end_transient()
        ends = "Enter ends your answer" if by_enter else f"it ends after {limit:g} s"
        if by_enter and limit_seconds is not None:
            ends += f", at the latest after {clock_words(limit_seconds)}"
        screen.note(f"Speak now. ({ends}; pauses don't.)")
        forget_typed_ahead()

    def progress(now: "RecordingProgress") -> None:
        screen.transient(meter_line(now.seconds, now.level, target))
        if pressure is not None:
            pressure.hear(now)

    def ended() -> bool:
        if pressure is None:
            return by_enter and enter_pressed()
        return pressure.is_over or (by_enter and enter_pressed() and pressure.ended())

    with interrupt_noticed() as interrupted:
        recorded = coach.record(
            attempt.id,
            on_started=started,
            on_progress=progress,
            should_stop=lambda: interrupted.is_set() or ended(),
            limit_seconds=limit_seconds,
        )
    screen.end_transient()
    if pressure is not None:
        pressure.close()
    if recorded.interrupted:
        screen.note(f"About the recording: {recorded.interrupted} What was heard is kept.")
    return Recorded(attempt=recorded, interrupted=interrupted.is_set())


def require_an_end(screen: Screen, coach: "Coach") -> None:
    """Refuse to record where nothing could end the answer.

    Raises:
        InvalidInputError: there is neither a terminal nor a limit.
    """
    if not screen.at_terminal and coach.settings.record_limit_seconds is None:
        raise InvalidInputError(
            "There is no terminal here, so nothing could end your answer.",
            "Give a sound file with --answer FILE, or a limit with --record-limit-seconds.",
        )


def meter_line(seconds: float, level: float, target_seconds: float | None) -> str:
    """Return the one line shown while recording: time, target, and how loud it is."""
    from voicecoach.speech.level_meter import level_bar  # noqa: PLC0415 - start-up time

    time = clock_words(int(seconds))
    if target_seconds is not None:
        time += f" of {clock_words(target_seconds)}"
    return f"  recording {time}  {level_bar(level)}"


@contextmanager
def interrupt_noticed() -> Iterator[threading.Event]:
    """Turn the first Ctrl-C into an event, so that the recorder ends in good order."""
    noticed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield noticed
        return

    def notice(_signal: int, _frame: "FrameType | None") -> None:
        if noticed.is_set():
            raise KeyboardInterrupt
        noticed.set()

    before = signal.signal(signal.SIGINT, notice)
    try:
        yield noticed
    finally:
        signal.signal(signal.SIGINT, before)
        sys.stderr.flush()
