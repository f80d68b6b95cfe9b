"""What changed between two versions of an attempt: word by word, and criterion by criterion. Pure.

Each version has the judgement that was made of it last.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.errors import ConflictError, NotFoundError
from voicecoach.scoring.result import (
    Criterion,
    CriterionName,
    Judgement,
    PointState,
    Score,
    Unscoreable,
)
from voicecoach.scoring.rubric import part_of_overall
from voicecoach.speech.correction import Block, word_blocks
from voicecoach.speech.transcript import Transcript, TranscriptSource, Word


class PieceKind(StrEnum):
    """What became of a piece of the text. `SAME` leaves punctuation and capitals aside."""

    SAME = "same"
    CHANGED = "changed"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptVersion:
    """One version of what was said, and how it was judged.

    `engine` and `weights` name what its times are from; `aligned` and `estimated_words` tell how
    exact they are (see `Transcript`). `overall` is None where there is no score; `reasons` then
    say why.
    """

    version: int
    source: TranscriptSource
    engine: str
    weights: str
    aligned: bool
    words: int
    estimated_words: int
    overall: float | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPiece:
    """A run of words in both versions; the pieces in order are both texts whole.

    `before` and `after` are the words there (empty where there are none). The seconds are those of
    the words after, of those before where they were removed; None where they have no times.
    """

    kind: PieceKind
    before: str
    after: str
    start_seconds: float | None
    end_seconds: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointChange:
    """A point of the outline whose state changed; None where a version was not asked for it."""

    point_id: str
    text: str
    before: PointState | None
    after: PointState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionChange:
    """One criterion in both versions.

    `level_before` and `level_after` are 1–5, None where it was not measured. `points_changed` is
    how many points of the overall's 100 it gave more (or, negative, fewer) than before, with each
    version's own weights; `outline_points` the points of the outline whose state changed.
    """

    name: CriterionName
    level_before: float | None
    level_after: float | None
    points_changed: float
    outline_points: tuple[PointChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions of an attempt side by side; `criteria` is empty unless both have a score."""

    attempt_id: str
    before: AttemptVersion
    after: AttemptVersion
    text: tuple[TextPiece, ...]
    words_changed: int
    overall_changed: float | None
    criteria: tuple[CriterionChange, ...]


def versions_of(attempt: Attempt) -> tuple[AttemptVersion, ...]:
    """Return the versions of an attempt, the first one first."""
    return tuple(_version(attempt, transcript) for transcript in attempt.transcripts)


def as_of(attempt: Attempt, version: int) -> Attempt:
    """Return an attempt as it stood with a version of its transcript.

    Raises:
        NotFoundError: it has no such version.
    """
    _transcript(attempt, version)
    judgements = tuple(j for j in attempt.judgements if (j.transcript_version or 0) <= version)
    status = attempt.status
    if judgements:
        scored = isinstance(judgements[-1], Score)
        status = AttemptStatus.SCORED if scored else AttemptStatus.UNSCOREABLE
    return replace(
        attempt,
        transcripts=tuple(t for t in attempt.transcripts if t.version <= version),
        judgements=judgements,
        status=status,
    )


def compare_versions(
    attempt: Attempt, before: int | None = None, after: int | None = None
) -> Comparison:
    """Compare two versions of an attempt: by default the last one with the one before it.

    Raises:
        NotFoundError: it has no such version.
        ConflictError: there are not two versions yet.
    """
    if len(attempt.transcripts) < 2 and (before is None or after is None):
        raise ConflictError(
            "There are no two versions of that answer to compare.",
            f"Correct it first: voicecoach attempts correct {attempt.id}",
        )
    new = _transcript(attempt, attempt.transcripts[-1].version if after is None else after)
    old = _transcript(attempt, max(1, new.version - 1) if before is None else before)
    one, other = _score(attempt, old.version), _score(attempt, new.version)
    return Comparison(
        attempt_id=attempt.id,
        before=_version(attempt, old),
        after=_version(attempt, new),
        text=compare_texts(old.words, new.words),
        words_changed=sum(
            max(block.old_end - block.old_start, block.new_end - block.new_start)
            for block in _blocks(old.words, new.words)
            if not block.same
        ),
        overall_changed=round(other.overall - one.overall, 1) if one and other else None,
        criteria=_criteria(one.criteria, other.criteria) if one and other else (),
    )


