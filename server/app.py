"""The API on loopback: `create_app` puts it together, `run` serves it until it is stopped."""

import asyncio
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import uvicorn
from litestar import Litestar, Request, Router
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException

from server.description import VENDOR, file_routers, openapi_config
from server.errors_log import errors_log
from server.gate import READING_METHODS, Gate
from server.jobs import Jobs
from server.live_sessions import LiveSessions
from server.page.advert import AdvertPage
from server.page.after_interview import AfterInterviewPage
from server.page.agreement import AgreementPage
from server.page.answer import AnswerPage
from server.page.answer_forms import AnswerForms
from server.page.answer_log import AnswerLogPage
from server.page.archive import ArchivePage
from server.page.csrf import csrf_config
from server.page.debrief import DebriefPage
from server.page.debrief_reading import DebriefReadingPage
from server.page.drill import DrillPage
from server.page.guesses import GuessesPage
from server.page.home import HomePage
from server.page.interview_day import InterviewDayPage
from server.page.interviews import InterviewsPage
from server.page.mock import MockPage
from server.page.outline import OutlinePage
from server.page.own_data import OwnDataPage
from server.page.packs import PacksPage
from server.page.plan import PlanPage
from server.page.problem_page import answer_with_page
from server.page.question import QuestionPage
from server.page.question_intake import QuestionIntakePage
from server.page.questions import QuestionsPage
from server.page.readiness import ReadinessPage
from server.page.rendering import template_config
from server.page.road_back import RoadBackPage
from server.page.road_breathe import RoadBreathePage
from server.page.road_continue import RoadContinuePage
from server.page.road_feedback import RoadFeedbackPage
from server.page.road_feel import RoadFeelPage
from server.page.road_move import RoadMovePage
from server.page.road_positives import RoadPositivesPage
from server.page.rubric_weights import RubricWeightsPage
from server.page.settings import SettingsPage
from server.page.skills import SkillsPage
from server.page.spoken_debrief import SpokenDebriefPage
from server.page.weights import WeightsPart
from server.routes.adverts import AdvertController
from server.routes.after_interviews import AfterInterviewController
from server.routes.attempts import AttemptController
from server.routes.debriefs import DebriefController
from server.routes.feedback import FeedbackController
from server.routes.guesses import GuessController
from server.routes.health import HealthController
from server.routes.interview_days import ChecklistController
from server.routes.interviews import InterviewController
from server.routes.live import live
from server.routes.mocks import MockController
from server.routes.own_data import OwnDataController
from server.routes.packs import PackController
from server.routes.progress import ProgressController
from server.routes.question_lists import QuestionListController
from server.routes.questions import QuestionController
from server.routes.recordings import RecordingController
from server.routes.recovery import RecoveryController
from server.routes.rubric import RubricController, VerdictController
from server.routes.skills import ResourceController, SkillController
from server.routes.speech import SpeechController
from server.routes.spoken_debriefs import SpokenDebriefController, tell
from server.routes.standing import StandingController
from server.routes.typed_answers import TypedAnswerController
from server.routes.uploads import UploadController
from server.schemas import MOST_BODY_BYTES
from server.weights_fetching import WeightsFetching
from server.worker_process import WorkerProcess
from voicecoach.errors import SettingError
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.settings_desk import SettingsDesk

LOOPBACK: Final = "127.0.0.1"
PAGES: Final = (
    HomePage,
    DrillPage,
    MockPage,
    QuestionsPage,
    PacksPage,
    QuestionIntakePage,
    QuestionPage,
    OutlinePage,
    InterviewsPage,
    AfterInterviewPage,
    InterviewDayPage,
    AdvertPage,
    SkillsPage,
    DebriefPage,
    DebriefReadingPage,
    SpokenDebriefPage,
    AnswerLogPage,
    AnswerPage,
    AnswerForms,
    GuessesPage,
    AgreementPage,
    ReadinessPage,
    PlanPage,
    RoadBackPage,
    RoadFeedbackPage,
    RoadPositivesPage,
    RoadFeelPage,
    RoadBreathePage,
    RoadMovePage,
    RoadContinuePage,
    SettingsPage,
    WeightsPart,
    RubricWeightsPage,
    OwnDataPage,
    ArchivePage,
)
"""What answers with pages, a controller per part of the page."""

MOST_MESSAGE_BYTES: Final = 2**20
"""A message of a live answer: half a minute of sound at 16 kHz."""

PING_SECONDS: Final = 5.0
PONG_SECONDS: Final = 20.0
"""A connection that does not answer a ping for so long is dead. The answer comes behind all the
sound that was sent before it, which a busy machine may take a while to keep."""

AS_IT_IS: Final = "as_it_is"
"""The option of a handler whose answer is sent as it is: sound in ranges, an archive."""

PACKED: Final = CompressionConfig(
    backend="gzip", gzip_compress_level=6, exclude=["^/api/"], exclude_opt_key=AS_IT_IS
)
"""Pages and their files are sent packed. What programs read is not, events least of all."""

SECONDS_TO_STOP: Final = 5
"""How long requests in flight may take to end once the server is told to stop."""


