"""Do forecasts come true? Shown to the person once there are enough of them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

BINS: Final = 10
"""Equally wide bins of probability."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBin:
    """Forecasts of about the same probability: what was expected, and what came (both 0–1)."""

    expected: float
    came_true: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How well forecasts fitted.

    `brier` is the mean squared error (0 perfect, .25 coin tossing); `skill` compares it with
    always forecasting the running base rate (above 0 is better than that, 1 perfect);
    `expected_calibration_error` is the mean gap between expected and come true over the bins.
    """

    count: int
    brier: float
    base_rate_brier: float
    skill: float
    expected_calibration_error: float
    bins: tuple[CalibrationBin, ...]


def calibration(outcomes: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Judge forecasts by what happened.

    Args:
        outcomes: (forecast probability 0–1, whether the target was reached), oldest first.

    Returns:
        None without any outcome. The running base rate starts at one half and knows, at each
        forecast, only what had happened before: (hits + 1) / (takes + 2).
    """
    if not outcomes:
        return None
    hits = 0
    squared = base_squared = 0.0
    filled: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for seen, (probability, reached) in enumerate(outcomes):
        squared += (probability - reached) ** 2
        base_squared += ((hits + 1) / (seen + 2) - reached) ** 2
        hits += reached
        filled[min(BINS - 1, int(probability * BINS))].append((probability, reached))
    count = len(outcomes)
    bins = tuple(
        CalibrationBin(
            expected=sum(probability for probability, _ in entries) / len(entries),
            came_true=sum(reached for _, reached in entries) / len(entries),
            count=len(entries),
        )
        for entries in filled
        if entries
    )
    return Calibration(
        count=count,
        brier=squared / count,
        base_rate_brier=base_squared / count,
        skill=1 - squared / base_squared,
        expected_calibration_error=sum(
            entry.count * abs(entry.expected - entry.came_true) for entry in bins
        )
        / count,
        bins=bins,
    )
