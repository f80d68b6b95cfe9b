"""What the coach asks of its engines: small protocols, kept by the real engines and the fakes.

The contract tests in `tests/speech/` run against both.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.decoding import Decoding
from voicecoach.speech.heard import HeardStretch
from voicecoach.speech.recording import Recording
from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenQuestion:
    """A question as sound: the WAV, its length in seconds, and whether it was heard aloud.

    `not_played` says in one sentence why nothing was played, with the remedy; None when it was.
    """

    path: Path
    seconds: float
    not_played: str | None = None


class Speaker(Protocol):
    """Turns a text into speech."""

    def synthesise(self, text: str) -> Path:
        """Return a WAV file with the text spoken (from the cache when spoken before).

        Raises:
            SpeechSynthesisError: no voice works on this machine.
        """
        ...

    def speak(self, text: str) -> SpokenQuestion:
        """Synthesise and play aloud; where nothing can be played, say so in the result."""
        ...


class Player(Protocol):
    """Plays a sound file aloud: a question, or an answer again."""

    def play(self, path: Path, *, should_stop: Callable[[], bool] = ...) -> None:
        """Play the whole file, or until `should_stop`, and return when it has been heard.

        Raises:
            AudioPlaybackError: no sound can be played on this machine.
            RecordingError: the file holds no sound.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingProgress:
    """What the recorder tells while it records: seconds so far and the loudest recent level.

    `level` is the root mean square of the last block in dB relative to full scale (at most 0).
    """

    seconds: float
    level: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """How a recording ended: the WAV on disk, its seconds, and `interrupted` if it broke off.

    `warning` says in one sentence what was wrong with the sound (pieces lost, digital silence
    throughout, as from a muted or forbidden microphone); None where nothing was.
    """

    path: Path
    seconds: float
    interrupted: str | None = None
    warning: str | None = None


class Recorder(Protocol):
    """Records the microphone to disk as it goes."""

    def record(
        self,
        path: Path,
        *,
        on_started: Callable[[], None],
        on_progress: Callable[[RecordingProgress], None],
        should_stop: Callable[[], bool],
        limit_seconds: float | None,
    ) -> RecordedAnswer:
        """Record into `path` (16-bit mono WAV) until `should_stop` or the limit.

        `on_started` is called once the first samples have arrived ("speak now"). Silence never
        ends a recording. If the device goes away, what was recorded is kept and `interrupted`
        says why.

        Raises:
            MicrophoneError: no microphone could be opened; nothing was recorded.
        """
        ...


class Transcriber(Protocol):
    """Turns a recording into timed words."""

    @property
    def engine(self) -> str:
        """Name and version of the engine, as stored with results."""
        ...

    @property
    def weights(self) -> str:
        """Name of the weights, as stored with results."""
        ...

    @property
    def synthetic(self) -> bool:
        """Whether the weights know synthetic voices only."""
        ...

    def transcribe(self, recording: Recording, *, hotwords: Sequence[str] = ()) -> Transcript:
        """Return the words heard, with times; an empty transcript where nobody spoke.

        Raises:
            WeightsMissingError: the weights are not on this machine.
            TranscriptionError: the engine failed.
        """
        ...


class LiveTranscriber(Transcriber, Protocol):
    """A transcriber that also takes an answer in stretches, while it is still being spoken.

    May be used from several threads; calls take turns.
    """

    def decoding(self) -> Decoding:
        """Load what is needed and return which windows of sound and prompts the weights bear.

        Raises:
            WeightsMissingError: the weights are not on this machine.
            TranscriptionError: they are there but can't be used.
        """
        ...

    def decode_stretch(
        self,
        samples: NDArray[np.float32],
        window: Span,
        *,
        offset_seconds: float,
        hotwords: Sequence[str] = (),
        context: str = "",
    ) -> HeardStretch:
        """Return what is heard in a window of an answer, times in seconds of the whole answer.

        Args:
            samples: the sound, as loud as voice activity hears it; it may reach beyond the window.
            window: where to listen, in seconds of the whole answer.
            offset_seconds: where in the answer `samples` begin.
            hotwords: rare terms that may occur.
            context: what was said before, for weights that take prompts.

        Raises:
            WeightsMissingError: the weights are not on this machine.
            TranscriptionError: the engine failed.
        """
        ...


class Aligner(Protocol):
    """Finds when words that a person wrote are said in a recording."""

    def align(self, recording: Recording, transcript: Transcript) -> Transcript:
        """Return the same version with the times of its words measured, and `aligned` set.

        Words that can't be found in the sound get estimated times and no probability. Text, words
        and their order stay. `engine` and `weights` name what measured.

        Raises:
            WeightsMissingError: the weights are not on this machine.
            TranscriptionError: the engine failed.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class EncodedText:
    """A text as the sentence encoder sees it.

    `spans` is int32 of shape (tokens, 2): character span of each token in the text.
    `states` is float32 of shape (tokens, width): contextual token vectors, unit length.
    `sentence` is float32 of shape (width,): mean-pooled sentence vector, unit length.
    """

    spans: NDArray[np.int32]
    states: NDArray[np.float32]
    sentence: NDArray[np.float32]


class SentenceEncoder(Protocol):
    """A function from texts to vectors."""

    def __call__(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode each text; special tokens are left out of the result."""
        ...

    def __hash__(self) -> int:
        """Tell encoders apart, so that what one has read can be remembered."""
        ...
