"""Which tables of a database are ours to migrate."""

from collections.abc import MutableMapping
from typing import Any, Final

OURS: Final = frozenset(
    {
        "interviews",
        "questions",
        "trips",
        "outlines",
        "points",
        "reviews",
        "attempts",
        "transcripts",
        "judgements",
        "recovery_steps",
        "recovery_starts",
        "feeling_check_ins",
        "movements",
        "point_verdicts",
        "cut_points",
        "mock_interviews",
        "mock_questions",
        "interview_day_notes",
        "what_came",
        "questions_that_came",
        "guesses",
        "feedback_letters",
        "feedback_events",
        "feedback_replies",
        "takeaways",
        "takeaway_undoings",
        "inventory",
        "inventory_questions",
        "adverts",
        "advert_demands",
        "resources",
        "spoken_debriefs",
    }
)
"""The tables of `question_bank` and `voicecoach`. Job tables live beside them and are not ours."""


def is_ours(name: str | None, kind: str, parents: MutableMapping[Any, str | None]) -> bool:
    """Tell Alembic whether to look at a table: never at another library's, such as the jobs'."""
    del parents
    return kind != "table" or name in OURS
