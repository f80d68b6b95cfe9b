"""A number in a point has to be the same number in the answer, and of the same thing."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from voicecoach.scoring.comparable import ComparableWords, ReadAnswer
from voicecoach.scoring.similarity import same_number
from voicecoach.scoring.spoken_numbers import SpokenNumber
from voicecoach.scoring.vocabulary import stem

SMALL_COUNT: Final = 4
"""A bare count up to here may be left unsaid ("the two terminals"), but not be another number."""


def numbers_agree(
    point: ComparableWords, wanted: Sequence[SpokenNumber], answer: ReadAnswer, run: range
) -> bool:
    """Whether the `wanted` numbers of a point are said in a run of clauses, of the same thing.

    A small bare count may be left out, unless another one stands in its place, in the run or the
    clause beside it ("7 variables" for "2 variables"). Where "six weeks" has become "nine weeks",
    a six elsewhere in the run ("six minutes") counts for nothing.
    """
    texts = answer.words.texts
    both = _both(point.texts)
    wanted = [*wanted, *both]
    said = _numbers_within(answer, run)
    strange = _strangers(said, wanted)
    nearby = _strangers(_numbers_within(answer, range(run.start - 1, run.stop + 1)), wanted)
    for own in wanted:
        same = [one for one in said if same_number(own.value, one.value)]
        follower = _follower(point.texts, own)
        instead = [one for one in strange if _follower(texts, one) == follower]
        replaced = instead or any(follower and _follower(texts, one) == follower for one in nearby)
        # "One of them" and "at least one tool" stand in no number's place.
        other = own not in both and any(one.value != 1 for one in strange)
        if not same and (own.value > SMALL_COUNT or own.unit or own.ordinal or other or replaced):
            return False
        if same and instead and not any(_follower(texts, one) == follower for one in same):
            return False
    told = _from_to(answer.words.texts, said)
    return not any((after, before) in told for before, after in _from_to(point.texts, wanted))


def _both(words: Sequence[str]) -> list[SpokenNumber]:
    """Return the two that "both" of a point is."""
    return [SpokenNumber(2, "", place, place) for place, one in enumerate(words) if one == "both"]


def _numbers_within(answer: ReadAnswer, run: range) -> list[SpokenNumber]:
    return [
        number
        for number in answer.words.numbers
        if answer.clause_of[number.last_word] >= run.start
        and answer.clause_of[number.first_word] < run.stop
    ]


def _strangers(said: Sequence[SpokenNumber], wanted: Sequence[SpokenNumber]) -> list[SpokenNumber]:
    """Return the numbers that the point does not have."""
    known = [number.value for number in wanted]
    return [one for one in said if not any(same_number(one.value, value) for value in known)]


def _follower(words: Sequence[str], number: SpokenNumber) -> str:
    """Return what is counted: the stem of the word behind a number."""
    behind = words[number.last_word + 1 : number.last_word + 2]
    return stem(behind[0]) if behind else ""


def _from_to(words: Sequence[str], numbers: Sequence[SpokenNumber]) -> set[tuple[float, float]]:
    """Return the pairs told as "from 25 minutes to 8"."""
    return {
        (one.value, other.value)
        for one, other in pairwise(numbers)
        if one.value != other.value
        and "from" in words[max(0, one.first_word - 2) : one.first_word]
        and "to" in words[one.last_word + 1 : other.first_word]
    }
