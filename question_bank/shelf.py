"""What every shelf of the bank stands on: its session, fresh ids, and finding a row by its id."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from question_bank.errors import InvalidInputError, NotFoundError
from question_bank.limits import check_page
from question_bank.tables import InterviewRow, QuestionRow

_Found = TypeVar("_Found", InterviewRow, QuestionRow)


class Shelf:
    """One kind of record inside one session.

    Args:
        session: the unit of work; a shelf flushes and never commits.
        new_id: gives a fresh id.
        now: gives the present moment, aware.
    """

    def __init__(
        self, session: Session, *, new_id: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._new_id = new_id
        self._now = now

    def _interview(self, interview_id: str) -> InterviewRow:
        return self._find(InterviewRow, interview_id, "interview")

    def _question(self, question_id: str) -> QuestionRow:
        """Return a question's row, following merges."""
        row = self._find(QuestionRow, question_id, "question")
        if row.merged_into is not None:
            row = self._find(QuestionRow, row.merged_into, "question")
        return row

    def _find(self, table: type[_Found], key: str, what: str) -> _Found:
        """Return the row whose id is `key` or is the only one that begins with it."""
        row = self._session.get(table, key) if _storable(key) else None
        if row is not None:
            return row
        if not key or not _storable(key):
            raise _no_such(what, key)
        fitting = list(
            self._session.scalars(
                select(table)
                .where(func.substr(table.id, 1, len(key)) == key)
                .order_by(table.id)
                .limit(6)
            )
        )
        if not fitting:
            raise _no_such(what, key)
        if len(fitting) > 1:
            ids = ", ".join(found.id for found in fitting[:5])
            raise InvalidInputError(
                f"More than one {what} has an id that begins with '{key}': {ids}"
                f"{' and others' if len(fitting) > 5 else ''}.",
                "Give more of the id.",
            )
        return fitting[0]


def bounded(query: Select[_Found], limit: int, offset: int) -> Select[_Found]:
    """Return a query for a part of its list; see `check_page`."""
    check_page(limit, offset)
    return query.limit(limit).offset(offset)


def _no_such(what: str, key: str) -> NotFoundError:
    shown = key[:60].encode("utf-8", "replace").decode()
    return NotFoundError(f"There is no {what} '{shown}'.", f"List the {what}s to see their ids.")


def _storable(key: str) -> bool:
    return "\0" not in key and key.isprintable()
