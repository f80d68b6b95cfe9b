"""Delivery: how it was said. Pace, pauses, length, hedges and repeats, each with its span."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.scoring.content import content_of, filled_pauses
from voicecoach.scoring.evidence import Evidence, quote_words
from voicecoach.scoring.hedging import measure_hedging
from voicecoach.scoring.pace import measure_length, measure_pace
from voicecoach.scoring.repetition import measure_repetition
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import DELIVERY_WEIGHTS, DeliveryMeasure
from voicecoach.scoring.silent_pauses import measure_silent_pauses
from voicecoach.scoring.spoken_time import spoken_time
from voicecoach.scoring.voice_variation import measure_loudness_variation, measure_pitch_variation
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript

TYPED: Final = "This answer was typed, so there is no sound to measure. Say it aloud next time."
NOTHING_SPOKEN: Final = "No spoken words were found in the sound."
FILLED_PAUSES_UNPROVED: Final = (
    "The detector of filled pauses from the sound is not proved yet, and recognisers leave most "
    "of them out of the text."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Delivery's level (1–5, weighted mean of its measures) or why there is none."""

    level: float | None
    not_measured: str | None
    measures: tuple[Measure, ...]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The leading evidence of each measure that has a level."""
        return tuple(
            measure.evidence[0]
            for measure in self.measures
            if measure.level is not None and measure.evidence
        )


def measure_delivery(
    transcript: Transcript, sound: SoundMeasures | None, *, target_seconds: int
) -> Delivery:
    """Measure how an answer was said; without sound nothing is measured.

    `target_seconds` is how long a good answer to the question takes.
    """
    if sound is None:
        return Delivery(level=None, not_measured=TYPED, measures=())
    filled = filled_pauses(transcript)
    content = content_of(transcript)
    spoken = spoken_time(transcript, sound, content, filled)
    if spoken is None:
        return Delivery(level=None, not_measured=NOTHING_SPOKEN, measures=())
    measures = (
        measure_pace(spoken, transcript.version),
        _quote_filled_pauses(transcript, filled),
        measure_silent_pauses(transcript, spoken),
        measure_length(spoken, target_seconds, transcript.version),
        measure_hedging(transcript, spoken.word_count),
        measure_repetition(transcript, filled),
        measure_pitch_variation(sound, spoken, transcript.version),
        measure_loudness_variation(sound, spoken, transcript.version),
    )
    return Delivery(level=weighted_level(measures), not_measured=None, measures=measures)


def weighted_level(measures: Sequence[Measure]) -> float:
    """Return the weighted mean level (1–5) of the measures that have one, to two decimals."""
    measured = [(measure.level, measure.weight) for measure in measures if measure.level]
    total = math.fsum(weight for _, weight in measured)
    return round(math.fsum(level * weight for level, weight in measured) / total, 2)


def _quote_filled_pauses(transcript: Transcript, filled: Sequence[bool]) -> Measure:
    """Quote the filled pauses that the text shows, without a level."""
    return Measure(
        name=DeliveryMeasure.FILLED_PAUSES.value,
        level=None,
        weight=DELIVERY_WEIGHTS[DeliveryMeasure.FILLED_PAUSES],
        not_measured=FILLED_PAUSES_UNPROVED,
        evidence=tuple(
            quote_words(transcript, index, index) for index, filler in enumerate(filled) if filler
        ),
    )
