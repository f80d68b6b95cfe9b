"""Fits the weights of `voicecoach/scoring/hesitation_weights.py` and prints that module.

On the training half of the synthetic answers: voices and texts that the test half never has.
Every stretch is seen with exact word times and twice with times as Whisper leaves them, the other
filled pauses taken off the words as the judgement will. Real people's words vary more in length
than a synthesiser's, so expected durations get a lognormal error of `WORD_VARIATION`.

    python -m benchmarks.fit_filled_pauses > weights.py
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.hesitant_answers import TRAINING_VOICES, Condition, hesitant_answers, under
from benchmarks.labelled_speech import (
    LabelledSpeech,
    TimedWord,
    exact_transcript,
    whisper_like_transcript,
)
from voicecoach.scoring.hesitation_odds import cues, is_ruled_out, stands_free
from voicecoach.scoring.swallowed_time import (
    Fit,
    WordTime,
    fit_between,
    pace_of,
    without,
    word_times,
)
from voicecoach.speech.acoustics import measure_sound
from voicecoach.speech.recording import Recording
from voicecoach.speech.span import Span
from voicecoach.speech.vocalic_stretches import VocalicStretch

CONDITIONS: Final = (Condition.CLEAN, Condition.NOISE_20, Condition.TELEPHONE)
WORD_VARIATION: Final = 0.3
PENALTY: Final = 3.0
"""Ridge penalty on the weights (not on the intercept)."""

OVERLAP: Final = 0.3
"""A stretch is the filled pause that it shares this much of the shorter of the two with."""

HEADING: Final = '''"""What cues weigh; `benchmarks/fit_filled_pauses.py` prints them.

A positive weight speaks for a filled pause; `hesitation_odds.cues` says what each cue is.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final
'''


@dataclass(frozen=True)
class _Case:
    """A stretch, how it fits its words, the speaker's other filled pauses, and the truth."""

    stretch: VocalicStretch
    fit: Fit
    others: tuple[VocalicStretch, ...]
    filled: bool


def main() -> int:
    """Print the module with the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--answers-per-voice", type=int, default=8)
    parser.add_argument("--seed", type=int, default=11)
    wanted = parser.parse_args()
    speeches = hesitant_answers(
        TRAINING_VOICES, answers_per_voice=wanted.answers_per_voice, seed=wanted.seed
    )
    cases = [case for number, speech in enumerate(speeches) for case in _cases(number, speech)]
    print(HEADING)
    for name, free, alone in (
        ("FREE_ALONE", True, True),
        ("FREE", True, False),
        ("COVERED_ALONE", False, True),
        ("COVERED", False, False),
    ):
        chosen = [case for case in cases if stands_free(case.stretch, case.fit) == free]
        found = [cues(case.stretch, case.fit, None if alone else case.others) for case in chosen]
        names = list(found[0])
        weights = _logistic(
            np.array([[row[cue] for cue in names] for row in found]),
            np.array([float(case.filled) for case in chosen]),
        )
        print(f"{name}: Final[Mapping[str, float]] = MappingProxyType(\n    {{")
        for cue, weight in zip(["intercept", *names], weights, strict=True):
            print(f'        "{cue}": {weight:.2f},')
        print("    }\n)")
        positive = sum(case.filled for case in chosen)
        print(f'"""{positive} filled pauses among {len(chosen)} stretches."""\n')
    return 0


def _cases(number: int, speech: LabelledSpeech) -> Iterator[_Case]:
    chance = np.random.default_rng(number)
    for condition in CONDITIONS:
        arrived = under(condition, speech, seed=number)
        sound = measure_sound(Recording(arrived.samples))
        stretches = sound.vocalic_stretches or ()
        labels = [_label(stretch, speech.fillers) for stretch in stretches]
        for transcript in (
            exact_transcript(speech),
            whisper_like_transcript(speech, seed=10 * number + 1),
            whisper_like_transcript(speech, seed=10 * number + 2),
        ):
            words = word_times(transcript)
            pace = pace_of(words)
            varied = [
                replace(
                    word,
                    expected_seconds=word.expected_seconds
                    * float(np.exp(chance.normal(0, WORD_VARIATION))),
                )
                for word in words
            ]
            for stretch, label in zip(stretches, labels, strict=True):
                near = _without_others(stretch, label, varied, speech.fillers)
                vowel = Span(
                    start_seconds=stretch.start_seconds, end_seconds=stretch.vowel_end_seconds
                )
                fit = fit_between(vowel, near, sound.pauses, pace=pace)
                if is_ruled_out(stretch, fit):
                    continue
                others = tuple(
                    other
                    for other, its in zip(stretches, labels, strict=True)
                    if its is not None and its != label
                )
                yield _Case(stretch, fit, others, label is not None)


def _label(stretch: Span, fillers: Sequence[TimedWord]) -> int | None:
    """Return which filled pause a stretch is, None if it is none."""
    for number, filler in enumerate(fillers):
        shared = min(stretch.end_seconds, filler.end_seconds) - max(
            stretch.start_seconds, filler.start_seconds
        )
        shorter = min(stretch.seconds, filler.end_seconds - filler.start_seconds)
        if shared > OVERLAP * shorter:
            return number
    return None


def _without_others(
    stretch: VocalicStretch,
    label: int | None,
    words: Sequence[WordTime],
    fillers: Sequence[TimedWord],
) -> list[WordTime]:
    """Return the words near a stretch, the time of all other filled pauses taken off them."""
    near = [
        word
        for word in words
        if word.start_seconds < stretch.end_seconds + 3
        and word.end_seconds > stretch.start_seconds - 3
    ]
    for number, filler in enumerate(fillers):
        if number != label:
            taken = Span(start_seconds=filler.start_seconds, end_seconds=filler.end_seconds)
            near = list(without(near, taken))
    return near


def _logistic(found: NDArray[np.float64], filled: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return intercept and weights of a ridge-penalised logistic regression (Newton's method)."""
    rows = np.column_stack([np.ones(len(found)), found])
    penalty = np.full(rows.shape[1], PENALTY)
    penalty[0] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(60):
        likely = 1 / (1 + np.exp(-np.clip(rows @ weights, -50, 50)))
        slope = rows.T @ (likely - filled) + penalty * weights
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + np.diag(penalty)
        weights = weights - np.linalg.solve(bend, slope)
    return weights


if __name__ == "__main__":
    raise SystemExit(main())
