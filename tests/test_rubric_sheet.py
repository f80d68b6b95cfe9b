"""The rubric as it is told: whole, in step with scoring, with a source for each figure."""

import ast
from pathlib import Path

import pytest

from question_bank.question import QuestionKind
from voicecoach.rubric_sheet import MEASURED, rubric_sheet, source_beside
from voicecoach.scoring import coverage, relevance
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.result import CriterionName, CutPoints
from voicecoach.scoring.rubric import PACE, RUBRIC_VERSION, TOO_FEW_WORDS, WEIGHTS

SHEET = rubric_sheet(WEIGHTS, own_cut_points=None)


def test_every_threshold_is_told_with_its_source() -> None:
    assert all(len(threshold.source) > 5 for threshold in SHEET.thresholds)
    assert all(threshold.values for threshold in SHEET.thresholds)
    assert all(ladder.source for ladder in SHEET.ladders)
    assert len({threshold.name for threshold in SHEET.thresholds}) == len(SHEET.thresholds)


def test_figures_are_the_ones_that_decide() -> None:
    told = {threshold.name: list(threshold.values) for threshold in SHEET.thresholds}
    assert told["said_from"] == [CUT_POINTS.said_from]
    assert told["own_steps"] == list(relevance.OWN_STEPS)
    assert told["fewest_words"] == [TOO_FEW_WORDS]
    pace = next(ladder for ladder in SHEET.ladders if ladder.name == "pace")
    bounds = [(rung.level, bound) for rung in pace.rungs for bound in (rung.low, rung.high)]
    assert len(bounds) == 8
    for level, bound in bounds:
        assert bound is not None
        assert PACE.level(bound) == level


@pytest.mark.parametrize("one", MEASURED, ids=lambda one: one.constant)
def test_the_source_is_the_docstring_beside_the_constant(one: tuple[str, str, str, str]) -> None:
    module, constant, *_ = one
    folder = Path(coverage.__file__).parent
    beside = [
        " ".join(path.read_text(encoding="utf-8").split()).replace(' """', '"""')
        for path in folder.glob("*.py")
        if f"{constant}: Final" in path.read_text(encoding="utf-8")
    ]
    assert any(f'"""{source_beside(module, constant)}"""' in text for text in beside)


@pytest.mark.parametrize(
    "module",
    [
        "unscoreable",
        "words_without_voice",
        "words_in_circles",
        "one_near_voice",
        "language_of_words",
    ],
)
def test_no_figure_that_refuses_an_answer_stands_outside_the_rubric(module: str) -> None:
    source = Path(coverage.__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
    figures = [
        ast.unparse(statement)
        for statement in ast.parse(source).body
        if isinstance(statement, ast.AnnAssign)
        and statement.value is not None
        and any(
            isinstance(part, ast.Constant) and isinstance(part.value, int | float)
            for part in ast.walk(statement.value)
        )
    ]
    assert not figures


def test_a_constant_without_a_source_is_not_passed_over() -> None:
    with pytest.raises(LookupError, match="NO_SUCH"):
        source_beside("coverage", "NO_SUCH")
    with pytest.raises(LookupError, match="_RANK"):
        source_beside("coverage", "_RANK")


def test_one_kind_is_told_alone() -> None:
    sheet = rubric_sheet(WEIGHTS, own_cut_points=None, kind=QuestionKind.TO_ASK)
    assert [row.kind for row in sheet.weights] == [QuestionKind.TO_ASK]
    specificity = next(r for r in sheet.levels if r.criterion is CriterionName.SPECIFICITY)
    assert specificity.levels[4].startswith("Two or more")
    assert len(sheet.levels) == len(CriterionName)


def test_a_persons_own_weights_and_cut_points_stand_beside_the_rubrics() -> None:
    own = {**WEIGHTS, QuestionKind.TO_ASK: {CriterionName.SPECIFICITY: 100.0}}
    mine = CutPoints(said_from=0.6, partly_from=0.4, number=3)
    sheet = rubric_sheet(own, own_cut_points=mine)
    to_ask = next(row for row in sheet.weights if row.kind is QuestionKind.TO_ASK)
    assert to_ask.own
    assert to_ask.version.startswith(f"{RUBRIC_VERSION}+")
    assert to_ask.weights[CriterionName.RELEVANCE] == 0
    assert to_ask.rubric[CriterionName.RELEVANCE] == 20
    assert not any(row.own for row in sheet.weights if row.kind is not QuestionKind.TO_ASK)
    assert (sheet.cut_points, sheet.rubric_cut_points) == (mine, CUT_POINTS)
