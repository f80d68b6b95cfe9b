"""Long answers with known words, as 16-bit samples that arrive piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tests.speech.spoken import silence, speak
from voicecoach.speech.heard import HeardWord
from voicecoach.speech.recording import PCM16_FULL_SCALE, SAMPLE_RATE, Recording

SENTENCES = (
    "In my last job our overnight report failed on a Monday in March.",
    "I had to tell our largest client before her meeting at nine.",
    "I called her at eight and I told her that the figures were wrong.",
    "Then I built her figures by hand and I sent them before ten.",
    "As a result the client stayed with us and renewed the contract in June.",
)


@dataclass(frozen=True, eq=False)
class SpokenAnswer:
    """The samples of an answer and its words with their true times."""

    samples: NDArray[np.int16]
    words: tuple[HeardWord, ...]

    @property
    def recording(self) -> Recording:
        return Recording(self.samples.astype(np.float32) / np.float32(PCM16_FULL_SCALE))

    @property
    def seconds(self) -> float:
        return len(self.samples) / SAMPLE_RATE

    def pieces(self, size: int) -> Iterator[NDArray[np.int16]]:
        for first in range(0, len(self.samples), size):
            yield self.samples[first : first + size]


def spoken_answer(
    *, pauses: Sequence[float], repeats: int = 1, lead: float = 0.5, tail: float = 0.8
) -> SpokenAnswer:
    """Speak the sentences over and over; after the nth comes the nth pause, cyclically."""
    parts = [silence(lead)]
    words: list[HeardWord] = []
    at = lead
    for number in range(len(SENTENCES) * repeats):
        spoken = speak(SENTENCES[number % len(SENTENCES)])
        length = len(spoken.samples) / SAMPLE_RATE
        edges = [*spoken.starts_seconds, length]
        words += [
            HeardWord(text=text, start_seconds=at + start, end_seconds=at + end, probability=0.9)
            for text, (start, end) in zip(spoken.words, pairwise(edges), strict=True)
        ]
        pause = pauses[number % len(pauses)]
        parts += [spoken.samples, silence(pause)]
        at += length + len(parts[-1]) / SAMPLE_RATE
    parts.append(silence(tail))
    samples = np.concatenate(parts)
    return SpokenAnswer(samples=np.rint(samples * 32_767).astype(np.int16), words=tuple(words))
