"""Does an answer belong to its question more than to the person's other ones?"""

import random
import tomllib
from pathlib import Path

import pytest

from question_bank.outline import Outline, Point
from tests.scoring.answer_generator import WrittenAnswer, spoken, unpunctuated
from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.relevance import SAME_QUESTION, Relevance, measure_relevance
from voicecoach.speech.contracts import SentenceEncoder

PACKS = Path(__file__).parents[2] / "question_bank" / "packs"
CHATTER = (
    "I like pizza and pasta and yesterday the weather was nice so we went to the beach with the "
    "dog and had ice cream and it was really fun"
)


@pytest.fixture(scope="module")
def bank(answers: list[WrittenAnswer]) -> list[str]:
    """The questions of the written answers and of all packs: what a person may have."""
    packed = [
        question["text"]
        for path in sorted(PACKS.glob("*.toml"))
        for question in tomllib.loads(path.read_text(encoding="utf-8"))["questions"]
    ]
    return [*(answer.question for answer in answers), *packed]


def alike(one: str, other: str, encoder: SentenceEncoder) -> bool:
    first, second = encoder([one, other])
    return float(first.sentence @ second.sentence) >= SAME_QUESTION


def answer_to(
    answer: WrittenAnswer,
    asked: WrittenAnswer,
    others: list[str],
    encoder: SentenceEncoder,
    *,
    with_outline: bool = True,
) -> Relevance:
    outline = asked.outline if with_outline else None
    return measure_relevance(spoken(answer.text), asked.question, others, encoder, outline)


def test_a_good_answer_is_never_capped(
    answers: list[WrittenAnswer], bank: list[str], encoder: SentenceEncoder
) -> None:
    for seed, answer in enumerate(answers):
        others = random.Random(seed).sample(bank, 20)
        own = answer_to(answer, answer, others, encoder)
        assert own.level == 5
        assert not own.clearly_other
        bare = answer_to(answer, answer, others, encoder, with_outline=False)
        assert not bare.clearly_other


def test_half_an_answer_is_still_an_answer_to_its_question(
    answers: list[WrittenAnswer], bank: list[str], encoder: SentenceEncoder
) -> None:
    for seed, answer in enumerate(answers):
        told = {answer.outline.points[0].id, answer.outline.points[-1].id, None}
        half = " ".join(one.text for one in answer.sentences if one.says in told)
        others = random.Random(seed).sample(bank, 20)
        found = measure_relevance(spoken(half), answer.question, others, encoder, answer.outline)
        assert not found.clearly_other
        assert found.level >= 4


def test_an_answer_to_another_question_lowers_relevance_and_is_mostly_capped(
    answers: list[WrittenAnswer], bank: list[str], encoder: SentenceEncoder
) -> None:
    chance = random.Random(7)
    lowered, capped = [], []
    for answer in answers:
        for asked in chance.sample(answers, 5):
            if alike(answer.question, asked.question, encoder):
                continue
            others = [*chance.sample(bank, 19), answer.question]
            right = answer_to(asked, asked, others, encoder)
            wrong = answer_to(answer, asked, others, encoder)
            lowered.append(wrong.level < right.level)
            capped.append(wrong.clearly_other)
    assert sum(lowered) / len(lowered) >= 0.95
    assert sum(capped) / len(capped) >= 0.85


def test_the_outline_of_the_other_question_settles_it(
    answers: list[WrittenAnswer], bank: list[str], encoder: SentenceEncoder
) -> None:
    """Even where the question asked has only general advice for an outline, or none."""
    chance = random.Random(8)
    capped = []
    for answer in answers:
        for asked in chance.sample(bank, 4):
            if alike(answer.question, asked, encoder):
                continue
            found = measure_relevance(
                spoken(answer.text),
                asked,
                [*chance.sample(bank, 19), answer.question],
                encoder,
                other_outlines={answer.question: answer.outline},
            )
            capped.append(found.clearly_other)
    assert sum(capped) / len(capped) >= 0.95


def test_a_near_duplicate_is_not_another_question(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    (answer,) = (one for one in answers if one.name == "shop-conflict")
    twin = "Tell me about a time you had a disagreement with a colleague."
    found = measure_relevance(spoken(answer.text), answer.question, [twin], encoder)
    assert found.best_other is None
    assert not found.clearly_other


def test_with_no_other_question_common_ones_stand_in(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    for answer in answers:
        alone = answer_to(answer, answer, [], encoder)
        assert alone.level == 5
        assert alone.best_other is None
        assert alone.best_other_similarity is None


def test_chatter_answers_none_of_the_questions(
    answers: list[WrittenAnswer], bank: list[str], encoder: SentenceEncoder
) -> None:
    for answer in answers:
        found = measure_relevance(
            spoken(CHATTER), answer.question, bank[20:40], encoder, answer.outline
        )
        assert found.clearly_other
        assert found.level == 1


def test_general_advice_is_no_outline_in_own_words(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    """A starter pack's points say what to talk about, so a good answer need not resemble them."""
    (answer,) = (one for one in answers if one.name == "shop-conflict")
    advice = Outline(
        question_id="q",
        version=1,
        points=(
            Point(id="1", text="What the disagreement was about and why it mattered"),
            Point(id="2", text="How you found out what your colleague saw and wanted"),
            Point(id="3", text="What you decided in the end and what came of it"),
        ),
    )
    others = [one.question for one in answers]
    found = measure_relevance(spoken(answer.text), answer.question, others, encoder, advice)
    assert not found.clearly_other
    assert found.level >= 3


def test_saying_it_twice_or_without_punctuation_changes_little(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    others = [answer.question for answer in answers]
    for answer in answers[:6]:
        once = answer_to(answer, answer, others, encoder)
        doubled = f"{answer.text} {answer.text}"
        twice = measure_relevance(spoken(doubled), answer.question, others, encoder, answer.outline)
        assert twice.own_similarity == once.own_similarity
        bare = measure_relevance(
            spoken(unpunctuated(answer.text)), answer.question, others, encoder, answer.outline
        )
        assert bare.level == once.level


def test_the_numbers_stand_on_measurements(
    answers: list[WrittenAnswer], bank: list[str], encoder: SentenceEncoder
) -> None:
    found = answer_to(answers[0], answers[0], bank[5:10], encoder)
    assert all(isinstance(evidence, Measurement) for evidence in found.evidence)
    values = {e.name: e.value for e in found.evidence if isinstance(e, Measurement)}
    assert values["likeness to this question"] == found.own_similarity
    assert values["likeness to the nearest other question"] == found.best_other_similarity
    assert found.best_other in bank


def test_an_empty_answer_is_about_nothing(encoder: SentenceEncoder) -> None:
    found = measure_relevance(spoken("um uh"), "Why here?", [], encoder)
    assert found.level == 1
    assert not found.clearly_other
    assert found.evidence
