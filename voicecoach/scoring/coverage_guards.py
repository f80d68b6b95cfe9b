"""Guards: what holds a point back that the words alone would grant.

Every similarity can be fooled. A list of keywords is not a sentence; what is denied, planned or
merely supposed was not done; a number has to be the same number.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from question_bank.outline import Point
from question_bank.question import QuestionKind
from voicecoach.scoring.clause_boundaries import Range
from voicecoach.scoring.clauses import Clause, Mood, split_clauses
from voicecoach.scoring.comparable import ComparableWords, Matrix, ReadAnswer
from voicecoach.scoring.doers import names_person
from voicecoach.scoring.keyword_list import is_list
from voicecoach.scoring.number_agreement import numbers_agree
from voicecoach.scoring.result import PointState
from voicecoach.scoring.vocabulary import (
    FILLED_PAUSES,
    is_content_word,
    is_function_word,
    is_past_form,
    plain_words,
    stem,
    word_set,
)
from voicecoach.speech.transcript import typed_transcript

_WORDS_OF_AN_OPENING: Final = 3
"""Words within which a point that is itself a plan says so ("I wanted to …", "If sales fall …")."""

HALF: Final = 0.5
"""Share of what was found that a guard must hold for."""

_MILD_NEGATIONS: Final = frozenset({"instead", "without", "rather", "rarely", "hardly", "seldom"})
"""A point with one of these can be said without any negation ("before that it took two days")."""


_IMPLICIT_DENIALS: Final = word_set(
    """
    lost lose loses losing lack lacked lacks lacking missing missed absent refused refuses avoided
    avoids prevented prevents stopped stops opted unable failed fails free denied denies rejected
    declined unaffected unchanged before until unless out away except only absence
    against wrong mistake oppose opposed opposes
    """
)
"""Words that may stand for "not": a point that denies can be said with them."""

_DENYING: Final = word_set(
    """
    ineffective unfair unjust unable unsafe unnecessary impossible inhumane inadequate unreliable
    unhealthy unequal useless lack lacks lacked fails failed
    """
)
"""Words by which a point denies without a "not": a text may word it with one."""

_ALSO_INSTRUCTIONS: Final = word_set("set put cut let hit shut read split quit spread cost")
"""Past forms that are the base form too."""

TAINTING: Final = frozenset(
    {"list", "recited", "negation", "future", "conditional", "other_person"}
)
"""Guards that also hold for a part of the words they were found for."""

DENIED_THROUGHOUT: Final = 0.85
"""Share of what was found that lies in a denial from which a point is not heard at all; below, it
is partly heard (a judgement)."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A guard that holds a point back, and the most that it lets the point be."""

    guard: str
    most: PointState


@dataclass(frozen=True, slots=True)
class FoundWords:
    """The answer's words that match a point: their positions, in order, and the weight of each.

    At the positions `denied_in_point` and `undone_in_point` the point denies, or plans or supposes,
    the word itself.
    """

    positions: NDArray[np.intp]
    weights: Matrix
    denied_in_point: frozenset[int]
    undone_in_point: frozenset[int]


