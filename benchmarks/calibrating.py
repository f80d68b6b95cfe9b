"""Fits a chance and two cut-points to similarities, to see whether frozen ones hold elsewhere."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.ranking import Numbers, Truths

NEWTON_STEPS: Final = 25
RIDGE: Final = 1e-6
"""Keeps the fit finite where similarities part true from false without error."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic curve and the cut-points of three states, all on the scale of the similarity."""

    steepness: float
    even_at: float
    said_from: float
    partly_from: float

    def chances(self, similarities: Numbers) -> Numbers:
        """Return the chance that each is said."""
        return 1 / (1 + np.exp(-self.steepness * (similarities - self.even_at)))


@dataclass(frozen=True, slots=True)
class Measured:
    """Judged cases: the similarity of each, as it may be called said, and as it may be heard.

    `sayable` is 0 where a guard keeps a case from being said, `hearable` where one keeps it from
    being heard at all.
    """

    similarities: Numbers
    sayable: Numbers
    hearable: Numbers
    truths: Truths
    weights: Numbers


def calibrate(cases: Measured, *, said_right: float, not_heard_right: float) -> Calibration:
    """Fit the curve, and the cuts that decide most while deciding as often right as asked."""
    steepness, even_at = _logistic(cases)
    said_from = _furthest_cut(-cases.sayable, cases.truths, cases.weights, said_right)
    partly_from = _furthest_cut(cases.hearable, ~cases.truths, cases.weights, not_heard_right)
    return Calibration(steepness, even_at, -said_from, partly_from)


def _logistic(cases: Measured) -> tuple[float, float]:
    """Return steepness and middle of the weighted maximum-likelihood curve, by Newton's steps."""
    inputs = np.column_stack([cases.similarities, np.ones(len(cases.similarities))])
    weights = cases.weights / cases.weights.sum()
    slope = np.zeros(2)
    for _ in range(NEWTON_STEPS):
        chances = 1 / (1 + np.exp(-inputs @ slope))
        gradient = inputs.T @ (weights * (chances - cases.truths)) + RIDGE * slope
        curvature = (inputs * (weights * chances * (1 - chances))[:, None]).T @ inputs
        slope = slope - np.linalg.solve(curvature + RIDGE * np.eye(2), gradient)
    return float(slope[0]), float(-slope[1] / slope[0])


def _furthest_cut(values: Numbers, right: Truths, weights: Numbers, least: float) -> float:
    """Return the highest value up to which the cases are right in at least that share.

    The lowest value of all where no cut is as good.
    """
    order = np.argsort(values, kind="stable")
    shares = np.cumsum((weights * right)[order]) / np.cumsum(weights[order])
    last_of_ties = np.append(np.diff(values[order]) != 0, True)
    good = np.flatnonzero((shares >= least) & last_of_ties)
    return float(values[order][good.max(initial=0)])
