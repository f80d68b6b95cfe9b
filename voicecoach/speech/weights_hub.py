"""Our side of the talk with the model hub: a child process asks it, and its silence is bounded.

What went wrong there is said in words for a person.
"""

import hashlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Self

from voicecoach.errors import WeightsDownloadError, WeightsDownloadStoppedError
from voicecoach.speech.weights_catalogue import KNOWN_WEIGHTS
from voicecoach.speech.weights_manifest import sha256_of

ENCODER_ALIAS: Final = "encoder"
"""A short name for the sentence encoder on the command line."""

PROCESS_MODULE: Final = "voicecoach.speech.weights_download_process"


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """A file as the hub lists it; `git_blob` is its SHA-1 as git counts it, for small files."""

    name: str
    size_bytes: int
    sha256: str | None
    git_blob: str | None

    def partial(self, staging: Path) -> Path:
        """Return where the file arrives; another version of it arrives elsewhere."""
        mark = (self.sha256 or self.git_blob or str(self.size_bytes))[:12]
        return staging / f"{self.name}.{mark}.partial"

    def is_at(self, path: Path) -> bool:
        """Whether the file at `path` is this one: size, and hash where the hub publishes one."""
        if not path.is_file() or path.stat().st_size != self.size_bytes:
            return False
        if self.sha256 is not None:
            return sha256_of(path) == self.sha256
        if self.git_blob is not None:
            return _git_blob(path) == self.git_blob
        return True


LOOKS_EVERY_SECONDS: Final = 0.2
"""How soon a download that is to stop does."""


def never() -> bool:
    """Go on to the end."""
    return False


class Hub:
    """The child process, how long its silence is borne, and whether it is to stop."""

    def __init__(
        self,
        repository: str,
        silence_seconds: float,
        should_stop: Callable[[], bool] = never,
    ) -> None:
        self._repository = repository
        self._silence_seconds = silence_seconds
        self._should_stop = should_stop
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", PROCESS_MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                "HF_HUB_DISABLE_XET": "1",
                "HF_HUB_DISABLE_PROGRESS_BARS": "1",
                "HF_HUB_DISABLE_TELEMETRY": "1",
                "HF_HUB_DISABLE_IMPLICIT_TOKEN": "1",
            },
        )
        assert self._process.stdout is not None
        self._reader = threading.Thread(
            target=_read_lines, args=(self._process.stdout, self._lines), daemon=True
        )
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def list_files(self) -> dict[str, Any]:
        """Return the repository's revision and its files with sizes and hashes."""
        self._send({"repository": self._repository, "timeout_seconds": self._silence_seconds})
        return self._receive()

    def fetch(self, files: Sequence[HubFile], staging: Path) -> Iterator[tuple[str, int]]:
        """Fetch files into their partial ones; yield (name, bytes that are there) as they grow."""
        incomplete = [
            {
                "name": file.name,
                "size_bytes": file.size_bytes,
                "partial": str(file.partial(staging)),
            }
            for file in files
        ]
        if not incomplete:
            return
        self._send({"files": incomplete})
        while (message := self._receive())["event"] != "done":
            yield message["file"], message["bytes"]

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(message) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError as error:
            raise self._failed("died", "") from error

    def _receive(self) -> dict[str, Any]:
        line = self._next_line()
        if line is None:
            raise self._failed("died", "")
        message: dict[str, Any] = json.loads(line)
        if message["event"] == "failed":
            raise self._failed(message["kind"], message["detail"])
        return message

    def _next_line(self) -> str | None:
        give_up_at = time.monotonic() + self._silence_seconds
        while (left := give_up_at - time.monotonic()) > 0:
            if self._should_stop():
                raise WeightsDownloadStoppedError(
                    "The download was stopped.",
                    "What has arrived is kept; started again, it goes on from there.",
                )
            with suppress(queue.Empty):
                return self._lines.get(timeout=min(left, LOOKS_EVERY_SECONDS))
        raise self._failed("no_answer", "")

    def _failed(self, kind: str, detail: str) -> WeightsDownloadError:
        return hub_failure(self._repository, kind, detail, self._silence_seconds)


def _read_lines(stream: IO[str], lines: "queue.SimpleQueue[str | None]") -> None:
    """Move the child's lines into the queue; None once there are no more."""
    for line in stream:
        lines.put(line)
    lines.put(None)


def hub_failure(
    repository: str, kind: str, detail: str, silence_seconds: float
) -> WeightsDownloadError:
    """Return the error for what the child reported, in words for a person."""
    hub = os.environ.get("HF_ENDPOINT") or "huggingface.co"
    other_machine = "bring them from another machine: voicecoach models import FILE"
    again = f"Try again, it goes on where it stopped; or {other_machine}."
    what_happened, what_to_do = {
        "no_network": (
            f"The model hub ({hub}) can't be reached.",
            f"Check the network and try again, it goes on where it stopped; or {other_machine}.",
        ),
        "no_answer": (
            f"The model hub ({hub}) did not answer within {silence_seconds:.0f} s.",
            again,
        ),
        "not_found": (
            f"The model hub ({hub}) has no {repository}, or not all of its files.",
            f"Choose others ({names_to_choose()}), or {other_machine}.",
        ),
        "refused": (
            f"The model hub ({hub}) refuses to give {repository}.",
            f"Choose others ({names_to_choose()}), or {other_machine}.",
        ),
        "server": (f"The model hub ({hub}) failed ({detail}).", again),
        "disk_full": (
            "The disk is full.",
            "Make room and try again, it goes on where it stopped; or choose smaller weights.",
        ),
        "offline": (
            "HF_HUB_OFFLINE is set, which forbids asking the model hub.",
            f"Unset it, or {other_machine}.",
        ),
    }.get(kind, (f"Fetching {repository} broke off ({detail or 'its process ended'}).", again))
    return WeightsDownloadError(what_happened, what_to_do)


def names_to_choose() -> str:
    """Return the names of all weights that can be fetched, for a message."""
    return ", ".join([*(weights.name for weights in KNOWN_WEIGHTS), ENCODER_ALIAS])


def _git_blob(path: Path) -> str:
    """Return the SHA-1 under which git stores the file; meant for small files."""
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
