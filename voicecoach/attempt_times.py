"""The one thing of the log that is refined: when the words of a transcript version are said.

Words a person wrote are stored and judged at once, with times that are estimates; aligning them
with the sound takes longer. The measured times then take the estimates' place in the same version,
and in the same transaction in every judgement that quotes it, so that whoever reads the log finds
each quote at its words' seconds, before, after, and if the power is cut between.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voicecoach.attempt_rows import judgement_of, stored_json, transcript_of
from voicecoach.attempt_tables import JudgementRow, TranscriptRow
from voicecoach.errors import ConflictError
from voicecoach.scoring.retiming import at_times_of
from voicecoach.speech.transcript import Transcript


def refine_times(session: Session, attempt_id: str, aligned: Transcript) -> None:
    """Put measured times in place of a stored version's estimates.

    Args:
        session: the unit of work; the caller holds the attempt's claim.
        attempt_id: its full id.
        aligned: that version, its words where they are said.

    Raises:
        ConflictError: that version is not stored, or holds other words, or is aligned already.
    """
    row = session.get(TranscriptRow, (attempt_id, aligned.version))
    stored = None if row is None else transcript_of(row.body)
    if row is None or stored is None or not _same_words(stored, aligned) or stored.aligned:
        raise ConflictError(
            f"Version {aligned.version} of the transcript is not the one that was aligned.",
            "Look at the newest transcript.",
        )
    row.body = stored_json(aligned)
    judgements = select(JudgementRow).where(
        JudgementRow.attempt_id == attempt_id, JudgementRow.transcript_version == aligned.version
    )
    for judged in session.scalars(judgements):
        judged.body = stored_json(at_times_of(judgement_of(judged.body), aligned))
    session.flush()


def _same_words(one: Transcript, other: Transcript) -> bool:
    return one.text == other.text and [word.text for word in one.words] == [
        word.text for word in other.words
    ]
