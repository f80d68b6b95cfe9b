"""Which of the person's questions a sentence may be about. A suggestion, never a decision. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from question_bank.near_duplicate import telling_words
from question_bank.question import Question
from voicecoach.speech.contracts import SentenceEncoder

MOST_SUGGESTED: Final = 3
"""How many questions are suggested for a sentence at most."""

LIKE_FROM: Final = 0.35
"""Cosine likeness from which a question is suggested (a judgement: a good answer's mean likeness to
its own question is 0.39, see `scoring/relevance.py`; one suggestion too many costs a glance)."""

SHARED_FROM: Final = 0.5
"""Without an encoder: the share of the question's telling words that the sentence must hold."""

_ABOUT: Final = re.compile(
    r"\b(?:question|answer|story|example)s?\b|\b(?:when|where) (?:you were )?(?:asked|we asked)\b"
    r"|\bwhen you (?:told|spoke|talked|described|explained)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedQuestion:
    """A question a sentence may be about; `likeness` is 0 to 1, the most alike first."""

    question_id: str
    text: str
    likeness: float


def suggested_questions(
    sentences: Sequence[str], questions: Sequence[Question], encoder: SentenceEncoder | None
) -> tuple[tuple[SuggestedQuestion, ...], ...]:
    """Return for each sentence the questions it may be about, the most alike first.

    Args:
        sentences: sentences of a reply.
        questions: the person's questions.
        encoder: a function from texts to vectors; without one shared words decide.
    """
    if not questions or not sentences:
        return tuple(() for _ in sentences)
    if encoder is None:
        likeness = np.array(
            [[_shared(one, asked.text) for asked in questions] for one in sentences]
        )
        least = SHARED_FROM
    else:
        told = np.stack([one.sentence for one in encoder(list(sentences))])
        asked = np.stack([one.sentence for one in encoder([one.text for one in questions])])
        likeness = told.astype(np.float64) @ asked.astype(np.float64).T
        least = LIKE_FROM
    return tuple(_best(row, questions, least) for row in likeness.tolist())


def names_a_question(sentence: str) -> bool:
    """Whether a sentence speaks of one question or answer at all."""
    return _ABOUT.search(sentence) is not None


def _best(
    likeness: Sequence[float], questions: Sequence[Question], least: float
) -> tuple[SuggestedQuestion, ...]:
    ranked = sorted(
        (
            SuggestedQuestion(question_id=one.id, text=one.text, likeness=min(1.0, value))
            for one, value in zip(questions, likeness, strict=True)
            if value >= least
        ),
        key=lambda one: (-one.likeness, one.question_id),
    )
    return tuple(ranked[:MOST_SUGGESTED])


def _shared(sentence: str, question: str) -> float:
    telling = telling_words(question)
    return len(telling & telling_words(sentence)) / len(telling) if telling else 0.0
