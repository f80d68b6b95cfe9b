"""The table of movement: what somebody did, for how long, how it felt before and after."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import Base


class MovementRow(Base):
    """One time of moving. `before` and `after` are 1 (bad) to 5 (good), None where not said."""

    __tablename__ = "movements"

    id: Mapped[str] = mapped_column(primary_key=True)
    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    kind: Mapped[str]
    minutes: Mapped[int]
    before: Mapped[int | None]
    after: Mapped[int | None]

    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("before BETWEEN 1 AND 5", name="before_1_to_5"),
        CheckConstraint("after BETWEEN 1 AND 5", name="after_1_to_5"),
    )
