"""Levels: all of the sound in bands, and what stands out of its noise."""

import numpy as np
import pytest

from tests.speech.spoken import noise, tone
from voicecoach.speech.levels import BANDS, above_noise, band_powers, to_levels


def test_the_bands_hold_all_of_a_tone_and_one_holds_most_of_it() -> None:
    powers = band_powers(tone(1, hertz=[1000], level=-20))
    assert powers.shape == (100, BANDS)
    inside = powers[5:-5]
    assert to_levels(inside.sum(axis=1).astype(float)) == pytest.approx(-20, abs=0.2)
    assert (inside.max(axis=1) / inside.sum(axis=1)).min() > 0.9


def test_long_sound_is_measured_in_pieces_without_seams() -> None:
    powers = band_powers(tone(65, hertz=[500], level=-30)).sum(axis=1)
    assert powers[5:-5] == pytest.approx(powers[1000], rel=0.02)


def test_noise_does_not_stand_out_of_itself_and_a_tone_weaker_than_it_does() -> None:
    sound = noise(4, level=-40)
    sound[32_000:48_000] += tone(1, hertz=[2000], level=-42)
    speech = np.zeros(400, dtype=np.bool_)
    speech[200:300] = True
    above = above_noise(band_powers(sound), speech)
    assert np.quantile(np.abs(above[~speech]), 0.95) < 1.5
    assert above[205:295].min() > 1.5


@pytest.mark.parametrize("steps", [0, 1, 20])
def test_next_to_nothing_has_levels_too(steps: int) -> None:
    powers = band_powers(noise(steps / 100, level=-30))
    assert len(above_noise(powers, np.zeros(steps, dtype=np.bool_))) == steps
