"""What may be a filled pause is found in the sound, without words."""

import msgspec
import numpy as np
import pytest

from benchmarks.hesitation_sounds import breath, hesitation, hum, some_throat
from tests.speech.spoken import join, noise, silence, speak
from voicecoach.speech.acoustics import SoundMeasures, measure_sound
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.vocalic_stretches import VocalicStretch

FIRST = speak("I led the migration of the billing system.").samples
SECOND = speak("We cut the cost by forty percent.").samples
AT = len(FIRST) / SAMPLE_RATE + 0.5


def spliced(sound: np.ndarray, *, level: float = 0.1) -> Recording:
    """Return two sentences with a sound between them, half a second of silence on both sides."""
    return join(FIRST, silence(0.5), sound * np.float32(level), silence(0.5), SECOND)


def between(recording: Recording, seconds: float) -> list[VocalicStretch]:
    """Return the stretches that lie in the pause the sound was put into."""
    found = measure_sound(recording).vocalic_stretches
    assert found is not None
    return [
        stretch
        for stretch in found
        if stretch.end_seconds > AT - 0.1 and stretch.start_seconds < AT + seconds + 0.1
    ]


@pytest.mark.parametrize("spelling", ["um", "uh", "er", "erm"])
@pytest.mark.parametrize(("pitch", "scale"), [(105.0, 1.0), (205.0, 1.15)], ids=["man", "woman"])
def test_a_filled_pause_is_a_steady_stretch(spelling: str, pitch: float, scale: float) -> None:
    chance = np.random.default_rng(7)
    throat = some_throat(chance, pitch=pitch, scale=scale)
    stretches = between(spliced(hesitation(chance, throat, spelling, 0.4)), 0.4)
    assert stretches
    assert stretches[0].start_seconds == pytest.approx(AT, abs=0.12)
    assert sum(stretch.seconds for stretch in stretches) > 0.15


def test_it_is_found_in_noise_of_15_decibels() -> None:
    chance = np.random.default_rng(8)
    throat = some_throat(chance, pitch=110, scale=1.0)
    samples = spliced(hesitation(chance, throat, "uh", 0.4)).samples
    added = noise(len(samples) / SAMPLE_RATE, level=-38)
    assert between(Recording(samples + added[: len(samples)]), 0.4)


def test_silence_and_held_tones_are_no_stretches() -> None:
    chance = np.random.default_rng(9)
    assert between(spliced(silence(0.6)), 0.6) == []
    assert between(spliced(hum(chance, 1.2)), 1.2) == []


def test_a_breath_is_told_from_a_voice_by_its_features() -> None:
    chance = np.random.default_rng(10)
    throat = some_throat(chance, pitch=110, scale=1.0)
    voiced = between(spliced(hesitation(chance, throat, "uh", 0.4)), 0.4)
    breathed = between(spliced(breath(chance, 0.5)), 0.5)
    assert all(stretch.brightness > voiced[0].brightness for stretch in breathed)
    assert all(stretch.periodicity < voiced[0].periodicity for stretch in breathed)


def test_loudness_of_the_whole_recording_does_not_matter() -> None:
    chance = np.random.default_rng(11)
    throat = some_throat(chance, pitch=110, scale=1.0)
    loud = spliced(hesitation(chance, throat, "um", 0.4)).samples
    spans = [
        [
            (stretch.start_seconds, stretch.end_seconds)
            for stretch in measure_sound(Recording(loud * np.float32(gain))).vocalic_stretches or ()
        ]
        for gain in (1.0, 0.05)
    ]
    assert spans[0] == spans[1]


def test_stretches_are_in_order_and_longer_than_a_click() -> None:
    stretches = measure_sound(join(FIRST, silence(0.5), SECOND)).vocalic_stretches
    assert stretches
    starts = [stretch.start_seconds for stretch in stretches]
    assert starts == sorted(starts)
    assert all(stretch.seconds > 0.07 for stretch in stretches)
    assert all(stretch.vowel_seconds <= stretch.seconds + 1e-9 for stretch in stretches)


def test_long_recordings_are_looked_through_in_pieces_without_seams() -> None:
    """The tracks are computed in pieces of 30 s; a filled pause on the seam is one stretch."""
    chance = np.random.default_rng(12)
    throat = some_throat(chance, pitch=110, scale=1.0)
    uh = hesitation(chance, throat, "uh", 0.5) * np.float32(0.1)
    lead = silence(29.75 - len(FIRST) / SAMPLE_RATE)
    hiss = noise(60, level=-70)
    whole = join(FIRST, lead, uh, silence(1), SECOND).samples
    found = measure_sound(Recording(whole + hiss[: len(whole)])).vocalic_stretches or ()
    across = [one for one in found if one.start_seconds < 30 < one.end_seconds]
    assert len(across) == 1
    assert across[0].seconds == pytest.approx(0.5, abs=0.15)


def test_measures_stored_before_stretches_were_looked_for_still_read() -> None:
    stored = (
        b'{"seconds":3.0,"speech":[],"pauses":[],"speech_level":-100.0,"noise_level":-100.0,'
        b'"clipped_share":0.0,"speech_probability":0.0,"harmonic_share":0.0}'
    )
    read = msgspec.json.decode(stored, type=SoundMeasures)
    assert read.vocalic_stretches is None


def test_stretches_are_stored_and_read_back_as_they_were() -> None:
    measures = measure_sound(join(FIRST, silence(0.5), SECOND))
    assert msgspec.json.decode(msgspec.json.encode(measures), type=SoundMeasures) == measures
