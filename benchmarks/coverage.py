"""Coverage against human raters: does this text say this point?

`python benchmarks/coverage.py FILE… [--json]` takes files in three public formats (see
`benchmarks/coverage_cases.py`) and prints, per data set and pooled over the sets, how well the
product's coverage (frozen weights, the very code that scores an answer) and simple baselines tell
what is said from what is not. The headline is the mean AUC over the groups of a set (documents,
topics, questions): two texts are compared where a person compares them, on one subject. The AUC
over all cases at once stands beside it.
"""

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.calibrating import Measured, calibrate
from benchmarks.coverage_cases import GOALS, Case, CasesError, read_cases
from benchmarks.coverage_methods import Verdicts, judge
from benchmarks.ranking import (
    Numbers,
    Truths,
    auc,
    best_f1,
    calibration_error,
    equal_weights,
    f1,
    mean_auc,
    three_states,
)
from benchmarks.row import Row
from voicecoach.settings import load_settings
from voicecoach.speech.contracts import SentenceEncoder
from voicecoach.wiring import build_encoder

NAME: Final = "Coverage against human raters"
DATA_VARIABLE: Final = "VOICECOACH_BENCHMARK_DATA"
FILES: Final = (
    "coverage_realsumm_dev.jsonl",
    "keypoints_argkp_dev.jsonl",
    "answers_semeval_dev.jsonl",
)
SAID_RIGHT_GOAL: Final = 0.80
NOT_HEARD_RIGHT_GOAL: Final = 0.85
DECIDED_GOAL: Final = 0.50
CALIBRATION_GOAL: Final = 0.05
EVEN_CHANCE: Final = 0.5

Report = dict[str, Any]


def evaluate(cases: Sequence[Case], encoder: SentenceEncoder) -> Report:
    """Return the figures of every data set and of all together."""
    sets: dict[str, list[Case]] = {}
    for case in cases:
        sets.setdefault(case.data_set, []).append(case)
    judged = {name: judge(of_set, encoder) for name, of_set in sets.items()}
    return {
        "sets": {name: _of_set(of_set, judged[name]) for name, of_set in sets.items()},
        "pooled": _pooled(sets, judged),
        "left_out": _left_out(sets, judged),
    }


def _of_set(cases: Sequence[Case], judged: dict[str, Verdicts]) -> Report:
    truths = np.array([case.said for case in cases])
    groups = [case.group for case in cases]
    report: Report = {
        "cases": len(cases),
        "answers": len({case.text for case in cases}),
        "groups": len(set(groups)),
        "said": float(truths.mean()),
        "goal": GOALS[cases[0].goal],
        "methods": {},
    }
    for name, verdicts in judged.items():
        method = {
            "auc_by_group": mean_auc(verdicts.scores, truths, groups),
            "auc_all_cases": auc(verdicts.scores, truths),
            "best_f1": best_f1(verdicts.scores, truths),
            "seconds_per_answer": verdicts.seconds_per_answer,
        }
        if verdicts.chances is not None:
            method |= _decisions(verdicts, truths)
        report["methods"][name] = method
    return report


def _decisions(
    verdicts: Verdicts, truths: Truths, weights: Numbers | None = None
) -> dict[str, float]:
    assert verdicts.chances is not None
    assert verdicts.said is not None
    assert verdicts.not_heard is not None
    states = three_states(verdicts.said, verdicts.not_heard, truths, weights)
    return {
        "f1": f1(verdicts.chances >= EVEN_CHANCE, truths),
        "said_right": states.said_right,
        "not_heard_right": states.not_heard_right,
        "decided": states.decided,
        "calibration_error": calibration_error(verdicts.chances, truths, weights),
    }


def _pooled(sets: dict[str, list[Case]], judged: dict[str, dict[str, Verdicts]]) -> Report:
    """Return the figures over all sets: every set counting the same, and every case the same."""
    own = [judged[name]["voicecoach"] for name in sets]
    truths = np.array([case.said for cases in sets.values() for case in cases])
    names = [case.data_set for cases in sets.values() for case in cases]

    def joined(parts: Sequence[Any]) -> Any:
        return np.concatenate(parts)

    together = Verdicts(
        scores=joined([one.scores for one in own]),
        seconds_per_answer=math.nan,
        chances=joined([one.chances for one in own]),
        said=joined([one.said for one in own]),
        not_heard=joined([one.not_heard for one in own]),
    )
    return {
        "cases": len(truths),
        "sets_alike": _decisions(together, truths, equal_weights(names)),
        "cases_alike": _decisions(together, truths),
        "auc_all_cases": {
            method: auc(joined([judged[name][method].scores for name in sets]), truths)
            for method in judged[next(iter(sets))]
        },
    }


def _left_out(sets: dict[str, list[Case]], judged: dict[str, dict[str, Verdicts]]) -> Report:
    """Return what a calibration fitted to the other sets gives on each set.

    The constants that ship are frozen; this tells how far they hang on which sets they came from.
    """
    measured = {
        name: _measured(of_set, judged[name]["voicecoach"]) for name, of_set in sets.items()
    }
    report: Report = {}
    for name, own in measured.items():
        others = [one for other, one in measured.items() if other != name]
        truths = np.concatenate([one.truths for one in others]) if others else np.zeros(0, np.bool_)
        if truths.all() or not truths.any():
            continue
        fitted = calibrate(
            Measured(
                similarities=np.concatenate([one.similarities for one in others]),
                sayable=np.concatenate([one.sayable for one in others]),
                hearable=np.concatenate([one.hearable for one in others]),
                truths=truths,
                weights=np.concatenate([one.weights for one in others]),
            ),
            said_right=SAID_RIGHT_GOAL,
            not_heard_right=NOT_HEARD_RIGHT_GOAL,
        )
        states = three_states(
            own.sayable >= fitted.said_from, own.hearable <= fitted.partly_from, own.truths
        )
        report[name] = {
            "steepness": fitted.steepness,
            "even_at": fitted.even_at,
            "said_from": fitted.said_from,
            "partly_from": fitted.partly_from,
            "f1": f1(fitted.chances(own.similarities) >= EVEN_CHANCE, own.truths),
            "said_right": states.said_right,
            "not_heard_right": states.not_heard_right,
            "decided": states.decided,
            "calibration_error": calibration_error(fitted.chances(own.similarities), own.truths),
        }
    return report


