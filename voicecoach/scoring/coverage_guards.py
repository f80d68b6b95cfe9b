"""Guards: what holds a point back that the words alone would grant.

Every similarity can be fooled. A list of keywords is not a sentence; what is denied, planned or
merely supposed was not done; a number has to be the same number.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from question_bank.outline import Point
from question_bank.question import QuestionKind
from voicecoach.scoring.clause_boundaries import Range
from voicecoach.scoring.clauses import Mood, split_clauses
from voicecoach.scoring.comparable import ComparableWords, Matrix, ReadAnswer
from voicecoach.scoring.doers import names_person
from voicecoach.scoring.result import PointState
from voicecoach.scoring.similarity import same_number
from voicecoach.scoring.spoken_numbers import SpokenNumber
from voicecoach.scoring.vocabulary import is_function_word, is_past_form, stem, word_set
from voicecoach.speech.transcript import typed_transcript

HALF: Final = 0.5
"""Share of what was found that a guard must hold for."""

LIST_WINDOW: Final = 12
SHORT_LIST: Final = 8
MOST_FUNCTION_WORDS_OF_A_LIST: Final = 1
"""At most 1 function word among 12 is a list: every keyword salad has that, 0.6% of 16,489
windows of genuine text have."""

_MILD_NEGATIONS: Final = frozenset({"instead", "without", "rather", "rarely", "hardly", "seldom"})
"""A point with one of these can be said without any negation ("before that it took two days")."""


_IMPLICIT_DENIALS: Final = word_set(
    """
    lost lose loses losing lack lacked lacks lacking missing missed absent refused refuses avoided
    avoids prevented prevents stopped stops opted unable failed fails free denied denies rejected
    declined unaffected unchanged before unless out away except only
    """
)
"""Words that may stand for "not": a point that denies can be said with them."""

_JOINERS: Final = word_set("and or the a an then with plus also of")
"""Function words that string keywords together without making a sentence of them."""
MOST_JOINED: Final = 4
"""Function words in all among 12 up to which joined keywords are still a list."""

SMALL_COUNT: Final = 4
"""A bare count up to here may be left unsaid ("the two terminals"), but not be another number."""

DENIED_THROUGHOUT: Final = 0.85
"""Share of what was found that lies in a denial from which a point is not heard at all; below, it
is partly heard (a judgement)."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A guard that holds a point back, and the most that it lets the point be."""

    guard: str
    most: PointState


class GuardedPoint:
    """A point ready to be looked for, and what its own words already say.

    `recited` is the half-open range of the answer's plain words in which the point is read aloud.
    """

    def __init__(
        self,
        point: Point,
        words: ComparableWords,
        kind: QuestionKind,
        recited: tuple[int, int] | None = None,
    ) -> None:
        self.words = words
        self.recited = recited
        texts = words.texts
        clauses = split_clauses(typed_transcript(point.text))
        self.negated = any(clause.negated for clause in clauses)
        self.denies = self.negated and not _MILD_NEGATIONS & set(texts)
        self.not_yet = any(clause.future or clause.conditional for clause in clauses)
        reports = any(is_past_form(word) for word in texts)
        self.must_be_done = kind is QuestionKind.BEHAVIOURAL or (
            reports and kind in {QuestionKind.TECHNICAL, QuestionKind.MOTIVATIONAL}
        )
        self.deed = _own_deed(texts)
        examples = {"as", "like", "eg"}
        self.numbers = tuple(
            number
            for number in self.words.numbers
            if not examples & set(texts[max(0, number.first_word - 3) : number.first_word])
        )


