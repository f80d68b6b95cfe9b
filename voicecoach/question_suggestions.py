"""Which questions of the bank a story may help to answer: the nearest ones by meaning. Pure.

A suggestion only: the person confirms it. On hand-labelled stories a fitting question is among the
first three little more than half the time (`python -m benchmarks.adverts` prints how often, and how
often by chance), so every other question can be chosen too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from question_bank.question import Question
from voicecoach.speech.contracts import SentenceEncoder

SUGGESTED: Final = 3
"""How many questions are suggested; more would be a list to read, not a suggestion."""

LIKE_ENOUGH: Final = 0.15
"""Cosine from which a question is suggested at all. Fitting ones of the labelled stories reach 0.16
and more; a recipe reaches 0.19 in the middle (see `voicecoach.scoring.relevance`), so this only
keeps out what has nothing to do with the story at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedQuestion:
    """A question, and how like it the words are (cosine, -1 to 1)."""

    question: Question
    likeness: float


def nearest_questions(
    told: str,
    questions: Sequence[Question],
    encoder: SentenceEncoder,
    *,
    limit: int = SUGGESTED,
) -> tuple[SuggestedQuestion, ...]:
    """Return the questions nearest in meaning to what is told, the nearest first."""
    if not questions or not told.strip():
        return ()
    own, *others = encoder([told, *(question.text for question in questions)])
    ranked = sorted(
        (
            SuggestedQuestion(question=question, likeness=float(own.sentence @ other.sentence))
            for question, other in zip(questions, others, strict=True)
        ),
        key=lambda one: (-one.likeness, one.question.created_at, one.question.id),
    )
    return tuple(one for one in ranked[:limit] if one.likeness >= LIKE_ENOUGH)
