"""The tables of mock interviews: what was chosen. Where one stands is computed from attempts."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from question_bank.tables import Base


class MockInterviewRow(Base):
    """One mock interview. `ended_at` is set where the person ended it early.

    `role`, `weakness` and `reason` say what it was chosen by ("": by nothing of that sort); the
    last three what pressure was on.
    """

    __tablename__ = "mock_interviews"

    id: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime] = mapped_column(index=True)
    ended_at: Mapped[datetime | None]
    follow_ups: Mapped[bool]
    role: Mapped[str]
    weakness: Mapped[str]
    reason: Mapped[str]
    interruptions: Mapped[bool]
    limit_seconds: Mapped[int | None]
    silence_seconds: Mapped[int | None]

    questions: Mapped[list["MockQuestionRow"]] = relationship(order_by="MockQuestionRow.number")


class MockQuestionRow(Base):
    """One question of the plan, numbered from 1, and whether the person went on without it."""

    __tablename__ = "mock_questions"

    mock_id: Mapped[str] = mapped_column(ForeignKey("mock_interviews.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"))
    closing: Mapped[bool]
    passed: Mapped[bool]
    follow_up_passed: Mapped[bool]
