"""Speaks one text into one file, in a process of its own, and ends.

pyttsx3 is reliable only for the first utterance of a process, so `pyttsx3_speaker` starts this
module afresh for each: `python -m voicecoach.speech.pyttsx3_child`, a task as JSON on standard
input, the result as one line of JSON on standard output. What the engines print goes to standard
error.
"""

import json
import os
import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from voicecoach.speech.espeak_library import make_espeak_loadable

if TYPE_CHECKING:
    from pyttsx3.engine import Engine

_IDLE_SECONDS: Final = 2.0


class SpeakingTask(TypedDict):
    """What to do. Without `path` nothing is spoken and only the voices are told."""

    text: str
    path: str | None
    voice: str | None
    words_per_minute: int
    bundled_only: bool


class VoiceEntry(TypedDict):
    """A voice as pyttsx3 tells it."""

    id: str
    name: str
    languages: list[str]


class SpeakingResult(TypedDict):
    """What came of it: `problem` is None where it went well."""

    problem: Literal["no_engine", "unknown_voice", "failed"] | None
    detail: str
    voices: list[VoiceEntry]


def perform(task: SpeakingTask) -> SpeakingResult:
    """Do the task and tell how it went."""
    library = make_espeak_loadable(bundled_only=task["bundled_only"])
    if not library:
        return _result("no_engine", "espeak-ng is not installed")
    try:
        import pyttsx3  # noqa: PLC0415 - it loads the speech library, which may fail

        untyped: Any = pyttsx3
        engine: Engine = untyped.init()
    except Exception as error:  # noqa: BLE001 - drivers raise whatever their platform does
        return _result("no_engine", _line(error))
    errors: list[Exception] = []
    engine.connect("error", lambda **told: errors.append(told["exception"]))
    voices = _voices(engine)
    if task["path"] is None:
        return _result(None, library, voices)
    speak = _speak_with_espeak if engine.driver_name == "espeak" else _speak_with_the_platform
    if not speak(engine, task, task["path"], voices, errors):
        return _result("unknown_voice", str(task["voice"]), voices)
    if errors:
        return _result("failed", _line(errors[0]))
    return _result(None, library)


def _speak_with_espeak(
    engine: "Engine",
    task: SpeakingTask,
    path: str,
    voices: list[VoiceEntry],  # noqa: ARG001 - espeak-ng itself knows which names it takes
    errors: list[Exception],
) -> bool:
    """Speak into `path`; return whether the voice was known.

    espeak-ng works off its orders in a thread of its own. pyttsx3's `runAndWait` ends with a stop
    that drops what waits there: the rate, or for longer texts everything. Its bare loop has no
    such stop and ends with the utterance.
    """
    _wait_until_espeak_is_idle()
    if task["voice"]:
        engine.setProperty("voice", task["voice"])
    engine.setProperty("rate", task["words_per_minute"])
    engine.save_to_file(task["text"], path)
    engine.startLoop()
    if not task["voice"]:
        return True
    chosen = str(engine.getProperty("voice") or "")
    _, plus, variant = task["voice"].lower().partition("+")
    return not errors and chosen.endswith(plus + variant)


def _speak_with_the_platform(
    engine: "Engine",
    task: SpeakingTask,
    path: str,
    voices: list[VoiceEntry],
    errors: list[Exception],  # noqa: ARG001 - the voices are known beforehand
) -> bool:
    """Speak into `path` with the voices of macOS or Windows; return whether the voice was known.

    The first `runAndWait` of a process is the one that works.
    """
    if task["voice"]:
        wanted = task["voice"].casefold()
        ids = [
            voice["id"]
            for voice in voices
            if wanted in {voice["id"].casefold(), voice["name"].casefold()}
        ]
        if not ids:
            return False
        engine.setProperty("voice", ids[0])
    engine.setProperty("rate", task["words_per_minute"])
    engine.save_to_file(task["text"], path)
    engine.runAndWait()
    return True


def _wait_until_espeak_is_idle() -> None:
    """Let espeak-ng finish what starting it ordered; a voice chosen meanwhile would collide."""
    espeak: Any = import_module("pyttsx3.drivers._espeak")
    until = time.monotonic() + _IDLE_SECONDS
    while espeak.IsPlaying() and time.monotonic() < until:
        time.sleep(0.001)


def _voices(engine: "Engine") -> list[VoiceEntry]:
    found: Any = engine.getProperty("voices") or []
    return [
        VoiceEntry(
            id=str(voice.id),
            name=str(voice.name or voice.id),
            languages=[str(language) for language in voice.languages if language],
        )
        for voice in found
    ]


def _result(
    problem: Literal["no_engine", "unknown_voice", "failed"] | None,
    detail: str = "",
    voices: list[VoiceEntry] | None = None,
) -> SpeakingResult:
    return SpeakingResult(problem=problem, detail=detail, voices=voices or [])


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def main() -> None:
    """Read the task, keep standard output for the result alone, and do it."""
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    task: SpeakingTask = json.load(sys.stdin)
    result = perform(task)
    with answer:
        json.dump(result, answer)
    sys.stdout.flush()
    sys.stderr.flush()
    # espeak-ng and the platforms' engines may crash while Python takes them down; all is written.
    os._exit(0)


if __name__ == "__main__":
    main()
