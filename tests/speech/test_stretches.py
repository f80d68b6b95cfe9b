"""Cutting an answer into stretches while it goes on: at pauses, in order, nothing left out."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.speech.decoding import SYNTHETIC_DECODING, WHISPER_DECODING, Decoding
from voicecoach.speech.span import Span
from voicecoach.speech.stretches import (
    LONGEST_SPAN_SECONDS,
    Stretch,
    StretchCutter,
    joined,
)
from voicecoach.speech.voice_activity import FRAME_SECONDS, SPEECH_PROBABILITY, spans_of

BOTH = pytest.mark.parametrize("decoding", [SYNTHETIC_DECODING, WHISPER_DECODING])

COURSES = st.lists(
    st.tuples(st.sampled_from([0.01, 0.4, 0.6, 0.99]), st.integers(1, 400)), max_size=20
)
"""Probabilities that hold for some frames each."""


def cut(
    course: Sequence[tuple[float, int]], decoding: Decoding, *, pieces: int = 1
) -> list[Stretch]:
    """Cut a whole answer; the stretches given on the chance are left out."""
    frames = [probability for probability, count in course for _ in range(count)]
    cutter = StretchCutter(decoding)
    found: list[Stretch] = []
    for first in range(0, len(frames), pieces):
        found += cutter.push(frames[first : first + pieces])
    found += cutter.end(len(frames) * FRAME_SECONDS)
    return [stretch for stretch in found if not stretch.likely]


def spans(course: Sequence[tuple[float, int]], decoding: Decoding) -> list[Span]:
    frames = np.array(
        [probability for probability, count in course for _ in range(count)], dtype=np.float32
    )
    return spans_of(frames, len(frames) * FRAME_SECONDS, decoding.min_silence_seconds)


@BOTH
@given(COURSES)
def test_all_that_sounds_like_speech_is_in_a_stretch(
    decoding: Decoding, course: list[tuple[float, int]]
) -> None:
    stretches = cut(course, decoding)
    frames = [probability for probability, count in course for _ in range(count)]
    for number, probability in enumerate(frames):
        if probability >= SPEECH_PROBABILITY:
            start, end = number * FRAME_SECONDS, (number + 1) * FRAME_SECONDS
            assert any(
                stretch.start_seconds <= start + 1e-9 and stretch.end_seconds >= end - 1e-9
                for stretch in stretches
            )


@BOTH
@given(COURSES)
def test_stretches_come_in_order_and_never_overlap(
    decoding: Decoding, course: list[tuple[float, int]]
) -> None:
    stretches = cut(course, decoding)
    assert [stretch.number for stretch in stretches] == list(range(len(stretches)))
    for before, after in pairwise(stretches):
        assert before.start_seconds < before.end_seconds <= after.start_seconds + 1e-9


@BOTH
@given(COURSES)
def test_a_stretch_ends_in_a_pause_unless_it_says_otherwise(
    decoding: Decoding, course: list[tuple[float, int]]
) -> None:
    whole = spans(course, decoding)
    for stretch in cut(course, decoding)[:-1]:
        inside = any(
            span.start_seconds + 1e-9 < stretch.end_seconds < span.end_seconds - 1e-9
            for span in whole
        )
        assert stretch.goes_on or not inside


@BOTH
@given(COURSES)
def test_no_stretch_is_longer_than_a_window(
    decoding: Decoding, course: list[tuple[float, int]]
) -> None:
    assert all(stretch.seconds <= 30.0 + 1e-6 for stretch in cut(course, decoding))


@BOTH
@given(COURSES, st.integers(1, 500))
def test_how_the_frames_arrive_changes_nothing(
    decoding: Decoding, course: list[tuple[float, int]], pieces: int
) -> None:
    assert cut(course, decoding, pieces=pieces) == cut(course, decoding)


@given(COURSES)
def test_weights_that_hear_spans_one_by_one_get_the_spans_found_after_the_fact(
    course: list[tuple[float, int]],
) -> None:
    found = [span for stretch in cut(course, SYNTHETIC_DECODING) for span in stretch.speech]
    whole = spans(course, SYNTHETIC_DECODING)
    if all(span.seconds < LONGEST_SPAN_SECONDS - 1 for span in whole):
        assert [span.start_seconds for span in found] == [span.start_seconds for span in whole]
        # The last one may end where it was already taken for the end of the answer.
        assert [span.end_seconds for span in found[:-1]] == [
            span.end_seconds for span in whole[:-1]
        ]


def test_an_answer_that_may_be_over_is_given_on_the_chance_and_taken_back() -> None:
    cutter = StretchCutter(WHISPER_DECODING)
    assert not cutter.push([0.9] * 60)
    (chance,) = cutter.push([0.01] * 12)
    assert chance.likely
    before = cutter.may_be_over
    assert not cutter.push([0.9] * 30)
    assert (before, cutter.may_be_over) == (True, False)
    (whole,) = cutter.end(102 * FRAME_SECONDS)
    assert not whole.says_the_same_as(chance)


def test_an_answer_that_ends_in_the_pause_is_the_one_given_on_the_chance() -> None:
    cutter = StretchCutter(WHISPER_DECODING)
    (chance,) = cutter.push([0.9] * 60 + [0.01] * 12)
    (whole,) = cutter.end(72 * FRAME_SECONDS)
    assert whole.says_the_same_as(chance)


def test_neighbours_that_waited_are_joined_as_after_the_fact() -> None:
    course = [(0.99, 330), (0.01, 30), (0.99, 330), (0.01, 30)]
    first, second = cut(course, WHISPER_DECODING)
    both = joined(first, second, WHISPER_DECODING)
    assert both is not None
    assert (both.start_seconds, both.end_seconds) == (first.start_seconds, second.end_seconds)
    assert joined(first, second, SYNTHETIC_DECODING) is None


def test_silence_is_no_stretch() -> None:
    assert not cut([(0.01, 2_000)], WHISPER_DECODING)


def test_a_cut_in_a_silence_too_short_to_end_speech_leaves_no_stretch_backwards() -> None:
    course = [(0.6, 209), (0.4, 400), (0.01, 94), (0.6, 1)]
    for before, after in pairwise(cut(course, WHISPER_DECODING)):
        assert before.end_seconds <= after.start_seconds < after.end_seconds
