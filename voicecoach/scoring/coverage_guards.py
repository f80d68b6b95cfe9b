"""Guards: what holds a point back that the words alone would grant.

Every similarity can be fooled. A list of keywords is not a sentence; what is denied, planned or
merely supposed was not done; a number has to be the same number.
"""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from question_bank.outline import Point
from question_bank.question import QuestionKind
from voicecoach.scoring.clauses import split_clauses
from voicecoach.scoring.comparable import ComparableWords, Matrix, ReadAnswer
from voicecoach.scoring.similarity import same_number
from voicecoach.scoring.vocabulary import is_function_word, is_past_form
from voicecoach.speech.transcript import typed_transcript

LIST_WINDOW: Final = 12
SHORT_LIST: Final = 8
MOST_FUNCTION_WORDS_OF_A_LIST: Final = 1
"""At most 1 function word among 12 is a list: every keyword salad has that, 0.6% of 16,489
windows of genuine text have."""

_MILD_NEGATIONS: Final = frozenset({"instead", "without", "rather", "rarely", "hardly", "seldom"})
"""A point with one of these can be said without any negation ("before that it took two days")."""


class GuardedPoint:
    """A point ready to be looked for, and what its own words already say about mood."""

    def __init__(self, point: Point, words: ComparableWords, kind: QuestionKind) -> None:
        self.words = words
        texts = words.texts
        clauses = split_clauses(typed_transcript(point.text))
        self.negated = any(clause.negated for clause in clauses)
        self.denies = self.negated and not _MILD_NEGATIONS & set(texts)
        self.not_yet = any(clause.future or clause.conditional for clause in clauses)
        reports = any(is_past_form(word) for word in texts)
        self.must_be_done = kind is QuestionKind.BEHAVIOURAL or (
            reports and kind in {QuestionKind.TECHNICAL, QuestionKind.MOTIVATIONAL}
        )
        examples = {"as", "like", "eg"}
        self.numbers = tuple(
            number
            for number in self.words.numbers
            if not examples & set(texts[max(0, number.first_word - 3) : number.first_word])
        )


def guard_against(
    found: NDArray[np.intp], weights: Matrix, run: range, point: GuardedPoint, answer: ReadAnswer
) -> str | None:
    """Return the name of the guard that holds a reading back, or None.

    `found` are the positions of the answer's words that match the point, with the matched weight
    of each in `weights`, within the run of clauses `run`.
    """
    if _is_list(found, weights, answer):
        return "list"
    clauses = [answer.clauses[int(answer.clause_of[position])] for position in found]
    places = [int(answer.word_of[position]) for position in found]

    def held(ranges: list[tuple[int, int] | None]) -> bool:
        """Whether at least half of what was found lies in such ranges."""
        inside = [
            weight
            for place, weight, reach in zip(places, weights, ranges, strict=True)
            if reach is not None and reach[0] <= place <= reach[1]
        ]
        return 2 * math.fsum(inside) >= math.fsum(weights)

    denied = held([clause.negation for clause in clauses])
    affirmed = not any(answer.clauses[number].negated for number in run)
    disowned = denied and any(clause.disowned for clause in clauses)
    if (denied and not point.negated) or (affirmed and point.denies) or disowned:
        return "negation"
    if point.must_be_done and not point.not_yet:
        if held([clause.futurity for clause in clauses]):
            return "future"
        if held([clause.condition for clause in clauses]):
            return "conditional"
    return None if _numbers_match(run, point, answer) else "number"


def _numbers_match(run: range, point: GuardedPoint, answer: ReadAnswer) -> bool:
    numbers = [
        number.value
        for number in answer.words.numbers
        if answer.clause_of[number.last_word] >= run.start
        and answer.clause_of[number.first_word] < run.stop
    ]
    return all(any(same_number(own.value, value) for value in numbers) for own in point.numbers)


def _is_list(found: NDArray[np.intp], weights: Matrix, answer: ReadAnswer) -> bool:
    """Whether the stretch of 12 words that holds most of what was found lacks function words.

    Of stretches that hold as much, the one with most function words speaks. An answer of 8 to 11
    words is measured alike; in one of 5 to 7 no function word may be there at all.
    """
    total = len(answer.words.texts)
    window = min(LIST_WINDOW, total)
    if window < 5:
        return False
    gains = np.zeros(total + 1)
    gains[found + 1] = weights
    held = np.cumsum(gains)
    functions = np.cumsum([0, *map(is_function_word, answer.words.texts)])
    in_window = held[window:] - held[:-window]
    function_words = functions[window:] - functions[:-window]
    fullest = in_window >= in_window.max() - 1e-6
    allowed = MOST_FUNCTION_WORDS_OF_A_LIST if window >= SHORT_LIST else 0
    return bool(function_words[fullest].max() <= allowed)
