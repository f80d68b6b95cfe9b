"""One socket with one debrief being told: sound in, what is kept out.

The messages are those of a live answer (`server/live_session.py`), without captions and judgement:
`ready`, `speak`, `kept`, `limit`, then `result` or `discarded`, and `problem`.
"""

import asyncio
import logging
from typing import Any

from server.live_messages import LiveRequest, Order, problem_message, read_order, read_request
from server.live_session import (
    FLUSH_SECONDS,
    INTERNAL_ERROR,
    NORMAL,
    POLICY_VIOLATION,
)
from server.live_sessions import LiveSession, LiveSessions
from server.live_wire import Inbox, Outbox, Socket
from voicecoach.errors import AttemptBusyError, CoachError, InvalidInputError
from voicecoach.live_telling import LiveTelling
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.streaming_resampler import StreamingResampler
from voicecoach.spoken_debriefs import LONGEST_SECONDS, SpokenDebriefs

log = logging.getLogger("server")


async def listen(socket: Socket, *, debriefs: SpokenDebriefs, sessions: LiveSessions) -> None:
    """Take a telling from an accepted socket to its end, whatever that is."""
    outbox = Outbox(socket)
    code = NORMAL
    try:
        await _Telling(socket, debriefs, outbox).run(sessions)
    except CoachError as error:
        outbox.tell(problem_message(error))
        code = POLICY_VIOLATION
    except Exception as error:
        log.exception("a telling failed")
        outbox.tell(problem_message(error))
        code = INTERNAL_ERROR
    finally:
        await outbox.close(code)


class _Telling:
    """What is said on one socket."""

    def __init__(self, socket: Socket, debriefs: SpokenDebriefs, outbox: Outbox) -> None:
        self._socket = socket
        self._debriefs = debriefs
        self._outbox = outbox
        self._live: LiveTelling
        self._resampler: StreamingResampler

    async def run(self, sessions: LiveSessions) -> None:
        """Record until an order ends it or the client is gone."""
        request = _request(self._socket.query_params)
        StreamingResampler(request.rate)  # refuses a rate before anything is begun
        if request.attempt is not None:
            wanted = (await asyncio.to_thread(self._debriefs.get, request.attempt)).id
            await sessions.make_way(wanted)
            self._live = await asyncio.to_thread(LiveTelling, self._debriefs, wanted)
        else:
            self._live = await asyncio.to_thread(LiveTelling, self._debriefs)
        self._resampler = StreamingResampler(request.rate, kept_samples=self._live.samples)
        ended = False
        try:
            async with sessions.enter(self._live.debrief.id) as session:
                self._outbox.tell_ready(
                    {
                        "type": "ready",
                        "attempt_id": self._live.debrief.id,
                        "samples": self._resampler.resume_at,
                        "limit_seconds": LONGEST_SECONDS,
                    }
                )
                order = await self._until_an_order(session)
                session.finishing = ended = order is not None
                if order is Order.STOP:
                    await self._stop()
                elif order is Order.DISCARD:
                    await asyncio.to_thread(self._live.discard)
                    self._outbox.tell({"type": "discarded"})
        finally:
            if not ended:
                await asyncio.shield(asyncio.to_thread(self._live.break_off))

    async def _until_an_order(self, session: LiveSession) -> Order | None:
        """Keep what arrives until the client asks for an end; None where it is gone."""
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
                    raise AttemptBusyError("It is told on in another window.", "Go on there.")
                if not inbox.next.done():
                    await asyncio.to_thread(self._flush)
                    continue
                arrived = await inbox.read()
                if arrived.pcm:
                    session.last_sound = asyncio.get_running_loop().time()
                    await asyncio.to_thread(self._take, arrived.pcm)
                if arrived.gone:
                    return None
                if arrived.text is None and self._live.is_full:
                    self._outbox.tell({"type": "limit"})
                    return Order.STOP
                if arrived.text is not None:
                    return read_order(arrived.text)
        finally:
            taken_over.cancel()
            inbox.next.cancel()

    async def _stop(self) -> None:
        told = await asyncio.to_thread(self._live.stop, interrupted=await self._rest())
        self._outbox.tell(
            {
                "type": "result",
                "attempt_id": told.id,
                "status": told.status.value,
                "url": f"/debrief/spoken/{told.id}",
            }
        )

    async def _rest(self) -> str | None:
        """Take what the resampler still holds; return what went wrong with it."""
        try:
            await asyncio.to_thread(self._live.take, self._resampler.finish())
        except CoachError as error:
            return error.what_happened
        return None

    # In threads

    def _take(self, pcm: bytes) -> None:
        silent_before, flushed_before = not self._live.samples, self._live.flushed_samples
        self._live.take(self._resampler.take(pcm))
        if silent_before and self._live.samples:
            self._outbox.tell({"type": "speak"})
        if self._live.flushed_samples > flushed_before:
            self._tell_kept()

    def _flush(self) -> None:
        flushed_before = self._live.flushed_samples
        self._live.flush()
        if self._live.flushed_samples > flushed_before:
            self._tell_kept()

    def _tell_kept(self) -> None:
        kept = self._live.flushed_samples
        self._outbox.tell(
            {
                "type": "kept",
                "samples": self._resampler.sent_samples(kept),
                "seconds": round(kept / SAMPLE_RATE, 3),
            }
        )


def _request(query: Any) -> LiveRequest:
    request = read_request({name: str(value) for name, value in query.items()})
    if request.parent is not None:
        raise InvalidInputError("A telling follows up nothing.", "Leave out parent.")
    return request