def _own_deed(texts: Sequence[str]) -> str | None:
    """Return the stem of the verb if the point notes a deed of the speaker's own, else None.

    "Told the customer", "I told the customer" and "we told the customer" do; "missed deadlines
    fell" (another verb follows), "asked by my manager" and "the customer was told" do not.
    """
    words = [word for word in texts if not word.endswith("ly")]
    named = bool(words) and words[0] in {"i", "we", "i've", "we've"}
    if named:
        words = words[1:]
    if not words or not is_past_form(words[0]) or words[0] in {"had", "was", "were", "got"}:
        return None
    follower = words[1] if len(words) > 1 else ""
    if follower == "by" or (
        follower == "to" and words[0] in {"asked", "told", "chosen", "promoted"}
    ):
        return None
    if not named:
        for place, word in enumerate(words[1:4], start=1):
            if is_function_word(word) and word not in {"and", "or"}:
                break
            joined = words[place - 1] in {"and", "or"}
            if is_past_form(word) and not joined:
                return None
    return stem(words[0])


def guard_against(
    found: NDArray[np.intp], weights: Matrix, run: range, point: GuardedPoint, answer: ReadAnswer
) -> Hold | None:
    """Return what holds a reading back, or None.

    `found` are the positions of the answer's words that match the point, with the matched weight
    of each in `weights`, within the run of clauses `run`.
    """
    if _is_list(found, weights, answer):
        return Hold("list", PointState.NOT_HEARD)
    if point.recited is not None:
        first, last = point.recited
        inside = math.fsum(weights[(found >= first) & (found < last)])
        if 2 * inside >= math.fsum(weights):
            alone = _reads_notes(point)
            return Hold("recited", PointState.NOT_HEARD if alone else PointState.PARTLY)
    match = _Match(found, weights, run, answer)
    if (denied := _denied(match, point)) is not None:
        return denied
    if point.must_be_done and not point.not_yet:
        if match.holds([clause.plan for clause in match.clauses]):
            return Hold("future", PointState.PARTLY)
        if match.holds([clause.supposition for clause in match.clauses]):
            return Hold("conditional", PointState.PARTLY)
    if _by_another(match, point):
        return Hold("other_person", PointState.PARTLY)
    return None if _numbers_match(run, point, answer) else Hold("number", PointState.PARTLY)


def _reads_notes(point: GuardedPoint) -> bool:
    """Whether a point is a note rather than a sentence of the speaker's."""
    return not {"i", "we"} & set(point.words.texts[:2])


class _Match:
    """What was found of a point: places among the transcript's words, their clauses and weights."""

    def __init__(
        self, found: NDArray[np.intp], weights: Matrix, run: range, answer: ReadAnswer
    ) -> None:
        self.clauses = [answer.clauses[int(answer.clause_of[position])] for position in found]
        self.places = [int(answer.word_of[position]) for position in found]
        self.words = [answer.words.texts[int(position)] for position in found]
        self.stems = [answer.words.stems[int(position)] for position in found]
        self.run = [answer.clauses[number] for number in run]
        self.run_words = [
            answer.words.texts[position]
            for position in np.flatnonzero(
                (answer.clause_of >= run.start) & (answer.clause_of < run.stop)
            )
        ]
        self._weights = weights

    def share(self, ranges: Sequence[Range | None]) -> float:
        """Return the share (0-1) of what was found that lies in its clause's range."""
        inside = [
            weight
            for place, weight, reach in zip(self.places, self._weights, ranges, strict=True)
            if reach is not None and reach[0] <= place <= reach[1]
        ]
        return math.fsum(inside) / max(math.fsum(self._weights), 1e-9)

    def holds(self, moods: Sequence[Mood]) -> bool:
        """Whether a mood is about what was found: half lies in it and it says so of a found word.

        A whole statement that is denied or wished needs no found word as its head.
        """
        if self.share([mood.whole for mood in moods]) >= HALF:
            return True
        heads = {head for mood in moods for head in mood.heads}
        return bool(heads & set(self.places)) and (
            self.share([mood.reach for mood in moods]) >= HALF
        )


