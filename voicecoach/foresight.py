"""What further rehearsals are expected to bring, by the coach's own idea of each skill.

Rehearsals are imagined by their expected effect, so days can be walked through one after another
without chance. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import numpy as np
import numpy.typing as npt

from question_bank import memory
from question_bank.local_days import local_day
from question_bank.memory import Floats, Integers
from question_bank.schedule import ratings_for
from voicecoach.skill import (
    CEILING,
    Habits,
    Outlook,
    Skills,
    belief_at,
    days_since,
    outlook,
)
from voicecoach.take_log import LATER_SAME_DAY

MOST_REHEARSALS: Final = 30
"""So many rehearsals of a question are looked at ahead, at most."""

LOOKED_AT: Final = (0, 1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22)
"""Of these numbers of rehearsals and the highest one the chance is computed; more would cost time
and change nothing."""

LEAST_SHARE: Final = 0.10
"""What an 80% interval leaves out at each end."""


def outlook_after_rehearsal(skills: Skills, *, now: datetime, at: datetime) -> Outlook:
    """Return, for each question alone, what would be expected at `at` if rehearsed once now."""
    return outlook(imagine_rehearsals(skills, at=now), at)


def gain_range(
    skills: Skills, rows: Integers, *, now: datetime, at: datetime
) -> tuple[Floats, Floats]:
    """Return between which gains of one rehearsal now lies what it really brings, of these rows.

    The gain of a chance (0–1) depends on how the person learns and forgets, and that is known only
    so well: these are the 10% and 90% quantiles over all that is likely of their habits. The luck
    of the single answer on the day comes on top and is no part of it.

    Returns:
        The lower and the upper ends, one for each row.
    """
    few = _only(skills, rows)
    gains, likely = [], []
    for learning, fading, probability in skills.habits.likely:
        person = replace(few, habits=Habits(learning=learning, fading=fading))
        rehearsed = outlook_after_rehearsal(person, now=now, at=at).probability
        gains.append(rehearsed - outlook(person, at).probability)
        likely.append(probability)
    spread, weights = np.array(gains), np.array(likely)
    order = np.argsort(spread, axis=0)
    ordered = np.take_along_axis(spread, order, axis=0)
    reached = np.cumsum(weights[order], axis=0) / weights.sum()
    columns = np.arange(len(rows))
    low = ordered[np.argmax(reached >= LEAST_SHARE, axis=0), columns]
    # A rehearsal that teaches next to nothing makes a bad chance surer, which is no loss.
    low = np.maximum(0.0, low)
    high = ordered[np.argmax(reached >= 1 - LEAST_SHARE, axis=0), columns]
    return low, high


def _only(skills: Skills, rows: Integers) -> Skills:
    """Return the skills of these rows alone."""
    questions = tuple(skills.questions[row] for row in rows.tolist())
    return replace(
        skills,
        questions=questions,
        row_of={question.id: row for row, question in enumerate(questions)},
        weight=skills.weight[rows],
        group=skills.group[rows],
        mean=skills.mean[rows],
        variance=skills.variance[rows],
        leaning=skills.leaning[rows],
        last_at=skills.last_at[rows],
        last_day=skills.last_day[rows],
        takes_that_day=skills.takes_that_day[rows],
        stability=skills.stability[rows],
        difficulty=skills.difficulty[rows],
    )


def imagine_rehearsals(
    skills: Skills, *, at: datetime, rows: npt.NDArray[np.bool_] | None = None
) -> Skills:
    """Return the skills as they are expected to be once questions were rehearsed at a moment.

    Closed form: averaged over what a rehearsal may show, its score moves neither the expected
    skill nor the total uncertainty; what it changes is the skill learnt and how slowly it fades.

    Args:
        skills: before the rehearsals, all of which lie before `at`.
        at: when they take place.
        rows: true for the questions that are rehearsed; all of them if None.
    """
    elapsed_days = days_since(skills.last_at, at)
    before = belief_at(skills, at)
    rating = ratings_for(before.mean, skills.target)
    later = memory.next_step(skills.stability, skills.difficulty, elapsed_days, rating)
    fresh = np.isnan(skills.last_at)
    stability, difficulty = (
        np.where(fresh, first, again)
        for first, again in zip(memory.first_step(rating), later, strict=True)
    )
    day = local_day(at, skills.zone).toordinal()
    takes_before = np.where(skills.last_day == day, skills.takes_that_day, 0)
    weight = LATER_SAME_DAY ** takes_before.astype(np.float64)
    mean = before.mean + weight * skills.habits.learning * np.maximum(0.0, CEILING - before.mean)
    chosen = np.ones(len(mean), dtype=np.bool_) if rows is None else rows
    return replace(
        skills,
        mean=np.where(chosen, mean, skills.mean),
        variance=np.where(chosen, before.variance, skills.variance),
        leaning=np.where(chosen, before.leaning, skills.leaning),
        last_at=np.where(chosen, at.timestamp(), skills.last_at),
        last_day=np.where(chosen, day, skills.last_day),
        takes_that_day=np.where(chosen, takes_before + 1, skills.takes_that_day),
        stability=np.where(chosen, stability, skills.stability),
        difficulty=np.where(chosen, difficulty, skills.difficulty),
    )


def chances_by_rehearsals(
    skills: Skills, moments: Sequence[datetime], untils: Sequence[datetime]
) -> list[Floats]:
    """Return how a question's chance (0–1) of reaching the target grows with its rehearsals.

    Each question alone, rehearsed 0, 1, 2 … times, evenly spread over the moments and never twice
    at one, up to `MOST_REHEARSALS` of them. Between the numbers in `LOOKED_AT` it is interpolated.

    Args:
        skills: as they stand before the first moment.
        moments: when a rehearsal can take place, in order, one a day.
        untils: the moments at which the target counts, none before the last rehearsal.

    Returns:
        For each of `untils` one row a question and one column a number of rehearsals.
    """
    most = min(len(moments), MOST_REHEARSALS)
    looked_at = [count for count in LOOKED_AT if count < most] + [most]
    chances = [list[Floats]() for _ in untils]
    for count in looked_at:
        rehearsed = skills
        for k in range(count):
            at = moments[int((k + 0.5) * len(moments) / count)]
            rehearsed = imagine_rehearsals(rehearsed, at=at)
        for found, until in zip(chances, untils, strict=True):
            found.append(outlook(rehearsed, until).probability)
    counts = np.arange(most + 1)
    return [
        np.array([np.interp(counts, looked_at, row) for row in np.array(found).T]).reshape(
            len(skills.questions), most + 1
        )
        for found in chances
    ]
