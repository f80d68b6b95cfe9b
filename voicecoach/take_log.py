"""Every scored take as columns, with how much each one counts.

Only the first answer of a day counts fully, since the second one is helped by the first; a typed
one counts less than a spoken one. What FSRS remembers before and after each take is computed here
too, as nothing of it depends on the person's other questions. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

import numpy as np

from question_bank import memory
from question_bank.local_days import local_days
from question_bank.memory import Floats, Integers
from question_bank.schedule import ratings_for

TARGET: Final = 70.0
"""The score (0–100) an answer should reach, where the person set no other."""

TAKE_NOISE: Final = 121.0
"""Variance of one take around the skill behind it: 11²."""
LATER_SAME_DAY: Final = 0.3
"""Weight of a day's second take; the third weighs this squared, and so on, so that however many
takes of one day together never weigh half as much again as its first."""
TYPED_WEIGHT: Final = 0.5
"""A typed answer shows what would be said, but not how: half the evidence of a spoken one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredTake:
    """One answer as readiness sees it.

    `at` is UTC-aware; `overall` is 0–100, None for the mark of a deleted take that was never
    scored: it shows nothing, but the day's next take is no longer the day's first. A deleted take
    that was scored keeps its number. Follow-ups and unscoreable answers are no takes.
    """

    question_id: str
    at: datetime
    overall: float | None
    typed: bool = False


class TakeBlock(NamedTuple):
    """The k-th takes of all questions that have so many, in the order of `TakeLog.question_ids`.

    `at` is in epoch seconds, `overall` 0–100; `noise` the variance of each take, `weight` (0–1)
    how much it counts, `recalled` the retrievability (0–1) just before it.
    """

    at: Floats
    overall: Floats
    noise: Floats
    weight: Floats
    recalled: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLog:
    """All takes as columns, and what can be known of them without knowing the person.

    Rebuilt from the log by `take_log`; worth keeping while the log doesn't change. The questions
    with most takes come first, so that `blocks[k]` belongs to the first so many questions and one
    block after another is stepped through without looking anything up. `stability` (days) and
    `difficulty` (1–10) are FSRS's after the last take of each question, `last_day` is that take's
    local calendar day as an ordinal, and `takes_that_day` how many there were on it.
    """

    question_ids: tuple[str, ...]
    blocks: tuple[TakeBlock, ...]
    last_at: Floats
    last_day: Integers
    takes_that_day: Integers
    stability: Floats
    difficulty: Floats
    target: float
    zone: tzinfo

    @property
    def takes(self) -> int:
        """How many scored takes there are."""
        return sum(len(block.at) for block in self.blocks)


def take_log(takes: Iterable[ScoredTake], *, target: float = TARGET, zone: tzinfo) -> TakeLog:
    """Return the takes as columns, in whatever order they come."""
    listed = list(takes)
    index: dict[str, int] = {}
    question = np.array(
        [index.setdefault(take.question_id, len(index)) for take in listed], dtype=np.int64
    )
    at = np.array([take.at.timestamp() for take in listed], dtype=np.float64)
    overall = np.array(
        [np.nan if take.overall is None else take.overall for take in listed], dtype=np.float64
    )
    typed = np.array([take.typed for take in listed], dtype=np.bool_)

    order = np.lexsort((overall, at, question))
    question, at, overall, typed = question[order], at[order], overall[order], typed[order]
    day = local_days(at, zone)
    weight = LATER_SAME_DAY ** memory.rank_within(_runs(question, day)).astype(np.float64)
    weight = np.where(typed, weight * TYPED_WEIGHT, weight)

    seen = ~np.isnan(overall)
    question, at, day = question[seen], at[seen], day[seen]
    overall, weight = overall[seen], weight[seen]
    replayed = memory.replay(question, at, ratings_for(overall, target))
    last = np.flatnonzero(np.diff(question, append=-1))
    last = last[np.argsort(-replayed.rank[last], kind="stable")]
    ids = list(index)
    return TakeLog(
        question_ids=tuple(ids[number] for number in question[last].tolist()),
        blocks=_blocks(
            TakeBlock(at, overall, TAKE_NOISE / weight, weight, replayed.recalled),
            first=last - replayed.rank[last],
            takes=replayed.rank[last] + 1,
        ),
        last_at=at[last],
        last_day=day[last],
        takes_that_day=memory.rank_within(_runs(question, day))[last] + 1,
        stability=replayed.stability[last],
        difficulty=replayed.difficulty[last],
        target=target,
        zone=zone,
    )


def _blocks(columns: TakeBlock, *, first: Integers, takes: Integers) -> tuple[TakeBlock, ...]:
    """Cut columns sorted by question into blocks; `takes`, of each question, never rises."""
    sizes = np.searchsorted(-takes, -np.arange(takes[0]), side="left") if len(takes) else ()
    return tuple(
        TakeBlock(*(column[first[:size] + k] for column in columns)) for k, size in enumerate(sizes)
    )


def _runs(question: Integers, day: Integers) -> Integers:
    """Number the stretches of one question on one day, in a log sorted by both."""
    changed = (np.diff(question, prepend=question[:1]) != 0) | (np.diff(day, prepend=day[:1]) != 0)
    return np.cumsum(changed)
