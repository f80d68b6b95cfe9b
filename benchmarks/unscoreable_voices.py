"""Sentences spoken by espeak-ng's voices, many in one process: starting one takes longest."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.unscoreable_sounds import Samples
from tests.speech.spoken import ESPEAK_PROCESS, QUIET

LONGEST_SECONDS: Final = 60.0
"""A process that speaks for longer than this has hung."""


def speak_all(sentences: Sequence[str], *, voice: str, words_per_minute: int) -> list[Samples]:
    """Return each sentence's sound, float32 at 16 kHz; silence at both ends is cut off."""
    requests = "\n".join(
        json.dumps({"text": sentence, "voice": voice, "words_per_minute": words_per_minute})
        for sentence in sentences
    )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "spoken.npz"
        subprocess.run(
            [sys.executable, str(ESPEAK_PROCESS), str(target)],
            input=requests,
            text=True,
            check=True,
            timeout=LONGEST_SECONDS,
        )
        with np.load(target) as arrays:
            sounds = [arrays[f"sound{number}"] for number in range(len(sentences))]
    return [_without_ends(sound) for sound in sounds]


def _without_ends(sound: Samples) -> Samples:
    loud = np.flatnonzero(np.abs(sound) > QUIET)
    return sound[int(loud[0]) : int(loud[-1]) + 1]
