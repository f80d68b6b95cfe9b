"""The bank: find a question, add one, and see what has entered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect, Template

from question_bank.bank import Bank
from question_bank.debrief_draft import DraftQuestion
from question_bank.question import Question, QuestionKind
from question_bank.question_search import search_questions
from question_bank.question_shelf import MetQuestion, NearDuplicate
from server.page.forms import FormBody, Typed, see
from server.page.question_form import EMPTY_FORM, QuestionForm, read_question_form, refused
from server.page.rendering import draw
from server.page.words import DIFFICULTIES, KINDS, kind_choices
from voicecoach.errors import CoachError
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach

PER_PAGE: Final = 25
_MOST_NAMED: Final = 300
"""Questions that one look at what entered can name: more than all packs together."""


class QuestionsPage(Controller):
    """The list of questions, and the way in."""

    path = "/questions"
    include_in_schema = False

    @get(sync_to_thread=True)
    def list_questions(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        *,
        q: FromQuery[str] = "",
        kind: FromQuery[str] = "",
        show: FromQuery[str] = "asked",
        page: FromQuery[int] = 1,
    ) -> Template:
        """List the questions that fit, those that tripped the person up first."""
        wanted = QuestionKind(kind) if kind in set(QuestionKind) else None
        retired = show == "retired"
        with coach.question_log() as log:
            bank = log.standing.bank
            found = search_questions(bank.every_question(kind=wanted, retired=retired), q)
            last_page = max(1, -(-len(found) // PER_PAGE))
            page = min(max(page, 1), last_page)
            shown = log.standings(found[(page - 1) * PER_PAGE : page * PER_PAGE])
            counts = {one: bank.count_questions(retired=one) for one in (False, True)}
        scores_shown(coach)
        return draw(
            request,
            "questions.html",
            shown=shown,
            total=len(found),
            page=page,
            last_page=last_page,
            wanted={"q": q, "kind": kind, "show": show},
            retired=retired,
            counts=counts,
            kinds=KINDS,
            kind_choices=kind_choices("Every kind"),
            zone=coach.time_zone,
            today=coach.today(),
        )

    @get("/new", sync_to_thread=True)
    def new_question(self, request: Request[Any, Any, Any], kind: FromQuery[str] = "") -> Template:
        """Show an empty form for a question, of a kind where one is asked for."""
        return _form(request, replace(EMPTY_FORM, typed=DraftQuestion(kind=kind)))

    @post("/new", sync_to_thread=True)
    def add_question(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Template | Redirect:
        """Add a question, or meet again the one that says the same."""
        form = read_question_form(Typed(data))
        if form.meant is None:
            return _form(request, form)
        try:
            with coach.bank() as bank:
                met = bank.add_question(
                    form.meant.text,
                    kind=form.meant.kind,
                    competency=form.competency,
                    target_seconds=form.target_seconds,
                    trip=form.trip,
                )
        except CoachError as error:
            return _form(request, replace(form, problems=refused(error)))
        return see_entered([met])

    @get("/entered", sync_to_thread=True)
    def entered(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        *,
        new: FromQuery[list[str] | None] = None,
        met: FromQuery[list[str] | None] = None,
        outline_kept: FromQuery[list[str] | None] = None,
        apart: FromQuery[list[str] | None] = None,
        interview: FromQuery[str] = "",
        upcoming: FromQuery[str] = "",
    ) -> Template:
        """Show what has entered the bank, offer near-duplicates for merging, lead to practice."""
        with coach.reading_bank() as bank:
            fresh, known = _named(bank, new), _named(bank, met)
            kept = _named(bank, outline_kept)
            settled = set(apart or ())
            offers = [
                (question, alike.question)
                for question in fresh
                if question.id not in settled and (alike := _offer(bank, question)) is not None
            ]
            past = bank.get_interview(interview) if interview else None
            following = bank.get_interview(upcoming) if upcoming else None
        return draw(
            request,
            "entered.html",
            fresh=fresh,
            known=known,
            outlines_kept=kept,
            offers=offers,
            interview=past,
            following=following,
            address=f"{request.url.path}?{request.url.query}",
            first=next((one for one in (*fresh, *known) if not one.retired), None),
            today=coach.today(),
        )

    @post("/merge", sync_to_thread=True)
    def merge(self, coach: NamedDependency[Coach], data: FormBody) -> Redirect:
        """Make one question of two and go back to where that was chosen."""
        typed = Typed(data)
        kept = coach.merge_questions(typed.one("keep"), typed.one("drop"))
        back = typed.one("back")
        return see(back if back.startswith("/questions/") else f"/questions/{kept.id}")


def see_entered(met: Sequence[MetQuestion], further: Sequence[tuple[str, str]] = ()) -> Redirect:
    """Lead to what has entered the bank."""
    named = [("new" if one.is_new else "met", one.question.id) for one in met]
    return see("/questions/entered", [*named, *further])


def _named(bank: Bank, ids: list[str] | None) -> list[Question]:
    """Return these questions, each once; one that was merged meanwhile is the one it became."""
    found = (bank.get_question(one) for one in (ids or ())[:_MOST_NAMED])
    return list({question.id: question for question in found}.values())


def _offer(bank: Bank, question: Question) -> NearDuplicate | None:
    """Return the stored question that is most nearly the same as this one."""
    alike = bank.near_duplicates(question.text)
    return next((one for one in alike if one.question.id != question.id), None)


def _form(request: Request[Any, Any, Any], form: QuestionForm | None) -> Template:
    form = form or EMPTY_FORM
    return draw(
        request,
        "question_new.html",
        status_code=400 if form.problems else 200,
        form=form,
        problems=form.problems,
        kind_choices=kind_choices("Guess it from the wording"),
        difficulties=DIFFICULTIES,
    )
