"""`/api/debriefs/spoken`: an interview told aloud, written down, checked, and entered."""

from typing import Any, Final

import msgspec
from litestar import Controller, HttpMethod, Response, WebSocket, delete, get, post, put, route
from litestar import websocket as socket_route
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, MultipartBody
from starlette.responses import FileResponse

from question_bank.errors import InvalidInputError, NotFoundError
from question_bank.interview import Outcome
from question_bank.monologue import FindingKind
from server.live_sessions import LiveSessions
from server.routes.documented import ADDING, READING, refusal
from server.routes.recordings import AUDIO, RangedFile
from server.routes.uploads import MOST_UPLOAD_BYTES, UNUSABLE, only_form
from server.schemas import DebriefEntered
from server.telling_session import listen
from server.uploads import telling_from
from voicecoach.practice import Coach
from voicecoach.spoken_debrief import SpokenDebrief, ToldFinding, as_left
from voicecoach.spoken_debriefs import SpokenDebriefs


class NewTelling(msgspec.Struct, frozen=True, kw_only=True):
    """A form with a telling: a sound file of at most 30 minutes."""

    recording: UploadFile


class LeftFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as the person left it.

    `place` is where it stands in the list, from 0; a number past its end adds one that was missed,
    of the `kind` given. `answers` is the place, among the questions, of an answer's question.
    """

    place: int
    words: str
    kept: bool = True
    intensity: int | None = None
    answers: int | None = None
    kind: FindingKind | None = None


class Confirmation(msgspec.Struct, frozen=True, kw_only=True):
    """How the interview ended; what was kept then enters the bank."""

    outcome: Outcome = Outcome.REJECTED


_PART: Final = ResponseSpec(
    data_container=bytes,
    media_type=AUDIO,
    description="The part that was asked for.",
    generate_examples=False,
)


def _operation_id(handler: object, method: str, path: object) -> str:
    del handler, path
    return f"{method.lower()}Telling"


class SpokenDebriefController(Controller):
    """Debriefs told aloud."""

    path = "/debriefs/spoken"
    tags = ("interviews",)

    @get(operation_id="listSpokenDebriefs", sync_to_thread=True, responses=READING)
    def list_debriefs(self, coach: NamedDependency[Coach]) -> tuple[SpokenDebrief, ...]:
        """Return the latest 50 told debriefs, the latest first."""
        return SpokenDebriefs(book=coach).list()

    @post(
        operation_id="createSpokenDebrief",
        before_request=only_form,
        request_max_body_size=MOST_UPLOAD_BYTES,
        sync_to_thread=True,
        responses={**ADDING, 422: UNUSABLE},
    )
    def create_debrief(
        self, coach: NamedDependency[Coach], data: MultipartBody[NewTelling]
    ) -> Response[SpokenDebrief]:
        """Take a sound file as the telling; the coach keeps its own copy before it answers."""
        told = telling_from(coach, data.recording.file, file_name=data.recording.filename)
        return Response(
            told, status_code=201, headers={"Location": f"/api/debriefs/spoken/{told.id}"}
        )

    @get(
        "/{debrief_id:str}", operation_id="getSpokenDebrief", sync_to_thread=True, responses=READING
    )
    def get_debrief(
        self, coach: NamedDependency[Coach], debrief_id: FromPath[str]
    ) -> SpokenDebrief:
        """Return a told debrief with what was heard and found in it."""
        return SpokenDebriefs(book=coach).get(debrief_id)

    @post(
        "/{debrief_id:str}/hear",
        operation_id="hearSpokenDebrief",
        status_code=200,
        sync_to_thread=True,
        responses={**ADDING, 409: refusal("It is still being told.")},
    )
    def hear(self, coach: NamedDependency[Coach], debrief_id: FromPath[str]) -> SpokenDebrief:
        """Write down what was said and split it; asked again it tries again."""
        return SpokenDebriefs(book=coach).hear(debrief_id)

    @put(
        "/{debrief_id:str}/findings",
        operation_id="keepFindings",
        sync_to_thread=True,
        responses={**ADDING, 409: refusal("Nothing is heard yet, or it is in the bank.")},
    )
    def keep(
        self,
        coach: NamedDependency[Coach],
        debrief_id: FromPath[str],
        data: JSONBody[list[LeftFinding]],
    ) -> SpokenDebrief:
        """Confirm, change or drop findings; those that are not named stay as they are."""
        debriefs = SpokenDebriefs(book=coach)
        debrief = debriefs.get(debrief_id)
        return debriefs.keep(debrief.id, _left(debrief, data))

    @post(
        "/{debrief_id:str}/enter",
        operation_id="enterSpokenDebrief",
        sync_to_thread=True,
        responses={**ADDING, 409: refusal("Nothing is heard yet, or it is in the bank.")},
    )
    def enter(
        self,
        coach: NamedDependency[Coach],
        debrief_id: FromPath[str],
        data: JSONBody[Confirmation],
    ) -> DebriefEntered:
        """Put what is kept into the bank."""
        entered = SpokenDebriefs(book=coach).enter(debrief_id, outcome=data.outcome)
        return DebriefEntered(entered=entered, problems=())

    @route(
        "/{debrief_id:str}/recording",
        http_method=[HttpMethod.GET, HttpMethod.HEAD],
        operation_id=_operation_id,
        media_type=AUDIO,
        sync_to_thread=True,
        responses={**READING, 206: _PART, 416: refusal("The recording has no such part.")},
    )
    def get_recording(
        self, coach: NamedDependency[Coach], debrief_id: FromPath[str]
    ) -> FileResponse:
        """Send the sound; a Range header asks for a part of it."""
        return recording_of(SpokenDebriefs(book=coach), debrief_id)

    @delete(
        "/{debrief_id:str}",
        operation_id="deleteSpokenDebrief",
        sync_to_thread=True,
        responses=ADDING,
    )
    def delete_debrief(self, coach: NamedDependency[Coach], debrief_id: FromPath[str]) -> None:
        """Delete a told debrief for good; what entered the bank stays."""
        SpokenDebriefs(book=coach).delete(debrief_id)


@socket_route("/debriefs/spoken/live")
async def tell(
    socket: WebSocket[Any, Any, Any],
    coach: NamedDependency[Coach],
    live_sessions: NamedDependency[LiveSessions],
) -> None:
    """Take a debrief as it is told; the messages are those of `/api/live`, without captions."""
    await socket.accept()
    await listen(socket, debriefs=SpokenDebriefs(book=coach), sessions=live_sessions)


def recording_of(debriefs: SpokenDebriefs, debrief_id: str) -> FileResponse:
    """Return the answer that sends a telling's sound.

    Raises:
        NotFoundError: there is no such debrief, or its sound is gone.
    """
    path = debriefs.recording_path(debriefs.get(debrief_id))
    try:
        length = None if path is None else path.stat()
    except FileNotFoundError:
        length = None
    if path is None or length is None:
        raise NotFoundError("That debrief has no recording.", "Its sound has been deleted.")
    return RangedFile(path, media_type=AUDIO, stat_result=length)


def _left(debrief: SpokenDebrief, sent: list[LeftFinding]) -> tuple[ToldFinding, ...]:
    findings = list(debrief.findings)
    for one in sent:
        if one.place < 0:
            raise InvalidInputError(f"There is no place {one.place}.", "Count from 0.")
        if one.place >= len(findings):
            if one.kind is None:
                raise InvalidInputError(
                    "A finding that is added needs a kind.",
                    f"Give one of: {', '.join(FindingKind)}.",
                )
            findings.append(ToldFinding(kind=one.kind, words=""))
        place = min(one.place, len(findings) - 1)
        findings[place] = as_left(
            findings[place],
            words=one.words,
            kept=one.kept,
            intensity=one.intensity,
            answers=one.answers,
        )
    return tuple(findings)
