"""The stored mock interviews, inside one session."""

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_rows import attempt_of
from voicecoach.attempt_tables import AttemptRow
from voicecoach.errors import ConflictError, NotFoundError
from voicecoach.mock_interview import MockInterview, PlannedQuestion
from voicecoach.mock_pressure import Pressure
from voicecoach.mock_tables import MockInterviewRow, MockQuestionRow


class MockStore:
    """What was chosen for each mock interview. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, mock: MockInterview) -> None:
        """Store a new mock interview."""
        row = MockInterviewRow(
            id=mock.id,
            started_at=mock.started_at,
            ended_at=mock.ended_at,
            follow_ups=mock.follow_ups,
            role=mock.role,
            weakness=mock.weakness,
            reason=mock.reason,
            interruptions=mock.pressure.interruptions,
            limit_seconds=mock.pressure.limit_seconds,
            silence_seconds=mock.pressure.silence_seconds,
        )
        row.questions = [
            MockQuestionRow(
                mock_id=mock.id,
                number=planned.number,
                question_id=planned.question_id,
                closing=planned.closing,
                passed=planned.passed,
                follow_up_passed=planned.follow_up_passed,
            )
            for planned in mock.questions
        ]
        self._session.add(row)
        self._session.flush()

    def get(self, mock_id: str) -> MockInterview:
        """Return one mock interview by its id or an unambiguous beginning of it.

        Raises:
            NotFoundError: there is none.
            ConflictError: several begin so.
        """
        return _mock_of(self._row(mock_id))

    def latest(self, limit: int, offset: int = 0) -> tuple[MockInterview, ...]:
        """Return mock interviews, the latest first."""
        query = (
            select(MockInterviewRow)
            .order_by(MockInterviewRow.started_at.desc(), MockInterviewRow.id.desc())
            .options(selectinload(MockInterviewRow.questions))
            .limit(limit)
            .offset(offset)
        )
        return tuple(_mock_of(row) for row in self._session.scalars(query))

    def count(self) -> int:
        """Return how many there are."""
        return self._session.scalar(select(func.count()).select_from(MockInterviewRow)) or 0

    def save(self, mock: MockInterview) -> None:
        """Store when it ended, and which questions were passed over."""
        row = self._row(mock.id)
        row.ended_at = mock.ended_at
        planned = {one.number: one for one in mock.questions}
        for stored in row.questions:
            stored.passed = planned[stored.number].passed
            stored.follow_up_passed = planned[stored.number].follow_up_passed
        self._session.flush()

    def answers_since_start(
        self, mock: MockInterview, question_ids: Iterable[str]
    ) -> tuple[Attempt, ...]:
        """Return what was answered to these questions since it began, oldest first."""
        query = (
            select(AttemptRow)
            .where(
                AttemptRow.question_id.in_(sorted(set(question_ids))),
                AttemptRow.started_at >= mock.started_at,
                AttemptRow.status != AttemptStatus.DELETED.value,
            )
            .order_by(AttemptRow.started_at, AttemptRow.id)
            .options(selectinload(AttemptRow.transcripts), selectinload(AttemptRow.judgements))
        )
        if mock.ended_at is not None:
            query = query.where(AttemptRow.started_at <= mock.ended_at)
        return tuple(attempt_of(row) for row in self._session.scalars(query))

    def _row(self, mock_id: str) -> MockInterviewRow:
        wanted = mock_id.strip()
        if wanted.isalnum():
            query = select(MockInterviewRow).where(MockInterviewRow.id.startswith(wanted)).limit(2)
            rows = self._session.scalars(query).all()
            if len(rows) == 1:
                return rows[0]
            if rows:
                raise ConflictError(
                    f"Several mock interviews begin with {wanted}.", "Give more of its id."
                )
        raise NotFoundError("There is no such mock interview.", "Begin a new one.")


def _mock_of(row: MockInterviewRow) -> MockInterview:
    return MockInterview(
        id=row.id,
        started_at=row.started_at,
        ended_at=row.ended_at,
        follow_ups=row.follow_ups,
        role=row.role,
        weakness=row.weakness,
        reason=row.reason,
        pressure=Pressure(
            interruptions=row.interruptions,
            limit_seconds=row.limit_seconds,
            silence_seconds=row.silence_seconds,
        ),
        questions=tuple(
            PlannedQuestion(
                number=stored.number,
                question_id=stored.question_id,
                closing=stored.closing,
                passed=stored.passed,
                follow_up_passed=stored.follow_up_passed,
            )
            for stored in row.questions
        ),
    )
