"""Looking back: how ready the person was on past days, and whether forecasts came true.

Nothing of it is stored but the forecasts themselves, which each attempt carries from before it was
answered. Readiness of a past day is what today's model says of the log up to that day.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np

from question_bank.local_days import local_day, next_midnight
from question_bank.question import Question
from question_bank.schedule import Horizon
from voicecoach.attempt_reading import Take
from voicecoach.calibration import Calibration, calibration
from voicecoach.readiness import Readiness, person_skills, readiness_of
from voicecoach.skill import normal_cdf
from voicecoach.standing import Standing
from voicecoach.take_log import TAKE_NOISE, ScoredTake, take_log

MOST_DAYS: Final = 40
"""How many past days are computed at most; more are thinned evenly, the first and last are kept."""

ENOUGH_OUTCOMES: Final = 20
"""Forecasts with an outcome below which nothing is said about how well they fit (a judgement: with
fewer, a share of 50% is unsure by more than 22 points either way)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessThen:
    """Readiness as the log of a day tells it: `share`, `low` and `high` (0–1) as in `Readiness`.

    `at` is the end of the day, or now; `answers` counts the scored takes until then.
    """

    day: date
    at: datetime
    share: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastOutcome:
    """What was expected of an answer before it was given, and what came.

    `probability` (0–1) is that of reaching the target, `expected` and `overall` are 0–100,
    `reached` says whether the target was reached.
    """

    attempt_id: str
    question_id: str
    at: datetime
    probability: float
    expected: float
    overall: float
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastRecord:
    """All forecasts that have an outcome, oldest first, and how well they fitted.

    `calibration` is None below `ENOUGH_OUTCOMES`; `missing` says how many are still wanted.
    """

    outcomes: tuple[ForecastOutcome, ...]
    calibration: Calibration | None
    missing: int


def readiness_over_time(
    questions: Sequence[Question],
    takes: Sequence[ScoredTake],
    *,
    horizon: Horizon,
    now: datetime,
    target: float,
    most_days: int = MOST_DAYS,
) -> tuple[ReadinessThen, ...]:
    """Return readiness at the end of each day with an answer, and now; oldest first. Pure.

    Each day knows the answers and the questions of until then and looks at the same horizon, so
    that the days can be compared. Days on which too little was known are left out.

    Args:
        questions: the questions asked today.
        takes: every take, as in `Standing.scored_takes`.
        horizon: what everything works towards today; its zone says what a day is.
        now: the present moment; later takes do not exist yet.
        target: the score (0–100) to be reached.
        most_days: how many days are computed at most, at least 2.
    """
    known = [take for take in takes if take.at <= now]
    ends = {min(now, next_midnight(take.at, horizon.zone)) for take in known} | {now}
    found = []
    for moment in _thinned(sorted(ends), most_days):
        then = readiness_then(questions, known, moment, horizon=horizon, target=target)
        if then.share is None or then.low is None or then.high is None:
            continue
        found.append(
            ReadinessThen(
                day=_day_that_ends(moment, horizon, now),
                at=moment,
                share=then.share,
                low=then.low,
                high=then.high,
                answers=then.attempts_used,
            )
        )
    return tuple(found)


def readiness_then(
    questions: Sequence[Question],
    takes: Sequence[ScoredTake],
    moment: datetime,
    *,
    horizon: Horizon,
    target: float,
) -> Readiness:
    """Return readiness for a horizon as it is known at a moment: later answers and questions apart.

    Args:
        questions: the questions asked today.
        takes: every take.
        moment: the past (or present) moment, UTC-aware.
        horizon: what everything works towards.
        target: the score (0–100) to be reached.
    """
    log = take_log((take for take in takes if take.at <= moment), target=target, zone=horizon.zone)
    asked = [question for question in questions if question.created_at <= moment]
    skills = person_skills(asked, log)
    return readiness_of(skills, horizon=horizon, now=moment, with_raises=False)


def forecast_outcomes(takes: Sequence[Take], target: float) -> tuple[ForecastOutcome, ...]:
    """Return what was expected of each scored answer beside what came, in the order given. Pure.

    The chance is that of today's target, computed from the forecast's own mean and spread as it was
    then: a target that was moved since does not make old forecasts wrong.
    """
    return tuple(
        ForecastOutcome(
            attempt_id=take.attempt_id,
            question_id=take.question_id,
            at=take.started_at,
            probability=_chance(take.forecast.mean, take.forecast.standard_deviation, target),
            expected=take.forecast.mean,
            overall=take.overall,
            reached=take.overall >= target,
        )
        for take in takes
        if take.parent_id is None and take.forecast is not None and take.overall is not None
    )


def forecast_record(outcomes: Sequence[ForecastOutcome]) -> ForecastRecord:
    """Return how well forecasts fitted, once there are enough. Pure."""
    enough = len(outcomes) >= ENOUGH_OUTCOMES
    return ForecastRecord(
        outcomes=tuple(outcomes),
        calibration=calibration([(one.probability, one.reached) for one in outcomes])
        if enough
        else None,
        missing=max(0, ENOUGH_OUTCOMES - len(outcomes)),
    )


def past_readiness(standing: Standing) -> tuple[ReadinessThen, ...]:
    """Return readiness over time as the stored log tells it (see `readiness_over_time`)."""
    return readiness_over_time(
        standing.likely_questions(),
        standing.scored_takes(),
        horizon=standing.horizon(),
        now=standing.now,
        target=standing.target,
    )


def past_forecasts(standing: Standing) -> ForecastRecord:
    """Return the stored forecasts beside what came (see `forecast_outcomes`)."""
    return forecast_record(forecast_outcomes(standing.takes(), standing.target))


def _chance(mean: float, standard_deviation: float, target: float) -> float:
    spread = math.sqrt(standard_deviation**2 + TAKE_NOISE)
    return float(normal_cdf(np.array([(mean - target) / spread]))[0])


def _day_that_ends(moment: datetime, horizon: Horizon, now: datetime) -> date:
    """Return the day of a moment; midnight belongs to the day that it ends."""
    day = local_day(moment, horizon.zone)
    return day if moment == now else date.fromordinal(day.toordinal() - 1)


def _thinned(moments: Sequence[datetime], most: int) -> list[datetime]:
    if len(moments) <= most:
        return list(moments)
    places = np.linspace(0, len(moments) - 1, most).round().astype(int)
    return [moments[place] for place in places.tolist()]
