"""The real sentence encoder, loaded once. `make` puts it in place; without it these tests fail."""

from pathlib import Path

import pytest

from tests.scoring.answer_generator import WrittenAnswer, mixed_answer, written_answers
from voicecoach.scoring.vocabulary import rarity
from voicecoach.speech.sentence_encoder import CTranslate2SentenceEncoder

ENCODER_FOLDER = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"

# The table of words is read at its first use; no property should be charged with the time.
rarity("word")


@pytest.fixture(scope="session")
def encoder() -> CTranslate2SentenceEncoder:
    return CTranslate2SentenceEncoder(ENCODER_FOLDER)


@pytest.fixture(scope="session")
def answers() -> list[WrittenAnswer]:
    """The answers written by hand, each saying every point of its outline."""
    return written_answers()


@pytest.fixture(scope="session")
def many_answers(answers: list[WrittenAnswer]) -> list[WrittenAnswer]:
    """The answers written by hand and twenty mixed from them: 200 points."""
    return [*answers, *(mixed_answer(seed) for seed in range(20))]
