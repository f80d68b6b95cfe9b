"""What is measured while somebody speaks is what the recording gives afterwards."""

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.speech.spoken_live import SpokenAnswer, spoken_answer
from voicecoach.speech.acoustics import SoundMeasures, measure_sound
from voicecoach.speech.live_measures import LiveMeasures
from voicecoach.speech.recording import Recording


@pytest.fixture(scope="module")
def answer() -> SpokenAnswer:
    return spoken_answer(pauses=(0.7, 0.3, 1.4), repeats=2)


def recording(samples: NDArray[np.int16]) -> Recording:
    return Recording.from_pcm16(samples.astype("<i2").tobytes())


def live(samples: NDArray[np.int16], *, size: int = 1_600) -> SoundMeasures:
    measures = LiveMeasures()
    for first in range(0, len(samples), size):
        measures.hear(samples[first : first + size])
    return measures.finish(recording(samples))


def with_noise(samples: NDArray[np.int16], *, gain: float, level: float) -> NDArray[np.int16]:
    chance = np.random.default_rng(5)
    return np.rint(samples * gain + chance.normal(0, level, len(samples))).astype(np.int16)


@pytest.mark.parametrize(
    ("gain", "level"),
    [(1.0, 0.0), (0.5, 60.0), (0.04, 2.0)],
    ids=["clean", "noisy", "quiet"],
)
def test_measures_made_live_are_those_of_the_recording(
    answer: SpokenAnswer, gain: float, level: float
) -> None:
    samples = with_noise(answer.samples, gain=gain, level=level)
    after, meanwhile = measure_sound(recording(samples)), live(samples)
    assert meanwhile.seconds == after.seconds
    assert meanwhile.speech == after.speech
    assert meanwhile.pauses == after.pauses
    assert meanwhile.vocalic_stretches == after.vocalic_stretches
    assert meanwhile.loudness == after.loudness
    assert meanwhile.harmonic_share == after.harmonic_share
    assert meanwhile.nearness is not None
    assert after.nearness is not None
    assert meanwhile.nearness.periodicity == pytest.approx(after.nearness.periodicity, abs=1e-3)
    assert meanwhile.speech_level == pytest.approx(after.speech_level, abs=0.01)
    assert meanwhile.noise_level == pytest.approx(after.noise_level, abs=0.05)
    assert meanwhile.speech_probability == pytest.approx(after.speech_probability, abs=0.01)
    assert meanwhile.pitch is not None
    assert after.pitch is not None
    assert meanwhile.pitch.deviation == pytest.approx(after.pitch.deviation, abs=0.05)
    assert meanwhile.pitch.median_hertz == pytest.approx(after.pitch.median_hertz, rel=0.01)


def test_a_voice_that_begins_after_a_long_silence_is_measured_alike(answer: SpokenAnswer) -> None:
    chance = np.random.default_rng(6)
    silence = chance.normal(0, 8, 10 * 16_000)
    spoken = answer.samples * 0.3 + chance.normal(0, 8, len(answer.samples))
    samples = np.rint(np.concatenate([silence, spoken])).astype(np.int16)
    after, meanwhile = measure_sound(recording(samples)), live(samples)
    assert meanwhile.speech == after.speech
    assert meanwhile.pauses == after.pauses


@pytest.mark.parametrize("size", [160, 7_777, 10**7])
def test_how_the_sound_arrives_changes_nothing(answer: SpokenAnswer, size: int) -> None:
    usual, other = live(answer.samples), live(answer.samples, size=size)
    assert (other.speech, other.pauses) == (usual.speech, usual.pauses)
    assert other.vocalic_stretches == usual.vocalic_stretches
    assert other.loudness == usual.loudness


@pytest.mark.parametrize("samples", [0, 1, 511, 16_000, 128_000, 140_800])
def test_short_and_even_lengths_are_measured_too(answer: SpokenAnswer, samples: int) -> None:
    part = answer.samples[:samples]
    after, meanwhile = measure_sound(recording(part)), live(part)
    assert (meanwhile.seconds, meanwhile.speech) == (after.seconds, after.speech)


def test_a_recording_that_is_not_what_was_heard_is_measured_itself(answer: SpokenAnswer) -> None:
    measures = LiveMeasures()
    measures.hear(answer.samples[:32_000])
    whole = recording(answer.samples)
    assert measures.finish(whole) == measure_sound(recording(answer.samples))
