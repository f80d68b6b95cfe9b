"""Sounds that are no answer, made from a seed: noise, hum, music, babble, a far television.

Also what is done to good answers without spoiling them: noise, rooms, levels, quiet music. Every
function returns float32 at 16 kHz; levels are root mean squares in dB of full scale.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE

Samples = NDArray[np.float32]

NOISE_SLOPES: Final = {"white": 0.0, "pink": -0.5, "brown": -1.0}
"""Exponent of the amplitude spectrum over frequency."""


def at_level(samples: NDArray[np.floating], level: float) -> Samples:
    """Return the sound scaled to a root mean square."""
    power = float(np.sqrt(np.mean(np.square(samples)))) or 1.0
    return (samples / power * 10 ** (level / 20)).astype(np.float32)


def coloured_noise(seconds: float, chance: Generator, *, slope: float, level: float) -> Samples:
    """Return noise whose amplitude spectrum goes with frequency to the power of `slope`."""
    count = round(seconds * SAMPLE_RATE)
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    spectrum = chance.standard_normal(len(hertz)) + 1j * chance.standard_normal(len(hertz))
    spectrum *= np.maximum(hertz, 30.0) ** slope
    return at_level(np.fft.irfft(spectrum, count), level)


def any_noise(seconds: float, chance: Generator, *, level: float) -> Samples:
    """Return white, pink or brown noise, steady or swelling like traffic or wind."""
    slope = chance.choice(list(NOISE_SLOPES.values()))
    sound = coloured_noise(seconds, chance, slope=float(slope), level=level)
    if chance.random() < 0.5:
        times = np.arange(len(sound)) / SAMPLE_RATE
        swell = np.sin(2 * np.pi * chance.uniform(0.05, 0.4) * times + chance.uniform(0, 6))
        sound = at_level(sound * 10 ** (chance.uniform(2, 8) * swell / 20), level)
    return sound


def mains_hum(seconds: float, chance: Generator, *, level: float) -> Samples:
    """Return 50 or 60 Hz with harmonics falling off at random, over a little noise."""
    base = float(chance.choice([50.0, 60.0]))
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    sound = np.zeros(len(times))
    for number in range(1, int(chance.integers(4, 16))):
        strength = chance.uniform(0.2, 1.0) / number ** chance.uniform(0.3, 1.2)
        phase = chance.uniform(0, 2 * np.pi)
        sound += strength * np.sin(2 * np.pi * base * number * times + phase)
    floor = coloured_noise(seconds, chance, slope=-0.5, level=level - chance.uniform(18, 35))
    return at_level(sound, level) + floor


def fan(seconds: float, chance: Generator, *, level: float) -> Samples:
    """Return pink noise with the tones of blades."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    blades = chance.uniform(80, 250)
    tones = sum(np.sin(2 * np.pi * blades * n * times) / n for n in range(1, 4))
    noise = coloured_noise(seconds, chance, slope=-0.5, level=level)
    return at_level(noise + at_level(np.asarray(tones), level - chance.uniform(6, 15)), level)


_SCALES: Final = ((0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10), (0, 3, 5, 7, 10))


def music(seconds: float, chance: Generator, *, level: float, held_out: bool = False) -> Samples:
    """Return bars of chords, melody, bass and drums on one of several instruments.

    `held_out` chooses instruments that the others never have: a bowed string with vibrato and a
    voice that sings vowels.
    """
    count = round(seconds * SAMPLE_RATE)
    sound = np.zeros(count + 4 * SAMPLE_RATE)
    scale = _SCALES[int(chance.integers(len(_SCALES)))]
    root = chance.uniform(35, 50)
    beat = chance.uniform(0.28, 0.7)
    instruments = ("bowed", "sung") if held_out else ("organ", "plucked", "pad", "bell")
    lead, chords = (str(chance.choice(instruments)) for _ in range(2))
    drums = chance.random() < 0.6
    for number in range(int(seconds / beat) + 1):
        start = round(number * beat * SAMPLE_RATE)
        if number % 4 == 0:
            degree = int(chance.integers(len(scale)))
            for step in (0, 2, 4):
                pitch = root + 12 + _on_scale(scale, degree + step)
                _add(sound, _note(chords, pitch, 4 * beat, chance), start, 0.4)
            _add(
                sound, _note("organ", root + _on_scale(scale, degree), 4 * beat, chance), start, 0.5
            )
        if chance.random() < 0.8:
            pitch = root + 24 + _on_scale(scale, int(chance.integers(0, 9)))
            _add(sound, _note(lead, pitch, beat * chance.uniform(0.8, 2), chance), start, 0.6)
        if drums:
            _add(sound, _drum(number, chance), start, 0.7)
    return at_level(sound[:count], level)


