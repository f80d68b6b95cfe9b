"""What is said on a socket while something is being recorded: sound in, what is kept out.

An answer (`live_session.py`) and a telling (`telling_session.py`) are recorded the same way: what
arrives goes to the file, what is on the disk is told, one window at a time has the recording, and
however the connection ends, nothing that arrived is lost.

The loop only passes messages on. Whatever touches the disk, the database or an engine runs in
threads, and what those tell is sent in the order in which it was told.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from server.live_messages import Message, Order, problem_message, read_order
from server.live_sessions import LiveSession, LiveSessions
from server.live_wire import Inbox, Outbox, Socket
from voicecoach.errors import AttemptBusyError, CoachError
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.streaming_resampler import StreamingResampler

NORMAL: Final = 1000
POLICY_VIOLATION: Final = 1008
INTERNAL_ERROR: Final = 1011

FLUSH_SECONDS: Final = 1.0
"""Where sound comes slower than it is spoken, what came is forced onto the disk after so long."""

log: Final = logging.getLogger("server")


class LiveRecording(Protocol):
    """What is being recorded; used by one thread at a time."""

    @property
    def samples(self) -> int:
        """Samples at 16 kHz in the file."""

    @property
    def flushed_samples(self) -> int:
        """How many of them are known to be on the disk."""

    @property
    def is_full(self) -> bool:
        """Whether there is room for no more."""

    def take(self, samples: NDArray[np.int16]) -> None:
        """Keep the next samples; raises RecordingError where the disk takes no more."""

    def flush(self) -> None:
        """Force everything onto the disk."""

    def discard(self) -> None:
        """Throw it away as the person asked."""

    def break_off(self) -> None:
        """Let go of it; it can be gone on with."""


async def to_the_end(
    socket: Socket, run: Callable[[Outbox], Awaitable[None]], *, what: str
) -> None:
    """Carry a conversation on an accepted socket to its end, whatever that is, and close it.

    `what` names it in the log where it fails.
    """
    outbox = Outbox(socket)
    code = NORMAL
    try:
        await run(outbox)
    except CoachError as error:
        outbox.tell(problem_message(error))
        code = POLICY_VIOLATION
    except Exception as error:
        log.exception("%s failed", what)
        outbox.tell(problem_message(error))
        code = INTERNAL_ERROR
    finally:
        await outbox.close(code)


class LiveConversation(ABC):
    """One socket with one recording."""

    elsewhere: ClassVar[str]
    """What is said where another window took the recording over, a sentence."""

    def __init__(self, socket: Socket, outbox: Outbox) -> None:
        self._socket = socket
        self._outbox = outbox
        self._recording: LiveRecording
        self._resampler: StreamingResampler

    @abstractmethod
    async def _stop(self) -> None:
        """End the recording as the person asked, and tell what came of it."""

    async def _read(self, text: str) -> Order | None:
        """Return what the client asks for that ends the recording; None where it goes on."""
        return read_order(text)

    @property
    def _is_over(self) -> bool:
        """Whether it ends by itself now."""
        return False

    def _heard(self, samples: NDArray[np.int16]) -> Sequence[Message]:
        """Return what is to be told about samples at 16 kHz that have just come; in a thread."""
        del samples
        return ()

    def _how_far(self) -> Message | None:
        """Return what is to be told beside what is kept, where that changed; in a thread."""
        return None

    def _begin(self, recording: LiveRecording, *, rate: int) -> None:
        """Take up a recording; sound comes at `rate` samples a second."""
        self._recording = recording
        self._resampler = StreamingResampler(rate, kept_samples=recording.samples)

    async def _record(
        self,
        sessions: LiveSessions,
        attempt_id: str,
        ready: Message,
        *,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """Record until an order ends it or the client is gone.

        `before` is done in a thread, then `ready` is the first that the client is told.
        """
        ended = False
        try:
            await asyncio.to_thread(before)
            async with sessions.enter(attempt_id) as session:
                self._outbox.tell_ready(ready)
                order = await self._listen(session)
                session.finishing = ended = order is not None
                if order is Order.STOP:
                    await self._stop()
                elif order is Order.DISCARD:
                    await asyncio.to_thread(self._recording.discard)
                    self._outbox.tell({"type": "discarded"})
        finally:
            if not ended:
                await asyncio.shield(asyncio.to_thread(self._recording.break_off))

    async def _listen(self, session: LiveSession) -> Order | None:
        """Keep what arrives until the client asks for an end; None where it is gone.

        Raises:
            CoachError: the sound can't be kept, or another socket took the recording over.
        """
        taken_over = asyncio.ensure_future(session.taken_over.wait())
        inbox = Inbox(self._socket)
        try:
            while True:
                await asyncio.wait(
                    {inbox.next, taken_over},
                    timeout=FLUSH_SECONDS,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if taken_over.done():
                    raise AttemptBusyError(self.elsewhere, "Go on there.")
                if not inbox.next.done():
                    await asyncio.to_thread(self._flush)
                    continue
                arrived = await inbox.read()
                if arrived.pcm:
                    session.last_sound = asyncio.get_running_loop().time()
                    await asyncio.to_thread(self._take, arrived.pcm)
                if arrived.gone:
                    return None
                if arrived.text is None and self._recording.is_full:
                    self._outbox.tell({"type": "limit"})
                    return Order.STOP
                if arrived.text is None and self._is_over:
                    return Order.STOP
                order = None if arrived.text is None else await self._read(arrived.text)
                if order is not None:
                    return order
        finally:
            taken_over.cancel()
            inbox.next.cancel()

    # In threads

    def _take(self, pcm: bytes) -> None:
        recording = self._recording
        silent_before, flushed_before = not recording.samples, recording.flushed_samples
        samples = self._resampler.take(pcm)
        recording.take(samples)
        for message in self._heard(samples):
            self._outbox.tell(message)
        if silent_before and recording.samples:
            self._outbox.tell({"type": "speak"})
        self._tell_kept(flushed_before)

    def _take_rest(self) -> str | None:
        """Keep what the resampler still holds; return what went wrong with it, in a sentence."""
        try:
            self._recording.take(self._resampler.finish())
        except CoachError as error:
            return error.what_happened
        except Exception:  # whatever it is, the recording must be ended
            log.exception("the rest of a live recording was lost")
            return "The last moment of the recording could not be kept."
        return None

    def _flush(self) -> None:
        flushed_before = self._recording.flushed_samples
        self._recording.flush()
        self._tell_kept(flushed_before)

    def _tell_kept(self, flushed_before: int) -> None:
        kept = self._recording.flushed_samples
        if kept > flushed_before:
            self._outbox.tell(
                {
                    "type": "kept",
                    "samples": self._resampler.sent_samples(kept),
                    "seconds": round(kept / SAMPLE_RATE, 3),
                }
            )
        if (how_far := self._how_far()) is not None:
            self._outbox.tell(how_far)


def single(query: Any) -> dict[str, str]:
    """Return an address's parameters; of one given twice the last counts."""
    return {name: str(value) for name, value in query.items()}
