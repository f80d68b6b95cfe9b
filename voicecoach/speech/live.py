"""Transcribes an answer while it is still being spoken, so that little is left when it ends.

Two threads work beside the one that feeds the sound. The listener hears voice activity and cuts the
answer into stretches (`stretches.StretchCutter`); the decoder turns stretches into words, one after
the other. Sound waits in memory until it is decoded, as 16-bit samples, and is then forgotten. An
answer that may be over is decoded on the chance, so that a stop often finds everything done.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import CoachError, TranscriptionError
from voicecoach.speech.contracts import LiveTranscriber
from voicecoach.speech.decoded_stretches import MARGIN_SECONDS, DecodedStretches
from voicecoach.speech.decoding import Decoding
from voicecoach.speech.heard import HeardWord
from voicecoach.speech.recording import PCM16_FULL_SCALE, SAMPLE_RATE
from voicecoach.speech.streaming_voice_activity import StreamingVoiceActivity
from voicecoach.speech.stretches import Stretch, StretchCutter, joined
from voicecoach.speech.transcript import Transcript
from voicecoach.speech.voice_activity import SPEECH_PROBABILITY
from voicecoach.speech.waiting_sound import WaitingSound

Pcm16 = NDArray[np.int16]

AT_ONCE_SAMPLES: Final = 10 * SAMPLE_RATE
"""Most sound that is heard at once, where much has been waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """The words of one stretch; a later caption of the same stretch replaces it."""

    stretch: int
    words: tuple[HeardWord, ...]
    final: bool


def ignore_caption(caption: Caption) -> None:
    """Show it to nobody."""
    del caption


def ignore_failure(error: CoachError) -> None:
    """Tell nobody; `finish` raises it."""
    del error


