"""The rubric: criteria, five levels described in behaviour, weights, thresholds and their source.

Levels and weights are a judgement informed by research, not a fit to hiring decisions: no public
set of human-rated interview answers exists. Thresholds marked *Earnings22* are quantiles of 1,242
turns (30–300 s) of spontaneous business speech; the others say where they come from.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from question_bank.question import QuestionKind
from question_bank.review import Rating
from voicecoach.errors import InvalidInputError
from voicecoach.scoring.result import CriterionName

RUBRIC_VERSION: Final = "1"
"""Grows with every change of a level, weight, threshold or rule; stored with each judgement."""

LOWEST_LEVEL: Final = 1
HIGHEST_LEVEL: Final = 5
ALL_WEIGHTS: Final = 100.0
"""What the weights of one question kind add up to."""

OFF_TOPIC_CAP: Final = 20.0
"""The most (of 100) an answer gets that belongs to another question of the person's."""

DEFAULT_TARGET: Final = 70.0
"""The overall (of 100) a person aims for unless they choose another."""

HARD_MARGIN: Final = 20.0
EASY_MARGIN: Final = 15.0
"""Below target − 20 is Again, below target Hard, from target Good, from target + 15 Easy."""


class DeliveryMeasure(StrEnum):
    """The six measures of delivery."""

    PACE = "pace"
    FILLED_PAUSES = "filled_pauses"
    SILENT_PAUSES = "silent_pauses"
    LENGTH = "length"
    HEDGING = "hedging"
    REPETITION = "repetition"


def _weights(*weights: float) -> Mapping[CriterionName, float]:
    """Return one row of the table, its weights in the order of `CriterionName`."""
    return MappingProxyType(dict(zip(CriterionName, weights, strict=True)))


WEIGHTS: Final[Mapping[QuestionKind, Mapping[CriterionName, float]]] = MappingProxyType(
    {
        QuestionKind.BEHAVIOURAL: _weights(10, 25, 25, 15, 5, 20),
        QuestionKind.TECHNICAL: _weights(10, 40, 10, 20, 0, 20),
        QuestionKind.MOTIVATIONAL: _weights(15, 30, 10, 25, 0, 20),
        QuestionKind.SITUATIONAL: _weights(10, 30, 20, 15, 5, 20),
        QuestionKind.TO_ASK: _weights(20, 20, 0, 40, 0, 20),
    }
)
"""Weight of each criterion per question kind, summing to 100. A criterion of weight 0 is absent.

Action and result weigh most because real replies crowd them out (Bangerter 2014)."""

