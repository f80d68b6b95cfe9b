"""One rehearsal as the schedule sees it: which question, when, how well."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum


class Rating(IntEnum):
    """FSRS's four ratings, in its own numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One rehearsal. `reviewed_at` is UTC-aware; `attempt_id` is unique: one review an attempt."""

    id: str
    question_id: str
    attempt_id: str
    reviewed_at: datetime
    rating: Rating