class GuardedPoint:
    """A point ready to be looked for, and what its own words already say.

    `recited` are the half-open ranges of the answer's plain words in which the outline is read
    aloud; asking the questions of one's outline is what a question to ask is about.
    """

    def __init__(
        self,
        point: Point,
        words: ComparableWords,
        kind: QuestionKind,
        recited: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.words = words
        self.recited = () if kind is QuestionKind.TO_ASK else tuple(recited)
        texts = words.texts
        clauses = split_clauses(typed_transcript(point.text))
        negated = any(clause.negated for clause in clauses)
        plain = _owners(point.text)
        self.denied = _inside(plain, [clause.negation for clause in clauses])
        self.undone = _inside(plain, [clause.futurity for clause in clauses]) | _inside(
            plain, [clause.condition for clause in clauses]
        )
        self.denies = negated and not _MILD_NEGATIONS & set(texts)
        self.negated = _is_denial(point.text, clauses) or bool(_DENYING & set(texts))
        self.not_yet = _opens_undone(clauses[0]) if clauses else False
        self.deed = _own_deed(texts, told=kind is QuestionKind.BEHAVIOURAL)
        self.must_be_done = kind is QuestionKind.BEHAVIOURAL or (
            self.deed is not None and kind in {QuestionKind.TECHNICAL, QuestionKind.MOTIVATIONAL}
        )
        examples = {"as", "like", "eg"}
        self.numbers = tuple(
            number
            for number in self.words.numbers
            if not examples & set(texts[max(0, number.first_word - 3) : number.first_word])
        )


def _owners(text: str) -> list[int]:
    """Return for each plain word of a text which of its words it belongs to."""
    return [
        number
        for number, word in enumerate(typed_transcript(text).words)
        for part in plain_words(word.text)
        if part.text not in FILLED_PAUSES
    ]


def _inside(owners: Sequence[int], ranges: Sequence[Range | None]) -> frozenset[int]:
    """Return the positions of the plain words that lie in one of the ranges of words."""
    return frozenset(
        position
        for position, number in enumerate(owners)
        if any(reach is not None and _within(reach, number) for reach in ranges)
    )


def _is_denial(text: str, clauses: Sequence[Clause]) -> bool:
    """Whether a point opens with a denial or holds at least half of its content words in one."""
    words = typed_transcript(text).words
    content = [
        number
        for number, word in enumerate(words)
        if any(is_content_word(part.text) for part in plain_words(word.text))
    ]
    denied = [
        number
        for number in content
        if any(clause.negation and _within(clause.negation, number) for clause in clauses)
    ]
    return bool(denied) and (denied[0] == content[0] or len(denied) >= HALF * len(content))


def _within(reach: Range, place: int) -> bool:
    return reach[0] <= place <= reach[1]


def _opens_undone(clause: Clause) -> bool:
    """Whether a point is itself a plan or supposition from its first words on."""
    opening = clause.first_word + _WORDS_OF_AN_OPENING
    return any(
        reach is not None and reach[0] < opening for reach in (clause.futurity, clause.condition)
    )


def _own_deed(texts: Sequence[str], *, told: bool) -> str | None:
    """Return the stem of the verb if the point notes a deed of the speaker's own, else None.

    "Told the customer", "I told the customer" and "we told the customer" do; "missed deadlines
    fell" (another verb follows), "asked by my manager" and "the customer was told" do not.
    Outside a story (`told`), "set up the dishes" is an instruction.
    """
    words = [word for word in texts if not word.endswith("ly")]
    named = bool(words) and words[0] in {"i", "we", "i've", "we've"}
    if named:
        words = words[1:]
    if not words or not is_past_form(words[0]) or words[0] in {"had", "was", "were", "got"}:
        return None
    if not told and not named and words[0] in _ALSO_INSTRUCTIONS:
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
    found: FoundWords, run: range, point: GuardedPoint, answer: ReadAnswer
) -> Hold | None:
    """Return what holds back what was found of a point within a run of clauses, or None."""
    positions, weights = found.positions, found.weights
    if is_list(positions, weights, answer.words.texts):
        return Hold("list", PointState.NOT_HEARD)
    read_out = np.zeros(len(positions), dtype=np.bool_)
    for first, last in point.recited:
        read_out |= (positions >= first) & (positions < last)
    if math.fsum(weights[read_out]) > HALF * math.fsum(weights):
        return Hold("recited", PointState.NOT_HEARD if _is_note(point) else PointState.PARTLY)
    match = _Match(found, run, answer)
    hold = _denied(match, point) or _undone(match, point)
    if hold is None and _by_another(match, point):
        hold = Hold("other_person", PointState.PARTLY)
    if hold is None and not numbers_agree(point.words, point.numbers, answer, run):
        hold = Hold("number", PointState.PARTLY)
    return hold


def _is_note(point: GuardedPoint) -> bool:
    """Whether a point is a note rather than a sentence of the speaker's."""
    return not {"i", "we"} & set(point.words.texts[:2])


