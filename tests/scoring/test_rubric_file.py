"""The rubric's file: whole as it is shipped, and refused with the place where it is not."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.question import QuestionKind
from voicecoach.errors import InvalidInputError
from voicecoach.scoring.result import CriterionName
from voicecoach.scoring.rubric import RUBRIC, RUBRIC_VERSION, WEIGHTS, DeliveryMeasure, version_of
from voicecoach.scoring.rubric_file import read_rubric

SHIPPED = resources.files("voicecoach.scoring").joinpath("rubric.toml").read_text(encoding="utf-8")


def test_the_shipped_file_is_what_scoring_uses() -> None:
    assert read_rubric(SHIPPED) == RUBRIC
    assert RUBRIC.version == RUBRIC_VERSION == "3"
    assert set(RUBRIC.delivery_weights) == set(DeliveryMeasure)


def test_every_figure_that_decides_names_its_source() -> None:
    tables = (RUBRIC.ceilings, RUBRIC.corridors, RUBRIC.counts, RUBRIC.thresholds)
    sources = [(row.unit, row.source) for table in tables for row in table.values()]
    assert all(unit and len(source) > 5 for unit, source in sources)
    assert all(threshold.decides for threshold in RUBRIC.thresholds.values())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("version = ", "version = = ", "not valid TOML"),
        ('version = "3"', "version = 3", "version must be a text"),
        ("[delivery_weights]", "[delivery_waits]", "the file has delivery_waits"),
        ("own_part = 0", "own_parts = 0", "weights.technical has own_parts"),
        ("coverage = 40", "", "weights.technical lacks coverage"),
        ("coverage = 40", "coverage = 45", "technical questions add up to 105"),
        ("coverage = 40", "coverage = nan", "weights.technical.coverage must be a number"),
        ("pace = 6", "pace = -6", "delivery_weights must hold weights of 0 or more"),
        ('  "One specific detail.",', "", "levels.specificity must be a list of 5"),
        ("[levels_to_ask]\nspecificity", "[levels_to_ask]\nwit", "levels_to_ask.wit"),
        ("[0.5, 1.2, 2.4, 3.9]", "[0.5, 2.4, 1.2, 3.9]", "ladders.silent_pauses.most must rise"),
        ("[[135, 180]", "[[110, 180]", "ladders.pace.between must widen"),
        ("levels = [1, 3, 5]", "levels = [1, 5, 3]", "counts.specificity_to_ask.levels"),
        ('decides = "delivery: the silence', 'divides = "', "thresholds.long_pause has divides"),
        ("value = 0.25", "value = true", "thresholds.pause_between_clauses.value"),
    ],
)
def test_a_rubric_that_cant_be_used_says_where(before: str, after: str, told: str) -> None:
    assert before in SHIPPED
    with pytest.raises(InvalidInputError, match=told):
        read_rubric(SHIPPED.replace(before, after))


@pytest.mark.parametrize("kind", QuestionKind)
def test_the_rubrics_own_weights_need_no_fingerprint(kind: QuestionKind) -> None:
    assert version_of(WEIGHTS[kind], kind) == RUBRIC_VERSION
    without_nothings = {name: weight for name, weight in WEIGHTS[kind].items() if weight}
    assert version_of(without_nothings, kind) == RUBRIC_VERSION


@given(st.permutations([30.0, 25.0, 20.0, 10.0, 10.0, 5.0]), st.sampled_from(QuestionKind))
def test_a_persons_own_weights_are_named_the_same_whatever_their_order(
    values: list[float], kind: QuestionKind
) -> None:
    weights = dict(zip(CriterionName, values, strict=True))
    named = version_of(weights, kind)
    assert named == version_of(dict(reversed(weights.items())), kind)
    assert (named == RUBRIC_VERSION) == (weights == dict(WEIGHTS[kind]))
    assert named.startswith(RUBRIC_VERSION)


def test_other_weights_and_other_kinds_have_other_fingerprints() -> None:
    some = dict(zip(CriterionName, (30.0, 25.0, 20.0, 10.0, 10.0, 5.0), strict=True))
    other = some | {CriterionName.RELEVANCE: 25.0, CriterionName.COVERAGE: 30.0}
    kind = QuestionKind.BEHAVIOURAL
    names = {version_of(some, kind), version_of(other, kind)}
    assert len(names | {version_of(some, QuestionKind.TECHNICAL)}) == 3
