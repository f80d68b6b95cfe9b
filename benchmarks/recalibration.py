"""Recalibrating cut-points: does it bring the coach nearer to a person, and what does it cost?

`python -m benchmarks.recalibration [--json]`. There are no real verdicts yet, so people are
simulated: each has cut-points of their own, the rubric's shifted by a known number of logits, sees
each point's likeness with some noise, and gives verdicts, either on points at random or mostly on
those where the coach says otherwise, as people do. Half of the verdicts a person could give are
never shown to the method; agreement is measured on those. Beside the method: no recalibration, and
the same without shrinkage. The form of the method was chosen before these figures; its shrinkage
was chosen with the help of them, among 5, 10, 20 and 40.
"""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.row import Row
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.cut_points import (
    AGREES_WITH,
    SHRINKAGE,
    JudgedPoint,
    Verdict,
    best_shift,
    enough_verdicts,
)
from voicecoach.scoring.result import CutPoints, PointState

NAME: Final = "Recalibrating cut-points to a person (simulated people)"
GOAL_OTHERS: Final = "higher than without, where the person differs by half a logit or more"
GOAL_SAME: Final = "at most 1 of 100 lower than without, where the person does not differ"

SHIFTS: Final = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""How far people's own cut-points lie from the rubric's, in logits."""
VERDICTS: Final = (20, 60)
PEOPLE: Final = 60
UNSEEN: Final = 400
SPREAD: Final = 1.2
"""Standard deviation of the points' likeness around the middle of the two cut-points, in logits."""
NOISE: Final = 0.5
"""Standard deviation of what a person sees in a point, in logits."""
SPEAKS_WHERE_AGREED: Final = 0.2
"""How likely a person speaks of a point on which they agree, where they pick their points."""
NEXT_TO_NOTHING: Final = 1e-6
SEED: Final = 20_261_127


@dataclass(frozen=True)
class Outcome:
    """Mean agreement (0–1) on unseen points of people who differ by `shift` logits."""

    shift: float
    verdicts: int
    picked: bool
    without: float
    recalibrated: float
    unshrunk: float
    mean_move: float


def measure() -> list[Row]:
    """Return the agreement on unseen points with and without, over all simulated people."""
    outcomes = simulate()
    rows: list[Row] = []
    for picked in (False, True):
        where = "verdicts mostly where they disagree" if picked else "verdicts at random"
        for verdicts in VERDICTS:
            mine = [o for o in outcomes if o.picked == picked and o.verdicts == verdicts]
            others = [o for o in mine if o.shift != 0]
            (same,) = (o for o in mine if o.shift == 0)
            before = float(np.mean([o.without for o in others]))
            after = float(np.mean([o.recalibrated for o in others]))
            unshrunk = float(np.mean([o.unshrunk for o in others]))
            told = f"{verdicts} {where}"
            rows += [
                Row(f"agreement, people who differ, {told}: without", before, "of 1", None, None),
                Row(f"… recalibrated, {told}", after, "of 1", GOAL_OTHERS, after > before),
                Row(f"… without shrinkage, {told}", unshrunk, "of 1", None, None),
                Row(
                    f"people who do not differ, {told}: lost",
                    same.without - same.recalibrated,
                    "of 1",
                    GOAL_SAME,
                    same.without - same.recalibrated <= 0.01,
                ),
            ]
    return rows


def simulate() -> list[Outcome]:
    """Return the outcome for each shift, number of verdicts and way of picking points."""
    chance = np.random.default_rng(SEED)
    return [
        _outcome(chance, shift, verdicts, picked=picked)
        for picked in (False, True)
        for verdicts in VERDICTS
        for shift in SHIFTS
    ]


def _outcome(chance: np.random.Generator, shift: float, verdicts: int, *, picked: bool) -> Outcome:
    found: list[tuple[float, float, float, float]] = []
    for _ in range(PEOPLE):
        judged = _enough(chance, shift, verdicts, picked=picked)
        unseen = _points(chance, shift, UNSEEN)
        ours = best_shift(CUT_POINTS, judged)
        unshrunk = best_shift(CUT_POINTS, judged, shrinkage=NEXT_TO_NOTHING)
        found.append(
            (
                _agreement(CUT_POINTS, unseen),
                _agreement(_moved(ours), unseen),
                _agreement(_moved(unshrunk), unseen),
                ours,
            )
        )
    without, recalibrated, unshrunk_share, move = (float(one) for one in np.mean(found, axis=0))
    return Outcome(
        shift=shift,
        verdicts=verdicts,
        picked=picked,
        without=without,
        recalibrated=recalibrated,
        unshrunk=unshrunk_share,
        mean_move=move,
    )


def _enough(
    chance: np.random.Generator, shift: float, verdicts: int, *, picked: bool
) -> list[JudgedPoint]:
    """Return so many verdicts, or more where it takes more until the method may be used."""
    judged: list[JudgedPoint] = []
    while len(judged) < verdicts or enough_verdicts(judged) is not None:
        (point,) = _points(chance, shift, 1)
        agreed = CUT_POINTS.state(point.similarity) is AGREES_WITH[point.verdict]
        if picked and agreed and chance.random() > SPEAKS_WHERE_AGREED:
            continue
        judged.append(point)
    return judged


def _points(chance: np.random.Generator, shift: float, count: int) -> list[JudgedPoint]:
    middle = (_logit(CUT_POINTS.said_from) + _logit(CUT_POINTS.partly_from)) / 2
    own = _moved(shift)
    words = {state: verdict for verdict, state in AGREES_WITH.items()}
    likeness = chance.normal(middle, SPREAD, count)
    seen = likeness + chance.normal(0.0, NOISE, count)
    return [
        JudgedPoint(similarity=_unlogit(float(true)), verdict=_verdict(words, own, float(noisy)))
        for true, noisy in zip(likeness, seen, strict=True)
    ]


def _verdict(words: dict[PointState, Verdict], own: CutPoints, likeness: float) -> Verdict:
    return words[own.state(_unlogit(likeness))]


def _moved(shift: float) -> CutPoints:
    return CutPoints(
        said_from=_unlogit(_logit(CUT_POINTS.said_from) + shift),
        partly_from=_unlogit(_logit(CUT_POINTS.partly_from) + shift),
    )


def _agreement(cut_points: CutPoints, judged: Sequence[JudgedPoint]) -> float:
    agreed = sum(cut_points.state(one.similarity) is AGREES_WITH[one.verdict] for one in judged)
    return agreed / len(judged)


def _logit(value: float) -> float:
    return math.log(value / (1 - value))


def _unlogit(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def main() -> int:
    """Print the outcomes, as a table or as JSON."""
    parser = argparse.ArgumentParser(prog="benchmarks/recalibration.py", description=__doc__)
    parser.add_argument("--json", action="store_true", help="Print the figures as JSON.")
    as_json: bool = parser.parse_args().json
    outcomes = simulate()
    if as_json:
        figures = [asdict(outcome) for outcome in outcomes]
        print(json.dumps({"shrinkage": SHRINKAGE, "outcomes": figures}, indent=2))
        return 0
    print("differs  verdicts  picked  without  recalibrated  unshrunk  mean move")
    for o in outcomes:
        print(
            f"{o.shift:+7.1f}  {o.verdicts:8d}  {'yes' if o.picked else 'no':>6}  "
            f"{o.without:7.3f}  {o.recalibrated:12.3f}  {o.unshrunk:8.3f}  {o.mean_move:+9.3f}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
