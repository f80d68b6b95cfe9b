"""The stored times of moving, inside one session."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from question_bank.uprooting import note_uprooted
from voicecoach.movement import Movement
from voicecoach.movement_tables import MovementRow


class MovementStore:
    """What somebody did. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, movement: Movement) -> None:
        """Store one time of moving."""
        self._session.add(
            MovementRow(
                id=movement.id,
                interview_id=movement.interview_id,
                at=movement.at,
                kind=movement.kind,
                minutes=movement.minutes,
                before=movement.before,
                after=movement.after,
            )
        )
        self._session.flush()

    def every(self) -> tuple[Movement, ...]:
        """Return all of them, whichever path they belong to, oldest first."""
        rows = self._session.scalars(select(MovementRow).order_by(MovementRow.at, MovementRow.id))
        return tuple(map(_movement, rows))

    def delete(self, movement_id: str) -> bool:
        """Delete one for good, in the copies too; False where there is none."""
        gone = self._session.execute(
            delete(MovementRow).where(MovementRow.id == movement_id).returning(MovementRow.id)
        )
        found = gone.first() is not None
        if found:
            note_uprooted(self._session, MovementRow.__tablename__, [movement_id])
        return found


def _movement(row: MovementRow) -> Movement:
    return Movement(
        id=row.id,
        interview_id=row.interview_id,
        at=row.at,
        kind=row.kind,
        minutes=row.minutes,
        before=row.before,
        after=row.after,
    )
