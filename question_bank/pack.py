"""Curated question packs: data files in `packs/`, read when asked for.

A pack's points say what a good answer makes in general; they are a guide for writing one's own
outline, not an outline.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from question_bank.bank import Bank
from question_bank.errors import InvalidInputError, NotFoundError
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind, QuestionSource
from question_bank.question_shelf import MetQuestion

PACKS: Final = Path(__file__).parent / "packs"


STARTER: Final = (
    "motivational-tell-me-about-yourself",
    "motivational-why-this-role",
    "behavioural-conflict-with-colleague",
    "behavioural-mistake-owned",
    "motivational-greatest-weakness",
    "behavioural-proud-achievement",
)
"""What somebody begins with who has no interview to go through yet: questions that nearly every
interview asks, an easy one first (a judgement)."""


class PackQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question of a pack, with the points a good answer makes in general."""

    id: str
    text: str
    competency: str
    target_seconds: int
    points: tuple[DraftPoint, ...]


class Pack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Questions of one kind."""

    name: str
    kind: QuestionKind
    description: str
    questions: tuple[PackQuestion, ...]


@cache
def load_packs(folder: Path = PACKS) -> tuple[Pack, ...]:
    """Return the packs of a folder, in the order of the kinds.

    Raises:
        InvalidInputError: a file is no pack, or two questions share an id.
    """
    packs = [_load(file) for file in sorted(folder.glob("*.toml"))]
    ids = [question.id for pack in packs for question in pack.questions]
    for doubled in sorted({found for found in ids if ids.count(found) > 1}):
        raise InvalidInputError(
            f"Two questions of the packs have the id '{doubled}'.", "Give one of them another id."
        )
    kinds = list(QuestionKind)
    return tuple(sorted(packs, key=lambda pack: kinds.index(pack.kind)))


def pack_question(pack_id: str) -> tuple[Pack, PackQuestion]:
    """Return a question of the packs, with its pack.

    Raises:
        NotFoundError: no pack has a question of that id.
    """
    for pack in load_packs():
        for question in pack.questions:
            if question.id == pack_id:
                return pack, question
    raise NotFoundError(
        f"No pack has a question '{pack_id[:60]}'.", "List the packs to see their questions."
    )


def take_from_pack(bank: Bank, pack_id: str) -> MetQuestion:
    """Put a question of the packs into the bank, or find it there already."""
    pack, question = pack_question(pack_id)
    return bank.add_question(
        question.text,
        kind=pack.kind,
        competency=question.competency,
        target_seconds=question.target_seconds,
        source=QuestionSource.PACK,
        pack_id=question.id,
    )


def take_starter_set(bank: Bank) -> tuple[MetQuestion, ...]:
    """Put the questions to begin with into the bank, the one to practise first at the front."""
    return tuple(take_from_pack(bank, pack_id) for pack_id in STARTER)


def _load(file: Path) -> Pack:
    try:
        return msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), type=Pack)
    except (OSError, ValueError, msgspec.ValidationError) as error:
        raise InvalidInputError(
            f"The question pack {file} can't be read ({error}).",
            "Mend it, or install voicecoach again.",
        ) from error
