"""Coverage: which points of the outline the answer says, and in which words.

A point is looked for in every run of one to four neighbouring clauses. How well a run says it is
a *soft recall*: for each word of the point, the best match among the words of the run by the
cosine of their token vectors in context (an equal stem is a full match, a number matches its
equal only), averaged with weights for rarity. Two further readings steady it: the plain recall of
stems, and the mean of the worst-matched third of the words, so that one well-matched word does
not speak for a point.

Every similarity can be fooled. Guards hold a point back: a list of keywords is not a sentence;
what is denied, planned or merely supposed was not done; a number has to be the same number; one
stretch of words pays for two points at most; words said twice count once.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from voicecoach.scoring.clauses import Clause, split_clauses
from voicecoach.scoring.evidence import Absence, Evidence, Quote
from voicecoach.scoring.result import PointCoverage, PointState
from voicecoach.scoring.spoken_numbers import SpokenNumber, find_numbers
from voicecoach.scoring.vocabulary import (
    FILLED_PAUSES,
    is_content_word,
    is_function_word,
    is_past_form,
    plain_words,
    rarity,
    stem,
)
from voicecoach.speech.contracts import EncodedText, SentenceEncoder
from voicecoach.speech.transcript import Transcript, typed_transcript

SAID_FROM: Final = 0.64
PARTLY_FROM: Final = 0.42
"""Similarity from which a point is said, and from which it is partly said.

Set between what was measured on 39 spoken answers with their outlines (points that were made:
97% at 0.64 and more; points of other people's outlines: 96% below 0.42, 0.1% at 0.64 and more).
On the development data, where texts and points are of one subject and near misses common, "not
heard" is right in 84% of the cases pooled over the four sets, "said" in 63%; there "said" would be
right in 80% from 0.83 on.
"""

MOST_CLAUSES: Final = 4
"""Clauses a point may be spread over: about 30 words, two or three times the length of a point."""

COSINE_OF_CHANCE: Final = 0.2
COSINE_OF_A_MATCH: Final = 0.65
"""Token cosines are stretched from this range to 0-1. Words of unrelated sentences reach 0.2 by
chance; what is alike in meaning stays near 0.65, and only the same word comes closer to 1. On the
development data AUC moves by less than .01 for 0.1-0.3 and 0.6-0.7."""

WORST_CHANCE: Final = 0.1
WORST_MATCH: Final = 0.7
"""The range to which the mean cosine of the worst-matched third is stretched."""

SOFT_SHARE: Final = 0.7
STEM_SHARE: Final = 0.1
WORST_SHARE: Final = 0.2
"""Shares of soft recall, stem recall and worst third in the similarity. A round-number choice,
not a fit: a logistic regression across data sets was no better on the set left out."""

COMMON_WEIGHT: Final = 0.3
"""Weight of the commonest content word; the rarest has 1."""
FUNCTION_WEIGHT: Final = 0.15
"""Weight of a function word: little, but "not" and "before" tell something."""

MATCHED_FROM: Final = 0.45
"""Cosine from which a content word counts as found, and is quoted as evidence."""

LIST_WINDOW: Final = 12
SHORT_LIST: Final = 8
MOST_FUNCTION_WORDS_OF_A_LIST: Final = 1
"""At most 1 function word among 12 is a list: every keyword salad has that, 0.6% of 16,489
windows of genuine text have."""

MOST_POINTS_PER_SPAN: Final = 2
SAME_SPAN_FROM: Final = 0.5
"""Two points share a span when half of the found words of the smaller one are the other's too."""

REPEATED_RUN: Final = 8
"""A run of this many words met a second time is a repetition; it counts once."""

_MILD_NEGATIONS: Final = frozenset({"instead", "without", "rather", "rarely", "hardly", "seldom"})
"""A point with one of these can be said without any negation ("before that it took two days")."""

NUMBER_TOLERANCE: Final = 1e-6
CANDIDATES: Final = 24
"""Runs of clauses examined for guards per point, best first."""

LEVEL_STEPS: Final = (0.2, 0.4, 0.6, 0.8)
"""Weighted share of points from which the level is 2, 3, 4 and 5."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Words:
    """Words ready to compare: plain forms, stems, weights, unit vectors, numbers."""

    texts: tuple[str, ...]
    stems: tuple[str, ...]
    weights: Matrix
    content: NDArray[np.bool_]
    vectors: Matrix
    numbers: tuple[SpokenNumber, ...]

    def number_at(self) -> dict[int, float]:
        """Return the value of the number that each position belongs to."""
        return {
            position: number.value
            for number in self.numbers
            for position in range(number.first_word, number.last_word + 1)
        }


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer ready to be searched.

    `sentences` are the sentence vectors of its clauses, one row each. `word_of` gives the
    transcript word of each plain word, `clause_of` its clause; `starts` is
    where each clause begins among the plain words.
    """

    transcript: Transcript
    clauses: tuple[Clause, ...]
    sentences: Matrix
    words: _Words
    word_of: NDArray[np.intp]
    clause_of: NDArray[np.intp]
    starts: NDArray[np.intp]


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
    transcript: Transcript, outline: Outline, encoder: SentenceEncoder, *, kind: QuestionKind
) -> tuple[PointCoverage, ...]:
    """Judge each point of the outline, in its order.

    Args:
        transcript: the answer; punctuation and filled pauses hardly matter, times are only quoted.
        outline: the points to look for; one without points gives an empty result.
        encoder: turns words into vectors.
        kind: decides which guards hold. Plans and suppositions are what situational questions
            and questions to ask are about, and are held back in technical and motivational
            answers only where the point reports something done.
    """
    if not outline.points:
        return ()
    answer = read_answer(transcript, encoder)
    if answer is None:
        return tuple(_not_heard(point, transcript) for point in outline.points)
    points = _point_words(outline, encoder)
    readings = [
        _read_point(_Point(point, words, kind), matches, answer)
        for point, words, matches in zip(
            outline.points, points, _matches(points, answer), strict=True
        )
    ]
    chosen = _share_out(readings)
    return tuple(
        _coverage(point, reading, answer, transcript)
        for point, reading in zip(outline.points, chosen, strict=True)
    )


