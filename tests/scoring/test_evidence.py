"""Every number stands on a quote, a measurement or an absence; no fact is invented.

The checker is independent of the code that gives feedback; the second half of this file breaks
judgements on purpose and asks that the checker notices.
"""

from dataclasses import replace
from typing import TypeVar

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.question import QuestionKind
from tests.scoring.answer_generator import spoken
from tests.scoring.checked_judgements import WAYS, judged, judged_in_some_way
from tests.scoring.composed_answers import ComposedAnswer, compose, full_recipe
from tests.scoring.evidence_checker import (
    Sources,
    Violation,
    check,
    evidence_of,
    names_in,
    numbers_in,
)
from tests.scoring.judging import RememberingEncoder, score
from tests.scoring.recipes import composed
from voicecoach.scoring.evidence import Absence, Evidence, Measurement, Quote
from voicecoach.scoring.result import Advice, Criterion, CriterionName, Score, Unscoreable
from voicecoach.scoring.score import score_answer
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.transcript import Transcript

Piece = TypeVar("Piece", Quote, Measurement, Absence)


@pytest.fixture(scope="module")
def remembering(encoder: SentenceEncoder) -> RememberingEncoder:
    return RememberingEncoder(encoder)


# All is well


def test_every_judgement_stands_on_evidence_and_invents_nothing(
    remembering: RememberingEncoder,
) -> None:
    ways = set()
    for seed in range(180):
        case = judged_in_some_way(seed, remembering)
        ways.add(case.way)
        assert check(case.judgement, case.sources) == [], (seed, case.way)
    assert ways == set(WAYS)


def test_whatever_the_answer_and_however_it_was_told_nothing_is_invented(
    remembering: RememberingEncoder,
) -> None:
    @settings(max_examples=30, deadline=None, derandomize=True, database=None)
    @given(answer=composed(), way=st.sampled_from(WAYS), seed=st.integers(0, 1_000))
    def holds(answer: ComposedAnswer, way: str, seed: int) -> None:
        case = judged(answer, way, seed, remembering)
        assert check(case.judgement, case.sources) == []

    holds()


def test_quotes_are_exact_and_timed_after_a_correction(remembering: RememberingEncoder) -> None:
    answer = compose(full_recipe(6))
    heard, sound = answer.spoken(f"um {answer.text.replace('queue', 'cue')}")
    corrected = correct_transcript(heard, answer.text)
    scored = score(answer.written, (corrected, sound), remembering)
    quotes = [piece for piece in evidence_of(scored) if isinstance(piece, Quote)]
    assert quotes
    sources = _sources(answer, heard, corrected, seconds=sound.seconds)
    assert check(scored, sources) == []
    for quote in quotes:
        assert quote.transcript_version == corrected.version
        assert corrected.text[quote.start_char : quote.end_char] == quote.quote
        assert quote.start_seconds is not None
        assert quote.end_seconds is not None
        assert 0 <= quote.start_seconds <= quote.end_seconds <= sound.seconds


def test_a_quote_never_ends_in_the_middle_of_a_number() -> None:
    text = (
        "Our town had a problem with its buses for years and years and it was bad. I drove the "
        "whole team of the depot out to two hundred and forty customers. In the end it worked."
    )
    scored = score_answer(
        transcript=spoken(text),
        sound=None,
        question_text="Tell me about a time you saved something.",
        kind=QuestionKind.BEHAVIOURAL,
        target_seconds=120,
        outline=None,
        other_questions=(),
        encoder=None,
        encoder_name=None,
        expected_language="en",
    )
    assert isinstance(scored, Score)
    told = " ".join([*(advice.text for advice in scored.advice), scored.follow_up or ""])
    assert "“I drove the whole team of the depot”" in told
    assert numbers_in(told) == []


# The checker notices


@pytest.fixture(scope="module")
def sound_case(remembering: RememberingEncoder) -> tuple[Score, Sources]:
    """A judgement without fault, with advice and a follow-up."""
    answer = compose(replace(full_recipe(6), specific=0.0, told=(2, 1, 2, 0)))
    transcript, sound = answer.spoken()
    scored = score(answer.written, (transcript, sound), remembering)
    sources = _sources(answer, transcript, seconds=sound.seconds)
    assert scored.advice
    assert scored.follow_up
    assert check(scored, sources) == []
    return scored, sources


@pytest.mark.parametrize(
    "invented",
    [
        "Say that it saved 25% of the time.",
        "Say that it saved a third, twenty-five of a hundred.",
        "Tell them how Google does it.",
        "You said “we won a prize”. Say more.",
        "It tripled within ninety days.",
    ],
)
def test_an_invented_fact_in_advice_is_noticed(
    sound_case: tuple[Score, Sources], invented: str
) -> None:
    scored, sources = sound_case
    broken = msgspec.structs.replace(
        scored, advice=(replace(scored.advice[0], text=invented), *scored.advice[1:])
    )
    assert _where(check(broken, sources)) == {f"advice on {scored.advice[0].criterion.value}"}


def test_an_invented_name_in_the_follow_up_is_noticed(sound_case: tuple[Score, Sources]) -> None:
    scored, sources = sound_case
    broken = msgspec.structs.replace(scored, follow_up="And what did Angela say to that?")
    assert _where(check(broken, sources)) == {"follow-up"}