def _denied(match: _Match, point: GuardedPoint) -> Hold | None:
    moods = [clause.denial for clause in match.clauses]
    wholly = match.share([mood.whole for mood in moods])
    if wholly >= HALF:
        through = wholly >= DENIED_THROUGHOUT
        return Hold("negation", PointState.NOT_HEARD if through else PointState.PARTLY)
    if not point.negated and match.holds(moods):
        through = match.share([mood.reach for mood in moods]) >= DENIED_THROUGHOUT
        return Hold("negation", PointState.NOT_HEARD if through else PointState.PARTLY)
    if point.denies:
        affirmed = not any(clause.negated for clause in match.run)
        if affirmed and not _IMPLICIT_DENIALS & set(match.run_words):
            return Hold("negation", PointState.PARTLY)
    return None


def _by_another(match: _Match, point: GuardedPoint) -> bool:
    """Whether the speaker's own deed is told as somebody else's."""
    if point.deed is None:
        return False
    doers = {doer for clause in match.clauses for doer in clause.doers}
    if not doers or all(names_person(point.words.texts, doer) for doer in doers):
        return False
    ranges = [clause.others for clause in match.clauses]
    if match.share(ranges) < HALF:
        return False
    same = [number for number, one in enumerate(match.stems) if one == point.deed]
    verbs = same or [number for number, one in enumerate(match.words) if is_past_form(one)]

    def by_others(number: int) -> bool:
        reach = ranges[number]
        return reach is not None and reach[0] <= match.places[number] <= reach[1]

    return all(by_others(number) for number in verbs)


def _numbers_match(run: range, point: GuardedPoint, answer: ReadAnswer) -> bool:
    said = [
        number
        for number in answer.words.numbers
        if answer.clause_of[number.last_word] >= run.start
        and answer.clause_of[number.first_word] < run.stop
    ]
    for own in point.numbers:
        if any(same_number(own.value, number.value) for number in said):
            continue
        small = own.value <= SMALL_COUNT and own.unit == "" and not own.ordinal
        others = [
            number
            for number in said
            if not any(same_number(number.value, known.value) for known in point.numbers)
        ]
        if not small or others:
            return False
    wanted = _from_to(point.words.texts, point.numbers)
    told = _from_to(answer.words.texts, said)
    return not any((after, before) in told for before, after in wanted)


def _from_to(words: Sequence[str], numbers: Sequence[SpokenNumber]) -> set[tuple[float, float]]:
    """Return the pairs told as "from 25 minutes to 8"."""
    return {
        (one.value, other.value)
        for one, other in pairwise(numbers)
        if one.value != other.value
        and "from" in words[max(0, one.first_word - 2) : one.first_word]
        and "to" in words[one.last_word + 1 : other.first_word]
    }


def _is_list(found: NDArray[np.intp], weights: Matrix, answer: ReadAnswer) -> bool:
    """Whether the stretch of 12 words that holds most of what was found lacks function words.

    Of stretches that hold as much, the one with most function words speaks. An answer of 8 to 11
    words is measured alike; in one of 5 to 7 no function word may be there at all. Words that only
    join ("and", "the") make no sentence of a list.
    """
    texts = answer.words.texts
    window = min(LIST_WINDOW, len(texts))
    if window < 5:
        return False
    gains = np.zeros(len(texts) + 1)
    gains[found + 1] = weights
    held = _in_windows(np.cumsum(gains), window)
    fullest = held >= held.max() - 1e-6
    functions = _counted([is_function_word(word) for word in texts], window)[fullest].max()
    telling = _counted([is_function_word(word) and word not in _JOINERS for word in texts], window)[
        fullest
    ].max()
    allowed = MOST_FUNCTION_WORDS_OF_A_LIST if window >= SHORT_LIST else 0
    joined = window == LIST_WINDOW and telling == 0 and functions <= MOST_JOINED
    return bool(functions <= allowed or joined)


def _counted(marks: Sequence[bool], window: int) -> NDArray[np.float64]:
    return _in_windows(np.cumsum([0.0, *map(float, marks)]), window)


def _in_windows(sums: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    in_window: NDArray[np.float64] = sums[window:] - sums[:-window]
    return in_window
