"""Answers with known pauses: espeak's speech cut where the text says and parted by known gaps.

The words come from `spliced_answers.txt`, whose clauses are marked by hand. Each stretch between
two gaps is spoken on its own, without punctuation, so that espeak adds no pause, and what is
silent at its ends is cut off: the gaps are the pauses, to the sample.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.room_sounds import breathe, pink_noise
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.span import Span

TEXTS: Final = Path(__file__).with_suffix(".txt")
UNSEEN_TEXTS: Final = Path(__file__).with_name("spliced_answers_unseen.txt")
"""Marked after the rules for clauses were written."""

ESPEAK: Final = Path(__file__).parents[1] / "tests" / "speech" / "espeak_process.py"
VOICES: Final = (
    ("en-us", 165),
    ("en-gb-scotland", 150),
    ("en-us+f3", 175),
    ("en-us+m7", 140),
    ("en+f2", 185),
    ("en-gb-x-rp", 160),
)
"""espeak's voice and its words a minute."""

SHORTEST_GAP: Final = 0.25
LONGEST_GAP: Final = 4.0
GAPS: Final = 10
"""Gaps in an answer, half at clause ends and half inside, their lengths drawn log-uniformly."""

LEAST_WORDS_BETWEEN: Final = 2
LEAD_SECONDS: Final = 1.2
TAIL_SECONDS: Final = 0.8
QUIET: Final = 0.003
"""Samples below this (−50 dBFS, espeak speaks at about −20) are silence around a stretch."""

ROOM_LEVEL: Final = -75.0
"""Pink noise, in dB relative to full scale, under every answer: no microphone is without."""

OPENERS: Final = frozenset(
    {"and", "but", "so", "or", "because", "that", "which", "who", "whose", "whether", "if", "as"}
    | {"then", "once", "while", "before", "after", "when", "where", "how", "what", "since"}
)
"""After these as a clause's first word no gap is set: whether that pause is inside the clause or at
the end of the one before is a matter of definition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What is done to the sound: noise that far below the speech (dB), gain (dB), breaths."""

    name: str
    signal_to_noise: float | None = None
    gain: float = 0.0
    breaths: bool = False


