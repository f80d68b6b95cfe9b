"""Relevance: does the answer belong to this question more than to the person's other ones?

Two things speak for a question: the cosine between the answer (the mean of its clauses' sentence
vectors) and the question, and how near the answer comes to the points of the outline. Questions
such as "tell me about a result you are proud of" say nothing about the story that answers them,
so without an outline in the person's own words only a wide margin is believed.

Measured with nineteen hand-written answers (by the team that wrote the rules) among 20 other
questions each: no good answer was capped. With the person's own outline every one of 228 answers
to another question was lowered and 95% were capped; without an outline, or with a starter pack's
general one, half were capped, as the cosine alone ranks the right question over a wrong one only
84% of the time. Given the other question's outline, all were. `tests/scoring/test_relevance.py`
holds these.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from question_bank.outline import Outline
from voicecoach.scoring.comparable import ReadAnswer, read_answer
from voicecoach.scoring.evidence import Evidence, Measurement
from voicecoach.scoring.similarity import point_similarities
from voicecoach.scoring.vocabulary import plain_words
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import Transcript

SAME_QUESTION: Final = 0.6
"""Cosine between two questions from which they count as the same one ("a mistake you made" and
"something that went wrong" have 0.61, different questions of the packs mostly 0.2 to 0.5)."""

OWN_STEPS: Final = (0.05, 0.10, 0.18, 0.30)
"""Standing from which the level is 2, 3, 4 and 5, with an outline in the person's own words.
Good answers stand at 0.5 and more, 95% of answers to other questions below 0.05."""

GENERAL_STEPS: Final = (-0.16, -0.13, -0.10, -0.06)
"""The same without an outline, or with general points. Good answers without an outline stand at
-0.12 and more among 20 other questions."""

CHANCE_OWN: Final = 0.25
CHANCE_GENERAL: Final = 0.20
"""Mean similarity that points of an outline reach with answers to other questions (median .20)."""

TOUCHED_FROM: Final = 0.42
TOLD_FROM: Final = 0.64
"""Similarity from which a point counts half, and whole, as told. Set by spoken answers, where the
question is whose story this is: of the points made in 39 written answers 98% reach 0.64, of 1,656
points of other people's outlines 0.1%, and 98% of these stay below 0.42."""

TOLD_FOR_TOP: Final = 0.35
TOLD_FOR_HIGH: Final = 0.3
"""Share of the outline's weight told (partly told points count half) from which the level is 5, or
at least 4, whatever the cosines say. Answers to other questions tell 0.2 and less."""

UNRELATED_BELOW: Final = 0.18
PLAIN_FROM: Final = 0.32
"""Likeness to the question itself below which, without support from an outline, an answer belongs
to none, and from which it may be called plainly about it. Measured: good answers without an outline
0.21 to 0.60 (median 0.39), a recipe as the answer to 40 questions -0.03 to 0.31 (median 0.19): the
two overlap, so an outline is what tells them apart."""

OTHER_OUTLINE_FROM: Final = 0.5
OTHER_OUTLINE_AHEAD: Final = 0.15
"""An answer that comes this near to the points of another question, and this much nearer than to
its own, is that question's answer."""

