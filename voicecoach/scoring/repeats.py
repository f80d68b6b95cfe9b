"""Words said again, word for word: they make an answer longer, not fuller.

Long runs and what is said twice at once are told by their words alone. Short sentences recur in
honest speech ("It worked."), so elsewhere they are repeats only beside another one.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from voicecoach.scoring.modality_words import (
    CONDITIONALS,
    CONTRACTED_WOULD,
    FUTURE_WORDS,
    MODALS_OF_THE_UNDONE,
    NEGATORS,
    PLANS,
)
from voicecoach.scoring.vocabulary import word_set

REPEATED_RUN: Final = 8
"""A run of at least so many words that was said before, word for word, is a repeat.

A judgement: shorter runs recur in honest speech ("at the end of the day we")."""

RUN_AT_ONCE: Final = 4
"""A run of at least so many words is a repeat right behind itself ("I went to the, I went to the").

A judgement: three words may be doubled on purpose ("step by step by")."""

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

_OPENERS: Final = word_set(
    "and so then but or well okay ok now yes yeah right um uh er you see look"
)
"""What a sentence may begin with and still be the one said before ("you see, I …")."""

_CONJUNCTIONS: Final = word_set("and so then but or")
"""Left right before a repeat, these join nothing."""

_ANNOUNCING: Final = _OPENERS | word_set(
    """
    again once more repeat repeating myself recap over back to i me you i'll let let's that it this
    the same thing say saying said tell go start just will all as before already earlier mentioned
    told through one time another in summary sum up short
    """
)
"""Of these words a stretch beside a repeat may tell that something is told again, not what."""

_AGAIN: Final = word_set("again more repeat repeating recap before")
_OPENS_ANNOUNCEMENT: Final = word_set("let let's i'll to once as so")


def fresh_positions(words: Sequence[str], ends: Sequence[bool] = ()) -> list[int]:
    """Return the positions of the words (in lower case) that repeat nothing said earlier.

    Repeats are runs of at least `REPEATED_RUN` words that were said before, or of `RUN_AT_ONCE`
    right before; a sentence said twice at once, however short; neighbouring sentences that were
    neighbours before; and what is left between repeats of words that only lead on ("and", "let me
    say that again") or were said before too.

    What denies, plans or supposes something new behind it stays: in "it is not true that in that
    job I …" said of one thing after the other, only the first would be denied without it. Where
    what follows was said before too, or the run before is still there, all of it is told again.

    Args:
        words: the plain words.
        ends: whether a sentence ends behind each word; empty where nobody knows.
    """
    fresh = [False] * len(words)
    for position in _fresh_runs(words):
        fresh[position] = True
    if any(ends):
        _drop_sentences(_sentences(words, ends), words, fresh)
    _drop_left_over(words, fresh)
    return [position for position, kept in enumerate(fresh) if kept]


def _fresh_runs(words: Sequence[str]) -> list[int]:
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
        if length < REPEATED_RUN and (doubled := _length_at_once(words, position)):
            position += doubled
            continue
        end = position + length
        if length < REPEATED_RUN:
            fresh.append(position)
            position += 1
            continue
        at_once = position - length in earlier
        behind = _without_opener(words[end : end + 2 * NEW_BEHIND])[:NEW_BEHIND]
        says_something_new = not at_once and len(behind) > 1 and behind not in seen
        if says_something_new and not _MOODS.isdisjoint(words[position:end]):
            fresh += range(position, end)
        position = end
    return fresh


def _sentences(words: Sequence[str], ends: Sequence[bool]) -> list[range]:
    bounds = [0, *(place + 1 for place in range(len(words) - 1) if ends[place]), len(words)]
    return [range(start, end) for start, end in pairwise(bounds)]


def _drop_sentences(sentences: Sequence[range], words: Sequence[str], fresh: list[bool]) -> None:
    """Mark the words of repeated sentences, and of what only leads on to them, as not fresh."""
    told = [_without_opener(words[one.start : one.stop]) for one in sentences]
    before: dict[tuple[str, ...], list[int]] = {}
    earlier: list[list[int]] = []
    for number, said in enumerate(told):
        earlier.append(list(before.get(said, ())) if said else [])
        before.setdefault(said, []).append(number)
    for number, one in enumerate(sentences):
        at_once = number - 1 in earlier[number]
        if at_once or (
            _beside_another(number, earlier) and not _says_mood_of_news(number, earlier, told)
        ):
            fresh[one.start : one.stop] = [False] * len(one)
    gone = [not any(fresh[one.start : one.stop]) for one in sentences]
    for number, one in enumerate(sentences):
        left = [words[place] for place in one if fresh[place]]
        told_again = len(left) < len(one) or any(gone[max(0, number - 1) : number + 2])
        if left and told_again and _ANNOUNCING.issuperset(left):
            fresh[one.start : one.stop] = [False] * len(one)


def _drop_left_over(words: Sequence[str], fresh: list[bool]) -> None:
    """Mark what is left between two repeats, or behind the last, and says nothing new either."""
    kept = [place for place, one in enumerate(fresh) if one]
    starts = [place for place in kept if place and not fresh[place - 1]]
    for start in starts:
        end = next((place for place in range(start, len(words)) if not fresh[place]), len(words))
        left = _without_opener(words[start:end])
        if _ANNOUNCING.issuperset(left) or (
            _MOODS.isdisjoint(left) and _was_said(left, words[:start])
        ):
            fresh[start:end] = [False] * (end - start)
    for end in range(1, len(words)):
        if fresh[end - 1] and not fresh[end]:
            start = _announcement_before(end, words)
            while start > 0 and fresh[start - 1] and words[start - 1] in _CONJUNCTIONS:
                start -= 1
            fresh[start:end] = [False] * (end - start)


def _announcement_before(end: int, words: Sequence[str]) -> int:
    """Return where "let me say that again" begins right before a repeat; `end` where it doesn't."""
    start = found = end
    while start > 0 and words[start - 1] in _ANNOUNCING:
        start -= 1
        if words[start] in _OPENS_ANNOUNCEMENT:
            found = start
    return found if _AGAIN & set(words[found:end]) else end


def _was_said(run: Sequence[str], words: Sequence[str]) -> bool:
    return f" {' '.join(run)} " in f" {' '.join(words)} "


def _without_opener(sentence: Sequence[str]) -> tuple[str, ...]:
    start = 0
    while start < len(sentence) and sentence[start] in _OPENERS:
        start += 1
    return tuple(sentence[start:])


def _beside_another(number: int, earlier: Sequence[Sequence[int]]) -> bool:
    """Whether a sentence and one beside it were said side by side before, in either order."""
    beside = {
        place
        for other in (number - 1, number + 1)
        if 0 <= other < len(earlier)
        for place in earlier[other]
    }
    return any(abs(place - other) == 1 for place in earlier[number] for other in beside)


def _says_mood_of_news(
    number: int, earlier: Sequence[Sequence[int]], told: Sequence[tuple[str, ...]]
) -> bool:
    """Whether a sentence denies, plans or supposes and a new one follows it."""
    follows = number + 1 < len(told)
    return follows and not earlier[number + 1] and not _MOODS.isdisjoint(told[number])


def _length_at_once(words: Sequence[str], position: int) -> int:
    """Return the length of the run that is said again right behind itself here, 0 if none is."""
    for length in range(RUN_AT_ONCE, REPEATED_RUN):
        before = words[max(0, position - length) : position]
        if len(before) == length and before == words[position : position + length]:
            return length
    return 0


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
