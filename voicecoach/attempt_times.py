"""The one thing of the log that is refined: when the words of a transcript version are said.

Words a person wrote are stored and judged at once, with times that are estimates; aligning them
with the sound takes longer. The measured times then take the estimates' place in the same version,
and in the same transaction in every judgement that quotes it, so that whoever reads the log finds
each quote at its words' seconds, before, after, and if the power is cut between.

Some levels lean on times (how much of the answer its action takes). What the same rubric, outline
and encoder say of the same words at their measured times takes the place of what they said of them
at the estimated ones. Where any of those has changed since, levels stay as they were.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from voicecoach.attempt_rows import first_score, judgement_of, stored_json, transcript_of
from voicecoach.attempt_tables import AttemptRow, JudgementRow, TranscriptRow
from voicecoach.counted_overall import counted_overall
from voicecoach.errors import ConflictError
from voicecoach.scoring.result import Judgement, Score
from voicecoach.scoring.retiming import at_times_of
from voicecoach.speech.transcript import Transcript


def stands_on_the_same(before: Judgement | None, anew: Judgement) -> bool:
    """Tell whether two judgements of the same words can differ by their times only."""
    if not isinstance(before, Score) or not isinstance(anew, Score):
        return False
    return _ground(before) == _ground(anew)


def refine_times(
    session: Session, attempt_id: str, aligned: Transcript, *, judged_anew: Judgement | None = None
) -> None:
    """Put measured times in place of a stored version's estimates.

    Args:
        session: the unit of work; the caller holds the attempt's claim.
        attempt_id: its full id.
        aligned: that version, its words where they are said.
        judged_anew: what takes the place of the version's last judgement; None keeps its levels.

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
    rows = list(session.scalars(judgements.order_by(JudgementRow.number)))
    for judged in rows:
        judged.body = stored_json(at_times_of(judgement_of(judged.body), aligned))
    if rows and judged_anew is not None:
        overall = judged_anew.overall if isinstance(judged_anew, Score) else None
        rows[-1].body = stored_json(judged_anew)
        rows[-1].overall = overall
        attempt = session.get_one(AttemptRow, attempt_id)
        first = first_score(stored.body for stored in attempt.judgements)
        attempt.overall = counted_overall(attempt.overall, first, judged_anew)
    session.flush()


def _ground(score: Score) -> tuple[object, ...]:
    """Return what a score stands on besides the words.

    Rubric (with the weights' fingerprint), cut-points, outline, encoder and the shared-out weights.
    """
    weights = tuple((criterion.name, criterion.weight) for criterion in score.criteria)
    made_by = (score.rubric_version, score.cut_points, score.outline_version, score.encoder)
    return *made_by, weights


def _same_words(one: Transcript, other: Transcript) -> bool:
    return one.text == other.text and [word.text for word in one.words] == [
        word.text for word in other.words
    ]
