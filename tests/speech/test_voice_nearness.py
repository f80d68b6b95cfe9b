"""One near voice is told from many voices and from one across the room."""

import numpy as np
import pytest
from numpy.random import default_rng

from benchmarks.unscoreable_sounds import Samples, in_a_room, mixed
from tests.speech.spoken import noise, silence, speak
from voicecoach.speech.acoustics import measure_sound
from voicecoach.speech.recording import Recording
from voicecoach.speech.voice_nearness import Nearness

SENTENCE = "I called each of the suppliers and asked them for their numbers every single Monday."


def nearness(samples: Samples) -> Nearness:
    measured = measure_sound(Recording(samples)).nearness
    assert measured is not None
    return measured


@pytest.fixture(scope="module")
def near() -> Samples:
    said = speak(SENTENCE).samples
    return np.concatenate([silence(0.5), said, silence(0.5), said, silence(0.5)])


def test_a_near_voice_moves_far_and_periodically_and_stops_as_it_starts(near: Samples) -> None:
    found = nearness(near)

    assert found.level_range > 22
    assert found.periodicity > 0.8


def test_louder_is_not_nearer(near: Samples) -> None:
    louder, quieter = nearness(near), nearness(near * np.float32(0.25))

    assert quieter.level_range == pytest.approx(louder.level_range, abs=0.5)
    assert quieter.fading == pytest.approx(louder.fading, abs=1.0)
    assert quieter.periodicity == pytest.approx(louder.periodicity, abs=0.01)


def test_noise_narrows_the_range_but_makes_nothing_fade(near: Samples) -> None:
    noisy = nearness(near + noise(len(near) / 16_000, level=-38)[: len(near)])

    assert noisy.level_range < nearness(near).level_range
    assert abs(noisy.fading) < 4


def test_a_voice_across_the_room_fades_slower_than_it_begins(near: Samples) -> None:
    across = in_a_room(near, default_rng(1), reverberation_seconds=0.6, direct_to_room=-9)

    assert nearness(across).fading > nearness(near).fading + 4
    assert nearness(across).level_range < nearness(near).level_range - 5


def test_voices_at_once_hide_each_others_pitch_and_pauses(near: Samples) -> None:
    voices = [speak(SENTENCE, voice=voice).samples for voice in ("en-us+f3", "en-gb", "en-us+m3")]
    together = mixed([np.roll(near, 9_000), *(np.resize(voice, len(near)) for voice in voices)])

    many, one = nearness(together), nearness(near)

    assert many.periodicity < one.periodicity - 0.05
    assert many.level_range < one.level_range - 5


@pytest.mark.parametrize("seconds", [0.0, 0.3, 5.0])
def test_without_speech_nothing_is_measured(seconds: float) -> None:
    assert measure_sound(Recording(silence(seconds))).nearness is None
