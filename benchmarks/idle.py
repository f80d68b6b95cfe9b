"""What a server that nobody uses costs: it and its worker, before any model is loaded.

`python -m benchmarks.idle [--json] [--seconds S]`

`voicecoach serve` is started as a process over an empty home. Once it and its worker have settled,
the processor time that both take in `--seconds` is read off the system, and their memory (resident,
pages that both share counted twice). On a busy machine processor time is still theirs alone.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

import psutil

from benchmarks.row import Row

NAME: Final = "Idle"
CPU_GOAL_PERCENT: Final = 1.5
MEMORY_GOAL_MB: Final = 250.0
SECONDS: Final = 60.0
SETTLING_SECONDS: Final = 10.0
PATIENCE_SECONDS: Final = 120.0
"""How long the server may take to be there with its worker."""


def figures(seconds: float = SECONDS) -> dict[str, float]:
    """Return the share of one processor in percent and the memory in MB, for both processes."""
    with tempfile.TemporaryDirectory() as folder, _serving(Path(folder) / "home") as server:
        processes = {"server": server, "worker": _worker_of(server)}
        time.sleep(SETTLING_SECONDS)
        before = {name: _busy_seconds(process) for name, process in processes.items()}
        began = time.monotonic()
        time.sleep(seconds)
        took = time.monotonic() - began
        told: dict[str, float] = {"seconds": took}
        for name, process in processes.items():
            busy = _busy_seconds(process) - before[name]
            told[f"{name}_cpu_percent"] = 100 * busy / took
            told[f"{name}_memory_mb"] = process.memory_info().rss / 1e6
    told["cpu_percent"] = told["server_cpu_percent"] + told["worker_cpu_percent"]
    told["memory_mb"] = told["server_memory_mb"] + told["worker_memory_mb"]
    return told


def measure() -> list[Row]:
    """Measure both together against the goals, and tell each alone."""
    told = figures()
    return [
        Row(
            "server and worker, processor",
            told["cpu_percent"],
            "% of one core",
            f"under {CPU_GOAL_PERCENT:g} %",
            told["cpu_percent"] < CPU_GOAL_PERCENT,
        ),
        Row(
            "server and worker, memory",
            told["memory_mb"],
            "MB",
            f"under {MEMORY_GOAL_MB:g} MB",
            told["memory_mb"] < MEMORY_GOAL_MB,
        ),
        *(
            Row(f"{name} alone, {what}", told[f"{name}_{key}"], unit, None, None)
            for name in ("server", "worker")
            for what, key, unit in (
                ("processor", "cpu_percent", "% of one core"),
                ("memory", "memory_mb", "MB"),
            )
        ),
    ]


@contextmanager
def _serving(home: Path) -> Iterator[psutil.Process]:
    """Serve a home in a process of its own for the length of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = {k: v for k, v in os.environ.items() if not k.startswith("VOICECOACH_")}
    with subprocess.Popen(
        [sys.executable, "-m", "voicecoach", "serve", "--port", str(port)],
        env=variables | {"VOICECOACH_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
            if f":{port}" not in first:
                raise RuntimeError(f"the server did not start: {first.strip() or 'no word'}")
            yield psutil.Process(process.pid)
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def _worker_of(server: psutil.Process) -> psutil.Process:
    """Return the server's worker once it holds still, which it does when it has looked around."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for child in server.children():
            before = _busy_seconds(child)
            time.sleep(2.0)
            if child.is_running() and before > 0 and _busy_seconds(child) - before < 0.05:
                worker: psutil.Process = child
                return worker
        time.sleep(0.1)
    raise RuntimeError("the server has no worker, or one that never rests")


def _busy_seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 2 where they can't be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="how long to watch")
    options = parser.parse_args(arguments)
    if not 1 <= options.seconds <= 3600:
        print("idle: --seconds must be from 1 to 3600", file=sys.stderr)
        return 2
    try:
        told: Mapping[str, float] = figures(options.seconds)
    except (RuntimeError, psutil.Error, OSError) as error:
        print(f"idle: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told, indent=2))
        return 0
    for name, value in told.items():
        print(f"{name} {value:.3g}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
