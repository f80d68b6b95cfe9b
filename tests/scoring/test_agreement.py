"""The arithmetic of agreement, against examples worked by hand."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.agreement import confusion, found, interval, quadratic_weighted_kappa

LEVELS = st.integers(min_value=1, max_value=5)
PAIRS = st.lists(st.tuples(LEVELS, LEVELS), min_size=1, max_size=40)


def kappa(pairs: list[tuple[int, int]]) -> float:
    return quadratic_weighted_kappa(pairs, lowest=1, highest=5)


def test_kappa_of_an_example_worked_by_hand() -> None:
    """Human 1, 3, 5, 5 and heard 1, 3, 3, 5.

    Squared distances sum to 4, a mean of 1. Each human level against each heard one: 1 against
    1, 3, 3, 5 is 0 + 4 + 4 + 16 = 24; 3 is 4 + 0 + 0 + 4 = 8; 5 is 16 + 4 + 4 + 0 = 24, twice:
    24 + 8 + 48 = 80 over 16 pairs is 5. So kappa is 1 − 1/5.
    """
    assert kappa([(1, 1), (3, 3), (5, 3), (5, 5)]) == pytest.approx(0.8)


def test_kappa_is_worse_than_chance_where_levels_are_swapped() -> None:
    """Distances 4² both; by chance half of the pairs are 4² apart: 1 − 16/8."""
    assert kappa([(1, 5), (5, 1)]) == pytest.approx(-1)


@given(PAIRS)
def test_kappa_is_at_most_one_and_treats_both_alike(pairs: list[tuple[int, int]]) -> None:
    value = kappa(pairs)

    assert value <= 1
    assert value == pytest.approx(kappa([(heard, human) for human, heard in pairs]))


@given(st.lists(LEVELS, min_size=1, max_size=40))
def test_full_agreement_has_a_kappa_of_one(levels: list[int]) -> None:
    assert kappa([(level, level) for level in levels]) == pytest.approx(1)


@given(st.lists(LEVELS, min_size=2, max_size=40), LEVELS)
def test_one_level_for_everything_agrees_no_better_than_chance(
    levels: list[int], same: int
) -> None:
    pairs = [(level, same) for level in levels]

    assert kappa(pairs) == pytest.approx(1 if set(levels) == {same} else 0)


def test_a_far_level_costs_more_than_a_near_one() -> None:
    rest = [(1, 1), (2, 2), (3, 3), (4, 4)]

    assert kappa([*rest, (5, 4)]) > kappa([*rest, (5, 3)]) > kappa([*rest, (5, 1)])


@pytest.mark.parametrize("pairs", [[], [(0, 1)], [(1, 6)]])
def test_levels_outside_the_range_are_refused(pairs: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match=r"level"):
        kappa(pairs)


def test_precision_and_recall_of_an_example_worked_by_hand() -> None:
    """Heard "a" three times, twice rightly; four are labelled "a"."""
    of_a = found([*[("a", "a")] * 2, *[("a", "b")] * 2, ("b", "a"), ("b", "b")], "a")

    assert of_a.precision == pytest.approx(2 / 3)
    assert of_a.recall == pytest.approx(2 / 4)
    assert of_a.f1 == pytest.approx(4 / 7)
    assert of_a.labelled == 4


def test_a_label_that_is_never_there_is_found_by_nobody() -> None:
    of_c = found([("a", "a")], "c")

    assert (of_c.precision, of_c.recall, of_c.f1) == (0, 0, 0)


def test_the_table_has_a_row_for_each_human_label() -> None:
    assert confusion([("a", "b"), ("a", "b"), ("b", "b")], "ab") == ((0, 2), (0, 1))


def test_the_interval_holds_the_figure_and_hangs_on_the_seed_alone() -> None:
    items = [0.0, 1.0] * 50

    low, high = interval(items, lambda drawn: math.fsum(drawn) / len(drawn))

    assert 0.35 < low < 0.5 < high < 0.65
    assert (low, high) == interval(items, lambda drawn: math.fsum(drawn) / len(drawn))
