"""Long answers nobody trained on, spoken sentence by sentence with the pauses people make."""

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.demo import candidate
from voicecoach.speech.audio_file import read_audio
from voicecoach.speech.pyttsx3_speaker import Pyttsx3Speaker
from voicecoach.speech.recording import SAMPLE_RATE, Recording

TEXTS: Final = Path(__file__).parents[1] / "models" / "training" / "data" / "test_answers.txt"

PAUSES: Final = (0.45, 1.2, 0.25, 0.7, 2.5, 0.35)
"""Silence after each sentence in turn, in seconds: breaths, looks for words, and a long think."""

LEAD_SECONDS: Final = 0.6


@dataclass(frozen=True, slots=True, eq=False)
class LongAnswer:
    """What is said, and its sound as 16-bit samples at 16 kHz."""

    text: str
    samples: NDArray[np.int16]

    @property
    def recording(self) -> Recording:
        """The sound as the coach reads it from a file."""
        return Recording.from_pcm16(self.samples.astype("<i2").tobytes())

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / SAMPLE_RATE


def texts() -> tuple[str, ...]:
    """Return the written answers."""
    kept = [
        " ".join(paragraph.split()) for paragraph in TEXTS.read_text(encoding="utf-8").split("\n\n")
    ]
    lines = [re.sub(r"^#.*?\. Never trained on\. ", "", text) for text in kept]
    return tuple(line for line in lines if line)


def spoken(count: int) -> Iterator[LongAnswer]:
    """Give the first so many answers, spoken."""
    with tempfile.TemporaryDirectory() as folder:
        speaker = Pyttsx3Speaker(
            Path(folder), voice=candidate.VOICE, words_per_minute=candidate.WORDS_PER_MINUTE
        )
        for text in texts()[:count]:
            pauses = cycle(PAUSES)
            parts = [_silence(LEAD_SECONDS)]
            for sentence in re.split(r"(?<=[.?!])\s+", text):
                parts += [
                    read_audio(speaker.synthesise(sentence)).samples,
                    _silence(next(pauses)),
                ]
            samples = np.rint(np.clip(np.concatenate(parts), -1, 1) * 32_767)
            yield LongAnswer(text=text, samples=samples.astype(np.int16))


def _silence(seconds: float) -> NDArray[np.float32]:
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)