def point_similarities(
    answer: ReadAnswer, outline: Outline, encoder: SentenceEncoder
) -> tuple[float, ...]:
    """Return how near the answer comes to each point (0-1), whatever the guards say."""
    points = _point_words(outline, encoder)
    return tuple(
        max(run.similarity for run in _rank_runs(words, *matches, answer))
        for words, matches in zip(points, _matches(points, answer), strict=True)
    )


def coverage_level(points: Sequence[PointCoverage], outline: Outline) -> int:
    """Return the level (1-5): the weighted share of points said (1) or partly said (a half).

    Raises:
        ValueError: the outline has no points; coverage is then absent, not low.
    """
    weights = {point.id: point.weight for point in outline.points}
    total = math.fsum(weights.values())
    if total <= 0:
        raise ValueError("an outline without points has no coverage")
    worth = {PointState.SAID: 1.0, PointState.PARTLY: 0.5, PointState.NOT_HEARD: 0.0}
    share = math.fsum(weights[point.point_id] * worth[point.state] for point in points) / total
    return 1 + sum(share >= step - 1e-9 for step in LEVEL_STEPS)


class _Point:
    """A point ready to be looked for, and what its own words already say about mood."""

    def __init__(self, point: Point, words: "_Words", kind: QuestionKind) -> None:
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


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in plain_words(text) if word.text not in FILLED_PAUSES)


def _words(texts: tuple[str, ...], vectors: Matrix, *, lone_one: bool = False) -> _Words:
    content = np.array([is_content_word(text) for text in texts], dtype=np.bool_)
    weights = np.array(
        [
            COMMON_WEIGHT + (1 - COMMON_WEIGHT) * rarity(text) if is_content else FUNCTION_WEIGHT
            for text, is_content in zip(texts, content, strict=True)
        ],
        dtype=np.float32,
    )
    stems = tuple(stem(text) for text in texts)
    return _Words(texts, stems, weights, content, vectors, find_numbers(texts, lone_one=lone_one))


def _point_words(outline: Outline, encoder: SentenceEncoder) -> list[_Words]:
    texts = [_plain(point.text) or (point.text,) for point in outline.points]
    encoded = encoder([" ".join(words) for words in texts])
    return [
        _words(words, _word_vectors(words, one)) for words, one in zip(texts, encoded, strict=True)
    ]


def _word_vectors(texts: Sequence[str], encoded: EncodedText) -> Matrix:
    """Return a unit vector per word of `" ".join(texts)`: the mean of its word pieces."""
    vectors = np.zeros((len(texts), encoded.states.shape[1]), dtype=np.float32)
    if len(texts) == 0:
        return vectors
    begins = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    owners = np.searchsorted(begins, encoded.spans[:, 0], side="right") - 1
    np.add.at(vectors, owners, encoded.states)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = vectors / np.maximum(lengths, 1e-9)
    return unit


