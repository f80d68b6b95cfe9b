"""Numbers count the words they take to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.scoring.spoken_length import spoken_length

SAID = {
    "7": 1,
    "20": 1,
    "40%": 2,
    "$60": 2,
    "31st": 2,
    "101": 3,
    "250": 3,
    "$250": 4,
    "1,250": 5,
    "2,000,000": 2,
    "1999": 3,
    "2019": 2,
    "2005": 3,
    "3.5": 3,
    "$3.50": 3,
    "9:30": 2,
    "24/7": 3,
    "10k": 2,
    "90s": 1,
    "0": 1,
    "07700900123": 11,
    "well-known": 2,
    "twenty-five,": 2,
    "API": 1,
    "don't": 1,
    "—": 1,
}


@pytest.mark.parametrize(("written", "words"), SAID.items())
def test_a_written_word_counts_the_words_it_takes_to_say(written: str, words: int) -> None:
    assert spoken_length(written) == words


@given(st.integers(min_value=1, max_value=999))
def test_thousands_take_one_word_more(value: int) -> None:
    assert spoken_length(f"{value},000") == spoken_length(str(value)) + 1


@given(st.text(max_size=20))
def test_every_word_takes_at_least_one(text: str) -> None:
    assert spoken_length(text) >= 1
