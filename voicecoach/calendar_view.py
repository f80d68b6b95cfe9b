"""The plan as a calendar, read from the log: what was done, what is planned, which interviews."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from question_bank.local_days import local_day
from question_bank.question import Question
from voicecoach.attempt import AttemptStatus
from voicecoach.plan import Plan
from voicecoach.plan_months import CalendarMonth, DoneRehearsal, plan_months, weekdays_from
from voicecoach.practice_book import PracticeBook
from voicecoach.question_log import QuestionLog, QuestionStanding

MOST_INTERVIEWS: Final = 500
"""How many interviews can stand in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarView:
    """The plan, its months, and the questions named in them by their id.

    `three_times` are the questions that tripped the person up, the least practised first.
    """

    plan: Plan
    months: tuple[CalendarMonth, ...]
    weekdays: tuple[str, ...]
    questions: dict[str, Question]
    three_times: tuple[QuestionStanding, ...]


def calendar_view(book: PracticeBook, first: date | None = None) -> CalendarView:
    """Return the calendar from the month of `first` (today's by default)."""
    with book.reading_standing() as standing:
        bank = standing.bank
        plan = standing.plan()
        done = [
            DoneRehearsal(
                question_id=take.question_id,
                day=local_day(take.started_at, book.time_zone),
                overall=take.overall,
            )
            for take in standing.takes()
            if take.parent_id is None and take.status is not AttemptStatus.DELETED
        ]
        months = plan_months(
            plan,
            done=done,
            interviews=bank.list_interviews(limit=MOST_INTERVIEWS),
            week_starts=book.settings.week_starts,
            first=first,
        )
        return CalendarView(
            plan=plan,
            months=months,
            weekdays=weekdays_from(book.settings.week_starts),
            questions={one.id: one for one in bank.every_question(retired=None)},
            three_times=QuestionLog(standing=standing).to_practise_three_times(),
        )