def read_answer(transcript: Transcript, encoder: SentenceEncoder) -> ReadAnswer | None:
    """Return an answer ready to be searched; None where no word was said.

    Repetitions, filled pauses, punctuation and capitals are gone from what is compared.
    """
    kept = _without_repetition(transcript)
    heard = replace(transcript, words=tuple(transcript.words[index] for index in kept))
    clauses: list[Clause] = []
    texts: list[tuple[str, ...]] = []
    word_of: list[int] = []
    clause_of: list[int] = []
    for clause in split_clauses(heard):
        words: list[str] = []
        for index in range(clause.first_word, clause.last_word + 1):
            parts = _plain(heard.words[index].text)
            words += parts
            word_of += [index] * len(parts)
        clause_of += [len(clauses)] * len(words)
        clauses.append(clause)
        texts.append(tuple(words))
    if not word_of:
        return None
    encoded = encoder([" ".join(words) for words in texts])
    vectors = np.concatenate(
        [_word_vectors(words, one) for words, one in zip(texts, encoded, strict=True)]
    )
    everything = tuple(word for words in texts for word in words)
    owners = np.array(clause_of, dtype=np.intp)
    return ReadAnswer(
        transcript=heard,
        clauses=tuple(clauses),
        sentences=np.stack([one.sentence for one in encoded]),
        words=_words(everything, vectors, lone_one=True),
        word_of=np.array(word_of, dtype=np.intp),
        clause_of=owners,
        starts=np.searchsorted(owners, np.arange(len(clauses))).astype(np.intp),
    )


def _without_repetition(transcript: Transcript) -> list[int]:
    """Return the indexes of the words that are not part of a run said word for word before."""
    plain: list[str] = []
    owner: list[int] = []
    for index, word in enumerate(transcript.words):
        for part in _plain(word.text):
            plain.append(part)
            owner.append(index)
    first_seen: dict[tuple[str, ...], int] = {}
    repeated: set[int] = set()
    for position in range(len(plain) - REPEATED_RUN + 1):
        run = tuple(plain[position : position + REPEATED_RUN])
        if first_seen.setdefault(run, position) <= position - REPEATED_RUN:
            repeated.update(range(position, position + REPEATED_RUN))
    dropped = {owner[position] for position in repeated}
    return [index for index in range(len(transcript.words)) if index not in dropped]


def _read_point(
    point: _Point, matches: tuple[Matrix, Matrix], answer: ReadAnswer
) -> list[_Reading]:
    """Return what the runs of clauses say of the point, best first (never empty)."""
    runs = _rank_runs(point.words, *matches, answer)
    return [_judge(run, matches[0], point, answer) for run in runs[:CANDIDATES]]


@dataclass(frozen=True, slots=True)
class _Run:
    """A run of neighbouring clauses and how near it comes to a point."""

    similarity: float
    clauses: range


def _rank_runs(point: _Words, cosines: Matrix, same: Matrix, answer: ReadAnswer) -> list[_Run]:
    """Return the runs of clauses, the one nearest to the point first."""
    best = np.maximum.reduceat(cosines, answer.starts, axis=1)
    stems = np.maximum.reduceat(same, answer.starts, axis=1)
    runs: list[_Run] = []
    run_best, run_stems = best, stems
    for length in range(1, min(MOST_CLAUSES, len(answer.clauses)) + 1):
        if length > 1:
            run_best = np.maximum(run_best[:, :-1], best[:, length - 1 :])
            run_stems = np.maximum(run_stems[:, :-1], stems[:, length - 1 :])
        similarities = _similarities(run_best, run_stems, point)
        runs += [
            _Run(float(value), range(first, first + length))
            for first, value in enumerate(similarities)
        ]
    # Rounded, so that a longer run has to say more to be preferred to a shorter one.
    runs.sort(key=lambda run: (-round(run.similarity, 2), len(run.clauses), run.clauses.start))
    return runs


def _matches(points: Sequence[_Words], answer: ReadAnswer) -> list[tuple[Matrix, Matrix]]:
    """Return for each point how near its words are to the answer's, and which stems are equal.

    Both have a row per word of the point and a column per word of the answer.
    """
    # One product for all points: many small ones cost more in threads than in sums.
    together = np.concatenate([point.vectors for point in points]) @ answer.words.vectors.T
    result: list[tuple[Matrix, Matrix]] = []
    row = 0
    for point in points:
        cosines = together[row : row + len(point.texts)]
        row += len(point.texts)
        same = _same_stems(point, answer.words)
        np.maximum(cosines, same, out=cosines)
        _match_numbers(cosines, same, point, answer.words)
        result.append((cosines, same))
    return result


def _same_stems(point: _Words, answer: _Words) -> Matrix:
    same = np.zeros((len(point.stems), len(answer.stems)), dtype=np.float32)
    places: dict[str, list[int]] = {}
    for position, each in enumerate(answer.stems):
        places.setdefault(each, []).append(position)
    for row, each in enumerate(point.stems):
        same[row, places.get(each, [])] = 1.0
    return same


