"""What a text claims that is not in a person's own words: numbers, dates, names, deeds. Pure.

Advice may invent no facts, whoever words it. A number counts with its unit however it is written
("forty percent" is "40%"), a name wherever it stands, at the beginning of a sentence too. In doubt
a word counts as a claim: a suggestion that is dropped costs nothing.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from voicecoach.scoring.names import (
    AMBIGUOUS_MONTHS,
    MONTHS,
    PERIODS,
    SEASONS,
    WEEKDAYS,
    find_names,
)
from voicecoach.scoring.spoken_numbers import find_numbers
from voicecoach.scoring.vocabulary import (
    is_common_word,
    is_function_word,
    plain_words,
    stem,
    word_set,
)
from voicecoach.speech.transcript import typed_transcript

_COUNTING: Final = word_set(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred hundreds thousand thousands million millions billion billions dozen dozens score
    first second third fourth fifth sixth seventh eighth ninth tenth half halves quarter quarters
    once twice thrice double doubled doubles doubling triple tripled triples tripling quadruple
    quadrupled single couple pair percent percentage pct grand nil none
    """
)
"""Words that count, and that number reading may take for manners of speaking."""

_DATES: Final = (
    MONTHS
    | AMBIGUOUS_MONTHS
    | WEEKDAYS
    | SEASONS
    | PERIODS
    | word_set("yesterday today tomorrow tonight decade decades weekend fortnight noon midnight")
)
_SIGNS: Final = {"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen"}
_CURRENCIES: Final = {
    **dict.fromkeys(("dollar", "dollars", "usd", "bucks"), "dollars"),
    **dict.fromkeys(("pound", "pounds", "gbp", "quid"), "pounds"),
    **dict.fromkeys(("euro", "euros", "eur"), "euros"),
    **dict.fromkeys(("cent", "cents"), "cents"),
    **dict.fromkeys(("penny", "pence"), "pence"),
    **dict.fromkeys(("yen", "jpy"), "yen"),
}
_ENDS_SENTENCE: Final = re.compile(r"[.?!:;\u2026\n\u2022][\"'\u201d\u2019)]*\s*$")
_MARKS: Final = " \t\n\"'\u201c\u2018(-\u2022*"
_OF_ONESELF: Final = word_set("i i'm i've i'd i'll")


def facts_beyond(text: str, own: Sequence[str], *, everyday: bool = False) -> tuple[str, ...]:
    """Return what a text claims and the person's own words don't hold; empty: it is all theirs.

    Args:
        text: the text looked at.
        own: what the person said or wrote; each text stands alone, so that no number and no name
            comes about where one ends and the next begins.
        everyday: whether common words that are not theirs claim nothing: so in a question put to
            them, while "I was the manager" claims something in words that everybody knows.
    """
    own_words = {word.text for one in own for word in plain_words(one)}
    own_stems = {stem(word) for word in own_words}
    found = [
        *_names_beyond(text, own, own_words, own_stems),
        *_numbers_beyond(text, own, own_words),
        *_unknown_words(text, own_words, own_stems, everyday=everyday),
    ]
    once: dict[str, str] = {}
    for one in found:
        once.setdefault(one.lower(), one)
    return tuple(once.values())


def _numbers_beyond(text: str, own: Sequence[str], own_words: set[str]) -> Iterator[str]:
    theirs = {number for one in own for number in _numbers(one)}
    words = [word.text for word in plain_words(text)]
    covered: set[int] = set()
    for number in find_numbers(words, lone_one=True):
        places = range(number.first_word, number.last_word + 1)
        covered |= set(places)
        if (number.value, number.unit, number.ordinal) not in theirs:
            yield " ".join(words[place] for place in places)
    their_money = {money for one in own for money in _currencies(one)}
    yield from sorted(_currencies(text) - their_money)
    for place, word in enumerate(words):
        counts = word in _COUNTING or word in _DATES or any(c.isdigit() for c in word)
        plural = word.removesuffix("s") in _DATES
        if place not in covered and (counts or plural) and word not in own_words:
            yield word


def _currencies(text: str) -> set[str]:
    """Return which currencies a text names, by word or sign."""
    words = {word.text for word in plain_words(text)}
    signs = {sign for sign in _SIGNS if sign in text}
    return {_SIGNS[sign] for sign in signs} | {_CURRENCIES[one] for one in words & set(_CURRENCIES)}


def _numbers(text: str) -> Iterator[tuple[float, str, bool]]:
    words = [word.text for word in plain_words(text)]
    for number in find_numbers(words, lone_one=True):
        yield number.value, number.unit, number.ordinal


def _names_beyond(
    text: str, own: Sequence[str], own_words: set[str], own_stems: set[str]
) -> Iterator[str]:
    """Give each capitalised word, and each pair of them, that the person did not say or write."""
    pairs = {pair for one in own for pair in pairwise(word.text for word in plain_words(one))}
    capitals = _capitals(text)
    for one in capitals:
        # Only a little word, or another form of one of theirs, may open a sentence in capitals.
        ordinary = (
            one.opens
            and one.written[1:] == one.written[1:].lower()
            and (is_function_word(one.plain) or stem(one.plain) in own_stems)
        )
        if one.plain not in own_words and one.base not in own_words and not ordinary:
            yield one.written
    for first, second in pairwise(capitals):
        beside = text[first.end : second.start] in {" ", "-"} and not first.opens
        if beside and not {(first.plain, second.plain), (first.plain, second.base)} & pairs:
            yield f"{first.written} {second.written}"
    for mention in find_names(typed_transcript(text)):
        yield from (part for part in mention.normal.split() if part not in own_words)


@dataclass(frozen=True, slots=True)
class _Capital:
    """A word with a capital in it: as written, in plain form, and whether it opens a sentence."""

    written: str
    plain: str
    start: int
    end: int
    opens: bool

    @property
    def base(self) -> str:
        return self.plain.removesuffix("'s")


def _capitals(text: str) -> tuple[_Capital, ...]:
    found: list[_Capital] = []
    for word in plain_words(text):
        written, before = text[word.start_char : word.end_char], text[: word.start_char]
        if any(letter.isupper() for letter in written) and word.text not in _OF_ONESELF:
            opens = not before.strip(_MARKS) or bool(_ENDS_SENTENCE.search(before))
            found.append(_Capital(written, word.text, word.start_char, word.end_char, opens))
    return tuple(found)


def _unknown_words(
    text: str, own_words: set[str], own_stems: set[str], *, everyday: bool
) -> Iterator[str]:
    """Give each word that is neither a form of one of theirs nor a little one.

    With `everyday` only rare words, which may be names in small letters, or no English. Numbers
    and currencies are left to those who read them.
    """
    for word in (one.text for one in plain_words(text)):
        counts = word[0].isdigit() or word in _COUNTING or word in _CURRENCIES
        theirs = word in own_words or stem(word) in own_stems
        known = is_function_word(word) or (everyday and is_common_word(word))
        if not (counts or theirs or known):
            yield word
