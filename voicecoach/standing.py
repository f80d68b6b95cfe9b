"""Where the person stands, computed from the log: schedule, readiness, forecast.

Nothing here is stored: it can be thrown away and computed again from attempts and reviews.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from question_bank.bank import Bank
from question_bank.local_days import local_day, local_moment
from question_bank.question import Question, QuestionKind
from question_bank.schedule import (
    CardState,
    Horizon,
    horizon_for,
    next_questions,
    rebuild,
    with_due_day,
)
from voicecoach.attempt import AttemptStatus, Forecast
from voicecoach.attempt_reading import Take
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import InvalidInputError
from voicecoach.interviews_ahead import InterviewAhead, interviews_ahead
from voicecoach.plan import Plan, make_plan
from voicecoach.readiness import Readiness, person_skills, readiness_of
from voicecoach.skill import Skills, forecast
from voicecoach.take_log import ScoredTake, take_log


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestion:
    """A question worth rehearsing now, and when the schedule wants it (None: never practised)."""

    question: Question
    due: datetime | None
    rehearsals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Reads one consistent state of the log at one moment.

    `with_synthetic` counts answers of synthetic voices too, which a person's own home leaves out;
    `minutes_per_day` is what the plan may ask for.
    """

    bank: Bank
    store: AttemptStore
    now: datetime
    time_zone: tzinfo
    target: float
    with_synthetic: bool
    minutes_per_day: int

    def horizon(self, on: date | None = None) -> Horizon:
        """Return what everything works towards: `on`, the next interview, or 14 days from now.

        Raises:
            InvalidInputError: the day asked for is over.
        """
        today = local_day(self.now, self.time_zone)
        if on is not None:
            if on < today:
                raise InvalidInputError(f"{on} is over.", "Ask for today or a later day.")
            return horizon_for(on, self.now, self.time_zone)
        interview = self.bank.next_interview(today)
        return horizon_for(interview.day if interview else None, self.now, self.time_zone)

    def next_questions(
        self, limit: int, *, kind: QuestionKind | None = None
    ) -> tuple[NextQuestion, ...]:
        """Return what to rehearse next, best first; with a kind only questions of it.

        Today's plan in its order, then what the plan has for the next days, what was rehearsed
        today last of all; then what it has no place for, as the schedule wants it.
        """
        horizon = self.horizon()
        states = self.states(horizon)
        plan = self._plan()
        today = local_day(self.now, self.time_zone)
        first_days = plan.first_days()
        rehearsed_today = {
            id_
            for id_, state in states.items()
            if local_day(state.last_review, self.time_zone) == today
        }
        by_plan = {question_id: place for place, question_id in enumerate(first_days)}
        scheduled = next_questions(
            self.bank.every_active_question(),
            states,
            now=self.now,
            horizon=horizon,
            limit=self.bank.count_questions(),
        )
        places = {
            question.id: (
                first_days.get(question.id) != today,
                question.id in rehearsed_today,
                by_plan.get(question.id, len(by_plan)),
                place,
            )
            for place, question in enumerate(scheduled)
        }
        fitting = [question for question in scheduled if kind in {None, question.kind}]
        chosen = sorted(fitting, key=lambda question: places[question.id])[:limit]
        reviews = self._reviews(chosen, plan, states, horizon)
        return tuple(
            NextQuestion(
                question=question,
                due=reviews.get(question.id),
                rehearsals=states[question.id].rehearsals if question.id in states else 0,
            )
            for question in chosen
        )

    def next_reviews(self, questions: Iterable[Question]) -> dict[str, datetime]:
        """Return by id when each question comes again; those never practised are left out.

        That is the day the plan has for it, so that nobody is told two different days: the
        schedule's own moment where it falls on that day, else the day's beginning. Where the
        plan has no room for it, it is when the schedule wants it.
        """
        horizon = self.horizon()
        return self._reviews(questions, self._plan(), self.states(horizon), horizon)

    def plan(self) -> Plan:
        """Return what to rehearse on which day until the last interview that is coming up."""
        return self._plan(weigh_minutes=True)

    def readiness(self, on: date | None = None) -> Readiness:
        """Return how ready the person will be on a day (the next interview's by default)."""
        log = take_log(self.scored_takes(), target=self.target, zone=self.time_zone)
        skills = person_skills(self.likely_questions(), log)
        return readiness_of(skills, horizon=self.horizon(on), now=self.now)

    def likely_questions(self) -> tuple[Question, ...]:
        """Return every question that readiness looks at, which knows what of the retired counts."""
        return self.bank.every_question(retired=None)

    def forecast(self, question: Question) -> Forecast | None:
        """Return what is expected of an answer given now; None for a retired question."""
        return None if question.retired else forecast(self._skills(), question.id, self.now)

    def states(self, horizon: Horizon) -> dict[str, CardState]:
        """Return the schedule's state of every practised question."""
        counted = {take.attempt_id for take in self.takes()}
        reviews = self.bank.every_review()
        return rebuild((r for r in reviews if r.attempt_id in counted), horizon=horizon)

    def takes(self) -> list[Take]:
        """Return the answers that count here, deleted ones too, oldest first.

        A file or a typed text that was given once more is no rehearsal.
        """
        return [
            take
            for take in self.store.every_take()
            if (self.with_synthetic or not take.synthetic) and not take.again
        ]

    def scored_takes(self) -> list[ScoredTake]:
        """Return what readiness is computed from, oldest first.

        An answer from the future, given while the clock was ahead, counts as given just now.
        """
        return [
            ScoredTake(
                question_id=take.question_id,
                at=min(take.started_at, self.now),
                overall=take.overall,
                typed=take.typed,
            )
            for take in self.takes()
            if take.parent_id is None
            and (take.overall is not None or take.status is AttemptStatus.DELETED)
        ]

    def _plan(self, *, weigh_minutes: bool = False) -> Plan:
        return make_plan(
            self._skills(),
            self.states(self.horizon()),
            ahead=self._ahead(),
            now=self.now,
            minutes_per_day=self.minutes_per_day,
            weigh_minutes=weigh_minutes,
        )

    def _reviews(
        self,
        questions: Iterable[Question],
        plan: Plan,
        states: Mapping[str, CardState],
        horizon: Horizon,
    ) -> dict[str, datetime]:
        first_days = plan.first_days()
        reviews: dict[str, datetime] = {}
        for question in questions:
            due = self._due(question, states, horizon)
            if due is None:
                continue
            planned = first_days.get(question.id)
            if planned is not None and planned != local_day(due, horizon.zone):
                day_begins = local_moment(planned, 0, horizon.zone)
                due = max(day_begins, states[question.id].last_review + timedelta(seconds=1))
            reviews[question.id] = due
        return reviews

    def _ahead(self) -> tuple[InterviewAhead, ...]:
        questions = self.bank.every_active_question()
        ids = {trip.interview_id for question in questions for trip in question.tripped_up}
        return interviews_ahead(
            self.bank.upcoming_interviews(local_day(self.now, self.time_zone)),
            questions,
            met={id_: self.bank.get_interview(id_) for id_ in ids if id_ is not None},
            now=self.now,
            zone=self.time_zone,
        )

    def _skills(self) -> Skills:
        log = take_log(self.scored_takes(), target=self.target, zone=self.time_zone)
        return person_skills(self.bank.every_active_question(), log)

    def _due(
        self, question: Question, states: Mapping[str, CardState], horizon: Horizon
    ) -> datetime | None:
        state = states.get(question.id)
        if state is None:
            return None
        return with_due_day(question, state, now=self.now, horizon=horizon).due