DELIVERY_WEIGHTS: Final[Mapping[DeliveryMeasure, float]] = MappingProxyType(
    {
        DeliveryMeasure.PACE: 6.0,
        DeliveryMeasure.FILLED_PAUSES: 5.0,
        DeliveryMeasure.SILENT_PAUSES: 4.0,
        DeliveryMeasure.LENGTH: 3.0,
        DeliveryMeasure.HEDGING: 1.0,
        DeliveryMeasure.REPETITION: 1.0,
    }
)
"""Weight of each measure within delivery; one that is not measured shares its weight out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceilings:
    """The less the better: `most` is the highest value that still earns level 5, 4, 3, 2."""

    most: tuple[float, float, float, float]
    unit: str
    source: str

    def level(self, value: float) -> int:
        """Return the level (1–5) a value earns."""
        for level, ceiling in zip((5, 4, 3, 2), self.most, strict=True):
            if value <= ceiling:
                return level
        return LOWEST_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Corridors:
    """Best in the middle: each pair is the lowest and highest value that earns level 5, 4, 3, 2."""

    between: tuple[
        tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]
    ]
    unit: str
    source: str

    def level(self, value: float) -> int:
        """Return the level (1–5) a value earns."""
        for level, (low, high) in zip((5, 4, 3, 2), self.between, strict=True):
            if low <= value <= high:
                return level
        return LOWEST_LEVEL


PACE: Final = Corridors(
    between=((135, 180), (125, 195), (115, 205), (105, 220)),
    unit="words/minute",
    source="Earnings22: p10 127, p25 143, p50 163, p75 182, p90 197 words per minute",
)

FILLED_PAUSES: Final = Ceilings(
    most=(2.3, 4.8, 7.8, 11.2),
    unit="per 100 words",
    source="Earnings22: p25, p50, p75, p90 of filled pauses per 100 words",
)
"""Sounds of hesitation only: "you know" and "I mean" were not counted on Earnings22."""

SILENT_PAUSES: Final = Ceilings(
    most=(0.5, 1.2, 2.4, 3.9),
    unit="per minute",
    source=(
        "Earnings22: p50, p75, p90 of pauses of a second or more per minute are 1.2, 2.4, 3.9; "
        "p25 is 0, widened to one pause in two minutes so that a single one does not cost a level"
    ),
)

LENGTH: Final = Corridors(
    between=((0.67, 1.25), (0.5, 1.5), (0.35, 1.75), (0.2, 2.25)),
    unit="of the target length",
    source="a judgement: a third shorter or a quarter longer than the target still fits the slot",
)

HEDGING: Final = Ceilings(
    most=(0.5, 1.0, 2.0, 3.5),
    unit="per 100 words",
    source="a judgement: hedges were not counted on Earnings22; weighs 1 of 20 for that reason",
)

REPETITION: Final = Ceilings(
    most=(0.7, 1.7, 3.3, 5.5),
    unit="per 100 words",
    source="Earnings22: p25, p50, p75, p90 of immediate repeats per 100 words",
)

LONG_PAUSE_SECONDS: Final = 1.0
"""A silent pause counts from here on (Earnings22 counts pauses ≥ 1 s; 0.6 s sounds natural)."""

BETWEEN_CLAUSES_SHARE: Final = 0.25
"""What a pause at the end of a clause counts, against 1 inside one.

Kahng: pauses inside a clause hurt perceived fluency far more than those at clause ends; the
quarter is a judgement."""

LONGEST_PAUSE_IN_PACE_SECONDS: Final = 2.0
"""A silence counts towards the time of the pace up to here; the rest is the silent pauses' affair.

A judgement: one long thinking pause must not turn a well-paced answer into a slow one."""

ACTION_SHARE: Final = 0.35
SETTING_SHARE: Final = 0.35
"""For the highest structure: action at least, situation and task at most this share of the time.

Time spent on results is left out of the whole, so that an added result never costs a level.
Bangerter 2014: situation crowds out action and result in real replies."""

BALANCE_MARGIN: Final = 0.15
"""How far off these shares the highest structure fades to the level below (a judgement).

