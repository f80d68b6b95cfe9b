"""How a person's word moves the cut-points: not without cause, not far, never the wrong way."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.scoring.coverage_calibration import worth_of
from voicecoach.scoring.cut_points import (
    AGREES_WITH,
    FARTHEST_SHIFT,
    FEWEST_OF_EACH_KIND,
    FEWEST_VERDICTS,
    SHRINKAGE,
    JudgedPoint,
    Verdict,
    best_shift,
    enough_verdicts,
    recalibrate,
)
from voicecoach.scoring.result import CutPoints, PointCoverage, PointState

similarities = st.floats(min_value=0, max_value=1)
judged_points = st.builds(JudgedPoint, similarity=similarities, verdict=st.sampled_from(Verdict))
verdicts = st.lists(judged_points, max_size=60)


@st.composite
def cut_points(draw: st.DrawFn) -> CutPoints:
    partly_from = draw(st.floats(min_value=0.05, max_value=0.85))
    said_from = draw(st.floats(min_value=partly_from + 0.02, max_value=0.95))
    return CutPoints(said_from=said_from, partly_from=partly_from)


def logit(value: float) -> float:
    return math.log(value / (1 - value))


BASE = CutPoints(said_from=0.64, partly_from=0.42)


@given(cut_points())
def test_without_verdicts_nothing_changes(base: CutPoints) -> None:
    assert recalibrate(base, []) == base


@given(cut_points(), st.lists(similarities, max_size=60))
def test_whoever_agrees_with_everything_changes_nothing(
    base: CutPoints, values: list[float]
) -> None:
    verdict_for = {state: verdict for verdict, state in AGREES_WITH.items()}
    agreed = [
        JudgedPoint(similarity=value, verdict=verdict_for[base.state(value)]) for value in values
    ]
    assert recalibrate(base, agreed) == base


@given(st.lists(st.floats(min_value=0, max_value=0.6), min_size=1, max_size=60))
def test_i_did_say_this_on_points_not_called_said_lowers_both(values: list[float]) -> None:
    after = recalibrate(BASE, [JudgedPoint(similarity=v, verdict=Verdict.SAID) for v in values])
    assert after.said_from < BASE.said_from
    assert after.partly_from < BASE.partly_from


@given(st.lists(st.floats(min_value=0.46, max_value=1), min_size=1, max_size=60))
def test_no_i_did_not_on_points_that_were_heard_raises_both(values: list[float]) -> None:
    after = recalibrate(BASE, [JudgedPoint(similarity=v, verdict=Verdict.NOT_SAID) for v in values])
    assert after.said_from > BASE.said_from
    assert after.partly_from > BASE.partly_from


@given(cut_points(), verdicts)
def test_the_shift_is_bounded_and_keeps_the_order(
    base: CutPoints, judged: list[JudgedPoint]
) -> None:
    shift = best_shift(base, judged)
    assert abs(shift) <= min(FARTHEST_SHIFT, len(judged) / SHRINKAGE) + 1e-4
    after = recalibrate(base, judged)
    assert 0 < after.partly_from < after.said_from < 1
    assert logit(after.said_from) == pytest.approx(logit(base.said_from) + shift, abs=0.005)


@given(cut_points(), st.lists(judged_points, min_size=1, max_size=40), st.data())
def test_a_stronger_word_on_a_point_never_raises_the_cut_points(
    base: CutPoints, judged: list[JudgedPoint], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(judged) - 1))
    order = [Verdict.NOT_SAID, Verdict.PARTLY, Verdict.SAID]
    said = judged[place].verdict
    stronger = data.draw(st.sampled_from(order[order.index(said) :]))
    changed = [*judged]
    changed[place] = JudgedPoint(similarity=judged[place].similarity, verdict=stronger)
    assert best_shift(base, changed) <= best_shift(base, judged)


@given(cut_points(), verdicts)
def test_the_order_in_which_verdicts_were_given_does_not_matter(
    base: CutPoints, judged: list[JudgedPoint]
) -> None:
    assert best_shift(base, judged) == best_shift(base, judged[::-1])


@given(cut_points(), st.lists(judged_points, max_size=12))
def test_the_shift_is_the_one_the_formula_names(base: CutPoints, judged: list[JudgedPoint]) -> None:
    """Compared with a plain search over the objective as the module states it."""

    def at(value: float) -> float:
        return logit(min(0.999, max(0.001, value)))

    def cost(shift: float) -> float:
        said, partly = logit(base.said_from) + shift, logit(base.partly_from) + shift
        total = SHRINKAGE / 2 * shift * shift
        for one in judged:
            if one.verdict is Verdict.SAID:
                total += max(0.0, said - at(one.similarity))
            elif one.verdict is Verdict.NOT_SAID:
                total += max(0.0, at(one.similarity) - partly)
            else:
                total += max(0.0, at(one.similarity) - said)
                total += max(0.0, partly - at(one.similarity))
        return total

    found = cost(best_shift(base, judged))
    assert all(found <= cost(step / 200) + 1e-3 for step in range(-200, 201))


def test_a_few_verdicts_move_little() -> None:
    three = [JudgedPoint(similarity=0.5, verdict=Verdict.SAID)] * 3
    assert recalibrate(BASE, three).said_from == pytest.approx(0.64, abs=0.04)


def test_it_takes_enough_verdicts_of_both_kinds() -> None:
    said = JudgedPoint(similarity=0.5, verdict=Verdict.SAID)
    not_said = JudgedPoint(similarity=0.5, verdict=Verdict.NOT_SAID)
    assert enough_verdicts([]) is not None
    assert "20 that count (20 “said”, 0 “not said”)" in str(enough_verdicts([said] * 20))
    few = [said] * (FEWEST_VERDICTS - FEWEST_OF_EACH_KIND)
    assert enough_verdicts([*few, *[not_said] * FEWEST_OF_EACH_KIND]) is None
    assert enough_verdicts([*few[1:], *[not_said] * FEWEST_OF_EACH_KIND]) is not None


@given(cut_points(), verdicts, similarities)
def test_lower_cut_points_never_make_a_point_worth_less(
    base: CutPoints, judged: list[JudgedPoint], similarity: float
) -> None:
    own = recalibrate(base, judged)
    lower, higher = sorted((base, own), key=lambda points: points.said_from)

    def worth(points: CutPoints) -> float:
        point = PointCoverage(
            point_id="p",
            text="I phoned her",
            state=points.state(similarity),
            similarity=similarity,
            guard=None,
            evidence=(),
        )
        return worth_of(point, points)

    assert 0 <= worth(higher) <= worth(lower) + 1e-9 <= 1 + 1e-9


def test_the_cut_points_themselves_belong_to_the_higher_state() -> None:
    assert BASE.state(0.64) is PointState.SAID
    assert BASE.state(0.42) is PointState.PARTLY
    assert BASE.state(0.4199) is PointState.NOT_HEARD
