"""The table of recovery: which steps of which path were done or skipped."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import Base


class RecoveryStepRow(Base):
    """One word about one step. Only ever added; the newest counts. `note` is the person's own."""

    __tablename__ = "recovery_steps"

    id: Mapped[str] = mapped_column(primary_key=True)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[str]
    skipped: Mapped[bool]
    recorded_at: Mapped[datetime]
    note: Mapped[str]
