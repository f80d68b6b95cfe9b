"""Starts `voicecoach` processes without paying for the imports each time (Linux).

One process imports what every verb needs and then forks a child per run: its own arguments,
environment, files and exit code, through the same `main` as the console script. Starting from
nothing costs a second of processor time, a fork a twentieth.
"""

import gc
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Forker:
    """The process that forks; one run at a time."""

    process: "subprocess.Popen[bytes]"

    def run(
        self,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str],
        streams: Sequence[Path],
        deadline_seconds: float,
    ) -> int:
        """Run one command with stdin, stdout and stderr in these files; return its exit code."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        request = {
            "arguments": list(arguments),
            "environment": dict(environment),
            "folder": str(Path.cwd()),
            "streams": [str(path) for path in streams],
        }
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        ready, _, _ = select.select([self.process.stdout], [], [], deadline_seconds)
        if not ready:
            self.process.kill()
            raise TimeoutError(f"voicecoach {' '.join(arguments)}")
        return int(self.process.stdout.readline())


@contextmanager
def forker() -> Iterator[Forker]:
    """Start the process that forks, and end it after the block."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.cli.forking"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
    ) as process:
        try:
            yield Forker(process)
        finally:
            process.kill()


def serve() -> None:
    """Fork a child for each line on stdin and answer with its exit code."""
    from voicecoach.cli.verbs import VERBS

    import_module("voicecoach.wiring")
    import_module("rich.table")
    for verb in VERBS.values():
        import_module(f"voicecoach.cli.{verb.module}")
    gc.collect()
    gc.freeze()  # so that no child's search for garbage copies what it shares with this process
    for line in sys.stdin.buffer:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(request)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def _become(request: dict[str, Any]) -> None:
    """Be one run of the command line, to the end of this process."""
    code = 99
    try:
        from voicecoach.cli import main

        arguments, streams = request["arguments"], request["streams"]
        os.environ.clear()
        os.environ.update(request["environment"])
        os.chdir(request["folder"])
        modes = (os.O_RDONLY, os.O_WRONLY | os.O_APPEND, os.O_WRONLY | os.O_APPEND)
        for handle, (path, mode) in enumerate(zip(streams, modes, strict=True)):
            os.dup2(os.open(path, mode), handle)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - to the end
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - as above
        sys.argv = ["voicecoach", *arguments]
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()
