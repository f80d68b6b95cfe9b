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

The starting values are judgements in the light of synthetic replay (SCORING.md, "Readiness"), not
a fit to people. Pure: columns of numbers in, columns of numbers out.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from question_bank import memory
from question_bank.local_days import local_days
from question_bank.memory import SECONDS_PER_DAY, Floats, Integers
from question_bank.question import Question
from question_bank.schedule import ratings_for, tripped_up
from voicecoach.attempt import Forecast

TARGET: Final = 70.0
"""The score (0–100) an answer should reach, where the person set no other."""

COLD_MEAN: Final = 48.0
"""Expected first score of an unknown person."""
PERSON_VARIANCE: Final = 64.0
TRIPPED_VARIANCE: Final = 36.0
QUESTION_VARIANCE: Final = 156.0
"""What persons, the two groups of questions, and single questions differ by; together 16²."""

TAKE_NOISE: Final = 121.0
"""Variance of one take around the skill behind it: 11²."""
DRIFT_PER_DAY: Final = 12.5
"""How fast the skill's variance grows, per day elapsed."""
LATER_SAME_DAY: Final = 0.3
"""Weight of a day's second take; the third weighs this squared, and so on, so that however many
takes of one day together never weigh half as much again as its first."""
TYPED_WEIGHT: Final = 0.5
"""A typed answer shows what would be said, but not how: half the evidence of a spoken one."""
LEARNING: Final = ((0.05, 0.1), (0.1, 0.2), (0.15, 0.3), (0.2, 0.25), (0.3, 0.15))
"""The share of the way to `CEILING` that one full rehearsal may lift the skill, each with how
likely it is of an unknown person."""
FADING: Final = ((0.0, 0.15), (0.5, 0.35), (1.0, 0.5))
"""The power of FSRS retrievability with which what was gained may fade, likewise: 1 as a fact one
memorises, 0 not at all, as a skill one has acquired."""
HABIT_TAKES: Final = 4_000
"""The newest takes from which learning and fading are re-estimated; nobody's habits are older."""
CEILING: Final = 90.0
"""Where practice stops lifting a score by itself."""
TRIED_HALFWAY: Final = 0.25
"""Share of a group practised at which half of a good start is carried over to its others."""
SURE: Final = 1e-6
"""No forecast is surer than this, either way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredTake:
    """One answer as readiness sees it.

    `at` is UTC-aware; `overall` is 0–100, None for the mark of a deleted take that was never
    scored: it shows nothing, but the day's next take is no longer the day's first. A deleted take
    that was scored keeps its number. Follow-ups and unscoreable answers are no takes.
    """

    question_id: str
    at: datetime
    overall: float | None
    typed: bool = False


class TakeBlock(NamedTuple):
    """The k-th takes of all questions that have so many, in the order of `TakeLog.question_ids`.

    `at` is in epoch seconds, `overall` 0–100; `noise` the variance of each take, `weight` (0–1)
    how much it counts, `recalled` the retrievability (0–1) just before it.
    """

    at: Floats
    overall: Floats
    noise: Floats
    weight: Floats
    recalled: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeLog:
    """All takes as columns, and what can be known of them without knowing the person.

    Rebuilt from the log by `take_log`; worth keeping while the log doesn't change. The questions
    with most takes come first, so that `blocks[k]` belongs to the first so many questions and one
    block after another is stepped through without looking anything up. `stability` (days) and
    `difficulty` (1–10) are FSRS's after the last take of each question, `last_day` is that take's
    local calendar day as an ordinal, and `takes_that_day` how many there were on it.
    """

    question_ids: tuple[str, ...]
    blocks: tuple[TakeBlock, ...]
    last_at: Floats
    last_day: Integers
    takes_that_day: Integers
    stability: Floats
    difficulty: Floats
    target: float
    zone: tzinfo

    @property
    def takes(self) -> int:
        """How many scored takes there are."""
        return sum(len(block.at) for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the person learns and forgets.

    `learning` (0–1) is the share of the way to the ceiling that a full rehearsal lifts a skill,
    `fading` (0–1) the power of retrievability with which what was gained fades.
    """

    learning: float
    fading: float


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