With a sharp edge, misheard words at a word error rate of 10% flipped a level in one answer of
nine."""

SPECIFICS_FOR_LEVEL: Final = MappingProxyType({0: 1, 1: 2, 2: 3, 3: 4, 4: 5})
"""Level by the number of distinct specifics; saturates at four."""

SPECIFICS_FOR_LEVEL_TO_ASK: Final = MappingProxyType({0: 1, 1: 3, 2: 5})
"""The same for a question to ask them: twenty seconds hold fewer specifics (a judgement)."""

TOO_FEW_WORDS: Final = 30
TOO_FEW_WORDS_FOLLOW_UP: Final = 8
TOO_FEW_WORDS_TO_ASK: Final = 5
"""Fewer words than this are too few to judge (filled pauses and repeats not counted)."""

LOWEST_WORD_PROBABILITY: Final = 0.6
"""A transcript whose mean word probability is below this is too unsure to score."""

MOST_ADVICE: Final = 3
"""More things to do next than this are not remembered (a judgement)."""

ANCHORS: Final[Mapping[CriterionName, tuple[str, str, str, str, str]]] = MappingProxyType(
    {
        CriterionName.RELEVANCE: (
            "The answer belongs to another of your questions, not to this one.",
            "The answer leans towards another of your questions.",
            "The answer is about as close to another of your questions as to this one.",
            "The answer is mostly about this question.",
            "The answer is plainly about this question.",
        ),
        CriterionName.COVERAGE: (
            "Hardly any point of your outline was heard.",
            "Some of your outline was heard, most of it was not.",
            "About half of your outline was heard.",
            "Most of your outline was heard.",
            "Nearly all of your outline was heard.",
        ),
        CriterionName.STRUCTURE: (
            "Opinion or general statements only: no situation, no action, no result.",
            "A situation is described, but not what was done in it.",
            "Something that was done is told, but not yet several actions and what came of them.",
            (
                "Several actions and what came of them are told; the result is bare, "
                "or the setting takes up much of the time."
            ),
            (
                "Several actions fill a good part of the answer and lead to a result backed "
                "by a figure, a before and after, someone's words or a named outcome."
            ),
        ),
        CriterionName.SPECIFICITY: (
            "No figure, name, date or before and after.",
            "One specific detail.",
            "Two specific details.",
            "Three specific details.",
            "Four or more different specific details.",
        ),
        CriterionName.OWN_PART: (
            "Nobody's actions are told.",
            "What was done together is told; your own actions in it are not.",
            "One action of your own is told.",
            "Two actions of your own are told.",
            (
                "Several actions of your own are told: one of them decided or suggested, "
                "or at least three in all."
            ),
        ),
        CriterionName.DELIVERY: (
            "Hard to follow: pace, pauses or length get in the way throughout.",
            "Often hard to follow.",
            "Can be followed, with some effort.",
            "Easy to follow, with small things in the way.",
            "Easy to follow throughout: steady pace, few pauses inside sentences, right length.",
        ),
    }
)
"""What each level (1 to 5) looks like in behaviour."""

TO_ASK_SPECIFICITY_ANCHORS: Final = (
    "No figure, name, date or span of time: it could be asked of anybody.",
    "Almost nothing specific.",
    "One specific detail.",
    "One specific detail and a hint of another.",
    "Two or more different specific details.",
)
"""The specificity levels of a question to ask them (levels 2 and 4 are never reached)."""


def anchor(name: CriterionName, level: float, kind: QuestionKind) -> str:
    """Return the description of a level; a level between two is described by the nearer one."""
    nearest = min(HIGHEST_LEVEL, max(LOWEST_LEVEL, math.floor(level + 0.5)))
    if name is CriterionName.SPECIFICITY and kind is QuestionKind.TO_ASK:
        return TO_ASK_SPECIFICITY_ANCHORS[nearest - 1]
    return ANCHORS[name][nearest - 1]


def check_weights(weights: Mapping[CriterionName, float], kind: QuestionKind) -> None:
    """Refuse weights of one question kind that are not finite, not negative and summing to 100.

    Raises:
        InvalidInputError: with the kind and the criterion at fault.
    """
    for name, weight in weights.items():
        if not math.isfinite(weight) or weight < 0:
            raise InvalidInputError(
                f"The weight of {name.value} for {kind.value} questions is {weight}.",
                "Give a number from 0 to 100.",
            )
    total = math.fsum(weights.values())
    if not math.isclose(total, ALL_WEIGHTS, abs_tol=1e-6):
        raise InvalidInputError(
            f"The weights for {kind.value} questions add up to {total:g}.",
            "Change them so that they add up to 100.",
        )


def shared_out(weights: Mapping[CriterionName, float]) -> dict[CriterionName, float]:
    """Rescale the weights of the criteria that count so that they add up to 100.

    Returns an empty mapping where nothing is left to carry the weight.
    """
    total = math.fsum(weights.values())
    if total <= 0:
        return {}
    return {name: ALL_WEIGHTS * weight / total for name, weight in weights.items()}


def part_of_overall(level: float, weight: float) -> float:
    """Return what a criterion adds to the overall: its weight times (level − 1)/4."""
    return weight * (level - LOWEST_LEVEL) / (HIGHEST_LEVEL - LOWEST_LEVEL)


def rate(overall: float, target: float = DEFAULT_TARGET) -> Rating:
    """Return the schedule's rating of an overall score (0–100) against the person's target."""
    if overall < target - HARD_MARGIN:
        return Rating.AGAIN
    if overall < target:
        return Rating.HARD
    if overall < target + EASY_MARGIN:
        return Rating.GOOD
    return Rating.EASY
