"""The schedule: computed from the log, bounded by the interview."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest
from fsrs import Card
from fsrs import Rating as FsrsRating
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.review import Rating, Review
from question_bank.schedule import (
    GOOD_DAYS_WANTED,
    CardState,
    Horizon,
    advance,
    horizon_for,
    rating_for,
    rebuild,
    rehearsal_days,
    retrievability,
    scheduler,
    spaced_days,
    with_due_day,
)
from tests.rehearsals import BERLIN, MONDAY, at_day, question, review

LAST_DAY = 20

histories = st.lists(
    st.builds(
        review,
        st.sampled_from(["conflict", "weakness", "why us"]),
        st.floats(0, LAST_DAY, allow_nan=False),
        st.sampled_from(Rating),
    ),
    max_size=25,
    unique_by=lambda entry: (entry.question_id, entry.reviewed_at),
)
interview_days = st.integers(LAST_DAY + 1, 60)


def horizon(days: int) -> Horizon:
    return horizon_for((MONDAY + timedelta(days=days)).date(), MONDAY, BERLIN)


def fold(reviews: list[Review], towards: Horizon) -> dict[str, CardState]:
    states: dict[str, CardState] = {}
    for entry in sorted(reviews, key=lambda entry: entry.reviewed_at):
        states[entry.question_id] = advance(states.get(entry.question_id), entry, horizon=towards)
    return states


@settings(deadline=None)
@given(histories, interview_days)
def test_rebuilt_from_the_log_is_the_same_as_review_by_review(
    reviews: list[Review], days: int
) -> None:
    rebuilt, folded = rebuild(reviews, horizon=horizon(days)), fold(reviews, horizon(days))

    assert rebuilt.keys() == folded.keys()
    for question_id, state in rebuilt.items():
        other = folded[question_id]
        assert state.stability == pytest.approx(other.stability)
        assert state.difficulty == pytest.approx(other.difficulty)
        assert state == replace(other, stability=state.stability, difficulty=state.difficulty)


@settings(deadline=None)
@given(histories, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_the_log_matters(
    reviews: list[Review], shuffler: Random
) -> None:
    shuffled = [*reviews, *reviews]
    shuffler.shuffle(shuffled)

    assert rebuild(shuffled, horizon=horizon(30)) == rebuild(reviews, horizon=horizon(30))


@settings(deadline=None)
@given(reviews=histories, days=interview_days, tripped=st.booleans())
def test_nothing_is_ever_due_after_the_interview(
    reviews: list[Review], days: int, *, tripped: bool
) -> None:
    towards = horizon(days)
    for question_id, state in rebuild(reviews, horizon=towards).items():
        asked = question(question_id, tripped=tripped)
        brought_forward = with_due_day(asked, state, now=at_day(LAST_DAY), horizon=towards)
        assert state.last_review < brought_forward.due <= state.due <= towards.until


@settings(deadline=None)
@given(st.lists(st.floats(0, LAST_DAY), min_size=2, max_size=8, unique=True), interview_days)
def test_one_more_good_rehearsal_never_lowers_recall_on_the_date(
    days: list[float], interview: int
) -> None:
    towards = horizon(interview)
    reviews = [review("conflict", day) for day in sorted(days)]
    fewer = rebuild(reviews[:-1], horizon=towards)["conflict"]
    more = rebuild(reviews, horizon=towards)["conflict"]

    assert retrievability(more, towards.until) >= retrievability(fewer, towards.until)


def test_recall_is_what_py_fsrs_says() -> None:
    state = rebuild([review("conflict", 0), review("conflict", 3)], horizon=horizon(30))["conflict"]
    fsrs = scheduler(at_day(3), horizon(30))
    card, _ = fsrs.review_card(Card(card_id=0, due=MONDAY), FsrsRating.Good, at_day(0))
    card, _ = fsrs.review_card(card, FsrsRating.Good, at_day(3))

    expected = fsrs.get_card_retrievability(card, at_day(9))
    assert retrievability(state, at_day(9)) == pytest.approx(expected)


def test_an_easy_answer_waits_no_longer_than_the_interview() -> None:
    easy = [review("conflict", 0, Rating.EASY), review("conflict", 6, Rating.EASY)]

    far = rebuild(easy, horizon=horizon(300))["conflict"]
    near = rebuild(easy, horizon=horizon(10))["conflict"]

    assert (far.due - far.last_review).days > 10
    assert near.due == at_day(6) + timedelta(days=3)
    assert near.due <= horizon(10).until


def test_a_moved_interview_moves_what_is_due_and_nothing_else() -> None:
    log = [review("conflict", 0, Rating.EASY)]
    before = rebuild(log, horizon=horizon(60))["conflict"]
    after = rebuild(log, horizon=horizon(4))["conflict"]

    assert after.due < before.due
    assert (after.stability, after.difficulty) == (before.stability, before.difficulty)


def test_lapses_and_good_days_are_counted() -> None:
    state = rebuild(
        [
            review("conflict", 0, Rating.AGAIN),
            review("conflict", 1, Rating.GOOD),
            review("conflict", 1.01, Rating.EASY),
            review("conflict", 4, Rating.AGAIN),
            review("conflict", 5, Rating.GOOD),
        ],
        horizon=horizon(30),
    )["conflict"]

    assert (state.rehearsals, state.lapses, state.good_days) == (5, 1, 2)
    assert state.last_good_day == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("overall", "rating"),
    [
        (0, Rating.AGAIN),
        (49.9, Rating.AGAIN),
        (50, Rating.HARD),
        (69.9, Rating.HARD),
        (70, Rating.GOOD),
        (84.9, Rating.GOOD),
        (85, Rating.EASY),
        (100, Rating.EASY),
    ],
)
def test_what_a_score_means_to_the_schedule(overall: float, rating: Rating) -> None:
    assert rating_for(overall, 70) is rating


class TestHorizon:
    def test_is_nine_in_the_morning_of_the_interview(self) -> None:
        towards = horizon_for(date(2026, 3, 10), MONDAY, BERLIN)

        assert towards.until == datetime(2026, 3, 10, 8, tzinfo=UTC)
        assert not towards.assumed

    @pytest.mark.parametrize("day", [None, date(2026, 3, 1)])
    def test_without_an_upcoming_interview_looks_14_days_ahead_and_says_so(
        self, day: date | None
    ) -> None:
        towards = horizon_for(day, MONDAY, BERLIN)

        assert towards.day == date(2026, 3, 16)
        assert towards.assumed

    def test_on_the_evening_of_the_interview_day_is_the_end_of_that_day(self) -> None:
        towards = horizon_for(date(2026, 3, 2), MONDAY, BERLIN)

        assert towards.until == datetime(2026, 3, 2, 22, 59, 59, tzinfo=UTC)
        assert not towards.assumed


class TestThreeSpacedRehearsals:
    def test_are_evenly_spaced_from_today_to_the_day_before(self) -> None:
        days = rehearsal_days(
            question("conflict", tripped=True), None, now=MONDAY, horizon=horizon(15)
        )

        assert days == (date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16))

    def test_only_for_what_tripped_the_person_up(self) -> None:
        assert rehearsal_days(question("why us"), None, now=MONDAY, horizon=horizon(15)) == ()

    def test_are_over_after_three_good_days(self) -> None:
        log = [review("conflict", day) for day in (0, 3, 6)]
        state = rebuild(log, horizon=horizon(15))["conflict"]
        asked = question("conflict", tripped=True)

        assert rehearsal_days(asked, state, now=at_day(7), horizon=horizon(15)) == ()

    def test_bring_an_easy_one_forward(self) -> None:
        state = rebuild([review("conflict", 0, Rating.EASY)], horizon=horizon(9))["conflict"]
        asked = question("conflict", tripped=True)

        brought_forward = with_due_day(asked, state, now=at_day(0.1), horizon=horizon(9))

        assert brought_forward.due.astimezone(BERLIN).date() == date(2026, 3, 6)
        assert state.due.astimezone(BERLIN).date() > date(2026, 3, 6)

    @settings(deadline=None)
    @given(histories, st.integers(LAST_DAY + 1, 40))
    def test_fit_before_the_interview_where_time_allows(
        self, reviews: list[Review], interview: int
    ) -> None:
        towards, now = horizon(interview), at_day(LAST_DAY)
        today = now.astimezone(BERLIN).date()
        last = towards.last_practice_day(today)
        asked = question("conflict", tripped=True)
        state = rebuild(reviews, horizon=towards).get("conflict")
        days = rehearsal_days(asked, state, now=now, horizon=towards)

        assert list(days) == sorted(set(days))
        assert all(today <= day <= last for day in days)
        rehearsed_today = bool(state and state.last_review.astimezone(BERLIN).date() == today)
        free_days = (last - today).days + 1 - rehearsed_today
        missing = max(0, GOOD_DAYS_WANTED - (state.good_days if state else 0))
        assert len(days) == min(missing, max(0, free_days))

    @given(st.integers(0, 90), st.integers(1, 6))
    def test_spaced_days_differ_by_at_most_a_day_in_their_gaps(self, span: int, count: int) -> None:
        first = date(2026, 3, 2)
        days = spaced_days(first, first + timedelta(days=span), count)
        gaps = [(b - a).days for a, b in pairwise(days)]

        assert len(days) == min(count, span + 1)
        assert not gaps or max(gaps) - min(gaps) <= 1
