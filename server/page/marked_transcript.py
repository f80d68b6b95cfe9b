"""A transcript cut into pieces, so that a page can mark in it what the score speaks of. Pure.

The pieces joined are exactly the text, and every quote is some of them whole. What is only in the
sound (a silence, a filled pause that the recogniser left out) stands between the words where it
was heard.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final

from voicecoach.scoring.evidence import Quote
from voicecoach.speech.transcript import Transcript, Word

UNSURE_BELOW: Final = 0.5
"""A word of less probability is, by the engine's own word, more likely another one than this."""


class SoundKind(StrEnum):
    """What can be heard between words."""

    PAUSE = "pause"
    FILLED_PAUSE = "filled_pause"


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundMark:
    """Something heard that is no word; seconds from the start of the recording."""

    kind: SoundKind
    start_seconds: float
    end_seconds: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end_seconds - self.start_seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedPoint:
    """A point of the outline, by its place from 1, and the words that said it."""

    place: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """A piece of the text with everything marked on it: `text[start_char:end_char]`.

    `word` is the word it is (a part of), with the times of the whole word; None between words.
    """

    text: str
    start_char: int
    end_char: int
    word: Word | None
    points: tuple[int, ...]
    filled_pause: bool

    @property
    def unsure(self) -> bool:
        """Whether the engine was not sure to have heard this word."""
        probability = None if self.word is None else self.word.probability
        return probability is not None and probability < UNSURE_BELOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Neighbouring pieces that said the same points (or none), with what was heard among them.

    `begins` are the points that did not run on from the run before.
    """

    points: tuple[int, ...]
    begins: tuple[int, ...]
    pieces: tuple[TextPiece | SoundMark, ...]


def mark_transcript(
    transcript: Transcript,
    *,
    quotes: Iterable[Quote] = (),
    points: Sequence[MarkedPoint] = (),
    filled_pauses: Sequence[Quote] = (),
    heard: Iterable[SoundMark] = (),
) -> tuple[Run, ...]:
    """Return the text in runs of pieces.

    Args:
        transcript: the version that is shown. Quotes of other versions mark nothing in it.
        quotes: whatever else must be whole pieces, such as the evidence of criteria.
        points: the outline's points with the words that said them.
        filled_pauses: those that stand in the text.
        heard: what is in the sound only.
    """
    own = transcript.version
    of_points = [
        (point.place, quote)
        for point in points
        for quote in point.quotes
        if quote.transcript_version == own
    ]
    fillers = [quote for quote in filled_pauses if quote.transcript_version == own]
    every = [
        *(quote for quote in quotes if quote.transcript_version == own),
        *(quote for _, quote in of_points),
        *fillers,
    ]
    pieces = [
        TextPiece(
            text=transcript.text[start:end],
            start_char=start,
            end_char=end,
            word=_word_at(transcript.words, start),
            points=tuple(
                sorted({place for place, quote in of_points if _covers(quote, start, end)})
            ),
            filled_pause=any(_covers(quote, start, end) for quote in fillers),
        )
        for start, end in pairwise(_cuts(transcript, every))
    ]
    return _runs(_with_sound(pieces, heard))


def _cuts(transcript: Transcript, quotes: Iterable[Quote]) -> list[int]:
    """Return every place where a piece begins or ends, in order."""
    length = len(transcript.text)
    edges = {0, length} if length else set()
    spans = [(word.start_char, word.end_char) for word in transcript.words]
    for start, end in (*spans, *((quote.start_char, quote.end_char) for quote in quotes)):
        edges |= {min(start, length), min(end, length)}
    return sorted(edges)


def _word_at(words: Sequence[Word], place: int) -> Word | None:
    after = bisect_right(words, place, key=lambda word: word.start_char)
    word = words[after - 1] if after else None
    return word if word is not None and place < word.end_char else None


def _covers(quote: Quote, start: int, end: int) -> bool:
    return quote.start_char <= start and end <= quote.end_char


def _with_sound(
    pieces: Sequence[TextPiece], heard: Iterable[SoundMark]
) -> list[TextPiece | SoundMark]:
    """Return the pieces with each sound before the first word whose middle is after its own.

    Words without times place nothing; what comes after all words stands at the end.
    """
    waiting = sorted(heard, key=lambda mark: (mark.start_seconds, mark.end_seconds), reverse=True)
    placed: list[TextPiece | SoundMark] = []
    before: Word | None = None
    for piece in pieces:
        if piece.word is not None and piece.word is not before:
            before = piece.word
            middle = _middle(piece.word.start_seconds, piece.word.end_seconds)
            while waiting and _is_before(waiting[-1], middle):
                placed.append(waiting.pop())
        placed.append(piece)
    return [*placed, *reversed(waiting)]


def _is_before(mark: SoundMark, middle_of_word: float | None) -> bool:
    middle = _middle(mark.start_seconds, mark.end_seconds)
    return middle_of_word is not None and middle is not None and middle < middle_of_word


def _middle(start_seconds: float | None, end_seconds: float | None) -> float | None:
    if start_seconds is None or end_seconds is None:
        return None
    return (start_seconds + end_seconds) / 2


def _runs(pieces: Sequence[TextPiece | SoundMark]) -> tuple[Run, ...]:
    """Group pieces by their points; a sound belongs to the run it stands in."""
    runs: list[Run] = []
    points: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    group: list[TextPiece | SoundMark] = []
    for piece in pieces:
        if isinstance(piece, TextPiece) and piece.points != points:
            if group:
                runs.append(Run(points=points, begins=begins, pieces=tuple(group)))
            begins = tuple(place for place in piece.points if place not in points)
            points, group = piece.points, []
        group.append(piece)
    return (*runs, Run(points=points, begins=begins, pieces=tuple(group))) if group else ()
