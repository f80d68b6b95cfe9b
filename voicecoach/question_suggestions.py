"""Which questions of the bank a story may help to answer: the nearest ones by meaning. Pure.

Near are those whose words are like the story's, and those that ask for a competency the story
tells of (`story_competencies.py`); of one competency only the nearest is suggested. A suggestion
only: the person confirms it. `python -m benchmarks.adverts` prints how often a fitting question is
among the three on hand-labelled stories, and how often by chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from question_bank.question import Question
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.story_competencies import competencies_in

SUGGESTED: Final = 3
"""How many questions are suggested; more would be a list to read, not a suggestion."""

LIKE_ENOUGH: Final = 0.15
"""Likeness from which a question is suggested at all. Fitting ones of the labelled stories reach
0.16 and more by their words alone; a recipe reaches 0.19 in the middle (see
`voicecoach.scoring.relevance`), so this only keeps out what has nothing to do with the story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedQuestion:
    """A question, and how like it the words are.

    `likeness` is the cosine of the words (-1 to 1) and, where the question asks for a competency
    that is known, what the story tells of that competency (-1 to 1) on top.
    """

    question: Question
    likeness: float


def nearest_questions(
    told: str,
    questions: Sequence[Question],
    encoder: SentenceEncoder,
    deeds: Mapping[str, Sequence[str]],
    *,
    limit: int = SUGGESTED,
) -> tuple[SuggestedQuestion, ...]:
    """Return the questions nearest in meaning to what is told, the nearest first.

    Args:
        told: what a story tells.
        questions: those to choose from.
        encoder: a function from texts to vectors.
        deeds: by competency, sentences that tell it.
        limit: how many at most.
    """
    if not questions or not told.strip():
        return ()
    own, *others = encoder([told, *(question.text for question in questions)])
    told_of = competencies_in(told, deeds, encoder)
    ranked = sorted(
        (
            SuggestedQuestion(
                question=question,
                likeness=float(own.sentence @ other.sentence)
                + told_of.get(question.competency, 0.0),
            )
            for question, other in zip(questions, others, strict=True)
        ),
        key=lambda one: (-one.likeness, one.question.created_at, one.question.id),
    )
    near = [one for one in ranked if one.likeness >= LIKE_ENOUGH]
    asked_for: set[str] = set()
    first: list[SuggestedQuestion] = []
    further: list[SuggestedQuestion] = []
    for one in near:
        again = one.question.competency in asked_for & told_of.keys()
        asked_for.add(one.question.competency)
        (further if again else first).append(one)
    return tuple([*first, *further][:limit])
