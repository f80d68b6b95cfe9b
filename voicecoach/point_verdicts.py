"""The person's own word on points, and what follows from it: agreement, and own cut-points.

Verdicts never move a score, and cut-points move only where the person asks for it, having seen what
would change. Both stay in an append-only log.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from voicecoach.agreement import (
    Agreement,
    AgreementRate,
    PointVerdict,
    agreement_of,
    calibration_data,
    newest_verdicts,
    rate_of,
)
from voicecoach.agreement_store import AgreementStore
from voicecoach.attempt import Attempt
from voicecoach.attempt_reading import MOST_LISTED
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import ConflictError, NotFoundError
from voicecoach.scoring.coverage_calibration import CUT_POINTS
from voicecoach.scoring.cut_points import (
    AGREES_WITH,
    JudgedPoint,
    Verdict,
    best_shift,
    enough_verdicts,
    recalibrate,
)
from voicecoach.scoring.result import CriterionName, CutPoints, PointCoverage, PointState, Score
from voicecoach.scoring.rubric import RUBRIC_VERSION

LONGEST_PLACE: Final = 3
"""Digits up to which a number is a point's place and never the beginning of an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointChange:
    """A point of a past answer whose state other cut-points would change."""

    attempt_id: str
    point_id: str
    text: str
    before: PointState
    after: PointState


@dataclass(frozen=True, slots=True, kw_only=True)
class CutPointProposal:
    """What recalibrating now would do. `missing` says what it still takes, None where nothing.

    `current` are the cut-points in effect, `proposed` those that follow from `verdicts` verdicts,
    `rubric` the rubric's own. The two rates are how often these verdicts agree with each.
    `changes` are the points of past answers that would come out otherwise if scored anew, of
    `points` whose likeness decided. `explanation` says it in words.
    """

    rubric: CutPoints
    current: CutPoints
    proposed: CutPoints
    shift: float
    verdicts: int
    missing: str | None
    agreement_now: AgreementRate
    agreement_then: AgreementRate
    changes: tuple[PointChange, ...]
    points: int
    explanation: str

    @property
    def ready(self) -> bool:
        """Whether there is something to be taken over."""
        return self.missing is None and not _same(self.proposed, self.current)


@dataclass(frozen=True, slots=True, kw_only=True)
class PointVerdicts:
    """Reads and writes one person's verdicts inside one session.

    `encoder` gives the name of the sentence encoder in use (None: there is none on this machine);
    it is asked only where it matters, since loading it takes a moment. `with_synthetic`
    counts answers of synthetic voices too.
    """

    attempts: AttemptStore
    log: AgreementStore
    now: datetime
    encoder: Callable[[], str | None]
    with_synthetic: bool

    def give(self, attempt_id: str, point: str, verdict: Verdict | None) -> Attempt:
        """Store the person's word on a point (None: take it back) and return the attempt.

        Args:
            attempt_id: the attempt, or the beginning of its id.
            point: the point's id or a beginning of it, or its place in the outline from 1.
            verdict: what the person says.

        Raises:
            NotFoundError: there is no such attempt or point.
            ConflictError: the attempt was deleted, or no points were looked for in it; or there
                is no word to take back.
        """
        attempt = self.attempts.save(attempt_id)  # holds its row: nobody deletes it meanwhile
        covered = find_point(attempt, point)
        score = attempt.score
        assert score is not None
        if verdict is None and covered.point_id not in {
            known.point_id for known in self.of_attempt(attempt.id)
        }:
            raise NotFoundError(
                "You have said nothing about that point.", "There is nothing to take back."
            )
        self.log.add(
            PointVerdict(
                attempt_id=attempt.id,
                point_id=covered.point_id,
                transcript_version=score.transcript_version,
                verdict=verdict,
                state=covered.state,
                similarity=covered.similarity,
                guard=covered.guard,
                rubric_version=score.rubric_version,
                encoder=score.encoder,
                given_at=self.now,
            )
        )
        return attempt

    def of_attempt(self, attempt_id: str) -> tuple[PointVerdict, ...]:
        """Return the verdicts on an attempt (full id) that count, one a point at most."""
        return newest_verdicts(self.log.of_attempt(attempt_id))

    def agreement(self) -> Agreement:
        """Return how often the person agrees with the coach, of the points they spoke of."""
        return agreement_of(self._counting())

    def own_cut_points(self) -> CutPoints | None:
        """Return the person's own cut-points; None where the rubric's hold."""
        return self.log.cut_points(RUBRIC_VERSION)

    def proposal(self) -> CutPointProposal:
        """Return what recalibrating now would do; nothing is changed."""
        scores = self._newest_scores()
        judged = self._calibration_data(scores)
        current = self.own_cut_points() or CUT_POINTS
        proposed = recalibrate(CUT_POINTS, judged)
        missing = enough_verdicts(judged)
        decided = _decided_by_likeness(scores, current)
        changes = tuple(
            PointChange(
                attempt_id=attempt_id,
                point_id=point.point_id,
                text=point.text,
                before=point.state,
                after=proposed.state(point.similarity),
            )
            for attempt_id, point in decided
            if proposed.state(point.similarity) is not point.state
        )
        now, then = _agreement_under(current, judged), _agreement_under(proposed, judged)
        return CutPointProposal(
            rubric=CUT_POINTS,
            current=current,
            proposed=proposed,
            shift=best_shift(CUT_POINTS, judged),
            verdicts=len(judged),
            missing=missing,
            agreement_now=now,
            agreement_then=then,
            changes=changes,
            points=len(decided),
            explanation=missing or _explanation(current, proposed, now, then, len(changes)),
        )

    def recalibrate(self, expected_verdicts: int) -> CutPointProposal:
        """Take over the proposed cut-points for all answers to come, and return what was done.

        Args:
            expected_verdicts: how many verdicts the person was shown the proposal for.

        Raises:
            ConflictError: there are too few verdicts, others than those shown, or nothing would
                change.
        """
        proposal = self.proposal()
        if proposal.missing is not None:
            raise ConflictError("There are too few verdicts to recalibrate from.", proposal.missing)
        if proposal.verdicts != expected_verdicts:
            raise ConflictError(
                f"There are {proposal.verdicts} verdicts now, not {expected_verdicts}.",
                "Look at the proposal again.",
            )
        if not proposal.ready:
            raise ConflictError(
                "Your verdicts ask for no other cut-points than those in effect.",
                "Nothing needs to be changed.",
            )
        self.log.set_cut_points(
            None if _same(proposal.proposed, CUT_POINTS) else proposal.proposed,
            verdicts=proposal.verdicts,
            rubric_version=RUBRIC_VERSION,
            now=self.now,
        )
        return proposal

    def reset(self) -> CutPoints:
        """Go back to the rubric's own cut-points and return them.

        Raises:
            ConflictError: they are in effect already.
        """
        if self.own_cut_points() is None:
            raise ConflictError(
                "The rubric's own cut-points are in effect already.", "There is nothing to undo."
            )
        self.log.set_cut_points(None, verdicts=0, rubric_version=RUBRIC_VERSION, now=self.now)
        return CUT_POINTS

    def _counting(self) -> tuple[PointVerdict, ...]:
        return newest_verdicts(self.log.every_verdict(with_synthetic=self.with_synthetic))

    def _calibration_data(self, scores: Sequence[tuple[str, Score]]) -> tuple[JudgedPoint, ...]:
        """Return what can be learnt from; a word about a transcript since corrected can't.

        What was misheard then says nothing about the cut-points.
        """
        versions = {attempt_id: score.transcript_version for attempt_id, score in scores}
        return calibration_data(
            (
                verdict
                for verdict in self._counting()
                if versions.get(verdict.attempt_id) == verdict.transcript_version
            ),
            rubric_version=RUBRIC_VERSION,
            encoder=self.encoder(),
        )

    def _newest_scores(self) -> tuple[tuple[str, Score], ...]:
        found: list[tuple[str, Score]] = []
        offset = 0
        while page := self.attempts.list(limit=MOST_LISTED, offset=offset):
            offset += len(page)
            found += [
                (attempt.id, attempt.score)
                for attempt in page
                if attempt.score is not None and (self.with_synthetic or not attempt.synthetic)
            ]
        return tuple(found)


