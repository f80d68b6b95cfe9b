"""How well a question is expected to go that was never practised: the person's cold levels. Pure.

One level for questions that tripped the person up, one for the others, estimated together from the
first answers by shrinkage.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from question_bank.memory import Floats, Integers

COLD_MEAN: Final = 48.0
"""Expected first score of an unknown person."""
PERSON_VARIANCE: Final = 64.0
TRIPPED_VARIANCE: Final = 36.0
QUESTION_VARIANCE: Final = 156.0
"""What persons, the two groups of questions, and single questions differ by; together 16²."""
TRIED_HALFWAY: Final = 0.25
"""Share of a group practised at which half of a good start is carried over to its others."""

Flags = npt.NDArray[np.bool_]


def cold_levels(
    overall: Floats,
    noise: Floats,
    group: Integers,
    tried: Sequence[float],
    *,
    apart: Flags | None = None,
) -> tuple[Floats, Floats]:
    """Estimate the two groups' cold levels from the first answers to their questions.

    Args:
        overall: the first score (0–100) of each practised question.
        noise: the variance of each of those takes.
        group: 1 where the question tripped the person up, else 0.
        tried: for each group, the share (0–1) of its likely questions that was practised.
        apart: answers that may lower a level, but lift none and make none surer; none if None.

    Returns:
        The two means and their 2×2 covariance: a normal prior shared by person and group, and
        normal evidence. A mean above `COLD_MEAN` is held back by how little was tried, and what
        goes well elsewhere lifts nothing that tripped the person up.
    """
    shift, covariance = _shift(overall, noise, group)
    if apart is not None and apart.any():
        without, covariance = _shift(overall[~apart], noise[~apart], group[~apart])
        shift = np.minimum(shift, without)
    trust = np.array([share / (share + TRIED_HALFWAY) for share in tried])
    return COLD_MEAN + np.where(shift > 0, trust * shift, shift), covariance


def _shift(overall: Floats, noise: Floats, group: Integers) -> tuple[Floats, Floats]:
    """Return how far the two groups' levels lie from `COLD_MEAN`, and their covariance."""
    prior = np.full((2, 2), PERSON_VARIANCE) + np.diag([TRIPPED_VARIANCE] * 2)
    precision = 1.0 / (QUESTION_VARIANCE + noise)
    weight = np.bincount(group, weights=precision, minlength=2)
    surprise = np.bincount(group, weights=precision * (overall - COLD_MEAN), minlength=2)
    covariance = np.linalg.inv(np.linalg.inv(prior) + np.diag(weight))
    shift: Floats = covariance @ surprise
    alone = surprise[1] / (1 / (PERSON_VARIANCE + TRIPPED_VARIANCE) + weight[1])
    shift[1] = min(shift[1], alone)
    return shift, covariance
