"""When are two wordings the same question? Pure text, no database.

Exactly the same: equal `fingerprint`s, which ignore case, punctuation, accents' encoding and the
polite filler around a question ("Could you please tell me ...", "So, ..."). Such a question is
met again, not stored twice.

Nearly the same: `likeness` of at least `NEAR_DUPLICATE`. That is a guess, so it is only ever
offered for merging, never done in silence.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

NEAR_DUPLICATE: Final = 76.0
"""Likeness (0–100) from which two questions are offered for merging.

Chosen on the pairs in `tests/bank/test_near_duplicate.py`: rewordings reach it; of the pairs of
different questions only those do that differ in one opposite ("gave" and "received" feedback), and
of the packs' questions among themselves none. Offering one too many costs a glance; not offering
costs a question practised twice.
"""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

_FILLER: Final = tuple(
    tuple(phrase.split())
    for phrase in (
        "so",
        "well",
        "ok",
        "okay",
        "right",
        "now",
        "and",
        "um",
        "uh",
        "please",
        "then",
        "could you please",
        "could you",
        "can you please",
        "can you",
        "would you please",
        "would you mind",
        "would you",
        "will you",
        "let's start",
        "tell me",
        "tell us",
        "just",
        "perhaps",
        "maybe",
        "briefly",
        "i'd like to know",
        "i would like to know",
        "i'd like you to",
        "i would like you to",
        "we'd like to know",
        "we would like you to",
    )
)
"""Openings that carry no meaning. Stripped from the front only, again and again, longest first."""

_FILLER_BY_LENGTH: Final = tuple(sorted(_FILLER, key=len, reverse=True))
_TRAILING_FILLER: Final = frozenset({"please", "then"})

_EMPTY_WORDS: Final = frozenset(
    (
        *("a", "an", "the", "of", "to", "in", "at", "on", "for", "with", "from", "by", "and", "or"),
        *("you", "your", "yours", "me", "us", "our", "we", "i", "it", "is", "are", "was", "were"),
        *("be", "been", "do", "did", "does", "have", "had", "has", "that", "this", "there"),
        *("what", "which", "who", "how", "when", "about", "time", "would", "could", "can", "will"),
        *("describe", "give", "tell", "example", "situation", "share", "one"),
        *("little", "bit", "something", "say", "got", "go", "any", "some", "please", "most"),
    )
)
"""Words that most interview questions share and that therefore say nothing about sameness."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, with apostrophes made plain."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [word.replace("’", "'") for word in _WORD.findall(plain)]


def fingerprint(text: str) -> str:
    """Return the normalised text: equal for wordings that are exactly the same question.

    Idempotent. A text of nothing but filler, or without any letter or digit, is kept as it is
    (lower case, single spaces), so that no two different texts become one by being emptied.
    """
    words = words_of(text)
    if not words:
        return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    kept = _without_filler(words)
    return " ".join(kept or words)


def digest_of(text: str) -> str:
    """Return a digest of the fingerprint: short enough for a unique index, however long the text.

    It is stored. Whoever changes what a fingerprint is writes a migration that renews it.
    """
    return hashlib.sha256(fingerprint(text).encode("utf-8", "replace")).hexdigest()


def likeness(first: str, second: str) -> float:
    """Return how alike two questions are, 0 to 100; 100 for the same fingerprint. Symmetric.

    The mean of how far the telling words agree regardless of order, and how far the whole wordings
    agree; where either has no telling word, the wordings alone decide.
    """
    return _likeness(_wording(first), _wording(second))


def most_alike(text: str, others: Iterable[tuple[str, str]]) -> list[tuple[str, float]]:
    """Return (key, likeness) of those of `others` that are nearly the same, the most alike first.

    Args:
        text: the question looked at.
        others: (key, text) pairs to compare it with.
    """
    wording = _wording(text)
    found = [(key, _likeness(wording, _wording(other))) for key, other in others]
    return sorted(
        ((key, value) for key, value in found if value >= NEAR_DUPLICATE),
        key=lambda pair: (-pair[1], pair[0]),
    )


def telling_words(text: str) -> frozenset[str]:
    """Return the stems of the words that tell one question from another."""
    return frozenset(_wording(text).telling.split())


_SAME_WORD: Final = {
    "previous": "last",
    "biggest": "greatest",
    "largest": "greatest",
    "coworker": "colleague",
    "coworkers": "colleague",
    "boss": "manager",
    "like": "want",
    "deal": "handle",
    "resolved": "solved",
    **dict(
        zip(
            "23456789",
            ["two", "three", "four", "five", "six", "seven", "eight", "nine"],
            strict=True,
        )
    ),
}
"""Words that interviewers use for each other."""


class _Wording:
    """A question as it is compared: its fingerprint, and the words in it that tell it apart."""

    __slots__ = ("fingerprint", "telling")

    def __init__(self, text: str) -> None:
        self.fingerprint = fingerprint(text)
        self.telling = " ".join(
            _stem(_SAME_WORD.get(word, word))
            for word in self.fingerprint.split()
            if word not in _EMPTY_WORDS
        )


@lru_cache(maxsize=20_000)
def _wording(text: str) -> _Wording:
    return _Wording(text)


def _likeness(first: _Wording, second: _Wording) -> float:
    if first.fingerprint == second.fingerprint:
        return 100.0
    wording = fuzz.token_sort_ratio(first.fingerprint, second.fingerprint)
    if not first.telling or not second.telling:
        return min(wording, 99.0)
    telling = fuzz.token_sort_ratio(first.telling, second.telling)
    return min(max(telling, (telling + wording) / 2), 99.0)


def _stem(word: str) -> str:
    """Cut the commonest endings, so that "disagreed" and "disagreement" look alike."""
    for ending in ("ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _without_filler(words: list[str]) -> list[str]:
    start = 0
    while start < len(words):
        for phrase in _FILLER_BY_LENGTH:
            if tuple(words[start : start + len(phrase)]) == phrase:
                start += len(phrase)
                break
        else:
            break
    end = len(words)
    while end > start and words[end - 1] in _TRAILING_FILLER:
        end -= 1
    return words[start:end]
