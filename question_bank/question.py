"""A question, its kind, and where and how it tripped the person up."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class QuestionKind(StrEnum):
    """The five kinds of interview question; each has its own rubric weights and target length."""

    BEHAVIOURAL = "behavioural"
    TECHNICAL = "technical"
    MOTIVATIONAL = "motivational"
    SITUATIONAL = "situational"
    TO_ASK = "to_ask"


TARGET_SECONDS: Final[dict[QuestionKind, int]] = {
    QuestionKind.BEHAVIOURAL: 120,
    QuestionKind.TECHNICAL: 120,
    QuestionKind.MOTIVATIONAL: 90,
    QuestionKind.SITUATIONAL: 90,
    QuestionKind.TO_ASK: 20,
}
"""How long a good answer usually takes, in seconds (a judgement, editable per question)."""


class QuestionSource(StrEnum):
    """Where a question entered the bank from."""

    DEBRIEF = "debrief"
    PACK = "pack"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """One time a question tripped the person up (or was merely met, with the fields empty).

    `difficulty` is 1 (easy) to 5 (I froze), None where the person did not say.
    """

    id: str
    interview_id: str | None
    how: str
    remembered_answer: str
    difficulty: int | None
    noted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of the person's bank.

    `target_seconds` is how long a good answer takes; `pack_id` names the pack entry it came from;
    `tripped_up` is the history of meeting it, oldest first; a retired question keeps its attempts
    but is no longer asked.
    """

    id: str
    text: str
    kind: QuestionKind
    competency: str
    target_seconds: int
    source: QuestionSource
    created_at: datetime
    pack_id: str | None = None
    tripped_up: tuple[Trip, ...] = ()
    retired: bool = False
