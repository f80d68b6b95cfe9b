"""What is said again word for word is told from what is said anew."""

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
