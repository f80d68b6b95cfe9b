"""Known speech for the tests: espeak-ng sentences with their true word times and known gaps."""

import functools
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE, Recording

ESPEAK_PROCESS = Path(__file__).with_name("espeak_process.py")

QUIET = 0.003
"""Samples below this (−50 dBFS) at the ends of an utterance count as silence around it."""


@dataclass(frozen=True, slots=True, eq=False)
class Utterance:
    """Spoken text: float32 samples at 16 kHz, its words and the second each one starts at."""

    samples: NDArray[np.float32]
    words: tuple[str, ...]
    starts_seconds: tuple[float, ...]


@functools.lru_cache
def speak(text: str, *, voice: str = "en-us", words_per_minute: int = 150) -> Utterance:
    """Speak a text in a process of its own; silence at both ends is cut off."""
    request = {"text": text, "voice": voice, "words_per_minute": words_per_minute}
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "spoken.npz"
        subprocess.run(
            [sys.executable, str(ESPEAK_PROCESS), str(target)],
            input=json.dumps(request),
            text=True,
            check=True,
            timeout=30,
        )
        with np.load(target) as arrays:
            sound, marks = arrays["sound0"], arrays["words0"]
    loud = np.flatnonzero(np.abs(sound) > QUIET)
    first, last = int(loud[0]), int(loud[-1]) + 1
    words = tuple(text[int(start) : int(start + length)] for start, length, _ in marks)
    starts = tuple(float(start - first / SAMPLE_RATE) for _, _, start in marks)
    return Utterance(sound[first:last], words, starts)


def silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)


def noise(seconds: float, *, level: float) -> NDArray[np.float32]:
    """White noise with that root mean square in dB relative to full scale."""
    chance = np.random.default_rng(3)
    samples = chance.standard_normal(round(seconds * SAMPLE_RATE)) * 10 ** (level / 20)
    return samples.astype(np.float32)


def tone(seconds: float, *, hertz: Sequence[float], level: float) -> NDArray[np.float32]:
    """A steady sum of sines, like mains hum or a held chord."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    summed = np.sum([np.sin(2 * np.pi * frequency * times) for frequency in hertz], axis=0)
    scaled = summed / np.sqrt(np.mean(summed**2)) * 10 ** (level / 20)
    return np.asarray(scaled, dtype=np.float32)


def join(*parts: NDArray[np.float32]) -> Recording:
    return Recording(np.concatenate(parts))
