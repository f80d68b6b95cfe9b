"""How well numbers tell true cases from false ones: ranking, decisions, calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]

BINS: Final = 10
"""Bins of equal width for the calibration error."""


def auc(scores: Numbers, truths: Truths) -> float:
    """Return the area under the ROC curve: P(a true case scores above a false one), ties half.

    NaN where all cases are true or all are false.
    """
    true = int(truths.sum())
    false = len(truths) - true
    if not true or not false:
        return float("nan")
    _, place, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return float((ranks[truths].sum() - true * (true + 1) / 2) / (true * false))


def mean_auc(scores: Numbers, truths: Truths, groups: Sequence[str]) -> float:
    """Return the mean AUC over the groups that have both true and false cases (NaN: none has)."""
    numbers = np.unique(np.array(groups, dtype=object).astype(str), return_inverse=True)[1]
    areas = [
        auc(scores[inside], truths[inside])
        for inside in (numbers == number for number in range(int(numbers.max(initial=-1)) + 1))
    ]
    known = [area for area in areas if not np.isnan(area)]
    return float(np.mean(known)) if known else float("nan")


def f1(predicted: Truths, truths: Truths) -> float:
    """Return the harmonic mean of precision and recall of the true cases (0 where none is hit)."""
    hits = int((predicted & truths).sum())
    return 2 * hits / (int(predicted.sum()) + int(truths.sum())) if hits else 0.0


def best_f1(scores: Numbers, truths: Truths) -> float:
    """Return the F1 at the cut that suits these very cases best: what a method could reach."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(truths[order])
    values = 2 * hits / (np.arange(1, len(scores) + 1) + max(1, int(truths.sum())))
    last_of_ties = np.append(np.diff(scores[order]) != 0, True)
    return float(values[last_of_ties].max(initial=0.0))


def calibration_error(chances: Numbers, truths: Truths, weights: Numbers | None = None) -> float:
    """Return the expected calibration error: |mean chance - share true| over ten equal bins.

    Each bin counts as its cases do, and these alike unless `weights` says otherwise.
    """
    counted = np.ones(len(chances)) if weights is None else weights
    bins = np.minimum((chances * BINS).astype(np.intp), BINS - 1)
    gaps = np.bincount(bins, counted * (chances - truths), minlength=BINS)
    return float(np.abs(gaps).sum() / counted.sum())


@dataclass(frozen=True, slots=True)
class ThreeStates:
    """Shares of three-way decisions: right where "said", right where "not heard", decided at all.

    NaN where a state was never given.
    """

    said_right: float
    not_heard_right: float
    decided: float


def three_states(
    said: Truths, not_heard: Truths, truths: Truths, weights: Numbers | None = None
) -> ThreeStates:
    """Return how often each decided state is right, and the share decided."""
    counted = np.ones(len(truths)) if weights is None else weights

    def right(given: Truths, true: Truths) -> float:
        total = float(counted[given].sum())
        return float(counted[given & true].sum()) / total if total else float("nan")

    decided = float(counted[said | not_heard].sum() / counted.sum())
    return ThreeStates(right(said, truths), right(not_heard, ~truths), decided)


def equal_weights(names: Sequence[str]) -> Numbers:
    """Return a weight per case such that every name has the same total."""
    _, place, counts = np.unique(
        np.array(names, dtype=object).astype(str), return_inverse=True, return_counts=True
    )
    weights: Numbers = (1.0 / counts)[place]
    return weights
