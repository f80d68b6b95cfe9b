"""The stored adverts, inside one session."""

from sqlalchemy.orm import Session

from question_bank.uprooting import note_uprooted
from voicecoach.inventory_tables import AdvertDemandRow, AdvertRow
from voicecoach.kept_advert import Advert, KeptDemand


class AdvertStore:
    """The advert of each interview's job, one an interview. It flushes and never commits.

    Args:
        session: the unit of work.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_interview(self, interview_id: str) -> Advert | None:
        """Return an interview's advert by the interview's full id; None where none is kept."""
        row = self._session.get(AdvertRow, interview_id)
        return None if row is None else _advert_of(row)

    def keep(self, advert: Advert) -> None:
        """Store an advert in the place of what was there."""
        self._take_out(advert.interview_id)
        row = AdvertRow(interview_id=advert.interview_id, text=advert.text, kept_at=advert.kept_at)
        row.demands = [
            AdvertDemandRow(
                interview_id=advert.interview_id,
                number=one.number,
                text=one.text,
                must=one.must,
                added=one.added,
                left_out=one.left_out,
                entry_id=one.entry_id,
                question_id=one.question_id,
            )
            for one in advert.demands
        ]
        self._session.add(row)
        self._session.flush()

    def delete(self, interview_id: str) -> bool:
        """Delete an interview's advert for good; return whether there was one."""
        if not self._take_out(interview_id):
            return False
        note_uprooted(self._session, AdvertRow.__tablename__, [interview_id])
        return True

    def _take_out(self, interview_id: str) -> bool:
        row = self._session.get(AdvertRow, interview_id)
        if row is None:
            return False
        self._session.delete(row)
        self._session.flush()
        self._session.expire_all()  # its demands went with it, in the database
        return True


def _advert_of(row: AdvertRow) -> Advert:
    return Advert(
        interview_id=row.interview_id,
        text=row.text,
        kept_at=row.kept_at,
        demands=tuple(
            KeptDemand(
                number=one.number,
                text=one.text,
                must=one.must,
                added=one.added,
                left_out=one.left_out,
                entry_id=one.entry_id,
                question_id=one.question_id,
            )
            for one in row.demands
        ),
    )
