"""`/api/attempts/{id}/recording`: the sound of an answer, whole or in ranges, or as its peaks."""

from pathlib import Path
from typing import Annotated, Final

from litestar import Controller, HttpMethod, get, route
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.types import Method
from litestar.types.internal_types import PathParameterDefinition
from starlette.responses import FileResponse
from starlette.types import Message, Receive, Scope, Send

from question_bank.errors import NotFoundError
from server.routes.documented import READING, refusal
from voicecoach.practice import Coach
from voicecoach.speech.waveform import Waveform, read_waveform

AUDIO: Final = "audio/wav"

_PART: Final = ResponseSpec(
    data_container=bytes,
    media_type=AUDIO,
    description="The part that was asked for.",
    generate_examples=False,
)
Stretches = Annotated[
    int, QueryParameter(ge=1, le=10_000, description="How many stretches to divide it into.")
]

_NO_SUCH_PART: Final = refusal("The recording has no such part.")


def _operation_id(
    handler: HTTPRouteHandler, method: Method, path: list[str | PathParameterDefinition]
) -> str:
    del handler, path
    return f"{method.lower()}Recording"


class RangedFile(FileResponse):
    """A file that is sent whole or in ranges; a range that can't be had is refused our way."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the file; refusals become exceptions before anything is sent."""

        async def checked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= 400:
                sent = {name.decode(): value.decode() for name, value in message["headers"]}
                raise HTTPException(
                    "The Range header asks for what this recording does not have.",
                    status_code=message["status"],
                    headers={name: sent[name] for name in ("content-range",) if name in sent},
                )
            await send(message)

        await super().__call__(scope, receive, checked)


class RecordingController(Controller):
    """Recordings of attempts."""

    path = "/attempts/{attempt_id:str}"
    tags = ("attempts",)

    @route(
        "/recording",
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        operation_id=_operation_id,
        media_type=AUDIO,
        sync_to_thread=True,
        responses={**READING, 206: _PART, 416: _NO_SUCH_PART},
    )
    def get_recording(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str]
    ) -> FileResponse:
        """Send the recording; a Range header asks for a part of it (206), HEAD for its length."""
        path = _recording_of(coach, attempt_id)
        try:
            length = path.stat()
        except FileNotFoundError:
            raise _no_recording() from None
        return RangedFile(path, media_type=AUDIO, stat_result=length)

    @get("/peaks", operation_id="getPeaks", sync_to_thread=True, responses=READING)
    def get_peaks(
        self, coach: NamedDependency[Coach], attempt_id: FromPath[str], stretches: Stretches = 1000
    ) -> Waveform:
        """Return how loud each of equally long stretches of the recording gets, to draw it."""
        return read_waveform(_recording_of(coach, attempt_id), stretches)


def _recording_of(coach: Coach, attempt_id: str) -> Path:
    path = coach.recording_path(coach.attempt(attempt_id))
    if path is None:
        raise _no_recording()
    return path


def _no_recording() -> NotFoundError:
    return NotFoundError(
        "That attempt has no recording.", "It was typed, or its sound has been deleted."
    )
