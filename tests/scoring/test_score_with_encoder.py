"""The laws once more on the whole judgement, with the real sentence encoder and outlines."""

import msgspec
import pytest

from tests.scoring.answer_generator import (
    WrittenAnswer,
    keyword_salad,
    unpunctuated,
    with_filled_pauses,
    written_answers,
)
from tests.scoring.speaking import speak
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.result import Criterion, CriterionName, Judgement, Score
from voicecoach.scoring.score import score_answer
from voicecoach.speech.contracts import SentenceEncoder

ANSWERS = {answer.name: answer for answer in written_answers()}
EVERY_ANSWER = pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)


def judge(text: str, answer: WrittenAnswer, encoder: SentenceEncoder) -> Score:
    transcript, sound = speak(text)
    judgement: Judgement = score_answer(
        transcript=transcript,
        sound=sound,
        question_text=answer.question,
        kind=answer.kind,
        target_seconds=60,
        outline=answer.outline,
        other_questions=[other.question for other in ANSWERS.values() if other is not answer],
        encoder=encoder,
        encoder_name="all-MiniLM-L6-v2",
        expected_language="en",
    )
    assert isinstance(judgement, Score), judgement
    return judgement


def levels(score: Score) -> dict[CriterionName, float]:
    return {found.name: found.level or 0 for found in score.criteria}


def criterion(score: Score, name: CriterionName) -> Criterion:
    return next(found for found in score.criteria if found.name is name)


@EVERY_ANSWER
def test_filled_pauses_move_no_content(answer: WrittenAnswer, encoder: SentenceEncoder) -> None:
    clean = judge(answer.text, answer, encoder)
    hesitant = judge(with_filled_pauses(answer.text, per_hundred=10, seed=3), answer, encoder)

    content = set(CriterionName) - {CriterionName.DELIVERY}
    for name in content & levels(clean).keys():
        assert levels(hesitant)[name] == levels(clean)[name]
    assert [point.similarity for point in criterion(hesitant, CriterionName.COVERAGE).points] == [
        point.similarity for point in criterion(clean, CriterionName.COVERAGE).points
    ]


@EVERY_ANSWER
def test_doubling_raises_nothing(answer: WrittenAnswer, encoder: SentenceEncoder) -> None:
    once = judge(answer.text, answer, encoder)
    twice = judge(f"{answer.text} {answer.text}", answer, encoder)

    assert all(levels(twice)[name] <= level for name, level in levels(once).items())
    assert twice.overall <= once.overall


@EVERY_ANSWER
def test_points_are_quoted_from_what_was_said(
    answer: WrittenAnswer, encoder: SentenceEncoder
) -> None:
    text = with_filled_pauses(unpunctuated(answer.text), per_hundred=8, seed=5)
    score = judge(text, answer, encoder)

    for point in criterion(score, CriterionName.COVERAGE).points:
        assert point.evidence
        for piece in point.evidence:
            if isinstance(piece, Quote):
                assert text[piece.start_char : piece.end_char] == piece.quote


@EVERY_ANSWER
def test_a_keyword_salad_stays_far_below_the_answer(
    answer: WrittenAnswer, encoder: SentenceEncoder
) -> None:
    salad = judge(
        f"{keyword_salad(answer.outline, seed=1)} {keyword_salad(answer.outline, seed=2)}",
        answer,
        encoder,
    )

    assert salad.overall <= 45
    assert salad.overall <= judge(answer.text, answer, encoder).overall - 20


def test_an_answer_to_another_question_is_capped(encoder: SentenceEncoder) -> None:
    score = judge(ANSWERS["chef-waste"].text, ANSWERS["technical-cache"], encoder)

    assert score.overall <= 20
    assert score.capped_by == "relevance"
    assert score.follow_up is not None
    assert ANSWERS["technical-cache"].question in score.follow_up


def test_a_whole_score_survives_storage(encoder: SentenceEncoder) -> None:
    score = judge(ANSWERS["nurse-handover"].text, ANSWERS["nurse-handover"], encoder)

    assert msgspec.json.decode(msgspec.json.encode(score), type=Judgement) == score
