"""What is said again word for word is told from what is said anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.scoring.repeats import REPEATED_RUN, fresh_positions

WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(40)]), max_size=60)


@given(WORDS)
def test_a_text_said_twice_is_fresh_once(words: list[str]) -> None:
    once = fresh_positions(words)
    if len(words) >= REPEATED_RUN:
        assert fresh_positions(words * 2)[: len(once)] == once
        assert fresh_positions(words * 2)[len(once) :] == []


@given(WORDS)
def test_what_stays_is_in_order_and_each_word_once(words: list[str]) -> None:
    fresh = fresh_positions(words)
    assert fresh == sorted(set(fresh))
    assert set(fresh) <= set(range(len(words)))


def test_a_repeated_denial_stays_before_something_new() -> None:
    denial = ["it", "is", "really", "not", "true", "that", "in", "my", "job"]
    said = [*denial, *["i", "cut", "costs"], *denial, *["i", "led", "anyone"]]

    assert fresh_positions(said) == list(range(len(said)))


def test_a_repeated_run_without_a_mood_goes() -> None:
    opening = ["so", "in", "my", "last", "job", "at", "the", "hospital", "ward"]
    said = [*opening, "i", "called", *opening, "they", "came"]

    assert fresh_positions(said) == [*range(len(opening) + 2), len(said) - 2, len(said) - 1]


SENTENCES = st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=8).map(
    lambda lengths: [[f"w{n}{place}" for place in range(m)] for n, m in enumerate(lengths)]
)
"""Sentences of every length that share no word."""


def _ends(sentences: list[list[str]]) -> list[bool]:
    return [place == len(one) - 1 for one in sentences for place in range(len(one))]


def _kept(sentences: list[list[str]]) -> list[str]:
    words = [word for one in sentences for word in one]
    return [words[position] for position in fresh_positions(words, _ends(sentences))]


@given(SENTENCES, st.sampled_from(["and", "so", "well"]))
def test_sentences_of_any_length_said_twice_in_any_way_are_fresh_once(
    sentences: list[list[str]], opener: str
) -> None:
    once = _kept(sentences)
    assert _kept(sentences * 2) == once
    assert _kept([one for one in sentences for _ in range(2)]) == once
    assert _kept([*sentences, *([opener, *one] for one in sentences)]) == once
    if len(sentences) > 1:
        assert _kept([*sentences, *reversed(sentences)]) == once


@pytest.mark.parametrize(
    "announced",
    ["let me say that again", "as i said before", "to repeat myself", "once more", "and so"],
)
def test_what_only_announces_a_repeat_goes_with_it(announced: str) -> None:
    told = [one.split() for one in ("i wrote the plan and the team liked it", "it worked")]

    assert _kept([*told, announced.split(), *told]) == [*told[0], *told[1]]


def test_a_short_sentence_that_comes_again_by_itself_stays() -> None:
    told = [one.split() for one in ("we tried it", "it worked", "we tried more", "it worked")]

    assert _kept(told) == [word for one in told for word in one]


def test_an_emphatic_repeat_is_kept_once() -> None:
    said = [one.split() for one in ("i said no", "i said no", "and he left")]

    assert _kept(said) == ["i", "said", "no", "and", "he", "left"]


def test_a_short_denial_stays_before_something_new() -> None:
    said = [one.split() for one in ("i led", "not true", "i led", "not true", "i cut costs")]

    assert _kept(said)[-5:] == ["not", "true", "i", "cut", "costs"]