class _Match:
    """What was found of a point: places among the transcript's words, their clauses and weights."""

    def __init__(self, found: FoundWords, run: range, answer: ReadAnswer) -> None:
        positions = found.positions.tolist()
        self.clauses = [answer.clauses[int(answer.clause_of[one])] for one in positions]
        self.places = [int(answer.word_of[one]) for one in positions]
        self.words = [answer.words.texts[one] for one in positions]
        self.stems = [answer.words.stems[one] for one in positions]
        self.run = [answer.clauses[number] for number in run]
        self.run_words = [
            answer.words.texts[position]
            for position in np.flatnonzero(
                (answer.clause_of >= run.start) & (answer.clause_of < run.stop)
            )
        ]
        self._weights = found.weights
        # Denied here and in the point, or twice here and not in the point, is no contradiction.
        self.agreeing = frozenset(
            place
            for position, place, clause in zip(positions, self.places, self.clauses, strict=True)
            if (position in found.denied_in_point) != (place in clause.denial.twice)
        )
        self.undone_in_point = frozenset(
            place
            for position, place in zip(positions, self.places, strict=True)
            if position in found.undone_in_point
        )

    def share(self, ranges: Sequence[Range | None]) -> float:
        """Return the share (0-1) of what was found that lies in its clause's range."""
        return self._share(ranges, frozenset(), self._weights)

    def share_besides(self, ranges: Sequence[Range | None], besides: frozenset[int]) -> float:
        """Return the same of what was found at other places than `besides`; 0 if nothing was."""
        others = [
            weight
            for place, weight in zip(self.places, self._weights, strict=True)
            if place not in besides
        ]
        return self._share(ranges, besides, others)

    def _share(
        self, ranges: Sequence[Range | None], besides: frozenset[int], of: Iterable[float]
    ) -> float:
        inside = [
            weight
            for place, weight, reach in zip(self.places, self._weights, ranges, strict=True)
            if reach is not None and _within(reach, place) and place not in besides
        ]
        return math.fsum(inside) / max(math.fsum(of), 1e-9)

    def whole_share(self, moods: Sequence[Mood], besides: frozenset[int]) -> float:
        """Return the share (0-1) of all that was found that lies in whole statements.

        The places `besides` count as outside: who does not think that the ring would stick denies
        the sticking, not the ring.
        """
        return self._share([mood.whole for mood in moods], besides, self._weights)

    def share_at(self, places: Sequence[frozenset[int]]) -> float:
        """Return the share (0-1) of what was found that lies at its clause's places."""
        inside = [
            weight
            for place, weight, ones in zip(self.places, self._weights, places, strict=True)
            if place in ones
        ]
        return math.fsum(inside) / max(math.fsum(self._weights), 1e-9)

    def holds(self, moods: Sequence[Mood], besides: frozenset[int] = frozenset()) -> bool:
        """Whether a mood is about what was found: half lies in it and it says so of a found word.

        A whole statement that is denied or wished needs no found word as its head. The places
        `besides` count for nothing.
        """
        if self.share_besides([mood.whole for mood in moods], besides) >= HALF:
            return True
        heads = {head for mood in moods for head in mood.heads} - besides
        return bool(heads & set(self.places)) and (
            self.share_besides([mood.reach for mood in moods], besides) >= HALF
        )


def _denied(match: _Match, point: GuardedPoint) -> Hold | None:
    moods = [clause.denial for clause in match.clauses]
    wholly = match.whole_share(moods, match.agreeing)
    if wholly >= HALF:
        through = wholly >= DENIED_THROUGHOUT
        return Hold("negation", PointState.NOT_HEARD if through else PointState.PARTLY)
    if not point.negated and match.holds(moods, match.agreeing):
        reaches = [mood.reach for mood in moods]
        through = match.share_besides(reaches, match.agreeing) >= DENIED_THROUGHOUT
        return Hold("negation", PointState.NOT_HEARD if through else PointState.PARTLY)
    if point.denies:
        affirmed = not any(clause.negated for clause in match.run)
        otherwise = _IMPLICIT_DENIALS - set(point.words.texts)
        if affirmed and not otherwise & set(match.run_words):
            return Hold("negation", PointState.PARTLY)
    return None


def _undone(match: _Match, point: GuardedPoint) -> Hold | None:
    if point.not_yet or not point.must_be_done:
        return None
    besides = match.undone_in_point
    if match.holds([clause.plan for clause in match.clauses], besides):
        return Hold("future", PointState.PARTLY)
    if match.holds([clause.supposition for clause in match.clauses], besides):
        return Hold("conditional", PointState.PARTLY)
    return None


def _by_another(match: _Match, point: GuardedPoint) -> bool:
    """Whether the speaker's own deed is told as somebody else's."""
    if point.deed is None:
        return False
    doers = {doer for clause in match.clauses for doer in clause.doers}
    if not doers or all(names_person(point.words.texts, doer) for doer in doers):
        return False
    if match.share_at([clause.others for clause in match.clauses]) < HALF:
        return False
    same = [number for number, one in enumerate(match.stems) if one == point.deed]
    verbs = same or [number for number, one in enumerate(match.words) if is_past_form(one)]
    return all(match.places[number] in match.clauses[number].others for number in verbs)
