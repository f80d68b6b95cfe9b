"""Pauses are found where they were spliced, whatever lies under them."""

import functools
from itertools import islice

import numpy as np
import pytest

from benchmarks.spliced_answers import Condition, SplicedAnswer, spliced_answers
from voicecoach.speech.acoustics import measure_sound

HARD_TO_MISS = 0.4
"""A gap of a quarter of a second is a pause or a closure by a hair; from here on it is plain."""


CONDITIONS = (
    Condition(name="clean"),
    Condition(name="noisy", signal_to_noise=15.0),
    Condition(name="loud noise", signal_to_noise=10.0),
    Condition(name="quiet", gain=-30.0),
    Condition(name="breaths", breaths=True),
)
VOICES_HEARD = 2


@functools.cache
def answers() -> tuple[SplicedAnswer, ...]:
    """Return the answers of the first voices in every condition."""
    return tuple(islice(spliced_answers(conditions=CONDITIONS), VOICES_HEARD * len(CONDITIONS)))


@pytest.mark.parametrize("condition", ["clean", "noisy", "quiet", "breaths"])
def test_spliced_pauses_are_found_within_a_tenth_of_a_second(condition: str) -> None:
    errors: list[float] = []
    for answer in answers():
        if answer.condition != condition:
            continue
        heard = measure_sound(answer.recording).pauses
        for known in answer.pauses:
            if known.span.seconds < HARD_TO_MISS:
                continue
            middle = (known.span.start_seconds + known.span.end_seconds) / 2
            (found,) = [one for one in heard if one.start_seconds < middle < one.end_seconds]
            errors += [
                found.start_seconds - known.span.start_seconds,
                found.end_seconds - known.span.end_seconds,
            ]
    assert len(errors) > 20
    assert np.mean(np.abs(errors) <= 0.1) >= 0.95


def test_noise_ten_decibels_below_the_voice_takes_little_of_the_speech_away() -> None:
    loud = [answer for answer in answers() if answer.condition == "loud noise"]
    assert len(loud) == VOICES_HEARD
    for answer in loud:
        measured = measure_sound(answer.recording)
        start, end = answer.words[0].start_seconds, answer.words[-1].end_seconds
        speaking = sum(
            max(0.0, min(span.end_seconds, end) - max(span.start_seconds, start))
            for span in measured.speech
        )
        assert speaking == pytest.approx(answer.speaking_seconds, rel=0.03)
