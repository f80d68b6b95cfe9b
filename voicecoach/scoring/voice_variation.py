"""How much a voice's pitch and loudness move: shown as measured, without a level or a weight.

Listeners prefer lively voices, but no research says how many semitones or decibels an interview
answer needs, so there is nothing to set a level by.
"""

from typing import Final

from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.result import Measure
from voicecoach.scoring.spoken_time import SpokenTime
from voicecoach.speech.acoustics import SoundMeasures

PITCH_VARIATION: Final = "pitch_variation"
LOUDNESS_VARIATION: Final = "loudness_variation"
NO_LEVEL: Final = "shown without a level, since no research says how much is right"

LEAST_SIGNAL_TO_NOISE_FOR_LOUDNESS: Final = 20.0
"""Noise fills up the quiet moments of a voice. `benchmarks/delivery.py`: the loudness deviation is
within 3% of the truth (median) with 20 dB between voice and noise, 11% off with 10 dB."""

_TOO_LITTLE_VOICE: Final = "There is too little voice to say how it moves."
_TOO_NOISY: Final = "The background is too loud beside the voice to hear how it moves."


def measure_pitch_variation(
    sound: SoundMeasures, spoken: SpokenTime, transcript_version: int
) -> Measure:
    """Return the spread of the fundamental in semitones: standard deviation, interquartile range.

    Semitones make high and low voices comparable. Weighs nothing.
    """
    pitch = sound.pitch
    if pitch is None or not spoken.silences_are_sure:
        return _missing(PITCH_VARIATION, _TOO_LITTLE_VOICE if pitch is None else _TOO_NOISY)
    return _shown(
        PITCH_VARIATION,
        (
            ("pitch_deviation", pitch.deviation, "semitones"),
            ("pitch_quartile_range", pitch.quartile_range, "semitones"),
            ("median_pitch", pitch.median_hertz, "Hz"),
        ),
        spoken,
        transcript_version,
    )


def measure_loudness_variation(
    sound: SoundMeasures, spoken: SpokenTime, transcript_version: int
) -> Measure:
    """Return the spread of the momentary loudness in dB, pauses left out. Weighs nothing.

    Where the background is near the voice there is no measurement.
    """
    loudness = sound.loudness
    above_noise = sound.speech_level - sound.noise_level
    if loudness is None or above_noise < LEAST_SIGNAL_TO_NOISE_FOR_LOUDNESS:
        return _missing(LOUDNESS_VARIATION, _TOO_LITTLE_VOICE if loudness is None else _TOO_NOISY)
    return _shown(
        LOUDNESS_VARIATION,
        (
            ("loudness_deviation", loudness.deviation, "dB"),
            ("loudness_quartile_range", loudness.quartile_range, "dB"),
        ),
        spoken,
        transcript_version,
    )


def _shown(
    name: str,
    values: tuple[tuple[str, float, str], ...],
    spoken: SpokenTime,
    transcript_version: int,
) -> Measure:
    return Measure(
        name=name,
        level=None,
        weight=0.0,
        not_measured=NO_LEVEL,
        evidence=tuple(
            Measurement(
                name=value_name,
                value=round(value, 2),
                unit=unit,
                start_seconds=spoken.start_seconds,
                end_seconds=spoken.end_seconds,
                transcript_version=transcript_version,
            )
            for value_name, value, unit in values
        ),
    )


def _missing(name: str, why: str) -> Measure:
    return Measure(name=name, level=None, weight=0.0, not_measured=why, evidence=())
