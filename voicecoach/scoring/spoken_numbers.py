"""Numbers as people say them and as recognisers write them, brought to one value.

"forty percent" is 40%, "one point five million" and "$1.5m" are 1,500,000, "two thousand and
nineteen" and "twenty nineteen" are 2019, "half a million" is 500,000, "the twenty-first" is 21.
The words themselves are read by text2num; this module joins what it leaves apart.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from text_to_num import find_numbers as find_number_words  # type: ignore[attr-defined]

from voicecoach.scoring.vocabulary import word_set

Unit = Literal["", "percent", "money"]

_FACTORS: Final[dict[str, float]] = {
    "dozen": 12,
    "dozens": 12,
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "grand": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
    "b": 1_000_000_000,
}
_SPOKEN_FACTORS: Final = frozenset({"dozen", "hundred", "thousand", "million", "billion"})
_AFTER_NUMBER_ONLY: Final = frozenset({"k", "grand", "m", "mn", "bn", "b"})
_PERCENT: Final = frozenset({"percent", "percentage", "pct"})
_MONEY: Final = word_set(
    """
    dollar dollars pound pounds euro euros quid pence cent cents usd eur gbp
    """
)
_FIRST_CENTURY_SAID: Final = 18
_LAST_CENTURY_SAID: Final = 20
_NOT_A_COUNT: Final = frozenset({"one", "hundreds", "thousands", "millions", "billions"})
"""Said alone, "one" is a pronoun and "hundreds" a manner of speaking."""
_LEAST_ORDINAL: Final = 3
"""First and second are ways of talking ("first we did", "wait a second"), not quantities."""

_DIGITS: Final = re.compile(
    r"(?P<sign>[$£€])?(?P<value>\d[\d,]*(?:\.\d+)?)"
    r"(?P<factor>k|mn?|bn?)?(?P<percent>%)?(?P<ordinal>st|nd|rd|th)?(?P<plural>'?s|x)?"
)


@dataclass(frozen=True, slots=True)
class SpokenNumber:
    """A number in a run of words: its value and unit, and the words that say it.

    `first_word` and `last_word` are inclusive positions. `ordinal` is true for "21st".
    """

    value: float
    unit: Unit
    first_word: int
    last_word: int
    ordinal: bool = False


class _Token:
    """A word as text2num wants it."""

    __slots__ = ("_word",)

    def __init__(self, word: str) -> None:
        self._word = word

    def text(self) -> str:
        return self._word

    def nt_separated(self, previous: "_Token") -> bool:
        del previous
        return False

    def not_a_number_part(self) -> bool:
        return any(letter.isdigit() for letter in self._word)


def find_numbers(words: Sequence[str], *, lone_one: bool = False) -> tuple[SpokenNumber, ...]:
    """Return the numbers in a run of plain words (`vocabulary.plain_words`), in order.

    A lone "one" is a pronoun more often than a count and is left out unless a unit follows
    ("one percent", "one million"); so are "first", "second", "no one" and "the two of us".
    `lone_one` keeps the lone "one", for looking up a 1 that is wanted ("terminal one").
    """
    return tuple(
        number
        for number in _read_numbers(tuple(words))
        if _is_quantity(number, words) or (lone_one and number.value == 1 and not number.ordinal)
    )


@lru_cache(maxsize=1_024)
def _read_numbers(words: tuple[str, ...]) -> tuple[SpokenNumber, ...]:
    """Return all numbers with their units; remembered, as each clause is asked several times."""
    pieces = sorted([*_numbers_in_digits(words), *_numbers_in_words(words)], key=_place)
    joined = _join_years(_join_halves(_join_factors(pieces, words), words))
    return tuple(_with_unit(number, words) for number in joined)


def _place(number: SpokenNumber) -> int:
    return number.first_word


def _numbers_in_digits(words: Sequence[str]) -> list[SpokenNumber]:
    found: list[SpokenNumber] = []
    for position, word in enumerate(words):
        match = _DIGITS.fullmatch(word)
        if match is None:
            continue
        value = float(match["value"].replace(",", "").rstrip("."))
        value *= _FACTORS.get(match["factor"] or "", 1)
        unit: Unit = "percent" if match["percent"] else "money" if match["sign"] else ""
        found.append(SpokenNumber(value, unit, position, position, bool(match["ordinal"])))
    return found


def _numbers_in_words(words: Sequence[str]) -> list[SpokenNumber]:
    if not words:
        return []
    tokens = [
        _Token("," if _parts_numbers(words, place) else word) for place, word in enumerate(words)
    ]
    occurrences = find_number_words(tokens, "en", 0)
    return [
        SpokenNumber(
            float(occurrence.value),
            "",
            occurrence.start,
            occurrence.end - 1,
            occurrence.is_ordinal,
        )
        for occurrence in occurrences
        if not any(letter.isdigit() for letter in words[occurrence.start])
    ]


def _parts_numbers(words: Sequence[str], place: int) -> bool:
    """Tell "twelve and two", which are two numbers, from "a hundred and two", which is one."""
    return words[place] == "and" and place > 0 and words[place - 1] not in _SPOKEN_FACTORS


def _join_factors(pieces: list[SpokenNumber], words: Sequence[str]) -> list[SpokenNumber]:
    """Join "1.5" with "million", "20" with "k", "two" with "dozen"; drop factors left alone."""
    joined: list[SpokenNumber] = []
    for piece in pieces:
        bare = piece.first_word == piece.last_word and words[piece.first_word] in _SPOKEN_FACTORS
        if bare and joined and joined[-1].last_word == piece.first_word - 1:
            last = joined[-1]
            joined[-1] = replace(last, value=last.value * piece.value, last_word=piece.last_word)
            continue
        joined.append(piece)
    result: list[SpokenNumber] = []
    for piece in joined:
        follower = words[piece.last_word + 1] if piece.last_word + 1 < len(words) else ""
        if follower in _AFTER_NUMBER_ONLY or follower in {"dozen", "dozens"}:
            result.append(
                replace(
                    piece, value=piece.value * _FACTORS[follower], last_word=piece.last_word + 1
                )
            )
        else:
            result.append(piece)
    taken = {p for number in result for p in range(number.first_word, number.last_word + 1)}
    result += [
        SpokenNumber(12.0, "", position, position)
        for position, word in enumerate(words)
        if word == "dozen" and position not in taken
    ]
    return sorted(result, key=_place)


def _join_halves(pieces: list[SpokenNumber], words: Sequence[str]) -> list[SpokenNumber]:
    """Read "half a million" and "two and a half (million)"."""
    result: list[SpokenNumber] = []
    skip_until = -1
    for index, piece in enumerate(pieces):
        if piece.first_word <= skip_until:
            continue
        first, last = piece.first_word, piece.last_word
        if words[first] in _SPOKEN_FACTORS and list(words[max(0, first - 2) : first]) == [
            "half",
            "a",
        ]:
            result.append(replace(piece, value=piece.value / 2, first_word=first - 2))
            continue
        if list(words[last + 1 : last + 4]) == ["and", "a", "half"]:
            value, end = piece.value + 0.5, last + 3
            if index + 1 < len(pieces):
                follower = pieces[index + 1]
                alone = follower.first_word == follower.last_word == end + 1
                if alone and words[end + 1] in _SPOKEN_FACTORS:
                    value, end = value * follower.value, end + 1
            skip_until = end
            result.append(replace(piece, value=value, last_word=end))
            continue
        result.append(piece)
    return result


def _join_years(pieces: list[SpokenNumber]) -> list[SpokenNumber]:
    """Read "twenty" "nineteen" as 2019 and "nineteen" "ninety nine" as 1999."""
    result: list[SpokenNumber] = []
    for piece in pieces:
        if (
            result
            and result[-1].last_word == piece.first_word - 1
            and _FIRST_CENTURY_SAID <= result[-1].value <= _LAST_CENTURY_SAID
            and 10 <= piece.value <= 99
            and piece.value.is_integer()
            and not piece.ordinal
            and not piece.unit
        ):
            century = result.pop()
            year = century.value * 100 + piece.value
            result.append(SpokenNumber(year, "", century.first_word, piece.last_word))
        else:
            result.append(piece)
    return result


def _with_unit(number: SpokenNumber, words: Sequence[str]) -> SpokenNumber:
    after = number.last_word + 1
    if after < len(words):
        if words[after] in _PERCENT or words[after] == "%":
            return replace(number, unit="percent", last_word=after)
        if words[after] == "per" and list(words[after + 1 : after + 2]) == ["cent"]:
            return replace(number, unit="percent", last_word=after + 1)
        if words[after] in _MONEY:
            return replace(number, unit="money", last_word=after)
    return number


def _is_quantity(number: SpokenNumber, words: Sequence[str]) -> bool:
    if number.ordinal:
        return number.value >= _LEAST_ORDINAL
    if list(words[number.last_word + 1 : number.last_word + 2]) == ["of"] and set(
        words[number.last_word + 2 : number.last_word + 3]
    ) & {"us", "you", "them"}:
        return False
    alone = number.first_word == number.last_word
    return not (alone and words[number.first_word] in _NOT_A_COUNT)