def take_log(takes: Iterable[ScoredTake], *, target: float = TARGET, zone: tzinfo) -> TakeLog:
    """Return the takes as columns, in whatever order they come."""
    listed = list(takes)
    index: dict[str, int] = {}
    question = np.array(
        [index.setdefault(take.question_id, len(index)) for take in listed], dtype=np.int64
    )
    at = np.array([take.at.timestamp() for take in listed], dtype=np.float64)
    overall = np.array(
        [np.nan if take.overall is None else take.overall for take in listed], dtype=np.float64
    )
    typed = np.array([take.typed for take in listed], dtype=np.bool_)

    order = np.lexsort((overall, at, question))
    question, at, overall, typed = question[order], at[order], overall[order], typed[order]
    day = local_days(at, zone)
    weight = LATER_SAME_DAY ** memory.rank_within(_runs(question, day)).astype(np.float64)
    weight = np.where(typed, weight * TYPED_WEIGHT, weight)

    seen = ~np.isnan(overall)
    question, at, day = question[seen], at[seen], day[seen]
    overall, weight = overall[seen], weight[seen]
    replayed = memory.replay(question, at, ratings_for(overall, target))
    last = np.flatnonzero(np.diff(question, append=-1))
    last = last[np.argsort(-replayed.rank[last], kind="stable")]
    ids = list(index)
    return TakeLog(
        question_ids=tuple(ids[number] for number in question[last].tolist()),
        blocks=_blocks(
            TakeBlock(at, overall, TAKE_NOISE / weight, weight, replayed.recalled),
            first=last - replayed.rank[last],
            takes=replayed.rank[last] + 1,
        ),
        last_at=at[last],
        last_day=day[last],
        takes_that_day=memory.rank_within(_runs(question, day))[last] + 1,
        stability=replayed.stability[last],
        difficulty=replayed.difficulty[last],
        target=target,
        zone=zone,
    )


def _blocks(columns: TakeBlock, *, first: Integers, takes: Integers) -> tuple[TakeBlock, ...]:
    """Cut columns sorted by question into blocks; `takes`, of each question, never rises."""
    sizes = np.searchsorted(-takes, -np.arange(takes[0]), side="left") if len(takes) else ()
    return tuple(
        TakeBlock(*(column[first[:size] + k] for column in columns)) for k, size in enumerate(sizes)
    )


def skills(questions: Sequence[Question], log: TakeLog, *, weights: Floats | None = None) -> Skills:
    """Return the skill of every question given, after all takes of the log.

    Takes of questions that aren't given (retired ones, say) still tell about the person.

    Args:
        questions: the questions to speak of.
        log: every take, of these and other questions.
        weights: how likely each question is to be asked, relative; all alike if None.
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
    likely /= likely.sum() if len(likely) else 1.0
    tried = [_share(likely, practised, group == member) for member in (0, 1)]
    first = log.blocks[0] if log.blocks else _NO_TAKES
    cold, cold_covariance = cold_levels(first.overall, first.noise, group_of_practised, tried)

    cold_of_practised = cold[group_of_practised]
    cold_variance = np.diag(cold_covariance)[group_of_practised]
    habits = habits_of(log, cold_of_practised, cold_variance)
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


def cold_levels(
    overall: Floats, noise: Floats, group: Integers, tried: Sequence[float]
) -> tuple[Floats, Floats]:
    """Estimate the two groups' cold levels from the first answers to their questions.

    Args:
        overall: the first score (0–100) of each practised question.
        noise: the variance of each of those takes.
        group: 1 where the question tripped the person up, else 0.
        tried: for each group, the share (0–1) of its likely questions that was practised.

    Returns:
        The two means and their 2×2 covariance: a normal prior shared by person and group, and
        normal evidence. A mean above `COLD_MEAN` is held back by how little was tried.
    """
    prior = np.full((2, 2), PERSON_VARIANCE) + np.diag([TRIPPED_VARIANCE] * 2)
    precision = 1.0 / (QUESTION_VARIANCE + noise)
    weight = np.bincount(group, weights=precision, minlength=2)
    surprise = np.bincount(group, weights=precision * (overall - COLD_MEAN), minlength=2)
    covariance = np.linalg.inv(np.linalg.inv(prior) + np.diag(weight))
    shift = covariance @ surprise
    trust = np.array([share / (share + TRIED_HALFWAY) for share in tried])
    return COLD_MEAN + np.where(shift > 0, trust * shift, shift), covariance


def outlook(skills: Skills, at: datetime) -> Outlook:
    """Return what is expected of every question at a moment after its last take."""
    days = _days_since(skills.last_at, at)
    belief = _Belief(skills.mean, skills.variance, skills.leaning)
    return _outlook(skills, belief, skills.stability, days)


def outlook_after_rehearsal(skills: Skills, *, now: datetime, at: datetime) -> Outlook:
    """Return, for each question alone, what would be expected at `at` if rehearsed once now.

    Closed form: averaged over what the rehearsal may show, its score moves neither the expected
    skill nor the total uncertainty; what it changes is the skill learnt and how slowly it fades.
    """
    before = outlook(skills, now)
    days_since = _days_since(skills.last_at, now)
    rating = ratings_for(before.mean, skills.target)
    later, _ = memory.next_step(skills.stability, skills.difficulty, days_since, rating)
    first, _ = memory.first_step(rating)
    stability = np.where(np.isnan(skills.last_at), first, later)
    today = local_days(np.array([now.timestamp()]), skills.zone)[0]
    weight = np.where(
        skills.last_day == today,
        LATER_SAME_DAY ** skills.takes_that_day.astype(np.float64),
        1.0,
    )
    mean = before.mean + weight * skills.habits.learning * np.maximum(0.0, CEILING - before.mean)
    variance = before.variance - before.leaning**2 * _shared_variance(skills)
    belief = _Belief(mean, variance, before.leaning)
    return _outlook(skills, belief, stability, np.full(len(mean), _days_between(now, at)))


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


def habits_of(log: TakeLog, cold: Floats, cold_variance: Floats) -> Habits:
    """Weigh every pair of `LEARNING` and `FADING` by how well it foresaw the person's own takes.

    Args:
        log: the takes; the questions practised last are used, up to `HABIT_TAKES` takes.
        cold: the cold level (0–100) of each question of the log.
        cold_variance: how unsure that level is.

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
    blocks, recent = _of_questions_practised_last(log)
    _, evidence = _filter(blocks, cold[recent], cold_variance[recent], learning, fading)
    posterior = prior * np.exp(evidence - evidence.max())
    posterior /= posterior.sum()
    return Habits(learning=float(posterior @ learning), fading=float(posterior @ fading))


