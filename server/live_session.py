"""One socket with one answer: sound in, captions and the result out.

How sound is kept and a conversation ends: `server/live_conversation.py`.
"""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from server.live_conversation import LiveConversation, single, to_the_end
from server.live_messages import (
    STAGE_NAMES,
    LiveRequest,
    Message,
    Order,
    PromptBegins,
    PromptHeard,
    caption_message,
    read_request,
    read_said,
)
from server.live_pressure import LivePressure
from server.live_sessions import LiveSessions
from server.live_wire import Outbox, Socket
from voicecoach.attempt import Attempt
from voicecoach.errors import CoachError
from voicecoach.live_answer import LiveAnswer, LiveListeners
from voicecoach.practice import Coach
from voicecoach.speech.live import Caption
from voicecoach.speech.streaming_resampler import StreamingResampler

BEHIND_SECONDS: Final = 3.0
"""Falling behind by more than this is told."""


async def converse(
    socket: Socket, question_id: str, *, coach: Coach, sessions: LiveSessions
) -> None:
    """Take an answer from an accepted socket to its end, whatever that is."""
    await to_the_end(
        socket,
        lambda outbox: _Conversation(socket, question_id, coach, outbox).run(sessions),
        what="a live answer",
    )


class _Conversation(LiveConversation):
    """What is said on one socket."""

    elsewhere = "The answer goes on in another window."

    def __init__(self, socket: Socket, question_id: str, coach: Coach, outbox: Outbox) -> None:
        super().__init__(socket, outbox)
        self._question_id = question_id
        self._coach = coach
        self._behind = False
        self._answer: LiveAnswer
        self._pressure: LivePressure

    async def run(self, sessions: LiveSessions) -> None:
        """Record until an order, the limit or the pressure ends it, or the client is gone."""
        request = read_request(single(self._socket.query_params))
        StreamingResampler(request.rate)  # refuses a rate before anything is begun
        listeners = LiveListeners(
            on_caption=self._tell_caption if request.captions else _no_caption,
            on_failure=self._tell_failure,
        )
        if request.attempt is not None:
            attempt = await asyncio.to_thread(self._coach.attempt, request.attempt)
            pressure = await self._pressure_of(request, follow_up=attempt.parent_id is not None)
            await sessions.make_way(attempt.id)
            opening = asyncio.to_thread(
                self._coach.live_answers().resume,
                attempt.id,
                question_id=self._question_id,
                limit_seconds=pressure.pressure.limit_seconds,
                listeners=listeners,
            )
        else:
            pressure = await self._pressure_of(request, follow_up=request.parent is not None)
            opening = asyncio.to_thread(
                self._coach.live_answers().open,
                self._question_id,
                parent_id=request.parent,
                limit_seconds=pressure.pressure.limit_seconds,
                listeners=listeners,
            )
        answer = await opening
        self._answer, self._pressure = answer, pressure
        self._begin(answer, rate=request.rate)
        ready = {
            "type": "ready",
            "attempt_id": answer.attempt.id,
            "asked": answer.attempt.asked,
            "samples": self._resampler.resume_at,
            "synthetic": answer.attempt.synthetic,
            "limit_seconds": answer.limit_seconds,
            "silence_seconds": pressure.pressure.silence_seconds,
        }
        follow = partial(pressure.begin, answer.attempt.id, samples=answer.samples)
        await self._record(sessions, answer.attempt.id, ready, before=follow)

    @property
    def _is_over(self) -> bool:
        return self._pressure.is_over

    async def _pressure_of(self, request: LiveRequest, *, follow_up: bool) -> LivePressure:
        return await asyncio.to_thread(
            LivePressure.of, self._coach, request.mock, self._question_id, follow_up=follow_up
        )

    async def _read(self, text: str) -> Order | None:
        said = read_said(text)
        if isinstance(said, PromptBegins | PromptHeard):
            await asyncio.to_thread(self._pressure.take_prompt, said)
            return None
        if isinstance(said, Order):
            return said
        if self._pressure.end():
            return Order.STOP
        self._outbox.tell({"type": "silence", "seconds": self._pressure.pressure.silence_seconds})
        return None

    async def _stop(self) -> None:
        attempt = await asyncio.to_thread(self._take_rest_and_stop)
        self._outbox.tell(
            {
                "type": "result",
                "attempt_id": attempt.id,
                "status": attempt.status.value,
                "url": f"/attempts/{attempt.id}",
            }
        )

    # In threads

    def _take_rest_and_stop(self) -> Attempt:
        return self._answer.stop(self._tell_stage, interrupted=self._take_rest())

    def _heard(self, samples: NDArray[np.int16]) -> Sequence[Message]:
        return self._pressure.hear(samples)

    def _how_far(self) -> Message | None:
        seconds = self._answer.behind_seconds
        if seconds > BEHIND_SECONDS:
            self._behind = True
            return {"type": "behind", "seconds": round(seconds, 1)}
        if self._behind and not seconds:
            self._behind = False
            return {"type": "behind", "seconds": 0}
        return None

    def _tell_caption(self, caption: Caption) -> None:
        self._outbox.tell_later(caption_message(caption))

    def _tell_failure(self, error: CoachError) -> None:
        self._outbox.tell_later({"type": "no_captions", "why": str(error)})

    def _tell_stage(self, stage: str) -> None:
        if stage in STAGE_NAMES:
            self._outbox.tell({"type": "stage", "stage": STAGE_NAMES[stage]})


def _no_caption(caption: Caption) -> None:
    """Send none: the client wants to see no words."""
    del caption
