"""Two answers to one question side by side: criteria, points, words. Pure."""

from dataclasses import dataclass

from voicecoach.attempt import Attempt
from voicecoach.errors import ConflictError
from voicecoach.scoring.result import Criterion, CriterionName, PointCoverage, PointState, Score


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionPair:
    """A criterion in both answers; None where an answer has no score or was not asked for it."""

    name: CriterionName
    first: Criterion | None
    second: Criterion | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointPair:
    """A point of the outline in both answers; None where an outline did not have it yet."""

    text: str
    first: PointState | None
    second: PointState | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two answers, the earlier one first."""

    first: Attempt
    second: Attempt
    criteria: tuple[CriterionPair, ...]
    points: tuple[PointPair, ...]


def side_by_side(one: Attempt, other: Attempt) -> SideBySide:
    """Return two answers to the same question beside each other, the earlier one first.

    Raises:
        ConflictError: it is one answer twice, or they answer different questions.
    """
    if one.id == other.id:
        raise ConflictError(
            "That is the same answer twice.", "Choose two different answers to compare."
        )
    if one.question_id != other.question_id:
        raise ConflictError(
            "These two answer different questions.", "Choose two answers to the same question."
        )
    first, second = sorted((one, other), key=lambda attempt: (attempt.started_at, attempt.id))
    before, after = _criteria(first.score), _criteria(second.score)
    return SideBySide(
        first=first,
        second=second,
        criteria=tuple(
            CriterionPair(name=name, first=before.get(name), second=after.get(name))
            for name in CriterionName
            if name in before or name in after
        ),
        points=_points(before.get(CriterionName.COVERAGE), after.get(CriterionName.COVERAGE)),
    )


def _criteria(score: Score | None) -> dict[CriterionName, Criterion]:
    return {} if score is None else {criterion.name: criterion for criterion in score.criteria}


def _points(before: Criterion | None, after: Criterion | None) -> tuple[PointPair, ...]:
    """Return the points of both outlines, in the order of the newer one, then the dropped ones."""
    old = _by_id(before)
    new = _by_id(after)
    return tuple(
        PointPair(
            text=point.text,
            first=old[point_id].state if point_id in old else None,
            second=new[point_id].state if point_id in new else None,
        )
        for point_id, point in {**new, **{k: v for k, v in old.items() if k not in new}}.items()
    )


def _by_id(criterion: Criterion | None) -> dict[str, PointCoverage]:
    return {} if criterion is None else {point.point_id: point for point in criterion.points}
