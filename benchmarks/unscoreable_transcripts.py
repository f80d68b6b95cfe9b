"""What a recogniser may write on any sound: fluent words, hopeless ones, words that nobody said.

A large Whisper makes fluent English out of noise, so what a recording is refused for must not hang
on the words; and words can be hopeless under a sound without fault.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.random import Generator, default_rng

from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import (
    Transcript,
    TranscriptSource,
    transcript_from_words,
    typed_transcript,
)

UNUSUAL: Final = Path(__file__).with_name("unusual_answers.toml")

ANSWERS: Final = Path(__file__).parents[1] / "models" / "training" / "data" / "test_answers.txt"

SURE: Final = 0.9
"""Probability of each word in a fluent transcript: what Whisper gives its own inventions too."""

HALLUCINATIONS: Final = (
    "Thank you for watching.",
    "Thanks for watching and don't forget to subscribe.",
    "Subtitles by the community.",
    "I'll see you in the next video.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WordCase:
    """A transcript, with or without sound, and whether it is to be refused."""

    name: str
    refuse: bool
    transcript: Transcript
    sound: SoundMeasures | None


def fluent(text: str, spans: Sequence[Span], *, language: str | None = None) -> Transcript:
    """Return the text as a recogniser's transcript, its words spread evenly over the spans."""
    words = text.split()
    lengths = np.array([span.seconds for span in spans])
    ends = np.cumsum(lengths)
    rows: list[tuple[str, float | None, float | None, float | None]] = []
    for number, word in enumerate(words):
        place = (number + 0.5) / len(words) * float(ends[-1])
        index = int(np.searchsorted(ends, place))
        middle = spans[index].start_seconds + place - float(ends[index] - lengths[index])
        rows.append((word, middle - 0.1, middle + 0.1, SURE))
    return _machine(rows, language=language)


def whole(seconds: float) -> tuple[Span, ...]:
    """Return a span over the whole recording, for words on sound without a voice."""
    return (Span(start_seconds=0.0, end_seconds=seconds),)


def answers() -> tuple[str, ...]:
    """Return the written answers that everything here is cut from."""
    paragraphs = ANSWERS.read_text(encoding="utf-8").split("\n\n")
    return tuple(" ".join(paragraph.split()) for paragraph in paragraphs if paragraph.strip())


def unusual_answers() -> dict[str, tuple[str, ...]]:
    """Return genuine answers full of names, by people who learned English late, as spoken."""
    kinds: dict[str, list[str]] = tomllib.loads(UNUSUAL.read_text(encoding="utf-8"))
    return {kind: tuple(" ".join(text.split()) for text in texts) for kind, texts in kinds.items()}


def word_cases(each: int, *, seed: int) -> Iterator[WordCase]:
    """Make `each` transcripts of every hopeless kind, then the genuine unusual ones."""
    for place, (name, make) in enumerate(HOPELESS.items()):
        for number in range(each):
            transcript, sound = make(default_rng([place, number, seed]))
            yield WordCase(name=name, refuse=True, transcript=transcript, sound=sound)
    for kind, texts in unusual_answers().items():
        for text in texts:
            yield WordCase(
                name=f"typed: {kind.replace('_', '-')}",
                refuse=False,
                transcript=typed_transcript(text),
                sound=None,
            )
            sound = clear_voice(0.4 * len(text.split()))
            yield WordCase(
                name=f"heard: {kind.replace('_', '-')}",
                refuse=False,
                transcript=fluent(text, sound.speech),
                sound=sound,
            )
    for text in answers():
        yield WordCase(
            name="typed: written answers",
            refuse=False,
            transcript=typed_transcript(text),
            sound=None,
        )


def clear_voice(seconds: float) -> SoundMeasures:
    """Return what a clear voice without breaks would measure."""
    return SoundMeasures(
        seconds=seconds + 1.0,
        speech=(Span(start_seconds=0.5, end_seconds=seconds + 0.5),),
        pauses=(),
        speech_level=-25.0,
        noise_level=-60.0,
        clipped_share=0.0,
        speech_probability=0.92,
        harmonic_share=0.0,
    )


def some_words(chance: Generator, count: int) -> list[str]:
    """Return so many words in a row from one of the written answers."""
    texts = answers()
    words = texts[int(chance.integers(len(texts)))].split()
    start = int(chance.integers(max(1, len(words) - count)))
    return words[start : start + count]


def _machine(
    rows: list[tuple[str, float | None, float | None, float | None]], *, language: str | None = "en"
) -> Transcript:
    return transcript_from_words(
        rows, version=1, source=TranscriptSource.MACHINE, engine="paper", language=language
    )


Heard = tuple[Transcript, SoundMeasures]


def _too_short(chance: Generator) -> Heard:
    words = some_words(chance, int(chance.integers(1, 30)))
    sound = clear_voice(0.4 * len(words))
    return fluent(" ".join(words), sound.speech), sound


def _improbable(chance: Generator) -> Heard:
    words = some_words(chance, 60)
    sound = clear_voice(0.4 * len(words))
    mean = chance.uniform(0.2, 0.5)
    rows = [
        (word.text, word.start_seconds, word.end_seconds, float(chance.uniform(0, 2 * mean)))
        for word in fluent(" ".join(words), sound.speech).words
    ]
    return _machine([*rows]), sound


def _in_circles(chance: Generator) -> Heard:
    loop = " ".join(some_words(chance, int(chance.integers(1, 13))))
    times = int(chance.integers(40, 90)) // len(loop.split()) + 4
    sound = clear_voice(0.4 * times * len(loop.split()))
    return fluent(" ".join([loop] * times), sound.speech), sound


def _hallucinated(chance: Generator) -> Heard:
    lines = [str(chance.choice(HALLUCINATIONS))] * int(chance.integers(12, 30))
    if chance.random() < 0.5:
        lines[::2] = [str(chance.choice(HALLUCINATIONS))] * len(lines[::2])
    text = " ".join(lines)
    sound = clear_voice(0.4 * len(text.split()))
    return fluent(text, sound.speech), sound


def _where_nobody_speaks(chance: Generator) -> Heard:
    words = some_words(chance, 60)
    spoken = float(chance.uniform(1, 4))
    silent = 0.4 * len(words) * 3
    sound = clear_voice(spoken)
    text = re.sub(r"\s+", " ", " ".join(words))
    return fluent(text, (Span(start_seconds=0.0, end_seconds=silent),)), replace(
        sound, seconds=silent
    )


HOPELESS: Final[dict[str, Callable[[Generator], Heard]]] = {
    "1 to 29 words": _too_short,
    "words of low probability": _improbable,
    "words in circles": _in_circles,
    "hallucinated lines": _hallucinated,
    "words where nobody speaks": _where_nobody_speaks,
}