def _match_numbers(cosines: Matrix, same: Matrix, point: _Words, answer: _Words) -> None:
    """Let a number match its equal and nothing else, however it is worded."""
    values = answer.number_at()
    for row, value in point.number_at().items():
        cosines[row] = same[row] = 0.0
        for position, other in values.items():
            if _equal(value, other):
                cosines[row, position] = same[row, position] = 1.0


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=NUMBER_TOLERANCE)


def _similarities(best: Matrix, stems: Matrix, point: _Words) -> NDArray[np.float64]:
    """Return the similarity (0-1) for each run, a column of `best` cosines per point word."""
    weights = point.weights / point.weights.sum()
    stretched = (best - COSINE_OF_CHANCE) / (COSINE_OF_A_MATCH - COSINE_OF_CHANCE)
    soft = weights @ np.clip(stretched, 0, 1)
    recall = weights @ stems
    worst_words = max(1, len(weights) // 3)
    worst = np.sort(best, axis=0)[:worst_words].mean(axis=0)
    worst = np.clip((worst - WORST_CHANCE) / (WORST_MATCH - WORST_CHANCE), 0, 1)
    mixed: NDArray[np.float64] = (
        SOFT_SHARE * soft + STEM_SHARE * recall + WORST_SHARE * worst
    ).astype(np.float64)
    return mixed


def _judge(ranked: _Run, cosines: Matrix, point: _Point, answer: ReadAnswer) -> _Reading:
    similarity, run = ranked.similarity, ranked.clauses
    in_run = np.flatnonzero((answer.clause_of >= run.start) & (answer.clause_of < run.stop))
    rows = np.flatnonzero(point.words.content)
    if len(rows) == 0:
        rows = np.arange(len(point.words.texts))
    part = cosines[np.ix_(rows, in_run)]
    nearest = part.argmax(axis=1)
    matched = part[np.arange(len(rows)), nearest] >= MATCHED_FROM
    gains: dict[int, float] = {}
    for row, column in zip(rows[matched], nearest[matched], strict=True):
        position = int(in_run[column])
        gains[position] = gains.get(position, 0.0) + float(point.words.weights[row])
    for number in answer.words.numbers:
        if number.first_word in gains:
            for position in range(number.first_word, number.last_word + 1):
                gains.setdefault(position, 0.0)
    found = np.array(sorted(gains), dtype=np.intp)
    weights = np.array([gains[int(position)] for position in found], dtype=np.float32)
    state = _state(similarity) if len(found) else PointState.NOT_HEARD
    guard = None
    if state is not PointState.NOT_HEARD:
        guard = _guard(found, weights, run, point, answer)
        if guard == "list":
            state = PointState.NOT_HEARD
        elif guard is not None:
            state = PointState.PARTLY
    return _Reading(similarity, found, weights, state, guard)


def _state(similarity: float) -> PointState:
    if similarity >= SAID_FROM:
        return PointState.SAID
    return PointState.PARTLY if similarity >= PARTLY_FROM else PointState.NOT_HEARD


def _guard(
    found: NDArray[np.intp], weights: Matrix, run: range, point: _Point, answer: ReadAnswer
) -> str | None:
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


def _numbers_match(run: range, point: _Point, answer: ReadAnswer) -> bool:
    numbers = [
        number.value
        for number in answer.words.numbers
        if answer.clause_of[number.last_word] >= run.start
        and answer.clause_of[number.first_word] < run.stop
    ]
    return all(any(_equal(own.value, value) for value in numbers) for own in point.numbers)


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


_RANK: Final = {PointState.NOT_HEARD: 0, PointState.PARTLY: 1, PointState.SAID: 2}


def _share_out(readings: Sequence[list[_Reading]]) -> list[_Reading]:
    """Choose a reading per point so that no stretch of words pays for more than two points.

    Points choose in the order of their best similarity.
    """
    order = sorted(range(len(readings)), key=lambda number: -_best(readings[number]).similarity)
    chosen: dict[int, _Reading] = {}
    for number in order:
        taken = [set(other.found.tolist()) for other in chosen.values() if _RANK[other.state]]
        free = [one for one in readings[number] if _payers(one, taken) < MOST_POINTS_PER_SPAN]
        best = _best(readings[number])
        best_free = _best(free) if free else None
        if best_free is not None and _RANK[best_free.state] >= min(1, _RANK[best.state]):
            chosen[number] = best_free
        else:
            chosen[number] = replace(best, state=PointState.NOT_HEARD, guard="shared")
    return [chosen[number] for number in range(len(readings))]


def _best(readings: Sequence[_Reading]) -> _Reading:
    """Return the reading with the best state; among equals the first, which is the likest."""
    return max(readings, key=lambda one: _RANK[one.state])


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
