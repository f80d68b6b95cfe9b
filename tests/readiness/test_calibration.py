"""Whether forecasts come true, in figures a person can be shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.calibration import calibration


def test_nothing_forecast_nothing_judged() -> None:
    assert calibration([]) is None


def test_knowing_it_all_is_perfect() -> None:
    judged = calibration([(1.0, True), (0.0, False), (1.0, True)])

    assert judged is not None
    assert (judged.brier, judged.skill, judged.expected_calibration_error) == (0, 1, 0)


def test_a_coin_is_worth_a_quarter() -> None:
    judged = calibration([(0.5, True), (0.5, False)])

    assert judged is not None
    assert judged.brier == 0.25
    assert judged.expected_calibration_error == 0


def test_confident_and_wrong_is_worse_than_the_base_rate() -> None:
    judged = calibration([(0.9, False)] * 10)

    assert judged is not None
    assert judged.skill < 0
    assert judged.expected_calibration_error == pytest.approx(0.9)
    (only,) = judged.bins
    assert only.expected == pytest.approx(0.9)
    assert (only.came_true, only.count) == (0, 10)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=50))
def test_figures_stay_in_their_ranges(outcomes: list[tuple[float, bool]]) -> None:
    judged = calibration(outcomes)

    assert judged is not None
    assert 0 <= judged.brier <= 1
    assert 0 <= judged.expected_calibration_error <= 1
    assert judged.skill <= 1
    assert sum(entry.count for entry in judged.bins) == judged.count == len(outcomes)
