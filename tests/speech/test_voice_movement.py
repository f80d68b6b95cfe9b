"""Pitch and loudness variation on voices whose contour is known."""

import numpy as np
import pytest

from benchmarks.known_voice import known_voice
from tests.speech.spoken import join, noise, silence, tone
from voicecoach.speech.acoustics import measure_sound
from voicecoach.speech.loudness import measure_loudness, momentary_loudness
from voicecoach.speech.pitch import measure_pitch
from voicecoach.speech.recording import Recording
from voicecoach.speech.span import Span


@pytest.mark.parametrize(("hertz", "spread"), [(100, 1.5), (120, 4.0), (220, 3.0)])
def test_pitch_variation_is_near_the_contour_that_was_spoken(hertz: float, spread: float) -> None:
    voice = known_voice(
        20, hertz=hertz, spread=spread, level_spread=1, chance=np.random.default_rng(2)
    )
    sound = measure_sound(Recording(voice.samples))
    assert sound.pitch is not None
    assert sound.pitch.median_hertz == pytest.approx(voice.median_hertz, rel=0.06)
    assert sound.pitch.deviation == pytest.approx(voice.deviation, rel=0.2)


def test_pitch_variation_does_not_depend_on_the_level() -> None:
    voice = known_voice(15, hertz=120, spread=3, level_spread=1, chance=np.random.default_rng(4))
    loud = measure_sound(Recording(voice.samples)).pitch
    soft = measure_sound(Recording(voice.samples / np.float32(30))).pitch
    assert loud is not None
    assert soft is not None
    assert soft.deviation == pytest.approx(loud.deviation, rel=0.05)


def test_a_lively_voice_varies_more_than_a_flat_one() -> None:
    chance = np.random.default_rng(6)
    flat = known_voice(15, hertz=150, spread=0.5, level_spread=0.5, chance=chance)
    lively = known_voice(15, hertz=150, spread=4, level_spread=4, chance=chance)
    low, high = (measure_sound(Recording(voice.samples)) for voice in (flat, lively))
    assert low.pitch is not None
    assert high.pitch is not None
    assert low.loudness is not None
    assert high.loudness is not None
    assert high.pitch.deviation > 2 * low.pitch.deviation
    assert high.loudness.deviation > 2 * low.loudness.deviation


@pytest.mark.parametrize("sound", [silence(10), noise(10, level=-30)], ids=["silence", "noise"])
def test_where_nobody_speaks_no_voice_moves(sound: np.ndarray) -> None:
    measures = measure_sound(Recording(sound))
    assert measures.pitch is None
    assert measures.loudness is None


def test_too_little_voice_says_nothing_of_how_it_moves() -> None:
    second = Recording(tone(1, hertz=[120, 240, 360, 480], level=-20))
    speech = [Span(start_seconds=0, end_seconds=1)]
    assert measure_pitch(second, speech) is None
    assert measure_loudness(second, speech) is None


def test_loudness_is_that_of_the_standard() -> None:
    """EBU Tech 3341, minimum requirements: a 1 kHz sine of −23 dBFS (peak) in one channel of a
    stereo pair reads −26 LUFS, as our mono does; 6 dB less reads 6 LU less."""
    sine = tone(2, hertz=[1000], level=-23 - 3.01)
    assert momentary_loudness(sine)[-5] == pytest.approx(-26, abs=0.3)
    softer = join(sine, sine / np.float32(2)).samples
    momentary = momentary_loudness(softer)
    assert momentary[15] - momentary[35] == pytest.approx(6.02, abs=0.05)


def test_a_voice_in_two_loudnesses_deviates_by_half_their_distance() -> None:
    part = tone(5, hertz=[150, 300, 450, 600], level=-20)
    whole = join(part, part / np.float32(10 ** (8 / 20)))
    spans = [Span(start_seconds=0, end_seconds=5), Span(start_seconds=5, end_seconds=10)]
    measured = measure_loudness(whole, spans)
    assert measured is not None
    assert measured.deviation == pytest.approx(4, abs=0.1)
    assert measured.quartile_range == pytest.approx(8, abs=0.1)
