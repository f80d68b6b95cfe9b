"""The tables of what came in an interview, as the person told it once the day was over."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from question_bank.tables import Base


class WhatCameRow(Base):
    """That an interview was told about, and when last; its questions may be none."""

    __tablename__ = "what_came"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    told_at: Mapped[datetime]

    questions: Mapped[list["CameQuestionRow"]] = relationship(
        order_by="CameQuestionRow.number", cascade="all, delete-orphan", passive_deletes=True
    )


class CameQuestionRow(Base):
    """One question that came, numbered from 1 as it was told.

    `asked` are the interviewer's words as the person remembers them. `trip_id` names the entry of
    the question's history that the telling made, null where there was one already.
    """

    __tablename__ = "questions_that_came"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("what_came.interview_id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), index=True)
    asked: Mapped[str]
    went: Mapped[str]
    was_new: Mapped[bool]
    trip_id: Mapped[str | None]