def test_an_invented_number_in_a_refusal_is_noticed(sound_case: tuple[Score, Sources]) -> None:
    _, sources = sound_case
    refused = Unscoreable(
        reasons=("There are only 12 words to judge.",), rubric_version="1", transcript_version=1
    )
    assert check(refused, sources) == []
    broken = msgspec.structs.replace(refused, reasons=("You spoke for 9,999 words.",))
    assert _where(check(broken, sources)) == {"reason"}


def test_advice_without_evidence_is_noticed(sound_case: tuple[Score, Sources]) -> None:
    scored, sources = sound_case
    bare = Advice(text="Say more.", criterion=CriterionName.COVERAGE, gain=1.0, because=())
    broken = msgspec.structs.replace(scored, advice=(bare,))
    assert check(broken, sources) == [Violation("advice on coverage", "advice without evidence")]


def test_a_level_without_evidence_is_noticed(sound_case: tuple[Score, Sources]) -> None:
    scored, sources = sound_case
    for number, criterion in enumerate(scored.criteria):
        broken = _with_criterion(scored, number, replace(criterion, evidence=()))
        assert criterion.name.value in _where(check(broken, sources))


def test_a_point_or_measure_without_evidence_is_noticed(
    sound_case: tuple[Score, Sources],
) -> None:
    scored, sources = sound_case
    for number, criterion in enumerate(scored.criteria):
        for place, point in enumerate(criterion.points):
            points = list(criterion.points)
            points[place] = replace(point, evidence=())
            broken = _with_criterion(scored, number, replace(criterion, points=tuple(points)))
            assert _where(check(broken, sources)) == {f"point {point.point_id}"}
        for place, measure in enumerate(criterion.measures):
            if measure.level is None:
                continue
            measures = list(criterion.measures)
            measures[place] = replace(measure, evidence=())
            broken = _with_criterion(scored, number, replace(criterion, measures=tuple(measures)))
            assert _where(check(broken, sources)) == {measure.name}


def test_a_quote_moved_by_a_letter_is_noticed(sound_case: tuple[Score, Sources]) -> None:
    scored, sources = sound_case
    for quote in _pieces(scored, Quote):
        moved = msgspec.structs.replace(
            quote, start_char=quote.start_char + 1, end_char=quote.end_char + 1
        )
        assert check(_with_evidence(scored, moved), sources)


def test_a_quote_with_the_times_of_other_words_is_noticed(
    sound_case: tuple[Score, Sources],
) -> None:
    scored, sources = sound_case
    for quote in _pieces(scored, Quote):
        assert quote.start_seconds is not None
        late = msgspec.structs.replace(quote, start_seconds=quote.start_seconds + 0.01)
        assert check(_with_evidence(scored, late), sources)
        untimed = msgspec.structs.replace(quote, start_seconds=None, end_seconds=None)
        assert check(_with_evidence(scored, untimed), sources)


def test_evidence_of_another_transcript_version_is_noticed(
    sound_case: tuple[Score, Sources],
) -> None:
    scored, sources = sound_case
    for piece in evidence_of(scored):
        foreign = msgspec.structs.replace(piece, transcript_version=7)
        assert check(_with_evidence(scored, foreign), sources)


def test_a_hollow_measurement_or_absence_is_noticed(sound_case: tuple[Score, Sources]) -> None:
    scored, sources = sound_case
    for piece in _pieces(scored, Measurement):
        endless = msgspec.structs.replace(piece, value=float("nan"))
        assert check(_with_evidence(scored, endless), sources)
        nowhere = msgspec.structs.replace(piece, start_seconds=None, end_seconds=None)
        assert check(_with_evidence(scored, nowhere), sources)
    for missing in _pieces(scored, Absence):
        nothing = msgspec.structs.replace(missing, looked_for=" ")
        assert check(_with_evidence(scored, nothing), sources)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Say this in one go, as this one of yours.", []),
        ("from 20 minutes to five", [20, 5]),
        ("1,900 euros and 31%", [1900, 31]),
        ("one thousand nine hundred", [1900]),
        ("two hundred and fifty, thirty-one", [250, 31]),
        ("twice a dozen", [2, 12]),
        ("one hundred", [100]),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, numbers: list[float]) -> None:
    assert numbers_in(text) == numbers


def test_names_are_capitals_inside_sentences() -> None:
    assert names_in("I told Anna that I'm from New York. Then we left.") == ["Anna", "New", "York"]


def _sources(answer: ComposedAnswer, *transcripts: Transcript, seconds: float) -> Sources:
    return Sources(
        transcripts=transcripts,
        outline=answer.written.outline,
        question=answer.written.question,
        seconds=seconds,
    )


def _where(violations: list[Violation]) -> set[str]:
    return {violation.where for violation in violations}


def _with_criterion(scored: Score, number: int, criterion: Criterion) -> Score:
    criteria = list(scored.criteria)
    criteria[number] = criterion
    return msgspec.structs.replace(scored, criteria=tuple(criteria))


def _with_evidence(scored: Score, piece: Evidence) -> Score:
    """Put a piece of evidence in place of the first criterion's."""
    return _with_criterion(scored, 0, replace(scored.criteria[0], evidence=(piece,)))


def _pieces(scored: Score, sort: type[Piece]) -> list[Piece]:
    return [piece for piece in evidence_of(scored) if isinstance(piece, sort)]
