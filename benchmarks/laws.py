"""How far the laws of scoring hold on written answers, as shares; the real encoder, whole scores.

The answers are those of `tests/scoring/answers`: one team wrote them and the rules.
"""

from typing import Final

from benchmarks.row import Row
from question_bank.outline import Outline
from question_bank.question import QuestionKind
from tests.scoring.answer_generator import (
    WrittenAnswer,
    denied,
    keyword_salad,
    planned,
    spoken,
    unpunctuated,
    with_filled_pauses,
    with_word_errors,
    written_answers,
)
from voicecoach.engines import NamedEncoder
from voicecoach.scoring.coverage import cover_outline, coverage_level
from voicecoach.scoring.result import PointState, Score
from voicecoach.scoring.score import score_answer
from voicecoach.settings import load_settings
from voicecoach.wiring import build_encoder

NAME: Final = "Laws of scoring on the written answers"
SEEDS: Final = (1, 2, 3)
PAST_KINDS: Final = (QuestionKind.BEHAVIOURAL,)
"""Questions that ask what was done; to the others a plan may well be the answer."""


def measure() -> list[Row]:
    """Score every written answer changed in each way, and count how often the law holds."""
    encoder = build_encoder(load_settings())
    assert encoder is not None, "run install.py: it brings the encoder"
    answers = written_answers()
    of_denied = _not_said(answers, encoder, "denied")
    of_planned = _not_said(answers, encoder, "planned")
    return [
        _share("overall within 5 points at 10% word errors", _under_errors(answers, encoder), 0.9),
        _share("overall unmoved by filled pauses", _under_fillers(answers, encoder), 1.0),
        _share("answer to another question capped", _swapped(answers, encoder), 0.95),
        _share("own answer never capped", _kept(answers, encoder), 1.0),
        _share("keyword salad: coverage at most 2", _salads(answers, encoder), 0.95),
        _share("denied or planned points not said", [*of_denied, *of_planned], 0.8),
        _share("of them denied", of_denied, None),
        _share("of them planned", of_planned, None),
        _share("points unmoved without punctuation", _bare(answers, encoder), 0.97),
    ]


def _share(what: str, held: list[bool], goal: float | None) -> Row:
    value = sum(held) / len(held)
    told = f"{what} (of {len(held)})"
    if goal is None:
        return Row(told, value, "", None, None)
    return Row(told, value, "", f"at least {goal:g}", value >= goal)


def _score(
    answer: WrittenAnswer,
    text: str,
    encoder: NamedEncoder,
    *,
    asked: WrittenAnswer | None = None,
    others: list[WrittenAnswer] | None = None,
) -> Score:
    asked = asked or answer
    others = others or []
    judged = score_answer(
        transcript=spoken(text),
        sound=None,
        question_text=asked.question,
        kind=asked.kind,
        target_seconds=120,
        outline=asked.outline,
        other_questions=[other.question for other in others],
        other_outlines={other.question: other.outline for other in others},
        encoder=encoder.encode,
        encoder_name=encoder.name,
        expected_language="en",
    )
    assert isinstance(judged, Score)
    return judged


def _under_errors(answers: list[WrittenAnswer], encoder: NamedEncoder) -> list[bool]:
    return [
        abs(
            _score(a, with_word_errors(a.text, rate=0.1, seed=seed), encoder).overall
            - _score(a, a.text, encoder).overall
        )
        <= 5
        for a in answers
        for seed in SEEDS
    ]


def _under_fillers(answers: list[WrittenAnswer], encoder: NamedEncoder) -> list[bool]:
    return [
        _score(a, with_filled_pauses(a.text, per_hundred=10, seed=seed), encoder).overall
        == _score(a, a.text, encoder).overall
        for a in answers
        for seed in SEEDS
    ]


def _swapped(answers: list[WrittenAnswer], encoder: NamedEncoder) -> list[bool]:
    return [
        _score(a, a.text, encoder, asked=asked, others=_others(answers, asked)).capped_by
        is not None
        for a in answers
        for asked in answers
        if asked is not a
    ]


def _kept(answers: list[WrittenAnswer], encoder: NamedEncoder) -> list[bool]:
    return [
        _score(a, a.text, encoder, others=_others(answers, a)).capped_by is None for a in answers
    ]


def _others(answers: list[WrittenAnswer], asked: WrittenAnswer) -> list[WrittenAnswer]:
    return [other for other in answers if other is not asked]


def _salads(answers: list[WrittenAnswer], encoder: NamedEncoder) -> list[bool]:
    return [
        _level(a, keyword_salad(a.outline, seed=seed), a.outline, encoder) <= 2
        for a in answers
        for seed in SEEDS
    ]


def _level(answer: WrittenAnswer, text: str, outline: Outline, encoder: NamedEncoder) -> float:
    points = cover_outline(spoken(text), outline, encoder.encode, kind=answer.kind)
    return coverage_level(points, outline)


def _not_said(answers: list[WrittenAnswer], encoder: NamedEncoder, how: str) -> list[bool]:
    held = []
    for answer in answers:
        if how == "planned" and answer.kind not in PAST_KINDS:
            continue
        text = (
            denied(answer.sentences, seed=1) if how == "denied" else planned(answer.outline, seed=1)
        )
        points = cover_outline(spoken(text), answer.outline, encoder.encode, kind=answer.kind)
        held += [point.state is not PointState.SAID for point in points]
    return held


def _bare(answers: list[WrittenAnswer], encoder: NamedEncoder) -> list[bool]:
    held = []
    for answer in answers:
        ways = [
            cover_outline(spoken(text), answer.outline, encoder.encode, kind=answer.kind)
            for text in (answer.text, unpunctuated(answer.text))
        ]
        held += [a.state is b.state for a, b in zip(*ways, strict=True)]
    return held
