"""The table of debriefs that were told aloud."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from question_bank.tables import Base, ChangedInPlace


class SpokenDebriefRow(ChangedInPlace, Base):
    """One told debrief. `transcript` and `findings` are the records as JSON.

    It goes with the interview it was entered for.
    """

    __tablename__ = "spoken_debriefs"

    id: Mapped[str] = mapped_column(primary_key=True)
    told_at: Mapped[datetime] = mapped_column(index=True)
    recording: Mapped[str]
    seconds: Mapped[float | None]
    interrupted: Mapped[str | None]
    status: Mapped[str]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    transcript: Mapped[str | None]
    findings: Mapped[str]
    interview_id: Mapped[str | None] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), index=True
    )
    synthetic: Mapped[bool]
