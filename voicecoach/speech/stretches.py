"""Cuts an answer that is still being spoken into stretches to decode: at pauses, never in a word.

Pure. Takes probabilities of speech as they come and reads the same spans off them as are read off a
whole recording. Weights that are decoded span by span get the same windows as after the fact;
weights that join spans get shorter ones, so that little is left at the end.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from voicecoach.speech.decoding import WINDOW_SECONDS, Decoding
from voicecoach.speech.span import Span
from voicecoach.speech.voice_activity import (
    FRAME_SECONDS,
    SILENCE_PROBABILITY,
    SPEECH_PROBABILITY,
)

JOINED_SECONDS: Final = 10.0
"""A joined stretch ends with the first pause after this: what is open when the answer ends is then
about as much in a long answer as in a short one."""

LONGEST_SPAN_SECONDS: Final = 20.0
"""Speech without a pause is decoded after this; where it is cut, the engine's words say. What is
carried over from it and the next such stretch fit one window together."""

LIKELY_END_SECONDS: Final = 0.3
"""After a pause of this length the answer may be over: what is open is decoded on the chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch(Span):
    """A stretch of the answer to decode.

    `number` counts from 0. `speech` are the spans of speech in it. `frame` is the frame after
    which it was cut. `goes_on` tells that speech goes on without a pause behind it; `likely` that
    it may still grow, and is decoded on the chance that it does not.
    """

    number: int
    speech: tuple[Span, ...]
    frame: int
    goes_on: bool = False
    likely: bool = False

    def says_the_same_as(self, other: "Stretch") -> bool:
        """Whether both hold the same speech."""
        return self.number == other.number and self.speech == other.speech


class StretchCutter:
    """Reads stretches off the probabilities of one answer, frame by frame.

    Args:
        decoding: which windows the weights bear.
    """

    def __init__(self, decoding: Decoding) -> None:
        self._decoding = decoding
        self._frame = 0
        self._number = 0
        self._start: float | None = None
        self._silent_from: float | None = None
        self._closed: list[Span] = []
        self._free_from = 0.0
        self._told_likely = False

    @property
    def needed_from_seconds(self) -> float:
        """Sound before this moment is in no stretch that is still to come."""
        if self._closed:
            return max(0.0, self._closed[0].start_seconds - self._decoding.pad_seconds)
        latest = self._frame * FRAME_SECONDS if self._start is None else self._start
        return max(0.0, latest - self._decoding.pad_seconds)

    @property
    def may_be_over(self) -> bool:
        """Whether the pause holds on in which a stretch was given that is likely the last."""
        return self._told_likely

    def push(self, probabilities: Iterable[float]) -> list[Stretch]:
        """Take the next frames' probabilities of speech and return what is to be decoded now."""
        due: list[Stretch] = []
        for probability in probabilities:
            due += self._take(float(probability))
            self._frame += 1
        return due

    def end(self, seconds: float) -> list[Stretch]:
        """Return what is still to be decoded of an answer that ended after so many seconds."""
        if self._start is not None:
            paused = self._told_likely and self._silent_from is not None
            end = self._silent_from if paused and self._silent_from is not None else seconds
            if end > self._start:
                self._closed.append(Span(start_seconds=self._start, end_seconds=end))
            self._start = self._silent_from = None
        return [self._cut(seconds)] if self._closed else []

    def _take(self, probability: float) -> list[Stretch]:
        now = self._frame * FRAME_SECONDS
        due: list[Stretch] = []
        if probability >= SPEECH_PROBABILITY:
            self._silent_from = None
            self._told_likely = False
            if self._start is None:
                if self._closed and not self._decoding.joins_spans:
                    due.append(self._cut(self._middle_before(now)))
                self._start = now
        elif probability < SILENCE_PROBABILITY and self._start is not None:
            if self._silent_from is None:
                self._silent_from = now
            if now - self._silent_from >= self._decoding.min_silence_seconds:
                self._closed.append(Span(start_seconds=self._start, end_seconds=self._silent_from))
                self._start = self._silent_from = None
        due += self._due(now + FRAME_SECONDS)
        return due

    def _due(self, now: float) -> list[Stretch]:
        """Return what is due when everything up to `now` has been heard."""
        decoding = self._decoding
        if self._start is not None:
            if self._closed and now - self._closed[0].start_seconds > _room(decoding):
                return [self._cut(self._middle_before(self._start))]
            if not self._closed and now - self._start >= LONGEST_SPAN_SECONDS:
                return [self._cut_on_the_run(now)]
        elif self._closed:
            silence = now - self._closed[-1].end_seconds
            enough = silence >= 2 * decoding.pad_seconds
            length = self._closed[-1].end_seconds - self._closed[0].start_seconds
            if enough and (
                not decoding.joins_spans
                or length >= JOINED_SECONDS
                or silence > decoding.max_joined_silence_seconds
            ):
                return [self._cut(now)]
        return self._likely(now)

    def _likely(self, now: float) -> list[Stretch]:
        """Return what is open, once in each pause that is long enough."""
        silent_from = self._silent_from
        if self._start is None and self._closed:
            silent_from = self._closed[-1].end_seconds
        if (
            self._told_likely
            or silent_from is None
            or now - silent_from < LIKELY_END_SECONDS - FRAME_SECONDS / 2
        ):
            return []
        self._told_likely = True
        spans = list(self._closed)
        if self._start is not None:
            spans.append(Span(start_seconds=self._start, end_seconds=silent_from))
        return [replace(self._stretch(spans, now), likely=True)]

    def _cut(self, limit_seconds: float) -> Stretch:
        """Return the closed spans as a stretch and go on behind it."""
        stretch = self._stretch(self._closed, limit_seconds)
        self._free_from = stretch.end_seconds
        self._closed = []
        self._told_likely = False
        self._number += 1
        return stretch

    def _cut_on_the_run(self, now: float) -> Stretch:
        assert self._start is not None
        self._closed = [Span(start_seconds=self._start, end_seconds=now)]
        stretch = replace(self._cut(now), end_seconds=now, goes_on=True)
        self._start = self._free_from = now
        self._silent_from = None  # a silence that had begun counts from the cut on
        return stretch

    def _stretch(self, spans: list[Span], limit_seconds: float) -> Stretch:
        first, last = spans[0], spans[-1]
        pad = self._decoding.pad_seconds
        return Stretch(
            start_seconds=max(self._free_from, first.start_seconds - pad),
            end_seconds=min(limit_seconds, last.end_seconds + pad),
            number=self._number,
            speech=tuple(spans),
            frame=self._frame,
        )

    def _middle_before(self, start_seconds: float) -> float:
        """Return the middle of the silence between what is closed and speech that starts there."""
        return (self._closed[-1].end_seconds + start_seconds) / 2


def joined(first: Stretch, second: Stretch, decoding: Decoding) -> Stretch | None:
    """Return two neighbouring stretches as one, as after the fact; None where they don't fit.

    For when decoding has fallen behind: one window costs as much as two half empty ones.
    """
    apart = second.speech[0].start_seconds - first.speech[-1].end_seconds
    if (
        not decoding.joins_spans
        or first.goes_on
        or second.goes_on
        or second.likely
        or apart > decoding.max_joined_silence_seconds
        or second.end_seconds - first.start_seconds > WINDOW_SECONDS
    ):
        return None
    return replace(
        first,
        end_seconds=second.end_seconds,
        speech=(*first.speech, *second.speech),
        frame=second.frame,
    )


def _room(decoding: Decoding) -> float:
    return WINDOW_SECONDS - 2 * decoding.pad_seconds
