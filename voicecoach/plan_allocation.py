"""How often to rehearse which question, when the minutes don't reach for all of them.

A question far below the target gains little from one rehearsal and much from the fourth, one near
it the other way round. So a step is not one rehearsal but as many as bring most on average (the
upper concave envelope of what each number of them is worth), and the best steps are taken until
the minutes are used up: the greedy solution of the knapsack's relaxation (Dantzig 1957, Operations
Research 5:266). Pure.
"""

import heapq
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from question_bank.memory import Floats


class _Step(NamedTuple):
    """From a question's number of rehearsals to a higher one; the best first in a heap."""

    negative_worth: float
    row: int
    rehearsals: int


def allocate(
    worth: Floats,
    *,
    minutes: Sequence[int],
    room: int,
    at_least: Sequence[int],
    at_most: Sequence[int],
    least_worth: float,
) -> list[int]:
    """Return how often to rehearse each question.

    Args:
        worth: what 0, 1, 2 … rehearsals of each question are worth, one row a question.
        minutes: how long one rehearsal of each takes, at least 1.
        room: how many minutes there are beside those of `at_least`.
        at_least: rehearsals of each question that are settled already; none is taken away.
        at_most: rehearsals of each question there are days for.
        least_worth: what a rehearsal has to be worth, on average over its step, at least.
    """
    counts = list(at_least)

    def best_step(row: int, most: int) -> list[_Step]:
        """Return the step that brings most for each of its rehearsals, if one is worth it."""
        count = counts[row]
        later = np.arange(count + 1, min(most, worth.shape[1] - 1) + 1)
        if not len(later):
            return []
        gains = (worth[row, later] - worth[row, count]) / (later - count)
        best = int(gains.argmax())
        if gains[best] < least_worth:
            return []
        return [_Step(-float(gains[best]) / minutes[row], row, int(later[best]))]

    steps = [step for row in range(len(counts)) for step in best_step(row, at_most[row])]
    heapq.heapify(steps)
    while steps:
        _, row, count = heapq.heappop(steps)
        most, cost = at_most[row], (count - counts[row]) * minutes[row]
        if cost <= room:
            room -= cost
            counts[row] = count
        else:
            most = min(most, counts[row] + room // minutes[row])
        for step in best_step(row, most):
            heapq.heappush(steps, step)
    return counts
