"""What has been decoded of an answer so far: words in order, what is known on the chance, a rest.

Used by one thread.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.contracts import LiveTranscriber
from voicecoach.speech.decoding import Decoding
from voicecoach.speech.heard import (
    HeardStretch,
    HeardWord,
    machine_transcript,
    order_words,
    said_words,
)
from voicecoach.speech.span import Span
from voicecoach.speech.stretches import Stretch
from voicecoach.speech.transcript import Transcript

MARGIN_SECONDS: Final = 0.2
"""Sound given to the engine beyond a stretch, so that its spectrum has no edge there."""

CONTEXT_CHARACTERS: Final = 120
"""What was said before is told to weights that take prompts, about 30 tokens of it: enough for
names and style, too little to be written down again."""


class DecodedStretches:
    """Decodes the stretches of one answer, in order, and keeps their words.

    Args:
        engine: its weights are loaded.
        decoding: which windows and prompts they bear.
        hotwords: rare terms that may occur.
    """

    def __init__(
        self, engine: LiveTranscriber, decoding: Decoding, hotwords: Sequence[str]
    ) -> None:
        self._engine = engine
        self._decoding = decoding
        self._hotwords = hotwords
        self._words: list[HeardWord] = []
        self._languages: list[dict[str, float]] = []
        self._on_chance: tuple[Stretch, HeardStretch] | None = None
        self._carried: Stretch | None = None

    @property
    def carried_from(self) -> float | None:
        """Where the sound begins that a cut without a pause left over; None where none did."""
        return None if self._carried is None else self._carried.start_seconds

    def with_carried(self, stretch: Stretch) -> Stretch:
        """Return the stretch together with what the one before it left over."""
        if self._carried is None:
            return stretch
        return replace(
            stretch,
            start_seconds=self._carried.start_seconds,
            speech=(*self._carried.speech, *stretch.speech),
        )

    def take_carried(self) -> Stretch | None:
        """Return what is left over, as a stretch of its own."""
        carried, self._carried = self._carried, None
        return carried

    def known(self, stretch: Stretch) -> tuple[HeardWord, ...] | None:
        """Keep and return the words of a stretch decoded on the chance; None where it was not."""
        chance, self._on_chance = self._on_chance, None
        if chance is None or not chance[0].says_the_same_as(stretch):
            return None
        return self._keep(stretch, chance[1])

    def decode(
        self, stretch: Stretch, samples: NDArray[np.float32], offset_seconds: float
    ) -> tuple[HeardWord, ...]:
        """Decode a stretch and return its words; they are kept unless it was on the chance.

        Raises:
            WeightsMissingError: the weights are not on this machine.
            TranscriptionError: the engine failed.
        """
        context = self._context()
        heard = self._call(stretch, samples, offset_seconds, context)
        if context and not _said(heard, stretch):
            # A prompt can make Whisper fall silent; speech was heard, so it is asked once more.
            heard = self._call(stretch, samples, offset_seconds, "")
        if stretch.likely:
            self._on_chance = (stretch, heard)
            return tuple(_said(heard, stretch))
        return self._keep(stretch, heard)

    def transcript(self, seconds: float) -> Transcript:
        """Return everything as version 1 of the transcript of an answer of that length."""
        return machine_transcript(
            order_words(self._words, limit_seconds=seconds),
            self._languages,
            engine=self._engine.engine,
            weights=self._engine.weights,
            synthetic=self._engine.synthetic,
        )

    def _call(
        self, stretch: Stretch, samples: NDArray[np.float32], offset_seconds: float, context: str
    ) -> HeardStretch:
        return self._engine.decode_stretch(
            samples,
            Span(start_seconds=stretch.start_seconds, end_seconds=stretch.end_seconds),
            offset_seconds=offset_seconds,
            hotwords=self._hotwords,
            context=context,
        )

    def _context(self) -> str:
        """Return the end of what was said so far, in whole words."""
        context = ""
        if self._decoding.hotwords:
            for word in reversed(self._words[-CONTEXT_CHARACTERS:]):
                longer = f"{word.text} {context}".strip()
                if len(longer) > CONTEXT_CHARACTERS:
                    break
                context = longer
        return context

    def _keep(self, stretch: Stretch, heard: HeardStretch) -> tuple[HeardWord, ...]:
        words = _said(heard, stretch)
        self._carried = None
        if stretch.goes_on:
            cut = _place_to_cut(words, stretch)
            words = [word for word in words if word.end_seconds <= cut]
            if cut < stretch.end_seconds:
                left_over = Span(start_seconds=cut, end_seconds=stretch.end_seconds)
                self._carried = replace(
                    stretch, start_seconds=cut, speech=(left_over,), goes_on=False
                )
        self._words += words
        self._languages += [dict(shares) for shares in heard.languages]
        return tuple(words)


def _said(heard: HeardStretch, stretch: Stretch) -> list[HeardWord]:
    limit = stretch.end_seconds + MARGIN_SECONDS
    return said_words(heard.segments, stretch.speech, limit_seconds=limit)


def _place_to_cut(words: Sequence[HeardWord], stretch: Stretch) -> float:
    """Return where a stretch without a pause is cut: between the two words furthest apart.

    Only its second half is looked at, so that what is carried over stays short. The last word may
    be half a word, and is always carried over.
    """
    middle = (stretch.start_seconds + stretch.end_seconds) / 2
    gaps = [
        (after.start_seconds - before.end_seconds, before.end_seconds, after.start_seconds)
        for before, after in pairwise(words)
        if after.start_seconds >= middle
    ]
    if gaps:
        _, end, start = max(gaps)
        return (end + start) / 2
    if words and words[-1].end_seconds > middle:
        return max(stretch.start_seconds, words[-1].start_seconds)
    return stretch.end_seconds
