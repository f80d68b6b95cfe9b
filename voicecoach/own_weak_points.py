"""What one's own scores say is weakest: feedback for somebody whom nobody answers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.attempt import Attempt
from voicecoach.result_words import evidence_words
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.result import Criterion, CriterionName, Score

WEAK_BELOW: Final = 4.0
"""Mean level (1-5) below which a criterion is named; from there on it is good by its anchors."""

MOST_NAMED: Final = 3
"""How many criteria are named at most: more than three can't be looked after at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeakPoint:
    """A criterion in which the newest answers are weak, with the answer that shows it best.

    `level` is the mean over the newest answer to each question (1-5), `answers` how many those
    were. `evidence` is of the weakest of them; `advice` what was advised there.
    """

    criterion: CriterionName
    level: float
    answers: int
    attempt_id: str
    question_id: str
    evidence: str
    advice: str


def weak_points(attempts: Sequence[Attempt]) -> tuple[WeakPoint, ...]:
    """Return the weakest criteria of the newest answers, the weakest first.

    Args:
        attempts: answers in any order; only the newest scored one to each question counts, answers
            to follow-ups and those of synthetic voices are left to the caller to take out.
    """
    newest: dict[str, tuple[Attempt, Score]] = {}
    for attempt in sorted(attempts, key=lambda one: (one.started_at, one.id)):
        if attempt.score is not None:
            newest[attempt.question_id] = (attempt, attempt.score)
    found: list[WeakPoint] = []
    for name in CriterionName:
        levels = [
            (criterion.level, attempt, score, criterion)
            for attempt, score in newest.values()
            for criterion in score.criteria
            if criterion.name is name and criterion.level is not None
        ]
        if not levels:
            continue
        mean = sum(entry[0] for entry in levels) / len(levels)
        _, attempt, score, weakest = min(levels, key=lambda entry: (entry[0], entry[1].id))
        if mean < WEAK_BELOW:
            found.append(
                WeakPoint(
                    criterion=name,
                    level=mean,
                    answers=len(levels),
                    attempt_id=attempt.id,
                    question_id=attempt.question_id,
                    evidence=_evidence(weakest),
                    advice=_advice(score, weakest),
                )
            )
    return tuple(sorted(found, key=lambda one: (one.level, one.criterion))[:MOST_NAMED])


def _evidence(criterion: Criterion) -> str:
    """Return the evidence that says most: their own words before a measurement or an absence."""
    ranked = sorted(criterion.evidence, key=lambda one: not isinstance(one, Quote))
    return evidence_words(ranked[0]) if ranked else ""


def _advice(score: Score, criterion: Criterion) -> str:
    told = next((one.text for one in score.advice if one.criterion is criterion.name), "")
    return told or criterion.anchor
