"""An outline read aloud: points word for word, one after the other, instead of an answer.

Somebody who reads their notes out ("My points are. Set up a shared checklist. Trained the ward.
Errors fell by half.") has not answered. A point is *recited* where its own words stand in the
answer in one piece, without a speaker who does it, next to another point that is. "I set up a
shared checklist" is no recital, whatever the outline says, and neither is a point that stands in
word-for-word sentences of its own among others.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.scoring.vocabulary import is_content_word

LIKE_THE_POINT: Final = 0.85
"""Share of a point's words that a recital has in their order (a misheard word in seven is let
pass)."""

FEWEST_WORDS: Final = 2
"""A shorter point is said in passing by anybody ("costs")."""

MOST_WORDS_BETWEEN: Final = 4
"""Most words between two recited points ("and then", "point number two")."""

MOST_OF_THE_ANSWER: Final = 0.6
"""Whole sentences that happen to be the outline's are a recital only where they are so much of the
answer (a judgement): whoever writes their outline in sentences may well say one of them."""

FEWEST_SENTENCES: Final = 3
"""Whole sentences in a row that make a recital (a judgement)."""

_SPEAKERS: Final = frozenset({"i", "we", "i'd", "we'd", "i've", "we've", "i'm", "we're"})


def recited_points(
    points: Sequence[Sequence[str]], answer: Sequence[str]
) -> tuple[tuple[int, int] | None, ...]:
    """Return for each point (its plain words) where it is recited among the answer's plain words.

    The ranges are half-open; None where a point is not recited. Points that begin with their own
    speaker ("I told the customer") or have one put before them in the answer count as sentences.
    """
    found = [_verbatim(point, answer) for point in points]
    places = sorted((place, number) for number, place in enumerate(found) if place is not None)
    recited: set[int] = set()
    for chain in _chains(places):
        numbers = [number for _, number in chain]
        listed = [number for place, number in chain if _is_listed(points[number], place, answer)]
        words = sum(place[1] - place[0] for place, _ in chain)
        read_out = len(listed) >= 2 and 2 * len(listed) > len(numbers)
        by_heart = len(numbers) >= FEWEST_SENTENCES and words >= MOST_OF_THE_ANSWER * len(answer)
        if read_out or by_heart:
            recited.update(numbers)
    return tuple(place if number in recited else None for number, place in enumerate(found))


def _chains(
    places: Sequence[tuple[tuple[int, int], int]],
) -> list[list[tuple[tuple[int, int], int]]]:
    """Group places that follow each other with few words between."""
    chains: list[list[tuple[tuple[int, int], int]]] = []
    for place, number in places:
        gap = place[0] - chains[-1][-1][0][1] if chains else 0
        if chains and -1 <= gap <= MOST_WORDS_BETWEEN:
            chains[-1].append((place, number))
        elif not chains or gap >= -1:
            chains.append([(place, number)])
    return [chain for chain in chains if len(chain) > 1]


def _is_listed(point: Sequence[str], place: tuple[int, int], answer: Sequence[str]) -> bool:
    """Whether a point stands there as a note: without a speaker of its own or right before it."""
    before = answer[max(0, place[0] - 2) : place[0]]
    return not (_SPEAKERS & set(point[:2]) or _SPEAKERS & set(before))


def _verbatim(point: Sequence[str], answer: Sequence[str]) -> tuple[int, int] | None:
    """Return where a point's words stand in the answer in one piece, None where they don't.

    Words are compared along the diagonals of the table of equal words; a word put in or left out
    moves on to the neighbouring diagonal once.
    """
    length, total = len(point), len(answer)
    if length < FEWEST_WORDS or total < length or not any(map(is_content_word, point)):
        return None
    equal = _equal_words(point, answer)
    padded = np.zeros((length, total + 2 * length), dtype=np.float64)
    padded[:, length : length + total] = equal
    # along[k, d]: whether word k of the point is word d + k - length of the answer.
    along = np.stack([padded[k, k : k + total + length] for k in range(length)])
    head = np.concatenate([np.zeros((1, along.shape[1])), np.cumsum(along, axis=0)])
    tail = head[-1] - head
    best = head[-1]
    if best.max() < LIKE_THE_POINT * length:
        shifted = [(head + np.roll(tail, -shift, axis=1)).max(axis=0) for shift in (-1, 1)]
        best = np.maximum(*shifted)
    start = int(best.argmax())
    if best[start] < LIKE_THE_POINT * length:
        return None
    first = max(0, start - length)
    return first, min(total, first + length)


def _equal_words(point: Sequence[str], answer: Sequence[str]) -> NDArray[np.float64]:
    words = {word: number for number, word in enumerate(dict.fromkeys([*point, *answer]))}
    rows = np.array([words[word] for word in point])
    columns = np.array([words[word] for word in answer])
    equal: NDArray[np.float64] = (rows[:, None] == columns[None, :]).astype(np.float64)
    return equal
