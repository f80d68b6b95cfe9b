"""The stored guesses, inside one session."""

from datetime import datetime

from sqlalchemy import Select, exists, insert, literal, null, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_tables import AttemptRow
from voicecoach.guess_tables import GuessRow
from voicecoach.guesses import Guess

_JUDGED = (AttemptStatus.SCORED.value, AttemptStatus.UNSCOREABLE.value)


class GuessStore:
    """What was guessed of answers, and of which the score was shown first. It never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, attempt_id: str) -> Guess | None:
        """Return what was guessed of an answer; None while it is open."""
        row = self._session.get(GuessRow, attempt_id)
        return None if row is None else _guess_of(row)

    def every(self) -> tuple[Guess, ...]:
        """Return every guess that was made, oldest first."""
        query = (
            select(GuessRow)
            .where(GuessRow.expected.is_not(None))
            .order_by(GuessRow.made_at, GuessRow.attempt_id)
        )
        return tuple(_guess_of(row) for row in self._session.scalars(query))

    def add(self, guess: Guess) -> bool:
        """Store a guess; return whether it was still open, for what stands first is final."""
        row = GuessRow(attempt_id=guess.attempt_id, expected=guess.expected, made_at=guess.made_at)
        try:
            with self._session.begin_nested():
                self._session.add(row)
        except IntegrityError:
            return False
        return True

    def has_unseen_scores(self, attempt_id: str | None = None) -> bool:
        """Whether there are judged answers, or this is one, with nothing guessed nor shown."""
        query = _unseen(select(AttemptRow.id), attempt_id)
        return self._session.scalar(query.limit(1)) is not None

    def mark_shown(self, now: datetime, attempt_id: str | None = None) -> None:
        """Note that the score of every judged answer, or of this one, was shown."""
        unseen = _unseen(
            select(AttemptRow.id, null().label("expected"), literal(now, GuessRow.made_at.type)),
            attempt_id,
        )
        with self._session.begin_nested():
            self._session.execute(
                insert(GuessRow).from_select(["attempt_id", "expected", "made_at"], unseen)
            )


def _unseen(
    query: Select[*tuple[object, ...]], attempt_id: str | None
) -> Select[*tuple[object, ...]]:
    query = query.where(
        AttemptRow.status.in_(_JUDGED), ~exists().where(GuessRow.attempt_id == AttemptRow.id)
    )
    return query if attempt_id is None else query.where(AttemptRow.id == attempt_id)


def _guess_of(row: GuessRow) -> Guess:
    return Guess(attempt_id=row.attempt_id, expected=row.expected, made_at=row.made_at)