def _measured(cases: Sequence[Case], own: Verdicts) -> Measured:
    assert own.sayable is not None
    assert own.hearable is not None
    truths = np.array([case.said for case in cases])
    return Measured(
        similarities=own.scores,
        sayable=own.sayable,
        hearable=own.hearable,
        truths=truths,
        weights=np.full(len(truths), 1 / len(truths)),
    )


def measure() -> list[Row]:
    """Return the rows of `make bench`; a single one that says so where there is no data."""
    folder = os.environ.get(DATA_VARIABLE)
    if not folder:
        return [Row(f"not measured: {DATA_VARIABLE} names no folder", math.nan, "", None, None)]
    try:
        cases = read_cases(Path(folder) / name for name in FILES)
    except CasesError as error:
        return [Row(f"not measured: {error}", math.nan, "", None, None)]
    report = evaluate(cases, _encoder())
    rows: list[Row] = []
    for name, of_set in report["sets"].items():
        for method, figures in of_set["methods"].items():
            own = method == "voicecoach"
            value, goal = figures["auc_by_group"], of_set["goal"]
            rows.append(
                Row(
                    f"{name}: AUC by group, {method}",
                    value,
                    "",
                    f"at least {goal:g}" if own else None,
                    value >= goal if own else None,
                )
            )
    return [*rows, *_pooled_rows(report["pooled"])]


def _pooled_rows(pooled: Report) -> list[Row]:
    alike = pooled["sets_alike"]
    goals = (
        ('"said" right', "said_right", SAID_RIGHT_GOAL),
        ('"not heard" right', "not_heard_right", NOT_HEARD_RIGHT_GOAL),
        ("decided", "decided", DECIDED_GOAL),
    )
    rows = [
        Row(f"all sets alike: {what}", alike[key], "", f"at least {goal:g}", alike[key] >= goal)
        for what, key, goal in goals
    ]
    error = alike["calibration_error"]
    return [
        *rows,
        Row(
            "all sets alike: calibration error",
            error,
            "",
            f"at most {CALIBRATION_GOAL:g}",
            error <= CALIBRATION_GOAL,
        ),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run on the files of the command line; 2 where one can't be used."""
    parser = argparse.ArgumentParser(description="Coverage against human raters.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON Lines of cases")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args(arguments)
    try:
        cases = read_cases(options.files)
    except CasesError as error:
        print(error, file=sys.stderr)
        return 2
    report = evaluate(cases, _encoder())
    if options.json:
        print(json.dumps(_without_nan(report), indent=2))
    else:
        _print(report)
    return 0


def _encoder() -> SentenceEncoder:
    named = build_encoder(load_settings())
    if named is None:
        raise SystemExit("The sentence encoder is not installed: run install.py")
    return named.encode


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nan(one) for key, one in value.items()}
    return None if isinstance(value, float) and math.isnan(value) else value


def _print(report: Report) -> None:
    for name, of_set in report["sets"].items():
        print(
            f"{name}: {of_set['cases']} cases, {of_set['answers']} answers, "
            f"{of_set['groups']} groups, {of_set['said']:.0%} said"
        )
        print("  method            AUC by group   AUC all cases   best F1   ms per answer")
        for method, figures in of_set["methods"].items():
            print(
                f"  {method:<16}  {figures['auc_by_group']:>12.3f}   "
                f"{figures['auc_all_cases']:>13.3f}   {figures['best_f1']:>7.3f}   "
                f"{1000 * figures['seconds_per_answer']:>13.2f}"
            )
        own = of_set["methods"]["voicecoach"]
        held = "held" if own["auc_by_group"] >= of_set["goal"] else "not held"
        print(f"  voicecoach: goal of AUC by group {of_set['goal']:.2f} {held}; {_told(own)}\n")
    pooled = report["pooled"]
    print(f"All {pooled['cases']} cases")
    print(f"  every set alike:  {_told(pooled['sets_alike'])}")
    print(f"  every case alike: {_told(pooled['cases_alike'])}")
    areas = ", ".join(f"{name} {value:.3f}" for name, value in pooled["auc_all_cases"].items())
    print(f"  AUC all cases: {areas}")
    if report["left_out"]:
        print("\nCurve and cut-points fitted to the other sets, then tried on the one left out")
    for name, fitted in report["left_out"].items():
        print(
            f"  {name}: chance 1/(1+exp(-{fitted['steepness']:.1f}(s-{fitted['even_at']:.2f}))), "
            f"said from {fitted['said_from']:.2f}, partly from {fitted['partly_from']:.2f}; "
            f"{_told(fitted)}"
        )


def _told(figures: dict[str, float]) -> str:
    return (
        f'F1 {figures["f1"]:.3f}, "said" right {figures["said_right"]:.1%}, '
        f'"not heard" right {figures["not_heard_right"]:.1%}, '
        f"decided {figures['decided']:.1%}, calibration error {figures['calibration_error']:.3f}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
