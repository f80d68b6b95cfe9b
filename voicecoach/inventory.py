"""What a person can show: skills and qualifications, with the story and the proof behind each.

Pure records. The story is kept in the person's own words and in its four parts, so that it can
become the points of an outline.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from question_bank.outline import DraftPoint, StarPart


class EntryKind(StrEnum):
    """What sort of thing an entry is."""

    SKILL = "skill"
    QUALIFICATION = "qualification"
    EXPERIENCE = "experience"
    LANGUAGE = "language"
    STRENGTH = "strength"


class ProofKind(StrEnum):
    """What backs an entry up."""

    FIGURE = "figure"
    CERTIFICATE = "certificate"
    LINK = "link"
    PERSON = "person"


LEVELS: Final[dict[int, str]] = {
    1: "just begun",
    2: "with help",
    3: "on my own",
    4: "very well",
    5: "I could teach it",
}
"""How strong an entry is, 1 to 5, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """One thing that backs an entry up: "C1, Goethe-Institut, 2019", "ask Ms Hale"."""

    kind: ProofKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happened, in the person's own words; each part may be empty."""

    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""

    @property
    def parts(self) -> tuple[tuple[StarPart, str], ...]:
        """The parts that say something, in their order."""
        told = (
            (StarPart.SITUATION, self.situation),
            (StarPart.TASK, self.task),
            (StarPart.ACTION, self.action),
            (StarPart.RESULT, self.result),
        )
        return tuple((part, text) for part, text in told if text)

    def __bool__(self) -> bool:
        """Whether anything is told."""
        return bool(self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class InventoryEntry:
    """A skill, qualification or strength the person keeps.

    `level` is 1–5 (`LEVELS`), None where they would rather not say. `question_ids` are the
    questions of the bank it helps to answer, as the person confirmed.
    """

    id: str
    kind: EntryKind
    name: str
    level: int | None
    story: Story
    proofs: tuple[Proof, ...]
    created_at: datetime
    question_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftEntry:
    """An entry as it is written down, before it has an id."""

    kind: EntryKind
    name: str
    level: int | None = None
    story: Story = Story()
    proofs: tuple[Proof, ...] = ()


def told_in_full(entry: InventoryEntry) -> str:
    """Return everything an entry says as running text: its name, its story, its proofs."""
    return " ".join(part for part in (_sentence(entry.name), told_of_it(entry)) if part)


def told_of_it(entry: InventoryEntry) -> str:
    """Return the story and the proofs of an entry as running text, "" where nothing is told."""
    told = [text for _, text in entry.story.parts] + [proof.text for proof in entry.proofs]
    return " ".join(_sentence(text) for text in told)


def points_of_story(entry: InventoryEntry) -> tuple[DraftPoint, ...]:
    """Return the story as points of an outline, one a part that is told."""
    return tuple(DraftPoint(text=text, part=part) for part, text in entry.story.parts)


def _sentence(text: str) -> str:
    kept = text.strip()
    return kept if kept.endswith((".", "!", "?")) else f"{kept}."
