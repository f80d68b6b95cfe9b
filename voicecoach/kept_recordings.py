"""Which recordings there should be: those of whole answers and of whole debriefs told aloud."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voicecoach.attempt_tables import AttemptRow
from voicecoach.spoken_debrief_tables import SpokenDebriefRow


def recordings_kept(session: Session) -> tuple[str, ...]:
    """Return the names of all recordings that came to their end and were not deleted."""
    answers = session.scalars(
        select(AttemptRow.recording)
        .where(AttemptRow.recording.is_not(None), AttemptRow.recording_seconds.is_not(None))
        .order_by(AttemptRow.id)
    )
    told = session.scalars(
        select(SpokenDebriefRow.recording)
        .where(SpokenDebriefRow.seconds.is_not(None))
        .order_by(SpokenDebriefRow.id)
    )
    return tuple(name for name in (*answers, *told) if name is not None)
