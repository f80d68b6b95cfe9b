"""`/api/export` and `/api/answers.csv`: everything out, in one archive or as a table."""

from collections.abc import Iterator

from litestar import Controller, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Stream

from server.routes.documented import LISTING
from voicecoach.answer_table import answers_as_csv
from voicecoach.export import export_everything
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach


class OwnDataController(Controller):
    """The person's data."""

    path = "/"
    tags = ("data",)

    @get(
        "/export",
        operation_id="exportEverything",
        media_type="application/zip",
        sync_to_thread=True,
        responses=LISTING,
    )
    def export(
        self, coach: NamedDependency[Coach], private_notes: FromQuery[bool] = False
    ) -> Stream:
        """Send everything as one zip archive, recordings with it; it can be brought back."""
        return exported(coach, private_notes=private_notes)

    @get(
        "/answers.csv",
        operation_id="exportAnswers",
        media_type="text/csv",
        sync_to_thread=True,
    )
    def answers(self, coach: NamedDependency[Coach]) -> Stream:
        """Send the answers as a table for a spreadsheet."""
        return answer_table(coach)


def exported(coach: Coach, *, private_notes: bool) -> Stream:
    """Return everything as one archive, made while it is sent."""
    pieces = export_everything(coach, private_notes=private_notes)
    return _download(pieces, f"voicecoach-{coach.today()}.zip", "application/zip")


def answer_table(coach: Coach) -> Stream:
    """Return the table of answers, made while it is sent."""
    scores_shown(coach)
    pieces = (piece.encode() for piece in answers_as_csv(coach))
    return _download(pieces, f"answers-{coach.today()}.csv", "text/csv")


def _download(pieces: Iterator[bytes], name: str, media_type: str) -> Stream:
    return Stream(
        pieces,
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
