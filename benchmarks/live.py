"""Live transcription against transcription after the fact: words that are wrong, and memory.

Answers nobody trained on are fed in pieces of 100 ms, as a microphone gives them but as fast as
they are decoded; both ways use the same weights on the same sound in one run. The memory is that of
a process of its own, which hears an answer of the length asked for.

`python -m benchmarks.live [--answers N] [--minutes M] [--json]`
"""

import argparse
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks.long_answers import LongAnswer, spoken, texts
from benchmarks.row import Row
from voicecoach.errors import CoachError
from voicecoach.settings import bundled_weights_folders
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.live import LiveTranscription
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.transcript import Transcript
from voicecoach.speech.weights import find_whisper
from voicecoach.wiring import SYNTHETIC_WEIGHTS

NAME: Final = "Live transcription (espeak-tiny, pieces of 100 ms, pauses of 0.25 to 2.5 s)"
POINTS_GOAL: Final = 0.5
"""So many points of word error rate the live transcript may be worse by."""

GROWTH_GOAL: Final = 55.0
"""MiB by which half an hour may take more than one minute: less than its sound alone would, at 16
bits."""

MINUTES: Final = 30.0
PIECE: Final = SAMPLE_RATE // 10
MOST_BEHIND_SECONDS: Final = 5.0
"""The memory is measured on a machine that keeps up: no more than this waits."""


def transcriber() -> FasterWhisperTranscriber:
    """Return the engine on the bundled weights, one thread."""
    folder = find_whisper(SYNTHETIC_WEIGHTS, bundled_weights_folders())
    return FasterWhisperTranscriber(
        folder, name=SYNTHETIC_WEIGHTS, language="en", cpu_threads=1, synthetic=True
    )


def heard_live(engine: FasterWhisperTranscriber, pieces: Iterator[NDArray[np.int16]]) -> Transcript:
    """Return what is heard while the pieces come, no faster than they are decoded."""
    live = LiveTranscription(lambda: engine)
    for piece in pieces:
        live.feed(piece)
        while live.behind_seconds > MOST_BEHIND_SECONDS:
            time.sleep(0.005)
    return live.finish()


def errors(answers: Sequence[LongAnswer]) -> dict[str, float]:
    """Return the share of words wrong (%) both ways, and how many words there are."""
    engine = transcriber()
    wrong = {"after": 0, "live": 0}
    said = 0
    apart = 0
    for answer in answers:
        after = engine.transcribe(answer.recording)
        live = heard_live(engine, _pieces(answer.samples))
        said += len(_plain(answer.text))
        wrong["after"] += _distance(answer.text, after.text)
        wrong["live"] += _distance(answer.text, live.text)
        apart += _distance(after.text, live.text)
    return {
        "words": said,
        "seconds": round(sum(answer.seconds for answer in answers), 1),
        "wrong_after_the_fact_percent": round(100 * wrong["after"] / said, 2),
        "wrong_live_percent": round(100 * wrong["live"] / said, 2),
        "points_worse_live": round(100 * (wrong["live"] - wrong["after"]) / said, 2),
        "heard_differently_percent": round(100 * apart / said, 2),
    }


def memory(minutes: float) -> dict[str, float]:
    """Return the peak in MiB for an answer of one minute and of so many; empty on Windows."""
    if sys.platform == "win32":
        return {}
    peaks = {}
    for what, length in (("one_minute_mib", 1.0), ("long_answer_mib", minutes)):
        ran = subprocess.run(
            [sys.executable, "-c", _HEAR.format(minutes=length)],
            check=True,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        peaks[what] = round(int(ran.stdout.strip().splitlines()[-1]) / 2**20, 1)
    return peaks | {"long_answer_minutes": minutes}


def hear_for(minutes: float) -> None:
    """Hear an answer said over and over for so long."""
    (answer,) = spoken(1)

    def pieces() -> Iterator[NDArray[np.int16]]:
        left = round(minutes * 60 * SAMPLE_RATE)
        while left > 0:
            yield from _pieces(answer.samples[:left])
            left -= len(answer.samples)

    heard_live(transcriber(), pieces())


def figures(*, answers: int, minutes: float) -> dict[str, float]:
    """Return all figures."""
    return errors(tuple(spoken(answers))) | memory(minutes)


def measure() -> list[Row]:
    """Return the rows for `make bench`."""
    told = figures(answers=len(texts()), minutes=MINUTES)
    worse = told["points_worse_live"]
    rows = [
        Row("words wrong after the fact", told["wrong_after_the_fact_percent"], "%", None, None),
        Row("words wrong live", told["wrong_live_percent"], "%", None, None),
        Row(
            f"live is worse by ({told['words']:.0f} words)",
            worse,
            "points",
            f"at most {POINTS_GOAL}",
            worse <= POINTS_GOAL,
        ),
    ]
    if "long_answer_mib" in told:
        growth = told["long_answer_mib"] - told["one_minute_mib"]
        rows += [
            Row("peak memory, one minute", told["one_minute_mib"], "MiB", None, None),
            Row(f"peak memory, {MINUTES:g} minutes", told["long_answer_mib"], "MiB", None, None),
            Row(
                "half an hour takes more by",
                growth,
                "MiB",
                f"less than {GROWTH_GOAL:g}",
                growth < GROWTH_GOAL,
            ),
        ]
    return rows


_HEAR: Final = """
import resource, sys
from pathlib import Path
from benchmarks.live import hear_for
hear_for({minutes})
status = Path('/proc/self/status')
if status.exists():
    line = next(l for l in status.read_text().splitlines() if l.startswith('VmHWM'))
    print(int(line.split()[1]) * 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def _pieces(samples: NDArray[np.int16]) -> Iterator[NDArray[np.int16]]:
    for first in range(0, len(samples), PIECE):
        yield samples[first : first + PIECE]


def _plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


def _distance(said: str, heard: str) -> int:
    return Levenshtein.distance(_plain(said), _plain(heard))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 2 where they can't be had."""
    parser = argparse.ArgumentParser(description=__doc__)
    most = len(texts())
    parser.add_argument("--answers", type=int, default=most, help=f"how many, 1 to {most}")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="length for the memory")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args(arguments)
    if not 1 <= options.answers <= most or not 0 < options.minutes <= 180:
        print(f"live: give 1 to {most} answers and up to 180 minutes", file=sys.stderr)
        return 2
    try:
        told = figures(answers=options.answers, minutes=options.minutes)
    except CoachError as error:
        print(f"live: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told, indent=2))
        return 0
    for name, value in told.items():
        print(f"{name.replace('_', ' ')}: {value:g}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
