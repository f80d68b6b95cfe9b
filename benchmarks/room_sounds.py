"""What sounds beside a voice: the noise of rooms and fans, and breaths."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE

BREATH_BELOW_SPEECH: Final = (18.0, 30.0)
BREATH_SECONDS: Final = (0.25, 0.45)
BREATH_ROOM: Final = 0.15
"""A breath is so many dB below the speech, so long, and a gap must be that much longer."""


def pink_noise(count: int, chance: np.random.Generator) -> NDArray[np.float32]:
    """Noise whose power falls with frequency, as rooms and fans have it; root mean square 1."""
    spectrum = np.fft.rfft(chance.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    shaped = np.fft.irfft(spectrum / np.sqrt(np.maximum(hertz, 50.0)), count)
    return np.asarray(shaped / np.sqrt(np.mean(shaped**2)), dtype=np.float32)


def breathe(gap: NDArray[np.float32], speech_power: float, chance: np.random.Generator) -> None:
    """Put a breath into a gap that is long enough: noise of 0.5 to 4 kHz that swells and fades."""
    seconds = chance.uniform(*BREATH_SECONDS)
    if len(gap) / SAMPLE_RATE < seconds + BREATH_ROOM:
        return
    count = round(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(chance.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    spectrum[(hertz < 500) | (hertz > 4_000)] = 0
    breath = np.fft.irfft(spectrum, count) * np.hanning(count)
    level = speech_power / 10 ** (chance.uniform(*BREATH_BELOW_SPEECH) / 10)
    start = int(chance.integers(0, len(gap) - count + 1))
    gap[start : start + count] += (breath * np.sqrt(level / np.mean(breath**2))).astype(np.float32)
