"""Measures an answer while it is being spoken, so that little is left to read when it ends.

A thread reads the sound in parts of eight seconds as they are complete. What is read is what the
whole recording gives afterwards; where the whole must be raised by another gain than its beginning,
voice activity is heard there again. What depends on the noise of the whole (the vocalic stretches)
is left to the end.
"""

import threading
from collections import deque
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.acoustics import SoundMeasures, measure_sound
from voicecoach.speech.known_sound import KnownSound
from voicecoach.speech.levels import STEP_SAMPLES, band_powers
from voicecoach.speech.loudness import LoudnessMeter
from voicecoach.speech.pitch import FRAME_SAMPLES as PITCH_SAMPLES
from voicecoach.speech.pitch import PitchFrames, find_pitch
from voicecoach.speech.recording import PCM16_FULL_SCALE, Recording
from voicecoach.speech.silero import FRAME_SAMPLES
from voicecoach.speech.streaming_voice_activity import StreamingVoiceActivity
from voicecoach.speech.sustained_tones import STEP_SAMPLES as TONE_SAMPLES
from voicecoach.speech.sustained_tones import tonal_frames
from voicecoach.speech.voice_activity import (
    SPEECH_PROBABILITY,
    gain_of,
    note_probabilities,
    probabilities_at_gain,
)

Number = TypeVar("Number", bound=np.generic)

PART_SAMPLES: Final = 128_000
"""Eight seconds: a whole number of every sort of step."""

MARGIN_SAMPLES: Final = 12_800
"""Sound beside a part that its steps look at, 0.8 s: sustained tones look furthest (0.4 s)."""

SAME_GAIN: Final = 3.0
"""Voice activity is heard again where it was raised by so many dB more or less than the whole
recording must be: it was found to be the same at any level that is no fainter."""

SETTLING_FRAMES: Final = 32
"""What is heard again goes on for a second beyond that, until Silero's state is its own."""


class LiveMeasures:
    """Measures one answer from its first sample on; `hear` never waits."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._incoming: deque[NDArray[np.int16]] = deque()
        self._ended = False
        self._failure: Exception | None = None
        self._reader = _Reader()
        self._thread = threading.Thread(target=self._read_all, name="measuring", daemon=True)
        self._thread.start()

    def hear(self, samples: NDArray[np.int16]) -> None:
        """Take the next 16-bit samples at 16 kHz; returns at once."""
        with self._changed:
            if self._failure is None:
                self._incoming.append(samples)
            self._changed.notify_all()

    def finish(self, recording: Recording) -> SoundMeasures:
        """Return the measures of the whole recording, which is what was heard."""
        self._end()
        if self._failure is not None or self._reader.samples != len(recording.samples):
            return measure_sound(recording)
        return measure_sound(recording, self._reader.known(recording))

    def abandon(self) -> None:
        """End without measures; what has not been read yet is left unread."""
        with self._changed:
            self._incoming.clear()
        self._end()

    def _end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._thread.join()

    def _read_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._incoming or self._ended)
                if not self._incoming:
                    return
                block = self._incoming.popleft()
            try:
                self._reader.read(block.astype(np.float32) / np.float32(PCM16_FULL_SCALE))
            except Exception as error:  # noqa: BLE001 - measured from the file instead
                with self._changed:
                    self._failure = error
                    self._incoming.clear()
                return


class _Reader:
    """Reads parts as they are complete; used by one thread at a time."""

    def __init__(self) -> None:
        self.samples = 0
        self._activity = StreamingVoiceActivity()
        self._probabilities: list[NDArray[np.float32]] = []
        self._meter = LoudnessMeter()
        self._held = np.zeros(0, dtype=np.float32)
        self._held_from = 0
        self._parts = 0
        self._bands: list[NDArray[np.float32]] = []
        self._tonal: list[NDArray[np.bool_]] = []
        self._hertz: list[NDArray[np.float64]] = []
        self._confidence: list[NDArray[np.float64]] = []

    def read(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples."""
        self.samples += len(samples)
        self._probabilities.append(self._activity.hear(samples))
        self._meter.hear(samples)
        self._held = np.concatenate([self._held, samples])
        while self.samples >= (self._parts + 1) * PART_SAMPLES + MARGIN_SAMPLES:
            self._read_part()

    def known(self, recording: Recording) -> KnownSound:
        """Return all that has been read, and note voice activity for the recording."""
        self._probabilities.append(self._activity.finish())
        self._note_activity(recording)
        pitch: PitchFrames | None = None
        if self._hertz:
            pitch = PitchFrames(np.concatenate(self._hertz), np.concatenate(self._confidence))
        if not self._parts:
            return KnownSound(loudness=self._meter.finish())
        return KnownSound(
            bands=np.concatenate(self._bands),
            tonal=np.concatenate(self._tonal),
            pitch=pitch,
            loudness=self._meter.finish(),
        )

    def _note_activity(self, recording: Recording) -> None:
        """Note voice activity, heard again from the start as far as the gain was another."""
        gain = gain_of(self._activity.powers, recording)
        gains = self._activity.gains
        heard = np.concatenate(self._probabilities)
        apart = np.abs(20 * np.log10(gains / np.float32(gain))) > SAME_GAIN
        if apart.any():
            frames = min(len(heard), int(np.flatnonzero(apart)[-1]) + 1 + SETTLING_FRAMES)
            again = probabilities_at_gain(recording.samples[: frames * FRAME_SAMPLES], gain)
            heard[:frames] = again[:frames]
        note_probabilities(recording, heard, gain)

    def _read_part(self) -> None:
        """Read the next part, with the margins that its steps look at."""
        first = self._parts * PART_SAMPLES
        before = min(first, MARGIN_SAMPLES)
        around = self._held[first - before - self._held_from :][
            : before + PART_SAMPLES + MARGIN_SAMPLES
        ]
        self._bands.append(_inner(band_powers(around), before, STEP_SAMPLES))
        self._tonal.append(_inner(tonal_frames(around), before, TONE_SAMPLES))
        self._read_pitch(around, before)
        self._parts += 1
        keep_from = self._parts * PART_SAMPLES - MARGIN_SAMPLES
        self._held = self._held[keep_from - self._held_from :].copy()
        self._held_from = keep_from

    def _read_pitch(self, around: NDArray[np.float32], before: int) -> None:
        """Look for the pitch where somebody speaks in this part."""
        frames = PART_SAMPLES // PITCH_SAMPLES
        start = self._parts * PART_SAMPLES // FRAME_SAMPLES
        heard = np.concatenate(self._probabilities)[start : start + PART_SAMPLES // FRAME_SAMPLES]
        spoken = bool((heard >= SPEECH_PROBABILITY).any())
        if spoken:
            gain = self._activity.gains[-1]
            first = before // PITCH_SAMPLES
            found = find_pitch(around * gain, first, first + frames)
        else:
            found = PitchFrames(np.full(frames, np.nan), np.full(frames, np.nan))
        self._hertz.append(found.hertz)
        self._confidence.append(found.confidence)


def _inner(steps: NDArray[Number], before: int, step_samples: int) -> NDArray[Number]:
    """Return the steps of the part itself, without those of the margins."""
    first = before // step_samples
    return steps[first : first + PART_SAMPLES // step_samples]
