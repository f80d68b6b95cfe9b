"""Readiness and the next question on 10,000 questions with 100,000 attempts.

The figure with a goal is what a running coach does after each attempt: the log is in memory, the
takes as columns and the schedule's states rebuilt, and readiness and the next question are
computed anew. Beside it: making those from bare records once, and the same schedule through
py-fsrs, one review at a time.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

import numpy as np

from benchmarks.row import Row
from question_bank.question import Question, QuestionKind, QuestionSource, Trip
from question_bank.review import Review
from question_bank.schedule import (
    CardState,
    Horizon,
    advance,
    horizon_for,
    next_questions,
    rating_for,
    rebuild,
)
from voicecoach.readiness import readiness
from voicecoach.take_log import TARGET, ScoredTake, take_log

NAME: Final = "Readiness and the next question at scale"
GOAL: Final = "under 0.1 s on 10,000 questions with 100,000 attempts, the log in memory"

QUESTIONS: Final = 10_000
ATTEMPTS: Final = 100_000
DAYS: Final = 90
GOAL_SECONDS: Final = 0.1
NOW: Final = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)
ZONE: Final = ZoneInfo("Europe/Berlin")
SEED: Final = 20_261_122

T = TypeVar("T")


def measure() -> list[Row]:
    """Return seconds, the fastest of a few runs each, and ratios side by side."""
    questions, reviews, takes = _bank_and_log(np.random.default_rng(SEED))
    horizon = horizon_for(date(2026, 12, 6), NOW, ZONE)

    log_seconds, log = _fastest(lambda: take_log(takes, target=TARGET, zone=ZONE), runs=5)
    states_seconds, states = _fastest(lambda: rebuild(reviews, horizon=horizon), runs=5)
    ready_seconds, _ = _fastest(lambda: readiness(questions, log, horizon=horizon, now=NOW))
    next_seconds, _ = _fastest(
        lambda: next_questions(questions, states, now=NOW, horizon=horizon, limit=10)
    )
    naive_seconds, _ = _fastest(lambda: _one_by_one(reviews, horizon), runs=1)
    both = ready_seconds + next_seconds
    return [
        Row("readiness and next question", both, "s", GOAL, both < GOAL_SECONDS),
        Row("of it readiness", ready_seconds, "s", None, None),
        Row("of it the next question", next_seconds, "s", None, None),
        Row("takes from records to columns, once", log_seconds, "s", None, None),
        Row("schedule rebuilt from records, once", states_seconds, "s", None, None),
        Row("the same schedule through py-fsrs", naive_seconds, "s", None, None),
        Row("py-fsrs against ours, schedule", naive_seconds / states_seconds, "x", None, None),
    ]


def _bank_and_log(
    rng: np.random.Generator,
) -> tuple[list[Question], list[Review], list[ScoredTake]]:
    questions = [_question(number) for number in range(QUESTIONS)]
    reviews: list[Review] = []
    takes: list[ScoredTake] = []
    for number, (row, seconds, overall) in enumerate(
        zip(
            rng.integers(0, QUESTIONS, ATTEMPTS).tolist(),
            rng.uniform(0, DAYS * 86_400, ATTEMPTS).tolist(),
            rng.uniform(20, 95, ATTEMPTS).tolist(),
            strict=True,
        )
    ):
        at = NOW - timedelta(seconds=seconds)
        takes.append(ScoredTake(question_id=f"q{row}", at=at, overall=overall))
        reviews.append(
            Review(
                id=str(number),
                question_id=f"q{row}",
                attempt_id=str(number),
                reviewed_at=at,
                rating=_RATINGS[int(overall)],
            )
        )
    return questions, reviews, takes


_RATINGS: Final = [rating_for(overall, TARGET) for overall in range(101)]


def _question(number: int) -> Question:
    tripped = number % 5 == 0
    trip = Trip(
        id=f"t{number}",
        interview_id=None,
        how="froze",
        remembered_answer="",
        difficulty=4,
        noted_at=NOW,
    )
    return Question(
        id=f"q{number}",
        text=f"Question {number}?",
        kind=QuestionKind.BEHAVIOURAL,
        competency="",
        target_seconds=120,
        source=QuestionSource.ADDED,
        created_at=NOW - timedelta(days=DAYS),
        tripped_up=(trip,) if tripped else (),
    )


def _one_by_one(reviews: list[Review], horizon: Horizon) -> dict[str, CardState]:
    states: dict[str, CardState] = {}
    for review in sorted(reviews, key=lambda review: review.reviewed_at):
        state = states.get(review.question_id)
        states[review.question_id] = advance(state, review, horizon=horizon)
    return states


def _fastest(work: Callable[[], T], *, runs: int = 15) -> tuple[float, T]:
    best = float("inf")
    for _ in range(runs):
        began = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - began)
    return best, result


if __name__ == "__main__":
    for row in measure():
        line = f"{row.what:40} {row.value:10.4f} {row.unit}"
        print(line if row.met is None else f"{line}  {'met' if row.met else 'NOT MET'}: {row.goal}")
