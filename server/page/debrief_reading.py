"""A debrief that was written elsewhere: pasted or chosen as a file, looked at, then entered."""

from dataclasses import dataclass
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from question_bank.debrief import Debrief, DebriefFormat, DebriefResult, format_of, read_debrief
from question_bank.debrief_entry import enter_debrief
from server.page.debrief import entered_parameters
from server.page.forms import FormBody, Typed, UploadBody, see
from server.page.question_form import Problems, by_field, refused
from server.page.rendering import draw
from server.page.words import KINDS
from server.schemas import LONGEST_DEBRIEF
from voicecoach.debrief_draft_file import DebriefDraftFile
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.practice import Coach

FORMATS: Final = (
    (DebriefFormat.MARKDOWN.value, "Plain text or Markdown"),
    (DebriefFormat.YAML.value, "YAML"),
    (DebriefFormat.JSON.value, "JSON"),
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text and how it is written."""

    text: str
    format: str


class DebriefReadingPage(Controller):
    """Reading a debrief from a text."""

    path = "/debrief/read"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Show where to paste, with what was pasted before."""
        draft = DebriefDraftFile(coach.settings.home).read()
        return _draw(request, Pasted(draft.pasted, draft.pasted_format))

    @post("/keep", sync_to_thread=True, status_code=204)
    def keep(self, coach: NamedDependency[Coach], data: FormBody) -> None:
        """Keep the text while it is being written."""
        _keep(coach, _pasted(Typed(data)))

    @post(sync_to_thread=True)
    def read(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: UploadBody
    ) -> Template | Redirect:
        """Look at a text, or put what was understood of it into the bank."""
        sent = Typed(data)
        pasted = _pasted(sent)
        try:
            pasted = _from_file(sent) or pasted
            _keep(coach, pasted)
            if not pasted.text.strip():
                raise InvalidInputError("There is no text yet.", "Paste it, or choose a file.")
            if len(pasted.text) > LONGEST_DEBRIEF:
                raise InvalidInputError(
                    f"The text has {len(pasted.text):,} characters; {LONGEST_DEBRIEF:,} is the "
                    "most.",
                    "A debrief is a few pages; is it another file?",
                )
            found = read_debrief(pasted.text, DebriefFormat(pasted.format))
            if sent.one("do") != "enter" or found.debrief == Debrief():
                return _draw(request, pasted, found)
            with coach.bank() as bank:
                entered = enter_debrief(bank, found.debrief)
        except CoachError as error:
            return _draw(request, pasted, problems=refused(error, "text"))
        _keep(coach, Pasted("", ""))
        return see("/questions/entered", entered_parameters(entered))


def _pasted(sent: Typed) -> Pasted:
    named = sent.one("format")
    known = {value for value, _ in FORMATS}
    return Pasted(sent.one("text"), named if named in known else DebriefFormat.MARKDOWN.value)


def _from_file(sent: Typed) -> Pasted | None:
    """Return the text of the file that was chosen; None where none was.

    Raises:
        InvalidInputError: it is no text.
    """
    chosen = sent.file("file")
    if chosen is None:
        return None
    try:
        text = chosen.file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{chosen.filename[:60]} is not a text in UTF-8.", "Save it as plain text in UTF-8."
        ) from error
    form = format_of(chosen.filename) or DebriefFormat.MARKDOWN
    return Pasted(text.replace("\r\n", "\n"), form.value)


def _keep(coach: Coach, pasted: Pasted) -> None:
    DebriefDraftFile(coach.settings.home).keep(pasted=pasted.text, pasted_format=pasted.format)


def _draw(
    request: Request[Any, Any, Any],
    pasted: Pasted,
    found: DebriefResult | None = None,
    *,
    problems: Problems | None = None,
) -> Template:
    return draw(
        request,
        "debrief_read.html",
        status_code=400 if problems else 200,
        pasted=pasted,
        found=found,
        usable=found is not None and found.debrief != Debrief(),
        problems=problems or by_field(()),
        formats=FORMATS,
        kinds=KINDS,
    )
