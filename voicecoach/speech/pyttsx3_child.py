"""Speaks one text into one file, in a process of its own, and ends.

pyttsx3 is reliable only for the first utterance of a process, so `pyttsx3_speaker` starts this
module afresh for each: `python -m voicecoach.speech.pyttsx3_child`, a task as JSON on standard
input, the result as one line of JSON on standard output. What the engines print goes to standard
error.
"""

import json
import os
import sys
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict

from voicecoach.speech.espeak_library import make_espeak_loadable

if TYPE_CHECKING:
    from pyttsx3.engine import Engine


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


_WARM_UP_DRIVERS: Final = {"espeak"}
"""Drivers whose first `runAndWait` returns before a longer text is done; on the others a second
one would cut the speech off."""


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
    if engine.driver_name in _WARM_UP_DRIVERS:
        engine.runAndWait()
    voices = _voices(engine)
    if task["path"] is None:
        return _result(None, library, voices)
    if task["voice"] and not _choose_voice(engine, task["voice"], voices, errors):
        return _result("unknown_voice", task["voice"], voices)
    engine.setProperty("rate", task["words_per_minute"])
    engine.save_to_file(task["text"], task["path"])
    engine.runAndWait()
    if errors:
        return _result("failed", _line(errors[0]))
    return _result(None, library)


def _choose_voice(
    engine: "Engine", wanted: str, voices: list[VoiceEntry], errors: list[Exception]
) -> bool:
    """Set the voice by id, name or language ("en-us", with espeak also "en-us+f3")."""
    if engine.driver_name == "espeak":
        engine.setProperty("voice", wanted)
        chosen = str(engine.getProperty("voice") or "")
        _, plus, variant = wanted.lower().partition("+")
        refused = bool(errors) or not chosen.endswith(plus + variant)
        errors.clear()
        return not refused
    folded = wanted.casefold()
    for voice in voices:
        if folded in {voice["id"].casefold(), voice["name"].casefold()}:
            engine.setProperty("voice", voice["id"])
            return True
    return False


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