COMMON_QUESTIONS: Final = (
    "Tell me about yourself and your career so far.",
    "What is your greatest weakness?",
    "Where do you see yourself in five years?",
    "Tell me about a conflict with a colleague.",
    "Tell me about a mistake you made at work.",
    "Describe a time you worked under pressure to meet a deadline.",
    "Tell me about a time you led a team.",
    "How do you deal with an unhappy customer?",
    "Why do you want to leave your current job?",
    "What are your salary expectations?",
    "What would you do if a colleague did not do their share?",
    "How do you make sure that your work is correct?",
)
"""Stand in for the person's other questions while there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relevance:
    """How far an answer belongs to its question.

    `level` is 1-5. Similarities are cosines (-1 to 1). `best_other` is the text of the person's
    other question that fits best (None: there was none). `clearly_other` caps the overall: the
    answer belongs to another question, or to none.
    """

    level: int
    own_similarity: float
    best_other: str | None
    best_other_similarity: float | None
    clearly_other: bool
    evidence: tuple[Evidence, ...]


def measure_relevance(
    transcript: Transcript,
    question_text: str,
    other_questions: Sequence[str],
    encoder: SentenceEncoder,
    outline: Outline | None = None,
    *,
    other_outlines: Mapping[str, Outline] | None = None,
) -> Relevance:
    """Judge whether the answer is an answer to this question.

    Args:
        transcript: the answer.
        question_text: the question that was asked.
        other_questions: the person's other questions; near-duplicates of this one are ignored,
            and with none left the answer is compared with common interview questions.
        encoder: turns words into vectors.
        outline: the points of this question's answer, if there are any.
        other_outlines: outlines of other questions, by question text; where one is given, an
            answer that makes its points is recognised with certainty.
    """
    answer = read_answer(transcript, encoder)
    if answer is None:
        return Relevance(
            level=1,
            own_similarity=0.0,
            best_other=None,
            best_other_similarity=None,
            clearly_other=False,
            evidence=(_measurement("words heard", 0.0, "words", transcript),),
        )
    own, others, rivals = _similarities(answer, question_text, other_questions, encoder)
    best = max(range(len(rivals)), key=lambda number: rivals[number])
    support = _support(answer, outline, encoder) if outline and outline.points else None
    level = _level(own - rivals[best], support)
    if support is None or support.told < TOLD_FOR_HIGH:
        level = _held_to_its_own_likeness(level, own)
    clearly_other = level == 1
    for text, other in (other_outlines or {}).items():
        if text in others and other.points and _in_own_words(other):
            nearness = _support(answer, other, encoder).nearness
            ahead = nearness - (support.nearness if support else 0.0)
            if nearness >= OTHER_OUTLINE_FROM and ahead >= OTHER_OUTLINE_AHEAD:
                level, clearly_other = 1, True
                best = others.index(text)
    evidence = [_measurement("likeness to this question", own, "cosine", transcript)]
    if others:
        evidence.append(
            _measurement(
                "likeness to the nearest other question", rivals[best], "cosine", transcript
            )
        )
    if support is not None:
        evidence.append(
            _measurement("likeness to the outline", support.nearness, "share", transcript)
        )
    return Relevance(
        level=level,
        own_similarity=round(own, 4),
        best_other=others[best] if others else None,
        best_other_similarity=round(rivals[best], 4) if others else None,
        clearly_other=clearly_other,
        evidence=tuple(evidence),
    )


def _similarities(
    answer: ReadAnswer, question: str, other_questions: Sequence[str], encoder: SentenceEncoder
) -> tuple[float, tuple[str, ...], list[float]]:
    """Return the cosine with the question, the other questions that count, and the rivals' cosines.

    The rivals are those others, or the common questions where there are none.
    """
    asked, *vectors = (one.sentence for one in encoder([question, *other_questions]))
    different = [
        (text, vector)
        for text, vector in dict(zip(other_questions, vectors, strict=True)).items()
        if float(vector @ asked) < SAME_QUESTION
    ]
    others = tuple(text for text, _ in different)
    rivals = [vector for _, vector in different]
    if not rivals:
        common = [one.sentence for one in encoder(COMMON_QUESTIONS)]
        rivals = [one for one in common if float(one @ asked) < SAME_QUESTION]
    whole = _mean_of_clauses(answer, encoder)
    return float(whole @ asked), others, [float(whole @ rival) for rival in rivals]


def _mean_of_clauses(answer: ReadAnswer, encoder: SentenceEncoder) -> NDArray[np.float64]:
    """Return the mean of the clauses' vectors, weighted by their words, with unit length.

    Each clause is encoded by itself: the mean ranks the right question over another of the bank
    91% of the time, that of longer windows or of the words' own vectors 85%.
    """
    sentences = np.stack([one.sentence for one in encoder(answer.clause_texts)])
    words = np.bincount(answer.clause_of, minlength=len(answer.clauses)).astype(np.float64)
    total: NDArray[np.float64] = words @ sentences.astype(np.float64)
    return total / max(float(np.linalg.norm(total)), 1e-9)


@dataclass(frozen=True, slots=True)
class _Support:
    """What the outline says for the question.

    `nearness` is the weighted mean similarity of the points, `told` the weighted share of points
    near enough to be said (those near enough to be partly said count half), `said` whether one
    was said; `own_words` as opposed to general advice.
    """

    nearness: float
    told: float
    said: bool
    own_words: bool


def _support(answer: ReadAnswer, outline: Outline, encoder: SentenceEncoder) -> _Support:
    similarities = point_similarities(answer, outline, encoder)
    weights = [point.weight for point in outline.points]
    total = math.fsum(weights)
    pairs = list(zip(weights, similarities, strict=True))
    return _Support(
        nearness=math.fsum(weight * one for weight, one in pairs) / total,
        told=math.fsum(
            weight * ((one >= TOUCHED_FROM) + (one >= TOLD_FROM)) / 2 for weight, one in pairs
        )
        / total,
        said=any(one >= TOLD_FROM for one in similarities),
        own_words=_in_own_words(outline),
    )


_ADVICE_WORDS: Final = frozenset({"you", "your", "yours", "yourself"})
_SPEAKER: Final = frozenset({"i", "my", "me", "we", "our"})
_ADVICE_OPENINGS: Final = frozenset({"what", "how", "why", "which", "who", "when", "where", "that"})


def _in_own_words(outline: Outline) -> bool:
    """Tell points that say something from general advice ("How you found out what they wanted")."""
    general = 0
    for point in outline.points:
        words = [word.text for word in plain_words(point.text)]
        advises = bool(_ADVICE_WORDS & set(words))
        opens = len(words) > 0 and words[0] in _ADVICE_OPENINGS
        general += advises or (opens and not _SPEAKER & set(words))
    return 2 * general <= len(outline.points)


def _level(margin: float, support: _Support | None) -> int:
    """Return the level for a margin of cosines over the best rival, and the outline's support."""
    own_words = support is not None and support.own_words
    steps = OWN_STEPS if own_words else GENERAL_STEPS
    chance = CHANCE_OWN if own_words else CHANCE_GENERAL
    standing = margin + max(0.0, (support.nearness if support else 0.0) - chance)
    level = 1 + sum(standing >= step for step in steps)
    if support is None:
        return level
    if support.told >= TOLD_FOR_TOP:
        return 5
    if support.told >= TOLD_FOR_HIGH:
        return max(level, 4)
    return max(level, 3) if support.said else level


def _held_to_its_own_likeness(level: int, own: float) -> int:
    """Return the level when no outline speaks for the answer: rivals may all be further away."""
    if own < UNRELATED_BELOW:
        return 1
    return level if own >= PLAIN_FROM else min(level, 3)


def _measurement(name: str, value: float, unit: str, transcript: Transcript) -> Measurement:
    words = transcript.words
    return Measurement(
        name=name,
        value=round(value, 4),
        unit=unit,
        start_seconds=words[0].start_seconds if words else None,
        end_seconds=words[-1].end_seconds if words else None,
        transcript_version=transcript.version,
    )
