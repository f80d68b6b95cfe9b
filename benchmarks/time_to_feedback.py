"""How long a person waits from the last word to the score, live and transcribed after the stop.

A real `voicecoach serve --synthetic` process takes answers through its real socket, in pieces of
100 ms at the pace given; the wait is from the last sample sent to the result. Beside it, in the
same run, the same recordings are transcribed after the stop, with weights and encoder loaded
before, as `attempts finish` does it. Answers end with the 0.6 s it takes to reach for the button;
one also ends in the middle of a word.

`python -m benchmarks.time_to_feedback [--speed X] [--runs N] [--json]`
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from numpy.typing import NDArray
from websockets.sync.client import connect

from benchmarks.long_answers import spoken
from benchmarks.row import Row
from benchmarks.scoring import OTHERS, POINTS, QUESTION
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from voicecoach.errors import CoachError
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.speech.audio_file import write_wav
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.wiring import build_coach, build_engines

NAME: Final = "From the last word to the score (espeak-tiny, through the socket)"
FLAT_GOAL: Final = 1.2
FASTER_GOAL: Final = 10.0
SPEED: Final = 1.0
RUNS: Final = 1
SHORT_SECONDS: Final = 10.0
LONG_SECONDS: Final = 120.0
REACH_SECONDS: Final = 0.6
PIECE: Final = SAMPLE_RATE // 10


def figures(*, speed: float, runs: int) -> dict[str, float]:
    """Return the median waits in seconds, and their ratios."""
    long = np.concatenate([answer.samples for answer in spoken(2)])
    sounds = {
        "10_s": _ending(long, SHORT_SECONDS),
        "120_s": _ending(long, LONG_SECONDS),
        "120_s_in_mid_word": _in_mid_word(long, LONG_SECONDS),
    }
    waits: dict[str, list[float]] = {name: [] for name in sounds}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
        question_id = _question(coach)
        with _server(home) as port:
            _spoken_into(port, question_id, sounds["10_s"], speed=20)  # loads what is loaded once
            for _ in range(runs):
                for name, samples in sounds.items():
                    waits[name].append(_spoken_into(port, question_id, samples, speed=speed))
        after = _after_the_stop(coach, question_id, sounds, Path(folder), runs)
        coach.database.close()
    live = {name: statistics.median(taken) for name, taken in waits.items()}
    return {
        "speed": speed,
        "runs": runs,
        **{f"live_{name}": round(wait, 3) for name, wait in live.items()},
        **{f"after_the_stop_{name}": round(wait, 3) for name, wait in after.items()},
        "live_120_s_against_10_s": round(live["120_s"] / live["10_s"], 2),
        "after_the_stop_against_live_120_s": round(after["120_s"] / live["120_s"], 1),
    }


def measure() -> list[Row]:
    """Return the rows for `make bench`."""
    told = figures(speed=SPEED, runs=RUNS)
    flat, faster = told["live_120_s_against_10_s"], told["after_the_stop_against_live_120_s"]
    return [
        Row("live, 10 s answer, median", told["live_10_s"], "s", None, None),
        Row("live, 120 s answer, median", told["live_120_s"], "s", None, None),
        Row(
            "live, 120 s answer stopped in mid-word, median",
            told["live_120_s_in_mid_word"],
            "s",
            None,
            None,
        ),
        Row("after the stop, 10 s answer, median", told["after_the_stop_10_s"], "s", None, None),
        Row("after the stop, 120 s answer, median", told["after_the_stop_120_s"], "s", None, None),
        Row("live, 120 s / 10 s", flat, "×", f"at most {FLAT_GOAL}×", flat <= FLAT_GOAL),
        Row(
            "after the stop / live, 120 s",
            faster,
            "×",
            f"at least {FASTER_GOAL:g}×",
            faster >= FASTER_GOAL,
        ),
    ]


def _ending(samples: NDArray[np.int16], seconds: float) -> NDArray[np.int16]:
    """Return so many seconds of it, the last of them spent reaching for the button."""
    spoken_seconds = seconds - REACH_SECONDS
    return np.concatenate(
        [
            _in_mid_word(samples, spoken_seconds),
            np.zeros(round(REACH_SECONDS * SAMPLE_RATE), dtype=np.int16),
        ]
    )


def _in_mid_word(samples: NDArray[np.int16], seconds: float) -> NDArray[np.int16]:
    """Return so many seconds of it, ending where it is loud."""
    end = round(seconds * SAMPLE_RATE)
    quarter = SAMPLE_RATE // 4
    if not np.abs(samples[end - quarter : end]).max() > 1_000:
        shift = int(np.flatnonzero(np.abs(samples[end:]) > 1_000)[0]) + quarter
        return samples[shift : end + shift]
    return samples[:end]


def _question(coach: Coach) -> str:
    with coach.bank() as bank:
        for text in OTHERS:
            bank.add_question(text, kind=QuestionKind.BEHAVIOURAL)
        question = bank.add_question(QUESTION, kind=QuestionKind.BEHAVIOURAL).question
        bank.set_outline(question.id, [DraftPoint(text=text, part=part) for text, part in POINTS])
    return question.id


@contextmanager
def _server(home: Path) -> Iterator[int]:
    """Serve the home from a process of its own; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if "VOICECOACH_" not in name}
    with subprocess.Popen(
        [sys.executable, "-m", "voicecoach", "serve", "--port", str(port), "--synthetic"],
        cwd=Path(__file__).parents[1],
        env=kept | {"VOICECOACH_HOME": str(home), "VOICECOACH_TIME_ZONE": "UTC"},
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stderr is not None
            process.stderr.readline()
            yield port
        finally:
            process.terminate()


def _spoken_into(port: int, question_id: str, samples: NDArray[np.int16], *, speed: float) -> float:
    """Speak an answer into the socket; return the seconds from its last sample to the result."""
    address = f"ws://127.0.0.1:{port}/api/live/{question_id}"
    # What is told meanwhile waits in the client: unread, it would hold up the answers to pings.
    with connect(address, proxy=None, max_queue=None) as connection:
        assert json.loads(connection.recv())["type"] == "ready"
        begun = time.perf_counter()
        for number, first in enumerate(range(0, len(samples), PIECE)):
            due = begun + (number + 1) * PIECE / SAMPLE_RATE / speed
            time.sleep(max(0.0, due - time.perf_counter()))
            connection.send(samples[first : first + PIECE].astype("<i2").tobytes())
        last = time.perf_counter()
        connection.send('{"type": "stop"}')
        for message in connection:
            told = json.loads(message)
            assert told["type"] != "problem", told
            if told["type"] == "result":
                return time.perf_counter() - last
    raise AssertionError("the socket closed without a result")


def _after_the_stop(
    coach: Coach,
    question_id: str,
    sounds: dict[str, NDArray[np.int16]],
    folder: Path,
    runs: int,
) -> dict[str, float]:
    """Return the median seconds it takes to finish each recording, weights loaded before."""
    warm = build_engines(coach.settings)
    coach.engines = replace(coach.engines, transcriber=warm.transcriber, encoder=warm.encoder)
    taken: dict[str, list[float]] = {name: [] for name in sounds}
    for run in range(runs + 1):
        for name, samples in sounds.items():
            path = folder / f"{name}.wav"
            write_wav(path, Recording.from_pcm16(samples.astype("<i2").tobytes()))
            attempt = coach.attach(coach.begin(question_id).id, path)
            begun = time.perf_counter()
            coach.finish(attempt.id)
            if run:  # the first one loads the weights
                taken[name].append(time.perf_counter() - begun)
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 2 where they can't be had."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--speed", type=float, default=SPEED, help="how much faster than spoken")
    parser.add_argument("--runs", type=int, default=RUNS, help="answers of each sort")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    if not 0 < options.speed <= 20 or not 1 <= options.runs <= 100:
        print("time_to_feedback: speed is up to 20, runs 1 to 100", file=sys.stderr)
        return 2
    try:
        told = figures(speed=options.speed, runs=options.runs)
    except CoachError as error:
        print(f"time_to_feedback: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told, indent=2))
        return 0
    for name, value in told.items():
        print(f"{name.replace('_', ' ')}: {value:g}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
