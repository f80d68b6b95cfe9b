"""A list of questions from another program: chosen or pasted, looked at, then taken in."""

from dataclasses import dataclass
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from question_bank.file_text import LARGEST_BYTES, text_of_file
from question_bank.question_intake import Intake, Standing, look_at, read_question_list, take_in
from question_bank.question_list import MOST_QUESTIONS, ListFormat
from server.page.forms import Typed, UploadBody, see
from server.page.question_form import Problems, by_field, refused
from server.page.rendering import draw
from server.page.words import KINDS
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.practice import Coach

FORMATS: Final = (
    ("", "Find out by itself"),
    (ListFormat.CSV.value, "A table (CSV)"),
    (ListFormat.MARKDOWN.value, "Markdown or plain lines"),
    (ListFormat.ANKI.value, "Anki, “Notes in plain text”"),
)
MOST_NAMED: Final = 300
"""Questions that the page of what entered can name."""

MOST_FORM_BYTES: Final = 3 * LARGEST_BYTES
"""A file and the text that was read before, which the form sends along."""


@dataclass(frozen=True, slots=True)
class Given:
    """A list as it was given: its text, how it is written, and in which encoding a file was."""

    text: str
    format: str
    encoding: str = ""
    name: str = ""


class QuestionIntakePage(Controller):
    """Taking questions in."""

    path = "/questions/import"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(self, request: Request[Any, Any, Any]) -> Template:
        """Show where to choose a file or paste a list."""
        return _draw(request, Given("", ""))

    @post(sync_to_thread=True, status_code=200, request_max_body_size=MOST_FORM_BYTES)
    def read(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: UploadBody
    ) -> Template | Redirect:
        """Look at a list, or take in what was ticked."""
        sent = Typed(data)
        given = _typed(sent)
        try:
            chosen = _from_file(sent, given.format)
            given = chosen or given
            if not given.text.strip():
                raise InvalidInputError("There is no list yet.", "Choose a file, or paste it.")
            form = ListFormat(given.format) if given.format else None
            read = read_question_list(given.text, form, given.name)
            given = Given(given.text, read.format.value, given.encoding, given.name)
            if sent.one("do") != "enter" or chosen is not None:
                with coach.reading_bank() as bank:
                    intake = look_at(bank, read)
                return _draw(request, given, intake)
            ticked = [one for one in sent.many("take") if one.isascii() and one.isdigit()]
            numbers = [int(one) for one in ticked if len(one) <= len(str(MOST_QUESTIONS))]
            with coach.bank() as bank:
                intake = look_at(bank, read)
                taken = take_in(bank, intake, (*numbers, *intake.numbers(Standing.KNOWN)))
        except CoachError as error:
            return _draw(request, given, problems=refused(error, "text"))
        if not taken.new and not taken.strengthened:
            return _draw(
                request,
                given,
                intake,
                problems=refused(
                    InvalidInputError("No question was ticked.", "Tick those you want."), "take"
                ),
            )
        named = [("new", one.id) for one in taken.new]
        named += [("met", one.id) for one in taken.strengthened]
        return see("/questions/entered", named) if len(named) <= MOST_NAMED else see("/questions")


def _typed(sent: Typed) -> Given:
    named = sent.one("format")
    known = {value for value, _ in FORMATS}
    return Given(sent.one("text"), named if named in known else "", sent.one("encoding")[:20])


def _from_file(sent: Typed, form: str) -> Given | None:
    """Return the text of the file that was chosen; None where none was.

    Raises:
        InvalidInputError: it is no text.
    """
    chosen = sent.file("file")
    if chosen is None:
        return None
    file = text_of_file(chosen.file.read())
    return Given(file.text, form, file.encoding, chosen.filename)


def _draw(
    request: Request[Any, Any, Any],
    given: Given,
    intake: Intake | None = None,
    *,
    problems: Problems | None = None,
) -> Template:
    counts = {
        standing.value: len(intake.numbers(standing)) if intake else 0 for standing in Standing
    }
    return draw(
        request,
        "question_intake.html",
        status_code=400 if problems else 200,
        given=given,
        intake=intake,
        counts=counts,
        problems=problems or by_field(()),
        formats=FORMATS,
        kinds=KINDS,
    )
