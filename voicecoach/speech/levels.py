"""How loud a recording is, every 10 ms: in all, and by how much it stands out of its own noise."""

from typing import Final

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voicecoach.speech.power_spectra import power_spectra
from voicecoach.speech.recording import SAMPLE_RATE

LOWEST_LEVEL: Final = -100.0
"""Level in dB relative to full scale given for digital silence, and for speech where there is
none."""

STEP_SAMPLES: Final = 160
STEP_SECONDS: Final = STEP_SAMPLES / SAMPLE_RATE
"""Levels are measured every 10 ms, each over 25 ms."""

BAND_HERTZ: Final = (100.0, 7_500.0)
"""Levels count this band only: rumble and mains hum below it can be louder than a quiet voice
(17 dB in one real recording), and no speech is lost without it."""

BANDS: Final = 16
"""Parts of that band, equally wide in mel (2595 log10(1 + Hz/700), O'Shaughnessy 1987)."""

NOISE_SHARE: Final = 0.5
"""The noise of a band is its mean over the quieter half of the steps without speech: the louder
half may hold breaths and doors."""

LEAST_NOISE_STEPS: Final = 30
"""With less than 0.3 s beside speech, the quietest twentieth of everything is the noise."""

SMOOTHED_STEPS: Final = 3
"""What stands out of the noise is averaged over 30 ms, so that noise alone stays below 1 dB."""

_WINDOW_SAMPLES: Final = 400
_SPECTRUM_SAMPLES: Final = 512
_CHUNK_STEPS: Final = 400
"""Spectra taken at once: those of 4 s stay in a core's cache, which halves the time."""

_FAINTEST: Final = 1e-14
"""Added to the power of each band's noise: 60 dB below one step of 16 bits."""


def band_powers(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean square in each of `BANDS` around each 10 ms, float32 of shape (steps, bands).

    Step n is centred at n × 10 ms + 5 ms; an end shorter than 10 ms is left out.
    """
    steps = len(samples) // STEP_SAMPLES
    window = np.hanning(_WINDOW_SAMPLES).astype(np.float32)
    window *= np.float32(np.sqrt(2 / (_SPECTRUM_SAMPLES * float((window**2).sum()))))
    bands = _bands()
    reach = (_WINDOW_SAMPLES - STEP_SAMPLES) // 2
    powers = np.zeros((steps, BANDS), dtype=np.float32)
    for first in range(0, steps, _CHUNK_STEPS):
        last = min(steps, first + _CHUNK_STEPS)
        start, end = first * STEP_SAMPLES - reach, last * STEP_SAMPLES + reach
        block = samples[max(0, start) : end]
        block = np.pad(block, (max(0, -start), end - max(0, start) - len(block)))
        frames = sliding_window_view(block, _WINDOW_SAMPLES)[::STEP_SAMPLES]
        spectra = power_spectra(frames, window, samples=_SPECTRUM_SAMPLES, bins=len(bands))
        powers[first:last] = spectra @ bands
    return powers


def above_noise(powers: NDArray[np.float32], speech: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return by how many dB each step stands out of the noise, float32 of shape (steps,).

    Each band's power is taken relative to that band's noise and their mean is 0 dB for noise
    alone: a voice whose formants lie above the noise in a few bands shows even where the sum over
    all bands hides it (fans and rooms are loudest below 300 Hz).

    Args:
        powers: as `band_powers` gives them.
        speech: the steps that may hold speech, bool of shape (steps,).
    """
    if len(powers) == 0:
        return np.zeros(0, dtype=np.float32)
    totals = powers.sum(axis=1)
    beside = np.flatnonzero(~speech)
    share = NOISE_SHARE
    if len(beside) < LEAST_NOISE_STEPS:
        beside, share = np.arange(len(powers)), 0.05
    quieter = beside[totals[beside] <= np.quantile(totals[beside], share)]
    noise = powers[quieter].mean(axis=0) + np.float32(_FAINTEST)
    ratios = (powers / noise).mean(axis=1)
    smooth = np.convolve(ratios, np.full(SMOOTHED_STEPS, 1 / SMOOTHED_STEPS), mode="same")
    return np.asarray(10 * np.log10(smooth[: len(ratios)] + 1e-10), dtype=np.float32)


def to_levels(powers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return powers (mean squares) as levels in dB relative to full scale."""
    levels: NDArray[np.float64] = np.maximum(10 * np.log10(powers + 1e-30), LOWEST_LEVEL)
    return levels


def mean_level(powers: NDArray[np.float64]) -> float:
    """Return the level of the mean power in dB relative to full scale."""
    if len(powers) == 0:
        return LOWEST_LEVEL
    return max(float(10 * np.log10(powers.mean() + 1e-30)), LOWEST_LEVEL)


def _bands() -> NDArray[np.float32]:
    """Return which bins of the spectrum make up each band, float32 of shape (bins, bands)."""
    lowest, highest = (2595 * np.log10(1 + hertz / 700) for hertz in BAND_HERTZ)
    edges = 700 * (10 ** (np.linspace(lowest, highest, BANDS + 1) / 2595) - 1)
    bins = np.rint(edges * _SPECTRUM_SAMPLES / SAMPLE_RATE).astype(int)
    members = np.zeros((_SPECTRUM_SAMPLES // 2 + 1, BANDS), dtype=np.float32)
    for band in range(BANDS):
        members[bins[band] : bins[band + 1], band] = 1
    return members
