"""The stored words about the steps of recovery, inside one session."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from voicecoach.recovery import Step, StepRecord
from voicecoach.recovery_tables import PathStartRow, RecoveryStepRow


class RecoveryStore:
    """What the person said about each step. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, record: StepRecord) -> None:
        """Store one word about a step."""
        self._session.add(
            RecoveryStepRow(
                id=record.id,
                interview_id=record.interview_id,
                step=record.step.value,
                skipped=record.skipped,
                recorded_at=record.recorded_at,
                note=record.note,
                reopened=record.reopened,
            )
        )
        self._session.flush()

    def begin(self, interview_id: str, at: datetime) -> None:
        """Note that the person said an interview went badly; the first time counts."""
        if self._session.get(PathStartRow, interview_id) is None:
            self._session.add(PathStartRow(interview_id=interview_id, begun_at=at))
            self._session.flush()

    def begun(self) -> dict[str, datetime]:
        """Return by interview when the person said that it went badly."""
        return {
            row.interview_id: row.begun_at for row in self._session.scalars(select(PathStartRow))
        }

    def of_interview(self, interview_id: str) -> tuple[StepRecord, ...]:
        """Return the words about one interview's path, oldest first."""
        query = (
            select(RecoveryStepRow)
            .where(RecoveryStepRow.interview_id == interview_id)
            .order_by(RecoveryStepRow.recorded_at, RecoveryStepRow.id)
        )
        return tuple(
            StepRecord(
                id=row.id,
                interview_id=row.interview_id,
                step=Step(row.step),
                skipped=row.skipped,
                recorded_at=row.recorded_at,
                note=row.note,
                reopened=row.reopened,
            )
            for row in self._session.scalars(query)
        )
