"""`voicecoach serve` as a process: it starts, says where, and stops when told to."""

import contextlib
import os
import signal
import socket
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.process import COMMAND, environment
from tests.server.serving import free_port


@contextlib.contextmanager
def serving(home: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    with subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--synthetic"],
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
def test_it_says_where_it_serves_and_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    port = free_port()
    with serving(tmp_path / "home", port) as process:
        assert process.stderr is not None
        first = process.stderr.readline()
        assert f"http://127.0.0.1:{port}" in first
        answer = httpx.get(f"http://127.0.0.1:{port}/api/health", trust_env=False)
        assert answer.json()["status"] == "ok"
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert (process.returncode, errors) == (0, "")
    log = tmp_path / "home" / "errors.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert log.read_text(encoding="utf-8") == ""


def test_a_port_in_use_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with serving(tmp_path / "home", port) as process:
            out, errors = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    (line,) = errors.splitlines()
    assert f"Port {port}" in line
    assert "--port" in line
