"""One question: its history, then and now, how it tripped the person up, and changes to it."""

from dataclasses import replace
from typing import Any, Final

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template

from question_bank.interview import Interview
from question_bank.pack import PackQuestion, pack_question
from question_bank.question import Question
from server.page.charts import TrendChart, TrendValue, trend_chart
from server.page.forms import FormBody, Typed, see
from server.page.question_form import QuestionForm, form_of, read_question_form, refused
from server.page.rendering import draw
from server.page.words import DIFFICULTIES, KINDS, POINT_STATES
from voicecoach.attempt_reading import Take
from voicecoach.errors import CoachError, InvalidInputError, NotFoundError
from voicecoach.guessing import scores_shown
from voicecoach.kept_takeaways import remembered_for
from voicecoach.practice import Coach
from voicecoach.side_by_side import side_by_side

HIGHEST: Final = 100.0
MOST_TAKES_LISTED: Final = 60


class QuestionPage(Controller):
    """One question."""

    path = "/questions/{question_id:str}"
    include_in_schema = False

    @get(sync_to_thread=True)
    def show(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
    ) -> Template:
        """Show everything about a question."""
        return _draw(request, coach, question_id)

    @get("/compare", sync_to_thread=True)
    def compare(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        take: FromQuery[list[str] | None] = None,
    ) -> Template:
        """Show two answers side by side."""
        chosen = take or []
        if len(chosen) != 2:
            problem = InvalidInputError(
                f"{len(chosen) or 'No'} answer{'s' if len(chosen) != 1 else ''} chosen.",
                "Tick exactly two to see them side by side.",
            )
            return _draw(request, coach, question_id, problem=problem)
        scores_shown(coach)
        pair = side_by_side(coach.attempt(chosen[0]), coach.attempt(chosen[1]))
        with coach.reading_bank() as bank:
            question = bank.get_question(pair.first.question_id)
        return draw(
            request,
            "compare.html",
            question=question,
            pair=pair,
            heard={one.id: coach.recording_path(one) for one in (pair.first, pair.second)},
            point_states=POINT_STATES,
            zone=coach.time_zone,
            today=coach.today(),
        )

    @get("/edit", sync_to_thread=True)
    def edit_form(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
    ) -> Template:
        """Show a question in a form."""
        with coach.reading_bank() as bank:
            question = bank.get_question(question_id)
        return _draw_form(request, question, form_of(question))

    @post("/edit", sync_to_thread=True)
    def edit(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Change the wording, the kind, what it asks for, how long an answer takes."""
        with coach.reading_bank() as bank:
            question = bank.get_question(question_id)
        form = read_question_form(Typed(data))
        if form.meant is None:
            return _draw_form(request, question, form)
        try:
            with coach.bank() as bank:
                bank.edit_question(
                    question.id,
                    text=form.meant.text,
                    kind=form.meant.kind,
                    competency=form.competency,
                    target_seconds=form.target_seconds or question.target_seconds,
                )
        except CoachError as error:
            form = replace(form, problems=refused(error))
            with coach.reading_bank() as bank:
                other = bank.find_question(form.typed.text)
            return _draw_form(request, question, form, other=other)
        return see(f"/questions/{question.id}")

    @post("/retire", sync_to_thread=True)
    def retire(self, coach: NamedDependency[Coach], question_id: FromPath[str]) -> Redirect:
        """Stop asking it; everything stays."""
        with coach.bank() as bank:
            question = bank.retire_question(question_id)
        return see(f"/questions/{question.id}")

    @post("/restore", sync_to_thread=True)
    def restore(self, coach: NamedDependency[Coach], question_id: FromPath[str]) -> Redirect:
        """Ask it again."""
        with coach.bank() as bank:
            question = bank.restore_question(question_id)
        return see(f"/questions/{question.id}")

    @post("/trips", sync_to_thread=True)
    def note_trip(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Note that it came up again, and how that went."""
        sent = Typed(data)
        with coach.reading_bank() as bank:
            question = bank.get_question(question_id)
        form = read_question_form(Typed({**data, "text": question.text}))
        try:
            if form.trip is None:
                raise InvalidInputError(
                    "Nothing was noted yet.", "Write how it went, or what you remember saying."
                )
            with coach.bank() as bank:
                trip = replace(form.trip, interview_id=sent.one("interview") or None)
                bank.note_trip(question.id, trip)
        except CoachError as error:
            return _draw(request, coach, question.id, problem=error, trip_form=form)
        return see(f"/questions/{question.id}")


def _draw(
    request: Request[Any, Any, Any],
    coach: Coach,
    question_id: str,
    *,
    problem: CoachError | None = None,
    trip_form: QuestionForm | None = None,
) -> Template:
    with coach.question_log() as log:
        bank = log.standing.bank
        question = bank.get_question(question_id)
        (stands,) = log.standings([question])
        takes = log.takes(question.id)
        then_and_now = log.then_and_now(question)
        outline = bank.get_outline(question.id)
        alike = bank.near_duplicates(question.text)
        interviews = {
            trip.interview_id: bank.get_interview(trip.interview_id)
            for trip in question.tripped_up
            if trip.interview_id
        }
        recent = bank.list_interviews(limit=20)
    scores_shown(coach)
    return draw(
        request,
        "question.html",
        status_code=400 if problem else 200,
        question=question,
        stands=stands,
        takes=takes[: -MOST_TAKES_LISTED - 1 : -1],
        more_takes=max(0, len(takes) - MOST_TAKES_LISTED),
        chart=_chart(takes, coach),
        then_and_now=then_and_now,
        outline=outline,
        remembered=remembered_for(coach, question.id),
        guide=guide_of(question),
        alike=[one.question for one in alike if one.question.id != question.id],
        interviews=interviews,
        recent=_past(recent, coach),
        kinds=KINDS,
        difficulties=DIFFICULTIES,
        problem=problem,
        trip_form=trip_form,
        target=coach.settings.target,
        zone=coach.time_zone,
        today=coach.today(),
    )


def _draw_form(
    request: Request[Any, Any, Any],
    question: Question,
    form: QuestionForm,
    other: Question | None = None,
) -> Template:
    return draw(
        request,
        "question_edit.html",
        status_code=400 if form.problems else 200,
        question=question,
        form=form,
        problems=form.problems,
        other=other,
        kind_choices=[(kind.value, words) for kind, words in KINDS.items()],
    )


def _chart(takes: tuple[Take, ...], coach: Coach) -> TrendChart | None:
    """Return the scores over time; None while there are none."""
    values = []
    for take in takes:
        if take.overall is None:
            continue
        at = take.started_at.astimezone(coach.time_zone)
        typed = ", typed" if take.typed else ""
        values.append(
            TrendValue(
                at=at,
                value=take.overall,
                name=f"{at.day} {at:%B}{typed}: {take.overall:.0f} of 100",
                address=f"/attempts/{take.attempt_id}",
                hollow=take.typed,
            )
        )
    if not values:
        return None
    return trend_chart(values, lowest=0.0, highest=HIGHEST, target=coach.settings.target)


def guide_of(question: Question) -> PackQuestion | None:
    """Return what the pack says of a good answer, for a question that came from one."""
    if question.pack_id is None:
        return None
    try:
        return pack_question(question.pack_id)[1]
    except NotFoundError:
        return None  # the pack has changed since


def _past(interviews: tuple[Interview, ...], coach: Coach) -> list[Interview]:
    today = coach.today()
    return [one for one in interviews if one.day is None or one.day <= today]
