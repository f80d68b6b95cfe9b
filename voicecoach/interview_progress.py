"""Progress from interview to interview: how ready at each, and how practice before each went.

Every figure is computed from the log; what the log does not tell is None, never zero. Nothing is
rewarded or counted against anybody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from question_bank.interview import Interview
from question_bank.local_days import local_day, local_moment, next_midnight
from question_bank.question import Question
from question_bank.review import Review
from question_bank.schedule import GOOD_DAYS_WANTED, Horizon, rebuild
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_reading import MOST_LISTED
from voicecoach.retrospect import readiness_then
from voicecoach.scoring.evidence import Measurement
from voicecoach.scoring.filled_pause_rate import RATE
from voicecoach.scoring.result import CriterionName, PointState, Score
from voicecoach.standing import Standing
from voicecoach.take_log import ScoredTake

FEWEST_ANSWERS: Final = 3
"""Answers from which a mean is given (a judgement: one answer is a story, three are a habit)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFigures:
    """How the answers of one stretch of practice went.

    `answers` counts the scored ones, follow-ups apart. `fillers_per_minute` is the mean over those
    whose sound tells, `coverage` the mean share (0–1) of outline points said over those with an
    outline; each None with fewer than `FEWEST_ANSWERS` such answers.
    """

    answers: int
    fillers_per_minute: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewFigures:
    """Where somebody stood at one interview (`interview_id` None: now).

    `readiness` (0–1, with `low` and `high`) looks from that day's end at what everything works
    towards today, so that the figures can be compared. `mastered` counts the questions that had
    gone well on three days by then. `practice` is the stretch before it, from the interview before.
    """

    interview_id: str | None
    name: str
    day: date
    readiness: float | None
    low: float | None
    high: float | None
    mastered: int
    practice: PracticeFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewProgress:
    """All of them, oldest first, now at the end; `words` say what the data support, no more."""

    figures: tuple[InterviewFigures, ...]
    words: tuple[str, ...]


def interview_progress(standing: Standing) -> InterviewProgress:
    """Return progress across the interviews that are over and have a day, however they ended."""
    zone, now = standing.time_zone, standing.now
    past = standing.bank.past_interviews(local_day(now, zone))
    dated = sorted(
        ((one.day, one) for one in past if one.day is not None),
        key=lambda pair: (pair[0], pair[1].created_at, pair[1].id),
    )
    stops: list[tuple[date, Interview | None, datetime]] = [
        (day, one, min(now, next_midnight(local_moment(day, 12, zone), zone))) for day, one in dated
    ]
    stops.append((local_day(now, zone), None, now))
    since: list[datetime | None] = [None, *(end for _, _, end in stops)]
    log, attempts = _log(standing), _answers(standing)
    figures = tuple(
        _figures(log, interview, day, end, attempts_between(attempts, begin, end))
        for begin, (day, interview, end) in zip(since, stops, strict=False)
    )
    return InterviewProgress(figures=figures, words=_words(figures))


def attempts_between(
    attempts: Iterable[Attempt], since: datetime | None, until: datetime
) -> tuple[Attempt, ...]:
    """Return the attempts after one moment, up to another."""
    return tuple(
        one
        for one in attempts
        if one.started_at <= until and (since is None or one.started_at > since)
    )


def practice_figures(attempts: Sequence[Attempt]) -> PracticeFigures:
    """Return how these scored answers went together."""
    scores = [attempt.score for attempt in attempts if attempt.score is not None]
    fillers = [rate for score in scores if (rate := fillers_per_minute(score)) is not None]
    covered = [share for score in scores if (share := points_said(score)) is not None]
    return PracticeFigures(
        answers=len(scores),
        fillers_per_minute=_mean(fillers),
        coverage=_mean(covered),
    )


def fillers_per_minute(score: Score) -> float | None:
    """Return the filled pauses heard a minute of speech; None where they can't be heard."""
    for measure in (one for criterion in score.criteria for one in criterion.measures):
        for rate in measure.evidence:
            if isinstance(rate, Measurement) and rate.name == RATE:
                seconds = (rate.end_seconds or 0.0) - (rate.start_seconds or 0.0)
                return 60 * (len(measure.evidence) - 1) / seconds if seconds > 0 else None
    return None


def points_said(score: Score) -> float | None:
    """Return the share (0–1) of the outline's points that were said; None without an outline."""
    coverage = (one for one in score.criteria if one.name is CriterionName.COVERAGE)
    points = [point for criterion in coverage for point in criterion.points]
    if not points:
        return None
    return sum(point.state is PointState.SAID for point in points) / len(points)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """What every figure is computed from, read once."""

    questions: tuple[Question, ...]
    takes: tuple[ScoredTake, ...]
    reviews: tuple[Review, ...]
    horizon: Horizon
    target: float


def _log(standing: Standing) -> _Log:
    counted = {take.attempt_id for take in standing.takes()}
    return _Log(
        questions=standing.likely_questions(),
        takes=tuple(standing.scored_takes()),
        reviews=tuple(one for one in standing.bank.every_review() if one.attempt_id in counted),
        horizon=standing.horizon(),
        target=standing.target,
    )


def _figures(
    log: _Log,
    interview: Interview | None,
    day: date,
    end: datetime,
    attempts: Sequence[Attempt],
) -> InterviewFigures:
    then = readiness_then(log.questions, log.takes, end, horizon=log.horizon, target=log.target)
    states = rebuild((one for one in log.reviews if one.reviewed_at <= end), horizon=log.horizon)
    parts = () if interview is None else (interview.role, interview.company)
    return InterviewFigures(
        interview_id=None if interview is None else interview.id,
        name="Now" if interview is None else " at ".join(p for p in parts if p) or "An interview",
        day=day,
        readiness=then.share,
        low=then.low,
        high=then.high,
        mastered=sum(state.good_days >= GOOD_DAYS_WANTED for state in states.values()),
        practice=practice_figures(attempts),
    )


def _answers(standing: Standing) -> tuple[Attempt, ...]:
    """Return the newest scored answers that count, follow-ups apart, as far as a list reaches."""
    return tuple(
        attempt
        for attempt in standing.store.list(status=AttemptStatus.SCORED, limit=MOST_LISTED)
        if attempt.parent_id is None and (standing.with_synthetic or not attempt.synthetic)
    )


def _words(figures: Sequence[InterviewFigures]) -> tuple[str, ...]:
    """Say what changed since the last interview: readiness only where the intervals are apart."""
    if len(figures) < 2:
        return ()
    then, now = figures[-2], figures[-1]
    said = []
    if then.readiness is not None and now.readiness is not None:
        before, after = _percent(then.readiness), _percent(now.readiness)
        shares = f"{before} of the likely questions then, {after} now"
        if (now.low or 0.0) > (then.high or 0.0):
            said.append(f"You are readier than at {then.name}: {shares}.")
        elif (now.high or 0.0) < (then.low or 0.0):
            said.append(f"Readiness stood higher at {then.name}: {shares}.")
    new = now.mastered - then.mastered
    if new > 0:
        more = "question has" if new == 1 else "questions have"
        said.append(f"Since {then.name}, {new} more {more} gone well on three days.")
    return tuple(said)


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if len(values) >= FEWEST_ANSWERS else None


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
