"""Words that a recogniser wrote over and over, as it does on sounds that it can't make out.

What is left of an answer without its repeats is no measure of that: content keeps repeats that may
have been meant.
"""

from typing import Final

from voicecoach.scoring.content import filled_pauses, plain
from voicecoach.scoring.rubric import RUBRIC
from voicecoach.speech.transcript import Transcript

RUN: Final = int(RUBRIC.number("compared_run"))
"""Words in a row that are compared."""

LEAST_DIFFERENT: Final = RUBRIC.number("different_runs")
"""Share of runs that must differ."""


def share_of_different_runs(transcript: Transcript) -> float:
    """Return the share (0–1) of different runs of four words, filled pauses left out.

    1 where there are fewer words than two runs hold.
    """
    fillers = filled_pauses(transcript)
    words = [
        plain(word.text)
        for word, filler in zip(transcript.words, fillers, strict=True)
        if not filler
    ]
    if len(words) < 2 * RUN:
        return 1.0
    runs = [tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)]
    return len(set(runs)) / len(runs)


def runs_in_circles(transcript: Transcript) -> bool:
    """Tell whether the words say the same at least four times over."""
    return share_of_different_runs(transcript) < LEAST_DIFFERENT
