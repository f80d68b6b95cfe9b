"""Starts the worker, watches it, starts it again when it dies, and ends it with the server."""

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from types import TracebackType
from typing import Final, Self

from server.worker_line import WAKE, settings_line
from voicecoach.settings import Settings

FIRST_WAIT_SECONDS: Final = 0.2
LONGEST_WAIT_SECONDS: Final = 60.0
"""How long is waited before a dead worker is started again: twice as long each time."""

STEADY_SECONDS: Final = 60.0
"""A worker that has lived so long is not dying in a row any more."""

SECONDS_TO_END: Final = 5.0
"""How long a worker may take to end before it is killed."""

log: Final = logging.getLogger("server.worker_process")


class WorkerProcess:
    """The worker beside a server, from entering the block to leaving it.

    Args:
        settings: handed to the worker.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._replacing: subprocess.Popen[bytes] | None = None
        self._line = threading.Lock()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        """Start it; that it is up is not waited for."""
        self._watcher.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it. What it was at is put back and done at the next start."""
        self._stopping.set()
        with self._line:  # from here on none is started any more
            process = self._process
        if process is not None:
            self._hang_up(process)
            try:
                process.wait(SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
        self._watcher.join()

    @property
    def pid(self) -> int | None:
        """The present worker's process; None where none is running."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def take_settings(self, settings: Settings) -> None:
        """Let the worker go on with other settings: it ends in order and is started with them."""
        with self._line:
            self._settings = settings
            process = self._process
            if process is not None and process.stdin is not None:
                self._replacing = process
                with suppress(OSError):
                    process.stdin.close()

    def wake(self) -> None:
        """Tell the worker that there is a job; one that is just starting looks by itself."""
        with self._line:
            process = self._process
            if process is not None and process.stdin is not None and not process.stdin.closed:
                with suppress(OSError):
                    process.stdin.write(WAKE)
                    process.stdin.flush()

    def _watch(self) -> None:
        wait_seconds = FIRST_WAIT_SECONDS
        while not self._stopping.is_set():
            began = time.monotonic()
            process = self._start()
            if process is not None:
                code = process.wait()
                self._hang_up(process)
                if process is self._replacing:
                    wait_seconds = FIRST_WAIT_SECONDS
                elif not self._stopping.is_set():
                    log.warning("the worker ended (%d) and is started again", code)
            if time.monotonic() - began >= STEADY_SECONDS:
                wait_seconds = FIRST_WAIT_SECONDS
            self._stopping.wait(wait_seconds)
            wait_seconds = min(2 * wait_seconds, LONGEST_WAIT_SECONDS)

    def _hang_up(self, process: "subprocess.Popen[bytes]") -> None:
        """Close a worker's line; a living one takes that as the server's end."""
        with self._line:
            if process.stdin is not None:
                with suppress(OSError):
                    process.stdin.close()

    def _start(self) -> "subprocess.Popen[bytes] | None":
        """Start a worker and hand it the settings; None where it could not be started."""
        with self._line:
            if self._stopping.is_set():
                return None
            try:
                # -P: a folder called "server" where the person happens to be is not ours.
                self._process = subprocess.Popen(
                    [sys.executable, "-P", "-m", "server.worker"],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    # A job engine told of its maker's cloud there would talk to it.
                    env={k: v for k, v in os.environ.items() if not k.startswith("DBOS")},
                )
            except OSError as error:
                log.warning("the worker can't be started: %s", error)
                return None
            assert self._process.stdin is not None
            with suppress(OSError):
                self._process.stdin.write(settings_line(self._settings))
                self._process.stdin.flush()
            return self._process
