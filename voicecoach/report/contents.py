"""What a report of an interview's preparation says: gathered from the log at one moment.

It holds nothing that is not shown elsewhere: facts, questions with outlines, the best answer to
each with the words that made its points, what to work on, readiness with its interval, the days
until then, and what earlier interviews taught.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from question_bank.interview import Interview, Outcome
from question_bank.limits import MOST_LISTED
from question_bank.local_days import local_day
from question_bank.outline import Outline, StarPart
from question_bank.question import Question
from question_bank.schedule import tripped_up
from voicecoach.attempt import Attempt
from voicecoach.plan import PlanDay
from voicecoach.question_log import QuestionLog, QuestionStanding
from voicecoach.readiness import Readiness
from voicecoach.scoring.evidence import Quote
from voicecoach.scoring.result import CriterionName, PointCoverage, PointState
from voicecoach.standing import Standing
from voicecoach.time_words import span_words

MOST_ADVICE: Final = 2
"""What is advised for one question, at most; more than two things at once nobody works on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPoint:
    """One point of an outline, and whether the best answer made it.

    `state` is None where no answer was measured against the point. `quote` are the words that made
    it, `when` their time in the answer ("0:12–0:15"); both empty where there are none.
    """

    text: str
    part: StarPart | None
    state: PointState | None
    quote: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedQuestion:
    """One question: its outline, how far it is, what to work on.

    `number` is what the plan calls it by, from 1. `best_overall` and `last_overall` (0–100) are
    None without a score, `best_day` is the day of the best answer. `probability` (0–1) is the
    chance to answer at target on the day, None where none is told. `met_here` says how it went in
    this interview.
    """

    number: int
    question: Question
    tripped_up: bool
    met_here: tuple[str, ...]
    points: tuple[ReportedPoint, ...]
    skills: tuple[str, ...]
    stories: tuple[str, ...]
    takes: int
    best_overall: float | None
    best_day: date | None
    last_overall: float | None
    probability: float | None
    work_on: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotBegun:
    """A question that the plan has and that was never worked on, by its number in the report."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Raising:
    """A question whose rehearsal raises readiness most; `gain` is a share (0–1)."""

    text: str
    gain: float
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDay:
    """A day of the plan: the numbers of what to rehearse, and about how many minutes it takes."""

    day: date
    numbers: tuple[int, ...]
    minutes: int


class LessonSort(StrEnum):
    """What kind of lesson it is."""

    DO = "do"
    DO_NOT = "don't"
    LESSON = "lesson"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """What an interview taught, and which one that was.

    `sort` says what it is: something to do, something not to do, or a lesson.
    """

    text: str
    sort: LessonSort
    interview: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything about the preparation for one interview.

    `days_left` is None where it is over or has no day. `untouched` counts questions of the bank
    that have neither an answer nor an outline nor a history; those the plan has are `not_begun`.
    `readiness` and `plan` are there for an interview that is to come on a day.
    """

    interview: Interview
    name: str
    made_on: date
    days_left: int | None
    questions: tuple[ReportedQuestion, ...]
    untouched: int
    not_begun: tuple[NotBegun, ...]
    readiness: Readiness | None
    raise_most: tuple[Raising, ...]
    plan: tuple[ReportedDay, ...]
    lessons: tuple[Lesson, ...]


