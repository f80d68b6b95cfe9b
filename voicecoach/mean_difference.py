"""By how much two things differ on average, and how sure that is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev
from typing import Final

NORMAL_QUANTILE: Final = 1.959964
"""Half of a 95% interval of the normal distribution, in standard deviations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanDifference:
    """A mean of differences with the ends of its 95% interval, in the unit of the differences."""

    mean: float
    low: float
    high: float
    count: int

    @property
    def is_clear(self) -> bool:
        """Whether the interval excludes zero, so that its sign can be told."""
        return self.low > 0 or self.high < 0


def mean_difference(differences: Sequence[float]) -> MeanDifference | None:
    """Return the mean of differences with Student's interval; None below two of them.

    The differences count as independent. With few of them the interval is wide, as it should be.
    """
    if len(differences) < 2:
        return None
    mean = fmean(differences)
    half = student_quantile(len(differences) - 1) * stdev(differences) / sqrt(len(differences))
    return MeanDifference(mean=mean, low=mean - half, high=mean + half, count=len(differences))


def student_quantile(degrees_of_freedom: int) -> float:
    """Return half of a 95% interval of Student's distribution, in standard errors.

    Cornish-Fisher expansion (Abramowitz and Stegun, 26.7.5); within .3% from 4 degrees of freedom
    on, and given exactly below, where the series falls short.
    """
    exact = {1: 12.7062, 2: 4.30265, 3: 3.18245}
    if degrees_of_freedom in exact:
        return exact[degrees_of_freedom]
    z, n = NORMAL_QUANTILE, degrees_of_freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )
