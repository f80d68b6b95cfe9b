"""The debrief: a walk through an interview that went badly, a step at a time, at one's own pace.

Whatever is typed is kept in the home with every step (and, with JavaScript, while it is being
typed), so that a closed window loses nothing. No step has to be answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Template

from question_bank import debrief_prompts as prompts
from question_bank.debrief import Debrief
from question_bank.debrief_draft import (
    DebriefDraft,
    DraftQuestion,
    DraftReading,
    FieldProblem,
    read_draft,
    without_empty_questions,
)
from question_bank.debrief_entry import EnteredDebrief, enter_debrief
from question_bank.interview import Outcome
from server.page.after_interview import CameView, view_what_came
from server.page.forms import FormBody, Typed, see
from server.page.question_form import Problems, by_field, refused
from server.page.rendering import draw
from server.page.words import DIFFICULTIES, KINDS, OUTCOMES, RIGHT_COMPANY_CHOICES, kind_choices
from voicecoach.debrief_draft_file import DebriefDraftFile
from voicecoach.errors import CoachError
from voicecoach.practice import Coach


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the walk: its name in the address, its title, the draft's fields on it."""

    name: str
    title: str
    fields: tuple[str, ...]


QUESTIONS: Final = "questions"
CHECK: Final = "check"
STEPS: Final = (
    Step("facts", "What it was", ("company", "role", "day", "outcome")),
    Step("feelings", "How it felt", ("feelings",)),
    Step(
        "looking-back",
        "Looking back",
        (
            *("went_well", "differed_from_expected", "could_answer_better", "grey_areas"),
            *("right_company", "right_company_why", "feedback_received"),
        ),
    ),
    Step(QUESTIONS, "The questions", (QUESTIONS,)),
    Step(
        "looking-ahead",
        "Looking ahead",
        ("lessons", "dos", "donts", "next_company", "next_role", "next_day"),
    ),
    Step(CHECK, "Look it over", ()),
)
"""The order of the walk: facts first, the way forward last, as at the terminal."""

_QUESTION_FIELDS: Final = (
    "text",
    "kind",
    "tripped_up",
    "difficulty",
    "remembered_answer",
    "points",
)


