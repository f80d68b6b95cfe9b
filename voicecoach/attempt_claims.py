"""Claims on stored attempts: one finisher at a time.

`claim` is a single conditional UPDATE, so of two workers exactly one gets the attempt, and a claim
that ran out can be taken over.
"""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, Update, or_, select, update
from sqlalchemy.orm import Session

from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_tables import AttemptRow
from voicecoach.errors import AttemptBusyError


class AttemptClaims:
    """Who is finishing which attempt, inside one session.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim(self, attempt_id: str, *, claimant: str, until: datetime, now: datetime) -> bool:
        """Take an attempt for finishing; false where somebody else has it, or it is deleted.

        Atomic: of any number of claimants at one moment exactly one gets it. `claimant` names one
        finisher, not a machine: the same name claiming twice is refused too (see `renew`).
        """
        return self._changed(
            update(AttemptRow)
            .where(
                AttemptRow.id == attempt_id,
                AttemptRow.status != AttemptStatus.DELETED.value,
                or_(AttemptRow.claimed_by.is_(None), AttemptRow.claimed_until <= now),
            )
            .values(claimed_by=claimant, claimed_until=until)
        )

    def renew(self, attempt_id: str, *, claimant: str, until: datetime) -> bool:
        """Keep one's own claim longer; false where it was taken over or the attempt is deleted."""
        return self._changed(
            update(AttemptRow)
            .where(AttemptRow.id == attempt_id, AttemptRow.claimed_by == claimant)
            .values(claimed_until=until)
        )

    def release(self, attempt_id: str, *, claimant: str) -> bool:
        """Give one's own claim back; false where it was no longer one's own."""
        return self._changed(
            update(AttemptRow)
            .where(AttemptRow.id == attempt_id, AttemptRow.claimed_by == claimant)
            .values(claimed_by=None, claimed_until=None)
        )

    def release_all(self, beginning: str) -> int:
        """Give back all claims whose claimant's name begins so; return how many.

        Only for whoever knows that these claimants are dead: a living one would lose its work.
        """
        result = self._session.execute(
            update(AttemptRow)
            .where(AttemptRow.claimed_by.startswith(beginning, autoescape=True))
            .values(claimed_by=None, claimed_until=None)
        )
        return cast("CursorResult[Any]", result).rowcount

    def assert_claimed(self, attempt_id: str, *, claimant: str) -> None:
        """Hold an attempt's row and make sure the claim is still one's own, before storing results.

        Raises:
            AttemptBusyError: somebody else took it over, or it was deleted.
        """
        holder = self._session.scalar(
            select(AttemptRow.claimed_by).where(AttemptRow.id == attempt_id).with_for_update()
        )
        if holder != claimant:
            raise AttemptBusyError(
                "Somebody else is finishing that attempt.", "Wait until it is done and look again."
            )

    def _changed(self, statement: Update) -> bool:
        self._session.flush()
        result = self._session.execute(statement.execution_options(synchronize_session="evaluate"))
        return cast("CursorResult[Any]", result).rowcount == 1
