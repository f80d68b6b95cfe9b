"""Interviews: those that were, and the one everything works towards."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from litestar import Controller, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from question_bank import debrief_prompts as prompts
from question_bank.interview import Interview, Outcome
from question_bank.limits import MOST_LISTED
from server.page.after_interview import view_what_came
from server.page.forms import FormBody, Typed, see
from server.page.interview_form import (
    InterviewForm,
    feeling_words,
    interview_form_of,
    read_interview_form,
)
from server.page.question_form import refused
from server.page.rendering import draw
from server.page.words import OUTCOMES, RIGHT_COMPANY_CHOICES, interview_name
from voicecoach.deleting import delete_interview, interview_deletion
from voicecoach.errors import CoachError
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach
from voicecoach.preparing import has_advert
from voicecoach.question_log import QuestionStanding
from voicecoach.report.contents import interview_report
from voicecoach.report.drawing import report_html
from voicecoach.spoken_debriefs import SpokenDebriefs

OUTCOME_WORDS: Final = {
    Outcome.UPCOMING: "to come",
    Outcome.WAITING: "no answer yet",
    Outcome.REJECTED: "they said no",
    Outcome.OFFERED: "they said yes",
    Outcome.WITHDRAWN: "you decided against it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An interview as the list shows it; `days_left` is None unless it is to come on a day."""

    interview: Interview
    name: str
    outcome: str
    days_left: int | None

    @property
    def day_has_passed(self) -> bool:
        """Whether it was to come and its day is over, so that its end can be told."""
        return self.days_left is not None and self.days_left < 0


class InterviewsPage(Controller):
    """Interviews."""

    path = "/interviews"
    include_in_schema = False

    @get(sync_to_thread=True)
    def list_interviews(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]
    ) -> Template:
        """List what is to come, the nearest first, and what was, the latest first."""
        today = coach.today()
        with coach.reading_bank() as bank:
            listed = [_listed(one, today) for one in bank.list_interviews(limit=MOST_LISTED)]
        return draw(
            request,
            "interviews.html",
            upcoming=[one for one in reversed(listed) if one.days_left is not None]
            + [one for one in listed if _has_no_day(one.interview)],
            past=[one for one in listed if one.interview.outcome is not Outcome.UPCOMING],
            today=today,
        )

    @get("/new", sync_to_thread=True)
    def new_interview(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        outcome: FromQuery[str] = Outcome.UPCOMING.value,
    ) -> Template:
        """Show an empty form."""
        form = read_interview_form(Typed({"outcome": outcome}), coach.today())
        return _form(request, replace(form, problems={}), None)

    @post("/new", sync_to_thread=True)
    def add_interview(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Template | Redirect:
        """Add an interview."""
        form = read_interview_form(Typed(data), coach.today())
        if form.meant is None:
            return _form(request, form, None)
        try:
            with coach.bank() as bank:
                added = bank.add_interview(**form.meant)
        except CoachError as error:
            return _form(request, replace(form, problems=refused(error)), None)
        return see(f"/interviews/{added.id}")

    @get("/{interview_id:str}", sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
    ) -> Template:
        """Show everything about an interview."""
        with coach.question_log() as log:
            bank = log.standing.bank
            interview = bank.get_interview(interview_id)
            questions = log.standings(bank.questions_of_interview(interview.id))
        scores_shown(coach)
        over = _is_over(interview, coach.today())
        with coach.reading_roads_back() as roads:
            has_path = any(one.id == interview.id for one in roads.walked())
        return draw(
            request,
            "interview.html",
            one=_listed(interview, coach.today()),
            interview=interview,
            feelings=[feeling_words(feeling) for feeling in interview.feelings],
            questions=questions,
            trips=_trips(questions, interview.id),
            right_company_words=dict(RIGHT_COMPANY_CHOICES),
            path=coach.recovery(interview.id) if has_path else None,
            advertised=has_advert(coach, interview.id),
            over=over,
            came=view_what_came(coach, interview.id),
            told=SpokenDebriefs(book=coach).of_interview(interview.id),
            zone=coach.time_zone,
            today=coach.today(),
        )

    @get("/{interview_id:str}/report", sync_to_thread=True, media_type="text/html")
    def report(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        save: FromQuery[bool] = False,
    ) -> Response[str]:
        """Show the report of an interview's preparation, to print or to save as a file."""
        with coach.question_log() as log:
            made = interview_report(log, interview_id)
        scores_shown(coach)
        if save:
            name = f"preparation-{made.made_on}.html"
            return Response(
                report_html(made),
                headers={"Content-Disposition": f'attachment; filename="{name}"'},
            )
        back = f"/interviews/{made.interview.id}"
        return Response(
            report_html(made, nonce=str(request.scope.get("style_nonce", "")), back=back)
        )

    @get("/{interview_id:str}/edit", sync_to_thread=True)
    def edit_form(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
    ) -> Template:
        """Show an interview in a form."""
        with coach.reading_bank() as bank:
            interview = bank.get_interview(interview_id)
        return _form(request, interview_form_of(interview), interview)

    @post("/{interview_id:str}/edit", sync_to_thread=True)
    def edit(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Change an interview."""
        with coach.reading_bank() as bank:
            interview = bank.get_interview(interview_id)
        form = read_interview_form(Typed(data), coach.today())
        if form.meant is None:
            return _form(request, form, interview)
        try:
            with coach.bank() as bank:
                bank.edit_interview(interview.id, **form.meant)
        except CoachError as error:
            return _form(request, replace(form, problems=refused(error)), interview)
        return see(f"/interviews/{interview.id}")

    @get("/{interview_id:str}/delete", sync_to_thread=True)
    def confirm_deletion(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
    ) -> Template:
        """Ask whether an interview is really to be deleted."""
        going = interview_deletion(coach, interview_id)
        return draw(
            request,
            "interview_delete.html",
            going=going,
            interview=going.interview,
            name=interview_name(going.interview),
        )

    @post("/{interview_id:str}/delete", sync_to_thread=True)
    def delete(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Delete an interview, with the questions met only there where that was ticked."""
        wanted = Typed(data).one("with_questions") == "yes"
        delete_interview(coach, interview_id, with_questions=wanted)
        return see("/interviews")


def _form(
    request: Request[Any, Any, Any], form: InterviewForm, interview: Interview | None
) -> Template:
    return draw(
        request,
        "interview_form.html",
        status_code=400 if form.problems else 200,
        interview=interview,
        form=form,
        problems=form.problems,
        outcomes=[(outcome.value, words) for outcome, words in OUTCOMES.items()],
        right_company_choices=RIGHT_COMPANY_CHOICES,
        prompts=prompts,
    )


def _listed(interview: Interview, today: date) -> Listed:
    upcoming = interview.outcome is Outcome.UPCOMING and interview.day is not None
    return Listed(
        interview=interview,
        name=interview_name(interview),
        outcome=OUTCOME_WORDS[interview.outcome],
        days_left=(interview.day - today).days if upcoming and interview.day else None,
    )


def _has_no_day(interview: Interview) -> bool:
    return interview.outcome is Outcome.UPCOMING and interview.day is None


def _is_over(interview: Interview, today: date) -> bool:
    if interview.outcome is not Outcome.UPCOMING:
        return True
    return interview.day is not None and interview.day < today


def _trips(questions: tuple[QuestionStanding, ...], interview_id: str) -> dict[str, list[str]]:
    """Return how each question tripped the person up in this interview, by question."""
    return {
        one.question.id: [
            trip.how
            for trip in one.question.tripped_up
            if trip.interview_id == interview_id and trip.how
        ]
        for one in questions
    }
