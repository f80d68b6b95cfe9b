"""Where words lie between those whose place in the sound is known: estimates, windows, order.

Pure. A word without `start_seconds` has no place yet; a word with a place and no `probability` has
an estimated one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Final

from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Word

LEAST_SILENCE_SECONDS: Final = 0.2
"""A shorter silence may be part of a word (the stop of a “t” lasts about 0.1 s)."""


def unheard_runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Give (first, last + 1) of each run of neighbouring words that have no probability."""
    for unheard, run in groupby(range(len(words)), key=lambda n: words[n].probability is None):
        if unheard:
            places = list(run)
            yield places[0], places[-1] + 1


def estimate_times(words: Sequence[Word], speech: Sequence[Span], seconds: float) -> list[Word]:
    """Return the words with an estimated time for each that was not heard.

    The words of a run share the speech between their neighbours in proportion to their letters;
    where there is no speech between those, the whole gap.

    Args:
        words: in order; those with a probability keep their times.
        speech: the voice activity of the recording, in order.
        seconds: the recording's length.
    """
    estimated = list(words)
    for first, end in unheard_runs(words):
        start_seconds = _end_of(words[first - 1]) if first else 0.0
        end_seconds = _start_of(words[end]) if end < len(words) else seconds
        room = _overlaps(speech, start_seconds, max(start_seconds, end_seconds))
        edges = _shared(room, [len(word.text) for word in words[first:end]])
        estimated[first:end] = [
            replace(word, start_seconds=start, end_seconds=stop)
            for word, (start, stop) in zip(words[first:end], edges, strict=True)
        ]
    return estimated


def words_in_windows(words: Sequence[Word], windows: Sequence[Span]) -> list[tuple[int, int]]:
    """Return for each window the words (first, last + 1) whose middle is nearest to it.

    The words have times, in order; the windows don't overlap. Every word is in one window.
    """
    edges = [(before.end_seconds + after.start_seconds) / 2 for before, after in pairwise(windows)]
    middles = [(_start_of(word) + _end_of(word)) / 2 for word in words]
    bounds = [0, *(bisect_left(middles, edge) for edge in edges), len(words)]
    return list(pairwise(bounds))


def within_speech(start: float, end: float, speech: Sequence[Span]) -> tuple[float, float]:
    """Return a word's time without the silence that it begins or ends with.

    A word that no speech touches, or that has speech, silence and speech, stays as it is.
    """
    inside = [span for span in _overlaps(speech, start, end) if span.seconds > 0]
    if len(inside) != 1:
        return start, end
    return inside[0].start_seconds, inside[0].end_seconds


def in_order(words: Sequence[Word], seconds: float) -> list[Word]:
    """Return the words with times that never run backwards, overlap or leave the recording.

    Where two overlap, the later one's start wins, as for words heard in neighbouring windows.
    """
    ordered: list[Word] = []
    for word in words:
        start = min(max(_start_of(word), 0.0), seconds)
        if ordered and start < _end_of(ordered[-1]):
            start = max(start, _start_of(ordered[-1]))
            ordered[-1] = replace(ordered[-1], end_seconds=start)
        end = min(max(_end_of(word), start), seconds)
        ordered.append(replace(word, start_seconds=start, end_seconds=end))
    return ordered


def _overlaps(speech: Sequence[Span], start: float, end: float) -> list[Span]:
    """Return the pieces of speech between two moments; the whole stretch where there is none."""
    pieces = [
        Span(start_seconds=max(start, span.start_seconds), end_seconds=min(end, span.end_seconds))
        for span in speech
        if span.start_seconds < end and span.end_seconds > start
    ]
    return pieces or [Span(start_seconds=start, end_seconds=end)]


def _shared(room: Sequence[Span], letters: Sequence[int]) -> list[tuple[float, float]]:
    """Cut the pieces of time, laid end to end, in proportion to the words' letters."""
    whole = sum(piece.seconds for piece in room)
    shares = [0.0]
    for count in letters:
        shares.append(shares[-1] + count / sum(letters))
    return [
        (_moment(room, whole * before, late=True), _moment(room, whole * after, late=False))
        for before, after in pairwise(shares)
    ]


def _moment(room: Sequence[Span], spent: float, *, late: bool) -> float:
    """Return the moment at which `spent` seconds of the pieces are over.

    At the seam of two pieces it is the later one's start if `late`, else the earlier one's end.
    """
    for piece in room:
        if spent < piece.seconds - 1e-9 or (not late and spent < piece.seconds + 1e-9):
            return min(piece.start_seconds + spent, piece.end_seconds)
        spent -= piece.seconds
    return room[-1].end_seconds


def _start_of(word: Word) -> float:
    assert word.start_seconds is not None, "estimate_times gives every word a time"
    return word.start_seconds


def _end_of(word: Word) -> float:
    assert word.end_seconds is not None, "estimate_times gives every word a time"
    return word.end_seconds
