"""How somebody feels after an interview: words to choose from, check-ins, and how they stand by.

Nothing here judges or interprets: a check-in is put in order for the eye of the person who wrote
it, and for nobody else. Notes are not looked into at all. Pure.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from question_bank.interview import Feeling

FEELING_GROUPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Hurt": ("disappointed", "sad", "rejected", "humiliated"),
        "Tense": ("anxious", "restless", "overwhelmed", "afraid"),
        "Angry": ("angry", "frustrated", "unfairly treated"),
        "Hard on myself": ("ashamed", "embarrassed", "guilty"),
        "Flat": ("tired", "numb", "discouraged"),
        "Lighter": ("relieved", "calm", "hopeful", "proud"),
    }
)
"""Words that people use of a rejection, in groups that are quick to look through; a judgement, and
own words stand beside them."""

MIDDLE: Final = 3
"""Taken where a word is chosen and its strength is not said."""

MOST_SHOWN: Final = 10
"""The newest check-ins that a picture on a phone has room for."""

MOST_WORDS: Final = 8
"""The words that a picture has room for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """How somebody felt at a moment (UTC-aware), on the path of one interview.

    Every feeling has an intensity, 1 (faint) to 5 (overwhelming). `note` is read by nobody but the
    person; `note_may_leave` says whether they let it into an export.
    """

    id: str
    interview_id: str
    at: datetime
    feelings: tuple[Feeling, ...]
    note: str = ""
    note_may_leave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingRow:
    """One feeling over the check-ins shown: how strong each time, None where it was not named."""

    word: str
    intensities: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeelingPicture:
    """The newest check-ins side by side, oldest first; `left_out` words found no room."""

    times: tuple[datetime, ...]
    rows: tuple[FeelingRow, ...]
    left_out: int


def feeling_picture(check_ins: Sequence[CheckIn]) -> FeelingPicture:
    """Return the newest check-ins as rows of feelings, those named most often first."""
    shown = sorted(check_ins, key=lambda one: (one.at, one.id))[-MOST_SHOWN:]
    strengths = [{f.word.casefold(): f.intensity for f in one.feelings} for one in shown]
    written: dict[str, str] = {}
    for feeling in (feeling for one in shown for feeling in one.feelings):
        written.setdefault(feeling.word.casefold(), feeling.word)
    named = Counter(word for one in strengths for word in one)
    words = [word for word, _ in named.most_common()]
    return FeelingPicture(
        times=tuple(one.at for one in shown),
        rows=tuple(
            FeelingRow(word=written[word], intensities=tuple(one.get(word) for one in strengths))
            for word in words[:MOST_WORDS]
        ),
        left_out=max(0, len(words) - MOST_WORDS),
    )
