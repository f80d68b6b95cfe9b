"""How a mock interview went: where the person was strong first, then what to work on. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.mock_interview import MockAnswer
from voicecoach.scoring.result import Advice, Criterion, CriterionName, Score

STRONG_LEVEL: Final = 4.0
"""From this level (of 5) on the rubric's own words for a criterion are praise."""

MOST_STRENGTHS: Final = 3
MOST_TO_WORK_ON: Final = 3
"""More than three at once are not taken in, as with the advice on one answer (a judgement)."""

_AT_WORK: Final = frozenset({AttemptStatus.RECORDED, AttemptStatus.TRANSCRIBING})


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionStrength:
    """A criterion over the whole interview: its mean level (1–5) over `answers` answers."""

    name: CriterionName
    level: float
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReport:
    """How one question went.

    `best` is the criterion with the highest level, `work_on` the advice that would win most; both
    None where the answer has no score.
    """

    answer: MockAnswer
    best: Criterion | None
    work_on: Advice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOn:
    """One thing to work on, and the answer whose evidence says so."""

    advice: Advice
    attempt: Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class MockReport:
    """How a whole interview went.

    `overall` is the mean of the scored answers (0–100), None where there is none; `scored` how many
    those are, follow-ups included; `at_work` how many are still being listened to. `strengths` come
    best first; where no criterion is strong it holds the best one, since everybody has one.
    `work_on` is the advice that would win most, at most one for each criterion.
    """

    answers: tuple[AnswerReport, ...]
    overall: float | None
    scored: int
    answered: int
    at_work: int
    strengths: tuple[CriterionStrength, ...]
    work_on: tuple[WorkOn, ...]


def mock_report(answers: Sequence[MockAnswer]) -> MockReport:
    """Return how an interview went, as far as its answers are judged."""
    attempts = [
        attempt
        for answer in answers
        for attempt in (answer.attempt, answer.follow_up)
        if attempt is not None
    ]
    scores = [attempt.score for attempt in attempts if attempt.score is not None]
    return MockReport(
        answers=tuple(_answer_report(answer) for answer in answers),
        overall=fmean(score.overall for score in scores) if scores else None,
        scored=len(scores),
        answered=sum(answer.attempt is not None for answer in answers),
        at_work=sum(attempt.status in _AT_WORK for attempt in attempts),
        strengths=_strengths(scores),
        work_on=_work_on(attempts),
    )


def _answer_report(answer: MockAnswer) -> AnswerReport:
    score = None if answer.attempt is None else answer.attempt.score
    if score is None:
        return AnswerReport(answer=answer, best=None, work_on=None)
    levelled = [one for one in score.criteria if one.level is not None]
    return AnswerReport(
        answer=answer,
        best=max(levelled, key=lambda one: (one.level or 0.0, one.weight), default=None),
        work_on=score.advice[0] if score.advice else None,
    )


def _strengths(scores: Sequence[Score]) -> tuple[CriterionStrength, ...]:
    levels: dict[CriterionName, list[float]] = {}
    for score in scores:
        for criterion in score.criteria:
            if criterion.level is not None:
                levels.setdefault(criterion.name, []).append(criterion.level)
    ranked = sorted(
        (
            CriterionStrength(name=name, level=fmean(found), answers=len(found))
            for name, found in levels.items()
        ),
        key=lambda one: -one.level,
    )
    strong = [one for one in ranked if one.level >= STRONG_LEVEL]
    return tuple((strong or ranked[:1])[:MOST_STRENGTHS])


def _work_on(attempts: Sequence[Attempt]) -> tuple[WorkOn, ...]:
    best: dict[CriterionName, WorkOn] = {}
    for attempt in attempts:
        for advice in attempt.score.advice if attempt.score is not None else ():
            known = best.get(advice.criterion)
            if known is None or known.advice.gain < advice.gain:
                best[advice.criterion] = WorkOn(advice=advice, attempt=attempt)
    ranked = sorted(best.values(), key=lambda one: -one.advice.gain)
    return tuple(ranked[:MOST_TO_WORK_ON])
