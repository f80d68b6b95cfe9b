"""Ways to tell whether a text says a point: the product's own, and simple ones beside it."""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from rapidfuzz import fuzz

from benchmarks.coverage_cases import Case
from benchmarks.ranking import Numbers, Truths
from question_bank.outline import Outline, Point
from question_bank.question import QuestionKind
from voicecoach.scoring.coverage import cover_points_alone
from voicecoach.scoring.coverage_calibration import chance_said
from voicecoach.scoring.result import PointCoverage, PointState
from voicecoach.scoring.vocabulary import is_content_word, plain_words, stem
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.transcript import typed_transcript

KIND: Final = QuestionKind.TECHNICAL
"""What the texts answer to: statements about how things are, in which supposing is no fault."""

BM25_SATURATION: Final = 1.2
BM25_LENGTH: Final = 0.75
"""k1 and b of Okapi BM25 at their customary values (Robertson & Zaragoza 2009)."""

PARTLY_AT_MOST: Final = frozenset({"negation", "future", "conditional", "number"})
"""Guards that hold a point back to partly said; the others leave it unheard."""

ENCODED_AT_ONCE: Final = 256


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What a method says of every case: a score each, and the seconds per distinct text.

    The rest is the product's only: the chance of each case, its decided states, and its score as
    it may be called said and heard (0 where a guard forbids it).
    """

    scores: Numbers
    seconds_per_answer: float
    chances: Numbers | None = None
    said: Truths | None = None
    not_heard: Truths | None = None
    sayable: Numbers | None = None
    hearable: Numbers | None = None


def judge(cases: Sequence[Case], encoder: SentenceEncoder) -> dict[str, Verdicts]:
    """Let every method judge the cases of one data set."""
    documents = list(dict.fromkeys(case.text for case in cases))
    frequencies = _Frequencies(documents)
    simple: dict[str, Callable[[], Numbers]] = {
        "BM25": lambda: _best_of(cases, frequencies.bm25),
        "stem recall": lambda: _best_of(cases, _stem_recall),
        "sentence cosine": lambda: _cosines(cases, encoder),
        "rapidfuzz": lambda: _best_of(cases, _rapidfuzz),
    }
    verdicts = {"voicecoach": _coverage(cases, len(documents), encoder)}
    for name, method in simple.items():
        start = time.perf_counter()
        scores = method()
        verdicts[name] = Verdicts(scores, (time.perf_counter() - start) / len(documents))
    return verdicts


def _coverage(cases: Sequence[Case], documents: int, encoder: SentenceEncoder) -> Verdicts:
    """Judge by the product: each text as an answer, the points asked of it as its outline.

    Points that are alternatives of each other are an outline each.
    """
    start = time.perf_counter()
    asked: dict[tuple[str, str, int], dict[str, None]] = {}
    for case in cases:
        for place, point in enumerate(case.points):
            asked.setdefault((case.text, case.question, place), {})[point] = None
    covered: dict[tuple[str, str, str], PointCoverage] = {}
    for (text, question, _), points in asked.items():
        outline = Outline(
            question_id="benchmark",
            version=1,
            points=tuple(Point(id=str(n), text=point) for n, point in enumerate(points)),
        )
        found = cover_points_alone(
            typed_transcript(text), outline, encoder, kind=KIND, question_text=question
        )
        covered |= {(text, question, point.text): point for point in found}
    seconds = (time.perf_counter() - start) / documents
    of_case = [
        [covered[case.text, case.question, point] for point in case.points] for case in cases
    ]
    scores = np.array([max(one.similarity for one in ways) for ways in of_case])
    return Verdicts(
        scores=scores,
        seconds_per_answer=seconds,
        chances=np.array([chance_said(float(score)) for score in scores]),
        said=np.array([any(one.state is PointState.SAID for one in ways) for ways in of_case]),
        not_heard=np.array(
            [all(one.state is PointState.NOT_HEARD for one in ways) for ways in of_case]
        ),
        sayable=np.array([_nearest(ways, {None}) for ways in of_case]),
        hearable=np.array([_nearest(ways, {None, *PARTLY_AT_MOST}) for ways in of_case]),
    )


def _nearest(ways: Sequence[PointCoverage], guards: AbstractSet[str | None]) -> float:
    return max((one.similarity for one in ways if one.guard in guards), default=0.0)


def _best_of(cases: Sequence[Case], score: Callable[[str, str], float]) -> Numbers:
    return np.array([max(score(case.text, point) for point in case.points) for case in cases])


def _cosines(cases: Sequence[Case], encoder: SentenceEncoder) -> Numbers:
    """Return the cosines of whole text and point: sentence vectors of the product's encoder."""
    texts = list(dict.fromkeys(text for case in cases for text in (case.text, *case.points)))
    vectors = dict(zip(texts, _sentences(texts, encoder), strict=True))
    return _best_of(cases, lambda text, point: float(vectors[text] @ vectors[point]))


def _sentences(texts: Sequence[str], encoder: SentenceEncoder) -> Iterable[Numbers]:
    for first in range(0, len(texts), ENCODED_AT_ONCE):
        for one in encoder(texts[first : first + ENCODED_AT_ONCE]):
            yield one.sentence.astype(np.float64)


@lru_cache(maxsize=65_536)
def _content_stems(text: str) -> frozenset[str]:
    return frozenset(stem(word.text) for word in plain_words(text) if is_content_word(word.text))


@lru_cache(maxsize=65_536)
def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(word.text) for word in plain_words(text))


def _stem_recall(text: str, point: str) -> float:
    """Return the share of the point's different content words whose stem the text has."""
    wanted = _content_stems(point)
    return len(wanted & _content_stems(text)) / len(wanted) if wanted else 0.0


def _rapidfuzz(text: str, point: str) -> float:
    return float(fuzz.token_set_ratio(text, point))


class _Frequencies:
    """Word statistics of a data set's texts, for BM25."""

    def __init__(self, documents: Sequence[str]) -> None:
        self._documents = len(documents)
        self._with_word = Counter(word for text in documents for word in set(_stems(text)))
        self._mean_length = max(1.0, sum(len(_stems(text)) for text in documents) / len(documents))

    def bm25(self, text: str, point: str) -> float:
        """Return Okapi BM25 of the point as a query to the text, as a share of the query's weight.

        Bare BM25 grows with the length of the query and can't be compared between points.
        """
        counts = Counter(_stems(text))
        length = 1 - BM25_LENGTH + BM25_LENGTH * counts.total() / self._mean_length
        score = total = 0.0
        for word in set(_stems(point)):
            with_word = self._with_word[word]
            weight = math.log1p((self._documents - with_word + 0.5) / (with_word + 0.5))
            count = counts[word]
            score += weight * count * (BM25_SATURATION + 1) / (count + BM25_SATURATION * length)
            total += weight
        return score / total if total else 0.0