def _on_scale(scale: Sequence[int], degree: int) -> int:
    return scale[degree % len(scale)] + 12 * (degree // len(scale))


def _add(sound: NDArray[np.float64], piece: NDArray[np.float64], start: int, gain: float) -> None:
    end = min(len(sound), start + len(piece))
    if end > start:
        sound[start:end] += gain * piece[: end - start]


def _note(instrument: str, pitch: float, seconds: float, chance: Generator) -> NDArray[np.float64]:
    hertz = 440.0 * 2 ** ((pitch - 69) / 12)
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    attack = np.minimum(1.0, times / 0.02) * np.minimum(1.0, (seconds - times) / 0.05)
    if instrument == "plucked":
        return _string(hertz, len(times), chance)
    if instrument == "bell":
        partials = ((1.0, 1.0), (2.76, 0.5), (5.4, 0.25))
        tones = [a * np.sin(2 * np.pi * hertz * f * times) for f, a in partials]
        return np.asarray(np.sum(tones, axis=0) * np.exp(-times * 3) * attack)
    vibrato = 0.0 if instrument in {"organ", "pad"} else 0.005
    turns = hertz * times + vibrato * hertz / 5.5 / (2 * np.pi) * np.sin(2 * np.pi * 5.5 * times)
    strengths = _partials(instrument, hertz)
    tones = [a * np.sin(2 * np.pi * n * turns) for n, a in enumerate(strengths, start=1)]
    return np.asarray(np.sum(tones, axis=0) * attack * 0.5)


def _partials(instrument: str, hertz: float) -> list[float]:
    numbers = range(1, max(2, min(16, int(5_000 / hertz))))
    if instrument == "organ":
        return [1.0 if n in {1, 2, 4, 8} else 0.1 for n in numbers]
    if instrument == "sung":  # the formants of "ah"
        return [
            sum(np.exp(-(((hertz * n - peak) / 150) ** 2)) for peak in (700, 1_100, 2_600)) + 0.02
            for n in numbers
        ]
    return [1.0 / n for n in numbers]


def _string(hertz: float, count: int, chance: Generator) -> NDArray[np.float64]:
    """Return a plucked string (Karplus & Strong 1983), period by period."""
    period = max(2, round(SAMPLE_RATE / hertz))
    now = chance.uniform(-1, 1, period)
    periods = []
    for _ in range(count // period + 1):
        periods.append(now)
        now = 0.996 * 0.5 * (now + np.roll(now, 1))
    return np.concatenate(periods)[:count]


def _drum(number: int, chance: Generator) -> NDArray[np.float64]:
    times = np.arange(round(0.2 * SAMPLE_RATE)) / SAMPLE_RATE
    if number % 2 == 0:
        beat = np.sin(2 * np.pi * 60 * times * (1 + np.exp(-times * 40)))
        return np.asarray(beat * np.exp(-times * 18))
    return chance.standard_normal(len(times)) * np.exp(-times * 35) * 0.5


def in_a_room(
    samples: Samples, chance: Generator, *, reverberation_seconds: float, direct_to_room: float
) -> Samples:
    """Return the sound as a microphone hears it in a room.

    `reverberation_seconds` is the time the room takes to fall by 60 dB, `direct_to_room` the level
    of the direct sound over that of the room in dB: above 0 near the mouth, well below it far away.
    """
    count = round(reverberation_seconds * SAMPLE_RATE)
    times = np.arange(count) / SAMPLE_RATE
    tail = chance.standard_normal(count) * 10 ** (-3 * times / reverberation_seconds)
    tail[: round(0.004 * SAMPLE_RATE)] = 0.0
    tail *= 10 ** (-direct_to_room / 20) / np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    size = 1 << (len(samples) + count).bit_length()
    heard = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)
    return np.asarray(heard[: len(samples)], dtype=np.float32)


def band(samples: Samples, *, lowest: float, highest: float) -> Samples:
    """Return the sound between two frequencies in hertz, as a loudspeaker or telephone has it."""
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    spectrum = np.fft.rfft(samples)
    spectrum[(hertz < lowest) | (hertz > highest)] = 0
    return np.asarray(np.fft.irfft(spectrum, len(samples)), dtype=np.float32)


def compressed(samples: Samples, *, ratio: float) -> Samples:
    """Return the sound with its loudness evened out, as broadcasters do.

    `ratio` decibels of change become one; loudness follows the sound within about 50 ms.
    """
    reach = SAMPLE_RATE // 20
    powers = np.convolve(np.square(samples, dtype=np.float64), np.full(reach, 1 / reach), "same")
    loud = float(np.quantile(powers, 0.95)) or 1.0
    gains = np.maximum(powers / loud, 1e-5) ** ((1 / ratio - 1) / 2)
    return np.asarray(samples * gains, dtype=np.float32)


def mixed(parts: Sequence[Samples]) -> Samples:
    """Return sounds together, as long as the shortest."""
    shortest = min(len(part) for part in parts)
    return np.asarray(np.sum([part[:shortest] for part in parts], axis=0), dtype=np.float32)


def as_recorded(samples: NDArray[np.floating]) -> Samples:
    """Return what a 16-bit recording keeps: clipped at full scale, rounded."""
    return np.asarray(np.round(np.clip(samples, -1, 1) * 32_767) / 32_768, dtype=np.float32)
