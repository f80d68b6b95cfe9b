"""The tables of agreement: the person's word on points, and cut-points recalibrated from it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import Base


class PointVerdictRow(Base):
    """One word on one point, numbered from 1 within its attempt. Only ever added.

    The newest about a point counts; without a `verdict` it takes the earlier ones back. What the
    coach gave at that time stands beside it: `state`, `similarity` (0–1), `guard`, and with which
    rubric and encoder.
    """

    __tablename__ = "point_verdicts"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    point_id: Mapped[str]
    transcript_version: Mapped[int]
    verdict: Mapped[str | None]
    state: Mapped[str]
    similarity: Mapped[float]
    guard: Mapped[str | None]
    rubric_version: Mapped[str]
    encoder: Mapped[str | None]
    given_at: Mapped[datetime]


class CutPointsRow(Base):
    """One recalibration, numbered from 1. Only ever added; the newest counts.

    Without figures it goes back to the rubric's own cut-points. It holds for the rubric's version
    it was made with: another version may measure similarity on another scale.
    """

    __tablename__ = "cut_points"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    said_from: Mapped[float | None]
    partly_from: Mapped[float | None]
    verdicts: Mapped[int]
    rubric_version: Mapped[str]
    made_at: Mapped[datetime]
