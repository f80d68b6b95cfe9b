"""An outline read aloud: points word for word, one after the other, instead of an answer.

Somebody who reads their notes out ("My points are. Set up a shared checklist. Trained the ward.
Errors fell by half.") has not answered. A point is *recited* where its own words stand in the
answer in one piece, without a speaker who does it, next to another point that is. "I set up a
shared checklist" is no recital, whatever the outline says, and neither is a point that stands in
word-for-word sentences of its own among others.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.scoring.vocabulary import is_content_word

LIKE_THE_POINT: Final = 0.85
"""Share of a point's words that a recital has in their order (a misheard word in seven is let
pass)."""

NEARLY_LIKE_THE_POINT: Final = 0.65
"""The same where the whole answer is a recital: in a short point a misheard word is a third."""

LIKE_THE_OUTLINE: Final = 0.75
"""Least share of the words of all points of such a recital: a recogniser that mishears one word in
ten leaves .9 of them on average, and of a few words now and then so few."""

FEWEST_WORDS: Final = 2
"""A shorter point is said in passing by anybody ("costs")."""

MOST_WORDS_BETWEEN: Final = 4
"""Most words between two recited points ("and then", "point number two")."""

MOST_OF_THE_ANSWER: Final = 0.6
"""Whole sentences that happen to be the outline's are a recital only where they are so much of the
answer (a judgement): whoever writes their outline in sentences may well say one of them. So are
points that are only nearly word for word."""

FEWEST_SENTENCES: Final = 3
"""Whole sentences in a row that make a recital (a judgement)."""

_SPEAKERS: Final = frozenset({"i", "we", "i'd", "we'd", "i've", "we've", "i'm", "we're"})


@dataclass(frozen=True, slots=True)
class _Found:
    """Where a point stands in the answer (half-open), and how many of its words are there."""

    place: tuple[int, int]
    alike: int


_Placed = tuple[tuple[int, int], int]
"""Where a point stands, and its number."""


def recited_points(
    points: Sequence[Sequence[str]], answer: Sequence[str]
) -> tuple[tuple[int, int] | None, ...]:
    """Return for each point (its plain words) where it is recited among the answer's plain words.

    The ranges are half-open; None where a point is not recited. Points that begin with their own
    speaker ("I told the customer") or have one put before them in the answer count as sentences.
    """
    found = [_nearest(point, answer) for point in points]
    recited: set[int] = set()
    for least in (LIKE_THE_POINT, NEARLY_LIKE_THE_POINT):
        places = sorted(
            (one.place, number)
            for number, one in enumerate(found)
            if one is not None and one.alike >= least * len(points[number])
        )
        for chain in _chains(places):
            if _is_recital(chain, points, found, answer):
                recited.update(number for _, number in chain)
    return tuple(
        one.place if one is not None and number in recited else None
        for number, one in enumerate(found)
    )


def _is_recital(
    chain: Sequence[_Placed],
    points: Sequence[Sequence[str]],
    found: Sequence[_Found | None],
    answer: Sequence[str],
) -> bool:
    """Whether points that follow each other in the answer are read out, or said by heart."""
    numbers = [number for _, number in chain]
    listed = [number for place, number in chain if _is_listed(points[number], place, answer)]
    words = sum(place[1] - place[0] for place, _ in chain)
    most_of_it = words >= MOST_OF_THE_ANSWER * len(answer)
    alike = [one.alike for number in numbers if (one := found[number]) is not None]
    lengths = [len(points[number]) for number in numbers]
    to_the_word = all(
        own >= LIKE_THE_POINT * length for own, length in zip(alike, lengths, strict=True)
    )
    nearly = most_of_it and sum(alike) >= LIKE_THE_OUTLINE * sum(lengths)
    read_out = len(listed) >= 2 and 2 * len(listed) > len(numbers)
    by_heart = most_of_it and len(numbers) >= FEWEST_SENTENCES
    return (to_the_word or nearly) and (read_out or by_heart)


def _chains(places: Sequence[_Placed]) -> list[list[_Placed]]:
    """Group places that follow each other with few words between."""
    chains: list[list[_Placed]] = []
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


def _nearest(point: Sequence[str], answer: Sequence[str]) -> _Found | None:
    """Return where most of a point's words stand in the answer in one piece.

    None for a point that is too short to be recited. Words are compared along the diagonals of the
    table of equal words; a word put in or left out moves on to the neighbouring diagonal once.
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
    if best.max() < length:
        shifted = [(head + np.roll(tail, -shift, axis=1)).max(axis=0) for shift in (-1, 1)]
        moved = np.maximum(*shifted)
        # A diagonal that needs no shift tells the place better.
        best = np.maximum(best, moved - 0.5)
    start = int(best.argmax())
    first = max(0, start - length)
    return _Found((first, min(total, first + length)), math.ceil(best[start]))


def _equal_words(point: Sequence[str], answer: Sequence[str]) -> NDArray[np.float64]:
    words = {word: number for number, word in enumerate(dict.fromkeys([*point, *answer]))}
    rows = np.array([words[word] for word in point])
    columns = np.array([words[word] for word in answer])
    equal: NDArray[np.float64] = (rows[:, None] == columns[None, :]).astype(np.float64)
    return equal
