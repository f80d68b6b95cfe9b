"""An answer that is recorded, transcribed and measured while it is being spoken.

What arrives goes to the file first. Stopping keeps the length, and with it the answer is the log's;
whatever fails after that can be done again from the file. An answer that breaks off stays listed as
recorded and can be gone on with.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.attempt import Attempt
from voicecoach.engines import Engines
from voicecoach.errors import CoachError, RecordingError
from voicecoach.finishing import STAGES, Finisher
from voicecoach.rehearsed_judgement import RehearsedJudgement
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.growing_recording import GrowingRecording
from voicecoach.speech.heard import HeardWord
from voicecoach.speech.live import Caption, LiveTranscription
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.recording_file import HEADER_BYTES
from voicecoach.speech.transcript import Transcript

_SECONDS_TO_HEAR: Final = 2.0
_READ_SAMPLES: Final = 30 * SAMPLE_RATE


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveListeners:
    """Who is told what happens while an answer is spoken, each in a thread of its own.

    `on_caption` gets the words of a stretch, `on_failure` why there will be no more of them.
    """

    on_caption: Callable[[Caption], None]
    on_failure: Callable[[CoachError], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKeeping:
    """What a live answer asks of the coach.

    `finisher` holds the attempt's claim; `save_length` takes id, seconds and what was wrong;
    `delete` deletes an attempt for good, `take_back` one in which nothing was said.
    """

    finisher: Finisher
    save_length: Callable[[str, float, str | None], Attempt]
    delete: Callable[[str], Attempt]
    take_back: Callable[[str], None]


class LiveAnswer:
    """One answer being spoken. Used by one thread at a time; see `LiveAnswers`.

    Args:
        attempt: it has a recording and no length yet.
        path: where its recording lies, or will.
        claim: hands over what holds the attempt's claim; it is let go when the answer ends.
        keeping: what the coach does for it.
        engines: what transcribes and measures.
        listeners: who is told what happens.
        limit_seconds: the answer is full after so long; None: never.

    Raises:
        RecordingError: what has been said already can't be read; it stays as it is.
    """

    def __init__(
        self,
        attempt: Attempt,
        path: Path,
        *,
        claim: Callable[[], ExitStack],
        keeping: AnswerKeeping,
        engines: Engines,
        listeners: LiveListeners,
        limit_seconds: float | None,
    ) -> None:
        self.attempt = attempt
        self.limit_seconds = limit_seconds
        self._keeping = keeping
        self._engines = engines
        self._file = GrowingRecording(
            path,
            limit_seconds=limit_seconds,
            remedy="Make room on that disk. What was said up to here is kept: go on with it, or "
            f"finish it: voicecoach attempts finish {attempt.id}",
        )
        self._rehearsed = RehearsedJudgement(self._judge_so_far)
        self._on_caption = listeners.on_caption
        self._transcription = LiveTranscription(
            engines.live_transcriber,
            hotwords=keeping.finisher.hotwords(),
            on_caption=self._take_caption,
            on_failure=listeners.on_failure,
        )
        self._measures = engines.live_measures()
        try:
            if self._file.goes_on:
                self._listen_again()
        except BaseException:
            self._file.close()
            self._give_up()
            raise
        self._claim = claim()

    @property
    def samples(self) -> int:
        """Samples at 16 kHz in the file."""
        return self._file.samples

    @property
    def flushed_samples(self) -> int:
        """How many of them are known to be on the disk."""
        return self._file.flushed_samples

    @property
    def behind_seconds(self) -> float:
        """Seconds of sound that wait to be transcribed."""
        return self._transcription.behind_seconds

    @property
    def is_full(self) -> bool:
        """Whether the time limit ended the answer."""
        return self._file.is_full

    def take(self, samples: NDArray[np.int16]) -> None:
        """Write the next samples at 16 kHz to the file and listen to them.

        What goes beyond the limit is left out.

        Raises:
            RecordingError: the disk took not all of it; what it took is kept.
        """
        kept = self._file.take(samples)
        if len(kept):
            self._listen(kept)

    def flush(self) -> None:
        """Force everything onto the disk."""
        self._file.flush()

    def stop(self, on_stage: Callable[[str], None], *, interrupted: str | None = None) -> Attempt:
        """End the answer: keep its length, finish its words and measures, judge it.

        `interrupted` says in a sentence what was wrong with the recording. Where live
        transcription failed, the recording is transcribed after the fact, or waits.

        Raises:
            RecordingError: no sound came at all; the empty attempt is taken back.
            ConflictError: the attempt has been deleted meanwhile.
        """
        with self._claim:
            seconds = self._file.close()
            if not self.samples:
                self._give_up()
                self._take_back()
                raise RecordingError(
                    "No sound came, so there is no answer.",
                    "Check that the microphone is allowed and not muted, and answer again.",
                )
            try:
                self._keeping.save_length(self.attempt.id, seconds, interrupted)
            except BaseException:
                self._give_up()
                raise
            on_stage(STAGES[1])
            heard, sound = self._heard_and_measured(on_stage)
            if heard is None or sound is None:
                return self._keeping.finisher.finish(on_stage)
            return self._keeping.finisher.finish_heard(heard, sound, on_stage=on_stage)

    def break_off(self) -> None:
        """Close the file and let go of the answer; it stays listed and can be gone on with."""
        try:
            with self._claim:  # given back first: whoever goes on need not wait for the decoder
                self._file.close()
                if not self.samples:
                    self._take_back()
        finally:
            self._give_up()

    def discard(self) -> None:
        """Throw the answer away as the person asked: sound, words and all.

        Where nothing was said it leaves no mark; otherwise a mark without content stays, as after
        every deletion.
        """
        with self._claim:
            all_heard = self._transcription.wait_until_heard(_SECONDS_TO_HEAR)
            self._give_up()
            self._file.close()
            if all_heard and not self._transcription.heard_speech:
                self._take_back()
            else:
                self._keeping.delete(self.attempt.id)

    def _take_back(self) -> None:
        self._file.remove()
        self._keeping.take_back(self.attempt.id)

    def _heard_and_measured(
        self, on_stage: Callable[[str], None]
    ) -> tuple[Transcript | None, SoundMeasures | None]:
        """Return words and measures, made side by side; None for what can't be had."""
        self._rehearsed.end()
        measured: list[SoundMeasures] = []

        def measure() -> None:
            with suppress(OSError), self._file.path.open("rb") as file:
                file.seek(HEADER_BYTES)
                measured.append(self._measures.finish(Recording.from_pcm16(file.read())))

        measuring = threading.Thread(target=measure, name="measuring the rest")
        measuring.start()
        heard: Transcript | None = None
        try:
            heard = self._transcription.finish()
        except CoachError:
            heard = None  # the finisher transcribes the file, or says why it can't
        on_stage(STAGES[0])
        measuring.join()
        return heard, measured[0] if measured else None

    def _listen_again(self) -> None:
        """Listen to what was said before the answer broke off."""
        try:
            for block in _samples_in(self._file.path):
                self._listen(block)
        except OSError as error:
            raise RecordingError(
                f"What was said so far can't be read: {error.strerror or error}.",
                "It is kept as it is. See that its disk is there and readable, then go on.",
            ) from error

    def _listen(self, samples: NDArray[np.int16]) -> None:
        self._transcription.feed(samples)
        self._measures.hear(samples)

    def _take_caption(self, caption: Caption) -> None:
        self._rehearsed.take(caption)
        self._on_caption(caption)

    def _judge_so_far(self, words: Sequence[HeardWord]) -> None:
        """Read what has been said so far; at first the question, which loads what reads it."""
        encoder = self._engines.encoder()
        if not words and encoder is not None:
            encoder.encode([self.attempt.asked])
        self._keeping.finisher.rehearse(words)

    def _give_up(self) -> None:
        """End all that listens; nothing of it is wanted."""
        self._rehearsed.end()
        self._transcription.abandon()
        self._measures.abandon()


def _samples_in(path: Path) -> Iterator[NDArray[np.int16]]:
    """Give what a recording of ours holds, half a minute at a time."""
    with path.open("rb") as file:
        file.seek(HEADER_BYTES)
        while block := file.read(2 * _READ_SAMPLES):
            yield np.frombuffer(block[: len(block) // 2 * 2], dtype="<i2").astype(np.int16)
