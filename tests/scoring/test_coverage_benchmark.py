"""The coverage benchmark reads three formats and tells the truth about scores it can check."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from benchmarks import coverage as benchmark
from benchmarks.calibrating import Measured, calibrate
from benchmarks.coverage_cases import CasesError, read_cases
from benchmarks.ranking import (
    auc,
    best_f1,
    calibration_error,
    equal_weights,
    f1,
    mean_auc,
    three_states,
)

ROOT = Path(__file__).parents[2]

REALSUMM: dict[str, object] = {
    "document": "d",
    "system": "s",
    "text": "The mayor opened the new bridge on Monday. Hundreds of people came to see it.",
    "points": [
        {"point": "The mayor opened a bridge.", "raters": [1, 1, 0]},
        {"point": "A dog stole the ribbon.", "raters": [0, 0, 0]},
        {"point": "The bridge cost nine million.", "raters": [1, 1, 0, 0]},
    ],
}
ARGKP: list[dict[str, object]] = [
    {"topic": "Zoos", "text": "Zoos keep rare animals alive.", "point": point, "label": label}
    for point, label in (
        ("Zoos keep rare animals from dying out.", 1),
        ("Tickets are too dear.", 0),
    )
]
SEMEVAL: list[dict[str, object]] = [
    {
        "corpus": corpus,
        "question": "Where did the water go?",
        "reference_answers": ["The water evaporated.", "It turned into vapour."],
        "answers": [
            {"text": "The water evaporated into the air.", "accuracy": "correct"},
            {"text": "Somebody drank the lemonade.", "accuracy": "incorrect"},
            {"text": "The water did not evaporate.", "accuracy": "contradictory"},
        ],
    }
    for corpus in ("beetle", "sciEntsBank")
]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    contents: dict[str, list[dict[str, object]]] = {
        "realsumm": [REALSUMM],
        "argkp": ARGKP,
        "semeval": SEMEVAL,
    }
    paths = []
    for name, rows in contents.items():
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        paths.append(path)
    return paths


def test_each_format_gives_its_cases(files: list[Path]) -> None:
    cases = read_cases(files)
    assert [case.said for case in cases if case.data_set == "realsumm"] == [True, False, False]
    assert [case.said for case in cases if case.data_set == "argkp"] == [True, False]
    beetle = [case for case in cases if case.data_set == "semeval/beetle"]
    assert [case.said for case in beetle] == [True, False, False]
    assert {len(case.points) for case in beetle} == {2}
    assert [case.goal for case in cases[3::3]] == ["ArgKP", "Beetle", "SciEntsBank"]


def test_the_report_tells_every_set_beside_the_simple_methods(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmark.main([*map(str, files), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert set(report["sets"]) == {"realsumm", "argkp", "semeval/beetle", "semeval/sciEntsBank"}
    for of_set in report["sets"].values():
        assert set(of_set["methods"]) == {
            "voicecoach",
            "BM25",
            "stem recall",
            "sentence cosine",
            "rapidfuzz",
        }
        assert of_set["methods"]["voicecoach"]["auc_by_group"] >= 0.75
        assert all(one["seconds_per_answer"] > 0 for one in of_set["methods"].values())
    assert report["pooled"]["cases"] == 11
    assert set(report["left_out"]) == set(report["sets"])
    assert 0 <= report["pooled"]["sets_alike"]["calibration_error"] <= 1


def test_the_table_names_both_ways_to_average(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert benchmark.main([str(files[1])]) == 0
    printed = capsys.readouterr().out
    assert "AUC by group" in printed
    assert "AUC all cases" in printed
    assert "goal of AUC by group 0.78 held" in printed


@pytest.mark.parametrize("how", [["benchmarks/coverage.py"], ["-m", "benchmarks.coverage"]])
def test_it_runs_as_a_script_and_as_a_module(how: list[str], tmp_path: Path) -> None:
    absent = tmp_path / "absent.jsonl"
    done = subprocess.run(
        [sys.executable, *how, str(absent)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "absent.jsonl" in done.stderr


@pytest.mark.parametrize(
    "content",
    [
        "",
        "no json",
        "[1, 2]",
        "{}",
        '{"topic": "t", "text": "x", "point": "y", "label": 2}',
        '{"document": "d", "text": "x", "points": [{"point": "y", "raters": []}]}',
        '{"corpus": "c", "question": "q", "reference_answers": [], "answers": []}',
        '{"topic": "t", "text": 7, "point": "y", "label": 1}',
    ],
)
def test_what_is_no_file_of_cases_is_said_in_one_line(content: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(CasesError, match=r"odd\.jsonl") as caught:
        read_cases([path])
    assert "\n" not in str(caught.value)


def test_without_data_the_bench_row_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(benchmark.DATA_VARIABLE, raising=False)
    (row,) = benchmark.measure()
    assert benchmark.DATA_VARIABLE in row.what
    assert row.met is None


TRUTHS = st.lists(st.booleans(), min_size=2, max_size=30)


@given(TRUTHS)
def test_the_truth_itself_ranks_perfectly_and_its_denial_not_at_all(drawn: list[bool]) -> None:
    truths = np.array(drawn)
    assume(0 < truths.sum() < len(truths))
    scores = truths.astype(np.float64)
    assert auc(scores, truths) == 1
    assert auc(-scores, truths) == 0
    assert auc(np.zeros(len(truths)), truths) == 0.5
    assert best_f1(scores, truths) == f1(truths, truths) == 1
    assert calibration_error(scores, truths) == 0
    states = three_states(truths, ~truths, truths)
    assert (states.said_right, states.not_heard_right, states.decided) == (1, 1, 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_the_area_is_the_share_of_pairs_in_order(drawn: list[tuple[int, bool]]) -> None:
    scores = np.array([score for score, _ in drawn], dtype=np.float64)
    truths = np.array([truth for _, truth in drawn])
    assume(0 < truths.sum() < len(truths))
    pairs = [(high > low) + (high == low) / 2 for high in scores[truths] for low in scores[~truths]]
    assert auc(scores, truths) == pytest.approx(np.mean(pairs))
    assert best_f1(scores, truths) == pytest.approx(
        max(f1(scores >= cut, truths) for cut in scores)
    )


def test_groups_are_ranked_apart_and_one_sided_groups_left_out() -> None:
    scores = np.array([0.9, 0.8, 0.2, 0.1, 0.5])
    truths = np.array([True, False, True, False, True])
    assert mean_auc(scores, truths, ["a", "a", "b", "b", "c"]) == 1
    assert np.isnan(mean_auc(scores[:1], truths[:1], ["a"]))


def test_chances_that_are_too_high_are_an_error_of_their_excess() -> None:
    truths = np.array([True, False, False, False])
    assert calibration_error(np.full(4, 0.65), truths) == pytest.approx(0.4)


@given(st.floats(2, 20), st.floats(0.2, 0.8))
def test_a_curve_is_found_again_from_its_own_chances(steepness: float, even_at: float) -> None:
    similarities = np.repeat(np.linspace(0, 1, 101), 2)
    chances = 1 / (1 + np.exp(-steepness * (similarities - even_at)))
    truths = np.tile([True, False], 101)
    fitted = calibrate(
        Measured(
            similarities=similarities,
            sayable=similarities,
            hearable=similarities,
            truths=truths,
            weights=np.where(truths, chances, 1 - chances),
        ),
        said_right=0.8,
        not_heard_right=0.85,
    )
    assert fitted.steepness == pytest.approx(steepness, rel=0.02)
    assert fitted.even_at == pytest.approx(even_at, abs=0.01)
    assert fitted.partly_from <= 1
    assert np.allclose(fitted.chances(similarities), chances, atol=0.01)


def test_cuts_decide_as_much_as_may_be_right() -> None:
    similarities = np.array([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9])
    truths = np.array([False, False, False, True, False, True, True, True])
    fitted = calibrate(
        Measured(similarities, similarities, similarities, truths, np.ones(8)),
        said_right=1.0,
        not_heard_right=1.0,
    )
    assert (fitted.said_from, fitted.partly_from) == (0.7, 0.3)


def test_what_guards_forbid_is_never_said() -> None:
    similarities = np.array([0.1, 0.9, 0.9])
    truths = np.array([False, True, False])
    sayable = np.array([0.1, 0.9, 0.0])
    fitted = calibrate(
        Measured(similarities, sayable, similarities, truths, np.ones(3)),
        said_right=1.0,
        not_heard_right=1.0,
    )
    assert fitted.said_from == 0.9


def test_every_name_weighs_the_same() -> None:
    weights = equal_weights(["a", "b", "b", "b"])
    assert weights[0] == pytest.approx(weights[1:].sum())
