"""`/api/attempts/{id}/events` and `/finish`: how far an attempt is, and set it going again."""

import threading
from collections.abc import AsyncIterator
from typing import Any, Final

import anyio
import msgspec
from anyio.to_thread import run_sync
from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.response import ServerSentEvent
from litestar.response.sse import ServerSentEventMessage

from server.jobs import Jobs
from server.routes.documented import ADDING, READING
from server.routes.uploads import UNUSABLE, accepted
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_progress import RESTING, Progress, Stage
from voicecoach.attempt_result import AttemptResult
from voicecoach.errors import NotFoundError
from voicecoach.practice import Coach

EVENT_STREAM: Final = "text/event-stream"

LOOKS_EVERY_SECONDS: Final = 0.2
"""How often the attempt is looked at while somebody listens; a look costs about a millisecond."""

HEARTBEAT_SECONDS: Final = 15.0
"""How long nothing is said before a comment shows that the line is open."""

END: Final = "end"

_ENDED: Final = ResponseSpec(
    data_container=None,
    description="Its end was told already, and nothing has happened since: don't come again.",
    generate_examples=False,
)


class ProgressEvent(msgspec.Struct, frozen=True, kw_only=True):
    """What an event says: the stage the work is at, the attempt's status, why it failed."""

    attempt_id: str
    stage: Stage
    status: AttemptStatus
    failure: str | None


class ProgressController(Controller):
    """Progress of attempts."""

    path = "/attempts/{attempt_id:str}"
    tags = ("attempts",)

    @get(
        "/events",
        operation_id="followAttempt",
        media_type=EVENT_STREAM,
        responses={**READING, 204: _ENDED},
    )
    async def follow_attempt(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        closing: NamedDependency[threading.Event],
        attempt_id: FromPath[str],
    ) -> Response[Any]:
        """Tell how far an attempt is, as server-sent events, until nothing more is to come.

        The present stage comes at once as a `stage` event, and each later one as it is reached. An
        `end` event closes the stream: the attempt is done, failed, waits for weights, or was broken
        off. A browser that connects again after that is sent home with 204.
        """
        full_id = (await run_sync(coach.attempt, attempt_id)).id
        progress = await run_sync(coach.progress, full_id)
        if request.headers.get("last-event-id") == END and progress.stage in RESTING:
            return Response("", status_code=204, media_type=EVENT_STREAM)
        return ServerSentEvent(
            _events(coach, full_id, closing), headers={"Cache-Control": "no-store"}
        )

    @post(
        "/finish",
        operation_id="finishAttempt",
        status_code=202,
        sync_to_thread=True,
        responses={**ADDING, 422: UNUSABLE},
    )
    def finish_attempt(
        self, coach: NamedDependency[Coach], jobs: NamedDependency[Jobs], attempt_id: FromPath[str]
    ) -> Response[AttemptResult]:
        """Set an attempt going again that failed, waits for weights, or was broken off.

        Of an answer that was broken off, what was said up to then is scored. One that is on its way
        already is left so.
        """
        return accepted(coach, jobs.finish(coach, attempt_id).id)


async def _events(
    coach: Coach, attempt_id: str, closing: threading.Event
) -> AsyncIterator[ServerSentEventMessage]:
    told: Stage | None = None
    silent_seconds = 0.0
    while not closing.is_set():  # a browser comes back by itself, to whatever server is there then
        try:
            progress = await run_sync(coach.progress, attempt_id)
        except NotFoundError:  # nothing was answered and it was taken back
            yield ServerSentEventMessage(event=END, id=END, data="{}")
            return
        if progress.stage is not told:
            told, silent_seconds = progress.stage, 0.0
            yield _message("stage", progress)
        if progress.stage in RESTING:
            yield _message(END, progress)
            return
        if silent_seconds >= HEARTBEAT_SECONDS:
            silent_seconds = 0.0
            yield ServerSentEventMessage(comment="still at it", data=None)
        await anyio.sleep(LOOKS_EVERY_SECONDS)
        silent_seconds += LOOKS_EVERY_SECONDS


def _message(name: str, progress: Progress) -> ServerSentEventMessage:
    event = ProgressEvent(
        attempt_id=progress.attempt_id,
        stage=progress.stage,
        status=progress.status,
        failure=progress.failure,
    )
    return ServerSentEventMessage(
        event=name,
        id=END if name == END else progress.stage.value,
        data=msgspec.json.encode(event).decode(),
    )
