"""Coverage: which points of the outline the answer says, and in which words.

A point is looked for in every run of one to four neighbouring clauses (`similarity`). Its words
weigh by what they tell: rare ones more, those of the question or of the other points less
(`comparable`). How near a run comes is read as a chance and a state (`coverage_calibration`).

Every similarity can be fooled. Guards hold a point back: a list of keywords is not a sentence;
what is denied, planned or merely supposed was not done; a number has to be the same number; one
stretch of words pays for two points at most; words said twice count once.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from voicecoach.scoring.comparable import Matrix, ReadAnswer, point_words, read_answer
from voicecoach.scoring.coverage_calibration import CUT_POINTS, state_of, worth_of
from voicecoach.scoring.coverage_guards import TAINTING, FoundWords, GuardedPoint, guard_against
from voicecoach.scoring.evidence import Absence, Evidence, Quote
from voicecoach.scoring.recital import recited_points
from voicecoach.scoring.result import CutPoints, PointCoverage, PointState
from voicecoach.scoring.rubric import HIGHEST_LEVEL, LOWEST_LEVEL
from voicecoach.scoring.similarity import Run, match_words, rank_runs
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import Transcript

MATCHED_FROM: Final = 0.45
"""Cosine from which a content word counts as found, and is quoted as evidence.

A judgement: words of unrelated sentences reach 0.2, what is alike in meaning stays near 0.65."""

MOST_POINTS_PER_SPAN: Final = 2
SAME_SPAN_FROM: Final = 0.5
"""Two points share a span when half of the found words of the smaller one are the other's too.

