"""How much longer a word's interval is than the word: time that something else was said in.

Recognisers leave filled pauses out of the text and stretch the neighbouring words' intervals over
them, so that a filled pause shows as a word that took too long.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript

WORD_SECONDS: Final = 0.06
LETTER_SECONDS: Final = 0.06
"""A word takes 0.06 s and 0.06 s a letter, times the speaker's own pace: least squares over spoken
words, after which durations still differ by a third or more (0.35 to 0.6 in the logarithm)."""

EDGE_SECONDS: Final = 0.03
"""Overlaps shorter than this are the inaccuracy of the edges."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordTime(Span):
    """A word's interval in seconds, and how long it is expected to take from its letters alone."""

    expected_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How a stretch of sound and the words' intervals fit.

    `uncovered` is the share (0–1) of the stretch that no word covers. Of the words over it, the one
    that took longest for its letters: `stretched` is its voiced time against the expected,
    `surplus` its time beyond the expected against the length of the stretch (−0.5 to 1.5);
    `surplus_of_all` is the same for all words over the stretch together (−1 to 1.5), and
    `inside` how far the stretch lies within a word (0 at an edge, 1 a whole word away from it).
    """

    uncovered: float
    stretched: float
    surplus: float
    surplus_of_all: float
    inside: float


def word_times(transcript: Transcript) -> tuple[WordTime, ...]:
    """Return the intervals of a transcript whose words all have times."""
    return tuple(
        WordTime(
            start_seconds=word.start_seconds or 0.0,
            end_seconds=word.end_seconds or 0.0,
            expected_seconds=WORD_SECONDS
            + LETTER_SECONDS * max(1, sum(map(str.isalnum, word.text))),
        )
        for word in transcript.words
    )


def pace_of(words: Sequence[WordTime]) -> float:
    """Return by how much the speaker's words are longer than expected; 1 if nothing is known."""
    ratios = [word.seconds / word.expected_seconds for word in words if word.seconds > 0]
    return median(ratios) if ratios else 1.0


def fit_between(
    stretch: Span, words: Sequence[WordTime], silences: Sequence[Span], *, pace: float
) -> Fit:
    """Return how a stretch fits the words whose intervals it meets; silences are no speaking."""
    start, end = stretch.start_seconds, stretch.end_seconds
    covered, stretched, surplus, inside = 0.0, 0.0, -0.5, 0.0
    beyond = 0.0
    reached = start
    for word in words:
        covered += max(0.0, min(end, word.end_seconds) - max(reached, word.start_seconds))
        reached = max(reached, min(end, word.end_seconds))
        if word.end_seconds <= start - EDGE_SECONDS or word.start_seconds >= end + EDGE_SECONDS:
            continue
        spoken = word.seconds - sum(_overlap(word, silence) for silence in silences)
        expected = pace * word.expected_seconds
        stretched = max(stretched, spoken / expected)
        surplus = max(surplus, (spoken - expected) / (end - start))
        beyond += spoken - expected
        margin = min(start - word.start_seconds, word.end_seconds - end)
        inside = max(inside, margin / expected)
    return Fit(
        uncovered=1.0 - covered / (end - start),
        stretched=stretched,
        surplus=min(1.5, surplus),
        surplus_of_all=min(1.5, max(-1.0, beyond / (end - start))),
        inside=inside,
    )


def without(words: Sequence[WordTime], taken: Span) -> tuple[WordTime, ...]:
    """Return the intervals with a stretch taken out: each word keeps the longer side of it."""
    return tuple(
        _cut(word, taken.start_seconds, taken.end_seconds)
        if word.end_seconds > taken.start_seconds and word.start_seconds < taken.end_seconds
        else word
        for word in words
    )


def _cut(word: WordTime, start: float, end: float) -> WordTime:
    if start - word.start_seconds >= word.end_seconds - end:
        shortest = min(word.end_seconds, word.start_seconds + 0.01)
        return replace(word, end_seconds=max(shortest, min(word.end_seconds, start)))
    latest = max(word.start_seconds, word.end_seconds - 0.01)
    return replace(word, start_seconds=min(latest, max(word.start_seconds, end)))


def _overlap(one: Span, other: Span) -> float:
    return max(
        0.0,
        min(one.end_seconds, other.end_seconds) - max(one.start_seconds, other.start_seconds),
    )
