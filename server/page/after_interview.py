"""After an interview: how it ended, which questions came, how each went; and what to do now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from question_bank.debrief_values import guess_kind
from question_bank.interview import Interview, Outcome
from question_bank.question import Question
from question_bank.question_shelf import NearDuplicate
from server.page.forms import FormBody, Typed, see
from server.page.rendering import draw
from server.page.words import OUTCOMES, interview_name
from voicecoach.after_interview import AfterInterview, after_interviews, reading_after_interviews
from voicecoach.errors import CoachError
from voicecoach.practice import Coach
from voicecoach.what_came import CameQuestion, ToldQuestion, Went, WhatCame, unpractised_words

WENT: Final = (
    (Went.WELL.value, "Went well"),
    (Went.SO_SO.value, "So-so"),
    (Went.TRIPPED_UP.value, "Tripped me up"),
)
EMPTY_ROWS: Final = 2
"""Rows for questions of their own that stand there at first; a button gives more."""

MOST_ROWS: Final = 40
SHOWN_AT_ONCE: Final = 10
"""Questions of the bank that stand in the open; the others are a click away."""

NEW: Final = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """A question that was typed, and which stored one it is, where that was asked: an id or "new".

    `alike` are the stored ones it may be.
    """

    text: str = ""
    went: str = Went.TRIPPED_UP.value
    how: str = ""
    same: str = ""
    alike: tuple[NearDuplicate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CameForm:
    """What stands in the form. `went` says of a question of the bank how it went, if it came."""

    outcome: str
    went: Mapping[str, str]
    how: Mapping[str, str]
    rows: tuple[TypedRow, ...]


class AfterInterviewPage(Controller):
    """`/interviews/{id}/after`."""

    path = "/interviews/{interview_id:str}/after"
    include_in_schema = False

    @get(sync_to_thread=True)
    def ask(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
    ) -> Template:
        """Ask how it went, with what was told already."""
        with reading_after_interviews(coach) as after:
            interview = after.standing.bank.get_interview(interview_id)
            told = after.of_interview(interview.id)
            return _draw(request, coach, after, interview, _form_of(interview, told))

    @post(sync_to_thread=True, status_code=200)
    def tell(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Keep what was told; words nearly like a stored question are asked about first."""
        sent = Typed(data)
        form = _read(sent)
        with reading_after_interviews(coach) as after:
            interview = after.standing.bank.get_interview(interview_id)
            if sent.one("do") == "more":
                more = (*form.rows, *(TypedRow() for _ in range(EMPTY_ROWS)))[:MOST_ROWS]
                return _draw(request, coach, after, interview, replace(form, rows=more))
            form = _with_doubts(after, form)
            if any(row.alike and not row.same for row in form.rows):
                return _draw(request, coach, after, interview, form, unsettled=True)
        nothing = sent.one("do") == "leave"
        try:
            with after_interviews(coach) as after:
                after.tell(
                    interview.id,
                    () if nothing else _told(form),
                    outcome=None if nothing else Outcome(form.outcome),
                )
        except CoachError as error:
            with reading_after_interviews(coach) as after:
                return _draw(request, coach, after, interview, form, refused=error)
        return see("/") if nothing else see(f"/interviews/{interview.id}#came")


@dataclass(frozen=True, slots=True, kw_only=True)
class CameView:
    """What came in an interview as pages show it; None of it where nothing was told."""

    came: WhatCame
    questions: tuple[tuple[CameQuestion, Question], ...]
    unpractised: tuple[Question, ...]

    @property
    def sentence(self) -> str:
        """How many questions came that had not been practised."""
        return unpractised_words(self.unpractised)

    @property
    def well(self) -> int:
        """How many went well."""
        return self.came.count(Went.WELL)


def view_what_came(coach: Coach, interview_id: str) -> CameView | None:
    """Return what was told of an interview, None where nothing was."""
    with reading_after_interviews(coach) as after:
        came = after.of_interview(interview_id)
        if came is None:
            return None
        bank = after.standing.bank
        return CameView(
            came=came,
            questions=tuple((one, bank.get_question(one.question_id)) for one in came.questions),
            unpractised=after.unpractised(came),
        )


