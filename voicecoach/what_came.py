"""What came in an interview, as the person tells it once the day is over. Pure records.

A question that came is one of the bank's; the bank takes in those it did not have.
"""

from collections.abc import Sized
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from question_bank.question import QuestionKind

if TYPE_CHECKING:
    from question_bank.question_shelf import NearDuplicate

MOST_CAME: Final = 60
"""Questions of one interview: a day of four talks hardly has more."""

TRIPPED_UP_WORDS: Final = "It tripped me up."
"""What the question's history says where the person chose just that and added no words."""


class Went(StrEnum):
    """How a question that came went, by the person's own word."""

    WELL = "well"
    SO_SO = "so_so"
    TRIPPED_UP = "tripped_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldQuestion:
    """One question as it is told: one of the bank by its id, or the words that were asked.

    `how` says how it tripped the person up. `is_new` says that the words are a question of their
    own, though the bank has one that is nearly the same.
    """

    went: Went
    question_id: str = ""
    text: str = ""
    kind: QuestionKind = QuestionKind.BEHAVIOURAL
    how: str = ""
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Words that are nearly those of stored questions: the same question, or another one?"""

    place: int
    text: str
    near_duplicates: "tuple[NearDuplicate, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameQuestion:
    """A question that came. `was_new` is true where the bank did not have it until it was told.

    `asked` are the words as they were told, those of the question itself where it was ticked.
    `trip_id` names the entry of its history that the telling made, `how` is what was said there of
    how it tripped the person up.
    """

    question_id: str
    asked: str
    went: Went
    was_new: bool
    trip_id: str | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatCame:
    """What came in one interview, in the order in which it was told; possibly nothing."""

    interview_id: str
    told_at: datetime
    questions: tuple[CameQuestion, ...]

    def count(self, went: Went) -> int:
        """Return how many questions went so."""
        return sum(question.went is went for question in self.questions)


def unpractised_words(unpractised: Sized) -> str:
    """Return how many questions came that had not been practised, as a sentence; "" for none."""
    if not unpractised:
        return ""
    if len(unpractised) == 1:
        return "One question came that you hadn’t practised."
    return f"{len(unpractised)} questions came that you hadn’t practised."
