"""The real server over the demo's data, for what is measured or pictured in a browser."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from voicecoach.attempt import AttemptStatus
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

SECONDS_TO_START: Final = 60


class NoDemoError(Exception):
    """A folder does not hold the demo's data."""


@dataclass(frozen=True)
class ServedDemo:
    """Where the page is, and what can be looked at there."""

    base: str
    question_id: str
    attempt_id: str
    interview_id: str

    def pages(self) -> dict[str, str]:
        """Return every page's address by a name for it."""
        return {
            "home": "/",
            "drill": f"/drill/{self.question_id}",
            "result": f"/attempts/{self.attempt_id}",
            "log": "/attempts",
            "questions": "/questions",
            "question": f"/questions/{self.question_id}",
            "packs": "/questions/packs",
            "interviews": "/interviews",
            "interview": f"/interviews/{self.interview_id}",
            "debrief": "/debrief",
            "mock": "/mock",
            "readiness": "/readiness",
            "road back": "/road-back",
            "settings": "/settings",
            "rubric": "/settings/rubric",
        }

    def missing(self, path: str) -> bool:
        """Whether there is no such page."""
        request = urllib.request.Request(self.base + path, headers={"Accept": "text/html"})
        try:
            with urllib.request.urlopen(request):
                return False
        except urllib.error.HTTPError as error:
            return error.code == 404


@contextmanager
def served_demo(demo: Path | None = None) -> Iterator[ServedDemo]:
    """Serve a copy of the demo's data on a free port of this machine.

    Args:
        demo: the folder that `voicecoach demo` left; None: the demo is run first.

    Raises:
        NoDemoError: the folder holds no scored answer.
    """
    with TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        if demo is None:
            command = [sys.executable, "-m", "voicecoach", "--home", str(home), "demo", "--json"]
            subprocess.run(command, check=True, capture_output=True)
            home /= "demo"
        elif (demo / "voicecoach.db").is_file():
            shutil.copytree(demo, home)
        else:
            raise NoDemoError(f"{demo} holds no data of a demo; make some with: voicecoach demo")
        question_id, attempt_id, interview_id = _newest(home)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "voicecoach", "--home", str(home), "--synthetic"]
        with subprocess.Popen(
            [*command, "serve", "--port", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as server:
            try:
                base = f"http://127.0.0.1:{port}"
                _wait_for(base, server)
                yield ServedDemo(base, question_id, attempt_id, interview_id)
            finally:
                server.terminate()


def _newest(home: Path) -> tuple[str, str, str]:
    """Return the ids of the newest scored answer, its question and the past interview."""
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    try:
        attempts = coach.attempts(status=AttemptStatus.SCORED, limit=1)
        path = coach.recovery()
        if not attempts or path is None:
            raise NoDemoError(f"{home} holds no scored answer; make one with: voicecoach demo")
        return attempts[0].question_id, attempts[0].id, path.interview_id
    finally:
        coach.database.close()


def _wait_for(base: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(SECONDS_TO_START * 10):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            with urllib.request.urlopen(base + "/api/health"):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the server did not start within {SECONDS_TO_START} s")
