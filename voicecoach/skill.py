"""How well each question would be answered, and how sure that is: one small filter per question.

A local-level model (Kalman), all on the 0–100 scale of a score's overall:

- Before any practice a question's skill is the person's *cold level*, one for questions that
  tripped them up and one for the others, give or take what questions differ by.
- A rehearsal shows the skill with noise, and lifts it a little: one learns by answering and by
  reading the feedback.
- Between rehearsals what was gained above the cold level fades as FSRS retrievability does, and
  the uncertainty grows with each day. What lies below the cold level does not improve by waiting.
- Only the first answer of a day counts fully, since the second one is helped by the first.

How much the person learns from a rehearsal and forgets between two is weighed against their own
log, and so are their cold levels, from the first answers, by shrinkage. The person chose
which questions to begin with, so a good start lifts what is expected of the unpractised ones only
as far as their own kind has been tried; a bad start counts at once.

The starting values are judgements in the light of synthetic replay (docs/how-scoring-works.md), not
a fit to people. Pure: columns of numbers in, columns of numbers out.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

import numpy as np

from question_bank import memory
from question_bank.memory import SECONDS_PER_DAY, Floats, Integers
from question_bank.question import Question
from question_bank.schedule import tripped_up
from voicecoach.attempt import Forecast
from voicecoach.cold_level import QUESTION_VARIANCE, Flags, cold_levels
from voicecoach.take_log import TAKE_NOISE, TakeBlock, TakeLog

DRIFT_PER_DAY: Final = 12.5
"""How fast the skill's variance grows, per day elapsed."""
LEARNING: Final = ((0.05, 0.1), (0.1, 0.2), (0.15, 0.3), (0.2, 0.25), (0.3, 0.15))
"""The share of the way to `CEILING` that one full rehearsal may lift the skill, each with how
likely it is of an unknown person."""
FADING: Final = ((0.0, 0.15), (0.5, 0.35), (1.0, 0.5))
"""The power of FSRS retrievability with which what was gained may fade, likewise: 1 as a fact one
memorises, 0 not at all, as a skill one has acquired."""
HABIT_TAKES: Final = 2_000
"""The newest takes from which learning and fading are re-estimated; nobody's habits are older."""
CEILING: Final = 90.0
"""Where practice stops lifting a score by itself."""
SURE: Final = 1e-6
"""No forecast is surer than this, either way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the person learns and forgets.

    `learning` (0–1) is the share of the way to the ceiling that a full rehearsal lifts a skill,
    `fading` (0–1) the power of retrievability with which what was gained fades. Both are means of
    `likely`: pairs of them, each with how likely it is (0–1, together 1) after the person's takes.
    """

    learning: float
    fading: float
    likely: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """The skill of every question after its last take; row i belongs to `questions[i]`.

    `weight` is each question's share (they sum to 1) of what is likely to be asked. `group` is 1
    where the question tripped the person up. `cold` and `cold_covariance` are the
    two groups' cold levels. `last_at` is NaN and `mean` the cold level where nothing was
    practised. `variance` is the skill's own; `leaning` (0–1) says how far the mean still rests on
    the cold level, whose uncertainty comes on top.
    """

    questions: tuple[Question, ...]
    row_of: dict[str, int]
    weight: Floats
    group: Integers
    cold: Floats
    cold_covariance: Floats
    mean: Floats
    variance: Floats
    leaning: Floats
    habits: Habits
    last_at: Floats
    last_day: Integers
    takes_that_day: Integers
    stability: Floats
    difficulty: Floats
    takes: int
    target: float
    zone: tzinfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is expected of each question at one moment; rows as in `Skills`.

    `mean` (0–100) and `variance` are the skill's, the shared uncertainty about the person
    included; `leaning` as in `Skills`; `probability` (0–1) is that of one take reaching the target.
    """

    mean: Floats
    variance: Floats
    leaning: Floats
    probability: Floats


class Belief(NamedTuple):
    """Mean and variance of skills, and how far the means rest on the cold level (0–1)."""

    mean: Floats
    variance: Floats
    leaning: Floats


def skills(
    questions: Sequence[Question],
    log: TakeLog,
    *,
    weights: Floats | None = None,
    apart: Flags | None = None,
) -> Skills:
    """Return the skill of every question given, after all takes of the log.

    Takes of questions that aren't given (retired ones, say) still tell about the person.

    Args:
        questions: the questions to speak of, each once.
        log: every take, of these and other questions.
        weights: how likely each question is to be asked, relative; all alike if None.
        apart: which of them say nothing good of the others, however well they go; none if None.
    """
    rows = {question.id: row for row, question in enumerate(questions)}
    group = np.array([tripped_up(question) for question in questions], dtype=np.int64)
    row = np.array([rows.get(id_, -1) for id_ in log.question_ids], dtype=np.int64)
    known = np.flatnonzero(row >= 0)
    placed = row[known]
    group_of_practised = np.zeros(len(row), dtype=np.int64)
    group_of_practised[known] = group[placed]

    practised = np.zeros(len(rows), dtype=np.bool_)
    practised[placed] = True
    likely = np.ones(len(rows)) if weights is None else weights.astype(np.float64)
    likely /= likely.sum() or 1.0
    alone = np.zeros(len(rows), dtype=np.bool_) if apart is None else apart
    tried = [_share(likely, practised, (group == member) & ~alone) for member in (0, 1)]
    apart_of_practised = np.zeros(len(row), dtype=np.bool_)
    apart_of_practised[known] = alone[placed]
    first = log.blocks[0] if log.blocks else _NO_TAKES
    cold, cold_covariance = cold_levels(
        first.overall, first.noise, group_of_practised, tried, apart=apart_of_practised
    )

    cold_of_practised = cold[group_of_practised]
    cold_variance = np.diag(cold_covariance)[group_of_practised]
    habits = habits_of(log, cold_of_practised, cold_variance, apart=apart_of_practised)
    filtered, _ = _filter(
        log.blocks,
        cold_of_practised,
        cold_variance,
        np.array([habits.learning]),
        np.array([habits.fading]),
    )
    mean, variance = cold[group].astype(np.float64), np.full(len(rows), QUESTION_VARIANCE)
    leaning, last_at = np.ones(len(rows)), np.full(len(rows), np.nan)
    stability, difficulty = np.ones(len(rows)), np.ones(len(rows))
    last_day, takes_that_day = (np.zeros(len(rows), dtype=np.int64) for _ in range(2))
    mean[placed], variance[placed], leaning[placed] = (column[known, 0] for column in filtered)
    last_at[placed], last_day[placed] = log.last_at[known], log.last_day[known]
    stability[placed], difficulty[placed] = log.stability[known], log.difficulty[known]
    takes_that_day[placed] = log.takes_that_day[known]
    return Skills(
        questions=tuple(questions),
        row_of=rows,
        weight=likely,
        group=group,
        cold=cold,
        cold_covariance=cold_covariance,
        mean=mean,
        variance=variance,
        leaning=leaning,
        habits=habits,
        last_at=last_at,
        last_day=last_day,
        takes_that_day=takes_that_day,
        stability=stability,
        difficulty=difficulty,
        takes=log.takes,
        target=log.target,
        zone=log.zone,
    )


_NO_TAKES: Final = TakeBlock(*(np.zeros(0) for _ in range(5)))


def outlook(skills: Skills, at: datetime) -> Outlook:
    """Return what is expected of every question at a moment after its last take.

    What is not known about the person comes on top of what is not known about a skill.
    """
    mean, variance, leaning = belief_at(skills, at)
    total = variance + leaning**2 * np.diag(skills.cold_covariance)[skills.group]
    return Outlook(
        mean=mean,
        variance=total,
        leaning=leaning,
        probability=normal_cdf((mean - skills.target) / np.sqrt(total + TAKE_NOISE)),
    )


def belief_at(skills: Skills, at: datetime) -> Belief:
    """Return what is believed of every skill at a moment after its last take."""
    days = days_since(skills.last_at, at)
    kept = memory.retrievability(skills.stability, days) ** skills.habits.fading
    last = Belief(skills.mean, skills.variance, skills.leaning)
    return _predict(last, skills.cold[skills.group], kept, days)


def days_since(last_at: Floats, at: datetime) -> Floats:
    """Return days elapsed, none where there is nothing to have elapsed since (NaN)."""
    return np.nan_to_num(np.maximum(0.0, (at.timestamp() - last_at) / SECONDS_PER_DAY))


def forecast(skills: Skills, question_id: str, at: datetime) -> Forecast:
    """Return what is expected of one take of a question, to be logged before the take."""
    row = skills.row_of[question_id]
    expected = outlook(skills, at)
    return Forecast(
        probability=float(expected.probability[row]),
        mean=float(expected.mean[row]),
        standard_deviation=math.sqrt(float(expected.variance[row])),
        made_at=at,
    )


def normal_cdf(z: Floats) -> Floats:
    """Return Φ(z), held inside (0, 1)."""
    tail = [0.5 * math.erfc(-value / math.sqrt(2)) for value in z.tolist()]
    return np.clip(np.asarray(tail, dtype=np.float64), SURE, 1 - SURE)


def habits_of(
    log: TakeLog, cold: Floats, cold_variance: Floats, *, apart: Flags | None = None
) -> Habits:
    """Weigh every pair of `LEARNING` and `FADING` by how well it foresaw the person's own takes.

    Args:
        log: the takes; the questions practised last are used, up to `HABIT_TAKES` takes.
        cold: the cold level (0–100) of each question of the log.
        cold_variance: how unsure that level is.
        apart: questions of the log that say nothing of the others; none if None.

    Returns:
        The mean of the pairs, weighted by Bayes' rule.
    """
    learning, fading, prior = (
        np.array(column, dtype=np.float64)
        for column in zip(
            *(
                (learning, fading, how_likely * how_usual)
                for learning, how_likely in LEARNING
                for fading, how_usual in FADING
            ),
            strict=True,
        )
    )
    blocks, recent = _of_questions_practised_last(log, apart)
    _, evidence = _filter(blocks, cold[recent], cold_variance[recent], learning, fading)
    posterior = prior * np.exp(evidence - evidence.max())
    posterior /= posterior.sum()
    return Habits(
        learning=float(posterior @ learning),
        fading=float(posterior @ fading),
        likely=tuple(zip(learning.tolist(), fading.tolist(), posterior.tolist(), strict=True)),
    )


def _filter(
    blocks: Sequence[TakeBlock],
    cold: Floats,
    cold_variance: Floats,
    learning: Floats,
    fading: Floats,
) -> tuple[Belief, Floats]:
    """Walk through the log, the k-th takes of all questions at once, for several habits at once.

    Returns:
        The belief after the last take, one row a question and one column a pair of habits, and
        for each pair the log likelihood of all takes but the first ones.
    """
    shape = (len(cold), len(learning))
    level = np.broadcast_to(cold[:, None], shape)
    after = Belief(level.copy(), np.full(shape, QUESTION_VARIANCE), np.ones(shape))
    evidence = np.zeros(len(learning))
    for k, block in enumerate(blocks):
        size = len(block.at)
        noise, overall = block.noise[:, None], block.overall[:, None]
        mean, variance, leaning = belief = Belief(*(column[:size] for column in after))
        if k:
            days = ((block.at - blocks[k - 1].at[:size]) / SECONDS_PER_DAY)[:, None]
            kept = block.recalled[:, None] ** fading
            mean, variance, leaning = _predict(belief, level[:size], kept, days)
            spread = variance + leaning**2 * cold_variance[:size, None] + noise
            evidence -= 0.5 * ((overall - mean) ** 2 / spread + np.log(spread)).sum(axis=0)
        gain = variance / (variance + noise)
        seen = mean + gain * (overall - mean)
        learnt = block.weight[:, None] * learning * np.maximum(0.0, CEILING - seen)
        after.mean[:size] = np.clip(seen + learnt, 0.0, 100.0)
        after.variance[:size] = variance * (1 - gain)
        after.leaning[:size] = leaning * (1 - gain)
    return after, evidence


def _of_questions_practised_last(
    log: TakeLog, apart: Flags | None
) -> tuple[tuple[TakeBlock, ...], Integers]:
    """Return the blocks of the questions practised last but for those apart, and which they are."""
    everything = np.arange(len(log.question_ids))
    left_out = apart is not None and bool(apart.any())
    if log.takes <= HABIT_TAKES and not left_out:
        return log.blocks, everything
    takes = np.zeros(len(everything), dtype=np.int64)
    for block in log.blocks:
        takes[: len(block.at)] += 1
    newest = np.argsort(-log.last_at, kind="stable")
    if left_out and apart is not None:
        newest = newest[~apart[newest]]
    recent = np.sort(newest[np.cumsum(takes[newest]) <= HABIT_TAKES])
    blocks = (
        TakeBlock(*(column[recent[recent < len(block.at)]] for column in block))
        for block in log.blocks
    )
    return tuple(block for block in blocks if len(block.at)), recent


def _predict(belief: Belief, cold: Floats, kept: Floats, days: Floats) -> Belief:
    """Return the belief some days later, when this share (0–1) of what was gained is kept."""
    mean, variance, leaning = belief
    kept = np.where(mean > cold, kept, 1.0)
    grown = kept**2 * variance + DRIFT_PER_DAY * days
    return Belief(
        cold + kept * (mean - cold),
        np.minimum(grown, np.maximum(variance, QUESTION_VARIANCE)),
        kept * leaning + (1 - kept),
    )


def _share(weights: Floats, chosen: Flags, among: Flags) -> float:
    whole = float(weights[among].sum())
    return float(weights[among & chosen].sum()) / whole if whole > 0 else 0.0
