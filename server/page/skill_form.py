"""A skill as it stands in a form, and back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from server.page.forms import Typed
from voicecoach.inventory import (
    LEVELS,
    DraftEntry,
    EntryKind,
    InventoryEntry,
    Proof,
    ProofKind,
    Story,
)

KIND_WORDS: Final = {
    EntryKind.SKILL: "Skill",
    EntryKind.QUALIFICATION: "Qualification",
    EntryKind.EXPERIENCE: "Experience",
    EntryKind.LANGUAGE: "Language",
    EntryKind.STRENGTH: "Strength",
}
PROOF_WORDS: Final = {
    ProofKind.FIGURE: "A figure",
    ProofKind.CERTIFICATE: "A certificate",
    ProofKind.LINK: "A link",
    ProofKind.PERSON: "A person",
}
LEVEL_CHOICES: Final = (
    ("", "I'd rather not say"),
    *((str(level), f"{level} – {words}") for level, words in LEVELS.items()),
)
EMPTY_PROOFS: Final = 2
"""How many empty lines for proofs a form offers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillForm:
    """Everything as it was typed; `proofs` are (kind, text) pairs, empty lines among them."""

    name: str = ""
    kind: str = EntryKind.SKILL
    level: str = ""
    situation: str = ""
    task: str = ""
    action: str = ""
    result: str = ""
    proofs: Sequence[tuple[str, str]] = ()

    @property
    def proof_lines(self) -> list[tuple[str, str]]:
        """The proofs, and a few empty lines behind them."""
        filled = [(kind, text) for kind, text in self.proofs if text.strip()]
        return filled + [(ProofKind.FIGURE.value, "")] * EMPTY_PROOFS

    def draft(self) -> DraftEntry:
        """Return it as the inventory takes it; a kind that does not exist is the first one."""
        return DraftEntry(
            kind=EntryKind(self.kind) if self.kind in set(EntryKind) else EntryKind.SKILL,
            name=self.name,
            level=int(self.level) if self.level in {str(one) for one in LEVELS} else None,
            story=Story(
                situation=self.situation.strip(),
                task=self.task.strip(),
                action=self.action.strip(),
                result=self.result.strip(),
            ),
            proofs=tuple(
                Proof(
                    kind=ProofKind(kind) if kind in set(ProofKind) else ProofKind.FIGURE,
                    text=text,
                )
                for kind, text in self.proofs
                if text.strip()
            ),
        )


def read_skill_form(typed: Typed) -> SkillForm:
    """Return what was typed."""
    kinds, texts = typed.many("proof_kind"), typed.many("proof")
    return SkillForm(
        name=typed.one("name"),
        kind=typed.one("kind"),
        level=typed.one("level"),
        situation=typed.one("situation"),
        task=typed.one("task"),
        action=typed.one("action"),
        result=typed.one("result"),
        proofs=tuple(zip(kinds, texts, strict=False)),
    )


def skill_form_of(entry: InventoryEntry | DraftEntry) -> SkillForm:
    """Return a skill in a form."""
    return SkillForm(
        name=entry.name,
        kind=entry.kind.value,
        level="" if entry.level is None else str(entry.level),
        situation=entry.story.situation,
        task=entry.story.task,
        action=entry.story.action,
        result=entry.story.result,
        proofs=tuple((proof.kind.value, proof.text) for proof in entry.proofs),
    )
