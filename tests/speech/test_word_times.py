"""Where words lie between those whose place is known."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Word
from voicecoach.speech.word_times import (
    estimate_times,
    in_order,
    unheard_runs,
    within_speech,
    words_in_windows,
)


def word(text: str, start: float | None = None, end: float | None = None, *, heard: bool) -> Word:
    return Word(
        text=text,
        start_char=0,
        end_char=len(text),
        start_seconds=start,
        end_seconds=end,
        probability=0.9 if heard else None,
    )


def spans(*edges: tuple[float, float]) -> list[Span]:
    return [Span(start_seconds=start, end_seconds=end) for start, end in edges]


def times(words: list[Word]) -> list[tuple[float | None, float | None]]:
    return [(one.start_seconds, one.end_seconds) for one in words]


def test_unheard_words_share_the_speech_between_their_neighbours_by_their_letters() -> None:
    words = [
        word("so", 0.0, 1.0, heard=True),
        word("three", heard=False),
        word("a", heard=False),
        word("then", 5.0, 5.5, heard=True),
    ]
    estimated = estimate_times(words, spans((0.0, 1.0), (2.0, 3.2), (5.0, 6.0)), 6.0)
    assert times(estimated)[1:3] == [(2.0, pytest.approx(3.0)), (pytest.approx(3.0), 3.2)]


def test_words_stand_on_both_sides_of_a_silence_and_not_in_it() -> None:
    words = [word("one", heard=False), word("two", heard=False)]
    estimated = estimate_times(words, spans((1.0, 2.0), (5.0, 6.0)), 7.0)
    assert times(estimated) == [(1.0, 2.0), (5.0, 6.0)]


def test_where_nobody_speaks_words_share_the_gap() -> None:
    words = [word("ab", 0.0, 1.0, heard=True), word("cd", heard=False), word("ef", heard=False)]
    assert times(estimate_times(words, [], 3.0)) == [(0.0, 1.0), (1.0, 2.0), (2.0, 3.0)]


def test_a_word_that_was_heard_keeps_its_time() -> None:
    words = [word("ab", 1.0, 2.0, heard=True)]
    assert estimate_times(words, spans((0.0, 9.0)), 9.0) == words


def test_each_word_belongs_to_the_window_nearest_to_its_middle() -> None:
    words = [
        word("a", 0.0, 1.0, heard=True),
        word("b", 2.0, 2.8, heard=True),
        word("c", 3.6, 4.0, heard=True),
        word("d", 9.0, 9.5, heard=True),
    ]
    assert words_in_windows(words, spans((0.0, 2.0), (4.0, 6.0), (7.0, 8.0))) == [
        (0, 2),
        (2, 3),
        (3, 4),
    ]


def test_a_word_gives_back_the_silence_it_begins_or_ends_with() -> None:
    speech = spans((1.0, 2.0), (3.0, 4.0))
    assert within_speech(1.5, 2.7, speech) == (1.5, 2.0)
    assert within_speech(2.4, 3.5, speech) == (3.0, 3.5)
    assert within_speech(1.5, 3.5, speech) == (1.5, 3.5), "it says nothing of which side is right"
    assert within_speech(2.1, 2.9, speech) == (2.1, 2.9)


moments = st.floats(0, 60)
some_words = st.lists(
    st.tuples(st.sampled_from(["I", "led", "everything"]), st.booleans(), moments, moments),
    max_size=20,
).map(
    lambda rows: [
        word(text, min(a, b) if heard else None, max(a, b) if heard else None, heard=heard)
        for text, heard, a, b in rows
    ]
)
some_speech = st.lists(moments, max_size=12, unique=True).map(
    lambda edges: spans(*list(pairwise(sorted(edges)))[::2])
)


@given(some_words, some_speech)
def test_every_word_gets_a_time_and_the_ordered_ones_never_overlap(
    words: list[Word], speech: list[Span]
) -> None:
    estimated = in_order(estimate_times(words, speech, 60.0), 60.0)
    assert [one.text for one in estimated] == [one.text for one in words]
    assert [one.probability for one in estimated] == [one.probability for one in words]
    known = [(start, end) for start, end in times(estimated) if start is not None and end]
    assert all(0 <= start <= end <= 60 for start, end in known)
    assert all(before[1] <= after[0] + 1e-9 for before, after in pairwise(known))


@given(some_words, some_speech)
def test_windows_take_every_word_once_and_in_order(words: list[Word], speech: list[Span]) -> None:
    placed = in_order(estimate_times(words, speech, 60.0), 60.0)
    if not speech:
        return
    parts = words_in_windows(placed, speech)
    assert [place for first, end in parts for place in range(first, end)] == list(range(len(words)))


@given(some_words)
def test_runs_of_unheard_words_are_all_of_them(words: list[Word]) -> None:
    runs = [place for first, end in unheard_runs(words) for place in range(first, end)]
    assert runs == [place for place, one in enumerate(words) if one.probability is None]
