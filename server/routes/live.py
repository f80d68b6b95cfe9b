"""`/api/live/{question_id}`: the socket an answer is spoken into. docs/live.md has its messages."""

from typing import Any

from litestar import WebSocket, websocket
from litestar.di import NamedDependency
from litestar.params import FromPath

from server.live_session import converse
from server.live_sessions import LiveSessions
from voicecoach.practice import Coach


@websocket("/live/{question_id:str}")
async def live(
    socket: WebSocket[Any, Any, Any],
    coach: NamedDependency[Coach],
    live_sessions: NamedDependency[LiveSessions],
    question_id: FromPath[str],
) -> None:
    """Take an answer as it is spoken; give captions meanwhile and the result at the end."""
    await socket.accept()
    await converse(socket, question_id, coach=coach, sessions=live_sessions)
