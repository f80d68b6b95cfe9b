"""Many questions at once remember exactly as py-fsrs does one by one."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank import memory

START = datetime(2026, 3, 2, tzinfo=UTC)

logs = st.lists(
    st.tuples(
        st.integers(0, 4),
        st.integers(0, 40 * 86_400_000_000),
        st.integers(1, 4),
    ),
    min_size=1,
    max_size=40,
    unique_by=lambda entry: entry[:2],
)


@settings(deadline=None)
@given(logs)
def test_stability_difficulty_and_recall_equal_py_fsrs(log: list[tuple[int, int, int]]) -> None:
    replayed = memory.replay(
        np.array([question for question, _, _ in log]),
        np.array([(START + timedelta(microseconds=at)).timestamp() for _, at, _ in log]),
        np.array([rating for _, _, rating in log]),
    )
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    cards: dict[int, Card] = defaultdict(lambda: Card(card_id=0, due=START))
    for place, source in enumerate(replayed.order.tolist()):
        question, at, rating = log[source]
        moment = START + timedelta(microseconds=at)
        before = cards[question]
        recalled = scheduler.get_card_retrievability(before, moment)
        card, _ = scheduler.review_card(before, Rating(rating), moment)
        cards[question] = card
        assert replayed.recalled[place] == pytest.approx(recalled, rel=1e-9)
        assert replayed.stability[place] == pytest.approx(card.stability, rel=1e-9)
        assert replayed.difficulty[place] == pytest.approx(card.difficulty, rel=1e-9)
        assert card.last_review is not None
        wait = (card.due - card.last_review).days
        assert memory.interval_days(replayed.stability[[place]])[0] == wait


def test_whole_days_count_however_the_seconds_are_stored() -> None:
    """Epoch seconds are floats: a day after 0.123456 s past midnight must still be a whole day."""
    first = (START + timedelta(microseconds=123_456)).timestamp()
    second = (START + timedelta(days=1, microseconds=123_456)).timestamp()
    elapsed = np.array([(second - first) / memory.SECONDS_PER_DAY])

    assert memory.retrievability(np.array([2.0]), elapsed) < 1


def test_an_empty_log_remembers_nothing() -> None:
    nothing = np.zeros(0)

    assert len(memory.replay(nothing.astype(int), nothing, nothing.astype(int)).order) == 0
