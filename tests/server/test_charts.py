"""Charts: every value stands inside the drawing, in the order of time, higher when it is higher."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.page.charts import HEIGHT, WIDTH, TrendChart, TrendValue, trend_chart

START = datetime(2026, 11, 1, 12, tzinfo=UTC)

values = st.lists(
    st.builds(
        lambda hours, value: TrendValue(at=START + timedelta(hours=hours), value=value),
        st.integers(0, 24 * 90),
        st.floats(-20, 120),
    ),
    min_size=1,
    max_size=30,
)


def drawn(given: list[TrendValue]) -> TrendChart:
    return trend_chart(given, lowest=0, highest=100, target=70)


@given(values)
def test_every_value_stands_inside_the_drawing(given: list[TrendValue]) -> None:
    chart = drawn(given)
    assert len(chart.dots) == len(given)
    for dot in chart.dots:
        assert chart.left <= dot.x <= chart.right < WIDTH
        assert 0 < dot.y <= chart.bottom < HEIGHT


@given(values)
def test_later_stands_further_right_and_more_stands_higher(given: list[TrendValue]) -> None:
    dots = drawn(given).dots
    for before, after in itertools.pairwise(dots):
        assert before.value.at <= after.value.at
        assert before.x <= after.x
    by_value = sorted(dots, key=lambda dot: dot.value.value)
    for lower, higher in itertools.pairwise(by_value):
        assert lower.y >= higher.y


@given(values)
def test_the_target_stands_where_a_value_of_that_height_would(given: list[TrendValue]) -> None:
    chart = drawn([*given, TrendValue(at=START, value=70)])
    assert chart.target in {dot.y for dot in chart.dots}


def test_an_interval_becomes_a_band_around_the_line() -> None:
    chart = drawn(
        [
            TrendValue(at=START, value=40, low=30, high=50),
            TrendValue(at=START + timedelta(days=2), value=60, low=55, high=80),
        ]
    )
    assert len(chart.band.split()) == 4
    assert [tick.label for tick in chart.columns] == ["1 Nov", "3 Nov"]


def test_nothing_to_show_is_an_error_and_not_an_empty_chart() -> None:
    with pytest.raises(ValueError, match="needs values"):
        trend_chart([], lowest=0, highest=100)
