"""How many words a written word takes to say: "$250" is "two hundred and fifty dollars", not one.

Recognisers write numbers in digits. Counted as one word each they would make an answer full of
figures sound slow. A number is counted as it is most often said, without "and"; a word joined by
hyphens counts by its parts; letters said one by one ("API") count as one word, as they do in the
transcripts that the pace's levels come from.
"""

import re
from collections.abc import Sequence
from typing import Final

from voicecoach.scoring.content import plain
from voicecoach.speech.transcript import Word

_NUMBER: Final = re.compile(
    r"(?P<sign>[$£€])?(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<after>%|k|mn?|bn?|x)?(?:'?s|st|nd|rd|th)?"
)
_JOINTS: Final = re.compile(r"[-–—/:]")
_SPELLED: Final = 7
"""So many digits in a row are a telephone or account number, said digit by digit."""


def spoken_words(words: Sequence[Word]) -> int:
    """Return how many words these words take to say."""
    return sum(spoken_length(word.text) for word in words)


def spoken_length(text: str) -> int:
    """Return how many words one written word takes to say; at least 1."""
    parts = [part for part in _JOINTS.split(plain(text)) if part]
    return max(1, sum(_part_length(part) for part in parts))


def _part_length(part: str) -> int:
    match = _NUMBER.fullmatch(part)
    if match is None:
        return 1
    digits = match["whole"].replace(",", "")
    length = _digits_length(digits, is_plain=match["whole"] == digits and not match["sign"])
    if match["part"]:
        money = match["sign"] is not None and len(match["part"]) == 2
        length += _cardinal_length(int(match["part"])) if money else 1 + len(match["part"])
    return length + (match["sign"] is not None) + (match["after"] is not None)


def _digits_length(digits: str, *, is_plain: bool) -> int:
    """Count a run of digits: a year in pairs, a long or zero-led run by digits, else a number."""
    value = int(digits)
    if len(digits) > 1 and (digits[0] == "0" or (is_plain and len(digits) >= _SPELLED)):
        return len(digits)
    if is_plain and len(digits) == 4 and 1100 <= value < 2100 and not 2000 <= value < 2010:
        return _cardinal_length(value // 100) + max(1, _cardinal_length(value % 100))
    return max(1, _cardinal_length(value))


def _cardinal_length(value: int) -> int:
    """Count the words of a number in English, "and" left out; 0 has none."""
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        scale = 1 if thousands % 1000 else 0  # "thousand", or no word: the next scale names it
        return _cardinal_length(thousands) + scale + _cardinal_length(rest)
    hundreds, rest = divmod(value, 100)
    length = 2 if hundreds else 0
    if rest >= 20:
        return length + 1 + (rest % 10 > 0)
    return length + (rest > 0)
