"""What may be stored as text: trimmed, not too long, and nothing a database can't hold."""

from collections.abc import Iterable
from typing import Final

from question_bank.errors import InvalidInputError

LONGEST_QUESTION: Final = 1_000
"""Characters. A longer "question" is a debrief that went into the wrong field."""

LONGEST_TEXT: Final = 20_000
"""Characters of any other text: about 25 minutes of speech."""

MOST_ENTRIES: Final = 200
"""Entries of a list: points, feelings, lessons."""


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
