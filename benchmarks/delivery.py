"""Delivery against the truth: pauses, pace, pitch and loudness.

`python -m benchmarks.delivery [--takes N] [--json]`: about two minutes of work on one core
(`--takes 1`: one).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

import numpy as np

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.delivery_accuracy import (
    EDGE_SECONDS,
    RATE_TOLERANCE,
    Accuracy,
    PauseAndPace,
    VoiceErrors,
    measure_known_voices,
    measure_pauses_and_pace,
)
from benchmarks.row import Row
from benchmarks.spliced_answers import CONDITIONS, spliced_answers

NAME: Final = "Delivery on synthetic speech with known gaps and voices"
TAKES: Final = 2
SHORT_CONDITIONS: Final = ("clean", "noise at 15 dB", "noise at 10 dB", "breaths in the gaps")
EDGE_GOAL: Final = 0.95
RATE_GOAL: Final = 0.95


def measure() -> list[Row]:
    """Return the short form for `make bench`: one take in four conditions, and the known voices."""
    chosen = [condition for condition in CONDITIONS if condition.name in SHORT_CONDITIONS]
    heard = measure_pauses_and_pace(spliced_answers(conditions=chosen))
    rows: list[Row] = []
    for name, accuracy in heard.conditions.items():
        edges = accuracy.within(accuracy.edges, EDGE_SECONDS)
        rows.append(_goal(f"pause edges within 0.1 s, {name}", edges, EDGE_GOAL))
        for what, errors in (
            ("speech rate", accuracy.speech_rates),
            ("articulation rate", accuracy.articulation_rates),
        ):
            share = accuracy.within(errors, RATE_TOLERANCE)
            rows.append(_goal(f"{what} within 3%, {name}", share, RATE_GOAL))
    for name, placement in heard.placements.items():
        for what, share in placement.shares().items():
            if what.startswith("inside"):
                rows.append(Row(f"pauses {what.replace('_', ' ')}, {name}", share, "", None, None))
    for name, voice_errors in measure_known_voices().items():
        for what, column in _voice_columns(voice_errors).items():
            error = float(np.median(np.abs(column)))
            rows.append(Row(f"{what}, median error, {name}", error, "of the truth", None, None))
    return rows


def main() -> int:
    """Print everything, as text or as JSON."""
    parser = argparse.ArgumentParser(prog="delivery", description=__doc__)
    parser.add_argument("--takes", type=int, default=TAKES, help="answers per voice and condition")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    if arguments.takes < 1:
        print("--takes must be 1 or more", file=sys.stderr)
        return 2
    heard = measure_pauses_and_pace(spliced_answers(takes=arguments.takes))
    report = _report(heard, measure_known_voices())
    print(json.dumps(report, indent=2) if arguments.json else _as_text(report))
    return 0


def _goal(what: str, share: float | None, goal: float) -> Row:
    if share is None:
        return Row(what, None, "not measured in this noise", None, None)
    return Row(what, share, "of all", f"at least {goal:.0%}", share >= goal)


def _report(heard: PauseAndPace, voices: dict[str, VoiceErrors]) -> dict[str, Any]:
    return {
        "conditions": {name: _condition(one) for name, one in heard.conditions.items()},
        "places": {name: one.shares() for name, one in heard.placements.items()},
        "speech_rate_with_numbers_in_digits": {
            "answers": len(heard.digit_rates),
            "as_spoken": _spread(heard.digit_rates),
            "as_written_words": _spread(heard.digit_rates_by_token),
        },
        "known_voices": {
            name: {what: _spread(column) for what, column in _voice_columns(one).items()}
            for name, one in voices.items()
        },
    }


def _condition(accuracy: Accuracy) -> dict[str, Any]:
    return {
        "answers": accuracy.answers,
        "measured_signal_to_noise": round(float(np.median(accuracy.signal_to_noise)), 1),
        "pauses": accuracy.pauses,
        "missed": accuracy.missed,
        "missed_from_0.35_s_on": accuracy.missed_long,
        "false": accuracy.false,
        "edge_seconds": _spread(accuracy.edges),
        "edges_within_0.1_s": accuracy.within(accuracy.edges, EDGE_SECONDS),
        "speech_rate": _spread(accuracy.speech_rates),
        "speech_rate_within_3_percent": accuracy.within(accuracy.speech_rates, RATE_TOLERANCE),
        "articulation_rate": _spread(accuracy.articulation_rates),
        "articulation_rate_within_3_percent": accuracy.within(
            accuracy.articulation_rates, RATE_TOLERANCE
        ),
        "transcripts_whose_silences_are_not_judged": accuracy.unsure,
    }


def _voice_columns(errors: VoiceErrors) -> dict[str, tuple[float, ...]]:
    return {
        "pitch deviation": errors.pitch_deviation,
        "pitch quartile range": errors.pitch_quartile_range,
        "median pitch": errors.median_pitch,
        "loudness deviation": errors.loudness_deviation,
    }


def _spread(errors: list[float] | tuple[float, ...]) -> dict[str, float] | None:
    """Return median and 95% point of the sizes of errors, and their mean with its sign."""
    if not errors:
        return None
    sizes = np.abs(errors)
    return {
        "median": round(float(np.median(sizes)), 4),
        "p95": round(float(np.quantile(sizes, 0.95)), 4),
        "bias": round(float(np.mean(errors)), 4),
    }


def _as_text(report: dict[str, Any]) -> str:
    lines: list[str] = []
    for name, one in report["conditions"].items():
        lines.append(f"{name}: {one['answers']} answers, {one['pauses']} pauses")
        lines += [f"  {key}: {value}" for key, value in one.items() if key != "answers"]
    for title in ("places", "known_voices"):
        lines.append(title.replace("_", " "))
        for name, one in report[title].items():
            lines.append(f"  {name}")
            lines += [
                f"    {key}: {round(value, 3) if isinstance(value, float) else value}"
                for key, value in one.items()
            ]
    lines.append("speech rate with numbers in digits")
    numbers = report["speech_rate_with_numbers_in_digits"]
    lines += [f"  {key}: {value}" for key, value in numbers.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
