"""What belongs to the person: everything out in one file, or everything deleted."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Stream, Template

from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.routes.own_data import answer_table, exported
from voicecoach.erasure import CONFIRMATION, erase_everything, is_confirmed
from voicecoach.every_table import every_table, is_private
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.settings_desk import SettingsDesk


class OwnDataPage(Controller):
    """The person's data."""

    path = "/settings"
    include_in_schema = False

    @get("/export", sync_to_thread=True, as_it_is=True)
    def export(
        self, coach: NamedDependency[Coach], private_notes: FromQuery[bool] = False
    ) -> Stream:
        """Send everything as one archive, made while it is sent."""
        return exported(coach, private_notes=private_notes)

    @get("/answers.csv", sync_to_thread=True, as_it_is=True)
    def answers(self, coach: NamedDependency[Coach]) -> Stream:
        """Send the table of answers, made while it is sent."""
        return answer_table(coach)

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


def has_private_notes() -> bool:
    """Whether there are notes that an archive holds only where the person asks for it."""
    return any(is_private(column) for table in every_table() for column in table.columns)


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
