"""Where the log shows a person weak, and which questions that speaks for. Pure.

A weakness is a criterion of the rubric whose level is low over the last answers, or the questions
least likely to reach the target. Each comes with its reason: the figures, and the answer behind
the lowest of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from question_bank.question import Question
from voicecoach.readiness import Readiness
from voicecoach.scoring.result import CriterionName, Score

LEAST_LIKELY: Final = "least_likely"
"""The name of the weakness that is no criterion: questions that would miss the target."""

WEAKEST: Final = "weakest"
"""What stands for the first weakness, whatever it is."""

ENOUGH_ANSWERS: Final = 3
"""Fewer answers than that show a bad day, not a weakness (as with readiness)."""

WEAK_BELOW: Final = 4.0
"""From this level (of 5) on the rubric's own words for a criterion are praise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weakness:
    """One weakness: its name, the reason in a sentence, and question ids, the weakest first."""

    name: str
    reason: str
    question_ids: tuple[str, ...]


def weaknesses(
    newest: Mapping[str, Score], questions: Sequence[Question], readiness: Readiness
) -> tuple[Weakness, ...]:
    """Return the weaknesses the log shows, the weakest criterion first, the least likely last.

    Args:
        newest: the newest score of each question that has one, by its id.
        questions: the bank's active questions.
        readiness: what is expected of each of them.
    """
    by_id = {question.id: question for question in questions}
    found: list[tuple[float, Weakness]] = []
    for name in CriterionName:
        levels = {
            question_id: level
            for question_id, score in newest.items()
            if question_id in by_id and (level := _level(score, name)) is not None
        }
        if len(levels) < ENOUGH_ANSWERS or fmean(levels.values()) >= WEAK_BELOW:
            continue
        found.append((fmean(levels.values()), _criterion(name, levels, by_id)))
    found.sort(key=lambda pair: pair[0])
    return (*(weakness for _, weakness in found), *_least_likely(readiness, by_id))


def _criterion(
    name: CriterionName, levels: Mapping[str, float], questions: Mapping[str, Question]
) -> Weakness:
    ranked = sorted(levels, key=lambda question_id: (levels[question_id], question_id))
    lowest = questions[ranked[0]]
    words = name.value.replace("_", " ").capitalize()
    return Weakness(
        name=name.value,
        reason=(
            f"{words} came to {fmean(levels.values()):.1f} of 5 on average in your newest answers "
            f"to {len(levels)} questions; lowest, {levels[lowest.id]:.1f}, in “{lowest.text}”"
        ),
        question_ids=tuple(ranked),
    )


def _least_likely(readiness: Readiness, questions: Mapping[str, Question]) -> tuple[Weakness, ...]:
    likely = [one for one in readiness.per_question if one.question_id in questions]
    if readiness.share is None or not likely:
        return ()
    ranked = sorted(likely, key=lambda one: (one.probability, one.question_id))
    lowest = ranked[0]
    text = questions[lowest.question_id].text
    return (
        Weakness(
            name=LEAST_LIKELY,
            reason=(
                f"Of {len(ranked)} questions these are the least likely to reach "
                f"{readiness.target:.0f}; the least, with {lowest.probability:.0%}, is “{text}”"
            ),
            question_ids=tuple(one.question_id for one in ranked),
        ),
    )


def _level(score: Score, name: CriterionName) -> float | None:
    return next((one.level for one in score.criteria if one.name is name), None)
