"""Which answers are being spoken into this server, so that one socket at a time has each."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from voicecoach.errors import AttemptBusyError

QUIET_SECONDS: Final = 2.0
"""A page sends sound many times a second: one that was quiet for so long is gone, whatever its
connection says, and whoever asks for the answer takes it over."""

SECONDS_TO_LEAVE: Final = 10.0
"""How long a session that is taken over may take to close its file."""


@dataclass(eq=False, slots=True)
class LiveSession:
    """One socket with an answer.

    `last_sound` is the loop's time when sound last came, or when it began. `finishing` is set once
    the answer has been stopped. `taken_over` tells the session to let go; `ended` that it has.
    """

    last_sound: float
    finishing: bool = False
    taken_over: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)


class LiveSessions:
    """The sessions of one server, by attempt; used by its event loop only."""

    def __init__(self) -> None:
        self._by_attempt: dict[str, LiveSession] = {}

    def __len__(self) -> int:
        """How many answers are being spoken."""
        return len(self._by_attempt)

    @asynccontextmanager
    async def enter(self, attempt_id: str) -> AsyncIterator[LiveSession]:
        """Have an attempt for the length of the block."""
        session = LiveSession(last_sound=asyncio.get_running_loop().time())
        self._by_attempt[attempt_id] = session
        try:
            yield session
        finally:
            if self._by_attempt.get(attempt_id) is session:
                del self._by_attempt[attempt_id]
            session.ended.set()

    async def make_way(self, attempt_id: str) -> None:
        """Wait until nobody else has the attempt; take it from a session that has gone quiet.

        Raises:
            AttemptBusyError: it is being recorded elsewhere, or is being finished.
        """
        session = self._by_attempt.get(attempt_id)
        if session is None:
            return
        loop = asyncio.get_running_loop()
        while not session.ended.is_set() and not session.finishing:
            quiet = loop.time() - session.last_sound
            if quiet >= QUIET_SECONDS:
                session.taken_over.set()
                await _wait(session.ended, SECONDS_TO_LEAVE)
                break
            heard_before = session.last_sound
            await _wait(session.ended, QUIET_SECONDS - quiet)
            if session.last_sound > heard_before:
                break
        if not session.ended.is_set():
            raise AttemptBusyError(
                "That answer is being recorded or finished elsewhere.",
                "Go on in the window that records it, or stop it there.",
            )


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return
