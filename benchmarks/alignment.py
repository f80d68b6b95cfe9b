"""How far from the truth the times of typed and corrected words are.

espeak answers with known word times are (a) typed word for word and aligned whole, and (b) heard
by the recogniser, its words spoilt further until up to 30% are wrong, and corrected back to the
truth: interpolated between the words that stayed, and aligned. Errors are of words' starts and
ends in seconds; in (b) of the words that were corrected only. Also: of words that were never said,
how many are given a measured time all the same.

`python -m benchmarks.alignment [--json] [--answers N] [--weights FOLDER]`
"""

import argparse
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from benchmarks.row import Row
from benchmarks.timed_speech import TimedAnswer, answer_texts, timed_answers
from voicecoach.errors import CoachError
from voicecoach.settings import bundled_weights_folders
from voicecoach.speech.correction import correct_transcript
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.forced_alignment import WhisperAligner
from voicecoach.speech.recording import Recording
from voicecoach.speech.transcript import (
    Transcript,
    TranscriptSource,
    transcript_from_words,
    typed_transcript,
)
from voicecoach.speech.weights import find_whisper
from voicecoach.wiring import SYNTHETIC_WEIGHTS

NAME: Final = "Word times after a correction (espeak speech with known word times, espeak-tiny)"
SPOILT: Final = (0.0, 0.1, 0.25)
"""Shares of the recogniser's words that are spoilt, beside its own errors; up to about 30% are
wrong in all."""

LEFT_OUT: Final = 0.25
PUT_IN: Final = 0.15
"""Of the spoilt words, the shares left out (a neighbour swallows their time) and doubled by a wrong
one; the rest is exchanged. About what recognisers' errors are made of."""

MADE_UP: Final = 0.15
"""Share of words that are put in though nobody said them."""


@dataclass(frozen=True)
class Errors:
    """Absolute errors of words' times in seconds, one row a word: start, end."""

    seconds: NDArray[np.float64]

    def figures(self) -> dict[str, float]:
        """Return median, 90th percentile, and the shares within 0.1 and 0.2 s."""
        told: dict[str, float] = {"words": len(self.seconds)}
        for name, column in (("start", self.seconds[:, 0]), ("end", self.seconds[:, 1])):
            told[f"{name}_median_s"] = round(float(np.median(column)), 4)
            told[f"{name}_p90_s"] = round(float(np.quantile(column, 0.9)), 4)
            told[f"{name}_within_0.1_s"] = round(float(np.mean(column <= 0.1)), 4)
            told[f"{name}_within_0.2_s"] = round(float(np.mean(column <= 0.2)), 4)
        return told


def figures(answers: int, weights: Path | None = None) -> dict[str, dict[str, float]]:
    """Return all figures, by what was measured.

    Raises:
        CoachError: the weights can't be used.
    """
    folder = weights or find_whisper(SYNTHETIC_WEIGHTS, bundled_weights_folders())
    transcriber = FasterWhisperTranscriber(
        folder, name=folder.name, language="en", cpu_threads=1, synthetic=weights is None
    )
    aligner = WhisperAligner(transcriber)
    spoken = timed_answers(answers)
    vocabulary = [word for answer in spoken for word in answer.words]
    errors: dict[str, list[NDArray[np.float64]]] = {}
    found: dict[str, list[bool]] = {"said": [], "never said": []}
    rates: dict[float, list[float]] = {share: [] for share in SPOILT}
    for number, answer in enumerate(spoken):
        recording = Recording(answer.samples)
        typed = aligner.align(recording, typed_transcript(answer.text))
        errors.setdefault("typed, aligned", []).append(_errors(typed, answer))
        heard = transcriber.transcribe(recording)
        for share in SPOILT:
            machine = _spoilt(heard, share, random.Random(number), vocabulary)
            rates[share].append(_word_error_rate(machine, answer))
            estimated = correct_transcript(machine, answer.text)
            corrected = [n for n, w in enumerate(estimated.words) if w.probability is None]
            for how, transcript in (
                ("interpolated", estimated),
                ("aligned", aligner.align(recording, estimated)),
            ):
                errors.setdefault(f"{share:.0%} spoilt, {how}", []).append(
                    _errors(transcript, answer, only=corrected)
                )
        told = _with_made_up(answer, random.Random(number), vocabulary)
        placed = aligner.align(recording, typed_transcript(" ".join(word for word, _ in told)))
        for word, (_, said) in zip(placed.words, told, strict=True):
            found["said" if said else "never said"].append(word.probability is not None)
    result = {what: Errors(np.concatenate(rows)).figures() for what, rows in errors.items()}
    for share, measured in rates.items():
        for how in ("interpolated", "aligned"):
            result[f"{share:.0%} spoilt, {how}"]["word_error_rate"] = round(
                float(np.mean(measured)), 3
            )
    result["made-up words among typed ones"] = {
        "said_and_measured": round(float(np.mean(found["said"])), 4),
        "never_said_and_measured": round(float(np.mean(found["never said"])), 4),
        "never_said": len(found["never said"]),
    }
    return result


