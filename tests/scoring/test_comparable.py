"""Answers and points as words to compare: what counts, and what may not move it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.outline import Outline, Point
from tests.scoring.answer_generator import WrittenAnswer, spoken, unpunctuated
from voicecoach.scoring.comparable import (
    GIVEN_WEIGHT,
    WINDOW_WORDS,
    ComparableWords,
    point_words,
    read_answer,
)
from voicecoach.speech.contracts import EncodedText, SentenceEncoder

TELLING = ("bridge", "terminal", "macro", "nurse", "volunteer", "checklist", "allergy", "voltage")


def outline_of(*texts: str) -> Outline:
    return Outline(
        question_id="q",
        version=1,
        points=tuple(Point(id=str(number), text=text) for number, text in enumerate(texts)),
    )


def blind(texts: object) -> list[EncodedText]:
    """An encoder for tests of weights alone: every text is one token of one direction."""
    assert isinstance(texts, list)
    return [
        EncodedText(
            spans=np.array([[0, len(text)]], dtype=np.int32),
            states=np.ones((1, 1), dtype=np.float32),
            sentence=np.ones(1, dtype=np.float32),
        )
        for text in texts
    ]


def shares(words: ComparableWords) -> dict[str, float]:
    total = float(words.weights.sum())
    return {
        text: float(weight) / total for text, weight in zip(words.texts, words.weights, strict=True)
    }


def test_full_stops_move_no_vector(answers: list[WrittenAnswer], encoder: SentenceEncoder) -> None:
    for answer in answers:
        written = read_answer(spoken(answer.text), encoder)
        bare = read_answer(spoken(unpunctuated(answer.text)), encoder)
        assert written is not None
        assert bare is not None
        if written.words.texts == bare.words.texts:
            assert np.array_equal(written.words.vectors, bare.words.vectors)


def test_a_change_is_felt_within_a_window_and_no_further(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    words = answers[0].text.split()
    changed = [*words]
    changed[-1] = "tomorrow"
    one, other = (read_answer(spoken(" ".join(each)), encoder) for each in (words, changed))
    assert one is not None
    assert other is not None
    untouched = len(one.words.texts) - WINDOW_WORDS - 1
    assert untouched > WINDOW_WORDS
    assert np.array_equal(one.words.vectors[:untouched], other.words.vectors[:untouched])


@pytest.mark.parametrize("words", [1, WINDOW_WORDS, WINDOW_WORDS + 1, 3 * WINDOW_WORDS + 5])
def test_every_word_has_a_vector_of_unit_length(words: int, encoder: SentenceEncoder) -> None:
    text = " ".join(TELLING[number % len(TELLING)] + str(number) for number in range(words))
    answer = read_answer(spoken(text), encoder)
    assert answer is not None
    assert answer.words.vectors.shape[0] == len(answer.words.texts) == len(answer.clause_of)
    assert np.linalg.norm(answer.words.vectors, axis=1) == pytest.approx(1, abs=1e-5)


@given(st.lists(st.sampled_from(TELLING), min_size=1, max_size=6, unique=True), st.integers(2, 4))
def test_points_that_share_every_word_weigh_as_one_alone(words: list[str], copies: int) -> None:
    text = " ".join(words)
    alone = point_words(outline_of(text), blind)[0]
    for point in point_words(outline_of(*[text] * copies), blind):
        assert shares(point) == pytest.approx(shares(alone))


def test_a_word_of_k_points_counts_a_kth_beside_their_own_words() -> None:
    own, *_ = point_words(outline_of("bridge macro", "bridge nurse", "bridge allergy"), blind)
    alone = point_words(outline_of("bridge macro"), blind)[0]
    ratio = own.weights[0] / own.weights[1]
    assert ratio == pytest.approx(alone.weights[0] / alone.weights[1] / 3)


def test_a_word_of_the_question_counts_a_tenth_in_any_form() -> None:
    plain = point_words(outline_of("bridges macro"), blind)[0]
    asked = point_words(outline_of("bridges macro"), blind, "Which bridge was it?")[0]
    assert asked.weights[0] == pytest.approx(GIVEN_WEIGHT * plain.weights[0])
    assert asked.weights[1] == pytest.approx(plain.weights[1])
