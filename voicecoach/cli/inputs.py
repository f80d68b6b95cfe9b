"""What the command line accepts: days, feelings, points; and short ids that name one thing only."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

import click

from question_bank.debrief_values import day_of, feeling_of, level_of, weight_of
from question_bank.interview import Feeling
from question_bank.outline import DraftPoint, StarPart

SHORTEST_ID: Final = 4
"""Characters of an id that are always shown, so that one still fits after a few more records."""


class Day(click.ParamType[date]):
    """A calendar day: 2026-12-09, 9 December 2026, and what else a debrief may hold."""

    name = "day"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day, or refuse what is none (12/11/2026 could be two)."""
        if isinstance(value, date):
            return value
        day = day_of(str(value))
        if day is None:
            self.fail(f"{value!r} is not a day; write it as YYYY-MM-DD.", param, ctx)
        return day


DAY: Final = Day()


def short_ids(ids: Iterable[str]) -> dict[str, str]:
    """Return the shortest beginning of each id that no other one shares."""
    ordered = sorted(set(ids))
    shared = [0] * (len(ordered) + 1)
    for position in range(1, len(ordered)):
        shared[position] = _common(ordered[position - 1], ordered[position])
    return {
        key: key[: max(SHORTEST_ID, shared[position] + 1, shared[position + 1] + 1)]
        for position, key in enumerate(ordered)
    }


def _common(first: str, second: str) -> int:
    """Return how many characters two ids have in common at the start."""
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length


_POINT: Final = re.compile(
    r"(?:\d+[.)]\s+)?(?:\[(?P<part>\w+)\]\s*)?(?:\((?P<weight>\d+(?:\.\d+)?)\)\s*)?(?P<text>.+)",
    re.DOTALL,
)


class FeelingWord(click.ParamType[Feeling]):
    """A feeling, with how strong it was if said: "disappointed 4/5"."""

    name = "feeling"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Feeling:
        """Return the feeling, or refuse an empty one."""
        if isinstance(value, Feeling):
            return value
        word, strength = feeling_of(str(value))
        if not word:
            self.fail("A feeling needs a word, such as 'disappointed 4/5'.", param, ctx)
        intensity = None if strength is None else level_of(strength)
        if strength is not None and intensity is None:
            self.fail(f"{strength!r} is no strength from 1 to 5.", param, ctx)
        return Feeling(word=word, intensity=intensity)


class OutlinePoint(click.ParamType[DraftPoint]):
    """A point of an outline, with its part and weight if said: "[action] (2) I phoned her"."""

    name = "point"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> DraftPoint:
        """Return the point, or refuse a part of a story that does not exist."""
        if isinstance(value, DraftPoint):
            return value
        found = _POINT.fullmatch(str(value).strip())
        if found is None:
            self.fail("A point needs words, such as '[action] (2) I phoned her'.", param, ctx)
        parts = {part.value: part for part in StarPart}
        name = (found["part"] or "").lower()
        if name and name not in parts:
            self.fail(f"[{name}] is not one of {', '.join(parts)}.", param, ctx)
        weight = 1.0 if found["weight"] is None else weight_of(found["weight"])
        if weight is None:
            self.fail(f"({found['weight']}) is no weight above 0 and at most 10.", param, ctx)
        return DraftPoint(text=found["text"].strip(), part=parts.get(name), weight=weight)


FEELING: Final = FeelingWord()
POINT: Final = OutlinePoint()