def compare_texts(old: Sequence[Word], new: Sequence[Word]) -> tuple[TextPiece, ...]:
    """Return the pieces, in order, that make up both texts."""
    return tuple(
        _piece(
            block,
            old[block.old_start : block.old_end],
            new[block.new_start : block.new_end],
        )
        for block in _blocks(old, new)
    )


def _blocks(old: Sequence[Word], new: Sequence[Word]) -> list[Block]:
    return word_blocks([word.text for word in old], [word.text for word in new])


def _piece(block: Block, before: Sequence[Word], after: Sequence[Word]) -> TextPiece:
    if block.same:
        kind = PieceKind.SAME
    elif before and after:
        kind = PieceKind.CHANGED
    else:
        kind = PieceKind.ADDED if after else PieceKind.REMOVED
    placed = after or before
    return TextPiece(
        kind=kind,
        before=" ".join(word.text for word in before),
        after=" ".join(word.text for word in after),
        start_seconds=placed[0].start_seconds,
        end_seconds=placed[-1].end_seconds,
    )


def _criteria(
    before: Sequence[Criterion], after: Sequence[Criterion]
) -> tuple[CriterionChange, ...]:
    old, new = {c.name: c for c in before}, {c.name: c for c in after}
    return tuple(
        CriterionChange(
            name=name,
            level_before=_level(old.get(name)),
            level_after=_level(new.get(name)),
            points_changed=round(_points(new.get(name)) - _points(old.get(name)), 1),
            outline_points=_outline_points(old.get(name), new.get(name)),
        )
        for name in CriterionName
        if name in old or name in new
    )


def _level(criterion: Criterion | None) -> float | None:
    return None if criterion is None else criterion.level


def _points(criterion: Criterion | None) -> float:
    if criterion is None or criterion.level is None:
        return 0.0
    return part_of_overall(criterion.level, criterion.weight)


def _outline_points(before: Criterion | None, after: Criterion | None) -> tuple[PointChange, ...]:
    old = {point.point_id: point for point in before.points} if before else {}
    new = {point.point_id: point for point in after.points} if after else {}
    changes = [
        PointChange(
            point_id=point_id,
            text=point.text,
            before=old[point_id].state if point_id in old else None,
            after=new[point_id].state if point_id in new else None,
        )
        for point_id, point in (old | new).items()
    ]
    return tuple(change for change in changes if change.before is not change.after)


def _version(attempt: Attempt, transcript: Transcript) -> AttemptVersion:
    judgement = _judgement(attempt, transcript.version)
    return AttemptVersion(
        version=transcript.version,
        source=transcript.source,
        engine=transcript.engine,
        weights=transcript.weights,
        aligned=transcript.aligned,
        words=len(transcript.words),
        estimated_words=transcript.estimated_words,
        overall=judgement.overall if isinstance(judgement, Score) else None,
        reasons=judgement.reasons if isinstance(judgement, Unscoreable) else (),
    )


def _judgement(attempt: Attempt, version: int) -> Judgement | None:
    """Return the last judgement of a version; None where it was never judged."""
    of_it = [j for j in attempt.judgements if j.transcript_version == version]
    return of_it[-1] if of_it else None


def _score(attempt: Attempt, version: int) -> Score | None:
    judgement = _judgement(attempt, version)
    return judgement if isinstance(judgement, Score) else None


def _transcript(attempt: Attempt, version: int) -> Transcript:
    for transcript in attempt.transcripts:
        if transcript.version == version:
            return transcript
    known = len(attempt.transcripts)
    raise NotFoundError(
        f"That answer has no version {version}.",
        f"It has versions 1 to {known}." if known else "It has no transcript yet.",
    )
