"""How often to rehearse which question: the best steps first, within the minutes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.memory import Floats
from voicecoach.plan_allocation import allocate

SHARES = st.lists(st.lists(st.floats(0, 0.3), min_size=5, max_size=5), min_size=1, max_size=6).map(
    lambda gains: np.hstack([np.zeros((len(gains), 1)), np.cumsum(gains, axis=1)])
)
"""What 0 to 5 rehearsals of up to six questions are worth, never less for one more."""


def allocated(worth: Floats, room: int, *, minutes: int = 4, least: float = 0.0) -> list[int]:
    rows, columns = worth.shape
    return allocate(
        worth,
        minutes=[minutes] * rows,
        room=room,
        at_least=[0] * rows,
        at_most=[columns - 1] * rows,
        least_worth=least,
    )


def total(worth: Floats, counts: list[int]) -> float:
    return float(sum(worth[row, count] for row, count in enumerate(counts)))


def test_three_rehearsals_that_make_one_good_go_before_one_of_each_that_makes_none() -> None:
    worth = np.array([[0.0, 0.02, 0.1, 0.5], [0.0, 0.05, 0.1, 0.15], [0.0, 0.05, 0.1, 0.15]])

    assert allocated(worth, 12) == [3, 0, 0]


def test_with_room_for_one_the_best_single_one_is_taken() -> None:
    worth = np.array([[0.0, 0.02, 0.1, 0.5], [0.0, 0.05, 0.1, 0.15]])

    assert allocated(worth, 4) == [0, 1]


def test_a_short_question_goes_before_a_long_one_that_brings_as_much() -> None:
    worth = np.array([[0.0, 0.1], [0.0, 0.1]])

    counts = allocate(
        worth, minutes=[8, 4], room=8, at_least=[0, 0], at_most=[1, 1], least_worth=0.0
    )

    assert counts == [0, 1]


def test_what_is_settled_stays_and_costs_nothing_more() -> None:
    worth = np.array([[0.0, 0.0, 0.0], [0.0, 0.1, 0.2]])

    counts = allocate(
        worth, minutes=[4, 4], room=4, at_least=[2, 0], at_most=[2, 2], least_worth=0.05
    )

    assert counts == [2, 1]


@given(worth=SHARES, room=st.integers(0, 120), least=st.sampled_from([0.0, 0.1]))
def test_minutes_days_and_worth_are_kept_to(worth: Floats, room: int, least: float) -> None:
    counts = allocated(worth, room, least=least)

    assert sum(counts) * 4 <= room
    for row, count in enumerate(counts):
        assert 0 <= count < worth.shape[1]
        assert worth[row, count] >= least * count - 1e-9


@given(worth=SHARES, room=st.integers(0, 100))
def test_a_bigger_room_is_worth_no_less(worth: Floats, room: int) -> None:
    less, more = (total(worth, allocated(worth, minutes)) for minutes in (room, room + 4))

    assert more >= less - 1e-9


@given(worth=SHARES, rehearsals=st.integers(0, 30))
def test_no_other_way_is_better_by_more_than_one_step(worth: Floats, rehearsals: int) -> None:
    """The bound of the greedy solution; the best of all ways by trying every one of them."""
    best = np.zeros(rehearsals + 1)
    for row in worth:
        best = np.array(
            [
                max(best[left - k] + row[k] for k in range(min(left, len(row) - 1) + 1))
                for left in range(rehearsals + 1)
            ]
        )
    largest_step = max(float(row[-1] - row[0]) for row in worth)

    assert total(worth, allocated(worth, 4 * rehearsals)) == pytest.approx(
        float(best[-1]), abs=largest_step + 1e-9
    )