def create_app(
    coach: Coach,
    settings: Settings,
    *,
    jobs: Jobs | None = None,
    closing: threading.Event | None = None,
    desk: SettingsDesk | None = None,
    vendor: Path = VENDOR,
) -> Litestar:
    """Put the API and the page together.

    Args:
        coach: answers every request; its answers get jobs from now on.
        settings: its port is part of the addresses that are let in.
        jobs: the jobs in the coach's database. Without them they are opened here, and wait there
            for whatever worker comes.
        closing: set when the server is about to end: answers that have no end of their own end.
        desk: where the coach's settings are changed; without one the environment alone overrules.
        vendor: the folder of third-party files of the page.
    """
    jobs = jobs or Jobs(coach.database)
    closing = closing or threading.Event()
    jobs.serve(coach)
    desk = desk or SettingsDesk(coach)
    fetching = WeightsFetching(lambda: coach.settings.weights_folder, desk.weights_arrived)
    api = Router(
        "/api",
        route_handlers=[
            InterviewController,
            AfterInterviewController,
            ChecklistController,
            AdvertController,
            SkillController,
            ResourceController,
            QuestionController,
            QuestionListController,
            AttemptController,
            UploadController,
            ProgressController,
            RecordingController,
            SpeechController,
            StandingController,
            OwnDataController,
            MockController,
            TypedAnswerController,
            RecoveryController,
            FeedbackController,
            RubricController,
            VerdictController,
            GuessController,
            PackController,
            DebriefController,
            SpokenDebriefController,
            HealthController,
            live,
            tell,
        ],
        before_request=only_json,
    )
    live_sessions = LiveSessions()
    app = Litestar(
        route_handlers=[api, *PAGES, *file_routers(vendor)],
        dependencies={
            "coach": Provide(lambda: coach, sync_to_thread=False),
            "jobs": Provide(lambda: jobs, sync_to_thread=False),
            "closing": Provide(lambda: closing, sync_to_thread=False),
            "live_sessions": Provide(lambda: live_sessions, sync_to_thread=False),
            "desk": Provide(lambda: desk, sync_to_thread=False),
            "fetching": Provide(lambda: fetching, sync_to_thread=False),
        },
        exception_handlers={Exception: answer_with_page, HTTPException: answer_with_page},
        template_config=template_config(),
        csrf_config=csrf_config(settings.home),
        compression_config=PACKED,
        openapi_config=openapi_config(vendor),
        on_shutdown=[fetching.stop, jobs.close],
        request_max_body_size=MOST_BODY_BYTES,
        logging_config=None,
    )
    app.asgi_handler = Gate(app.asgi_handler, settings.port)
    return app


async def only_json(request: Request[Any, Any, Any]) -> None:
    """Refuse a body that is not JSON: what a form of another site can send never is.

    Raises:
        HTTPException: there is a body of another type.
    """
    if request.method in READING_METHODS:
        return
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    has_body = (
        request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    )
    if media_type != "application/json" and (media_type or has_body):
        raise HTTPException("Only JSON is read here.", status_code=415)


def run(
    coach: Coach,
    settings: Settings,
    *,
    on_ready: Callable[[str], None],
    overruled: Mapping[str, str] | None = None,
    or_another_port: bool = False,
) -> None:
    """Serve on loopback until Ctrl-C or a signal to end; requests in flight are finished first.

    A worker process beside it finishes the answers, and ends with it, however it ends.

    Args:
        coach: answers every request; its database is closed at the end.
        settings: says the port.
        on_ready: told the address once connections are taken.
        overruled: what sets a setting above config.toml (see `voicecoach.settings.overruling`).
        or_another_port: take a free port where the one set is in use.

    Raises:
        SettingError: the port can't be had.
    """
    listening = _listen(settings.port, or_another=or_another_port)
    settings = replace(settings, port=listening.getsockname()[1])
    address = f"http://{LOOPBACK}:{settings.port}"
    with errors_log(settings.home), listening, WorkerProcess(settings) as worker:
        jobs = Jobs(coach.database, wake=worker.wake)
        desk = SettingsDesk(coach, overruled=overruled, on_change=worker.take_settings)
        closing = threading.Event()
        app = create_app(coach, settings, jobs=jobs, desk=desk, closing=closing)
        server = ForewarningServer(server_config(app), closing)
        try:
            asyncio.run(_serve(server, listening, lambda: on_ready(address)))
        except KeyboardInterrupt:
            pass
        finally:
            coach.database.close()


class ForewarningServer(uvicorn.Server):
    """Says that it is about to end before it waits for answers that are still being sent.

    Args:
        config: how it serves.
        closing: set then.
    """

    def __init__(self, config: uvicorn.Config, closing: threading.Event) -> None:
        super().__init__(config)
        self._closing = closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, after saying so."""
        self._closing.set()
        await super().shutdown(sockets)


def server_config(app: Litestar) -> uvicorn.Config:
    """Return how the app is served: nothing logged, sockets bounded and watched."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="websockets-sansio",
        ws_max_size=MOST_MESSAGE_BYTES,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PONG_SECONDS,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=SECONDS_TO_STOP,
    )


async def _serve(
    server: uvicorn.Server, listening: socket.socket, on_ready: Callable[[], None]
) -> None:
    serving = asyncio.ensure_future(server.serve(sockets=[listening]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if not serving.done():
        on_ready()
    await serving


def _listen(port: int, *, or_another: bool) -> socket.socket:
    try:
        return _listen_at(port)
    except SettingError:
        if not or_another:
            raise
    return _listen_at(0)


def _listen_at(port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((LOOPBACK, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise SettingError(
            f"Port {port} can't be had ({error.strerror or error}).",
            "Stop what uses it, or choose another with --port.",
        ) from error
    return listening
