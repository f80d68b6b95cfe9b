"""What came in interviews, as it is stored, inside one session."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from question_bank.uprooting import note_uprooted
from voicecoach.what_came import CameQuestion, Went, WhatCame
from voicecoach.what_came_tables import CameQuestionRow, WhatCameRow


class WhatCameStore:
    """The stored tellings, one an interview. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, told: WhatCame) -> None:
        """Store what came, in place of what was told before of that interview.

        Where words of it are told no longer, the copies lose what was told before.
        """
        row = self._session.get(WhatCameRow, told.interview_id)
        if row is None:
            row = WhatCameRow(interview_id=told.interview_id, told_at=told.told_at)
            self._session.add(row)
        else:
            told_still = {(one.question_id, one.asked) for one in told.questions}
            if any((one.question_id, one.asked) not in told_still for one in row.questions):
                note_uprooted(self._session, WhatCameRow.__tablename__, [row.interview_id])
            row.questions.clear()
            self._session.flush()  # the numbers are free again
        row.told_at = told.told_at
        row.questions.extend(
            CameQuestionRow(
                interview_id=told.interview_id,
                number=number,
                question_id=question.question_id,
                asked=question.asked,
                went=question.went.value,
                was_new=question.was_new,
                trip_id=question.trip_id,
            )
            for number, question in enumerate(told.questions, start=1)
        )
        self._session.flush()

    def of_interview(self, interview_id: str) -> WhatCame | None:
        """Return what was told of an interview; None where nothing was yet."""
        row = self._session.get(WhatCameRow, interview_id)
        return None if row is None else _what_came_of(row)

    def every(self) -> tuple[WhatCame, ...]:
        """Return every telling, the first one told first."""
        query = (
            select(WhatCameRow)
            .order_by(WhatCameRow.told_at, WhatCameRow.interview_id)
            .options(selectinload(WhatCameRow.questions))
        )
        return tuple(_what_came_of(row) for row in self._session.scalars(query))


def _what_came_of(row: WhatCameRow) -> WhatCame:
    return WhatCame(
        interview_id=row.interview_id,
        told_at=row.told_at,
        questions=tuple(
            CameQuestion(
                question_id=question.question_id,
                asked=question.asked,
                went=Went(question.went),
                was_new=question.was_new,
                trip_id=question.trip_id,
            )
            for question in row.questions
        ),
    )
