"""Questions, reviews and takes, written the way a test would say them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from question_bank.question import Question, QuestionKind, QuestionSource, Trip
from question_bank.review import Rating, Review
from voicecoach.take_log import ScoredTake

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
"""A Monday, 18:00 in Berlin; the clocks there change on 29 March."""


def at_day(day: float) -> datetime:
    return MONDAY + timedelta(days=day)


def question(
    name: str,
    *,
    tripped: bool = False,
    retired: bool = False,
    source: QuestionSource = QuestionSource.PACK,
    target_seconds: int = 120,
) -> Question:
    trip = Trip(
        id=f"trip-{name}",
        interview_id=None,
        how="I froze" if tripped else "",
        remembered_answer="",
        difficulty=5 if tripped else None,
        noted_at=MONDAY,
    )
    return Question(
        id=name,
        text=f"What about {name}?",
        kind=QuestionKind.BEHAVIOURAL,
        competency="",
        target_seconds=target_seconds,
        source=source,
        created_at=MONDAY,
        tripped_up=(trip,) if tripped else (),
        retired=retired,
    )


def review(name: str, day: float, rating: Rating = Rating.GOOD) -> Review:
    identity = f"{name}@{day}:{int(rating)}"
    return Review(
        id=identity,
        question_id=name,
        attempt_id=identity,
        reviewed_at=at_day(day),
        rating=rating,
    )


def take(name: str, day: float, overall: float | None, *, typed: bool = False) -> ScoredTake:
    return ScoredTake(question_id=name, at=at_day(day), overall=overall, typed=typed)
