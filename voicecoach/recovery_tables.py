"""The tables of recovery: which paths were begun, which steps were done, skipped or reopened."""

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
    reopened: Mapped[bool]


class PathStartRow(Base):
    """That the person said an interview went badly, and when: its path began."""

    __tablename__ = "recovery_starts"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    begun_at: Mapped[datetime]
