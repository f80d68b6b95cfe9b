"""The rubric as the scoring modules use it: `rubric.toml`, read once, and its arithmetic.

What the figures mean and where they come from stands in the file; `voicecoach rubric` prints it.
"""

import hashlib
import math
from collections.abc import Mapping
from enum import StrEnum
from importlib import resources
from types import MappingProxyType
from typing import Final

from question_bank.question import QuestionKind
from question_bank.review import Rating
from voicecoach.scoring.result import CriterionName
from voicecoach.scoring.rubric_file import (
    ALL_WEIGHTS,
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
    Anchors,
    Ceilings,
    Corridors,
    Rubric,
    check_weights,
    read_rubric,
)

__all__ = [
    "ALL_WEIGHTS",
    "HIGHEST_LEVEL",
    "LOWEST_LEVEL",
    "Ceilings",
    "Corridors",
    "check_weights",
]

RUBRIC: Final[Rubric] = read_rubric(
    resources.files("voicecoach.scoring").joinpath("rubric.toml").read_text(encoding="utf-8")
)

RUBRIC_VERSION: Final = RUBRIC.version
"""Grows with every change of a level, weight, threshold or rule; stored with each judgement."""

OFF_TOPIC_CAP: Final = RUBRIC.number("off_topic_cap")
"""The most (of 100) an answer gets that belongs to another question of the person's."""

DEFAULT_TARGET: Final = RUBRIC.number("target")
"""The overall (of 100) a person aims for unless they choose another."""

HARD_MARGIN: Final = RUBRIC.number("hard_margin")
EASY_MARGIN: Final = RUBRIC.number("easy_margin")
"""Below target − 20 is Again, below target Hard, from target Good, from target + 15 Easy."""


class DeliveryMeasure(StrEnum):
    """The six measures of delivery."""

    PACE = "pace"
    FILLED_PAUSES = "filled_pauses"
    SILENT_PAUSES = "silent_pauses"
    LENGTH = "length"
    HEDGING = "hedging"
    REPETITION = "repetition"


WEIGHTS: Final = RUBRIC.weights
"""Weight of each criterion per question kind, summing to 100. A criterion of weight 0 is absent."""

DELIVERY_WEIGHTS: Final[Mapping[DeliveryMeasure, float]] = MappingProxyType(
    {name: RUBRIC.delivery_weights[name] for name in DeliveryMeasure}
)
"""Weight of each measure within delivery; one that is not measured shares its weight out."""

PACE: Final = RUBRIC.corridors["pace"]
FILLED_PAUSES: Final = RUBRIC.ceilings["filled_pauses"]
"""Sounds of hesitation only: "you know" and "I mean" were not counted on Earnings22."""
SILENT_PAUSES: Final = RUBRIC.ceilings["silent_pauses"]
LENGTH: Final = RUBRIC.corridors["length"]
HEDGING: Final = RUBRIC.ceilings["hedging"]
REPETITION: Final = RUBRIC.ceilings["repetition"]

LONG_PAUSE_SECONDS: Final = RUBRIC.number("long_pause")
"""A silent pause counts from here on."""

BETWEEN_CLAUSES_SHARE: Final = RUBRIC.number("pause_between_clauses")
"""What a pause at the end of a clause counts, against 1 inside one."""

LONGEST_PAUSE_IN_PACE_SECONDS: Final = RUBRIC.number("longest_pause_in_pace")
"""A silence counts towards the time of the pace up to here; the rest is the silent pauses' affair.
"""

ACTION_SHARE: Final = RUBRIC.number("action_share")
SETTING_SHARE: Final = RUBRIC.number("setting_share")
"""For the highest structure: action at least, situation and task at most this share of the time.

Time spent on results is left out of the whole, so that an added result never costs a level."""

BALANCE_MARGIN: Final = RUBRIC.number("balance_margin")
"""How far off these shares the highest structure fades to the level below."""

SPECIFICS_FOR_LEVEL: Final[Mapping[int, int]] = MappingProxyType(
    dict(enumerate(RUBRIC.counts["specificity"].levels))
)
"""Level by the number of distinct specifics; saturates at the last."""

SPECIFICS_FOR_LEVEL_TO_ASK: Final[Mapping[int, int]] = MappingProxyType(
    dict(enumerate(RUBRIC.counts["specificity_to_ask"].levels))
)
"""The same for a question to ask them."""

OWN_ACTIONS_WITH_DECISION: Final = int(RUBRIC.number("own_actions"))
OWN_ACTIONS_WITHOUT_DECISION: Final = int(RUBRIC.number("own_actions_without_decision"))
"""Own actions that show one's part, with a decision among them and without."""

TOO_FEW_WORDS: Final = int(RUBRIC.number("fewest_words"))
TOO_FEW_WORDS_FOLLOW_UP: Final = int(RUBRIC.number("fewest_words_follow_up"))
TOO_FEW_WORDS_TO_ASK: Final = int(RUBRIC.number("fewest_words_to_ask"))
"""Fewer words than this are too few to judge (filled pauses and repeats not counted)."""

LOWEST_WORD_PROBABILITY: Final = RUBRIC.number("word_probability")
"""A transcript whose mean word probability is below this is too unsure to score."""

MOST_ADVICE: Final = 3
"""More things to do next than this are not remembered (a judgement)."""

ANCHORS: Final[Mapping[CriterionName, Anchors]] = RUBRIC.levels
"""What each level (1 to 5) looks like in behaviour."""


def anchor(name: CriterionName, level: float, kind: QuestionKind) -> str:
    """Return the description of a level; a level between two is described by the nearer one."""
    nearest = min(HIGHEST_LEVEL, max(LOWEST_LEVEL, math.floor(level + 0.5)))
    return anchors_of(name, kind)[nearest - 1]


def anchors_of(name: CriterionName, kind: QuestionKind) -> Anchors:
    """Return what the levels of a criterion look like for a kind of question."""
    if kind is QuestionKind.TO_ASK and name in RUBRIC.levels_to_ask:
        return RUBRIC.levels_to_ask[name]
    return ANCHORS[name]


def version_of(weights: Mapping[CriterionName, float], kind: QuestionKind) -> str:
    """Return the rubric's version with these weights: "2", or "2+a1b2c3" for a person's own.

    The fingerprint is the first six hexadecimal digits of the SHA-256 of the kind and its weights
    in the order of the criteria, so the same weights have the same name on every machine. A
    criterion that is left out weighs 0.
    """
    row = {name: float(weights.get(name, 0.0)) for name in CriterionName}
    if row == dict(WEIGHTS[kind]):
        return RUBRIC_VERSION
    text = f"{kind.value}:" + ",".join(f"{name.value}={row[name]!r}" for name in CriterionName)
    return f"{RUBRIC_VERSION}+{hashlib.sha256(text.encode()).hexdigest()[:6]}"


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
