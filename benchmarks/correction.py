"""Correcting a two-minute answer: how soon it is scored anew, how soon its words are found.

`python -m benchmarks.correction [--json]`
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.row import Row
from benchmarks.scoring import OTHERS, POINTS, QUESTION
from benchmarks.spoken_answer import two_minute_answer
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from voicecoach.errors import CoachError
from voicecoach.finishing import ALIGNING
from voicecoach.practice import Coach
from voicecoach.settings import load_settings
from voicecoach.speech.audio_file import write_wav
from voicecoach.wiring import build_coach

NAME: Final = "Correcting a two-minute answer (a tenth of its words; espeak-tiny, models loaded)"
SECONDS_GOAL: Final = 1.0
RUNS: Final = 5
EVERY: Final = 10
"""One word of so many is corrected."""


def figures() -> dict[str, float]:
    """Return the median seconds until the score is stored, and from then until the times are.

    Both as they pass, and as the processor was busy with it (of use where others share it).

    Raises:
        CoachError: the coach can't be built, or the answer not transcribed.
    """
    taken: dict[str, list[float]] = {
        "score_stored_median_s": [],
        "score_stored_processor_s": [],
        "words_found_median_s": [],
        "words_found_processor_s": [],
    }
    with tempfile.TemporaryDirectory() as home:
        coach = build_coach(load_settings({"home": home, "synthetic": True}))
        attempt_id = _answered(coach, Path(home))
        for run in range(RUNS + 1):
            transcript = coach.attempt(attempt_id).transcript
            assert transcript is not None
            words = transcript.text.split()
            words[run::EVERY] = [f"{word}s" for word in words[run::EVERY]]
            moments: dict[str, tuple[float, float]] = {}
            _note(moments, "start")
            done = coach.correct(
                attempt_id,
                " ".join(words),
                on_stage=partial(_note, moments),
            )
            _note(moments, "end")
            assert done.transcript is not None
            assert done.transcript.aligned
            if run > 0:  # the first one loads the weights
                edges = (moments["start"], moments[ALIGNING], moments["end"])
                steps = [after[i] - before[i] for before, after in pairwise(edges) for i in (0, 1)]
                for kept, seconds in zip(taken.values(), steps, strict=True):
                    kept.append(seconds)
        coach.database.close()
    return {name: round(statistics.median(seconds), 3) for name, seconds in taken.items()}


def measure() -> list[Row]:
    """Return the rows for `make bench`."""
    told = figures()
    scored = told["score_stored_median_s"]
    return [
        Row(
            "until the new score is stored, median",
            scored,
            "s",
            f"under {SECONDS_GOAL:g} s",
            scored < SECONDS_GOAL,
        ),
        Row(
            "of that, the processor was busy with it, median",
            told["score_stored_processor_s"],
            "s",
            None,
            None,
        ),
        Row(
            "after that, until the words are found in the sound and judged there, median",
            told["words_found_median_s"],
            "s",
            None,
            None,
        ),
    ]


def _answered(coach: Coach, folder: Path) -> str:
    """Give a two-minute answer to a question with an outline, among twenty others."""
    with coach.bank() as bank:
        for text in OTHERS:
            bank.add_question(text, kind=QuestionKind.BEHAVIOURAL)
        question = bank.add_question(QUESTION, kind=QuestionKind.BEHAVIOURAL).question
        bank.set_outline(question.id, [DraftPoint(text=text, part=part) for text, part in POINTS])
    write_wav(folder / "answer.wav", two_minute_answer())
    attempt = coach.attach(coach.begin(question.id).id, folder / "answer.wav")
    return coach.finish(attempt.id).id


def _note(moments: dict[str, tuple[float, float]], stage: str) -> None:
    """Keep the moment at which a stage began, and how long the processor was busy until then."""
    moments[stage] = (time.perf_counter(), time.process_time())


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 2 where the coach can't be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    try:
        told = figures()
    except CoachError as error:
        print(f"correction: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told, indent=2))
        return 0
    for name, value in told.items():
        print(f"{name} {value:g}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
