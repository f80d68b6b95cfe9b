"""A microphone, a voice and a loudspeaker without any sound card, for the tests of what uses them.

They keep the same contracts as the real ones (`tests/speech/test_recorder.py`,
`tests/speech/test_speaker.py`) and remember what was asked of them. Their time is counted in
samples, so a ten-minute answer takes milliseconds.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from voicecoach.errors import (
    AudioPlaybackError,
    MicrophoneError,
    NothingToSayError,
    SpeechSynthesisError,
)
from voicecoach.speech.audio_file import sound_seconds, write_wav
from voicecoach.speech.contracts import RecordedAnswer, RecordingProgress, SpokenQuestion
from voicecoach.speech.level_meter import level_of_pcm16
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.recording_file import RecordingWriter

BLOCK_SAMPLES = SAMPLE_RATE // 10
NOBODY_STOPS_SECONDS = 3600.0


def tone(seconds: float, *, hertz: float = 220.0, level: float = 0.3) -> Recording:
    """Return a sine; `level` is its peak (0-1)."""
    times = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return Recording((level * np.sin(2 * np.pi * hertz * times)).astype(np.float32))


class FakeRecorder:
    """Hears `answer`, then silence for as long as nobody stops it.

    Args:
        answer: what the microphone hears.
        ends_itself: the person presses Enter when the answer has been said.
        unplugged_after_seconds: the microphone goes away then.
        missing: there is no microphone at all.
    """

    def __init__(
        self,
        answer: Recording,
        *,
        ends_itself: bool = True,
        unplugged_after_seconds: float | None = None,
        missing: bool = False,
    ) -> None:
        self.answer = answer
        self.ends_itself = ends_itself
        self.unplugged_after_seconds = unplugged_after_seconds
        self.missing = missing
        self.recorded: list[Path] = []

    def record(
        self,
        path: Path,
        *,
        on_started: Callable[[], None],
        on_progress: Callable[[RecordingProgress], None],
        should_stop: Callable[[], bool],
        limit_seconds: float | None,
    ) -> RecordedAnswer:
        if self.missing:
            raise MicrophoneError("No microphone was found.", "Plug one in.")
        pcm = self.answer.to_pcm16()
        limit = None if limit_seconds is None else round(limit_seconds * SAMPLE_RATE) * 2
        position = 0
        interrupted = None
        with RecordingWriter(path) as writer:
            while not should_stop() and (limit is None or position < limit):
                if self.ends_itself and position >= len(pcm):
                    break
                gone = self.unplugged_after_seconds
                if gone is not None and writer.seconds >= gone:
                    interrupted = "The microphone went away; what was recorded until then is kept."
                    break
                assert writer.seconds < NOBODY_STOPS_SECONDS, "nobody stopped the recording"
                end = position + BLOCK_SAMPLES * 2
                end = end if limit is None else min(end, limit)
                block = pcm[position:end].ljust(end - position, b"\0")
                writer.append(block)
                if position == 0:
                    on_started()
                position = end
                on_progress(RecordingProgress(seconds=writer.seconds, level=level_of_pcm16(block)))
        self.recorded.append(path)
        return RecordedAnswer(path=path, seconds=writer.seconds, interrupted=interrupted)


class FakePlayer:
    """Remembers what it played. With `broken` it says so as a machine without sound card would."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken
        self.played: list[Path] = []

    def play(self, path: Path, *, should_stop: Callable[[], bool] = lambda: False) -> None:
        if self.broken:
            raise AudioPlaybackError("No loudspeaker was found.", "Read the question.")
        if sound_seconds(path) and not should_stop():
            self.played.append(path)


class FakeSpeaker:
    """Says a text as a tone, a third of a second for each word.

    Args:
        folder: where the WAVs go.
        player: as the real one takes it.
        mute: no voice works on this machine.
    """

    def __init__(
        self, folder: Path, *, player: FakePlayer | None = None, mute: bool = False
    ) -> None:
        self.folder = folder
        self.player = player or FakePlayer()
        self.mute = mute
        self.spoken: list[str] = []

    def synthesise(self, text: str) -> Path:
        if self.mute:
            raise SpeechSynthesisError("No speech engine works.", "Install espeak-ng.")
        words = text.split()
        if not words:
            raise NothingToSayError("There is nothing to say.", "Give a text with words in it.")
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{abs(hash(' '.join(words))):x}.wav"
        if not path.exists():
            write_wav(path, tone(len(words) / 3))
        return path

    def speak(self, text: str) -> SpokenQuestion:
        path = self.synthesise(text)
        self.spoken.append(text)
        not_played = None
        try:
            self.player.play(path)
        except AudioPlaybackError as error:
            not_played = f"{error} The question is in {path}."
        return SpokenQuestion(path=path, seconds=sound_seconds(path), not_played=not_played)
