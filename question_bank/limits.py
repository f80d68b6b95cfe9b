"""What may be stored: texts, lists, levels and lengths within bounds, and how far lists reach."""

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from question_bank.errors import InvalidInputError
from question_bank.interview import Feeling

LONGEST_QUESTION: Final = 1_000
"""Characters. A longer "question" is a debrief that went into the wrong field."""

LONGEST_NAME: Final = 300
"""Characters of a company, a role, a feeling."""

LONGEST_TEXT: Final = 20_000
"""Characters of any other text: about 25 minutes of speech."""

MOST_ENTRIES: Final = 200
"""Entries of a list: points, feelings, lessons."""

MOST_LISTED: Final = 500
"""The longest list given at once."""

FIRST_YEAR: Final = MINYEAR + 1
LAST_YEAR: Final = MAXYEAR - 1
"""Between them every day has weeks before and after it, and every moment a local time anywhere."""

LONGEST_ANSWER_SECONDS: Final = 3_600
_LARGEST_OFFSET: Final = 1_000_000_000


def checked_text(text: str, what: str, *, longest: int = LONGEST_TEXT, empty: bool = True) -> str:
    """Return a text without blanks around it.

    Args:
        text: what the person wrote.
        what: its name for the message ("The company").
        longest: most characters allowed.
        empty: whether nothing at all will do.

    Raises:
        InvalidInputError: it is empty, too long, or holds characters no database keeps.
    """
    trimmed = text.strip()
    if not trimmed and not empty:
        raise InvalidInputError(f"{what} is empty.", "Write at least a word.")
    if len(trimmed) > longest:
        raise InvalidInputError(
            f"{what} has {len(trimmed):,} characters; {longest:,} is the most.", "Shorten it."
        )
    if "\0" in trimmed or any("\ud800" <= character <= "\udfff" for character in trimmed):
        raise InvalidInputError(
            f"{what} holds characters that can't be stored.", "Type it again as plain text."
        )
    return trimmed


def checked_texts(texts: Iterable[str], what: str) -> list[str]:
    """Return the texts of a list, trimmed, empty ones left out.

    Raises:
        InvalidInputError: one can't be stored, or there are too many.
    """
    kept = [text for text in (checked_text(text, what) for text in texts) if text]
    if len(kept) > MOST_ENTRIES:
        raise InvalidInputError(
            f"{what} has {len(kept):,} entries; {MOST_ENTRIES} is the most.",
            "Keep the ones that matter.",
        )
    return kept


def checked_target(seconds: int) -> int:
    """Return a target length.

    Raises:
        InvalidInputError: it is not 1 to 3,600 seconds.
    """
    if not 1 <= seconds <= LONGEST_ANSWER_SECONDS:
        raise InvalidInputError(
            f"A target of {seconds} seconds can't be used.",
            f"Give 1 to {LONGEST_ANSWER_SECONDS:,} seconds.",
        )
    return seconds


def checked_weight(weight: float) -> float:
    """Return a point's weight.

    Raises:
        InvalidInputError: it is not above 0 and at most 10.
    """
    if not 0 < weight <= 10:
        raise InvalidInputError(
            f"A point can't weigh {weight:g}.", "Give a weight above 0 and at most 10."
        )
    return float(weight)


def checked_level(level: int | None, what: str) -> int | None:
    """Return a level of 1 to 5, or None where none was given.

    Raises:
        InvalidInputError: it is another number.
    """
    if level is not None and not 1 <= level <= 5:
        raise InvalidInputError(f"{what} can't be {level}.", "Give a level from 1 to 5.")
    return level


def checked_feeling(feeling: Feeling) -> list[str | int | None]:
    """Return a feeling as it is stored.

    Raises:
        InvalidInputError: it has no word, or its strength is not 1 to 5.
    """
    word = checked_text(feeling.word, "A feeling", longest=LONGEST_NAME, empty=False)
    return [word, checked_level(feeling.intensity, f"How strong '{word}' was")]


def checked_day(day: date | None, what: str) -> date | None:
    """Return a day as it is stored; None where there is none.

    Raises:
        InvalidInputError: it lies where calendars end.
    """
    if day is not None and not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInputError(
            f"{what} can't be a day of the year {day.year}.",
            "Write it as YEAR-MONTH-DAY, such as 2026-12-09.",
        )
    return day


def check_page(limit: int, offset: int) -> None:
    """Make sure that a part of a list can be given.

    Raises:
        InvalidInputError: it asks for nothing, for too much, or for a place before the beginning.
    """
    if not 1 <= limit <= MOST_LISTED:
        raise InvalidInputError(
            f"A list of {limit} entries can't be given.", f"Ask for 1 to {MOST_LISTED}."
        )
    if not 0 <= offset <= _LARGEST_OFFSET:
        raise InvalidInputError(
            f"A list can't begin at entry {offset}.", f"Begin at 0 to {_LARGEST_OFFSET:,}."
        )
