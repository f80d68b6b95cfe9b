"""The interviews of the bank: stored, changed, listed, and which one is next or was last."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final, TypedDict, Unpack

from sqlalchemy import func, or_, select

from question_bank.errors import InvalidInputError
from question_bank.interview import Feeling, Interview, Outcome, RightCompany
from question_bank.limits import (
    LONGEST_NAME,
    checked_day,
    checked_feeling,
    checked_text,
    checked_texts,
)
from question_bank.rows import interview_of
from question_bank.shelf import Shelf, bounded
from question_bank.tables import Base, InterviewRow
from question_bank.uprooting import note_uprooted, uproot


class InterviewFields(TypedDict, total=False):
    """What an interview says besides its id. A field that is left out keeps its value."""

    company: str
    role: str
    day: date | None
    outcome: Outcome
    feelings: Sequence[Feeling]
    went_well: Sequence[str]
    differed_from_expected: Sequence[str]
    could_answer_better: Sequence[str]
    feedback_received: str
    lessons: Sequence[str]
    grey_areas: Sequence[str]
    right_company: RightCompany | None
    right_company_why: str
    dos: Sequence[str]
    donts: Sequence[str]


class InterviewShelf(Shelf):
    """The stored interviews."""

    def add_interview(self, **fields: Unpack[InterviewFields]) -> Interview:
        """Store an interview. Without an outcome it is still to come.

        Raises:
            InvalidInputError: a text can't be stored, or nothing at all is said about it.
        """
        row = InterviewRow(
            id=self._new_id(),
            company="",
            role="",
            day=None,
            outcome=Outcome.UPCOMING.value,
            created_at=self._now(),
            feelings=[],
            went_well=[],
            differed_from_expected=[],
            could_answer_better=[],
            feedback_received="",
            lessons=[],
            grey_areas=[],
            right_company=None,
            right_company_why="",
            dos=[],
            donts=[],
        )
        _fill_interview(row, fields)
        self._session.add(row)
        self._session.flush()
        return interview_of(row)

    def edit_interview(self, interview_id: str, **fields: Unpack[InterviewFields]) -> Interview:
        """Change the fields given and leave the others alone."""
        row = self._interview(interview_id)
        _fill_interview(row, fields)
        self._session.flush()
        return interview_of(row)

    def delete_interview(self, interview_id: str) -> None:
        """Delete an interview for good with everything that was noted about it and its road back.

        Questions met there stay, with how they tripped the person up; they no longer name it.
        """
        row = self._interview(interview_id)
        self._session.flush()
        uproot(
            self._session.connection(),
            Base.metadata.sorted_tables,
            InterviewRow.metadata.tables[InterviewRow.__tablename__],
            [row.id],
        )
        note_uprooted(self._session, InterviewRow.__tablename__, [row.id])
        self._session.expunge(row)
        self._session.expire_all()  # trips no longer name it

    def get_interview(self, interview_id: str) -> Interview:
        """Return one interview by its id or a beginning of it."""
        return interview_of(self._interview(interview_id))

    def list_interviews(
        self, *, outcome: Outcome | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[Interview, ...]:
        """Return interviews, the latest day first, those without a day before them."""
        query = select(InterviewRow).order_by(
            InterviewRow.day.is_(None).desc(),
            InterviewRow.day.desc(),
            InterviewRow.created_at.desc(),
            InterviewRow.id,
        )
        if outcome is not None:
            query = query.where(InterviewRow.outcome == outcome.value)
        return tuple(
            interview_of(row) for row in self._session.scalars(bounded(query, limit, offset))
        )

    def count_interviews(self, *, outcome: Outcome | None = None) -> int:
        """Return how many interviews such a list has in all."""
        query = select(func.count()).select_from(InterviewRow)
        if outcome is not None:
            query = query.where(InterviewRow.outcome == outcome.value)
        return self._session.scalar(query) or 0

    def find_interview(self, company: str, role: str, day: date | None) -> Interview | None:
        """Return the interview for that role at that company on that day; case does not matter."""
        on_that_day = InterviewRow.day.is_(None) if day is None else InterviewRow.day == day
        rows = self._session.scalars(
            select(InterviewRow).where(on_that_day).order_by(InterviewRow.created_at)
        )
        wanted = (company.strip().casefold(), role.strip().casefold())
        return next(
            (
                interview_of(row)
                for row in rows
                if (row.company.casefold(), row.role.casefold()) == wanted
            ),
            None,
        )

    def next_interview(self, today: date) -> Interview | None:
        """Return the upcoming interview with the nearest day from today on; None if there is none.

        Today's own interview counts: the day is not over.
        """
        return next(iter(self.upcoming_interviews(today)), None)

    def upcoming_interviews(self, today: date) -> tuple[Interview, ...]:
        """Return the upcoming interviews that have a day, from today on, nearest first."""
        rows = self._session.scalars(
            select(InterviewRow)
            .where(InterviewRow.outcome == Outcome.UPCOMING.value, InterviewRow.day >= today)
            .order_by(InterviewRow.day, InterviewRow.created_at, InterviewRow.id)
        )
        return tuple(interview_of(row) for row in rows)

    def interviews_between(self, first: date, before: date) -> tuple[Interview, ...]:
        """Return the interviews whose day lies in a span, its end left out; the latest first."""
        rows = self._session.scalars(
            select(InterviewRow)
            .where(InterviewRow.day >= first, InterviewRow.day < before)
            .order_by(InterviewRow.day.desc(), InterviewRow.created_at.desc(), InterviewRow.id)
        )
        return tuple(interview_of(row) for row in rows)

    def latest_past_interview(self, today: date) -> Interview | None:
        """Return the latest interview that is over; None if there is none."""
        return next(iter(self.past_interviews(today)), None)

    def past_interviews(self, today: date) -> tuple[Interview, ...]:
        """Return every interview that is over, the latest first, those without a day last.

        Over is one whose outcome is known or waited for, or whose day has passed.
        """
        rows = self._session.scalars(
            select(InterviewRow)
            .where(or_(InterviewRow.outcome != Outcome.UPCOMING.value, InterviewRow.day < today))
            .order_by(
                InterviewRow.day.is_(None),
                InterviewRow.day.desc(),
                InterviewRow.created_at.desc(),
                InterviewRow.id,
            )
        )
        return tuple(map(interview_of, rows))


_LISTS: Final = {
    "went_well": "What went well",
    "differed_from_expected": "What differed from what was expected",
    "could_answer_better": "What could be answered better",
    "grey_areas": "The grey areas",
    "lessons": "The lessons",
    "dos": "What to do next time",
    "donts": "What not to do next time",
}
_TEXTS: Final = {
    "feedback_received": "The feedback",
    "right_company_why": "Why it was the right company or not",
}
"""Fields that are lists of texts or texts, and what each is called in a message."""


def _fill_interview(row: InterviewRow, fields: InterviewFields) -> None:
    if "company" in fields:
        row.company = checked_text(fields["company"], "The company", longest=LONGEST_NAME)
    if "role" in fields:
        row.role = checked_text(fields["role"], "The role", longest=LONGEST_NAME)
    if "day" in fields:
        row.day = checked_day(fields["day"], "The interview's day")
    if "outcome" in fields:
        row.outcome = fields["outcome"].value
    if "feelings" in fields:
        row.feelings = [checked_feeling(feeling) for feeling in fields["feelings"]]
    if "right_company" in fields:
        right = fields["right_company"]
        row.right_company = None if right is None else right.value
    given: dict[str, Any] = dict(fields)
    for name in _LISTS.keys() & given.keys():
        setattr(row, name, checked_texts(given[name], _LISTS[name]))
    for name in _TEXTS.keys() & given.keys():
        setattr(row, name, checked_text(given[name], _TEXTS[name]))
    said = (row.company, row.role, row.day, row.feelings, row.right_company)
    said_too = (getattr(row, name) for name in (*_LISTS, *_TEXTS))
    if not any((*said, *said_too)) and row.outcome == Outcome.UPCOMING.value:
        raise InvalidInputError(
            "Nothing is said about that interview.", "Give its date, company or role."
        )
