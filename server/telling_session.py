"""One socket with one debrief being told: sound in, what is kept out.

The messages are those of a live answer (`server/live_session.py`), without captions and judgement:
`ready`, `speak`, `kept`, `limit`, then `result` or `discarded`, and `problem`.
"""

import asyncio
from typing import Any

from server.live_conversation import LiveConversation, single, to_the_end
from server.live_messages import LiveRequest, read_request
from server.live_sessions import LiveSessions
from server.live_wire import Outbox, Socket
from voicecoach.errors import InvalidInputError
from voicecoach.live_telling import LiveTelling
from voicecoach.speech.streaming_resampler import StreamingResampler
from voicecoach.spoken_debrief import SpokenDebrief
from voicecoach.spoken_debriefs import LONGEST_SECONDS, SpokenDebriefs


async def listen(socket: Socket, *, debriefs: SpokenDebriefs, sessions: LiveSessions) -> None:
    """Take a telling from an accepted socket to its end, whatever that is."""
    await to_the_end(
        socket, lambda outbox: _Telling(socket, debriefs, outbox).run(sessions), what="a telling"
    )


class _Telling(LiveConversation):
    """What is said on one socket."""

    elsewhere = "It is told on in another window."

    def __init__(self, socket: Socket, debriefs: SpokenDebriefs, outbox: Outbox) -> None:
        super().__init__(socket, outbox)
        self._debriefs = debriefs
        self._telling: LiveTelling

    async def run(self, sessions: LiveSessions) -> None:
        """Record until an order ends it or the client is gone."""
        request = _request(self._socket.query_params)
        StreamingResampler(request.rate)  # refuses a rate before anything is begun
        if request.attempt is not None:
            wanted = (await asyncio.to_thread(self._debriefs.get, request.attempt)).id
            await sessions.make_way(wanted)
            self._telling = await asyncio.to_thread(LiveTelling, self._debriefs, wanted)
        else:
            self._telling = await asyncio.to_thread(LiveTelling, self._debriefs)
        self._begin(self._telling, rate=request.rate)
        ready = {
            "type": "ready",
            "attempt_id": self._telling.debrief.id,
            "samples": self._resampler.resume_at,
            "limit_seconds": LONGEST_SECONDS,
        }
        await self._record(sessions, self._telling.debrief.id, ready)

    async def _stop(self) -> None:
        told = await asyncio.to_thread(self._take_rest_and_stop)
        self._outbox.tell(
            {
                "type": "result",
                "attempt_id": told.id,
                "status": told.status.value,
                "url": f"/debrief/spoken/{told.id}",
            }
        )

    def _take_rest_and_stop(self) -> SpokenDebrief:
        return self._telling.stop(interrupted=self._take_rest())


def _request(query: Any) -> LiveRequest:
    request = read_request(single(query))
    if request.parent is not None:
        raise InvalidInputError("A telling follows up nothing.", "Leave out parent.")
    return request
