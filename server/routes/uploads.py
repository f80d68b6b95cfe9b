"""`POST /api/attempts`: an answer as a sound file, kept at once and finished by the worker."""

from typing import Any, Final

import msgspec
from litestar import Controller, Request, Response, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import HTTPException
from litestar.params import MultipartBody

from server.routes.documented import ADDING, refusal
from server.uploads import answer_from
from voicecoach.attempt_result import AttemptResult
from voicecoach.practice import Coach

MOST_UPLOAD_BYTES: Final = 500_000_000
"""The largest recording that is taken: the longest answer as 24-bit stereo WAV at 48 kHz."""

UNUSABLE: Final = refusal("The recording can't be used: broken, without sound, or too long.")


class NewAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A form with an answer: a wav, flac, mp3, ogg, opus, webm or m4a file of at most 30 minutes.

    `parent_id` is the attempt whose follow-up question it answers.
    """

    question_id: str
    recording: UploadFile
    parent_id: str | None = None


async def only_form(request: Request[Any, Any, Any]) -> None:
    """Refuse a body that is no form with a file; whose form it is the gate has looked at.

    Raises:
        HTTPException: there is a body of another type.
    """
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "multipart/form-data":
        raise HTTPException("Only a form with a file is read here.", status_code=415)


class UploadController(Controller):
    """Answers as files."""

    path = "/attempts"
    tags = ("attempts",)

    @post(
        operation_id="createAttempt",
        status_code=202,
        before_request=only_form,
        request_max_body_size=MOST_UPLOAD_BYTES,
        sync_to_thread=True,
        responses={**ADDING, 422: UNUSABLE},
    )
    def create_attempt(
        self, coach: NamedDependency[Coach], data: MultipartBody[NewAnswer]
    ) -> Response[AttemptResult]:
        """Answer a question with a sound file.

        Once this has answered, the coach has a copy of its own on disk and will finish it, whatever
        happens; `/events` tells how far it is. A file that can't be used leaves nothing behind.
        """
        attempt = answer_from(
            coach,
            data.recording.file,
            file_name=data.recording.filename,
            question_id=data.question_id,
            parent_id=data.parent_id or None,
        )
        return accepted(coach, attempt.id)


def accepted(coach: Coach, attempt_id: str) -> Response[AttemptResult]:
    """Answer that the work on an attempt will be done, and where to look."""
    return Response(
        coach.result(coach.attempt(attempt_id)),
        status_code=202,
        headers={"Location": f"/api/attempts/{attempt_id}"},
    )
