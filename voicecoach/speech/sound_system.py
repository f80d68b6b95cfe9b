"""The way to sounddevice and PortAudio, with what to do where they are not there."""

import sys
import threading
from contextlib import suppress
from typing import Any, Final

from voicecoach.errors import CoachError

_INSTALL_PORTAUDIO: Final = (
    "Install it (Debian, Ubuntu: sudo apt install libportaudio2; Fedora: sudo dnf install "
    "portaudio; Arch: sudo pacman -S portaudio)"
)
_INSTALL_AGAIN: Final = "Install it again (pip install --force-reinstall sounddevice)"

_CLOSE_SECONDS: Final = 3.0


def load_sounddevice(error: type[CoachError], *, instead: str) -> Any:
    """Return the sounddevice module.

    Args:
        error: what to raise where there is no PortAudio.
        instead: what the person can do without it, as the end of a sentence.

    Raises:
        CoachError: of the kind asked for.
    """
    try:
        import sounddevice  # noqa: PLC0415 - it starts PortAudio
    except Exception as problem:
        remedy = _INSTALL_AGAIN if sys.platform in {"darwin", "win32"} else _INSTALL_PORTAUDIO
        raise error(
            "PortAudio, the library for sound cards, can't be loaded.", f"{remedy}, or {instead}."
        ) from problem
    return sounddevice


def look_for_devices_again(sounddevice: Any) -> None:
    """Let PortAudio see what was plugged in since it started; no stream may be open."""
    with suppress(sounddevice.PortAudioError):
        sounddevice._terminate()  # noqa: SLF001 - sounddevice has no public way
        sounddevice._initialize()  # noqa: SLF001 - as above


def close_stream(stream: Any) -> None:
    """Stop and close a stream; one whose device is gone may never return and is left behind."""

    def stop_and_close() -> None:
        stream.stop()
        stream.close()

    closing = threading.Thread(target=stop_and_close, daemon=True)
    closing.start()
    closing.join(_CLOSE_SECONDS)


def device_problem(problem: Exception) -> str:
    """Return PortAudio's reason in short: "Device unavailable"."""
    reason = str(problem.args[0]) if problem.args else type(problem).__name__
    return reason.rpartition(": ")[2]
