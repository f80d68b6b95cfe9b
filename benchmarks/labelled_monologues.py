"""Monologues about interviews with everything marked that a debrief takes from them.

`tests/bank/monologues/` holds them: [q: ...] is a question, [a: ...] an answer, [f4: ...] a feeling
with its strength, [c: ...] company, [r: ...] role, [d: ...] day, [w: ...] what went well, [x: ...]
what was unexpected, [b: ...] what could be answered better. `development.txt` was looked at while
the rules were written, `held_back.txt` was not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from question_bank.monologue import Finding, FindingKind

FOLDER: Final = Path(__file__).resolve().parent.parent / "tests" / "bank" / "monologues"

_MARKS: Final = {
    "q": FindingKind.QUESTION,
    "a": FindingKind.ANSWER,
    "f": FindingKind.FEELING,
    "c": FindingKind.COMPANY,
    "r": FindingKind.ROLE,
    "d": FindingKind.DAY,
    "w": FindingKind.WENT_WELL,
    "x": FindingKind.DIFFERED,
    "b": FindingKind.BETTER,
}
_MARK: Final = re.compile(r"\[(?P<kind>[qafcrdwxb])(?P<level>[1-5])?: (?P<said>[^\]]*)\]")

LEAST_OVERLAP: Final = 0.5
"""Share of the characters of label and finding together that both must have (Jaccard)."""


@dataclass(frozen=True, slots=True)
class Label:
    """What is marked in a monologue; `intensity` is a feeling's."""

    kind: FindingKind
    start: int
    end: int
    intensity: int | None = None


@dataclass(frozen=True, slots=True)
class LabelledMonologue:
    """A monologue, and everything in it that is to be found."""

    title: str
    text: str
    labels: tuple[Label, ...]


def read_monologues(path: Path) -> tuple[LabelledMonologue, ...]:
    """Read a file of monologues, each below a line "## title"."""
    parts = re.split(r"(?m)^## (.+)$", path.read_text(encoding="utf-8"))[1:]
    return tuple(
        _labelled(title.strip(), " ".join(body.split()))
        for title, body in zip(parts[::2], parts[1::2], strict=True)
    )


def unpunctuated(monologue: LabelledMonologue) -> LabelledMonologue:
    """Return a monologue as a recogniser writes it that sets neither capitals nor stops."""
    kept: list[str] = []
    places: list[int] = []
    for character in monologue.text:
        places.append(len(kept))
        if character not in ".,?!;:":
            kept.append(character.lower())
    places.append(len(kept))
    labels = tuple(
        Label(one.kind, places[one.start], places[one.end], one.intensity)
        for one in monologue.labels
    )
    return LabelledMonologue(monologue.title, "".join(kept), labels)


def matched(labels: Sequence[Label], found: Sequence[Finding]) -> list[tuple[Label, Finding]]:
    """Return which label is met by which finding, each at most once, the best overlap first."""
    pairs = sorted(
        (
            (_overlap(label, finding), place, number)
            for place, label in enumerate(labels)
            for number, finding in enumerate(found)
            if label.kind is finding.kind
        ),
        reverse=True,
    )
    met: dict[int, int] = {}
    for overlap, place, number in pairs:
        if overlap >= LEAST_OVERLAP and place not in met and number not in met.values():
            met[place] = number
    return [(labels[place], found[number]) for place, number in met.items()]


def _overlap(label: Label, finding: Finding) -> float:
    both = min(label.end, finding.end_char) - max(label.start, finding.start_char)
    either = max(label.end, finding.end_char) - min(label.start, finding.start_char)
    return max(0, both) / either if either else 0.0


def _labelled(title: str, marked: str) -> LabelledMonologue:
    text, labels, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        start = len(text)
        text += mark["said"]
        level = int(mark["level"]) if mark["level"] else None
        labels.append(
            Label(_MARKS[mark["kind"]], start, start + len(mark["said"].rstrip("?.!")), level)
        )
        last = mark.end()
    return LabelledMonologue(title, text + marked[last:], tuple(labels))
