"""Answers labelled by hand, clause by clause, that the structure rules are measured against.

`labelled/README.md` says who wrote them, in which order, and what each label means.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal

from question_bank.question import QuestionKind
from voicecoach.scoring.rubric import HIGHEST_LEVEL, LOWEST_LEVEL

LABELLED: Final = Path(__file__).parent / "labelled"
KINDS: Final = frozenset(QuestionKind) - {QuestionKind.TO_ASK}
"""The kinds with a structure to judge: a question to ask them has none."""

FIELDS: Final = frozenset({"kind", "question", "style", "level", "clauses"})

Half = Literal["development", "test"]
"""`development` is there to write rules with; `test` is for measuring them only."""


class ClauseLabel(StrEnum):
    """What a clause does in the answer."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LabelledClause:
    """A stretch of an answer with one label; `text` is never empty and has no outer spaces."""

    label: ClauseLabel
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledAnswer:
    """An answer with its human labels: `level` is the structure level, 1 to 5."""

    slug: str
    kind: QuestionKind
    question: str
    style: str
    level: int
    clauses: tuple[LabelledClause, ...]

    @property
    def text(self) -> str:
        """The whole answer: its clauses in order, joined by single spaces."""
        return " ".join(clause.text for clause in self.clauses)

    @property
    def word_labels(self) -> tuple[ClauseLabel, ...]:
        """The label of each word of `text.split()`, in order."""
        return tuple(clause.label for clause in self.clauses for _ in clause.text.split())


def labelled_answers(half: Half, folder: Path = LABELLED) -> tuple[LabelledAnswer, ...]:
    """Read one half, sorted by slug; a half without files is empty.

    Raises:
        ValueError: a file is not what `labelled/README.md` describes; names the file and the fault.
    """
    return tuple(read_labelled_answer(path) for path in sorted((folder / half).glob("*.toml")))


def read_labelled_answer(path: Path) -> LabelledAnswer:
    """Read one file.

    Raises:
        ValueError: the file is not what `labelled/README.md` describes; names file and fault.
    """
    try:
        fields = tomllib.loads(path.read_text(encoding="utf-8"))
        return _answer(path.stem, fields)
    except ValueError as error:
        raise ValueError(f"{path.name}: {error}") from error


def _answer(slug: str, fields: dict[str, object]) -> LabelledAnswer:
    if fields.keys() != FIELDS:
        raise ValueError(f"has the fields {sorted(fields)}, not {sorted(FIELDS)}")
    kind = QuestionKind(_text(fields, "kind"))
    if kind not in KINDS:
        raise ValueError(f"a {kind.value} question has no structure to judge")
    level, clauses = fields["level"], fields["clauses"]
    if type(level) is not int or not LOWEST_LEVEL <= level <= HIGHEST_LEVEL:
        raise ValueError(f"level is {level!r}, not {LOWEST_LEVEL} to {HIGHEST_LEVEL}")
    if not isinstance(clauses, list) or not clauses:
        raise ValueError("has no clauses")
    return LabelledAnswer(
        slug=slug,
        kind=kind,
        question=_text(fields, "question"),
        style=_text(fields, "style"),
        level=level,
        clauses=tuple(_clause(clause) for clause in clauses),
    )


def _text(fields: dict[str, object], name: str) -> str:
    value = fields[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} is {value!r}, not text")
    return value


def _clause(pair: object) -> LabelledClause:
    match pair:
        case [str(label), str(text)] if text and text == " ".join(text.split()):
            return LabelledClause(ClauseLabel(label), text)
        case _:
            raise ValueError(f"{pair!r} is not a label and words with single spaces")
