"""The pacer's one description: what is drawn, said and counted at any moment follows from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.breathing import (
    CUE_WORDS,
    MOST_ROUNDS,
    PATTERNS,
    SPOKEN,
    Cue,
    Pattern,
    find_pattern,
    moment,
    rounds_within,
    session_seconds,
)
from voicecoach.cli.breathing_screen import breath_line

patterns = st.sampled_from(PATTERNS)
all_rounds = st.integers(1, MOST_ROUNDS)
shares = st.floats(0, 1, exclude_max=True)


def test_the_patterns_are_those_that_go_by_their_names() -> None:
    assert {one.name: one.counts for one in PATTERNS} == {
        "long-exhale": "4-6",
        "box": "4-4-4-4",
        "4-7-8": "4-7-8",
    }


def test_4_7_8_comes_with_its_caution_and_few_rounds() -> None:
    pattern = find_pattern("4-7-8")
    assert pattern is not None
    assert "dizzy" in pattern.caution
    assert pattern.rounds == 4
    assert pattern.most_rounds == 8


def test_every_cue_has_words_and_a_spoken_word() -> None:
    assert set(CUE_WORDS) == set(SPOKEN) == set(Cue)


@given(patterns, all_rounds, shares)
def test_every_moment_until_the_end_shows_something_and_none_after(
    pattern: Pattern, rounds: int, share: float
) -> None:
    whole = session_seconds(pattern, rounds)
    now = moment(pattern, rounds, share * whole)

    assert now is not None
    assert 1 <= now.round <= rounds
    assert 1 <= now.count <= now.phase.seconds
    assert 0 <= now.fullness <= 1
    assert now.phase in pattern.phases
    assert now.begins <= share * whole < now.begins + now.phase.seconds + 1e-6
    assert moment(pattern, rounds, whole) is None


@given(patterns, all_rounds, shares, st.floats(0.001, 0.3))
def test_the_breath_never_jumps_and_moves_only_as_the_cue_says(
    pattern: Pattern, rounds: int, share: float, later: float
) -> None:
    at = share * session_seconds(pattern, rounds)
    now, then = moment(pattern, rounds, at), moment(pattern, rounds, at + later)
    assert now is not None
    if then is None:
        return
    change = then.fullness - now.fullness
    # The quickest phase takes four seconds for a whole breath.
    assert abs(change) <= later / 4 + 1e-6
    if then.begins == now.begins:
        way = {Cue.IN: change >= 0, Cue.OUT: change <= 0, Cue.HOLD: abs(change) < 1e-9}
        assert way[now.phase.cue]


@given(patterns)
def test_a_round_ends_where_the_next_one_begins(pattern: Pattern) -> None:
    end = moment(pattern, 2, pattern.round_seconds - 1e-6)
    begin = moment(pattern, 2, pattern.round_seconds)
    assert end is not None
    assert begin is not None
    assert begin.round == end.round + 1
    assert end.fullness == pytest.approx(begin.fullness, abs=1e-5)


@given(patterns, st.floats(0, 3600))
def test_a_span_gets_the_nearest_number_of_rounds_within_the_patterns_bounds(
    pattern: Pattern, seconds: float
) -> None:
    rounds = rounds_within(pattern, seconds)
    assert 1 <= rounds <= pattern.most_rounds
    if 1 < rounds < pattern.most_rounds:
        assert abs(session_seconds(pattern, rounds) - seconds) <= pattern.round_seconds / 2 + 1e-6


def test_a_minute_is_about_a_minute_in_every_pattern() -> None:
    minutes = [session_seconds(one, rounds_within(one, 60)) for one in PATTERNS]
    assert minutes == [60, 64, 57]


@given(patterns, shares)
def test_the_terminals_line_is_as_long_as_the_breath_is_full(
    pattern: Pattern, share: float
) -> None:
    now = moment(pattern, 1, share * pattern.round_seconds)
    assert now is not None
    line = breath_line(now, 1)
    assert line.count("█") == round(24 * now.fullness)
    assert f"{CUE_WORDS[now.phase.cue]} {now.count}" in line
    assert len(line) < 60
