"""From how near an answer comes to a point to the chance that it says it, a state and its worth.

The constants are fitted to human judgements in four public sets (REALSumm, ArgKP, SciEntsBank and
Beetle; 46,278 cases, each set weighing the same), with the code that scores an answer.
`python -m benchmarks.coverage FILE…` prints what they hold to, refits them with each set left out
in turn and prints what that gives on the set left out.
"""

import math
from typing import Final

from voicecoach.scoring.result import CutPoints, PointCoverage, PointState

CHANCE_STEEPNESS: Final = 4.6
CHANCE_EVEN_AT: Final = 0.63
"""The chance that a point is said is a logistic curve in the similarity: this steep, and 0.5 here.

A logistic regression on the four sets gives 4.56 and 0.63; with one set left out 4.2 to 5.1 and
0.58 to 0.67. The expected calibration error over the sets is .02."""

SAID_FROM: Final = 0.78
"""Similarity from which a point is said.

Pooled over the four sets "said" is then right in 80% of the cases (guards standing). Those sets
are full of near misses: statements of one subject, wrong by a word. In spoken answers the same
figure separates better: of 92 points made in 19 written answers 90% reach it (the others are
partly said), of 1,656 points of other people's outlines none (at most 0.74)."""

PARTLY_FROM: Final = 0.4
"""Similarity from which a point is partly said; below it, it was not heard.

Pooled over the four sets "not heard" is then right in 86% of the cases. Of the points made in the
written answers none lies below, of other people's points 97%, of those left out 88%."""

CUT_POINTS: Final = CutPoints(said_from=SAID_FROM, partly_from=PARTLY_FROM)
"""The rubric's own; a person may have theirs (see `cut_points`)."""

HELD_BACK_WORTH: Final = 0.5
"""What a point is worth at most that a guard holds back to "partly said" (a judgement)."""


def chance_said(similarity: float) -> float:
    """Return the chance (0-1) that a point so near (0-1) is said, as human raters judge it."""
    return 1 / (1 + math.exp(-CHANCE_STEEPNESS * (similarity - CHANCE_EVEN_AT)))


def state_of(similarity: float, cut_points: CutPoints = CUT_POINTS) -> PointState:
    """Return the state of a point that no guard holds back."""
    return cut_points.state(similarity)


def worth_of(point: PointCoverage, cut_points: CutPoints = CUT_POINTS) -> float:
    """Return what a point counts (0-1): 1 where it was said, 0 where it was not heard.

    A point partly said counts as far as it came from the lower cut-point (0) to the upper (1), so
    that one misheard word moves a score a little and never by a step; one that a guard holds back
    counts `HELD_BACK_WORTH` at most.
    """
    if point.state is PointState.SAID:
        return 1.0
    if point.state is PointState.NOT_HEARD:
        return 0.0
    span = cut_points.said_from - cut_points.partly_from
    way = (point.similarity - cut_points.partly_from) / span
    most = 1.0 if point.guard is None else HELD_BACK_WORTH
    return min(max(0.0, way), most)
