"""The table of the person's own guesses."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import Base


class GuessRow(Base):
    """What a person expected of an answer of theirs, or that they saw its score without a guess.

    One row an attempt, never changed: whichever came first, the guess or the score, stands.
    `expected` is null where the score was shown first.
    """

    __tablename__ = "guesses"

    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    expected: Mapped[float | None]
    made_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("expected BETWEEN 0 AND 100", name="expected_0_to_100"),)
