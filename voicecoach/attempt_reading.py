"""Stored attempts, looked up and listed inside one session."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from question_bank.review import Rating
from voicecoach.attempt import Attempt, AttemptStatus, Forecast
from voicecoach.attempt_rows import attempt_of, forecast_of
from voicecoach.attempt_tables import AttemptRow
from voicecoach.errors import ConflictError, InvalidInputError, NotFoundError

MOST_LISTED: Final = 500
"""The longest list given at once."""

_LARGEST_OFFSET: Final = 1_000_000_000

OPEN_STATUSES: Final = frozenset(
    {
        AttemptStatus.RECORDED,
        AttemptStatus.TRANSCRIBING,
        AttemptStatus.WAITING,
        AttemptStatus.FAILED,
    }
)
"""An attempt that still has something to be finished."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """An attempt as readiness sees it: no words, no sound. Deleted ones are among them.

    `overall` is None where there is no score (unscoreable, not finished, failed). `typed` is true
    for an answer whose words the person wrote rather than said, also once it was deleted; `again`
    for one in which the same file or the same typed text was given as for that question before.
    """

    attempt_id: str
    question_id: str
    parent_id: str | None
    started_at: datetime
    status: AttemptStatus
    overall: float | None
    rating: Rating | None
    forecast: Forecast | None
    synthetic: bool
    typed: bool
    again: bool = False


class AttemptReading:
    """What is looked up in the attempt log; nothing here changes it.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, attempt_id: str) -> Attempt:
        """Return one attempt by its id or a beginning that fits no other."""
        return attempt_of(self._find(attempt_id))

    def list(
        self,
        *,
        question_id: str | None = None,
        status: AttemptStatus | None = None,
        open_only: bool = False,
        with_deleted: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Attempt, ...]:
        """Return attempts, the latest first.

        Args:
            question_id: only those of this question (full id).
            status: only those that stand there; asking for deleted ones gives their marks.
            open_only: only those with something left to finish.
            with_deleted: the marks of deleted attempts too.
            limit: how many at most, 1 to `MOST_LISTED`.
            offset: how many to pass over first.
        """
        if not 1 <= limit <= MOST_LISTED or not 0 <= offset <= _LARGEST_OFFSET:
            raise InvalidInputError(
                f"A list of {limit} attempts from entry {offset} on can't be given.",
                f"Ask for 1 to {MOST_LISTED} attempts, from entry 0 on.",
            )
        query = (
            self._chosen(question_id, status, open_only=open_only, with_deleted=with_deleted)
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
            .options(selectinload(AttemptRow.transcripts), selectinload(AttemptRow.judgements))
            .limit(limit)
            .offset(offset)
        )
        return tuple(attempt_of(row) for row in self._session.scalars(query))

    def ids(self, status: AttemptStatus) -> tuple[str, ...]:
        """Return the ids of all attempts that stand there, the latest first."""
        query = (
            select(AttemptRow.id)
            .where(AttemptRow.status == status.value)
            .order_by(AttemptRow.started_at.desc(), AttemptRow.id.desc())
        )
        return tuple(self._session.scalars(query))

    def ids_by_age(self) -> tuple[str, ...]:
        """Return the ids of all attempts, deleted ones too, the oldest first."""
        query = select(AttemptRow.id).order_by(AttemptRow.started_at, AttemptRow.id)
        return tuple(self._session.scalars(query))

    def count(
        self,
        *,
        question_id: str | None = None,
        status: AttemptStatus | None = None,
        open_only: bool = False,
        with_deleted: bool = False,
    ) -> int:
        """Return how many attempts such a list has in all."""
        query = self._chosen(question_id, status, open_only=open_only, with_deleted=with_deleted)
        return self._session.scalar(select(func.count()).select_from(query.subquery())) or 0

    def every_take(self) -> tuple[Take, ...]:
        """Return all attempts without their content, however many, oldest first.

        Deleted ones are included: what they scored still counts.
        """
        query = select(
            AttemptRow.id,
            AttemptRow.question_id,
            AttemptRow.parent_id,
            AttemptRow.started_at,
            AttemptRow.status,
            AttemptRow.overall,
            AttemptRow.rating,
            AttemptRow.forecast,
            AttemptRow.synthetic,
            AttemptRow.written,
            AttemptRow.fingerprint,
        ).order_by(AttemptRow.started_at, AttemptRow.id)
        given: set[tuple[str, str]] = set()
        takes = []
        for row in self._session.execute(query):
            fingerprint = (row.question_id, row.fingerprint or row.id)
            take = Take(
                attempt_id=row.id,
                question_id=row.question_id,
                parent_id=row.parent_id,
                started_at=row.started_at,
                status=AttemptStatus(row.status),
                overall=row.overall,
                rating=None if row.rating is None else Rating(row.rating),
                forecast=forecast_of(row.forecast),
                synthetic=row.synthetic,
                typed=row.written,
                again=fingerprint in given,
            )
            given.add(fingerprint)
            takes.append(take)
        return tuple(takes)

    def follow_ups(self, attempt_id: str) -> tuple[Attempt, ...]:
        """Return the attempts that follow one up, oldest first; deleted ones are left out."""
        query = (
            self._chosen(None, None, open_only=False, with_deleted=False)
            .where(AttemptRow.parent_id == attempt_id)
            .order_by(AttemptRow.started_at, AttemptRow.id)
            .options(selectinload(AttemptRow.transcripts), selectinload(AttemptRow.judgements))
        )
        return tuple(attempt_of(row) for row in self._session.scalars(query))

    def descendants(self, attempt_id: str) -> tuple[Attempt, ...]:
        """Return the attempts that follow one up, those that follow these up, and so on."""
        found: dict[str, Attempt] = {}
        waiting = [attempt_id]
        while waiting:
            for one in self.follow_ups(waiting.pop()):
                if one.id not in found and one.id != attempt_id:
                    found[one.id] = one
                    waiting.append(one.id)
        return tuple(found.values())

    def _chosen(
        self,
        question_id: str | None,
        status: AttemptStatus | None,
        *,
        open_only: bool,
        with_deleted: bool,
    ) -> Select[AttemptRow]:
        query = select(AttemptRow)
        if question_id is not None:
            query = query.where(AttemptRow.question_id == question_id)
        if status is not None:
            query = query.where(AttemptRow.status == status.value)
        elif not with_deleted:
            query = query.where(AttemptRow.status != AttemptStatus.DELETED.value)
        if open_only:
            query = query.where(AttemptRow.status.in_(sorted(OPEN_STATUSES)))
        return query

    def _find_living(self, attempt_id: str) -> AttemptRow:
        row = self._find(attempt_id, locked=True)
        if row.status == AttemptStatus.DELETED.value:
            raise ConflictError("That attempt has been deleted.", "Nothing can be added to it.")
        return row

    def _find(self, key: str, *, locked: bool = False) -> AttemptRow:
        """Return the row whose id is `key` or is the only one that begins with it.

        Locked and read afresh, so that what is decided on it holds until the commit.
        """
        attempt_id = self._full_id(key)
        query = select(AttemptRow).where(AttemptRow.id == attempt_id)
        if locked:
            query = query.with_for_update().execution_options(populate_existing=True)
        return self._session.scalars(query).one()

    def _full_id(self, key: str) -> str:
        if not key or not key.isprintable():
            raise _no_such(key)
        if self._session.scalar(select(AttemptRow.id).where(AttemptRow.id == key)) is not None:
            return key
        fitting = list(
            self._session.scalars(
                select(AttemptRow.id)
                .where(func.substr(AttemptRow.id, 1, len(key)) == key)
                .order_by(AttemptRow.id)
                .limit(6)
            )
        )
        if not fitting:
            raise _no_such(key)
        if len(fitting) > 1:
            others = " and others" if len(fitting) > 5 else ""
            raise InvalidInputError(
                f"More than one attempt has an id that begins with '{key}': "
                f"{', '.join(fitting[:5])}{others}.",
                "Give more of the id.",
            )
        return fitting[0]


def _no_such(key: str) -> NotFoundError:
    shown = key[:60].encode("utf-8", "replace").decode()
    return NotFoundError(f"There is no attempt '{shown}'.", "List the attempts to see their ids.")
