"""The tables of feedback: letters, where asking stands, replies, and what became of sentences.

Rows are only ever added. What a row says is taken back by a later one.
"""

from datetime import date, datetime
from typing import Final

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import Base


class _OfInterview:
    """A row that belongs to an interview and goes with it."""

    id: Mapped[str] = mapped_column(primary_key=True)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )


class FeedbackLetterRow(_OfInterview, Base):
    """A letter as the person left it; the newest of each purpose counts."""

    __tablename__ = "feedback_letters"

    purpose: Mapped[str]
    tone: Mapped[str]
    recipient: Mapped[str]
    address: Mapped[str]
    signed: Mapped[str]
    positive: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[datetime]


class FeedbackEventRow(_OfInterview, Base):
    """One thing that happened while feedback was asked for; `undoes` names one taken back."""

    __tablename__ = "feedback_events"

    kind: Mapped[str]
    day: Mapped[date | None]
    days: Mapped[int | None]
    undoes: Mapped[str | None]
    recorded_at: Mapped[datetime]


class FeedbackReplyRow(_OfInterview, Base):
    """A reply as it was pasted, and the part of it that the person kept; the newest counts."""

    __tablename__ = "feedback_replies"

    original: Mapped[str]
    kept: Mapped[str]
    received_at: Mapped[datetime]


class TakeawayRow(_OfInterview, Base):
    """What became of one sentence that an interview left behind; `quote` is that sentence."""

    __tablename__ = "takeaways"

    source: Mapped[str]
    quote: Mapped[str]
    use: Mapped[str]
    words: Mapped[str]
    question_id: Mapped[str | None] = mapped_column(ForeignKey("questions.id"), index=True)
    criterion: Mapped[str | None]
    kept_at: Mapped[datetime]


class TakeawayUndoingRow(Base):
    """A takeaway that was taken back."""

    __tablename__ = "takeaway_undoings"

    takeaway_id: Mapped[str] = mapped_column(
        ForeignKey("takeaways.id", ondelete="CASCADE"), primary_key=True
    )
    undone_at: Mapped[datetime]


FEEDBACK_TABLES: Final = (
    FeedbackLetterRow,
    FeedbackEventRow,
    FeedbackReplyRow,
    TakeawayRow,
    TakeawayUndoingRow,
)
"""All of them, parents first: what a person takes along or deletes."""