class LiveTranscription:
    """Transcribes one answer from its first sample on.

    `feed` may be called from any one thread and never waits. Everything that is fed is decoded in
    the end, however late.

    Args:
        engine: gives the transcriber; it is asked in the decoder's thread, which may take a while.
        hotwords: rare terms that may occur.
        on_caption: told the words of each stretch, in the decoder's thread.
        on_failure: told once, in a sentence, why there will be no more words.
    """

    def __init__(
        self,
        engine: Callable[[], LiveTranscriber],
        *,
        hotwords: Sequence[str] = (),
        on_caption: Callable[[Caption], None] = ignore_caption,
        on_failure: Callable[[CoachError], None] = ignore_failure,
    ) -> None:
        self._engine = engine
        self._hotwords = tuple(hotwords)
        self._on_caption = on_caption
        self._on_failure = on_failure
        self._changed = threading.Condition()
        self._sound = WaitingSound()
        self._incoming: deque[Pcm16] = deque()
        self._fed_samples = 0
        self._listened_samples = 0
        self._ended = False
        self._abandoned = False
        self._decoding: Decoding | None = None
        self._failure: CoachError | None = None
        self._due: deque[Stretch] = deque()
        self._chance: Stretch | None = None
        self._all_due = False
        self._swallowed: tuple[int, ...] = ()
        self._needed_from = 0.0
        self._decoder_needs: float | None = None
        self._speech_heard = False
        self._activity = StreamingVoiceActivity()
        self._transcript: Transcript | None = None
        self._listener = threading.Thread(target=self._listen, name="listener", daemon=True)
        self._decoder = threading.Thread(target=self._decode_all, name="decoder", daemon=True)
        self._listener.start()
        self._decoder.start()

    @property
    def seconds(self) -> float:
        """Seconds of sound fed so far."""
        return self._fed_samples / SAMPLE_RATE

    @property
    def behind_seconds(self) -> float:
        """Seconds of sound that wait for the decoder, beside the stretch it is at work on."""
        with self._changed:
            if self._failure is not None:
                return 0.0
            if self._decoding is None:
                return self.seconds
            unheard = sum(len(block) for block in self._incoming) / SAMPLE_RATE
            return unheard + sum(stretch.seconds for stretch in self._due)

    @property
    def failure(self) -> CoachError | None:
        """Why there will be no transcript; None while there may be one."""
        return self._failure

    def feed(self, samples: Pcm16) -> None:
        """Take the next 16-bit samples at 16 kHz; returns at once."""
        with self._changed:
            if self._ended or self._abandoned:
                raise ValueError("the answer has ended")
            self._fed_samples += len(samples)
            if self._failure is None:
                self._incoming.append(samples)
            self._changed.notify_all()

    def finish(self) -> Transcript:
        """End the answer and return its transcript (version 1) when the rest is decoded.

        Raises:
            WeightsMissingError: the weights are not on this machine.
            TranscriptionError: the engine failed.
        """
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._listener.join()
        self._decoder.join()
        if self._failure is not None:
            raise self._failure
        if self._transcript is None:
            raise TranscriptionError(
                "The live transcription was given up.", "Transcribe the recording instead."
            )
        return self._transcript

    def abandon(self) -> None:
        """End without a transcript; what is being decoded at the moment is thrown away."""
        with self._changed:
            self._abandoned = True
            self._changed.notify_all()
        self._listener.join()
        self._decoder.join()

    @property
    def waiting_samples(self) -> int:
        """How many samples are held in memory, 2 bytes each."""
        with self._changed:
            return len(self._sound) + sum(len(block) for block in self._incoming)

    def wait_until_heard(self, seconds: float) -> bool:
        """Wait so long at most until voice activity has heard all that was fed; say if it has."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._listened_samples == self._fed_samples or self._failure, seconds
            )
            return self._failure is None and self._listened_samples == self._fed_samples

    @property
    def heard_speech(self) -> bool:
        """Whether voice activity has found any speech in what it has heard so far."""
        return self._speech_heard

    # The listener

    def _listen(self) -> None:
        try:
            self._listen_to_the_end()
        except Exception as error:  # noqa: BLE001 - a thread has nobody to raise to
            self._fail(_foreseen(error))

    def _listen_to_the_end(self) -> None:
        cutter: StretchCutter | None = None
        unread: list[NDArray[np.float32]] = []
        while True:
            block = self._next_block()
            if self._abandoned or self._failure is not None:
                return
            if block is None:
                heard = self._activity.finish()
            else:
                heard = self._activity.hear(as_float(block))
            speech = bool((heard >= SPEECH_PROBABILITY).any())
            self._note_listened(0 if block is None else len(block), speech=speech)
            unread.append(heard)
            if cutter is None and block is None:
                self._wait_for_engine()
            if cutter is None and self._decoding is not None:
                cutter = StretchCutter(self._decoding)
            if cutter is not None:
                due = [one for part in unread for one in cutter.push(part.tolist())]
                unread.clear()
                if block is None:
                    due += cutter.end(self.seconds)
                self._tell(due, cutter, last=block is None)
            if block is None:
                return

    def _next_block(self) -> Pcm16 | None:
        """Wait for sound and return it; None at the end. It is kept until it is decoded."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._incoming or self._ended or self._abandoned or self._failure
            )
            if self._abandoned or self._failure is not None or not self._incoming:
                return None
            taken: list[Pcm16] = []
            room = AT_ONCE_SAMPLES
            while self._incoming and room:
                block = self._incoming.popleft()
                taken.append(block[:room])
                if len(block) > room:
                    self._incoming.appendleft(block[room:])
                room -= len(taken[-1])
            heard = np.concatenate(taken)
            self._sound.append(heard)
            return heard

    def _note_listened(self, samples: int, *, speech: bool) -> None:
        with self._changed:
            self._listened_samples += samples
            self._speech_heard = self._speech_heard or speech
            self._changed.notify_all()

    def _wait_for_engine(self) -> None:
        with self._changed:
            self._changed.wait_for(
                lambda: self._decoding is not None or self._failure or self._abandoned
            )

    def _tell(self, due: Sequence[Stretch], cutter: StretchCutter, *, last: bool) -> None:
        """Hand stretches to the decoder."""
        with self._changed:
            for stretch in due:
                if stretch.likely:
                    self._chance = stretch
                else:
                    self._due.append(stretch)
            if last or not cutter.may_be_over:
                self._chance = None
            self._needed_from = cutter.needed_from_seconds
            self._all_due = last
            self._forget()
            self._changed.notify_all()

    # The decoder

    def _decode_all(self) -> None:
        try:
            engine = self._engine()
            decoding = engine.decoding()
            with self._changed:
                self._decoding = decoding
                self._changed.notify_all()
            decoded = DecodedStretches(engine, decoding, self._hotwords)
            while (stretch := self._next_stretch(decoding, decoded)) is not None:
                self._decode(stretch, decoded)
            if not self._abandoned and self._failure is None:
                self._transcript = decoded.transcript(self.seconds)
        except Exception as error:  # noqa: BLE001 - a thread has nobody to raise to
            self._fail(_foreseen(error))

    def _next_stretch(self, decoding: Decoding, decoded: DecodedStretches) -> Stretch | None:
        """Wait for a stretch to decode and return it; None when all is done."""
        with self._changed:
            self._changed.wait_for(
                lambda: (
                    self._due or self._chance or self._all_due or self._abandoned or self._failure
                )
            )
            if self._abandoned or self._failure is not None:
                return None
            stretch: Stretch | None = None
            if self._due:
                stretch = self._due.popleft()
                swallowed: list[int] = []
                while self._due and (both := joined(stretch, self._due[0], decoding)):
                    swallowed.append(self._due.popleft().number)
                    stretch = both
                self._swallowed = tuple(swallowed)
            elif self._chance is not None:
                stretch, self._chance = self._chance, None
            else:
                # A cut without a pause may have left something over behind which nothing came.
                stretch = decoded.take_carried()
            if stretch is not None:
                carried_from = decoded.carried_from
                self._decoder_needs = min(
                    stretch.start_seconds,
                    stretch.start_seconds if carried_from is None else carried_from,
                )
            return stretch

    def _decode(self, stretch: Stretch, decoded: DecodedStretches) -> None:
        whole = decoded.with_carried(stretch)
        words = decoded.known(whole)
        if words is None:
            words = decoded.decode(whole, *self._sound_of(whole))
        self._on_caption(Caption(stretch=stretch.number, words=words, final=not stretch.likely))
        for number in self._swallowed:
            self._on_caption(Caption(stretch=number, words=(), final=True))
        self._swallowed = ()
        with self._changed:
            self._decoder_needs = decoded.carried_from
            self._forget()

    def _sound_of(self, stretch: Stretch) -> tuple[NDArray[np.float32], float]:
        """Return the sound around a stretch, raised, and the second it begins at."""
        first = max(0, int((stretch.start_seconds - MARGIN_SECONDS) * SAMPLE_RATE))
        last = int((stretch.end_seconds + MARGIN_SECONDS) * SAMPLE_RATE)
        with self._changed:
            samples, first = self._sound.between(first, last)
        gains = self._activity.gains
        gain = gains[min(stretch.frame, len(gains) - 1)]
        return as_float(samples) * gain, first / SAMPLE_RATE

    def _forget(self) -> None:
        """Let go of the sound that nobody will decode any more."""
        needed = [self._needed_from, *(one.start_seconds for one in self._due)]
        if self._chance is not None:
            needed.append(self._chance.start_seconds)
        if self._decoder_needs is not None:
            needed.append(self._decoder_needs)
        self._sound.forget_before(int((min(needed) - 2 * MARGIN_SECONDS) * SAMPLE_RATE))

    def _fail(self, error: CoachError) -> None:
        with self._changed:
            self._failure = error
            self._incoming.clear()
            self._due.clear()
            self._sound = WaitingSound()
            self._changed.notify_all()
        self._on_failure(error)


def as_float(samples: Pcm16) -> NDArray[np.float32]:
    """Return 16-bit samples as float32, full scale at ±1."""
    return np.asarray(samples, dtype=np.float32) / np.float32(PCM16_FULL_SCALE)


def _foreseen(error: Exception) -> CoachError:
    if isinstance(error, CoachError):
        return error
    return TranscriptionError(
        f"The live transcription broke off ({type(error).__name__}: {error}).",
        "The recording is kept and is transcribed after the answer.",
    )
