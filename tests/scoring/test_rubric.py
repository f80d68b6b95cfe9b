"""The rubric's own arithmetic: weights, ladders, ratings."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import QuestionKind
from question_bank.review import Rating
from voicecoach.errors import InvalidInputError
from voicecoach.scoring.result import CriterionName
from voicecoach.scoring.rubric import (
    ANCHORS,
    DELIVERY_WEIGHTS,
    FILLED_PAUSES,
    PACE,
    SILENT_PAUSES,
    WEIGHTS,
    DeliveryMeasure,
    anchor,
    check_weights,
    part_of_overall,
    rate,
    shared_out,
)

TABLE = {
    QuestionKind.BEHAVIOURAL: (10, 25, 25, 15, 5, 20),
    QuestionKind.TECHNICAL: (10, 40, 10, 20, 0, 20),
    QuestionKind.MOTIVATIONAL: (15, 30, 10, 25, 0, 20),
    QuestionKind.SITUATIONAL: (10, 30, 20, 15, 5, 20),
    QuestionKind.TO_ASK: (20, 20, 0, 40, 0, 20),
}


@pytest.mark.parametrize("kind", QuestionKind)
def test_weights_are_those_of_the_table_and_sum_to_100(kind: QuestionKind) -> None:
    assert tuple(WEIGHTS[kind][name] for name in CriterionName) == TABLE[kind]
    check_weights(WEIGHTS[kind], kind)


def test_delivery_weights_sum_to_its_share_of_the_overall() -> None:
    assert tuple(DELIVERY_WEIGHTS.values()) == (6, 5, 4, 3, 1, 1)
    assert sum(DELIVERY_WEIGHTS.values()) == 20


@pytest.mark.parametrize(
    "weights",
    [
        {CriterionName.STRUCTURE: 60.0, CriterionName.DELIVERY: 50.0},
        {CriterionName.STRUCTURE: 120.0, CriterionName.DELIVERY: -20.0},
        {CriterionName.STRUCTURE: math.nan},
        {},
    ],
)
def test_weights_that_do_not_add_up_are_refused(weights: dict[CriterionName, float]) -> None:
    with pytest.raises(InvalidInputError, match="behavioural"):
        check_weights(weights, QuestionKind.BEHAVIOURAL)


@given(
    st.dictionaries(
        st.sampled_from(CriterionName), st.floats(min_value=0.1, max_value=100), min_size=1
    )
)
def test_shared_out_weights_sum_to_100(weights: dict[CriterionName, float]) -> None:
    assert math.isclose(math.fsum(shared_out(weights).values()), 100.0)


def test_nothing_is_shared_out_where_no_weight_is_left() -> None:
    assert shared_out({CriterionName.STRUCTURE: 0.0}) == {}


def test_the_lowest_level_earns_nothing_and_the_highest_all() -> None:
    assert part_of_overall(1, 25) == 0
    assert part_of_overall(5, 25) == 25


@pytest.mark.parametrize(
    ("words_per_minute", "level"),
    [
        (150, 5),
        (135, 5),
        (180, 5),
        (125, 4),
        (195, 4),
        (115, 3),
        (205, 3),
        (105, 2),
        (220, 2),
        (100, 1),
        (230, 1),
    ],
)
def test_pace_levels(words_per_minute: float, level: int) -> None:
    assert PACE.level(words_per_minute) == level


@pytest.mark.parametrize(("rate", "level"), [(0, 5), (2.3, 5), (4, 4), (7.8, 3), (10, 2), (12, 1)])
def test_filled_pause_levels_stand_ready(rate: float, level: int) -> None:
    assert FILLED_PAUSES.level(rate) == level


def test_ten_filled_pauses_per_100_words_would_cost_half_a_level_of_delivery() -> None:
    levels_lost = FILLED_PAUSES.level(0) - FILLED_PAUSES.level(10)

    assert levels_lost * DELIVERY_WEIGHTS[DeliveryMeasure.FILLED_PAUSES] / 20 >= 0.5


@given(st.floats(min_value=0, max_value=20), st.floats(min_value=0, max_value=20))
def test_more_pauses_never_raise_the_level(one: float, other: float) -> None:
    assert SILENT_PAUSES.level(min(one, other)) >= SILENT_PAUSES.level(max(one, other))


def test_every_level_of_every_criterion_is_described_in_its_own_words() -> None:
    for name in CriterionName:
        assert len(set(ANCHORS[name])) == 5
    assert (
        anchor(CriterionName.DELIVERY, 3.6, QuestionKind.TECHNICAL)
        == (ANCHORS[CriterionName.DELIVERY][3])
    )
    assert anchor(CriterionName.SPECIFICITY, 5, QuestionKind.TO_ASK).startswith("Two or more")


@pytest.mark.parametrize(
    ("overall", "rating"),
    [
        (49.9, Rating.AGAIN),
        (50, Rating.HARD),
        (69.9, Rating.HARD),
        (70, Rating.GOOD),
        (84.9, Rating.GOOD),
        (85, Rating.EASY),
    ],
)
def test_rating_follows_the_distance_to_the_target(overall: float, rating: Rating) -> None:
    assert rate(overall, 70) is rating


def test_rating_never_falls_as_the_overall_rises() -> None:
    ratings = [rate(overall / 2, 60) for overall in range(201)]

    assert all(earlier <= later for earlier, later in pairwise(ratings))
