"""How well readiness foresaw interviews, and by how much two things differ on average."""

from datetime import date, timedelta
from random import Random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.foresaw import ENOUGH_INTERVIEWS, Foreseen, foresight_record
from voicecoach.mean_difference import mean_difference, student_quantile

DAY = date(2026, 3, 2)


def interview(number: int, *, share: float, well: int, came: int = 10) -> Foreseen:
    return Foreseen(
        interview_id=str(number),
        day=DAY + timedelta(days=number),
        share=share,
        low=max(0.0, share - 0.2),
        high=min(1.0, share + 0.2),
        came=came,
        well=well,
    )


def test_below_five_interviews_nothing_is_said_but_how_many_there_are() -> None:
    record = foresight_record(
        interview(number, share=0.6, well=1) for number in range(ENOUGH_INTERVIEWS - 1)
    )
    assert (record.missing, record.difference, record.brier) == (1, None, None)
    assert record.as_sentence.startswith("4 of 5 interviews")


def test_a_bias_that_is_clear_is_named_with_its_side() -> None:
    promised = foresight_record(
        interview(n, share=0.8, well=well) for n, well in enumerate((3, 4, 3, 4, 3))
    )
    held_back = foresight_record(
        interview(n, share=0.2, well=well) for n, well in enumerate((7, 8, 7, 8, 7))
    )
    assert "promises more than comes: by 46 points" in promised.as_sentence
    assert "do better than it says: by 54 points" in held_back.as_sentence
    assert "80% on average, and 34%" in promised.as_sentence


def test_a_bias_that_chance_may_have_made_is_not_named() -> None:
    record = foresight_record(
        interview(n, share=0.5, well=well) for n, well in enumerate((2, 9, 4, 8, 5))
    )
    assert "can’t be told yet" in record.as_sentence


def test_the_order_in_which_interviews_were_told_does_not_matter() -> None:
    interviews = [interview(n, share=n / 10, well=n) for n in range(6)]
    assert foresight_record(interviews) == foresight_record(reversed(interviews))


def test_brier_is_that_of_the_single_questions() -> None:
    perfect = foresight_record(interview(n, share=1.0, well=10) for n in range(5))
    wrong = foresight_record(interview(n, share=1.0, well=0) for n in range(5))
    coin = foresight_record(interview(n, share=0.5, well=n) for n in range(5))
    assert (perfect.brier, wrong.brier) == (0, 1)
    assert coin.brier == coin.coin == 0.25


def test_the_share_that_went_well_may_lie_in_the_interval_or_not() -> None:
    assert interview(0, share=0.5, well=6).within
    assert not interview(0, share=0.5, well=9).within


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [(1, 12.706), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (19, 2.093), (120, 1.980)],
)
def test_students_quantile_is_that_of_the_tables(freedom: int, quantile: float) -> None:
    assert student_quantile(freedom) == pytest.approx(quantile, rel=0.003)


def test_one_difference_says_nothing() -> None:
    assert mean_difference([]) is mean_difference([3.0]) is None


@given(st.lists(st.floats(-100, 100), min_size=2, max_size=40), st.floats(-50, 50))
def test_the_interval_holds_the_mean_and_moves_with_it(
    differences: list[float], shift: float
) -> None:
    found = mean_difference(differences)
    moved = mean_difference([one + shift for one in differences])
    assert found is not None
    assert moved is not None
    assert found.low <= found.mean <= found.high
    assert found.mean == pytest.approx(fmean(differences), abs=1e-9)
    assert moved.mean == pytest.approx(found.mean + shift, abs=1e-6)
    assert moved.high - moved.low == pytest.approx(found.high - found.low, abs=1e-6)


def test_ninety_five_of_a_hundred_intervals_hold_the_truth() -> None:
    chance = Random(7)
    held = 0
    for _ in range(2000):
        found = mean_difference([chance.gauss(3, 10) for _ in range(6)])
        assert found is not None
        held += found.low <= 3 <= found.high
    assert 0.935 <= held / 2000 <= 0.965
