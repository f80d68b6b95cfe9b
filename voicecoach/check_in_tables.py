"""The table of how somebody felt, and what they wrote about it for themselves."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import PRIVATE, Base


class CheckInRow(Base):
    """One check-in. `feelings` is a list of [word, intensity]; `note` is read by nobody else.

    `note_may_leave` says whether the person lets the note into an export.
    """

    __tablename__ = "feeling_check_ins"

    id: Mapped[str] = mapped_column(primary_key=True)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    feelings: Mapped[list[list[Any]]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(info={PRIVATE: "note_may_leave"})
    note_may_leave: Mapped[bool]
