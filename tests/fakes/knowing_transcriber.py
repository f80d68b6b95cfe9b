"""A transcriber that knows what is said when, and shows where a window cut through a word."""

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import CoachError
from voicecoach.speech.decoding import SYNTHETIC_DECODING, Decoding
from voicecoach.speech.heard import (
    HeardSegment,
    HeardStretch,
    HeardWord,
    machine_transcript,
)
from voicecoach.speech.recording import Recording
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript

EDGE = 0.25
"""A word's first and last quarter may be the silence of a stop: a cut there harms nothing."""


@dataclass
class KnowingTranscriber:
    """Hears the words given, whole where a window holds them, else with a "~" at the cut.

    `seconds_per_window` is how long each window takes; `fails_with` is raised instead of hearing;
    `windows` and `contexts` note what was asked for.
    """

    words: Sequence[HeardWord]
    how: Decoding = SYNTHETIC_DECODING
    seconds_per_window: float = 0.0
    fails_with: CoachError | None = None
    windows: list[Span] = field(default_factory=list)
    contexts: list[str] = field(default_factory=list)
    may_go_on: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.may_go_on.set()

    engine = "knowing"
    weights = "knowing"
    synthetic = True

    def decoding(self) -> Decoding:
        return self.how

    def transcribe(self, recording: Recording, *, hotwords: Sequence[str] = ()) -> Transcript:
        heard = self._heard(Span(start_seconds=0.0, end_seconds=recording.seconds))
        return machine_transcript(heard, (), engine="knowing", weights="knowing", synthetic=True)

    def decode_stretch(
        self,
        samples: NDArray[np.float32],
        window: Span,
        *,
        offset_seconds: float,
        hotwords: Sequence[str] = (),
        context: str = "",
    ) -> HeardStretch:
        self.may_go_on.wait(timeout=60)
        if self.fails_with is not None:
            raise self.fails_with
        time.sleep(self.seconds_per_window)
        self.windows.append(window)
        self.contexts.append(context)
        assert offset_seconds <= window.start_seconds
        assert offset_seconds + len(samples) / 16_000 >= window.end_seconds - 0.05
        heard = self._heard(window)
        if not heard:
            return HeardStretch(segments=())
        segment = HeardSegment(
            words=tuple(heard), no_speech_probability=0.0, average_log_probability=-0.1
        )
        return HeardStretch(segments=(segment,))

    def _heard(self, window: Span) -> list[HeardWord]:
        heard = []
        for word in self.words:
            edge = EDGE * (word.end_seconds - word.start_seconds)
            start = max(word.start_seconds, window.start_seconds)
            end = min(word.end_seconds, window.end_seconds)
            if end <= word.start_seconds + edge or start >= word.end_seconds - edge:
                continue
            cut_before = start > word.start_seconds + edge
            cut_behind = end < word.end_seconds - edge
            heard.append(
                HeardWord(
                    text="~" * cut_before + word.text + "~" * cut_behind,
                    start_seconds=start,
                    end_seconds=end,
                    probability=0.9,
                )
            )
        return heard
