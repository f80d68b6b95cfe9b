"""Makes espeak-ng loadable for pyttsx3: the system's where there is one, else the bundled one.

Called in the speaking child process only: espeak-ng ends the whole process where it misses its
data, and it is GPL, so it stays out of ours.
"""

import ctypes
import os
import sys
from typing import Any, Final

_SYSTEM_NAMES: Final = ("libespeak-ng.so.1", "libespeak.so.1")


def make_espeak_loadable(*, bundled_only: bool) -> str:
    """Load espeak-ng so that pyttsx3's own loading finds it; return where it came from.

    "system", "bundled", "platform" (macOS and Windows bring their own voices), or "" where
    neither library is on this machine.

    Args:
        bundled_only: don't look for the system's library (its data may be missing).
    """
    if sys.platform in {"darwin", "win32"}:
        return "platform"
    if not bundled_only and _system_library_loads():
        return "system"
    return "bundled" if _load_bundled() else ""


def _system_library_loads() -> bool:
    for name in _SYSTEM_NAMES:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


def _load_bundled() -> bool:
    """Load the library of espeakng_loader for everyone in this process and tell it its data.

    Its SONAME is the one pyttsx3 asks for, so the linker hands out this copy.
    """
    try:
        import espeakng_loader  # noqa: PLC0415 - only where it is needed

        untyped: Any = espeakng_loader
        ctypes.CDLL(untyped.get_library_path(), ctypes.RTLD_GLOBAL)
        os.environ["ESPEAK_DATA_PATH"] = untyped.get_data_path()
    except (ImportError, OSError, RuntimeError):
        return False
    return True
