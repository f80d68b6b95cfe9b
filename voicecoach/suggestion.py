"""A wording that was suggested, and why it may not be shown. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from voicecoach.borrowed_facts import facts_beyond
from voicecoach.scoring.language_of_words import is_not_english_text
from voicecoach.scoring.vocabulary import FUNCTION_WORDS, plain_words, word_set
from voicecoach.speech.transcript import typed_transcript

LONGEST_FOLLOW_UP_WORDS: Final = 40
"""A question that takes longer to say is none an interviewer asks (a judgement)."""

LONGER_AT_MOST: Final = 2
SPARE_WORDS: Final = 8
"""A clearer wording has at most twice the words and these (a judgement): few need room."""

_NOT_PLAIN: Final = frozenset("<>{}[]\\|`~^=@#*_/")
"""Marks of markup, code and addresses."""

_NEGATIONS: Final = word_set(
    "not never no none nothing without cannot nobody nowhere neither nor"
) | {word.replace("'", "") for word in FUNCTION_WORDS if word.endswith("n't")}
"""Words that turn a claim round, "didnt" included; those that end in "n't" do so too."""

LATIN_UP_TO: Final = "\u024f"
"""The last letter of Unicode's Latin blocks."""


class Wish(StrEnum):
    """What is asked of the wording help."""

    WORDING = "wording"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What came of it: a text that says nothing but the person's own, or why there is none.

    `text` is None where it was dropped; `dropped` then says why in one sentence, else it is None.
    """

    wish: Wish
    text: str | None
    dropped: str | None = None


def judged(proposed: str, source: str, own: Sequence[str], *, wish: Wish) -> Suggestion:
    """Return a proposed text as a suggestion, or the reason for which it is dropped.

    Args:
        proposed: what the wording help answered.
        source: the person's text that it is about.
        own: everything of theirs that it may draw on; the source is part of it.
        wish: what was asked for.
    """
    text = " ".join(proposed.split()).strip("\"'\u201c\u201d ")
    reason = _reason(text, source, (source, *own), wish)
    return Suggestion(wish=wish, text=None if reason else text, dropped=reason)


def _reason(text: str, source: str, own: Sequence[str], wish: Wish) -> str | None:
    words = len(plain_words(text))
    if not words:
        return "It was dropped: it says nothing."
    most = (
        LONGEST_FOLLOW_UP_WORDS
        if wish is Wish.FOLLOW_UP
        else LONGER_AT_MOST * len(plain_words(source)) + SPARE_WORDS
    )
    if words > most:
        return f"It was dropped: it has {words} words, far more than yours."
    if marks := _NOT_PLAIN & set(text) - set("".join(own)):
        return f"It was dropped: it is no plain sentence ({' '.join(sorted(marks))})."
    if _is_another_language(text, own):
        return "It was dropped: it is not in your language."
    return _claim_reason(text, source, own, wish)


def _claim_reason(text: str, source: str, own: Sequence[str], wish: Wish) -> str | None:
    """Return the reason that lies in what a text claims, not in how it looks."""
    if beyond := facts_beyond(text, own, everyday=wish is Wish.FOLLOW_UP):
        shown = ", ".join(f"“{one[:40]}”" for one in beyond[:3])
        verb = "does" if len(beyond) == 1 else "do"
        return f"It was dropped: {shown} {verb} not occur in your own words."
    if wish is Wish.WORDING and _negations(text) < _negations(source):
        return "It was dropped: it has fewer words such as “not” than yours, so it may claim more."
    return None


def _negations(text: str) -> int:
    return sum(word.text in _NEGATIONS or word.text.endswith("n't") for word in plain_words(text))


def _is_another_language(text: str, own: Sequence[str]) -> bool:
    theirs = {letter for one in own for letter in one if letter.isalpha() and letter > LATIN_UP_TO}
    if any(letter.isalpha() and letter > LATIN_UP_TO and letter not in theirs for letter in text):
        return True
    return is_not_english_text(typed_transcript(text)) and not is_not_english_text(
        typed_transcript(" ".join(own))
    )
