"""Pitch and loudness variation are shown as measured, weigh nothing, and are missing honestly."""

from dataclasses import replace

from tests.scoring.speaking import speak
from voicecoach.scoring.delivery import Delivery, measure_delivery
from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.result import Measure
from voicecoach.scoring.voice_variation import LOUDNESS_VARIATION, NO_LEVEL, PITCH_VARIATION
from voicecoach.speech.loudness import LoudnessMeasures
from voicecoach.speech.pitch import PitchMeasures

TEXT = "On day one we checked the route again. " * 8
PITCH = PitchMeasures(median_hertz=121.0, deviation=2.5, quartile_range=3.1, voiced_seconds=9.0)
LOUDNESS = LoudnessMeasures(median=-23.0, deviation=2.2, quartile_range=2.9, seconds=30.0)


def named(delivery: Delivery, name: str) -> Measure:
    return next(measure for measure in delivery.measures if measure.name == name)


def test_they_are_shown_with_their_units_and_without_a_level() -> None:
    transcript, sound = speak(TEXT)
    moving = replace(sound, pitch=PITCH, loudness=LOUDNESS)
    delivery = measure_delivery(transcript, moving, target_seconds=60)

    pitch, loudness = named(delivery, PITCH_VARIATION), named(delivery, LOUDNESS_VARIATION)
    values = {
        piece.name: (piece.value, piece.unit)
        for piece in (*pitch.evidence, *loudness.evidence)
        if isinstance(piece, Measurement)
    }
    assert values == {
        "pitch_deviation": (2.5, "semitones"),
        "pitch_quartile_range": (3.1, "semitones"),
        "median_pitch": (121.0, "Hz"),
        "loudness_deviation": (2.2, "dB"),
        "loudness_quartile_range": (2.9, "dB"),
    }
    assert pitch.level is loudness.level is None
    assert pitch.weight == loudness.weight == 0
    assert pitch.not_measured == NO_LEVEL


def test_they_move_no_level() -> None:
    transcript, sound = speak(TEXT)
    still = measure_delivery(transcript, sound, target_seconds=60)
    moving = measure_delivery(
        transcript, replace(sound, pitch=PITCH, loudness=LOUDNESS), target_seconds=60
    )
    assert moving.level == still.level


def test_without_enough_voice_or_in_noise_they_say_so() -> None:
    transcript, sound = speak(TEXT)
    silent = measure_delivery(transcript, sound, target_seconds=60)
    noisy = measure_delivery(
        transcript,
        replace(sound, pitch=PITCH, loudness=LOUDNESS, noise_level=sound.speech_level - 5),
        target_seconds=60,
    )
    for name in (PITCH_VARIATION, LOUDNESS_VARIATION):
        assert "too little voice" in str(named(silent, name).not_measured)
        assert named(noisy, name).evidence == ()
        assert "background" in str(named(noisy, name).not_measured)
