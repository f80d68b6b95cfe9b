"""Ways to spend the minutes until an interview: the coach's plan, and what it is held against.

A policy is asked again and again what to rehearse next on a day, until the day's minutes are used
up. It sees what a person sees (which questions there are, which tripped them up, how each answer
scored), never the skill behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple, Protocol

import numpy as np

from question_bank.question import Question
from question_bank.review import Rating, Review
from question_bank.schedule import CardState, Horizon, advance, rating_for
from voicecoach.interviews_ahead import interviews_ahead
from voicecoach.plan import make_plan
from voicecoach.readiness import person_skills
from voicecoach.take_log import TARGET, ScoredTake, take_log

FIXED_DAYS: Final = 3
"""Days between two rehearsals under fixed spacing."""

MASSED_RUN: Final = 4
"""How often massed practice repeats a question before it goes on to the next."""


class Answered(NamedTuple):
    """One answer as a policy hears of it: to what, on which day from 0, when, its score (0–100)."""

    question_id: str
    day: int
    at: datetime
    overall: float


class Policy(Protocol):
    """Chooses what to rehearse, and is told how it went."""

    def choose(self, day: int, now: datetime, /) -> str:
        """Return the id of the question to rehearse next."""
        ...

    def saw(self, answer: Answered, /) -> None:
        """Take note of an answer's score (0–100)."""
        ...


@dataclass
class CoachPlan:
    """The product's own plan, made anew each morning from the log.

    Should it be done before the minutes are, what it has for the next days.
    """

    questions: Sequence[Question]
    horizon: Horizon
    minutes_per_day: int
    takes: list[ScoredTake] = field(default_factory=list)
    states: dict[str, CardState] = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)
    planned_on: int = -1

    def choose(self, day: int, now: datetime, /) -> str:
        """Return what today's plan has next."""
        if day != self.planned_on or not self.queue:
            self.queue = self._todays(now)
            self.planned_on = day
        return self.queue.pop(0)

    def saw(self, answer: Answered, /) -> None:
        """Let schedule and readiness know, as the product does."""
        self.takes.append(
            ScoredTake(question_id=answer.question_id, at=answer.at, overall=answer.overall)
        )
        review = Review(
            id=f"{answer.question_id}@{answer.at.timestamp()}",
            question_id=answer.question_id,
            attempt_id=f"{answer.question_id}@{answer.at.timestamp()}",
            reviewed_at=answer.at,
            rating=rating_for(answer.overall, TARGET),
        )
        before = self.states.get(answer.question_id)
        self.states[answer.question_id] = advance(before, review, horizon=self.horizon)

    def _todays(self, now: datetime) -> list[str]:
        log = take_log(self.takes, target=TARGET, zone=self.horizon.zone)
        (ahead,) = interviews_ahead((), self.questions, met={}, now=now, zone=self.horizon.zone)
        plan = make_plan(
            person_skills(self.questions, log),
            self.states,
            ahead=(replace(ahead, horizon=self.horizon),),
            now=now,
            minutes_per_day=self.minutes_per_day,
        )
        if plan.days and plan.days[0].day == plan.today:
            return [item.question_id for item in plan.days[0].items]
        return [*plan.first_days(), *(question.id for question in self.questions)]


