"""Voice activity of sound that is still arriving: what `voice_activity` hears, frame by frame.

Silero's recurrent state, its 64 samples of context and the rumble's reach are carried over from
piece to piece, so that how the sound was cut into pieces changes nothing. One thing can't be known
before the end: how much a quiet recording must be raised. The gain follows the loudest twentieth of
what has been heard so far.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.speech.silero import CONTEXT_SAMPLES, FRAME_SAMPLES, SileroHearing
from voicecoach.speech.voice_activity import (
    RUMBLE_REACH,
    frame_powers,
    gain_for,
    rumble,
)

GAIN_FRAMES: Final = 16
"""The gain is looked at again every half second, and at each frame of the first half second."""


class StreamingVoiceActivity:
    """Hears one recording from its first sample on; used by one thread.

    The network is loaded with the first frame (about 0.1 s).
    """

    def __init__(self) -> None:
        self._silero = SileroHearing()
        self._raw = np.zeros(RUMBLE_REACH, dtype=np.float32)
        self._cleaned = np.zeros(0, dtype=np.float32)
        self._powers = _Growing()
        self._gains = _Growing()

    @property
    def frames(self) -> int:
        """How many frames have been heard."""
        return len(self._gains)

    @property
    def gains(self) -> NDArray[np.float32]:
        """The factor each frame was raised by, float32 of shape (frames,)."""
        return self._gains.values()

    @property
    def powers(self) -> NDArray[np.float32]:
        """The mean square of each frame, rumble taken away, float32 of shape (frames,)."""
        return self._powers.values()

    def hear(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take the next samples and return the probabilities (0–1) of the frames now complete.

        A frame is complete once `RUMBLE_REACH` samples behind it are there.
        """
        self._clean(samples)
        whole = len(self._cleaned) // FRAME_SAMPLES * FRAME_SAMPLES
        frames, self._cleaned = self._cleaned[:whole], self._cleaned[whole:]
        return self._probabilities(frames)

    def finish(self) -> NDArray[np.float32]:
        """Return the probabilities of the last frames, filled up with silence."""
        self._clean(np.zeros(RUMBLE_REACH, dtype=np.float32))
        count = -(-len(self._cleaned) // FRAME_SAMPLES)
        frames = np.zeros(count * FRAME_SAMPLES, dtype=np.float32)
        frames[: len(self._cleaned)] = self._cleaned
        whole = len(self._cleaned) // FRAME_SAMPLES
        self._cleaned = np.zeros(0, dtype=np.float32)
        if not count:
            return frames
        # faster-whisper's way with whole recordings silences the last frame's end too.
        quiet_end = frames.copy()
        quiet_end[-CONTEXT_SAMPLES:] = 0
        return self._probabilities(frames, heard_as=quiet_end, whole=whole)

    def _clean(self, samples: NDArray[np.float32]) -> None:
        """Move what has enough sound behind it from the raw samples to the cleaned ones."""
        self._raw = np.concatenate([self._raw, samples])
        ready = len(self._raw) - 2 * RUMBLE_REACH
        if ready <= 0:
            return
        means = rumble(self._raw.astype(np.float64))[:ready]
        cleaned = (self._raw[RUMBLE_REACH : RUMBLE_REACH + ready] - means).astype(np.float32)
        self._cleaned = np.concatenate([self._cleaned, cleaned])
        self._raw = self._raw[ready:]

    def _probabilities(
        self,
        samples: NDArray[np.float32],
        *,
        heard_as: NDArray[np.float32] | None = None,
        whole: int | None = None,
    ) -> NDArray[np.float32]:
        """Return the probabilities of whole frames; only the first `whole` count for the gain."""
        powers = frame_powers(samples)
        gains = np.array(
            [
                self._gain_after(power if whole is None or number < whole else None)
                for number, power in enumerate(powers)
            ],
            dtype=np.float32,
        )
        frames = (samples if heard_as is None else heard_as).reshape(-1, FRAME_SAMPLES)
        return self._silero.probabilities(frames * gains[:, None])

    def _gain_after(self, power: np.float32 | None) -> float:
        """Note a frame's power and return the factor that this frame is raised by."""
        number = len(self._gains)
        if power is not None:
            self._powers.append(power)
        looks = power is not None and (number < GAIN_FRAMES or number % GAIN_FRAMES == 0)
        gain = gain_for(self._powers.values()) if looks or not number else float(self._gains.last())
        self._gains.append(np.float32(gain))
        return gain


class _Growing:
    """Numbers that are added one by one and read as an array."""

    def __init__(self) -> None:
        self._room = np.zeros(1_024, dtype=np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def append(self, value: np.float32) -> None:
        if self._count == len(self._room):
            self._room = np.concatenate([self._room, np.zeros_like(self._room)])
        self._room[self._count] = value
        self._count += 1

    def last(self) -> np.float32:
        return np.float32(self._room[self._count - 1])

    def values(self) -> NDArray[np.float32]:
        return self._room[: self._count]
