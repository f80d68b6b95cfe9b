"""One socket with one answer: sound in, captions and the result out.

The loop only passes messages on. Whatever touches the disk, the database or an engine runs in
threads, and what those tell is sent in the order in which it was told.
"""

import asyncio
import logging
from typing import Any, Final

from server.live_messages import (
    STAGE_NAMES,
    LiveRequest,
    Order,
    PromptBegins,
    PromptHeard,
    caption_message,
    problem_message,
    read_request,
    read_said,
)
from server.live_pressure import LivePressure
from server.live_sessions import LiveSession, LiveSessions
from server.live_wire import Inbox, Outbox, Socket
from voicecoach.attempt import Attempt
from voicecoach.errors import AttemptBusyError, CoachError
from voicecoach.live_answer import LiveAnswer, LiveListeners
from voicecoach.practice import Coach
from voicecoach.speech.live import Caption
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.streaming_resampler import StreamingResampler

NORMAL: Final = 1000
POLICY_VIOLATION: Final = 1008
INTERNAL_ERROR: Final = 1011

BEHIND_SECONDS: Final = 3.0
"""Falling behind by more than this is told."""

FLUSH_SECONDS: Final = 1.0
"""Where sound comes slower than it is spoken, what came is forced onto the disk after so long."""

log: Final = logging.getLogger("server")


async def converse(
    socket: Socket, question_id: str, *, coach: Coach, sessions: LiveSessions
) -> None:
    """Take an answer from an accepted socket to its end, whatever that is."""
    outbox = Outbox(socket)
    code = NORMAL
    try:
        code = await _Conversation(socket, question_id, coach, outbox).run(sessions)
    except CoachError as error:
        outbox.tell(problem_message(error))
        code = POLICY_VIOLATION
    except Exception as error:
        log.exception("a live answer failed")
        outbox.tell(problem_message(error))
        code = INTERNAL_ERROR
    finally:
        await outbox.close(code)


class _Conversation:
    """What is said on one socket."""

    def __init__(self, socket: Socket, question_id: str, coach: Coach, outbox: Outbox) -> None:
        self._socket = socket
        self._question_id = question_id
        self._coach = coach
        self._outbox = outbox
        self._behind = False
        self._answer: LiveAnswer
        self._pressure: LivePressure
        self._resampler: StreamingResampler

    async def run(self, sessions: LiveSessions) -> int:
        """Return the code to close with."""
        request = read_request(_single(self._socket.query_params))
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
        self._resampler = StreamingResampler(request.rate, kept_samples=answer.samples)
        ended = False
        try:
            await asyncio.to_thread(pressure.begin, answer.attempt.id, samples=answer.samples)
            async with sessions.enter(answer.attempt.id) as session:
                self._outbox.tell_ready(
                    {
                        "type": "ready",
                        "attempt_id": answer.attempt.id,
                        "asked": answer.attempt.asked,
                        "samples": self._resampler.resume_at,
                        "synthetic": answer.attempt.synthetic,
                        "limit_seconds": answer.limit_seconds,
                        "silence_seconds": pressure.pressure.silence_seconds,
                    }
                )
                order = await self._listen(session)
                session.finishing = ended = order is not None
                if order is Order.STOP:
                    await self._stop()
                elif order is Order.DISCARD:
                    await asyncio.to_thread(answer.discard)
                    self._outbox.tell({"type": "discarded"})
        finally:
            if not ended:
                await asyncio.shield(asyncio.to_thread(answer.break_off))
        return NORMAL

    async def _pressure_of(self, request: LiveRequest, *, follow_up: bool) -> LivePressure:
        return await asyncio.to_thread(
            LivePressure.of, self._coach, request.mock, self._question_id, follow_up=follow_up
        )

    async def _listen(self, session: LiveSession) -> Order | None:
        """Keep what arrives until the client asks for an end; None where it is gone.

        Raises:
            CoachError: the sound can't be kept, or another socket took the answer over.
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
                    raise AttemptBusyError("The answer goes on in another window.", "Go on there.")
                if not inbox.next.done():
                    await asyncio.to_thread(self._flush)
                    continue
                arrived = await inbox.read()
                if arrived.pcm:
                    session.last_sound = asyncio.get_running_loop().time()
                    await asyncio.to_thread(self._take, arrived.pcm)
                if arrived.gone:
                    return None
                if arrived.text is None and self._answer.is_full:
                    self._outbox.tell({"type": "limit"})
                    return Order.STOP
                if arrived.text is None and self._pressure.is_over:
                    return Order.STOP
                order = None if arrived.text is None else await self._read(arrived.text)
                if order is not None:
                    return order
        finally:
            taken_over.cancel()
            inbox.next.cancel()

    async def _read(self, text: str) -> Order | None:
        """Return what the client asks for that ends the answer; None where it goes on."""
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

    def _take(self, pcm: bytes) -> None:
        answer = self._answer
        silent_before = not answer.samples
        flushed_before = answer.flushed_samples
        samples = self._resampler.take(pcm)
        answer.take(samples)
        for message in self._pressure.hear(samples):
            self._outbox.tell(message)
        if silent_before and answer.samples:
            self._outbox.tell({"type": "speak"})
        if answer.flushed_samples > flushed_before:
            self._tell_kept()
        self._tell_behind()

    def _take_rest_and_stop(self) -> Attempt:
        interrupted: str | None = None
        try:
            self._answer.take(self._resampler.finish())
        except CoachError as error:
            interrupted = error.what_happened
        except Exception:  # whatever it is, the answer must be ended
            log.exception("the rest of a live answer was lost")
            interrupted = "The last moment of the recording could not be kept."
        return self._answer.stop(self._tell_stage, interrupted=interrupted)

    def _flush(self) -> None:
        flushed_before = self._answer.flushed_samples
        self._answer.flush()
        if self._answer.flushed_samples > flushed_before:
            self._tell_kept()
        self._tell_behind()

    def _tell_kept(self) -> None:
        kept = self._answer.flushed_samples
        self._outbox.tell(
            {
                "type": "kept",
                "samples": self._resampler.sent_samples(kept),
                "seconds": round(kept / SAMPLE_RATE, 3),
            }
        )

    def _tell_behind(self) -> None:
        seconds = self._answer.behind_seconds
        if seconds > BEHIND_SECONDS:
            self._behind = True
            self._outbox.tell({"type": "behind", "seconds": round(seconds, 1)})
        elif self._behind and not seconds:
            self._behind = False
            self._outbox.tell({"type": "behind", "seconds": 0})

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


def _single(query: Any) -> dict[str, str]:
    """Return the query's parameters; of one given twice the last counts."""
    return {name: str(value) for name, value in query.items()}
