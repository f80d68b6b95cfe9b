"""The road back: the seven steps after an interview that went badly, walked at one's own pace."""

from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from server.page.after_interview import view_what_came
from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.road_feedback import STATE_WORDS
from voicecoach.errors import CoachError, InvalidInputError
from voicecoach.feedback_step import FeedbackStep
from voicecoach.movement import movement_summary
from voicecoach.positives_step import entries_of
from voicecoach.practice import Coach
from voicecoach.recovery import Step, StepState

MOST_OFFERED: Final = 20
"""How many interviews without a path are offered to begin one."""


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
        """Show the path of an interview, the latest that has one without a choice."""
        return _draw_path(request, coach, interview)

    @post(sync_to_thread=True)
    def mark(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Note that a step was done, left out or is open again, with the person's own note."""
        typed = Typed(data)
        step, interview, note = typed.one("step"), typed.one("interview"), typed.one("note")
        try:
            marked = _step(step)
            with coach.roads_back() as roads:
                roads.mark(
                    marked, _state(typed.one("state")), note=note, interview_id=interview or None
                )
        except InvalidInputError as error:
            return _draw_path(request, coach, interview, refused=error, typed=(step, note))
        return path_address(interview, marked)

    @post("/begin", sync_to_thread=True)
    def begin(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Redirect | Template:
        """Note that the person says an interview went badly: its path begins."""
        interview = Typed(data).one("interview")
        try:
            with coach.roads_back() as roads:
                path = roads.begin(interview)
        except CoachError as error:
            return _draw_path(request, coach, "", refused=error)
        return path_address(path.interview_id)

    @get("/paths", sync_to_thread=True)
    def paths(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Show all paths side by side."""
        with coach.reading_roads_back() as roads:
            walked = roads.compare()
        return draw(request, "road_paths.html", paths=walked)


def path_address(interview_id: str, step: Step | None = None) -> Redirect:
    """Return where the path of an interview is shown, at a step of it; "" is the latest path."""
    about = [("interview", interview_id)] if interview_id else []
    return see("/road-back", about, place="" if step is None else step.value)


def _draw_path(
    request: Request[Any, Any, Any],
    coach: Coach,
    interview_id: str,
    *,
    refused: CoachError | None = None,
    typed: tuple[str, str] | None = None,
) -> Template:
    with coach.reading_roads_back() as roads:
        path = roads.path(interview_id or None)
        interview = None if path is None else roads.interview(path.interview_id)
        notes = {} if path is None else roads.notes(path.interview_id)
        walked = roads.walked()
        unwalked = roads.without_path()[:MOST_OFFERED]
        moved = movement_summary(roads.movements.every())
        perspective = "" if interview is None else roads.perspective(interview)
    asking = None if interview is None else FeedbackStep(coach, interview.id).standing()
    with coach.question_log() as log:
        practised = () if interview is None else log.to_practise_three_times(interview.id)
    if typed is not None and typed[0] in set(Step):
        notes[Step(typed[0])] = typed[1]
    return draw(
        request,
        "road_back.html",
        status_code=200 if refused is None else 400,
        path=path,
        came=None if path is None else view_what_came(coach, path.interview_id),
        interview=interview,
        walked=walked,
        unwalked=unwalked,
        chosen=interview_id,
        notes=notes,
        moved=moved,
        perspective=perspective,
        practised=practised,
        asking=asking,
        asking_words=STATE_WORDS,
        entries=() if asking is None else entries_of(asking),
        refused=refused,
        today=coach.today(),
    )


def _state(name: str) -> StepState:
    """Return what a button says about a step: done where it says nothing else."""
    return StepState(name) if name in set(StepState) else StepState.DONE


def _step(name: str) -> Step:
    try:
        return Step(name)
    except ValueError as error:
        raise InvalidInputError(
            f"There is no step '{name[:40]}'.", f"The steps are {', '.join(Step)}."
        ) from error
