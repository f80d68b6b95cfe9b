"""However a number is worded, it has one value."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.vocabulary import plain_words


def numbers(text: str) -> list[tuple[float, str]]:
    words = [word.text for word in plain_words(text)]
    return [(number.value, number.unit) for number in find_numbers(words)]


@pytest.mark.parametrize(
    ("said", "written", "value", "unit"),
    [
        ("forty percent", "40%", 40, "percent"),
        ("forty per cent", "40 percent", 40, "percent"),
        ("one percent", "1%", 1, "percent"),
        ("one point five million dollars", "$1.5m", 1_500_000, "money"),
        ("twenty pounds", "£20", 20, "money"),
        ("two and a half million", "2.5 million", 2_500_000, ""),
        ("half a million", "500,000", 500_000, ""),
        ("fifty k", "50k", 50_000, ""),
        ("twelve hundred", "1,200", 1_200, ""),
        ("a hundred and fifty", "150", 150, ""),
        ("two thousand and nineteen", "2019", 2019, ""),
        ("twenty nineteen", "2019", 2019, ""),
        ("nineteen ninety-nine", "1999", 1999, ""),
        ("two dozen", "24", 24, ""),
        ("the twenty-first", "the 21st", 21, ""),
    ],
)
def test_said_and_written_numbers_meet(said: str, written: str, value: float, unit: str) -> None:
    assert numbers(said) == [(value, unit)]
    assert numbers(written) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "one of the things",
        "no one was there",
        "first we talked",
        "wait a second",
        "hundreds of people",
        "the two of us agreed",
        "a couple of days",
    ],
)
def test_ways_of_talking_are_not_numbers(text: str) -> None:
    assert numbers(text) == []


def test_numbers_beside_each_other_stay_apart() -> None:
    assert numbers("in 2019 we were 20 people with 3 to 4 teams") == [
        *((2019, ""), (20, ""), (3, ""), (4, ""))
    ]


def test_a_lone_one_can_be_asked_for() -> None:
    words = ["terminal", "one"]
    assert find_numbers(words) == ()
    assert [number.value for number in find_numbers(words, lone_one=True)] == [1]


def test_a_number_names_the_words_that_say_it() -> None:
    words = ["by", "one", "point", "five", "million", "dollars", "more"]
    (number,) = find_numbers(words)
    assert (number.first_word, number.last_word) == (1, 5)


@given(st.integers(min_value=2, max_value=10_000_000))
def test_digits_are_read_as_they_stand(value: int) -> None:
    assert numbers(f"about {value:,} euros") == [(value, "money")]


WORDS = ("forty", "3", "percent", "million", "half", "a", "and", "k", "one", "20%", "2019", "x")


@given(st.lists(st.sampled_from(WORDS)))
def test_any_run_of_words_is_read_without_overlap(words: list[str]) -> None:
    found = find_numbers(words)
    for number in found:
        assert 0 <= number.first_word <= number.last_word < len(words)
    for before, after in pairwise(found):
        assert before.last_word < after.first_word


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("fifteen minutes instead of forty and two other wards use it", [15, 40, 2]),
        ("between twelve and two", [12, 2]),
        ("twenty and thirty people", [20, 30]),
        ("three hundred and two people", [302]),
        ("two thousand and thirty and forty more", [2030, 40]),
    ],
)
def test_and_joins_numbers_only_after_hundreds_and_thousands(
    text: str, values: list[float]
) -> None:
    assert [value for value, _ in numbers(text)] == values
