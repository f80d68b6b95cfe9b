"""The stored checklists of interview days, inside one session."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from question_bank.uprooting import note_uprooted
from voicecoach.interview_day import DayNote
from voicecoach.interview_day_tables import DayNoteRow


class InterviewDayStore:
    """What was ticked, left out or added. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_interview(self, interview_id: str) -> tuple[DayNote, ...]:
        """Return what was done to one interview's checklist."""
        query = (
            select(DayNoteRow)
            .where(DayNoteRow.interview_id == interview_id)
            .order_by(DayNoteRow.place, DayNoteRow.item)
        )
        return tuple(
            DayNote(
                item=row.item,
                text=row.text,
                ticked=row.ticked,
                removed=row.removed,
                place=row.place,
            )
            for row in self._session.scalars(query)
        )

    def keep(self, interview_id: str, note: DayNote) -> None:
        """Store what was done to one item, in place of what was stored."""
        self._session.merge(
            DayNoteRow(
                interview_id=interview_id,
                item=note.item,
                text=note.text,
                ticked=note.ticked,
                removed=note.removed,
                place=note.place,
            )
        )
        self._session.flush()

    def forget(self, interview_id: str, item: str) -> None:
        """Forget an item of the person's own for good, in the copies too."""
        self._session.execute(
            delete(DayNoteRow).where(
                DayNoteRow.interview_id == interview_id, DayNoteRow.item == item
            )
        )
        note_uprooted(self._session, DayNoteRow.__tablename__, [(interview_id, item)])
