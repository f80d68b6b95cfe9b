"""The stored takeaways, inside one session. Rows are only added; taking back is a row too."""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from question_bank.tables import QuestionRow
from voicecoach.errors import NotFoundError
from voicecoach.feedback_tables import TakeawayRow, TakeawayUndoingRow
from voicecoach.scoring.result import CriterionName
from voicecoach.takeaways import Takeaway, TakeawaySource, Use


class TakeawayStore:
    """What became of sentences. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, takeaway: Takeaway) -> None:
        """Store what became of a sentence."""
        self._session.add(
            TakeawayRow(
                id=takeaway.id,
                interview_id=takeaway.interview_id,
                source=takeaway.source.value,
                quote=takeaway.quote,
                use=takeaway.use.value,
                words=takeaway.words,
                question_id=takeaway.question_id,
                criterion=None if takeaway.criterion is None else takeaway.criterion.value,
                kept_at=takeaway.kept_at,
            )
        )
        self._session.flush()

    def undo(self, takeaway_id: str, *, now: datetime) -> None:
        """Note that a takeaway is taken back."""
        self._session.add(TakeawayUndoingRow(takeaway_id=takeaway_id, undone_at=now))
        self._session.flush()

    def get(self, takeaway_id: str) -> Takeaway:
        """Return one that counts, by its id or a beginning that fits no other.

        Raises:
            NotFoundError: there is none, or it was taken back.
        """
        found = self._all(TakeawayRow.id.startswith(takeaway_id, autoescape=True))
        if len(found) != 1 or not takeaway_id:
            raise NotFoundError(
                f"Nothing that you kept has the id '{takeaway_id[:60]}'.",
                "It may have been taken back already; look at the list again.",
            )
        return found[0]

    def of_interview(self, interview_id: str) -> tuple[Takeaway, ...]:
        """Return what counts of one interview, oldest first."""
        return self._all(TakeawayRow.interview_id == interview_id)

    def of_question(self, question_id: str) -> tuple[Takeaway, ...]:
        """Return what counts of one question, those merged into it too, oldest first."""
        return self._all(
            (TakeawayRow.question_id == question_id) | (QuestionRow.merged_into == question_id)
        )

    def every(self, use: Use) -> tuple[Takeaway, ...]:
        """Return everything of one use that counts, oldest first."""
        return self._all(TakeawayRow.use == use.value)

    def _all(self, *conditions: ColumnElement[bool]) -> tuple[Takeaway, ...]:
        """Return what was not taken back, its question followed to what it was merged into."""
        undone = exists().where(TakeawayUndoingRow.takeaway_id == TakeawayRow.id)
        query = (
            select(TakeawayRow, QuestionRow.merged_into)
            .outerjoin(QuestionRow, QuestionRow.id == TakeawayRow.question_id)
            .where(~undone, *conditions)
            .order_by(TakeawayRow.kept_at, TakeawayRow.id)
        )
        return tuple(_takeaway_of(row, merged) for row, merged in self._session.execute(query))


def _takeaway_of(row: TakeawayRow, merged_into: str | None) -> Takeaway:
    return Takeaway(
        id=row.id,
        interview_id=row.interview_id,
        source=TakeawaySource(row.source),
        quote=row.quote,
        use=Use(row.use),
        words=row.words,
        kept_at=row.kept_at,
        question_id=merged_into or row.question_id,
        criterion=None if row.criterion is None else CriterionName(row.criterion),
    )
