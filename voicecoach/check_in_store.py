"""The stored check-ins, inside one session. Nothing that scores, plans or forecasts reads them."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from question_bank.interview import Feeling
from question_bank.uprooting import note_uprooted
from voicecoach.check_in_tables import CheckInRow
from voicecoach.feelings import CheckIn


class CheckInStore:
    """How somebody felt. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, check_in: CheckIn) -> None:
        """Store a check-in."""
        self._session.add(
            CheckInRow(
                id=check_in.id,
                interview_id=check_in.interview_id,
                at=check_in.at,
                feelings=[[one.word, one.intensity] for one in check_in.feelings],
                note=check_in.note,
                note_may_leave=check_in.note_may_leave,
            )
        )
        self._session.flush()

    def of_interview(self, interview_id: str) -> tuple[CheckIn, ...]:
        """Return the check-ins on one path, oldest first."""
        rows = self._session.scalars(
            select(CheckInRow)
            .where(CheckInRow.interview_id == interview_id)
            .order_by(CheckInRow.at, CheckInRow.id)
        )
        return tuple(map(_check_in, rows))

    def set_note_may_leave(self, check_in_id: str, *, may_leave: bool) -> bool:
        """Say whether a note may leave with an export; False where there is no such check-in."""
        row = self._session.get(CheckInRow, check_in_id)
        if row is None:
            return False
        row.note_may_leave = may_leave
        self._session.flush()
        return True

    def delete(self, check_in_id: str) -> bool:
        """Delete a check-in for good, in the copies too; False where there is none."""
        gone = self._session.execute(
            delete(CheckInRow).where(CheckInRow.id == check_in_id).returning(CheckInRow.id)
        )
        found = gone.first() is not None
        if found:
            note_uprooted(self._session, CheckInRow.__tablename__, [check_in_id])
        return found


def _check_in(row: CheckInRow) -> CheckIn:
    return CheckIn(
        id=row.id,
        interview_id=row.interview_id,
        at=row.at,
        feelings=tuple(Feeling(word=word, intensity=level) for word, level in row.feelings),
        note=row.note,
        note_may_leave=row.note_may_leave,
    )
