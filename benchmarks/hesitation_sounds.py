"""Synthesises sounds of hesitation (um, uh, er, erm, mm) and sounds that are none.

A source-filter synthesiser after Klatt (1980): pulses of the voice with jitter, shimmer and creak,
breath noise, five formants and a nasal branch. Each pulse brings the impulse response that the
vocal tract has at that moment, so formants and pitch may glide. espeak's own vowels are all alike;
these vary over people. Formants are those of schwa and of the vowel of "but" (Hillenbrand et al.
1995 for men; shorter vocal tracts scale them up); durations from Shriberg (2001) and wider.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE

Samples = NDArray[np.float32]

SPELLINGS: Final = ("um", "uh", "er", "erm", "mm")
_POINTS: Final = 1_024
"""Length in samples of a pulse's response: 64 ms, by when it has died away."""

_HERTZ: Final = np.fft.rfftfreq(_POINTS, 1 / SAMPLE_RATE)
_VOWELS: Final = {
    "uh": (600.0, 1220.0, 2500.0),
    "er": (500.0, 1350.0, 2150.0),
    "ee": (300.0, 2250.0, 2950.0),
    "oh": (480.0, 950.0, 2450.0),
    "ay": (480.0, 1950.0, 2600.0),
    "ah": (760.0, 1250.0, 2550.0),
}
"""F1, F2 and F3 in hertz of a male vocal tract, 17.5 cm long."""

_NASAL: Final = (270.0, 1050.0, 2200.0)


@dataclass(frozen=True, kw_only=True)
class Throat:
    """The person a sound comes from.

    `pitch` is the usual fundamental in hertz; `scale` the formants against a male tract's (about
    1 for men, 1.15 for women); `breath` the level of breath noise against the voice in dB;
    `tilt` the fall of the spectrum in dB per octave beyond 500 Hz; `jitter` the cycle-to-cycle
    change of the period (share); `vowel_shift` moves F1 and F2 as a person's own habit does.
    """

    pitch: float
    scale: float
    breath: float
    tilt: float
    jitter: float
    vowel_shift: tuple[float, float]


def some_throat(chance: np.random.Generator, *, pitch: float, scale: float) -> Throat:
    """Return one of the many people who speak at that pitch with a vocal tract of that scale."""
    return Throat(
        pitch=pitch,
        scale=scale * chance.uniform(0.95, 1.05),
        breath=chance.uniform(-35, -14),
        tilt=chance.uniform(-9, -2),
        jitter=chance.uniform(0.003, 0.02),
        vowel_shift=(chance.uniform(0.85, 1.18), chance.uniform(0.9, 1.15)),
    )


def hesitation(
    chance: np.random.Generator, throat: Throat, spelling: str, seconds: float
) -> Samples:
    """Return a filled pause as this person makes it, its loudest tenth of a second at level 1.

    `spelling` is one of `SPELLINGS`; an m is closed lips and the nose. Pitch is flat or falls
    slowly, one in five ends in creak, formants hardly move (Shriberg 2001).
    """
    steps = max(3, round(seconds / 0.01))
    course = np.linspace(0, 1, steps)
    vowel = np.array(_VOWELS["er" if spelling.startswith("er") else "uh"])
    vowel[:2] *= throat.vowel_shift
    formants = vowel * _movement(chance, steps)
    nasal = np.zeros(steps)
    if spelling == "mm":
        nasal[:] = 1.0
    elif spelling.endswith("m"):
        turn = chance.uniform(0.35, 0.7)
        nasal = np.clip((course - turn) * seconds / 0.05 + 0.5, 0, 1)
    pitch = throat.pitch * chance.uniform(0.78, 1.0)
    fall = chance.uniform(-12, 1.5)  # semitones a second
    pitches = pitch * 2 ** (fall * course * seconds / 12)
    creak = np.zeros(steps)
    if chance.random() < 0.2:
        creak = np.clip((course - chance.uniform(0.0, 0.7)) * 6, 0, 1)
    return _voiced(chance, throat, formants, nasal, pitches, creak=creak)


