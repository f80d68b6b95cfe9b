"""How long `voicecoach --help` takes, as a whole process."""

import subprocess
import sys
from typing import Final

from benchmarks.row import Row
from benchmarks.side_by_side import time_side_by_side

NAME: Final = "Start-up"
GOAL: Final = 0.25
RUNS: Final = 15


def measure() -> list[Row]:
    """Time the help beside a Python that does nothing."""

    def run(*arguments: str) -> None:
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True)

    bare, ours = time_side_by_side(
        lambda: run("-c", "pass"), lambda: run("-m", "voicecoach", "--help"), runs=RUNS
    )
    return [
        Row("python -c pass, median", bare.median, "s", None, None),
        Row(
            "voicecoach --help, median",
            ours.median,
            "s",
            f"under {GOAL} s",
            ours.median < GOAL,
        ),
    ]
