"""The road back: the seven steps after an interview that went badly, walked at one's own pace."""

from typing import Any, Final
from urllib.parse import quote

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from server.page.after_interview import view_what_came
from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from voicecoach.errors import InvalidInputError
from voicecoach.practice import Coach
from voicecoach.recovery import Step, StepState, follow_up_email
from voicecoach.step_notes import notes_of

MOST_INTERVIEWS: Final = 50
"""How many past interviews are offered to walk back from."""

LONGEST_NOTE: Final = 20_000
"""Characters; far more than anybody writes beside a step."""


class RoadBackPage(Controller):
    """The road back."""

    path = "/road-back"
    include_in_schema = False

    @get(sync_to_thread=True)
    def road_back(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview: FromQuery[str] = "",
    ) -> Template:
        """Show the path of an interview, the latest that is over without a choice."""
        return _draw_path(request, coach, interview)

    @post("/{step:str}", sync_to_thread=True)
    def mark(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        step: FromPath[str],
        data: FormBody,
    ) -> Redirect | Template:
        """Note that a step was done or left out, with the person's own note."""
        typed = Typed(data)
        interview, note = typed.one("interview"), typed.one("note")
        try:
            marked = _step(step)
            coach.mark_step(
                marked,
                skipped=typed.one("state") == StepState.SKIPPED,
                note=_kept_note(note),
                interview_id=interview or None,
            )
        except InvalidInputError as error:
            return _draw_path(request, coach, interview, refused=error, typed=(step, note))
        address = see("/road-back", [("interview", interview)] if interview else [])
        address.url += f"#{marked.value}"
        return address


def _draw_path(
    request: Request[Any, Any, Any],
    coach: Coach,
    interview_id: str,
    *,
    refused: InvalidInputError | None = None,
    typed: tuple[str, str] | None = None,
) -> Template:
    path = coach.recovery(interview_id or None)
    with coach.reading_bank() as bank:
        walked = None if path is None else bank.get_interview(path.interview_id)
        others = [
            one
            for one in bank.list_interviews(limit=MOST_INTERVIEWS)
            if one.outcome != "upcoming" or (one.day is not None and one.day < coach.today())
        ]
    draft = "" if walked is None else follow_up_email(walked)
    subject, _, body = draft.removeprefix("Subject: ").partition("\n\n")
    notes = {} if path is None else notes_of(coach, path.interview_id)
    if typed is not None and typed[0] in set(Step):
        notes[Step(typed[0])] = typed[1]
    return draw(
        request,
        "road_back.html",
        status_code=200 if refused is None else 400,
        path=path,
        came=None if path is None else view_what_came(coach, path.interview_id),
        interview=walked,
        others=others,
        chosen=interview_id,
        notes=notes,
        subject=subject,
        body=body,
        mailto=f"mailto:?subject={quote(subject)}&body={quote(body)}",
        refused=refused,
        today=coach.today(),
    )


def _kept_note(note: str) -> str:
    if len(note) > LONGEST_NOTE:
        raise InvalidInputError(
            f"That note is longer than {LONGEST_NOTE} characters.", "Shorten it a little."
        )
    return note.strip()


def _step(name: str) -> Step:
    try:
        return Step(name)
    except ValueError as error:
        raise InvalidInputError(
            f"There is no step '{name[:40]}'.", f"The steps are {', '.join(Step)}."
        ) from error
