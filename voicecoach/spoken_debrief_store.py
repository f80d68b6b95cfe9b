"""The stored told debriefs, inside one session."""

from typing import Final

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from question_bank.limits import check_page
from question_bank.uprooting import note_uprooted
from voicecoach.errors import ConflictError, NotFoundError
from voicecoach.speech.transcript import Transcript
from voicecoach.spoken_debrief import SpokenDebrief, SpokenDebriefStatus, ToldFinding
from voicecoach.spoken_debrief_tables import SpokenDebriefRow

_TRANSCRIPT: Final = msgspec.json.Decoder(Transcript)
_FINDINGS: Final = msgspec.json.Decoder(tuple[ToldFinding, ...])


class SpokenDebriefStore:
    """Debriefs that were told aloud. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, debrief: SpokenDebrief) -> None:
        """Store a new one."""
        row = SpokenDebriefRow(id=debrief.id, told_at=debrief.told_at, recording=debrief.recording)
        _fill(row, debrief)
        self._session.add(row)
        self._session.flush()

    def get(self, debrief_id: str) -> SpokenDebrief:
        """Return one by its id or an unambiguous beginning of it.

        Raises:
            NotFoundError: there is none.
            ConflictError: several begin so.
        """
        return _debrief_of(self._row(debrief_id))

    def list(self, *, limit: int = 50, offset: int = 0) -> tuple[SpokenDebrief, ...]:
        """Return them, the latest first."""
        check_page(limit, offset)
        query = (
            select(SpokenDebriefRow)
            .order_by(SpokenDebriefRow.told_at.desc(), SpokenDebriefRow.id)
            .limit(limit)
            .offset(offset)
        )
        return tuple(_debrief_of(row) for row in self._session.scalars(query))

    def count(self) -> int:
        """Return how many there are."""
        return self._session.scalar(select(func.count()).select_from(SpokenDebriefRow)) or 0

    def of_interview(self, interview_id: str) -> tuple[SpokenDebrief, ...]:
        """Return those that were entered for an interview, oldest first."""
        query = (
            select(SpokenDebriefRow)
            .where(SpokenDebriefRow.interview_id == interview_id)
            .order_by(SpokenDebriefRow.told_at, SpokenDebriefRow.id)
        )
        return tuple(_debrief_of(row) for row in self._session.scalars(query))

    def save(self, debrief: SpokenDebrief) -> None:
        """Store how a debrief stands now."""
        _fill(self._row(debrief.id), debrief)
        self._session.flush()

    def delete(self, debrief_id: str) -> None:
        """Delete one; its words leave the backups too, when the transaction commits."""
        row = self._row(debrief_id)
        self._session.delete(row)
        self._session.flush()
        note_uprooted(self._session, SpokenDebriefRow.__tablename__, [row.id])

    def _row(self, debrief_id: str) -> SpokenDebriefRow:
        wanted = debrief_id.strip()
        if wanted and wanted.isprintable():
            row = self._session.get(SpokenDebriefRow, debrief_id)
            if row is not None:
                return row
            begins = SpokenDebriefRow.id.startswith(wanted, autoescape=True)
            rows = self._session.scalars(select(SpokenDebriefRow).where(begins).limit(2)).all()
            if len(rows) == 1:
                return rows[0]
            if rows:
                raise ConflictError(
                    f"Several told debriefs begin with {wanted}.", "Give more of its id."
                )
        raise NotFoundError("There is no such told debrief.", "See them: voicecoach debriefs list")


def _fill(row: SpokenDebriefRow, debrief: SpokenDebrief) -> None:
    row.seconds = debrief.seconds
    row.interrupted = debrief.interrupted
    row.status = debrief.status.value
    row.reasons = list(debrief.reasons)
    heard = debrief.transcript
    row.transcript = None if heard is None else msgspec.json.encode(heard).decode()
    row.findings = msgspec.json.encode(debrief.findings).decode()
    row.interview_id = debrief.interview_id
    row.synthetic = debrief.synthetic


def _debrief_of(row: SpokenDebriefRow) -> SpokenDebrief:
    return SpokenDebrief(
        id=row.id,
        told_at=row.told_at,
        recording=row.recording,
        seconds=row.seconds,
        interrupted=row.interrupted,
        status=SpokenDebriefStatus(row.status),
        reasons=tuple(row.reasons),
        transcript=None if row.transcript is None else _TRANSCRIPT.decode(row.transcript),
        findings=_FINDINGS.decode(row.findings),
        interview_id=row.interview_id,
        synthetic=row.synthetic,
    )
