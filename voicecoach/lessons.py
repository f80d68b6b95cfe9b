"""What past interviews taught, for the one that comes: do's, don'ts and lessons. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from question_bank.interview import Interview


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLessons:
    """What a person kept from one interview, in their own words."""

    interview_id: str
    company: str
    role: str
    day: date | None
    dos: tuple[str, ...]
    donts: tuple[str, ...]
    lessons: tuple[str, ...]


def kept_lessons(past: Iterable[Interview]) -> tuple[KeptLessons, ...]:
    """Return what was kept from each interview that taught something, in the order given."""
    return tuple(
        KeptLessons(
            interview_id=one.id,
            company=one.company,
            role=one.role,
            day=one.day,
            dos=one.dos,
            donts=one.donts,
            lessons=one.lessons,
        )
        for one in past
        if one.dos or one.donts or one.lessons
    )