A judgement: one sentence may well say two things, but hardly three."""

PIECE_FROM: Final = 0.8
"""Share of its found words from which a reading is a piece of another."""

CANDIDATES: Final = 24
"""Runs of clauses examined for guards per point, best first."""

LEVEL_WIDTH: Final = 0.2
"""Weighted share of points that one level is wide: 2 from 0.2 on, 5 from 0.8 on (a judgement)."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A point read in one run of clauses.

    `found` are the positions of the answer's words that match content words of the point, with
    the matched weight of each in `found_weights`.
    """

    similarity: float
    found: NDArray[np.intp]
    found_weights: Matrix
    state: PointState
    guard: str | None


def cover_outline(
    transcript: Transcript,
    outline: Outline,
    encoder: SentenceEncoder,
    *,
    kind: QuestionKind,
    question_text: str = "",
    cut_points: CutPoints = CUT_POINTS,
) -> tuple[PointCoverage, ...]:
    """Judge each point of the outline, in its order.

    Args:
        transcript: the answer; punctuation and filled pauses hardly matter, times are only quoted.
        outline: the points to look for; one without points gives an empty result.
        encoder: turns words into vectors.
        kind: decides which guards hold. Plans and suppositions are what situational questions
            and questions to ask are about, and are held back in technical and motivational
            answers only where the point reports something done.
        question_text: what was asked; its words tell little when they come back in a point.
        cut_points: the rubric's, or the person's own.
    """
    return _cover(
        transcript,
        outline,
        encoder,
        kind=kind,
        question_text=question_text,
        cut_points=cut_points,
        choose=_share_out,
    )


def cover_points_alone(
    transcript: Transcript,
    outline: Outline,
    encoder: SentenceEncoder,
    *,
    kind: QuestionKind,
    question_text: str = "",
    cut_points: CutPoints = CUT_POINTS,
) -> tuple[PointCoverage, ...]:
    """Judge each point as if it were the only one: a stretch of words may pay for any number.

    For points that are not one person's outline (alternatives, the demands of a job advert, the
    questions of a data set). Otherwise like `cover_outline`.
    """
    return _cover(
        transcript,
        outline,
        encoder,
        kind=kind,
        question_text=question_text,
        cut_points=cut_points,
        choose=lambda readings: [of_point.likest() for of_point in readings],
    )


def _cover(
    transcript: Transcript,
    outline: Outline,
    encoder: SentenceEncoder,
    *,
    kind: QuestionKind,
    question_text: str,
    cut_points: CutPoints,
    choose: "Callable[[list[_Readings]], list[_Reading]]",
) -> tuple[PointCoverage, ...]:
    """Judge each point; `choose` picks one of the readings of each."""
    if not outline.points:
        return ()
    answer = read_answer(transcript, encoder)
    if answer is None:
        return tuple(_not_heard(point, transcript) for point in outline.points)
    points = point_words(outline, encoder, question_text)
    places = recited_points([words.texts for words in points], answer.words.texts)
    recited = [place for place in places if place is not None]
    readings = [
        _Readings(GuardedPoint(point, words, kind, recited), matches, answer, cut_points)
        for point, words, matches in zip(
            outline.points, points, match_words(points, answer), strict=True
        )
    ]
    return tuple(
        _coverage(point, reading, answer, transcript)
        for point, reading in zip(outline.points, choose(readings), strict=True)
    )


def coverage_level(
    points: Sequence[PointCoverage], outline: Outline, cut_points: CutPoints = CUT_POINTS
) -> float:
    """Return the level (1-5) of the weighted share of points said, to two decimals.

    A point counts what `worth_of` says. The level rises evenly with the share, from 1 at none to
    5 at 80% and more, so that whole levels lie at every fifth.

    Raises:
        ValueError: the outline has no points; coverage is then absent, not low.
    """
    weights = {point.id: point.weight for point in outline.points}
    total = math.fsum(weights.values())
    if total <= 0:
        raise ValueError("an outline without points has no coverage")
    worth = (weights[point.point_id] * worth_of(point, cut_points) for point in points)
    share = math.fsum(worth) / total
    return round(min(float(HIGHEST_LEVEL), LOWEST_LEVEL + share / LEVEL_WIDTH), 2)


class _Readings:
    """What the runs of clauses say of one point: nearest first, each judged when it is asked for.

    Most points are settled by the first run or two, and guards cost more than likeness.
    """

    def __init__(
        self,
        point: GuardedPoint,
        matches: tuple[Matrix, Matrix],
        answer: ReadAnswer,
        cut_points: CutPoints,
    ) -> None:
        self._runs = rank_runs(point.words, *matches, answer)[:CANDIDATES]
        self._point, self._cosines, self._answer = point, matches[0], answer
        self._cut_points = cut_points
        self._judged: list[_Reading] = []

    def best(self, allowed: Callable[[_Reading], bool] = lambda _: True) -> _Reading | None:
        """Return the allowed reading with the best state; among equals the first, the likest."""
        found: _Reading | None = None
        for place, run in enumerate(self._runs):
            if found is not None and _RANK[found.state] >= _RANK[self._best_state_from(run)]:
                break
            if place == len(self._judged):
                self._judged.append(_tainted(self._judge(run), self._judged))
            reading = self._judged[place]
            if allowed(reading) and (found is None or _RANK[reading.state] > _RANK[found.state]):
                found = reading
        return found

    def likest(self) -> _Reading:
        """Return the reading with the best state whatever other points take."""
        found = self.best()
        assert found is not None, "an answer with words has a run"
        return found

    def _judge(self, run: Run) -> _Reading:
        return _judge(run, self._cosines, self._point, self._answer, self._cut_points)

    def _best_state_from(self, run: Run) -> PointState:
        """Return the best state that this run or any behind it can have; they rank rounded."""
        return state_of(round(run.similarity, 2) + 0.005, self._cut_points)


def _tainted(reading: _Reading, likelier: Sequence[_Reading]) -> _Reading:
    """Let a guard on a likelier reading hold for a piece of it.

    "I should have disagreed with the manager" is no disagreement, whatever "with the manager"
    comes to by itself.
    """
    own = set(reading.found.tolist())
    for other in likelier:
        if other.guard not in TAINTING or _RANK[other.state] >= _RANK[reading.state]:
            continue
        if len(own & set(other.found.tolist())) >= PIECE_FROM * len(own):
            return replace(reading, state=other.state, guard=other.guard)
    return reading


def _judge(
    ranked: Run, cosines: Matrix, point: GuardedPoint, answer: ReadAnswer, cut_points: CutPoints
) -> _Reading:
    # As it is stored, so that a cut-point fitted to stored figures decides as it did for them.
    similarity, run = round(ranked.similarity, 4), ranked.clauses
    in_run = np.flatnonzero((answer.clause_of >= run.start) & (answer.clause_of < run.stop))
    rows = np.flatnonzero(point.words.content)
    if len(rows) == 0:
        rows = np.arange(len(point.words.texts))
    part = cosines[np.ix_(rows, in_run)]
    nearest = part.argmax(axis=1)
    matched = part[np.arange(len(rows)), nearest] >= MATCHED_FROM
    gains: dict[int, float] = {}
    rows_at: dict[int, set[int]] = {}
    for row, column in zip(rows[matched], nearest[matched], strict=True):
        position = int(in_run[column])
        gains[position] = gains.get(position, 0.0) + float(point.words.weights[row])
        rows_at.setdefault(position, set()).add(int(row))
    for number in answer.words.numbers:
        if number.first_word in gains:
            for position in range(number.first_word, number.last_word + 1):
                gains.setdefault(position, 0.0)
    found = np.array(sorted(gains), dtype=np.intp)
    weights = np.array([gains[int(position)] for position in found], dtype=np.float32)
    state = state_of(similarity, cut_points) if len(found) else PointState.NOT_HEARD
    guard = None
    if state is not PointState.NOT_HEARD:
        words = FoundWords(
            found,
            weights,
            frozenset(place for place, own in rows_at.items() if own & point.denied),
            frozenset(place for place, own in rows_at.items() if own & point.undone),
        )
        hold = guard_against(words, run, point, answer)
        if hold is not None:
            guard = hold.guard
            state = min(state, hold.most, key=_RANK.__getitem__)
    return _Reading(similarity, found, weights, state, guard)


_RANK: Final = {PointState.NOT_HEARD: 0, PointState.PARTLY: 1, PointState.SAID: 2}


def _share_out(readings: Sequence[_Readings]) -> list[_Reading]:
    """Choose a reading per point so that no stretch of words pays for more than two points.

    Points choose in the order of their best similarity.
    """
    likest = [of_point.likest() for of_point in readings]
    chosen: dict[int, _Reading] = {}
    for number in sorted(range(len(readings)), key=lambda number: -likest[number].similarity):
        taken = [set(other.found.tolist()) for other in chosen.values() if _RANK[other.state]]
        free = readings[number].best(lambda one: _payers(one, taken) < MOST_POINTS_PER_SPAN)  # noqa: B023
        best = likest[number]
        if free is not None and _RANK[free.state] >= min(1, _RANK[best.state]):
            chosen[number] = free
        else:
            chosen[number] = replace(best, state=PointState.NOT_HEARD, guard="shared")
    return [chosen[number] for number in range(len(readings))]


def _payers(reading: _Reading, taken: Sequence[set[int]]) -> int:
    own = set(reading.found.tolist())
    return sum(
        bool(own) and len(own & other) >= SAME_SPAN_FROM * min(len(own), len(other))
        for other in taken
        if other
    )


def _coverage(
    point: Point, reading: _Reading, answer: ReadAnswer, transcript: Transcript
) -> PointCoverage:
    evidence: list[Evidence] = []
    if reading.state is not PointState.NOT_HEARD or reading.guard is not None:
        evidence += _quotes(reading, answer)
    if reading.state is PointState.NOT_HEARD:
        evidence.append(_absence(point, transcript))
    return PointCoverage(
        point_id=point.id,
        text=point.text,
        state=reading.state,
        similarity=round(min(1.0, max(0.0, reading.similarity)), 4),
        guard=reading.guard,
        evidence=tuple(evidence),
    )


def _quotes(reading: _Reading, answer: ReadAnswer) -> list[Quote]:
    """Quote from the first to the last found word of each clause; touching clauses join."""
    spans: list[list[int]] = []
    last_clause = -2
    for position in reading.found:
        clause, word = int(answer.clause_of[position]), int(answer.word_of[position])
        if spans and clause - last_clause <= 1:
            spans[-1][1] = word
        else:
            spans.append([word, word])
        last_clause = clause
    words, text = answer.transcript.words, answer.transcript.text
    return [
        Quote(
            quote=text[words[first].start_char : words[last].end_char],
            start_char=words[first].start_char,
            end_char=words[last].end_char,
            start_seconds=words[first].start_seconds,
            end_seconds=words[last].end_seconds,
            transcript_version=answer.transcript.version,
        )
        for first, last in spans
    ]


def _absence(point: Point, transcript: Transcript) -> Absence:
    words = transcript.words
    return Absence(
        looked_for=point.text,
        start_char=0,
        end_char=len(transcript.text),
        start_seconds=words[0].start_seconds if words else None,
        end_seconds=words[-1].end_seconds if words else None,
        transcript_version=transcript.version,
    )


def _not_heard(point: Point, transcript: Transcript) -> PointCoverage:
    return PointCoverage(
        point_id=point.id,
        text=point.text,
        state=PointState.NOT_HEARD,
        similarity=0.0,
        guard=None,
        evidence=(_absence(point, transcript),),
    )