CONDITIONS: Final = (
    Condition(name="clean"),
    Condition(name="noise at 30 dB", signal_to_noise=30.0),
    Condition(name="noise at 20 dB", signal_to_noise=20.0),
    Condition(name="noise at 15 dB", signal_to_noise=15.0),
    Condition(name="noise at 10 dB", signal_to_noise=10.0),
    Condition(name="noise at 8 dB", signal_to_noise=8.0),
    Condition(name="noise at 5 dB", signal_to_noise=5.0),
    Condition(name="quiet by 30 dB", gain=-30.0),
    Condition(name="breaths in the gaps", breaths=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWord:
    """A word and when it is spoken; `ends_clause` says what the marks in the text say."""

    text: str
    start_seconds: float
    end_seconds: float
    ends_clause: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPause:
    """A gap that was spliced in after word number `after_word`."""

    span: Span
    inside_clause: bool
    after_word: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SplicedAnswer:
    """A spoken answer, its words and its pauses as they truly are.

    `unseen` is true where the rules for clauses were written before the text was marked.
    """

    voice: str
    condition: str
    unseen: bool
    recording: Recording
    words: tuple[KnownWord, ...]
    pauses: tuple[KnownPause, ...]

    @property
    def seconds(self) -> float:
        """Time from the first to the last word in seconds."""
        return self.words[-1].end_seconds - self.words[0].start_seconds

    @property
    def speaking_seconds(self) -> float:
        """The same without the pauses."""
        return self.seconds - sum(pause.span.seconds for pause in self.pauses)


@dataclass(frozen=True, slots=True, eq=False)
class _Spoken:
    """A stretch of speech: its samples and the second each of its words starts at."""

    samples: NDArray[np.float32]
    starts_seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _MarkedText:
    """Words, the positions of those that end a clause, and whether the rules came before it."""

    words: tuple[str, ...]
    clause_ends: frozenset[int]
    unseen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """Which words are spoken by whom, and the gap (seconds) after some of them."""

    voice: str
    words_per_minute: int
    text: _MarkedText
    gaps: Mapping[int, float]

    @property
    def stretches(self) -> list[tuple[int, int]]:
        """Half-open ranges of words between the gaps."""
        edges = [0, *(place + 1 for place in sorted(self.gaps)), len(self.text.words)]
        return list(pairwise(edges))

    def said(self, first: int, end: int) -> str:
        """Return the words of a stretch without punctuation."""
        return " ".join(word.strip(".,?!;:") for word in self.text.words[first:end])


def spliced_answers(
    *, conditions: Sequence[Condition] = CONDITIONS, takes: int = 1, seed: int = 7
) -> Iterator[SplicedAnswer]:
    """Yield every voice in every condition, `takes` answers each; the seed decides all chance."""
    chance = np.random.default_rng(seed)
    texts = [
        _marked(text, unseen=path == UNSEEN_TEXTS)
        for path in (TEXTS, UNSEEN_TEXTS)
        for text in _paragraphs(path)
    ]
    plans = [
        _plan(texts[(take * len(VOICES) + number) % len(texts)], voice, rate, chance)
        for take in range(takes)
        for number, (voice, rate) in enumerate(VOICES)
    ]
    for plan, stretches in zip(plans, _speak(plans), strict=True):
        for condition in conditions:
            yield _spliced(plan, stretches, condition, chance)


def _paragraphs(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = "\n".join(line for line in lines if not line.startswith("#"))
    return [part for part in re.split(r"\n\s*\n", kept) if part.strip()]


def _marked(text: str, *, unseen: bool) -> _MarkedText:
    words: list[str] = []
    ends: set[int] = set()
    for piece in text.split():
        if piece == "/":
            ends.add(len(words) - 1)
        else:
            words.append(piece)
    return _MarkedText(words=tuple(words), clause_ends=frozenset(ends), unseen=unseen)


def _plan(
    text: _MarkedText, voice: str, words_per_minute: int, chance: np.random.Generator
) -> _Plan:
    words, clause_ends = text.words, text.clause_ends
    inside = [
        place
        for place in range(len(words) - 1)
        if place not in clause_ends
        and not (place - 1 in clause_ends and words[place].lower() in OPENERS)
        and not (place == 0 and words[place].lower() in OPENERS)
    ]
    gaps: dict[int, float] = {}
    for number in range(GAPS):
        pool = sorted(clause_ends) if number % 2 else inside
        free = [
            place
            for place in pool
            if all(abs(place - taken) >= LEAST_WORDS_BETWEEN for taken in [-1, len(words), *gaps])
        ]
        length = np.exp(chance.uniform(np.log(SHORTEST_GAP), np.log(LONGEST_GAP)))
        gaps[int(chance.choice(free))] = round(float(length), 3)
    return _Plan(
        voice=voice,
        words_per_minute=words_per_minute,
        text=text,
        gaps=gaps,
    )


def _speak(plans: Sequence[_Plan]) -> list[list[_Spoken]]:
    """Speak every stretch of every plan in one process of its own."""
    asked = [
        (number, first, end) for number, plan in enumerate(plans) for first, end in plan.stretches
    ]
    requests = [
        {
            "text": plans[number].said(first, end),
            "voice": plans[number].voice,
            "words_per_minute": plans[number].words_per_minute,
        }
        for number, first, end in asked
    ]
    spoken: list[list[_Spoken]] = [[] for _ in plans]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "spoken.npz"
        subprocess.run(
            [sys.executable, str(ESPEAK), str(target)],
            input="\n".join(json.dumps(request) for request in requests),
            text=True,
            check=True,
        )
        with np.load(target) as arrays:
            for place, (number, _, _) in enumerate(asked):
                text = str(requests[place]["text"])
                spoken[number].append(
                    _trimmed(arrays[f"sound{place}"], arrays[f"words{place}"], text)
                )
    return spoken


def _trimmed(samples: NDArray[np.float32], marks: NDArray[np.float64], text: str) -> _Spoken:
    """Cut the silence off both ends; a word espeak gives no time lies where its letters do."""
    loud = np.flatnonzero(np.abs(samples) > QUIET)
    first, last = int(loud[0]), int(loud[-1]) + 1
    places = [match.start() for match in re.finditer(r"\S+", text)]
    seconds = (last - first) / SAMPLE_RATE
    known = [(0.0, 0.0)]
    known += [
        (place, max(0.0, start - first / SAMPLE_RATE)) for place, _, start in marks if place > 0
    ]
    known.append((float(len(text)), seconds))
    starts = np.interp(places, [place for place, _ in known], [start for _, start in known])
    return _Spoken(samples[first:last], tuple(float(start) for start in starts))


def _spliced(
    plan: _Plan, stretches: Sequence[_Spoken], condition: Condition, chance: np.random.Generator
) -> SplicedAnswer:
    speech_power = float(np.mean(np.concatenate([part.samples for part in stretches]) ** 2))
    parts = [np.zeros(round(LEAD_SECONDS * SAMPLE_RATE), np.float32)]
    words: list[KnownWord] = []
    pauses: list[KnownPause] = []
    now = len(parts[0]) / SAMPLE_RATE
    for (first, end), spoken in zip(plan.stretches, stretches, strict=True):
        length = len(spoken.samples) / SAMPLE_RATE
        for place, start, stop in zip(
            range(first, end),
            spoken.starts_seconds,
            [*spoken.starts_seconds[1:], length],
            strict=True,
        ):
            words.append(
                KnownWord(
                    text=plan.text.words[place],
                    start_seconds=now + start,
                    end_seconds=now + stop,
                    ends_clause=place in plan.text.clause_ends,
                )
            )
        parts.append(spoken.samples)
        now += length
        if end < len(plan.text.words):
            gap = np.zeros(round(plan.gaps[end - 1] * SAMPLE_RATE), np.float32)
            if condition.breaths:
                breathe(gap, speech_power, chance)
            parts.append(gap)
            span = Span(start_seconds=now, end_seconds=now + len(gap) / SAMPLE_RATE)
            pauses.append(
                KnownPause(
                    span=span,
                    inside_clause=end - 1 not in plan.text.clause_ends,
                    after_word=end - 1,
                )
            )
            now = span.end_seconds
    parts.append(np.zeros(round(TAIL_SECONDS * SAMPLE_RATE), np.float32))
    whole = np.concatenate(parts) * np.float32(10 ** (condition.gain / 20))
    noise = pink_noise(len(whole), chance)
    noise_power = 10 ** (ROOM_LEVEL / 10)
    if condition.signal_to_noise is not None:
        noise_power = speech_power / 10 ** (condition.signal_to_noise / 10)
    whole = np.clip(whole + noise * np.float32(np.sqrt(noise_power)), -1, 1).astype(np.float32)
    return SplicedAnswer(
        voice=plan.voice,
        condition=condition.name,
        unseen=plan.text.unseen,
        recording=Recording(whole),
        words=tuple(words),
        pauses=tuple(pauses),
    )