def covered_points(score: Score | None) -> tuple[PointCoverage, ...]:
    """Return the points a score looked for, in the outline's order; none without coverage."""
    criteria = score.criteria if score is not None else ()
    return next((c.points for c in criteria if c.name is CriterionName.COVERAGE), ())


def find_point(attempt: Attempt, key: str) -> PointCoverage:
    """Return a point of an attempt's score by its place from 1, its id or a beginning of it.

    Raises:
        ConflictError: the attempt has no points.
        NotFoundError: there is no such point, or more than one.
    """
    points = covered_points(attempt.score)
    if not points:
        raise ConflictError(
            "No points were looked for in that answer.",
            "Give the question an outline, then score the answer again: "
            f"voicecoach attempts rescore {attempt.id}",
        )
    if key.isascii() and key.isdecimal() and len(key) <= LONGEST_PLACE:
        fitting = list(points[int(key) - 1 : int(key)] if int(key) else ())
    else:
        fitting = [point for point in points if key and point.point_id.startswith(key)]
    exact = [point for point in fitting if point.point_id == key]
    if len(exact or fitting) != 1:
        shown = key[:60].encode("utf-8", "replace").decode()
        raise NotFoundError(
            f"That answer has no point '{shown}'.", f"Its points are 1 to {len(points)}."
        )
    return (exact or fitting)[0]


def _decided_by_likeness(
    scores: Sequence[tuple[str, Score]], cut_points: CutPoints
) -> tuple[tuple[str, PointCoverage], ...]:
    """Return the points whose state follows from these cut-points and nothing else."""
    return tuple(
        (attempt_id, point)
        for attempt_id, score in scores
        for point in covered_points(score)
        if point.guard is None and cut_points.state(point.similarity) is point.state
    )


def _agreement_under(cut_points: CutPoints, judged: Sequence[JudgedPoint]) -> AgreementRate:
    agreed = sum(cut_points.state(one.similarity) is AGREES_WITH[one.verdict] for one in judged)
    return rate_of(agreed, len(judged))


def _same(one: CutPoints, other: CutPoints) -> bool:
    return (one.said_from, one.partly_from) == (other.said_from, other.partly_from)


def _explanation(
    current: CutPoints, proposed: CutPoints, now: AgreementRate, then: AgreementRate, changed: int
) -> str:
    if _same(current, proposed):
        return (
            f"Your verdicts agree with the cut-points in effect in {now.agreed} of {now.judged} "
            "cases, and pull no way more than the other. Nothing would change."
        )
    direction = (
        "You say “I did say this” more often than the coach does, so it would ask for less"
        if proposed.said_from < current.said_from
        else "You say “no, I didn't” more often than the coach does, so it would ask for more"
    )
    points = "one point" if changed == 1 else f"{changed} points"
    return (
        f"{direction}: a point would count as said from a likeness of {proposed.said_from:.2f} "
        f"(now {current.said_from:.2f}) and as partly said from {proposed.partly_from:.2f} (now "
        f"{current.partly_from:.2f}). Your verdicts would then agree with the coach in "
        f"{then.agreed} of {then.judged} cases (now {now.agreed}). Scored anew, {points} of your "
        "past answers would come out otherwise; no score changes by itself."
    )
