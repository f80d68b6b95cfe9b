"""Words said again, word for word: they make an answer longer, not fuller."""

from collections.abc import Sequence
from typing import Final

from voicecoach.scoring.modality_words import (
    CONDITIONALS,
    CONTRACTED_WOULD,
    FUTURE_WORDS,
    MODALS_OF_THE_UNDONE,
    NEGATORS,
    PLANS,
)

REPEATED_RUN: Final = 8
"""A run of at least so many words that was said before, word for word, is a repeat.

A judgement: shorter runs recur in honest speech ("at the end of the day we")."""

NEW_BEHIND: Final = 3
"""So many words behind a repeated run tell whether something new follows it."""

_MOODS: Final = (
    NEGATORS
    | FUTURE_WORDS
    | PLANS
    | CONDITIONALS
    | CONTRACTED_WOULD
    | MODALS_OF_THE_UNDONE
    | {"no", "false", "wrong", "untrue", "wish", "if"}
)


def fresh_positions(words: Sequence[str]) -> list[int]:
    """Return the positions of the words (in lower case) that repeat no earlier run.

    A repeated run that denies, plans or supposes something new behind it stays: in "it is not true
    that in that job I …" said of one thing after the other, only the first would be denied without
    it. Where what follows was said before too, all of it is told again.
    """
    runs: dict[tuple[str, ...], list[int]] = {}
    seen: set[tuple[str, ...]] = set()
    fresh: list[int] = []
    position = indexed = 0
    while position < len(words):
        while indexed + REPEATED_RUN <= position:
            runs.setdefault(tuple(words[indexed : indexed + REPEATED_RUN]), []).append(indexed)
            seen.add(tuple(words[indexed : indexed + NEW_BEHIND]))
            indexed += 1
        earlier = runs.get(tuple(words[position : position + REPEATED_RUN]), [])
        length = max((_run_length(words, start, position) for start in earlier), default=0)
        end = position + length
        if length < REPEATED_RUN:
            fresh.append(position)
            position += 1
            continue
        behind = tuple(words[end : end + NEW_BEHIND])
        says_something_new = len(behind) > 1 and behind not in seen
        if says_something_new and not _MOODS.isdisjoint(words[position:end]):
            fresh += range(position, end)
        position = end
    return fresh


def _run_length(words: Sequence[str], earlier: int, later: int) -> int:
    """Return how many words from `later` on repeat those from `earlier` on, without overlap."""
    length = 0
    while (
        later + length < len(words)
        and earlier + length < later
        and words[earlier + length] == words[later + length]
    ):
        length += 1
    return length
