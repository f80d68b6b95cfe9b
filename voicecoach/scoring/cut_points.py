"""Cut-points of coverage, and how a person's own word on points moves them.

The coach gives each point a similarity (any scale from 0 to 1 that rises with how surely the point
was said) and calls it said or partly said from two cut-points on. A person may say "I did say this"
or "no, I didn't". Enough of that moves both cut-points by one common shift δ on the logit scale:

    logit(new) = logit(old) + δ,   δ = argmin  λ/2 · δ² + Σ violation of each verdict

A verdict is violated by how far, in logits, its point lies on the wrong side of the shifted
cut-point: "said" below the upper one, "not said" at or above the lower one, "partly" outside the
two. This is the all-threshold hinge loss of ordinal regression (Rennie & Srebro 2005) with a
Gaussian prior on the shift. Three things follow from the form: verdicts that agree with the coach
never move anything and hold the cut-points where they are; one verdict, however far off, pulls with
a force of 1 and no more; and few verdicts move little, n one-sided ones at most n/λ.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from voicecoach.scoring.result import CutPoints, PointState

SHRINKAGE: Final = 20.0
"""λ: one verdict moves the cut-points by at most 1/20 of a logit (.012 in the middle of the scale).

Twenty one-sided verdicts, the fewest that are asked for, just reach the bound below. On simulated
people (benchmarks/recalibration.py) 5, 10, 20 and 40 were compared: the smaller, the nearer to a
person who differs and the more is lost, to noise, for one who does not."""

FARTHEST_SHIFT: Final = 1.0
"""Bound of |δ| in logits: the odds at the cut-points change at most by a factor of e (2.7).

A judgement. Whoever disagrees more than that disagrees about more than a cut-point."""

FEWEST_VERDICTS: Final = 20
"""Verdicts needed at least: below that the 95% interval of an agreement rate is wider than ±.2."""

FEWEST_OF_EACH_KIND: Final = 5
"""Of them "said" and "not said" at least so many each.

Five to nine events per estimated parameter suffice in most cases (Vittinghoff & McCulloch 2007),
and one parameter is estimated. With one kind alone nothing would hold the cut-points back."""

_EDGE: Final = 0.001
"""Similarities are kept this far from 0 and 1, where the logit has no value."""

_HALVINGS: Final = 50


class Verdict(StrEnum):
    """The person's own word on a point."""

    SAID = "said"
    PARTLY = "partly"
    NOT_SAID = "not_said"


AGREES_WITH: Final = {
    Verdict.SAID: PointState.SAID,
    Verdict.PARTLY: PointState.PARTLY,
    Verdict.NOT_SAID: PointState.NOT_HEARD,
}
"""The coach's state that says the same as a verdict."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPoint:
    """A point's similarity (0–1) and what the person said of it."""

    similarity: float
    verdict: Verdict


def recalibrate(base: CutPoints, judged: Sequence[JudgedPoint]) -> CutPoints:
    """Return the rubric's cut-points shifted towards a person's verdicts.

    Args:
        base: the rubric's own cut-points; a person's earlier ones play no part.
        judged: verdicts on points whose similarity decided their state (no guard did).
    """
    shift = best_shift(base, judged)
    if shift == 0:
        return base
    return CutPoints(
        said_from=round(_unlogit(_logit(base.said_from) + shift), 4),
        partly_from=round(_unlogit(_logit(base.partly_from) + shift), 4),
        number=base.number,
    )


def best_shift(
    base: CutPoints, judged: Sequence[JudgedPoint], *, shrinkage: float = SHRINKAGE
) -> float:
    """Return δ in logits, to four decimals, between ∓`FARTHEST_SHIFT`; see the module.

    `shrinkage` is λ; another than ours is for comparing.
    """
    low, high = -FARTHEST_SHIFT, FARTHEST_SHIFT
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if shrinkage * middle + _pull(base, judged, middle) > 0:
            high = middle
        else:
            low = middle
    return round((low + high) / 2, 4) + 0.0


def enough_verdicts(judged: Sequence[JudgedPoint]) -> str | None:
    """Return what is still missing for a recalibration, in a sentence; None where nothing is."""
    said = sum(one.verdict is Verdict.SAID for one in judged)
    not_said = sum(one.verdict is Verdict.NOT_SAID for one in judged)
    if len(judged) >= FEWEST_VERDICTS and min(said, not_said) >= FEWEST_OF_EACH_KIND:
        return None
    return (
        f"It takes {FEWEST_VERDICTS} of your verdicts, at least {FEWEST_OF_EACH_KIND} “said” and "
        f"{FEWEST_OF_EACH_KIND} “not said”; so far there are {len(judged)} that count "
        f"({said} “said”, {not_said} “not said”)."
    )


def _pull(base: CutPoints, judged: Sequence[JudgedPoint], shift: float) -> float:
    """Return the slope of the summed violations at a shift: how many more pull down than up."""
    said_from = _logit(base.said_from) + shift
    partly_from = _logit(base.partly_from) + shift
    pull = 0
    for one in judged:
        likeness = _logit(one.similarity)
        if one.verdict is not Verdict.NOT_SAID:
            wanted = said_from if one.verdict is Verdict.SAID else partly_from
            pull += likeness < wanted
        if one.verdict is not Verdict.SAID:
            unwanted = said_from if one.verdict is Verdict.PARTLY else partly_from
            pull -= likeness >= unwanted
    return float(pull)


def _logit(value: float) -> float:
    inside = min(1 - _EDGE, max(_EDGE, value))
    return math.log(inside / (1 - inside))


def _unlogit(value: float) -> float:
    return 1 / (1 + math.exp(-value))
