"""A debrief that is recorded while it is being told into the page.

What arrives goes to the file first. A telling that breaks off stays listed and can be gone on with,
as an answer can (`voicecoach/live_answer.py`).
"""

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import AttemptBusyError, ConflictError, RecordingError
from voicecoach.speech.growing_recording import GrowingRecording
from voicecoach.spoken_debrief import SpokenDebrief
from voicecoach.spoken_debriefs import LONGEST_SECONDS, SpokenDebriefs

_being_told: set[str] = set()
"""Which are being told into this process, so that no two windows write one file."""


class LiveTelling:
    """One debrief being told. Used by one thread at a time.

    Args:
        debriefs: where it is stored.
        debrief_id: one to go on with; None begins a new one.

    Raises:
        NotFoundError: there is no such debrief.
        ConflictError: it is whole already.
        AttemptBusyError: another window records it.
        RecordingError: the file can't be written.
    """

    def __init__(self, debriefs: SpokenDebriefs, debrief_id: str | None = None) -> None:
        self._debriefs = debriefs
        begun = debriefs.begin() if debrief_id is None else debriefs.get(debrief_id)
        if begun.seconds is not None:
            raise ConflictError("That recording is whole already.", "Look at what was heard.")
        if begun.id in _being_told:
            raise AttemptBusyError("It is being told in another window.", "Go on there.")
        self.debrief: SpokenDebrief = begun
        try:
            self._file = GrowingRecording(
                debriefs.book.settings.recordings_folder / begun.recording,
                limit_seconds=LONGEST_SECONDS,
                remedy="Make room on that disk. What was said up to here is kept.",
            )
        except RecordingError:
            if debrief_id is None:
                debriefs.take_back(begun.id)
            raise
        _being_told.add(begun.id)

    @property
    def samples(self) -> int:
        """Samples at 16 kHz in the file."""
        return self._file.samples

    @property
    def flushed_samples(self) -> int:
        """How many of them are known to be on the disk."""
        return self._file.flushed_samples

    @property
    def is_full(self) -> bool:
        """Whether the longest time is over."""
        return self._file.is_full

    def take(self, samples: NDArray[np.int16]) -> None:
        """Write the next samples at 16 kHz to the file; beyond the longest time they are left out.

        Raises:
            RecordingError: the disk took not all of it; what it took is kept.
        """
        self._file.take(samples)

    def flush(self) -> None:
        """Force everything onto the disk."""
        self._file.flush()

    def stop(self, *, interrupted: str | None = None) -> SpokenDebrief:
        """End it and keep its length; what was said is written down after that.

        Raises:
            RecordingError: no sound came at all; nothing is left.
        """
        seconds = self._close()
        if not self.samples:
            self._take_back()
            raise RecordingError(
                "No sound came, so nothing was told.",
                "Check that the microphone is allowed and not muted, and tell it again.",
            )
        return self._debriefs.save_length(self.debrief.id, seconds, interrupted)

    def break_off(self) -> None:
        """Close the file and let go; it stays listed and can be gone on with."""
        self._close()
        if not self.samples:
            self._take_back()

    def discard(self) -> None:
        """Throw it away as the person asked, sound and all."""
        self._close()
        self._debriefs.delete(self.debrief.id)

    def _close(self) -> float:
        _being_told.discard(self.debrief.id)
        return self._file.close()

    def _take_back(self) -> None:
        self._file.remove()
        self._debriefs.take_back(self.debrief.id)
