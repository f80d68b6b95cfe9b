"""The outline of an answer: the points a good answer makes, the skills and stories behind them."""

from dataclasses import dataclass
from enum import StrEnum


class StarPart(StrEnum):
    """Which part of a story a point belongs to."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point to be made, in the person's own words.

    `weight` is relative to the other points of the outline (above 0, at most 10).
    """

    id: str
    text: str
    part: StarPart | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPoint:
    """A point as it is written down, before the bank gives it an id."""

    text: str
    part: StarPart | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The ordered points of one question's answer.

    `version` starts at 1 and grows by one with every change, so a score can name the outline it
    was measured against. An outline without points is no outline: coverage is then absent.
    """

    question_id: str
    version: int
    points: tuple[Point, ...]
    skills: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()
