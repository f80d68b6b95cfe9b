"""What passes between the server and its worker: one pipe, from the server to the worker's stdin.

First a line of JSON with the settings (not the command line or the environment, where other
programs could read a database's password), then a byte for each wake-up. The end of the pipe means
that the server is gone, however it went: the system closes it even after a kill -9.
"""

from pathlib import Path
from typing import IO, Any, Final

import msgspec

from voicecoach.settings import Settings

WAKE: Final = b"\n"


def settings_line(settings: Settings) -> bytes:
    """Return the line that hands the settings over."""
    return msgspec.json.encode(settings, enc_hook=str) + b"\n"


def read_settings(line: IO[bytes]) -> Settings | None:
    """Read the settings off the pipe; None where the server was gone before it could send them."""
    first = line.readline()
    if not first.endswith(b"\n"):
        return None
    return msgspec.json.decode(first, type=Settings, dec_hook=_path)


def _path(wanted: type, sent: Any) -> Path:
    if wanted is not Path:
        raise NotImplementedError(f"{wanted} is not among the settings")
    return Path(sent)
