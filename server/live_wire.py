"""Both directions of a live answer's socket: what is told goes out in order, sound comes in."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from litestar import WebSocket
from litestar.exceptions import WebSocketException

from server.live_messages import Message

Socket = WebSocket[Any, Any, Any]

MOST_BYTES_AT_ONCE: Final = 2**18
"""Sound taken in one piece at most, where it comes faster than it is kept."""


class Outbox:
    """Messages to the client, taken from any thread and sent in order; used on one loop."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[Message | None] = asyncio.Queue()
        self._early: list[Message] | None = []
        self._sending = asyncio.ensure_future(self._send())

    def tell(self, message: Message) -> None:
        """Send a message after those told before; may be called from any thread."""
        try:
            self._loop.call_soon_threadsafe(self._waiting.put_nowait, message)
        except RuntimeError:
            return  # the server has ended

    def tell_later(self, message: Message) -> None:
        """Send a message, but not before the client has been told that all is ready."""
        try:
            self._loop.call_soon_threadsafe(self._put_later, message)
        except RuntimeError:
            return  # the server has ended

    def tell_ready(self, message: Message) -> None:
        """Send the first message, and what had to wait for it; called in the loop."""
        early, self._early = self._early or [], None
        for one in (message, *early):
            self._waiting.put_nowait(one)

    def _put_later(self, message: Message) -> None:
        if self._early is None:
            self._waiting.put_nowait(message)
        else:
            self._early.append(message)

    async def close(self, code: int) -> None:
        """Send what waits and close the connection."""
        self._loop.call_soon(self._waiting.put_nowait, None)
        await self._sending
        try:
            await self._socket.close(code=code)
        except (WebSocketException, RuntimeError, OSError):
            return  # it is closed

    async def _send(self) -> None:
        gone = False
        while (message := await self._waiting.get()) is not None:
            if gone:
                continue
            try:
                await self._socket.send_data(msgspec.json.encode(message).decode(), mode="text")
            except (WebSocketException, RuntimeError, OSError):
                gone = True


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came from the client: sound, then a text or the end of the connection, or neither."""

    pcm: bytes
    text: str | None = None
    gone: bool = False


class Inbox:
    """Messages of the client; sound that waits already is taken in one piece.

    `next` is done once there is something to read.
    """

    def __init__(self, socket: Socket) -> None:
        self._socket = socket
        self.next = asyncio.ensure_future(socket.receive())

    async def read(self) -> Arrived:
        """Return what has come; `next` must be done."""
        parts: list[bytes] = []
        count = 0
        while self.next.done() and count < MOST_BYTES_AT_ONCE:
            event: Mapping[str, Any] = self.next.result()
            if event["type"] == "websocket.disconnect":
                return Arrived(b"".join(parts), gone=True)
            self.next = asyncio.ensure_future(self._socket.receive())
            if event.get("text") is not None:
                return Arrived(b"".join(parts), text=event["text"])
            parts.append(event.get("bytes") or b"")
            count += len(parts[-1])
            await asyncio.sleep(0)  # lets a message that waits already come through
        return Arrived(b"".join(parts))
