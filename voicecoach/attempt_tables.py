"""The tables of the attempt log.

An attempt is one row that says where it stands; what was heard and judged are rows of their own
that are only ever added. Bodies are the records as JSON; what is searched or counted (status,
times, the overall) has a column, so that readiness never reads a body.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from question_bank.tables import Base


class AttemptRow(Base):
    """One attempt. `overall` is what counts (see `counted_overall`), and stays once it is deleted.

    `written` tells that the person wrote its words, at least a good part of them, rather than that
    they were heard; it stays too. `fingerprint` is a digest of the sound's measures or of typed
    words, equal where the same file (cut a little, perhaps) or text was given again; it goes with
    the content.
    """

    __tablename__ = "attempts"

    id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"))
    asked: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[str] = mapped_column(index=True)
    recording: Mapped[str | None]
    recording_seconds: Mapped[float | None]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("attempts.id"), index=True)
    interrupted: Mapped[str | None]
    sound: Mapped[str | None]
    rating: Mapped[int | None]
    forecast: Mapped[str | None]
    failure: Mapped[str | None]
    synthetic: Mapped[bool]
    claimed_by: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    overall: Mapped[float | None]
    written: Mapped[bool]
    fingerprint: Mapped[str | None]
    interventions: Mapped[str | None]

    transcripts: Mapped[list["TranscriptRow"]] = relationship(order_by="TranscriptRow.version")
    judgements: Mapped[list["JudgementRow"]] = relationship(order_by="JudgementRow.number")

    __table_args__ = (
        Index("ix_attempts_question_id_started_at", "question_id", "started_at"),
        CheckConstraint("rating BETWEEN 1 AND 4", name="rating_1_to_4"),
    )


class TranscriptRow(Base):
    """One version of what was said in an attempt."""

    __tablename__ = "transcripts"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[str]


class JudgementRow(Base):
    """One judgement of an attempt, numbered from 1 in the order they were made."""

    __tablename__ = "judgements"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    transcript_version: Mapped[int | None]
    overall: Mapped[float | None]
    body: Mapped[str]