@dataclass
class Sm2:
    """SM-2 (Wozniak 1990) with a day as its unit: what is most overdue, then what is new.

    Quality is 5 from 15 above the target, 4 from the target, 3 from 20 below it, else 1. Where
    nothing is due or new, what falls due soonest.
    """

    questions: Sequence[Question]
    easiness: dict[str, float] = field(default_factory=dict)
    repetitions: dict[str, int] = field(default_factory=dict)
    interval: dict[str, float] = field(default_factory=dict)
    due: dict[str, float] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def choose(self, day: int, _now: datetime, /) -> str:
        """Return the most overdue question; a new one where none is due."""
        fresh = [q.id for q in self.questions if q.id not in self.due]
        known = [q.id for q in self.questions if q.id in self.due]
        known.sort(key=lambda one: (self.last[one] == day, self.due[one]))
        if known and self.due[known[0]] <= day and self.last[known[0]] != day:
            return known[0]
        return fresh[0] if fresh else known[0]

    def saw(self, answer: Answered, /) -> None:
        """Step easiness and interval."""
        rating = rating_for(answer.overall, TARGET)
        quality = {Rating.AGAIN: 1, Rating.HARD: 3, Rating.GOOD: 4, Rating.EASY: 5}[rating]
        easiness = self.easiness.get(answer.question_id, 2.5)
        repetitions = self.repetitions.get(answer.question_id, 0)
        if quality < 3:
            repetitions, interval = 0, 1.0
        else:
            interval = {0: 1.0, 1: 6.0}.get(
                repetitions, self.interval.get(answer.question_id, 1.0) * easiness
            )
            repetitions += 1
        easiness += 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02)
        self.easiness[answer.question_id] = max(1.3, easiness)
        self.repetitions[answer.question_id] = repetitions
        self.interval[answer.question_id] = interval
        self.due[answer.question_id] = answer.day + interval
        self.last[answer.question_id] = answer.day


@dataclass
class FixedSpacing:
    """Every question again after `FIXED_DAYS`, the longest waiting first, never practised at once.

    Where none is due, the one that has waited longest.
    """

    questions: Sequence[Question]
    last: dict[str, tuple[int, int]] = field(default_factory=dict)
    answers: int = 0

    def choose(self, day: int, _now: datetime, /) -> str:
        """Return the question that has waited longest, and is due if any is."""
        waiting = [q.id for q in self.questions]
        waiting.sort(
            key=lambda one: (
                one in self.last and day - self.last[one][0] < FIXED_DAYS,
                self.last.get(one, (-1, -1)),
            )
        )
        return waiting[0]

    def saw(self, answer: Answered, /) -> None:
        """Note when it was rehearsed."""
        self.answers += 1
        self.last[answer.question_id] = (answer.day, self.answers)


@dataclass
class Massed:
    """One question several times in a row, then the next, round and round."""

    questions: Sequence[Question]
    answers: int = 0

    def choose(self, _day: int, _now: datetime, /) -> str:
        """Return the question whose run it is."""
        return self.questions[self.answers // MASSED_RUN % len(self.questions)].id

    def saw(self, _answer: Answered, /) -> None:
        """Count."""
        self.answers += 1


@dataclass
class NoPlan:
    """Whatever comes to mind: any question, by chance."""

    questions: Sequence[Question]
    chance: np.random.Generator

    def choose(self, _day: int, _now: datetime, /) -> str:
        """Return any question."""
        return self.questions[int(self.chance.integers(len(self.questions)))].id

    def saw(self, _answer: Answered, /) -> None:
        """Learn nothing from it."""


@dataclass
class RoundRobin:
    """Every question once, then all again, in the same order: as even as can be."""

    questions: Sequence[Question]
    answers: int = 0

    def choose(self, _day: int, _now: datetime, /) -> str:
        """Return the next in the round."""
        return self.questions[self.answers % len(self.questions)].id

    def saw(self, _answer: Answered, /) -> None:
        """Count."""
        self.answers += 1


POLICIES: Final = ("plan", "SM-2", "fixed spacing", "in turn", "massed", "no plan")


def policy_of(
    name: str,
    questions: Sequence[Question],
    horizon: Horizon,
    minutes_per_day: int,
    chance: np.random.Generator,
) -> Policy:
    """Return a fresh policy of this name, one of `POLICIES`."""
    match name:
        case "plan":
            return CoachPlan(questions, horizon, minutes_per_day)
        case "SM-2":
            return Sm2(questions)
        case "fixed spacing":
            return FixedSpacing(questions)
        case "in turn":
            return RoundRobin(questions)
        case "massed":
            return Massed(questions)
        case _:
            return NoPlan(questions, chance)