class DebriefPage(Controller):
    """The walk through an interview."""

    path = "/debrief"
    include_in_schema = False

    @get(sync_to_thread=True)
    def begin(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Greet, and begin or go on."""
        draft = DebriefDraftFile(coach.settings.home).read()
        return draw(
            request,
            "debrief.html",
            draft=draft,
            breathe_first=coach.settings.breathe_first,
            breathe_then="/debrief",
            begun=not draft.says_nothing,
            resume=_where_to_go_on(draft),
            steps=STEPS,
            prompts=prompts,
        )

    @post("/forget", sync_to_thread=True)
    def forget(self, coach: NamedDependency[Coach]) -> Redirect:
        """Throw away what has been typed."""
        DebriefDraftFile(coach.settings.home).forget()
        return see("/debrief")

    @get("/{step:str}", sync_to_thread=True)
    def show(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], step: FromPath[str]
    ) -> Template:
        """Show a step with what has been typed in it."""
        draft = DebriefDraftFile(coach.settings.home).read()
        return _draw(request, _step(step), draft, came=_came(coach, draft))

    @post("/{step:str}/keep", sync_to_thread=True, status_code=204)
    def keep(self, coach: NamedDependency[Coach], step: FromPath[str], data: FormBody) -> None:
        """Keep what stands in a step while it is being typed."""
        DebriefDraftFile(coach.settings.home).keep(**_typed_fields(_step(step), Typed(data)))

    @post("/{step:str}", sync_to_thread=True)
    def go_on(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        step: FromPath[str],
        data: FormBody,
    ) -> Template | Response[Any]:
        """Keep what was typed in a step, then do what the button says."""
        here, sent, file = _step(step), Typed(data), DebriefDraftFile(coach.settings.home)
        action, _, wanted = sent.one("do").partition(":")
        typed = _typed_fields(here, sent, without=wanted if action == "remove" else "")
        try:
            draft = file.keep(**typed)
        except CoachError as error:
            shown = DebriefDraft(**{**_fields_of(file), **typed})
            return _draw(request, here, shown, problems=refused(error))
        if action == "enter":
            return _enter(request, coach, draft, file)
        if action == "next":
            problems = _problems_of(here, read_draft(draft))
            if problems:
                return _draw(request, here, draft, problems=problems)
            following = STEPS[min(STEPS.index(here) + 1, len(STEPS) - 1)]
            return see(f"/debrief/{following.name}")
        if action in {"add", "remove"}:
            return see(f"/debrief/{QUESTIONS}#question-{len(draft.questions)}")
        return see(f"/debrief/{_step(wanted).name}")


def entered_parameters(entered: EnteredDebrief) -> list[tuple[str, str]]:
    """Return what the page of what has entered is to show, as the parameters of its address."""
    return [
        *(("new", question.id) for question in entered.new),
        *(("met", question.id) for question in entered.strengthened),
        *(("outline_kept", question.id) for question in entered.outlines_kept),
        *([("interview", entered.interview.id)] if entered.interview else []),
        *([("upcoming", entered.next_interview.id)] if entered.next_interview else []),
    ]


def _enter(
    request: Request[Any, Any, Any], coach: Coach, draft: DebriefDraft, file: DebriefDraftFile
) -> Template | Redirect:
    read = read_draft(draft)
    problems = by_field(read.problems)
    if not problems and read.debrief == Debrief(outcome=read.debrief.outcome):
        nothing = FieldProblem(
            field="", what="Nothing is told yet.", remedy="One question is enough to begin with."
        )
        problems = by_field([nothing])
    if not problems:
        try:
            with coach.bank() as bank:
                entered = enter_debrief(bank, read.debrief)
        except CoachError as error:
            problems = refused(error)
        else:
            file.forget()
            return see("/questions/entered", entered_parameters(entered))
    return _draw(request, _step(CHECK), draft, problems=problems)


def _step(name: str) -> Step:
    for step in STEPS:
        if step.name == name:
            return step
    raise NotFoundException(f"The debrief has no step '{name[:60]}'")


def _fields_of(file: DebriefDraftFile) -> dict[str, Any]:
    try:
        draft = file.read()
    except CoachError:
        return {}
    return {field.name: getattr(draft, field.name) for field in fields(draft)}


def _typed_fields(step: Step, sent: Typed, *, without: str = "") -> dict[str, Any]:
    """Return the draft's fields as they stand in the form of a step.

    Args:
        step: where.
        sent: the form.
        without: the place of a question that is to be taken out, "" for none.
    """
    if step.name != QUESTIONS:
        return {name: sent.one(name) for name in step.fields}
    rows = zip(*(sent.many(name) for name in _QUESTION_FIELDS), strict=False)
    typed = tuple(
        DraftQuestion(**dict(zip(_QUESTION_FIELDS, row, strict=True)))
        for place, row in enumerate(rows)
        if str(place) != without
    )
    return {QUESTIONS: without_empty_questions(DebriefDraft(questions=typed)).questions}


def _problems_of(step: Step, read: DraftReading) -> Problems:
    return by_field(
        problem for problem in read.problems if problem.field.split(".")[0] in step.fields
    )


def _where_to_go_on(draft: DebriefDraft) -> str:
    """Return the first step in which nothing stands yet, the last one where all have something."""
    for step in STEPS[:-1]:
        if not any(getattr(draft, name) for name in step.fields):
            return step.name
    return CHECK


def _came(coach: Coach, draft: DebriefDraft) -> CameView | None:
    """Return what was told already of the interview that is gone through."""
    said = read_draft(draft).debrief
    with coach.reading_bank() as bank:
        interview = bank.find_interview(said.company, said.role, said.day)
    return None if interview is None else view_what_came(coach, interview.id)


def _draw(
    request: Request[Any, Any, Any],
    step: Step,
    draft: DebriefDraft,
    *,
    problems: Problems | None = None,
    came: CameView | None = None,
) -> Template:
    read = read_draft(draft)
    shown: Mapping[str, Any] = {
        "step": step,
        "steps": STEPS,
        "number": STEPS.index(step) + 1,
        "draft": draft,
        "problems": problems or {},
        "prompts": prompts,
        "outcomes": [
            (outcome.value, words)
            for outcome, words in OUTCOMES.items()
            if outcome is not Outcome.UPCOMING
        ],
        "right_company_choices": RIGHT_COMPANY_CHOICES,
        "kind_choices": kind_choices("Guess it from the wording"),
        "kinds": KINDS,
        "difficulties": DIFFICULTIES,
        "questions": [*draft.questions, DraftQuestion()],
        "debrief": read.debrief,
        "came": came,
        "left": _left(read) if step.name == CHECK else [],
    }
    return draw(request, f"debrief_{step.name}.html", status_code=400 if problems else 200, **shown)


def _left(read: DraftReading) -> list[tuple[Step, FieldProblem]]:
    """Return what still can't be read, each with the step it stands in."""
    return [
        (step, problem)
        for problem in read.problems
        for step in STEPS
        if problem.field.split(".")[0] in step.fields
    ]
