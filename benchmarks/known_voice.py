"""A voice whose pitch and loudness are known: harmonics through formants, syllable by syllable.

No recording says what its fundamental truly is; here every harmonic follows the contour asked
for. Each syllable is voiced with a consonant's noise or a closure before it, as in speech.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE

SYLLABLE_SECONDS: Final = (0.14, 0.26)
PHRASE_SYLLABLES: Final = 9
PAUSE_SECONDS: Final = 0.5
VOWELS: Final = ((700, 1200, 2500), (300, 2200, 2900), (500, 1800, 2500), (350, 800, 2400))
"""First three formants in hertz of “ah”, “ee”, “eh”, “oo” of an average voice."""

BANDWIDTHS: Final = (80.0, 110.0, 160.0)
LEVEL: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownVoice:
    """The samples, float32 of shape (n,), and what is true of their voiced parts.

    `deviation` and `quartile_range` are those of the fundamental in semitones, by time;
    `level_deviation` is that of the phrases' levels in dB, by time.
    """

    samples: NDArray[np.float32]
    median_hertz: float
    deviation: float
    quartile_range: float
    level_deviation: float


def known_voice(
    seconds: float,
    *,
    hertz: float,
    spread: float,
    level_spread: float,
    chance: np.random.Generator,
) -> KnownVoice:
    """Speak nonsense for so long.

    Args:
        seconds: about how long.
        hertz: the middle of the fundamental.
        spread: standard deviation in semitones of the pitch targets of the syllables.
        level_spread: standard deviation in dB of the phrases' levels.
        chance: what decides targets, vowels and lengths.
    """
    parts: list[NDArray[np.float64]] = [np.zeros(SAMPLE_RATE // 2)]
    contours: list[NDArray[np.float64]] = []
    levels: list[float] = []
    target = chance.normal(0, spread)
    total = 0.0
    number = 0
    level = chance.normal(0, level_spread)
    while total < seconds:
        length = chance.uniform(*SYLLABLE_SECONDS)
        following = chance.normal(0, spread)
        count = round(length * SAMPLE_RATE)
        semitones = target + (following - target) * np.linspace(0, 1, count)
        target = following
        sound = _vowel(hertz * 2 ** (semitones / 12), chance)
        parts += [_onset(chance), sound * 10 ** (level / 20)]
        contours.append(semitones)
        levels.append(level)
        total += length + 0.05
        number += 1
        if number % PHRASE_SYLLABLES == 0:
            parts.append(np.zeros(round(PAUSE_SECONDS * SAMPLE_RATE)))
            target = chance.normal(0, spread)
            level = chance.normal(0, level_spread)
    contour = np.concatenate(contours)
    low, high = np.quantile(contour, [0.25, 0.75])
    samples = np.concatenate([*parts, np.zeros(SAMPLE_RATE // 2)])
    return KnownVoice(
        samples=np.clip(samples, -1, 1).astype(np.float32),
        median_hertz=float(hertz * 2 ** (np.median(contour) / 12)),
        deviation=float(contour.std()),
        quartile_range=float(high - low),
        level_deviation=float(np.std(levels)),
    )


def _vowel(hertz: NDArray[np.float64], chance: np.random.Generator) -> NDArray[np.float64]:
    """Voice the contour through one vowel: harmonics that fall by 12 dB an octave, and breath."""
    phase = 2 * np.pi * np.cumsum(hertz * (1 + 0.005 * chance.standard_normal())) / SAMPLE_RATE
    formants = np.array(VOWELS[int(chance.integers(len(VOWELS)))]) * chance.uniform(0.95, 1.15)
    sound = np.zeros(len(hertz))
    middle = float(np.mean(hertz))
    for harmonic in range(1, int(7_000 / middle)):
        frequency = harmonic * middle
        gain = np.prod(
            [
                formant**2 / np.hypot(formant**2 - frequency**2, width * frequency)
                for formant, width in zip(formants, BANDWIDTHS, strict=True)
            ]
        )
        sound += gain / harmonic * np.sin(harmonic * phase)
    sound += 0.01 * np.abs(sound).max() * chance.standard_normal(len(sound))
    edge = round(0.015 * SAMPLE_RATE)
    envelope = np.minimum(1, np.minimum(np.arange(len(sound)), np.arange(len(sound))[::-1]) / edge)
    return np.asarray(LEVEL * envelope * sound / np.sqrt(np.mean(sound**2)))


def _onset(chance: np.random.Generator) -> NDArray[np.float64]:
    """Return a consonant without voice: 50 ms of hiss, or of closure."""
    count = round(0.05 * SAMPLE_RATE)
    hiss = chance.standard_normal(count) * np.hanning(count) * LEVEL / 8
    return np.asarray(hiss if chance.uniform() < 0.5 else np.zeros(count))
