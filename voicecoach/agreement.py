"""How the person's own word on points compares with the coach's: records and figures. Pure.

A verdict never changes a score: a score must mean the same from one answer to the next, whoever
disagreed with which point. What the person can do is correct the transcript, where words were
misheard, and recalibrate the cut-points for all answers to come.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from voicecoach.scoring.cut_points import AGREES_WITH, JudgedPoint, Verdict
from voicecoach.scoring.result import PointState

Z_95: Final = 1.959964
"""Two-sided 95% quantile of the normal distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointVerdict:
    """The person's word on one point of one attempt, beside what the coach gave at that time.

    `verdict` is None where an earlier word was taken back. `similarity` (0–1), `guard` and `state`
    are of the judgement of `transcript_version`, made with `rubric_version` and `encoder`.
    """

    attempt_id: str
    point_id: str
    transcript_version: int
    verdict: Verdict | None
    state: PointState
    similarity: float
    guard: str | None
    rubric_version: str
    encoder: str | None
    given_at: datetime

    @property
    def agrees(self) -> bool:
        """Whether the person says what the coach says."""
        return self.verdict is not None and AGREES_WITH[self.verdict] is self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRate:
    """How often of how many; `share` with its 95% interval, None where nothing was judged.

    `low` and `high` are Wilson's interval (1927), which holds for small numbers too.
    """

    agreed: int
    judged: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateAgreement:
    """The agreement on points that the coach gave one state."""

    state: PointState
    rate: AgreementRate


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The person's agreement with the coach, in all and per state the coach gave."""

    overall: AgreementRate
    by_state: tuple[StateAgreement, ...]


def newest_verdicts(log: Iterable[PointVerdict]) -> tuple[PointVerdict, ...]:
    """Return the verdicts that count, one a point of an attempt; `log` has the oldest first."""
    newest: dict[tuple[str, str], PointVerdict] = {}
    for verdict in log:
        newest.pop((verdict.attempt_id, verdict.point_id), None)
        newest[verdict.attempt_id, verdict.point_id] = verdict
    return tuple(verdict for verdict in newest.values() if verdict.verdict is not None)


def agreement_of(verdicts: Sequence[PointVerdict]) -> Agreement:
    """Return the agreement in verdicts that count."""
    return Agreement(
        overall=_rate(verdicts),
        by_state=tuple(
            StateAgreement(state=state, rate=_rate([v for v in verdicts if v.state is state]))
            for state in PointState
        ),
    )


def calibration_data(
    verdicts: Iterable[PointVerdict], *, rubric_version: str, encoder: str | None
) -> tuple[JudgedPoint, ...]:
    """Return the verdicts from which cut-points can be learnt.

    Those whose state a guard decided are left out, since no cut-point would change it; so are
    those of another rubric (fingerprints of weights aside) or encoder, whose similarities may lie
    on another scale.
    """
    return tuple(
        JudgedPoint(similarity=verdict.similarity, verdict=verdict.verdict)
        for verdict in verdicts
        if verdict.verdict is not None
        and verdict.guard is None
        and base_version(verdict.rubric_version) == rubric_version
        and (encoder is None or verdict.encoder == encoder)
    )


def base_version(rubric_version: str) -> str:
    """Return a rubric's version without the fingerprint of a person's weights."""
    return rubric_version.partition("+")[0]


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """Return Wilson's 95% interval (0–1) of a share.

    Raises:
        ValueError: there were no trials.
    """
    if trials <= 0:
        raise ValueError("a share of nothing has no interval")
    share, square = successes / trials, Z_95 * Z_95
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    spread = share * (1 - share) / trials + square / (4 * trials * trials)
    half = Z_95 * math.sqrt(spread) / (1 + square / trials)
    return max(0.0, middle - half), min(1.0, middle + half)


def rate_of(agreed: int, judged: int) -> AgreementRate:
    """Return a rate with its interval, to four decimals."""
    if judged == 0:
        return AgreementRate(agreed=0, judged=0, share=None, low=None, high=None)
    low, high = wilson_interval(agreed, judged)
    return AgreementRate(
        agreed=agreed,
        judged=judged,
        share=round(agreed / judged, 4),
        low=round(low, 4),
        high=round(high, 4),
    )


def _rate(verdicts: Sequence[PointVerdict]) -> AgreementRate:
    return rate_of(sum(verdict.agrees for verdict in verdicts), len(verdicts))
