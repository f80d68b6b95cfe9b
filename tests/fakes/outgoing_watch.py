"""Watches a process and its children: who reaches for anything but this machine is written down.

It works through an audit hook that Python sets up before anything else runs, from a
`sitecustomize.py` on PYTHONPATH, and the attempt itself fails.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HOOK = '''"""Set up by tests.fakes.outgoing_watch."""

import os
import sys

_LOCAL = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "", None}


def _write(name, line):
    handle = os.open(
        os.path.join(os.environ["OUTGOING_WATCH"], name), os.O_WRONLY | os.O_CREAT | os.O_APPEND
    )
    os.write(handle, (line + "\\n").encode())
    os.close(handle)


def _watch(event, arguments):
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1] if len(arguments) > 1 else None
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host not in _LOCAL:
        _write("attempts", f"{event} {host} {sys.argv}")
        raise OSError(f"outgoing connections are watched: {host}")


_write("watched", " ".join(sys.orig_argv))
sys.addaudithook(_watch)
'''


@dataclass(frozen=True)
class OutgoingWatch:
    """What was watched, and what was attempted; lines of text."""

    folder: Path

    def environment(self, given: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment of a process to be watched."""
        before = dict(os.environ if given is None else given)
        paths = [str(self.folder), *filter(None, [before.get("PYTHONPATH", "")])]
        return before | {
            "PYTHONPATH": os.pathsep.join(paths),
            "OUTGOING_WATCH": str(self.folder),
        }

    @property
    def attempts(self) -> list[str]:
        """Every attempt to reach another machine."""
        return self._lines("attempts")

    @property
    def watched(self) -> list[str]:
        """The command line of every process that was watched."""
        return self._lines("watched")

    def _lines(self, name: str) -> list[str]:
        path = self.folder / name
        return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def outgoing_watch(folder: Path) -> OutgoingWatch:
    """Make a watch whose hook lies in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(_HOOK, encoding="utf-8")
    return OutgoingWatch(folder)
