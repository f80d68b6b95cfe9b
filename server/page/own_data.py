"""What belongs to the person: everything out in one file, or everything deleted."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Stream, Template

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from voicecoach.erasure import CONFIRMATION, erase_everything, is_confirmed
from voicecoach.export import export_everything
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.settings_desk import SettingsDesk


class OwnDataPage(Controller):
    """The person's data."""

    path = "/settings"
    include_in_schema = False

    @get("/export", sync_to_thread=True, as_it_is=True)
    def export(self, coach: NamedDependency[Coach]) -> Stream:
        """Send everything as one archive, made while it is sent."""
        name = f"voicecoach-{coach.today().isoformat()}.zip"
        return Stream(
            export_everything(coach),
            media_type="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @get("/delete", sync_to_thread=True)
    def ask(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Say what would be deleted, and ask."""
        return _draw_question(request, coach, wrong="")

    @post("/delete", sync_to_thread=True)
    def delete(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        desk: NamedDependency[SettingsDesk],
        data: FormBody,
    ) -> Redirect | Template:
        """Delete everything, once the words were typed."""
        typed = Typed(data).one("words")
        if not is_confirmed(typed):
            return _draw_question(request, coach, wrong=typed or "nothing")
        erase_everything(coach)
        desk.forget()
        return see("/settings/deleted")

    @get("/deleted", sync_to_thread=True)
    def deleted(self, request: Request[Any, Any, Any]) -> Template:
        """Say that it is done."""
        return draw(request, "deleted.html")


def kept_bytes(settings: Settings) -> int:
    """Return how much room the recordings take."""
    folder = settings.recordings_folder
    if not folder.is_dir():
        return 0
    total = 0
    for path in folder.iterdir():
        try:
            total += path.stat().st_size
        except FileNotFoundError:
            continue  # deleted at this moment
    return total


def _draw_question(request: Request[Any, Any, Any], coach: Coach, *, wrong: str) -> Template:
    with coach.reading_bank() as bank:
        questions, interviews = bank.count_questions(retired=None), bank.count_interviews()
    return draw(
        request,
        "delete.html",
        status_code=400 if wrong else 200,
        wrong=wrong,
        confirmation=CONFIRMATION,
        home=coach.settings.home,
        answers=coach.count_attempts(),
        recordings_bytes=kept_bytes(coach.settings),
        questions=questions,
        interviews=interviews,
        on_server=bool(coach.settings.database_url),
    )
