"""An answer and the points of an outline as words that can be compared.

Both are taken apart into plain words with their stems, weights for rarity, numbers and token
vectors in context; an answer also into clauses. Filled pauses, punctuation, capitals and
word-for-word repeats are gone from what is compared.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from question_bank.outline import Outline
from voicecoach.scoring.clauses import Clause, split_clauses
from voicecoach.scoring.repeats import fresh_positions
from voicecoach.scoring.spoken_numbers import SpokenNumber, find_numbers
from voicecoach.scoring.vocabulary import (
    FILLED_PAUSES,
    is_content_word,
    plain_words,
    rarity,
    stem,
)
from voicecoach.speech.contracts import EncodedText, SentenceEncoder
from voicecoach.speech.transcript import Transcript

COMMON_WEIGHT: Final = 0.3
"""Weight of the commonest content word; the rarest has 1."""
FUNCTION_WEIGHT: Final = 0.15
"""Weight of a function word: little, but "not" and "before" tell something."""

GIVEN_WEIGHT: Final = 0.1
"""What a word of a point counts when the question has it already: a tenth.

"Question demoting" (Sultan, Salazar & Sumner 2016): who repeats the question's words has told
nothing yet. On the development data the mean AUC by topic of ArgKP rises from .76 to .80 with it,
that by question of SciEntsBank from .78 to .82; with 0.05 or 0.02 by less than .01 more.
"""

WINDOW_WORDS: Final = 32
SHARED_WORDS: Final = 8
"""An answer is encoded in windows of so many words, of which neighbours share so many.

Measured against encoding clause by clause: the same AUC on the development data, half as many
states flipped by stripping punctuation (2.0% against 3.4% of 203 points), a fifth less time,
because windows of one length fill a batch. Windows of 48 words, or the whole answer at once, let
a change in one sentence reach points in others.
"""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ComparableWords:
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

    `clause_texts` are the plain words of each clause. `word_of` gives the transcript word of each
    plain word, `clause_of` its clause; `starts` is where each clause begins among the plain words.
    """

    transcript: Transcript
    clauses: tuple[Clause, ...]
    clause_texts: tuple[str, ...]
    words: ComparableWords
    word_of: NDArray[np.intp]
    clause_of: NDArray[np.intp]
    starts: NDArray[np.intp]


@lru_cache(maxsize=2)
def read_answer(transcript: Transcript, encoder: SentenceEncoder) -> ReadAnswer | None:
    """Return an answer ready to be searched; None where no word was said.

    Repetitions, filled pauses, punctuation and capitals are gone from what is compared. The latest
    are remembered: relevance and coverage read the same answer.
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
    everything = tuple(word for words in texts for word in words)
    owners = np.array(clause_of, dtype=np.intp)
    return ReadAnswer(
        transcript=heard,
        clauses=tuple(clauses),
        clause_texts=tuple(" ".join(words) for words in texts),
        words=_words(everything, _vectors_in_context(everything, encoder), lone_one=True),
        word_of=np.array(word_of, dtype=np.intp),
        clause_of=owners,
        starts=np.searchsorted(owners, np.arange(len(clauses))).astype(np.intp),
    )


def _vectors_in_context(texts: tuple[str, ...], encoder: SentenceEncoder) -> Matrix:
    """Return a unit vector per word, each from the window in which it stands furthest inside.

    The windows hang on the words alone, so that full stops, which are a recogniser's guess, move
    no vector.
    """
    last = len(texts) - WINDOW_WORDS
    starts = [*range(0, last, WINDOW_WORDS - SHARED_WORDS), last] if last > 0 else [0]
    seams = [(first + second + WINDOW_WORDS) // 2 for first, second in pairwise(starts)]
    windows = [texts[start : start + WINDOW_WORDS] for start in starts]
    encoded = encoder([" ".join(window) for window in windows])
    return np.concatenate(
        [
            _word_vectors(window, one)[begin - start : end - start]
            for start, window, one, begin, end in zip(
                starts, windows, encoded, [0, *seams], [*seams, len(texts)], strict=True
            )
        ]
    )


def _without_repetition(transcript: Transcript) -> list[int]:
    """Return the indexes of the words that are not part of a run said word for word before."""
    plain: list[str] = []
    owner: list[int] = []
    ends: list[bool] = []
    for index, word in enumerate(transcript.words):
        for part in _plain(word.text):
            plain.append(part)
            owner.append(index)
            ends.append(False)
        if ends and word.text.endswith((".", "?", "!")):
            ends[-1] = True
    dropped = set(owner) - {owner[position] for position in fresh_positions(plain, ends)}
    return [index for index in range(len(transcript.words)) if index not in dropped]


def point_words(
    outline: Outline, encoder: SentenceEncoder, question_text: str = ""
) -> list[ComparableWords]:
    """Return the words of each point of an outline, in its order, weighted by what they tell.

    A content word tells which point was made: one that k points of the outline have counts a k-th
    in each (as an inverse document frequency does), and one that the question has counts
    `GIVEN_WEIGHT`. Function words lose as much as the content words beside them on average, so
    that a point made of given words only is looked for as it stands.
    """
    texts = [_plain(point.text) or (point.text,) for point in outline.points]
    encoded = encoder([" ".join(words) for words in texts])
    points = [
        _words(words, _word_vectors(words, one)) for words, one in zip(texts, encoded, strict=True)
    ]
    with_stem = Counter(each for point in points for each in set(point.stems))
    given = {stem(word) for word in _plain(question_text)}
    return [_weighted_by_news(point, with_stem, given) for point in points]


def _weighted_by_news(
    point: ComparableWords, with_stem: Counter[str], given: set[str]
) -> ComparableWords:
    news = np.array(
        [(GIVEN_WEIGHT if each in given else 1.0) / with_stem[each] for each in point.stems],
        dtype=np.float32,
    )
    content = point.weights[point.content]
    if len(content) == 0:
        return point
    mean_news = float(content @ news[point.content] / content.sum())
    return replace(point, weights=point.weights * np.where(point.content, news, mean_news))


def _plain(text: str) -> tuple[str, ...]:
    return tuple(word.text for word in plain_words(text) if word.text not in FILLED_PAUSES)


def _words(texts: tuple[str, ...], vectors: Matrix, *, lone_one: bool = False) -> ComparableWords:
    content = np.array([is_content_word(text) for text in texts], dtype=np.bool_)
    weights = np.array(
        [
            COMMON_WEIGHT + (1 - COMMON_WEIGHT) * rarity(text) if is_content else FUNCTION_WEIGHT
            for text, is_content in zip(texts, content, strict=True)
        ],
        dtype=np.float32,
    )
    stems = tuple(stem(text) for text in texts)
    return ComparableWords(
        texts, stems, weights, content, vectors, find_numbers(texts, lone_one=lone_one)
    )


def _word_vectors(texts: Sequence[str], encoded: EncodedText) -> Matrix:
    """Return a unit vector per word of `" ".join(texts)`: the mean of its word pieces."""
    vectors = np.zeros((len(texts), encoded.states.shape[1]), dtype=np.float32)
    if len(texts) == 0 or len(encoded.spans) == 0:
        return vectors
    begins = np.cumsum([0, *(len(text) + 1 for text in texts[:-1])])
    owners = np.searchsorted(begins, encoded.spans[:, 0], side="right") - 1
    first_pieces = np.flatnonzero(np.diff(owners, prepend=-1))
    vectors[owners[first_pieces]] = np.add.reduceat(encoded.states, first_pieces, axis=0)
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Matrix = vectors / np.maximum(lengths, 1e-9)
    return unit
