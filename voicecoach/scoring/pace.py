"""Pace: how many words a minute, over the answer and while speaking; and the answer's length."""

from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.result import Measure
from voicecoach.scoring.rubric import (
    DELIVERY_WEIGHTS,
    LENGTH,
    LONGEST_PAUSE_IN_PACE_SECONDS,
    PACE,
    DeliveryMeasure,
)
from voicecoach.scoring.spoken_time import SpokenTime


def measure_pace(spoken: SpokenTime, transcript_version: int) -> Measure:
    """Return the pace: words a minute from the first to the last word, filled pauses not counted.

    Silences count up to two seconds each, and a number in digits counts the words it takes to say.
    The articulation rate (words a minute of the time left when silences of a quarter of a second
    and more are taken out) stands beside it as a measurement and has no level of its own; where
    the background hides the silences there is none.
    """
    beyond = sum(max(0.0, pause.seconds - LONGEST_PAUSE_IN_PACE_SECONDS) for pause in spoken.pauses)
    rate = 60.0 * spoken.spoken_words / (spoken.seconds - beyond)
    evidence = [_measured("speech_rate", rate, PACE.unit, spoken, transcript_version)]
    if spoken.speaking_seconds > 0 and spoken.silences_are_sure:
        articulation = 60.0 * spoken.spoken_words / spoken.speaking_seconds
        evidence.append(
            _measured("articulation_rate", articulation, PACE.unit, spoken, transcript_version)
        )
    return Measure(
        name=DeliveryMeasure.PACE.value,
        level=PACE.level(round(rate, 1)),
        weight=DELIVERY_WEIGHTS[DeliveryMeasure.PACE],
        not_measured=None,
        evidence=tuple(evidence),
    )


def measure_length(spoken: SpokenTime, target_seconds: int, transcript_version: int) -> Measure:
    """Return the length against the target, from the first to the last word.

    Saying the same again makes an answer longer but not fuller: time spent on repeats can make it
    too long, never long enough.
    """
    whole = spoken.seconds / target_seconds
    fresh = whole * (1.0 - spoken.repeated_share)
    evidence = (
        _measured("answer_length", spoken.seconds, "s", spoken, transcript_version),
        _measured("share_of_target", whole, LENGTH.unit, spoken, transcript_version),
    )
    return Measure(
        name=DeliveryMeasure.LENGTH.value,
        level=min(LENGTH.level(round(whole, 2)), LENGTH.level(round(fresh, 2))),
        weight=DELIVERY_WEIGHTS[DeliveryMeasure.LENGTH],
        not_measured=None,
        evidence=evidence,
    )


def _measured(
    name: str, value: float, unit: str, spoken: SpokenTime, transcript_version: int
) -> Measurement:
    return Measurement(
        name=name,
        value=round(value, 2),
        unit=unit,
        start_seconds=spoken.start_seconds,
        end_seconds=spoken.end_seconds,
        transcript_version=transcript_version,
    )
