"""Silero's voice-activity network, as faster-whisper bundles it, over one recording in pieces.

What the network carries from frame to frame is kept between calls, so how a recording is cut into
pieces changes nothing. Ten seconds at once are a tenth faster than two minutes at once, whose
layers leave a core's cache, and hours need no more memory than seconds.
"""

from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from faster_whisper.vad import SileroVADModel

FRAME_SAMPLES: Final = 512
"""Samples behind each probability: Silero's window at 16 kHz, 32 ms."""

CONTEXT_SAMPLES: Final = 64
"""Samples before each frame that Silero hears with it."""

_STATE_WIDTH: Final = 128
_AT_ONCE: Final = 320


class SileroHearing:
    """Hears one recording from its first frame on; used by one thread.

    The network is loaded with the first frame (about 0.1 s), once for all recordings.
    """

    def __init__(self) -> None:
        self._network: SileroVADModel | None = None
        self._hidden = np.zeros((1, 1, _STATE_WIDTH), dtype=np.float32)
        self._cell = np.zeros((1, 1, _STATE_WIDTH), dtype=np.float32)
        self._context = np.zeros(CONTEXT_SAMPLES, dtype=np.float32)

    def probabilities(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the probability (0–1) of speech in each of the next frames.

        Args:
            frames: float32 of shape (frames, `FRAME_SAMPLES`).
        """
        found = [
            self._run(frames[first : first + _AT_ONCE]) for first in range(0, len(frames), _AT_ONCE)
        ]
        return np.concatenate(found) if found else np.zeros(0, dtype=np.float32)

    def _run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        before = np.concatenate([self._context[None, :], frames[:-1, -CONTEXT_SAMPLES:]])
        self._context = frames[-1, -CONTEXT_SAMPLES:].copy()
        output, self._hidden, self._cell = self._loaded().session.run(
            None,
            {
                "input": np.concatenate([before, frames], axis=1),
                "h": self._hidden,
                "c": self._cell,
            },
        )
        return np.asarray(output, dtype=np.float32).reshape(-1)

    def _loaded(self) -> "SileroVADModel":
        if self._network is None:
            from faster_whisper.vad import get_vad_model  # noqa: PLC0415

            self._network = get_vad_model()
        return self._network
