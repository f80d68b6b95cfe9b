"""The laws of coverage, over the written and the mixed answers, with the real encoder.

Measured on 22 November 2026 (39 answers, 200 points): see each test's bound.
"""

from itertools import chain

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
)
from voicecoach.scoring.coverage import cover_outline, coverage_level
from voicecoach.scoring.evidence import Absence, Quote
from voicecoach.scoring.result import PointCoverage, PointState
from voicecoach.speech.contracts import SentenceEncoder

RANK = {PointState.NOT_HEARD: 0, PointState.PARTLY: 1, PointState.SAID: 2}


def cover(answer: WrittenAnswer, text: str, encoder: SentenceEncoder) -> tuple[PointCoverage, ...]:
    return cover_outline(spoken(text), answer.outline, encoder, kind=answer.kind)


def states(answer: WrittenAnswer, text: str, encoder: SentenceEncoder) -> list[PointState]:
    return [point.state for point in cover(answer, text, encoder)]


def share_said(found: list[list[PointState]]) -> float:
    flat = list(chain.from_iterable(found))
    return flat.count(PointState.SAID) / len(flat)


def test_filled_pauses_move_nothing(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    for answer in many_answers:
        filled = with_filled_pauses(answer.text, per_hundred=10, seed=1)
        before, after = cover(answer, answer.text, encoder), cover(answer, filled, encoder)
        assert [(p.state, p.similarity, p.guard) for p in before] == [
            (p.state, p.similarity, p.guard) for p in after
        ]


def test_saying_everything_twice_raises_nothing(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    for answer in many_answers:
        for text in (answer.text, answer.without(answer.outline.points[0].id)):
            once, twice = cover(answer, text, encoder), cover(answer, f"{text} {text}", encoder)
            assert [p.similarity for p in once] == [p.similarity for p in twice]
            assert [p.state for p in once] == [p.state for p in twice]


def test_stripping_punctuation_flips_at_most_three_percent(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    flips = [
        before is not after
        for answer in many_answers
        for before, after in zip(
            states(answer, answer.text, encoder),
            states(answer, unpunctuated(answer.text), encoder),
            strict=True,
        )
    ]
    assert sum(flips) / len(flips) <= 0.03


def test_leaving_a_sentence_out_drops_its_point_and_moves_no_other(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    dropped, moved = [], []
    for answer in many_answers:
        before = states(answer, answer.text, encoder)
        for number, point in enumerate(answer.outline.points):
            after = states(answer, answer.without(point.id), encoder)
            if before[number] is not PointState.NOT_HEARD:
                dropped.append(RANK[after[number]] < RANK[before[number]])
            moved += [
                before[other] is not after[other] for other in range(len(before)) if other != number
            ]
    assert sum(dropped) / len(dropped) >= 0.9
    assert sum(moved) / len(moved) <= 0.015


def test_keyword_salad_reaches_level_two_at_most(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    levels = [
        coverage_level(cover(answer, salad, encoder), answer.outline)
        for answer in many_answers
        for salad in (
            keyword_salad(answer.outline, seed=1),
            keyword_salad(answer.outline, seed=None, repeat=1),
        )
    ]
    assert sum(level <= 2 for level in levels) / len(levels) >= 0.95


def test_denied_and_planned_points_are_not_said(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    past = [answer for answer in many_answers if answer.kind is QuestionKind.BEHAVIOURAL]
    no = [states(answer, denied(answer.sentences, seed=3), encoder) for answer in past]
    later = [states(answer, planned(answer.outline, seed=3), encoder) for answer in past]
    assert share_said(no) <= 0.2
    assert share_said(later) <= 0.2


def test_one_word_in_ten_misheard_moves_few_levels(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    """A fifth of the points may move by a state, one answer in ten by half a level."""
    flips, moves = [], []
    for answer in many_answers:
        before = cover(answer, answer.text, encoder)
        after = cover(answer, with_word_errors(answer.text, rate=0.1, seed=5), encoder)
        flips += [a.state is not b.state for a, b in zip(before, after, strict=True)]
        moved = coverage_level(before, answer.outline) - coverage_level(after, answer.outline)
        moves.append(abs(moved) > 0.5)
    assert sum(flips) / len(flips) <= 0.2
    assert sum(moves) / len(moves) <= 0.1


def test_another_answer_says_hardly_any_point(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    found = [
        states(answer, other.text, encoder)
        for answer in answers
        for other in answers
        if answer is not other
    ]
    assert share_said(found) <= 0.01


def test_every_quote_is_exact_and_every_point_has_evidence(
    many_answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    for answer in many_answers:
        for text in (
            with_filled_pauses(answer.text, per_hundred=10, seed=2),
            f"{answer.text} {answer.text}",
            keyword_salad(answer.outline, seed=2),
        ):
            transcript = spoken(text)
            for point in cover(answer, text, encoder):
                assert point.evidence
                for evidence in point.evidence:
                    assert isinstance(evidence, Quote | Absence)
                    if isinstance(evidence, Quote):
                        span = slice(evidence.start_char, evidence.end_char)
                        assert transcript.text[span] == evidence.quote
                        assert evidence.quote
                        assert evidence.start_seconds is not None
                        assert evidence.end_seconds is not None
                        assert evidence.start_seconds < evidence.end_seconds


def test_the_same_answer_gets_the_same_judgement(
    answers: list[WrittenAnswer], encoder: SentenceEncoder
) -> None:
    for answer in answers[:5]:
        assert cover(answer, answer.text, encoder) == cover(answer, answer.text, encoder)
