"""Runs `voicecoach` as a real process, off a terminal and on a pseudo-terminal."""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cli.forking import Forker

COMMAND = (sys.executable, "-m", "voicecoach")
DEADLINE_SECONDS = 120.0

FORKERS: list[Forker] = []
"""Who starts the processes; empty: each starts from nothing."""


def environment(home: Path, **more: str) -> dict[str, str]:
    """What the process is given: nothing of the machine's own settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("VOICECOACH_")}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        kept.pop(name, None)
    return kept | {"VOICECOACH_HOME": str(home), "VOICECOACH_TIME_ZONE": "UTC"} | more


@dataclass(frozen=True, slots=True)
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """What it printed on stdout, read as JSON."""
        return json.loads(self.out)

    @property
    def error_lines(self) -> list[str]:
        return self.err.splitlines()


@dataclass(frozen=True, slots=True)
class Voicecoach:
    """The command, with one home."""

    home: Path
    more: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *arguments: str, stdin: str = "", code: int | None = 0) -> Ran:
        """Run it off a terminal; `code` is the exit code expected (None: any)."""
        with tempfile.TemporaryDirectory() as folder:
            given, out, err = streams = [Path(folder) / name for name in ("in", "out", "err")]
            given.write_text(stdin, encoding="utf-8")
            out.touch()
            err.touch()
            ended = self._run(arguments, streams)
            ran = Ran(ended, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
        assert code is None or ran.code == code, ran
        return ran

    def _run(self, arguments: Sequence[str], streams: Sequence[Path]) -> int:
        variables = environment(self.home, **self.more)
        if FORKERS:
            return FORKERS[-1].run(
                arguments,
                environment=variables,
                streams=streams,
                deadline_seconds=DEADLINE_SECONDS,
            )
        given, out, err = streams
        with given.open("rb") as stdin, out.open("wb") as stdout, err.open("wb") as stderr:
            return subprocess.run(
                [*COMMAND, *arguments],
                stdin=stdin,
                stdout=stdout,
                stderr=stderr,
                env=variables,
                timeout=DEADLINE_SECONDS,
                check=False,
            ).returncode

    @contextmanager
    def at_terminal(self, *arguments: str, **more: str) -> "Iterator[Terminal]":
        """Run it on a pseudo-terminal."""
        import pty

        ours, theirs = pty.openpty()
        with subprocess.Popen(
            [*COMMAND, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=environment(self.home, **{"TERM": "xterm", **self.more, **more}),
            start_new_session=True,
        ) as process:
            os.close(theirs)
            terminal = Terminal(ours, process)
            try:
                yield terminal
            finally:
                process.kill()
                os.close(ours)


class Terminal:
    """The person's side of the pseudo-terminal."""

    def __init__(self, handle: int, process: "subprocess.Popen[bytes]") -> None:
        self._handle = handle
        self._process = process
        self._unread = ""
        self.shown = ""

    def expect(self, words: str) -> None:
        """Read until these words have been shown."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        while words not in self._unread:
            assert time.monotonic() < deadline, f"no {words!r} in: {self.shown}"
            assert self._read(), f"ended without {words!r}: {self.shown}"
        self._unread = self._unread.partition(words)[2]

    def type(self, line: str = "") -> None:
        """Type a line and press Enter."""
        os.write(self._handle, f"{line}\n".encode())

    def answer(self, dialogue: Sequence[tuple[str, str]]) -> None:
        """Wait for each question in turn and type its answer."""
        for question, line in dialogue:
            self.expect(question)
            self.type(line)

    def interrupt(self) -> None:
        """Press Ctrl-C; again after a while where nobody noticed.

        One that comes between a prompt's last character and the wait for input is only noticed
        with the next key: input() is made so. What is left of the prompt is no notice.
        """
        for _ in range(6):
            os.kill(self._process.pid, signal.SIGINT)
            while select.select([self._handle], [], [], 5.0)[0]:
                if not self._read() or self._unread.strip():
                    return

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._read():
            pass
        return self._process.wait(DEADLINE_SECONDS)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._handle], [], [], DEADLINE_SECONDS)
        assert ready, f"nothing more came after: {self.shown}"
        try:
            piece = os.read(self._handle, 65536).decode("utf-8", "replace")
        except OSError:  # Linux says so when the other side is closed
            return False
        self.shown += piece
        self._unread += piece
        return bool(piece)