def _movement(chance: np.random.Generator, steps: int) -> NDArray[np.float64]:
    """Return how three formants move about their place (1 is none), a row for each 10 ms.

    No mouth holds still: they drift slowly by some percent, tremble, and the first and last tenth
    of a second come from and lead to the neighbouring sounds.
    """
    course = np.linspace(0, 1, steps)[:, None]
    drift = chance.uniform(-0.12, 0.12, 3) * (course - 0.5)
    knots = max(3, steps // 6)
    shaky = chance.normal(0, chance.uniform(0.005, 0.03), (knots, 3))
    places = np.linspace(0, knots - 1, steps)
    trembling = np.stack([np.interp(places, np.arange(knots), row) for row in shaky.T], axis=1)
    from_start = np.arange(steps)[:, None]
    first = chance.normal(0, 0.12, 3) * np.exp(-from_start / chance.uniform(2, 5))
    last = chance.normal(0, 0.12, 3) * np.exp(-from_start[::-1] / chance.uniform(2, 5))
    return np.asarray(1 + drift + trembling + first + last)


def lengthened(
    chance: np.random.Generator, throat: Throat, vowels: tuple[str, str], seconds: float
) -> Samples:
    """Return a vowel held or gliding from one to another, as in a drawn-out word; no filler."""
    steps = max(3, round(seconds / 0.01))
    course = np.linspace(0, 1, steps)[:, None]
    first, last = (np.array(_VOWELS[name]) for name in vowels)
    formants = first + (last - first) * course
    pitches = throat.pitch * 2 ** (chance.uniform(-20, 10) * course[:, 0] * seconds / 12)
    return _voiced(chance, throat, formants, np.zeros(steps), pitches, creak=np.zeros(steps))


def breath(chance: np.random.Generator, seconds: float) -> Samples:
    """Return an audible breath: noise through an open mouth, swelling and dying away."""
    count = round(seconds * SAMPLE_RATE)
    noise = np.fft.rfft(chance.standard_normal(count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    shape = np.zeros(len(hertz))
    for centre in (chance.uniform(400, 900), chance.uniform(1_300, 2_000), 3_500.0):
        shape += 1 / (1 + ((hertz - centre) / 350) ** 2)
    samples = np.fft.irfft(noise * shape, count) * np.hanning(count)
    return _at_level(samples)


def laughter(chance: np.random.Generator, throat: Throat, seconds: float) -> Samples:
    """Return bursts of breathy voice at about five a second."""
    parts: list[Samples] = []
    while sum(map(len, parts)) < seconds * SAMPLE_RATE:
        burst = 0.11 * chance.uniform(0.8, 1.2)
        steps = round(burst / 0.01)
        pitches = throat.pitch * np.linspace(1.5, 1.2, steps)
        formants = np.tile(np.array(_VOWELS["uh"]), (steps, 1))
        breathy = replace(throat, breath=-6.0)
        parts.append(
            _voiced(chance, breathy, formants, np.zeros(steps), pitches, creak=np.zeros(steps))
        )
        parts.append(breath(chance, 0.09) * np.float32(0.2))
    return np.concatenate(parts)


def hum(chance: np.random.Generator, seconds: float) -> Samples:
    """Return a held note of an instrument with overtones."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    note = chance.uniform(110, 440)
    samples = np.sum([np.sin(2 * np.pi * note * n * times) / n**1.5 for n in range(1, 7)], axis=0)
    return _at_level(np.asarray(samples) * np.minimum(1, np.minimum(times, times[::-1]) / 0.03))


def _voiced(
    chance: np.random.Generator,
    throat: Throat,
    formants: NDArray[np.float64],
    nasal: NDArray[np.float64],
    pitches: NDArray[np.float64],
    *,
    creak: NDArray[np.float64],
) -> Samples:
    """Return voice through a moving vocal tract; each array has one row per 10 ms."""
    count = len(pitches) * (SAMPLE_RATE // 100)
    responses = _responses(throat, formants, nasal)
    samples = np.zeros(count + _POINTS)
    now = 0.0
    while now < count:
        step = min(len(pitches) - 1, int(now) * 100 // SAMPLE_RATE)
        strength = 1 + chance.normal(0, 0.04 + 0.3 * creak[step])
        samples[int(now) : int(now) + _POINTS] += strength * responses[step]
        period = SAMPLE_RATE / pitches[step] * (1 + creak[step] * chance.uniform(0.5, 1.5))
        now += max(20.0, period * (1 + chance.normal(0, throat.jitter + 0.12 * creak[step])))
    samples[:count] += _breathy(chance, throat, responses, samples[:count])
    ramp = min(count // 3, round(0.025 * SAMPLE_RATE))
    envelope = np.ones(count)
    envelope[:ramp] = np.linspace(0, 1, ramp)
    envelope[-ramp:] = np.linspace(1, 0, ramp)
    swing = np.interp(np.arange(count), np.linspace(0, count, 4), chance.uniform(-4, 4, 4))
    return _at_level(samples[:count] * envelope * 10 ** (swing / 20))


def _breathy(
    chance: np.random.Generator,
    throat: Throat,
    responses: NDArray[np.float64],
    voice: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return breath noise through the tract's middle shape, `throat.breath` dB under the voice."""
    noise = np.convolve(chance.standard_normal(len(voice)), responses[len(responses) // 2])
    noise = np.diff(noise[: len(voice) + 1])  # turbulence has no tilt
    loudness = np.sqrt(np.mean(voice**2) / (np.mean(noise**2) + 1e-30))
    scaled: NDArray[np.float64] = noise * loudness * 10 ** (throat.breath / 20)
    return scaled


def _responses(
    throat: Throat, formants: NDArray[np.float64], nasal: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the response to one pulse in each 10 ms, float64 of shape (steps, `_POINTS`)."""
    steps = len(formants)
    closed = np.array(_NASAL) * throat.scale
    upper = np.array([3_400.0, 4_300.0]) * throat.scale
    shape = np.ones((steps, len(_HERTZ)), dtype=np.complex128)
    for number in range(3):
        centre = (formants[:, number] * throat.scale * (1 - nasal) + closed[number] * nasal)[
            :, None
        ]
        width = (60 + 0.035 * centre) * (1 + nasal[:, None])
        shape *= _resonance(centre, width)
    for centre_hertz in upper:
        shape *= _resonance(np.full((steps, 1), centre_hertz), np.full((steps, 1), 220.0))
    # The closed mouth is a side branch: it takes away around 900 Hz, and all of it is quieter.
    zero = np.full((steps, 1), 900.0 * throat.scale)
    notch = 1 / _resonance(zero, np.full((steps, 1), 150.0))
    shape = shape * (1 - nasal[:, None]) + 0.35 * shape * notch * nasal[:, None]
    octaves = np.log2(np.maximum(_HERTZ, 60.0) / 500.0)
    tilt = 10 ** (np.where(octaves > 0, throat.tilt, throat.tilt / 4) * octaves / 20)
    lips = np.where(_HERTZ < 60, 0.0, 1.0) * (_HERTZ / 500.0) ** 0.5
    responses = np.fft.irfft(shape * tilt * lips, _POINTS, axis=1)
    return np.asarray(responses / np.abs(responses).max())


def _resonance(centre: NDArray[np.float64], width: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Return a formant's transfer function, 1 at 0 Hz; rows are steps, columns frequencies."""
    pole = -np.pi * width + 2j * np.pi * centre
    s = 2j * np.pi * _HERTZ[None, :]
    return np.asarray(np.abs(pole) ** 2 / ((s - pole) * (s - np.conj(pole))))


def _at_level(samples: NDArray[np.float64]) -> Samples:
    """Return samples whose loudest tenth of a second has a root mean square of 1."""
    reach = min(len(samples), SAMPLE_RATE // 10)
    sums = np.cumsum(np.concatenate([[0.0], samples**2]))
    loudest = float(np.max(sums[reach:] - sums[:-reach])) / reach
    return np.asarray(samples / np.sqrt(loudest + 1e-30), dtype=np.float32)
