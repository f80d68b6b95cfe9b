"""Speech with word times and filled pauses known, and the times a recogniser would leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words

JITTER_SECONDS: Final = 0.06
"""Standard deviation of a recogniser's word edges around the true ones (the goal's 60 ms)."""


@dataclass(frozen=True, kw_only=True)
class TimedWord:
    """A word or a filled pause and where it lies, in seconds from the start."""

    text: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, kw_only=True)
class LabelledSpeech:
    """Sound (float32 mono at 16 kHz), its words without the filled pauses, and those pauses."""

    samples: NDArray[np.float32]
    words: tuple[TimedWord, ...]
    fillers: tuple[TimedWord, ...]

    @property
    def minutes(self) -> float:
        """Length in minutes."""
        return len(self.samples) / SAMPLE_RATE / 60


def exact_transcript(speech: LabelledSpeech) -> Transcript:
    """Return the words at their true times, the filled pauses left out."""
    return _transcript(speech.words)


def whisper_like_transcript(speech: LabelledSpeech, *, seed: int) -> Transcript:
    """Return the words as Whisper leaves them: filled pauses swallowed, edges jittered.

    Each filled pause is left out of the text, and its neighbours' intervals grow over it, silence
    between included: the word before takes all of it, the word after does, or they meet somewhere
    inside, each as likely. Then every edge moves by a normal jitter of `JITTER_SECONDS`, words
    staying in order.
    """
    chance = np.random.default_rng(seed)
    words = list(speech.words)
    limit = len(speech.samples) / SAMPLE_RATE
    for filler in speech.fillers:
        middle = (filler.start_seconds + filler.end_seconds) / 2
        following = sum((word.start_seconds + word.end_seconds) / 2 <= middle for word in words)
        meeting = chance.choice(
            [
                filler.start_seconds,
                filler.end_seconds,
                chance.uniform(filler.start_seconds, filler.end_seconds),
            ]
        )
        if following == 0:
            meeting = filler.start_seconds
        elif following == len(words):
            meeting = filler.end_seconds
        if following > 0 and meeting > filler.start_seconds:
            before = words[following - 1]
            words[following - 1] = replace(before, end_seconds=max(before.end_seconds, meeting))
        if following < len(words) and meeting < filler.end_seconds:
            after = words[following]
            words[following] = replace(after, start_seconds=min(after.start_seconds, meeting))
    return _transcript(_jittered(words, chance, limit))


def _jittered(
    words: Sequence[TimedWord], chance: np.random.Generator, limit: float
) -> list[TimedWord]:
    """Return the words with every edge moved; neighbours that touched still touch."""
    edges: list[float] = []
    for earlier, later in pairwise([None, *words]):
        assert later is not None
        moved = later.start_seconds + chance.normal(0, JITTER_SECONDS)
        if earlier is not None and later.start_seconds - earlier.end_seconds < 0.02:
            moved = edges[-1]
        edges += [moved, later.end_seconds + chance.normal(0, JITTER_SECONDS)]
    ordered = np.maximum.accumulate(np.clip(edges, 0, limit))
    return [
        replace(word, start_seconds=float(start), end_seconds=float(end))
        for word, (start, end) in zip(words, ordered.reshape(-1, 2), strict=True)
    ]


def _transcript(words: Sequence[TimedWord]) -> Transcript:
    return transcript_from_words(
        [(word.text, word.start_seconds, word.end_seconds, 0.95) for word in words],
        version=1,
        source=TranscriptSource.MACHINE,
        language="en",
    )
