"""A result as its page shows it: every number and word of it finds its place, and no other."""

from dataclasses import replace

import msgspec
import pytest

from server.page.answer_view import AnswerView, view_answer
from server.page.marked_transcript import SoundKind, SoundMark, TextPiece
from tests.server.conftest import Lived
from voicecoach.attempt_result import AttemptResult
from voicecoach.scoring.evidence import Measurement, quote_words
from voicecoach.scoring.result import Criterion, Measure
from voicecoach.scoring.rubric import DeliveryMeasure


def spoken(lived: Lived) -> AttemptResult:
    return lived.coach.result(lived.coach.attempt(lived.spoken_id))


def pieces(view: AnswerView) -> list[TextPiece]:
    return [piece for run in view.text for piece in run.pieces if isinstance(piece, TextPiece)]


def test_what_the_criteria_add_is_the_overall(lived: Lived) -> None:
    for attempt_id in (lived.spoken_id, lived.typed_id):
        result = lived.coach.result(lived.coach.attempt(attempt_id))
        assert result.score is not None
        assert result.score.capped_by is None
        criteria = view_answer(result).criteria
        assert sum(one.adds for one in criteria) == pytest.approx(result.score.overall, abs=0.051)
        assert sum(one.weight for one in criteria) == pytest.approx(100, abs=0.1)


def test_every_criterion_and_all_its_evidence_is_shown_once(lived: Lived) -> None:
    result = spoken(lived)
    assert result.score is not None
    for shown, criterion in zip(view_answer(result).criteria, result.score.criteria, strict=True):
        assert shown.level == criterion.level
        assert [one.text for one in shown.points] == [one.text for one in criterion.points]
        assert len(shown.measures) == len(criterion.measures)
        for shown_measure, measure in zip(shown.measures, criterion.measures, strict=True):
            assert len(shown_measure.evidence) == len(measure.evidence)
        if not criterion.points and not criterion.measures:
            assert len(shown.evidence) == len(criterion.evidence)


def test_each_quote_shown_is_whole_pieces_of_the_text(lived: Lived) -> None:
    view = view_answer(spoken(lived))
    quoted = [
        found
        for criterion in view.criteria
        for found in (*criterion.evidence, *(e for p in criterion.points for e in p.evidence))
        if found.start_char is not None
    ]
    assert quoted
    for found in quoted:
        assert found.start_char is not None
        assert found.end_char is not None
        inside = [
            one.text
            for one in pieces(view)
            if found.start_char <= one.start_char and one.end_char <= found.end_char
        ]
        assert f"“{''.join(inside)}”" == found.text
        assert found.can_be_heard


def test_what_speaks_of_the_whole_answer_is_not_played(lived: Lived) -> None:
    view = view_answer(spoken(lived))
    told = [
        found
        for criterion in view.criteria
        for measure in criterion.measures
        for found in measure.evidence
    ]
    rates = [found for found in told if "minute" in found.text or "per 100" in found.text]
    assert rates
    assert not any(found.can_be_heard or found.time for found in rates)


def test_a_typed_answer_is_lit_up_and_never_played(lived: Lived) -> None:
    view = view_answer(lived.coach.result(lived.coach.attempt(lived.typed_id)))
    evidence = [found for point in view.points for found in point.evidence]
    assert evidence
    assert all(found.start_char is not None and not found.can_be_heard for found in evidence)
    assert view.sounds == ()


def test_filled_pauses_stand_in_the_text_and_between_its_words(lived: Lived) -> None:
    result = spoken(lived)
    assert result.score is not None
    assert result.transcript is not None
    version = result.transcript.version
    um = Measurement(
        name="filled_pause",
        value=0.3,
        unit="s",
        start_seconds=1.0,
        end_seconds=1.3,
        transcript_version=version,
    )
    rate = msgspec.structs.replace(um, name="filled_pauses")
    word = quote_words(result.transcript, 4, 4)
    measure = Measure(
        name=DeliveryMeasure.FILLED_PAUSES.value,
        level=None,
        weight=5,
        not_measured="About 2 were heard.",
        evidence=(rate, um, word),
    )
    view = view_answer(with_measure(result, measure))
    assert [piece.text for piece in pieces(view) if piece.filled_pause] == [
        result.transcript.words[4].text
    ]
    heard = [mark for mark in view.sounds if mark.kind is SoundKind.FILLED_PAUSE]
    assert heard == [SoundMark(kind=SoundKind.FILLED_PAUSE, start_seconds=1.0, end_seconds=1.3)]
    assert view.filled_pauses == 2


def test_quotes_of_words_since_corrected_are_told_and_light_up_nothing(lived: Lived) -> None:
    result = spoken(lived)
    assert result.transcript is not None
    corrected = replace(result, transcript=replace(result.transcript, version=9))
    view = view_answer(corrected)
    evidence = [found for point in view.points for found in point.evidence]
    assert evidence
    assert all(found.start_char is None and found.can_be_heard for found in evidence)
    assert view.marked_points == ()


def test_without_a_score_the_sounds_own_silences_are_marked(lived: Lived) -> None:
    result = spoken(lived)
    assert result.sound is not None
    view = view_answer(replace(result, score=None, delivery=None, transcript=None))
    assert not view.criteria
    assert not view.text
    assert len(view.sounds) == sum(pause.seconds >= 1.0 for pause in result.sound.pauses)


def with_measure(result: AttemptResult, measure: Measure) -> AttemptResult:
    """Return the result with one measure of delivery in place of its own."""
    assert result.score is not None

    def swapped(criterion: Criterion) -> Criterion:
        return replace(
            criterion,
            measures=tuple(
                measure if one.name == measure.name else one for one in criterion.measures
            ),
        )

    criteria = tuple(swapped(one) for one in result.score.criteria)
    return replace(result, score=msgspec.structs.replace(result.score, criteria=criteria))
