"""Moving after an interview: what was done, and what a person's own log says about it. Pure.

No more is said than their own records show, and nothing before there are enough of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from voicecoach.time_words import times_words

KINDS: Final = ("walk", "run", "bike", "swim", "stretch", "dance", "sport", "housework")
"""Kinds offered; any other word does as well."""

USUAL_MINUTES: Final = 20
MOST_MINUTES: Final = 600
"""Ten hours: a long day's hike."""

WORST: Final = 1
BEST: Final = 5

ENOUGH: Final = 3
"""Times with a word before and after from which they are counted together (a judgement: two times
are two stories, not a picture)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One time of moving, on the path of one interview, at a moment (UTC-aware).

    `before` and `after` say how the person felt, 1 (bad) to 5 (good); None where they said nothing.
    """

    id: str
    interview_id: str
    at: datetime
    kind: str
    minutes: int
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementSummary:
    """What the log shows: `compared` times have a word before and after, `better` rose by it.

    `sentence` is "" where nothing was logged.
    """

    times: int
    minutes: int
    compared: int
    better: int
    worse: int
    sentence: str


def movement_summary(movements: Sequence[Movement]) -> MovementSummary:
    """Return what these say together."""
    pairs = [(m.before, m.after) for m in movements if m.before is not None and m.after is not None]
    better = sum(after > before for before, after in pairs)
    worse = sum(after < before for before, after in pairs)
    minutes = sum(one.minutes for one in movements)
    return MovementSummary(
        times=len(movements),
        minutes=minutes,
        compared=len(pairs),
        better=better,
        worse=worse,
        sentence=_sentence(len(movements), minutes, len(pairs), better, worse),
    )


def _sentence(times: int, minutes: int, compared: int, better: int, worse: int) -> str:
    if not times:
        return ""
    moved = f"You moved {times_words(times)}, {minutes} minutes in all"
    if compared < ENOUGH:
        return f"{moved}."
    of = "" if compared == times else f" of the {compared} times you noted it"
    told = f"{moved}; after it you felt better {times_words(better)}{of}"
    return f"{told}, worse {times_words(worse)}." if worse else f"{told}."
