"""Structure against labels: the benchmark counts rightly, and the rules hold their floor.

Only the development half is looked at here; the test half is for `benchmarks/structure.py`.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks import structure
from benchmarks.agreement import found
from benchmarks.structure import READERS, Reading, by_rules, compare, kappa
from benchmarks.structure_baselines import by_cue_words, by_place, labelled_by, level_of
from question_bank.question import QuestionKind
from tests.scoring.labelled_answers import (
    ClauseLabel,
    LabelledAnswer,
    LabelledClause,
    labelled_answers,
)
from voicecoach.scoring.clauses import split_clauses
from voicecoach.scoring.content import Content
from voicecoach.speech.transcript import typed_transcript

ROOT = Path(structure.__file__).parents[1]
KAPPA_FLOOR = 0.85
FLOORS = {
    ClauseLabel.SITUATION: 0.8,
    ClauseLabel.TASK: 0.55,
    ClauseLabel.ACTION: 0.82,
    ClauseLabel.RESULT: 0.65,
    ClauseLabel.OTHER: 0.7,
}
"""Least F1 by words on the development half, some points below what was measured on it."""

ANSWER = LabelledAnswer(
    slug="an-answer",
    kind=QuestionKind.BEHAVIOURAL,
    question="Tell me about a hard week.",
    style="plain",
    level=3,
    clauses=(
        LabelledClause(ClauseLabel.SITUATION, "It was um a hard week,"),
        LabelledClause(ClauseLabel.ACTION, "so I called the supplier."),
    ),
)


def all_of(label: ClauseLabel, level: float) -> structure.Reader:
    def read(answer: LabelledAnswer, content: Content) -> Reading:
        clauses = split_clauses(content.transcript)
        return Reading(level=level, clauses=tuple((clause, label) for clause in clauses))

    return read


@pytest.mark.parametrize("punctuated", [True, False])
def test_the_rules_hold_their_floor_on_the_development_half(punctuated: bool) -> None:
    comparisons = [
        compare(answer, by_rules, punctuated=punctuated)
        for answer in labelled_answers("development")
    ]
    words = [pair for one in comparisons for pair in one.words]

    assert len(comparisons) >= 62
    assert kappa(comparisons) >= KAPPA_FLOOR
    f1 = {label: found(words, label).f1 for label in ClauseLabel}
    assert {label: f1[label] for label in ClauseLabel if f1[label] < FLOORS[label]} == {}


@pytest.mark.parametrize("punctuated", [True, False])
def test_the_rules_agree_better_than_the_simple_ways(punctuated: bool) -> None:
    answers = labelled_answers("development")
    kappas = {
        name: kappa([compare(answer, reader, punctuated=punctuated) for answer in answers])
        for name, reader in READERS.items()
    }

    assert max(kappas, key=lambda name: kappas[name]) == "rules"
    assert kappas["rules"] - sorted(kappas.values())[-2] >= 0.3


def test_each_word_of_content_and_each_clause_is_compared_once() -> None:
    compared = compare(ANSWER, all_of(ClauseLabel.ACTION, 4.5), punctuated=True)

    assert compared.levels == (3, 5)
    assert compared.words == (
        *[(ClauseLabel.SITUATION, ClauseLabel.ACTION)] * 5,  # "um" carries no content
        *[(ClauseLabel.ACTION, ClauseLabel.ACTION)] * 5,
    )
    assert compared.clauses == (
        (ClauseLabel.SITUATION, ClauseLabel.ACTION),
        (ClauseLabel.ACTION, ClauseLabel.ACTION),
    )


@pytest.mark.parametrize(("level", "rounded"), [(4.0, 4), (4.49, 4), (4.5, 5), (5.0, 5)])
def test_a_level_between_two_counts_as_the_nearer(level: float, rounded: int) -> None:
    compared = compare(ANSWER, all_of(ClauseLabel.OTHER, level), punctuated=False)

    assert compared.levels[1] == rounded


def test_a_clause_is_heard_as_what_most_of_its_words_are() -> None:
    def read(answer: LabelledAnswer, content: Content) -> Reading:
        clause = split_clauses(content.transcript)[0]
        return Reading(level=3, clauses=((clause, ClauseLabel.TASK),))

    compared = compare(ANSWER, read, punctuated=True)

    assert compared.clauses == ((ClauseLabel.SITUATION, ClauseLabel.TASK),)


def test_by_place_the_first_clauses_are_the_situation_and_the_last_the_result() -> None:
    labels = by_place(["a"] * 10)

    assert labels == (
        *[ClauseLabel.SITUATION] * 3,
        *[ClauseLabel.ACTION] * 5,
        *[ClauseLabel.RESULT] * 2,
    )


@pytest.mark.parametrize(
    ("clause", "label"),
    [
        ("In the end we agreed.", ClauseLabel.RESULT),
        ("My task was to sell it.", ClauseLabel.TASK),
        ("I think that trust matters.", ClauseLabel.OTHER),
        ("Then I called them.", ClauseLabel.ACTION),
        ("The plant was full.", ClauseLabel.SITUATION),
    ],
)
def test_by_cue_words_a_clause_is_what_its_first_cue_says(clause: str, label: ClauseLabel) -> None:
    assert by_cue_words([clause]) == (label,)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I think trust is important.", 1),
        ("The plant was full.", 2),
        ("I called the plant.", 3),
        ("I called the plant. I wrote a list. In the end it was good.", 4),
        ("I called the plant. I wrote a list. In the end it was nine percent.", 5),
    ],
)
def test_the_simple_ways_level_by_the_anchors(text: str, level: int) -> None:
    assert level_of(labelled_by(by_cue_words, typed_transcript(text))) == level


def test_it_runs_from_the_root_as_a_module_and_prints_json() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks.structure", "--half", "development", "--json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    (report,) = json.loads(run.stdout)

    assert report["half"] == "development"
    assert report["answers"] == len(labelled_answers("development"))
    assert {reading["reader"] for reading in report["readings"]} == set(READERS)


def test_without_answers_it_says_so_in_one_line_run_as_a_script_too(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "benchmarks/structure.py", "--folder", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stderr == (
        f"structure: there are no labelled answers in {tmp_path / 'development'}\n"
    )


def test_a_broken_file_is_named_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "development").mkdir()
    (tmp_path / "development" / "broken.toml").write_text("level = ", encoding="utf-8")

    assert structure.main(["--folder", str(tmp_path), "--half", "development"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("structure: broken.toml: ")
    assert error.count("\n") == 1
