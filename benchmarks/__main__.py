"""`python -m benchmarks`: run them all and write benchmarks/RESULTS.md."""

import math
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final

from benchmarks.row import Row

MODULES: Final = (
    "transcription",
    "scoring",
    "laws",
    "filled_pauses",
    "scale",
    "startup",
    "memory",
)
RESULTS: Final = Path(__file__).with_name("RESULTS.md")


def main() -> int:
    """Run the benchmarks named on the command line (all without names; only all are written)."""
    chosen = tuple(sys.argv[1:]) or MODULES
    sections = []
    for name in chosen:
        module = import_module(f"benchmarks.{name}")
        print(f"{module.NAME} ...", flush=True)
        rows = module.measure()
        sections.append(_section(module.NAME, rows))
        print(sections[-1])
    if chosen == MODULES:
        RESULTS.write_text("\n".join([_heading(), *sections]), encoding="utf-8")
        print(f"written to {RESULTS.name}")
    return 0


def _heading() -> str:
    packages = ("faster-whisper", "ctranslate2", "fsrs", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        "# Benchmark results\n\n"
        "Written by `make bench`; each ratio is measured side by side in one run.\n\n"
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; {versions}.\n"
    )


def _section(name: str, rows: list[Row]) -> str:
    lines = [f"## {name}\n", "| what | value | goal | met |", "|---|---|---|---|"]
    for row in rows:
        value = "–" if math.isnan(row.value) else f"{row.value:.3g}"
        met = "" if row.met is None else ("yes" if row.met else "**no**")
        lines.append(f"| {row.what} | {value} {row.unit} | {row.goal or ''} | {met} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
