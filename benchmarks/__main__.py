"""`python -m benchmarks [NAME …]`: run benchmarks and write what they measured.

`benchmarks/results.json` keeps the latest rows of every benchmark, `benchmarks/RESULTS.md` shows
them. A benchmark run alone replaces its own section and leaves the others as they were.
"""

import math
import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.row import Section

MODULES: Final[tuple[str, ...]] = (
    "transcription",
    "live",
    "time_to_feedback",
    "alignment",
    "correction",
    "scoring",
    "delivery",
    "laws",
    "attacks",
    "coverage",
    "structure",
    "recalibration",
    "filled_pauses",
    "feedback_replies",
    "unscoreable",
    "page",
    "plan",
    "adverts",
    "readiness",
    "scale",
    "startup",
    "debrief_by_voice",
    "memory",
    "idle",
)
RESULTS: Final = Path(__file__).with_name("RESULTS.md")
RECORDED: Final = Path(__file__).with_name("results.json")


def main() -> int:
    """Run the benchmarks named on the command line (all without names) and write the results."""
    chosen = tuple(sys.argv[1:]) or MODULES
    unknown = [name for name in chosen if name not in MODULES]
    if unknown:
        print(f"no benchmark is called {unknown[0]}; there are {', '.join(MODULES)}")
        return 2
    sections = recorded_sections()
    for name in chosen:
        module = import_module(f"benchmarks.{name}")
        print(f"{module.NAME} ...", flush=True)
        rows = tuple(module.measure())
        sections[name] = Section(title=module.NAME, measured=_circumstances(), rows=rows)
        print(as_markdown(sections[name]))
        kept = {name: sections[name] for name in MODULES if name in sections}
        RECORDED.write_bytes(msgspec.json.format(msgspec.json.encode(kept), indent=1) + b"\n")
        RESULTS.write_text(results_page(kept), encoding="utf-8")
    print(f"written to {RESULTS.name} and {RECORDED.name}")
    return 0


def recorded_sections() -> dict[str, Section]:
    """Return the latest recorded section of each benchmark, by its module's name."""
    if not RECORDED.exists():
        return {}
    return msgspec.json.decode(RECORDED.read_bytes(), type=dict[str, Section])


def results_page(sections: dict[str, Section]) -> str:
    """Return RESULTS.md for these sections."""
    heading = (
        "# Benchmark results\n\n"
        "Written by `make bench`; each ratio is measured side by side in one run.\n"
    )
    return "\n".join((heading, *(as_markdown(section) for section in sections.values())))


def as_markdown(section: Section) -> str:
    """Return a section as a heading, its circumstances and a table."""
    lines = [
        f"## {section.title}\n",
        f"{section.measured}\n",
        "| what | value | goal | met |",
        "|---|---|---|---|",
    ]
    for row in section.rows:
        value = "–" if row.value is None or math.isnan(row.value) else f"{row.value:.3g}"
        met = "" if row.met is None else ("yes" if row.met else "**no**")
        lines.append(f"| {row.what} | {value} {row.unit} | {row.goal or ''} | {met} |")
    return "\n".join(lines) + "\n"


def _circumstances() -> str:
    packages = ("faster-whisper", "ctranslate2", "fsrs", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, "
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores; {versions}."
    )


if __name__ == "__main__":
    raise SystemExit(main())
