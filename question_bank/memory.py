"""FSRS memory of many questions at once, in numpy.

py-fsrs steps one card at a time, about 10 µs a review: 100,000 reviews take seconds. Here the k-th
reviews of all questions are stepped together with the same formulas and py-fsrs's own parameters;
tests hold both equal to nine digits. Stability and difficulty don't depend on any horizon, only
the due date does, which `question_bank.schedule` sets.

Times are seconds since the epoch. As in py-fsrs only whole elapsed days count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from fsrs.scheduler import (
    DEFAULT_PARAMETERS,
    MAX_DIFFICULTY,
    MIN_DIFFICULTY,
    STABILITY_MIN,
)

from question_bank.review import Rating

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

SECONDS_PER_DAY: Final = 86_400.0
_DAY_SLACK: Final = 1e-11
"""Days, under a microsecond: what a float of epoch seconds may lack of a whole day."""

DESIRED_RETENTION: Final = 0.9
"""A rehearsal falls due when FSRS expects recall to have sunk to this; py-fsrs's default."""

_INITIAL_STABILITY: Final = np.asarray(DEFAULT_PARAMETERS[:4])
_INITIAL_DIFFICULTY, _DIFFICULTY_SLOPE = DEFAULT_PARAMETERS[4:6]
_DIFFICULTY_STEP, _DIFFICULTY_REVERSION = DEFAULT_PARAMETERS[6:8]
_RECALL_SCALE, _RECALL_SATURATION, _RECALL_SPACING = DEFAULT_PARAMETERS[8:11]
_LAPSE_SCALE, _LAPSE_DIFFICULTY, _LAPSE_STABILITY, _LAPSE_SPACING = DEFAULT_PARAMETERS[11:15]
_HARD_PENALTY, _EASY_BONUS = DEFAULT_PARAMETERS[15:17]
_SAME_DAY_SLOPE, _SAME_DAY_OFFSET, _SAME_DAY_SATURATION = DEFAULT_PARAMETERS[17:20]
_DECAY: Final = -DEFAULT_PARAMETERS[20]
_FACTOR: Final = 0.9 ** (1 / _DECAY) - 1
_EASIEST_START: Final = (
    _INITIAL_DIFFICULTY - float(np.exp(_DIFFICULTY_SLOPE * (Rating.EASY - 1))) + 1
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryLog:
    """The memory of every review of a log, sorted by question, then time.

    `order` sorts the log's columns into this order; `question` is the sorted question index;
    `rank` counts a question's reviews from 0. `recalled` is the retrievability (0–1) just before
    the review, 0 for a first one; `stability` (days) and `difficulty` (1–10) are those after it.
    """

    order: Integers
    question: Integers
    rank: Integers
    recalled: Floats
    stability: Floats
    difficulty: Floats


def retrievability(stability: Floats, elapsed_days: Floats) -> Floats:
    """Return the probability (0–1) of recall after so many days; whole days only, as py-fsrs."""
    whole_days = np.maximum(0.0, np.floor(elapsed_days + _DAY_SLACK))
    return np.asarray((1.0 + _FACTOR * whole_days / stability) ** _DECAY)


def interval_days(stability: Floats) -> Floats:
    """Return after how many whole days recall sinks to the desired retention; at least one."""
    days = stability / _FACTOR * (DESIRED_RETENTION ** (1 / _DECAY) - 1)
    return np.asarray(np.maximum(1.0, np.rint(days)))


def first_step(rating: Integers) -> tuple[Floats, Floats]:
    """Return stability (days) and difficulty (1–10) after a first review with this rating."""
    stability = np.maximum(STABILITY_MIN, _INITIAL_STABILITY[rating - 1])
    difficulty = _INITIAL_DIFFICULTY - np.exp(_DIFFICULTY_SLOPE * (rating - 1)) + 1
    return stability, np.clip(difficulty, MIN_DIFFICULTY, MAX_DIFFICULTY)


def next_step(
    stability: Floats, difficulty: Floats, elapsed_days: Floats, rating: Integers
) -> tuple[Floats, Floats]:
    """Return stability (days) and difficulty (1–10) after a later review with this rating."""
    recalled = retrievability(stability, elapsed_days)
    remembered = stability * (
        1
        + np.exp(_RECALL_SCALE)
        * (11 - difficulty)
        * stability**-_RECALL_SATURATION
        * (np.exp((1 - recalled) * _RECALL_SPACING) - 1)
        * np.where(rating == Rating.HARD, _HARD_PENALTY, 1.0)
        * np.where(rating == Rating.EASY, _EASY_BONUS, 1.0)
    )
    lapsed = np.minimum(
        _LAPSE_SCALE
        * difficulty**-_LAPSE_DIFFICULTY
        * ((stability + 1) ** _LAPSE_STABILITY - 1)
        * np.exp((1 - recalled) * _LAPSE_SPACING),
        stability / np.exp(_SAME_DAY_SLOPE * _SAME_DAY_OFFSET),
    )
    same_day_growth = (
        np.exp(_SAME_DAY_SLOPE * (rating - 3 + _SAME_DAY_OFFSET)) * stability**-_SAME_DAY_SATURATION
    )
    same_day_growth = np.where(
        rating == Rating.AGAIN, same_day_growth, np.maximum(1.0, same_day_growth)
    )
    next_stability = np.where(
        elapsed_days + _DAY_SLACK < 1,
        stability * same_day_growth,
        np.where(rating == Rating.AGAIN, lapsed, remembered),
    )
    drift = -_DIFFICULTY_STEP * (rating - 3) * (10 - difficulty) / 9
    next_difficulty = _DIFFICULTY_REVERSION * _EASIEST_START + (1 - _DIFFICULTY_REVERSION) * (
        difficulty + drift
    )
    return (
        np.maximum(STABILITY_MIN, next_stability),
        np.clip(next_difficulty, MIN_DIFFICULTY, MAX_DIFFICULTY),
    )


def rank_within(sorted_groups: Integers) -> Integers:
    """Return each element's place, from 0, within its run of equal values."""
    places = np.arange(len(sorted_groups))
    starts = np.flatnonzero(np.diff(sorted_groups, prepend=sorted_groups[:1] - 1))
    return places - np.repeat(starts, np.diff(starts, append=len(sorted_groups)))


def positions_by_rank(rank: Integers) -> Iterator[Integers]:
    """Yield, for each rank from 0 up, where in the sorted log the questions' k-th reviews stand.

    Within one yield the positions ascend, so the previous review of a position is the one before.
    """
    by_rank = np.argsort(rank, kind="stable")
    yield from np.split(by_rank, np.cumsum(np.bincount(rank))[:-1]) if len(rank) else ()


def replay(question: Integers, at: Floats, rating: Integers) -> MemoryLog:
    """Step through a whole log, the k-th reviews of all questions at once.

    Args:
        question: index of the question, one per review, in any order.
        at: seconds since the epoch; reviews of one moment are taken worst rating first, so the
            order in which the log was read doesn't matter.
        rating: 1 (again) to 4 (easy).
    """
    order = np.lexsort((rating, at, question))
    question, at, rating = question[order], at[order], rating[order]
    rank = rank_within(question)
    recalled, stability, difficulty = (np.zeros(len(order)) for _ in range(3))
    for k, positions in enumerate(positions_by_rank(rank)):
        if k == 0:
            stability[positions], difficulty[positions] = first_step(rating[positions])
            continue
        before = positions - 1
        elapsed_days = (at[positions] - at[before]) / SECONDS_PER_DAY
        recalled[positions] = retrievability(stability[before], elapsed_days)
        stability[positions], difficulty[positions] = next_step(
            stability[before], difficulty[before], elapsed_days, rating[positions]
        )
    return MemoryLog(
        order=order,
        question=question,
        rank=rank,
        recalled=recalled,
        stability=stability,
        difficulty=difficulty,
    )