def interview_report(log: QuestionLog, interview_id: str) -> Report:
    """Return the report of an interview as things stand now.

    Raises:
        NotFoundError: there is no such interview.
    """
    standing = log.standing
    bank = standing.bank
    interview = bank.get_interview(interview_id)
    today = local_day(standing.now, standing.time_zone)
    ahead = _is_ahead(interview, today)
    readiness = standing.readiness(interview.day) if ahead else None
    chances = {} if readiness is None else {one.question_id: one for one in readiness.per_question}
    asked = bank.every_active_question() if ahead else bank.questions_of_interview(interview.id)
    texts = {question.id: question.text for question in asked}
    outlines = bank.outlines_of(texts)
    standings = [one for one in log.standings(asked) if not ahead or _is_begun(one)]
    standings.sort(key=lambda one: (not one.tripped_up, one.best_overall or 0.0, one.question.id))
    numbers = {one.question.id: number for number, one in enumerate(standings, start=1)}
    reported = [
        _question(
            one,
            interview,
            number=numbers[one.question.id],
            outline=outlines.get(one.question.id),
            best=log.best(one.question.id),
            probability=(
                chances[one.question.id].probability if one.question.id in chances else None
            ),
            standing=standing,
        )
        for one in standings
    ]
    days = _days(standing, interview) if ahead else ()
    planned = dict.fromkeys(item.question_id for day in days for item in day.items)
    fresh = [one for one in planned if one not in numbers and one in texts]
    numbers |= {one: number for number, one in enumerate(fresh, start=len(numbers) + 1)}
    return Report(
        interview=interview,
        name=interview_name(interview),
        made_on=today,
        days_left=(interview.day - today).days if ahead and interview.day else None,
        questions=tuple(reported),
        untouched=len(asked) - len(standings),
        not_begun=tuple(NotBegun(number=numbers[one], text=texts[one]) for one in fresh),
        readiness=readiness,
        raise_most=()
        if readiness is None
        else tuple(
            Raising(text=texts[one.question_id], gain=one.gain, because=one.because)
            for one in readiness.raise_most
            if one.question_id in texts
        ),
        plan=tuple(
            ReportedDay(
                day=day.day,
                numbers=tuple(
                    numbers[item.question_id] for item in day.items if item.question_id in numbers
                ),
                minutes=day.minutes,
            )
            for day in days
        ),
        lessons=_lessons(bank.list_interviews(limit=MOST_LISTED), interview, ahead=ahead),
    )


def interview_name(interview: Interview) -> str:
    """Return role and company in a few words."""
    named = " at ".join(part for part in (interview.role, interview.company) if part)
    return named or "An interview"


def _is_ahead(interview: Interview, today: date) -> bool:
    return (
        interview.outcome is Outcome.UPCOMING
        and interview.day is not None
        and interview.day >= today
    )


def _is_begun(one: QuestionStanding) -> bool:
    return bool(one.takes or one.outlined or one.question.tripped_up)


def _question(
    one: QuestionStanding,
    interview: Interview,
    *,
    number: int,
    outline: Outline | None,
    best: Attempt | None,
    probability: float | None,
    standing: Standing,
) -> ReportedQuestion:
    score = None if best is None else best.score
    covered = {
        point.point_id: point
        for criterion in (() if score is None else score.criteria)
        if criterion.name is CriterionName.COVERAGE
        for point in criterion.points
    }
    return ReportedQuestion(
        number=number,
        question=one.question,
        tripped_up=tripped_up(one.question),
        met_here=tuple(
            trip.how
            for trip in one.question.tripped_up
            if trip.how and trip.interview_id == interview.id
        ),
        points=() if outline is None else _points(outline, covered),
        skills=() if outline is None else outline.skills,
        stories=() if outline is None else outline.stories,
        takes=one.takes,
        best_overall=one.best_overall,
        best_day=None if best is None else local_day(best.started_at, standing.time_zone),
        last_overall=one.last_overall,
        probability=probability,
        work_on=() if score is None else tuple(each.text for each in score.advice[:MOST_ADVICE]),
    )


def _points(outline: Outline, covered: Mapping[str, PointCoverage]) -> tuple[ReportedPoint, ...]:
    reported = []
    for point in outline.points:
        heard = covered.get(point.id)
        quotes = [] if heard is None else [one for one in heard.evidence if isinstance(one, Quote)]
        reported.append(
            ReportedPoint(
                text=point.text,
                part=point.part,
                state=None if heard is None else heard.state,
                quote=quotes[0].quote if quotes else "",
                when=span_words(quotes[0].start_seconds, quotes[0].end_seconds) if quotes else "",
            )
        )
    return tuple(reported)


def _days(standing: Standing, interview: Interview) -> tuple[PlanDay, ...]:
    """Return the days of the plan until the interview."""
    return tuple(
        day
        for day in standing.plan().days
        if interview.day is not None and day.day <= interview.day
    )


def _lessons(
    interviews: Sequence[Interview], interview: Interview, *, ahead: bool
) -> tuple[Lesson, ...]:
    """Return what all interviews taught, for one to come; else what this one did."""
    told = [one for one in interviews if ahead or one.id == interview.id]
    return tuple(
        Lesson(text=text, sort=sort, interview=interview_name(one))
        for one in told
        for sort, texts in (
            (LessonSort.DO, one.dos),
            (LessonSort.DO_NOT, one.donts),
            (LessonSort.LESSON, one.lessons),
        )
        for text in texts
    )