class _Belief(NamedTuple):
    """Mean and variance of skills, and how far the means rest on the cold level (0–1)."""

    mean: Floats
    variance: Floats
    leaning: Floats


def _filter(
    blocks: Sequence[TakeBlock],
    cold: Floats,
    cold_variance: Floats,
    learning: Floats,
    fading: Floats,
) -> tuple[_Belief, Floats]:
    """Walk through the log, the k-th takes of all questions at once, for several habits at once.

    Returns:
        The belief after the last take, one row a question and one column a pair of habits, and
        for each pair the log likelihood of all takes but the first ones.
    """
    shape = (len(cold), len(learning))
    level = np.broadcast_to(cold[:, None], shape)
    after = _Belief(level.copy(), np.full(shape, QUESTION_VARIANCE), np.ones(shape))
    evidence = np.zeros(len(learning))
    for k, block in enumerate(blocks):
        size = len(block.at)
        noise, overall = block.noise[:, None], block.overall[:, None]
        mean, variance, leaning = belief = _Belief(*(column[:size] for column in after))
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


def _of_questions_practised_last(log: TakeLog) -> tuple[tuple[TakeBlock, ...], Integers]:
    """Return the blocks of the questions practised last, and which they are."""
    everything = np.arange(len(log.question_ids))
    if log.takes <= HABIT_TAKES:
        return log.blocks, everything
    takes = np.zeros(len(everything), dtype=np.int64)
    for block in log.blocks:
        takes[: len(block.at)] += 1
    newest = np.argsort(-log.last_at, kind="stable")
    recent = np.sort(newest[np.cumsum(takes[newest]) <= HABIT_TAKES])
    blocks = (
        TakeBlock(*(column[recent[recent < len(block.at)]] for column in block))
        for block in log.blocks
    )
    return tuple(block for block in blocks if len(block.at)), recent


def _predict(belief: _Belief, cold: Floats, kept: Floats, days: Floats) -> _Belief:
    """Return the belief some days later, when this share (0–1) of what was gained is kept."""
    mean, variance, leaning = belief
    kept = np.where(mean > cold, kept, 1.0)
    grown = kept**2 * variance + DRIFT_PER_DAY * days
    return _Belief(
        cold + kept * (mean - cold),
        np.minimum(grown, np.maximum(variance, QUESTION_VARIANCE)),
        kept * leaning + (1 - kept),
    )


def _outlook(skills: Skills, belief: _Belief, stability: Floats, days: Floats) -> Outlook:
    kept = memory.retrievability(stability, days) ** skills.habits.fading
    mean, variance, leaning = _predict(belief, skills.cold[skills.group], kept, days)
    total = variance + leaning**2 * _shared_variance(skills)
    return Outlook(
        mean=mean,
        variance=total,
        leaning=leaning,
        probability=normal_cdf((mean - skills.target) / np.sqrt(total + TAKE_NOISE)),
    )


def _shared_variance(skills: Skills) -> Floats:
    return np.diag(skills.cold_covariance)[skills.group]


def _days_since(last_at: Floats, at: datetime) -> Floats:
    """Return days elapsed, none where there is nothing to have elapsed since."""
    return np.nan_to_num(np.maximum(0.0, (at.timestamp() - last_at) / SECONDS_PER_DAY))


def _days_between(first: datetime, second: datetime) -> float:
    return max(0.0, (second - first).total_seconds() / SECONDS_PER_DAY)


def _runs(question: Integers, day: Integers) -> Integers:
    """Number the stretches of one question on one day, in a log sorted by both."""
    changed = (np.diff(question, prepend=question[:1]) != 0) | (np.diff(day, prepend=day[:1]) != 0)
    return np.cumsum(changed)


def _share(weights: Floats, chosen: npt.NDArray[np.bool_], among: npt.NDArray[np.bool_]) -> float:
    whole = float(weights[among].sum())
    return float(weights[among & chosen].sum()) / whole if whole > 0 else 0.0
