"""Keeps ALSA's and PortAudio's own complaints off the terminal.

Both print straight to file descriptor 2, a dozen lines where one clear line is wanted, and offer
no switch. Python's own standard error goes on being heard meanwhile.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

_STANDARD_ERROR: Final = 2


class _Muffler:
    """Descriptor 2 turned to nowhere while anybody needs quiet; the last one turns it back."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._users = 0
        self._kept: int | None = None
        self._pythons: tuple[TextIO, TextIO] | None = None

    def enter(self) -> None:
        with self._lock:
            self._users += 1
            if self._users == 1:
                self._mute()

    def leave(self) -> None:
        with self._lock:
            self._users -= 1
            if self._users == 0:
                self._restore()

    def _mute(self) -> None:
        try:
            self._kept = os.dup(_STANDARD_ERROR)
            nowhere = os.open(os.devnull, os.O_WRONLY)
        except OSError:
            return
        usual = sys.stderr
        if _writes_to_descriptor(usual):
            usual.flush()
            instead = os.fdopen(
                os.dup(self._kept), "w", 1, encoding=usual.encoding, errors=usual.errors
            )
            self._pythons = (usual, instead)
            sys.stderr = instead
        os.dup2(nowhere, _STANDARD_ERROR)
        os.close(nowhere)

    def _restore(self) -> None:
        if self._kept is None:
            return
        os.dup2(self._kept, _STANDARD_ERROR)
        os.close(self._kept)
        self._kept = None
        if self._pythons is not None:
            usual, instead = self._pythons
            self._pythons = None
            if sys.stderr is instead:
                sys.stderr = usual
            instead.close()


_MUFFLER: Final = _Muffler()


@contextmanager
def without_native_noise() -> Iterator[None]:
    """Let nothing that C libraries print reach the terminal. May be nested and used by threads."""
    if sys.platform != "linux":
        yield
        return
    _MUFFLER.enter()
    try:
        yield
    finally:
        _MUFFLER.leave()


def _writes_to_descriptor(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.fileno() == _STANDARD_ERROR
    except (OSError, ValueError, AttributeError):
        return False