def _draw(
    request: Request[Any, Any, Any],
    coach: Coach,
    after: AfterInterview,
    interview: Interview,
    form: CameForm,
    *,
    unsettled: bool = False,
    refused: CoachError | None = None,
) -> Template:
    likely = after.likely()
    first = [one for one in likely if one.id in form.went]
    others = [one for one in likely if one.id not in form.went]
    room = max(0, SHOWN_AT_ONCE - len(first))
    return draw(
        request,
        "after_interview.html",
        status_code=400 if refused else 200,
        interview=interview,
        name=interview_name(interview),
        today=coach.today(),
        form=form,
        shown=[*first, *others[:room]],
        hidden=others[room:],
        outcomes=[(one.value, words) for one, words in OUTCOMES.items() if one.value != "upcoming"],
        went=WENT,
        new=NEW,
        most_rows=MOST_ROWS,
        unsettled=unsettled,
        refused=refused,
        told=after.of_interview(interview.id) is not None,
    )


def _form_of(interview: Interview, told: WhatCame | None) -> CameForm:
    upcoming = interview.outcome is Outcome.UPCOMING
    came = told.questions if told else ()
    return CameForm(
        outcome=Outcome.WAITING.value if upcoming else interview.outcome.value,
        went={one.question_id: one.went.value for one in came},
        how={one.question_id: one.how for one in came},
        rows=tuple(TypedRow() for _ in range(EMPTY_ROWS)),
    )


def _read(sent: Typed) -> CameForm:
    """Return what the form says; what can't be is left out or taken for the usual."""
    known = {value for value, _ in WENT}
    outcome = sent.one("outcome")
    ended = {one.value for one in Outcome if one is not Outcome.UPCOMING}
    ids = sent.many("question")
    went = {id_: sent.one(f"went-{id_}") for id_ in ids}
    count = min(len(sent.many("text")), MOST_ROWS)
    rows = tuple(
        TypedRow(
            text=sent.many("text")[place],
            went=sent.one(f"row-went-{place}")
            if sent.one(f"row-went-{place}") in known
            else Went.TRIPPED_UP.value,
            how=_at(sent.many("row-how"), place),
            same=sent.one(f"row-same-{place}"),
        )
        for place in range(count)
    )
    return CameForm(
        outcome=outcome if outcome in ended else Outcome.WAITING.value,
        went={id_: value for id_, value in went.items() if value in known},
        how={id_: sent.one(f"how-{id_}") for id_ in ids},
        rows=rows,
    )


def _at(texts: Sequence[str], place: int) -> str:
    return texts[place] if place < len(texts) else ""


def _with_doubts(after: AfterInterview, form: CameForm) -> CameForm:
    """Return the form with the stored questions that each typed one may be."""
    typed = [(place, row) for place, row in enumerate(form.rows) if row.text.strip()]
    doubts = after.doubts([ToldQuestion(went=Went(row.went), text=row.text) for _, row in typed])
    alike = {typed[doubt.place][0]: doubt.near_duplicates for doubt in doubts}
    rows = []
    for place, row in enumerate(form.rows):
        found = alike.get(place, ())
        known = {NEW, *(one.question.id for one in found)}
        rows.append(replace(row, alike=found, same=row.same if row.same in known else ""))
    return replace(form, rows=tuple(rows))


def _told(form: CameForm) -> list[ToldQuestion]:
    ticked = [
        ToldQuestion(went=Went(value), question_id=id_, how=form.how.get(id_, ""))
        for id_, value in form.went.items()
    ]
    typed = [
        ToldQuestion(
            went=Went(row.went),
            question_id="" if row.same in {"", NEW} else row.same,
            text=row.text,
            kind=guess_kind(row.text),
            how=row.how,
            is_new=row.same == NEW,
        )
        for row in form.rows
        if row.text.strip()
    ]
    return [*ticked, *typed]