def measure() -> list[Row]:
    """Return the short form for `make bench`."""
    told = figures(2)
    rows = [_row("typed words, aligned", told["typed, aligned"], "start")]
    for share in SPOILT:
        before = told[f"{share:.0%} spoilt, interpolated"]
        after = told[f"{share:.0%} spoilt, aligned"]
        wrong = f"{after['word_error_rate']:.0%} of words wrong"
        rows.append(_row(f"{wrong}, interpolated", before, "start"))
        best = after["start_p90_s"] <= before["start_p90_s"] / 2
        rows.append(
            replace(
                _row(f"{wrong}, aligned", after, "start"),
                goal="at most half of interpolated",
                met=best,
            )
        )
        rows.append(_row(f"{wrong}, aligned", after, "end"))
    made_up = told["made-up words among typed ones"]
    return [
        *rows,
        Row("said words found", 100 * made_up["said_and_measured"], "%", None, None),
        Row("words never said, found", 100 * made_up["never_said_and_measured"], "%", None, None),
    ]


def _row(what: str, told: dict[str, float], edge: str) -> Row:
    within = f"{told[f'{edge}_within_0.1_s']:.0%} within 0.1 s"
    name = f"{what}: 90th percentile of the error of word {edge}s ({within})"
    return Row(name, told[f"{edge}_p90_s"], "s", None, None)


def _errors(
    transcript: Transcript, answer: TimedAnswer, *, only: Sequence[int] | None = None
) -> NDArray[np.float64]:
    """Return the absolute errors of start and end, of words whose true times are known."""
    rows = [
        (
            abs((word.start_seconds or 0.0) - answer.starts[n]),
            abs((word.end_seconds or 0.0) - answer.ends[n]),
        )
        for n, word in enumerate(transcript.words)
        if np.isfinite(answer.starts[n]) and (only is None or n in only)
    ]
    return np.array(rows).reshape(-1, 2)


def _spoilt(
    heard: Transcript, share: float, chance: random.Random, vocabulary: Sequence[str]
) -> Transcript:
    """Return a machine's transcript with a share of its words left out, doubled or exchanged."""
    rows: list[tuple[str, float | None, float | None, float | None]] = []
    for word in heard.words:
        start, end = word.start_seconds or 0.0, word.end_seconds or 0.0
        kind = chance.random() if chance.random() < share else 1.0
        if kind == 1.0:
            rows.append((word.text, start, end, word.probability))
        elif kind < LEFT_OUT:
            if rows:
                rows[-1] = (rows[-1][0], rows[-1][1], end, rows[-1][3])
        elif kind < LEFT_OUT + PUT_IN:
            middle = (start + end) / 2
            rows.append((word.text, start, middle, word.probability))
            rows.append((chance.choice(vocabulary), middle, end, word.probability))
        else:
            rows.append((chance.choice(vocabulary), start, end, word.probability))
    spoilt = transcript_from_words(rows, version=1, source=TranscriptSource.MACHINE)
    return replace(spoilt, engine=heard.engine, weights=heard.weights)


def _with_made_up(
    answer: TimedAnswer, chance: random.Random, vocabulary: Sequence[str]
) -> list[tuple[str, bool]]:
    """Return the words of an answer and whether each was said, some put in that were not."""
    told: list[tuple[str, bool]] = []
    for word in answer.words:
        if chance.random() < MADE_UP:
            told.append((chance.choice(vocabulary), False))
        told.append((word, True))
    return told


def _word_error_rate(transcript: Transcript, answer: TimedAnswer) -> float:
    heard = [word.text.casefold().strip(".,;:!?") for word in transcript.words]
    said = [word.casefold().strip(".,;:!?") for word in answer.words]
    return Levenshtein.distance(said, heard) / len(said)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 2 for input that can't be used."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--answers", type=int, default=8, help="how many answers (1 to 8)")
    parser.add_argument("--weights", type=Path, help="a CTranslate2 Whisper folder")
    options = parser.parse_args(arguments)
    if not 1 <= options.answers <= len(answer_texts()):
        print(f"--answers must be 1 to {len(answer_texts())}", file=sys.stderr)
        return 2
    try:
        told = figures(options.answers, options.weights)
    except CoachError as error:
        print(f"alignment: {error}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(told, indent=2))
        return 0
    for what, values in told.items():
        print(f"{what}: " + ", ".join(f"{name} {value:g}" for name, value in values.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
