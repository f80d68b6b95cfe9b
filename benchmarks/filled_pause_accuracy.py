"""Compares filled pauses that were heard with the true ones."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.labelled_speech import LabelledSpeech
from voicecoach.scoring.filled_pauses import hear_filled_pauses
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript

TOLERANCE_SECONDS: Final = 0.3
"""An event matches a true filled pause that it overlaps or is less than this away from; each
matches one at most."""

COUNT_TOLERANCE: Final = 1.0
"""The count is right within one per minute."""


@dataclass(kw_only=True)
class Accuracy:
    """Precision, recall and count error over some answers."""

    matched: int = 0
    heard: int = 0
    true: int = 0
    errors_per_minute: list[float] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share (0–1) of what was heard that is a filled pause; NaN where nothing was heard."""
        return self.matched / self.heard if self.heard else math.nan

    @property
    def recall(self) -> float:
        """Share (0–1) of the filled pauses that were heard; NaN where there are none."""
        return self.matched / self.true if self.true else math.nan

    @property
    def count_error(self) -> float:
        """Mean absolute error of the count per minute."""
        return math.fsum(self.errors_per_minute) / max(1, len(self.errors_per_minute))

    @property
    def counted_right(self) -> float:
        """Share (0–1) of answers whose count is within one per minute of the truth."""
        right = sum(error <= COUNT_TOLERANCE for error in self.errors_per_minute)
        return right / max(1, len(self.errors_per_minute))

    def add(self, speech: LabelledSpeech, transcript: Transcript, sound: SoundMeasures) -> None:
        """Hear one answer and count what matches."""
        heard = hear_filled_pauses(transcript, sound)
        true = [
            Span(start_seconds=filler.start_seconds, end_seconds=filler.end_seconds)
            for filler in speech.fillers
        ]
        self.matched += matches(heard, true)
        self.heard += len(heard)
        self.true += len(true)
        self.errors_per_minute.append(abs(len(heard) - len(true)) / speech.minutes)


def matches(heard: Sequence[Span], true: Sequence[Span]) -> int:
    """Return how many pairs of one heard and one true span lie within the tolerance, at most.

    Both in order of time: taking for each true span the earliest free one that matches is the
    largest matching, as both sides' intervals are ordered.
    """
    free = sorted(heard, key=lambda span: span.end_seconds)
    found = 0
    for span in sorted(true, key=lambda one: one.end_seconds):
        for candidate in free:
            apart = max(
                candidate.start_seconds - span.end_seconds,
                span.start_seconds - candidate.end_seconds,
            )
            if apart < TOLERANCE_SECONDS:
                free.remove(candidate)
                found += 1
                break
    return found
