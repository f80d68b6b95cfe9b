"""How well labels agree: precision and recall per label, a confusion table, weighted kappa.

Pure arithmetic over pairs of a human's label and the one that was heard.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from statistics import quantiles
from typing import TypeVar

import numpy as np

Label = TypeVar("Label", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """How well one label is found; each share lies from 0 to 1, and is 0 where nothing is there."""

    precision: float
    recall: float
    labelled: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def found(pairs: Sequence[tuple[Label, Label]], label: Label) -> Found:
    """Return how well a label is found in pairs of a human's label and the one heard."""
    right = sum(human == heard == label for human, heard in pairs)
    labelled = sum(human == label for human, _ in pairs)
    heard_so = sum(heard == label for _, heard in pairs)
    return Found(
        precision=right / heard_so if heard_so else 0.0,
        recall=right / labelled if labelled else 0.0,
        labelled=labelled,
    )


def confusion(
    pairs: Sequence[tuple[Label, Label]], labels: Sequence[Label]
) -> tuple[tuple[int, ...], ...]:
    """Return counts of pairs: a row for each human label, a column for each one heard."""
    counts = Counter(pairs)
    return tuple(tuple(counts[human, heard] for heard in labels) for human in labels)


def quadratic_weighted_kappa(
    pairs: Sequence[tuple[int, int]], *, lowest: int, highest: int
) -> float:
    """Return Cohen's kappa of ordered levels, a disagreement weighing its squared distance.

    1 − Σ w·observed / Σ w·expected with w = (i − j)²/(highest − lowest)² (Cohen 1968); 1 is full
    agreement, 0 what chance gives with the same shares of levels, and less is worse than chance.
    Where both give one and the same level throughout it is 1.

    Raises:
        ValueError: without pairs, or with a level outside the range.
    """
    if not pairs:
        raise ValueError("no levels to compare")
    if any(not lowest <= level <= highest for pair in pairs for level in pair):
        raise ValueError(f"a level lies outside {lowest} to {highest}")
    levels = range(lowest, highest + 1)
    observed = np.array(confusion(pairs, levels), dtype=np.float64) / len(pairs)
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    distance = np.subtract.outer(np.array(levels), np.array(levels))
    weights = np.square(distance, dtype=np.float64) / (highest - lowest) ** 2
    by_chance = float((weights * expected).sum())
    return 1.0 - float((weights * observed).sum()) / by_chance if by_chance else 1.0


def interval(
    items: Sequence[T],
    figure: Callable[[Sequence[T]], float],
    *,
    seed: int = 3,
    draws: int = 1_000,
) -> tuple[float, float]:
    """Return the 95% bootstrap interval of a figure over items drawn with replacement.

    The draws hang on the seed alone, so the same items give the same interval.
    """
    chance = np.random.default_rng(seed)
    drawn = [
        figure([items[index] for index in chance.integers(0, len(items), len(items))])
        for _ in range(draws)
    ]
    cuts = quantiles(drawn, n=40, method="inclusive")
    return cuts[0], cuts[-1]
