"""How much of a freely told debrief is found, and how much of what is found is right.

    python benchmarks/debrief_by_voice.py [--set held_back] [--as-heard] [--json] [--misses]

Labels were set by hand in `tests/bank/monologues/`; the texts and the rules have the same author,
so that held-back figures tell how well the rules carry over to other stories, not to other people's
ways of talking. `--as-heard` takes out capitals and stops, as a small recogniser writes.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.labelled_monologues import (
    FOLDER,
    LabelledMonologue,
    matched,
    read_monologues,
    unpunctuated,
)
from benchmarks.row import Row
from question_bank.monologue import FindingKind, split_monologue

NAME: Final = "Debrief by voice (what is found in 22 held-back monologues)"
SETS: Final = ("development", "held_back")
TOLD_ON: Final = date(2026, 11, 20)
GOAL: Final = 0.8
"""What is proposed wrongly costs the person a click, what is missed a line of typing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How one kind of finding did: labels, findings, and how many of both meet."""

    kind: str
    labels: int
    found: int
    met: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None where nothing was found."""
        return self.met / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of the labels that were found; None where there are none."""
        return self.met / self.labels if self.labels else None


def judge(monologues: Iterable[LabelledMonologue]) -> tuple[Found, ...]:
    """Return how each kind did over these monologues, all of them together last."""
    labels, found, met = Counter[str](), Counter[str](), Counter[str]()
    for one in monologues:
        findings = split_monologue(one.text, today=TOLD_ON)
        pairs = matched(one.labels, findings)
        for counter, kinds in (
            (labels, [label.kind for label in one.labels]),
            (found, [finding.kind for finding in findings]),
            (met, [label.kind for label, _ in pairs]),
        ):
            counter.update(kind.value for kind in kinds)
    judged = tuple(
        Found(kind=kind, labels=labels[kind], found=found[kind], met=met[kind])
        for kind in map(str, FindingKind)
    )
    together = Found(
        kind="all",
        labels=labels.total(),
        found=found.total(),
        met=met.total(),
    )
    return (*judged, together)


def measure() -> list[Row]:
    """Return the rows of `make bench`."""
    rows: list[Row] = []
    held_back = read_monologues(FOLDER / "held_back.txt")
    for one in judge(held_back):
        goal = f"at least {GOAL}" if one.kind in {"all", "question"} else None
        for name, share in (("precision", one.precision), ("recall", one.recall)):
            met = None if goal is None else share is not None and share >= GOAL
            rows.append(Row(f"{one.kind}, {name}", share, f"of {one.labels}", goal, met))
    unheard = judge(unpunctuated(one) for one in held_back)[-1]
    for name, share in (("precision", unheard.precision), ("recall", unheard.recall)):
        rows.append(
            Row(f"all, {name}, no capitals or stops", share, f"of {unheard.labels}", None, None)
        )
    return rows


def misses(monologues: Iterable[LabelledMonologue]) -> Iterable[str]:
    """Give a line for each label that was missed and each finding that is wrong."""
    for one in monologues:
        findings = split_monologue(one.text, today=TOLD_ON)
        pairs = matched(one.labels, findings)
        for label in one.labels:
            if all(label is not met for met, _ in pairs):
                yield f"{one.title}: missed {label.kind}: {one.text[label.start : label.end]}"
        for finding in findings:
            if all(finding is not met for _, met in pairs):
                yield f"{one.title}: wrong {finding.kind}: {finding.quote}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--set", choices=SETS, default="held_back", help="which monologues")
    parser.add_argument("--as-heard", action="store_true", help="without capitals and stops")
    parser.add_argument("--misses", action="store_true", help="list what went wrong")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args(arguments)
    monologues = read_monologues(FOLDER / f"{chosen.set}.txt")
    if chosen.as_heard:
        monologues = tuple(map(unpunctuated, monologues))
    judged = judge(monologues)
    if chosen.json:
        told = [{**asdict(one), "precision": one.precision, "recall": one.recall} for one in judged]
        print(json.dumps({"monologues": len(monologues), "kinds": told}, indent=1))
        return 0
    print(f"{len(monologues)} monologues, {chosen.set}")
    for one in judged:
        print(f"{one.kind:24} {one.labels:4} labels  precision {_share(one.precision)}  "
              f"recall {_share(one.recall)}")  # fmt: skip
    if chosen.misses:
        print("\n".join(misses(monologues)))
    return 0


def _share(value: float | None) -> str:
    return "   –" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    raise SystemExit(main())
