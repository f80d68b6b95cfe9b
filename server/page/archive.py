"""An archive of everything, brought back into a coach that has nothing yet."""

from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from server.page.forms import Typed, UploadBody
from server.page.rendering import draw
from voicecoach.archive_import import Imported, import_everything, is_empty
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.practice import Coach
from voicecoach.settings_desk import SettingsDesk

MOST_ARCHIVE_BYTES: Final = 50_000_000_000
"""Recordings of 400 hours. What is sent lies on the disk, not in memory, while it is read."""


class ArchivePage(Controller):
    """Bringing an archive back."""

    path = "/settings/import"
    include_in_schema = False

    @get(sync_to_thread=True)
    def ask(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Show where to choose the archive, or why none can be read here."""
        return _draw(request, coach)

    @post(sync_to_thread=True, request_max_body_size=MOST_ARCHIVE_BYTES, status_code=200)
    def bring_back(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        desk: NamedDependency[SettingsDesk],
        data: UploadBody,
    ) -> Template:
        """Read an archive back, and say what is there now."""
        chosen = Typed(data).file("archive")
        try:
            if chosen is None:
                raise InvalidInputError("No file was chosen.", "Choose the zip file.")
            imported = import_everything(coach, chosen.file)
        except CoachError as error:
            return _draw(request, coach, problem=error)
        desk.read_again()
        return _draw(request, coach, imported=imported)


def _draw(
    request: Request[Any, Any, Any],
    coach: Coach,
    *,
    problem: CoachError | None = None,
    imported: Imported | None = None,
) -> Template:
    return draw(
        request,
        "archive.html",
        status_code=400 if problem else 200,
        problem=problem,
        imported=imported,
        is_empty=imported is None and is_empty(coach),
    )
