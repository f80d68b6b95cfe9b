"""The table of interview-day checklists: what was ticked, left out or added."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import Base


class DayNoteRow(Base):
    """One item of an interview's checklist that is not as every checklist has it.

    `text` is the person's own, "" for an item that every checklist has; `place` orders own items.
    """

    __tablename__ = "interview_day_notes"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    item: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    ticked: Mapped[bool]
    removed: Mapped[bool]
    place: Mapped[int]
