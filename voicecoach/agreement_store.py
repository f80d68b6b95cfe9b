"""The stored words of the person on points, and the cut-points made from them, in one session.

Append-only: a verdict that is changed or taken back, and a recalibration that is undone, are
further rows. Deleting an attempt takes its verdicts with it (`AttemptStore.delete`).
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from voicecoach.agreement import PointVerdict
from voicecoach.agreement_tables import CutPointsRow, PointVerdictRow
from voicecoach.attempt_tables import AttemptRow
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.result import CutPoints, PointState


class AgreementStore:
    """Verdicts and cut-points. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, verdict: PointVerdict) -> None:
        """Store one word on one point. The caller has found the attempt and holds its row."""
        last = self._session.scalar(
            select(func.max(PointVerdictRow.number)).where(
                PointVerdictRow.attempt_id == verdict.attempt_id
            )
        )
        self._session.add(
            PointVerdictRow(
                attempt_id=verdict.attempt_id,
                number=1 + (last or 0),
                point_id=verdict.point_id,
                transcript_version=verdict.transcript_version,
                verdict=None if verdict.verdict is None else verdict.verdict.value,
                state=verdict.state.value,
                similarity=verdict.similarity,
                guard=verdict.guard,
                rubric_version=verdict.rubric_version,
                encoder=verdict.encoder,
                given_at=verdict.given_at,
            )
        )
        self._session.flush()

    def of_attempt(self, attempt_id: str) -> tuple[PointVerdict, ...]:
        """Return the whole log of one attempt (full id), oldest first."""
        return self.of_attempts([attempt_id]).get(attempt_id, ())

    def of_attempts(self, attempt_ids: Iterable[str]) -> dict[str, tuple[PointVerdict, ...]]:
        """Return the whole log of attempts (full ids) by attempt, oldest first; those with one."""
        query = (
            select(PointVerdictRow)
            .where(PointVerdictRow.attempt_id.in_(list(attempt_ids)))
            .order_by(PointVerdictRow.attempt_id, PointVerdictRow.number)
        )
        rows = groupby(self._session.scalars(query), key=lambda row: row.attempt_id)
        return {attempt_id: tuple(map(_verdict_of, found)) for attempt_id, found in rows}

    def every_verdict(self, *, with_synthetic: bool) -> tuple[PointVerdict, ...]:
        """Return the whole log of all attempts, within each the oldest first.

        Args:
            with_synthetic: those about answers of synthetic voices too.
        """
        query = (
            select(PointVerdictRow)
            .join(AttemptRow, AttemptRow.id == PointVerdictRow.attempt_id)
            .order_by(AttemptRow.started_at, AttemptRow.id, PointVerdictRow.number)
        )
        if not with_synthetic:
            query = query.where(AttemptRow.synthetic.is_(False))
        return tuple(_verdict_of(row) for row in self._session.scalars(query))

    def cut_points(self, rubric_version: str) -> CutPoints | None:
        """Return the person's own cut-points; None where the rubric's hold.

        Args:
            rubric_version: today's, without a fingerprint; cut-points of another don't hold.
        """
        row = self._newest_cut_points()
        if row is None or row.said_from is None or row.partly_from is None:
            return None
        if row.rubric_version != rubric_version:
            return None
        return CutPoints(said_from=row.said_from, partly_from=row.partly_from, number=row.number)

    def set_cut_points(
        self, cut_points: CutPoints | None, *, verdicts: int, rubric_version: str, now: datetime
    ) -> CutPoints | None:
        """Store a recalibration (None: back to the rubric's own) and return it with its number.

        Raises:
            ConflictError: somebody else stored one in the same moment.
        """
        row = self._newest_cut_points()
        number = 1 if row is None else row.number + 1
        self._session.add(
            CutPointsRow(
                number=number,
                said_from=None if cut_points is None else cut_points.said_from,
                partly_from=None if cut_points is None else cut_points.partly_from,
                verdicts=verdicts,
                rubric_version=rubric_version,
                made_at=now,
            )
        )
        self._session.flush()
        return self.cut_points(rubric_version)

    def _newest_cut_points(self) -> CutPointsRow | None:
        return self._session.scalars(
            select(CutPointsRow).order_by(CutPointsRow.number.desc()).limit(1)
        ).first()


def _verdict_of(row: PointVerdictRow) -> PointVerdict:
    return PointVerdict(
        attempt_id=row.attempt_id,
        point_id=row.point_id,
        transcript_version=row.transcript_version,
        verdict=None if row.verdict is None else Verdict(row.verdict),
        state=PointState(row.state),
        similarity=row.similarity,
        guard=row.guard,
        rubric_version=row.rubric_version,
        encoder=row.encoder,
        given_at=row.given_at,
    )
