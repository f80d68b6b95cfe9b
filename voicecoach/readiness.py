"""How ready the person will be: the share of likely questions they would answer at target.

For each likely question the chance that the first take on the day of the interview reaches the
target (`voicecoach.skill`); readiness is their weighted mean, with an 80% interval that holds
the luck of single answers (Poisson-binomial), what is not known about the person, how much fades
until then, and the form of the day. Below three scored takes it says "not enough yet" and no
number.

Pure: the log, the questions and the moment come in as arguments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

import numpy as np

from question_bank.local_days import local_day
from question_bank.memory import Floats, Integers
from question_bank.question import Question, QuestionKind, QuestionSource
from question_bank.schedule import Horizon, tripped_up
from voicecoach.cold_level import Flags
from voicecoach.foresight import gain_range, outlook_after_rehearsal
from voicecoach.skill import Outlook, Skills, outlook, skills
from voicecoach.take_log import TAKE_NOISE, TARGET, ScoredTake, TakeLog, take_log

ENOUGH_TAKES: Final = 3
"""Scored takes below which no figure is told."""

INTERVAL_Z: Final = 1.2816
"""Standard deviations to either side of the mean that hold 80% of a normal distribution."""

FADING_DOUBT: Final = 1.5
"""Standard deviation of what fades until the day around what is expected to, as a multiple of it,
all questions alike: nobody forgets by one law. A judgement in the light of simulated people who
forget by six laws (`benchmarks/readiness.py`), from not at all to twice as much as expected."""

DAY_FORM_SD: Final = 3.0
"""How much a good or bad day moves all answers together, in points of 100 (a judgement)."""

TRIPPED_WEIGHT: Final = 2.0
MET_WEIGHT: Final = 1.5
OTHER_WEIGHT: Final = 1.0
"""How likely a question is to be asked, relative: it tripped the person up in an interview, it was
met in one, or neither."""

OWN_SHARE: Final = 0.5
"""Share of readiness that questions of the person's own making have together at most, where there
are others. An interview asks what it asks, and however many questions somebody thinks up (a
judgement: as likely as everything that packs and interviews ask). They never lift it above what the
others come to: nothing says that they will be asked, and easy ones are thought up quickly."""

RAISE_COUNT: Final = 5
"""How many questions are named as raising readiness most."""


@dataclass(frozen=True, slots=True)
class QuestionReadiness:
    """One likely question on the day of the interview.

    `probability` (0–1) that its first take reaches the target; `mean` (0–100) and
    `standard_deviation` of the skill; `weight` its share (0–1) of readiness, 0 for one of the
    person's own making that would lift it (see `OWN_SHARE`). A `retired` one is among them where it
    was put away before it went well.
    """

    question_id: str
    probability: float
    mean: float
    standard_deviation: float
    weight: float
    practised: bool
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Raise:
    """One rehearsal now, and by how much (share, 0–1) it is expected to raise readiness.

    `low` and `high` are the ends of an 80% interval: how the person learns and forgets is known
    only so well. The luck of a single answer comes on top.
    """

    question_id: str
    gain: float
    low: float
    high: float
    because: str

    @property
    def in_points(self) -> str:
        """The gain in points of 100 with its interval: "+0.8 (0.3 to 1.2)"."""
        return f"+{100 * self.gain:.1f} ({100 * self.low:.1f} to {100 * self.high:.1f})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """How ready, how sure, and what would help most.

    `share` (0–1) of likely questions expected at target, `low` and `high` its 80% interval: all
    None, with `not_enough` saying what is missing, while too little is known. `horizon` is the
    day spoken of, `assumed_horizon` true when no interview is upcoming.
    """

    share: float | None
    low: float | None
    high: float | None
    likely_questions: int
    per_question: tuple[QuestionReadiness, ...]
    attempts_used: int
    not_enough: str | None
    raise_most: tuple[Raise, ...]
    horizon: date
    assumed_horizon: bool
    target: float

    @property
    def as_sentence(self) -> str:
        """Readiness in one or two plain sentences."""
        if self.share is None or self.low is None or self.high is None:
            return self.not_enough or ""
        day = f"{self.horizon:%A} {self.horizon.day} {self.horizon:%B %Y}"
        sentence = (
            f"On {day} you would answer about {round(10 * self.share)} of 10 likely questions "
            f"at {self.target:.0f} or better ({round(10 * self.low)} to {round(10 * self.high)})."
        )
        if self.assumed_horizon:
            sentence += " No interview date is known, so this looks 14 days ahead."
        return sentence


def likely_weight(question: Question) -> float:
    """Return how likely a question is to be asked, relative to others.

    0 for a retired one, and for one that the person asks: no interviewer will.
    """
    if question.retired:
        return 0.0
    if tripped_up(question):
        return TRIPPED_WEIGHT
    if bool(question.tripped_up) or question.source is QuestionSource.DEBRIEF:
        return MET_WEIGHT
    return 0.0 if question.kind is QuestionKind.TO_ASK else OTHER_WEIGHT


def person_skills(questions: Sequence[Question], log: TakeLog) -> Skills:
    """Return the skill of every question given, for forecasts and readiness alike.

    A retired question still counts where it was met in an interview or answered, and its last
    answer fell short: putting it away does not make an interviewer forget it.
    """
    weights, apart = _likely_weights(questions, log)
    return skills(questions, log, weights=weights, apart=apart)


def _likely_weights(questions: Sequence[Question], log: TakeLog) -> tuple[Floats, Flags]:
    """Return how likely each question is to be asked, and which say nothing good of the others.

    The latter are those of the person's own making, unless there are no others, and those that no
    interviewer asks.
    """
    last = np.zeros(len(log.question_ids))
    for block in log.blocks:
        last[: len(block.overall)] = block.overall
    newest = dict(zip(log.question_ids, last.tolist(), strict=True))
    weights, own = np.zeros(len(questions)), _of_own_making(questions)
    for row, question in enumerate(questions):
        met = bool(question.tripped_up) or question.source is QuestionSource.DEBRIEF
        if not question.retired:
            weights[row] = likely_weight(question)
        elif (met or question.id in newest) and newest.get(question.id, 0.0) < log.target:
            weights[row] = likely_weight(replace(question, retired=False))
    others, thought_up = float(weights[~own].sum()), float(weights[own].sum())
    most = others * OWN_SHARE / (1 - OWN_SHARE)
    if others > 0 and thought_up > most:
        weights[own] *= most / thought_up
    asked_by_them = np.array([likely_weight(replace(one, retired=False)) > 0 for one in questions])
    return weights, (own & (others > 0)) | ~asked_by_them.astype(np.bool_)


def _of_own_making(questions: Sequence[Question]) -> Flags:
    return np.array(
        [one.source is QuestionSource.ADDED and not one.tripped_up for one in questions],
        dtype=np.bool_,
    )


def _held_back(skills: Skills, expected: Outlook) -> Skills:
    """Return the skills with questions of the person's own making left out where they would lift.

    Their weight falls to the others where they are expected to go better than those.
    """
    own = _of_own_making(skills.questions)
    weight = np.where(own, 0.0, skills.weight)
    others = float(weight.sum())
    if not 0 < others < 1:
        return skills
    theirs = float(weight @ expected.probability) / others
    if float(skills.weight @ expected.probability) <= theirs:
        return skills
    return replace(skills, weight=weight / others)


def readiness(
    questions: Sequence[Question],
    takes: Iterable[ScoredTake] | TakeLog,
    *,
    horizon: Horizon,
    now: datetime,
    target: float = TARGET,
) -> Readiness:
    """Return how ready the person will be at the horizon.

    Args:
        questions: the whole bank; retired ones only tell about the person.
        takes: every scored take, in any order, or the log already made of them.
        horizon: from `question_bank.schedule.horizon_for`.
        now: the moment a further rehearsal would take place.
        target: the score (0–100) to reach; a log already made carries its own.
    """
    log = takes if isinstance(takes, TakeLog) else take_log(takes, target=target, zone=horizon.zone)
    return readiness_of(person_skills(questions, log), horizon=horizon, now=now)


def readiness_of(
    skills: Skills, *, horizon: Horizon, now: datetime, with_raises: bool = True
) -> Readiness:
    """Return readiness from skills already estimated by `person_skills`.

    Without `with_raises` nothing is looked for that would raise it; a past day needs no advice.
    """
    expected = outlook(skills, horizon.until)
    likely = np.flatnonzero(skills.weight)
    skills = _held_back(skills, expected)
    not_enough = _not_enough(skills)
    share = low = high = None
    if not_enough is None:
        share = float(skills.weight @ expected.probability)
        spread = INTERVAL_Z * float(np.sqrt(_variance_of_share(skills, expected)))
        low, high = max(0.0, share - spread), min(1.0, share + spread)
    return Readiness(
        share=share,
        low=low,
        high=high,
        likely_questions=len(likely),
        per_question=_per_question(skills, expected, likely),
        attempts_used=skills.takes,
        not_enough=not_enough,
        raise_most=_raise_most(skills, expected, horizon=horizon, now=now) if with_raises else (),
        horizon=horizon.day,
        assumed_horizon=horizon.assumed,
        target=skills.target,
    )


def _not_enough(skills: Skills) -> str | None:
    if not skills.weight.any():
        return "Not enough yet: there are no questions to be ready for. Log an interview first."
    missing = ENOUGH_TAKES - skills.takes
    if missing <= 0:
        return None
    answers = "one more answer" if missing == 1 else f"{missing} more answers"
    return f"Not enough yet: after {answers} readiness can be told."


def _variance_of_share(skills: Skills, expected: Outlook) -> float:
    """Variance of the share at target: luck, the person, what fades, and the form of the day."""
    luck = float(skills.weight**2 @ (expected.probability * (1 - expected.probability)))
    spread = np.sqrt(expected.variance + TAKE_NOISE)
    z = (expected.mean - skills.target) / spread
    slope = skills.weight * np.exp(-0.5 * z**2) / (np.sqrt(2 * np.pi) * spread)
    towards_cold = np.bincount(skills.group, weights=slope * expected.leaning, minlength=2)
    person = float(towards_cold @ skills.cold_covariance @ towards_cold)
    loss = np.maximum(0.0, skills.mean - expected.mean)
    fading = FADING_DOUBT * float(slope @ loss)
    return luck + person + fading**2 + float(slope.sum() * DAY_FORM_SD) ** 2


def _per_question(
    skills: Skills, expected: Outlook, likely: Integers
) -> tuple[QuestionReadiness, ...]:
    entries = list(
        map(
            QuestionReadiness,
            skills.row_of,
            expected.probability.tolist(),
            expected.mean.tolist(),
            np.sqrt(expected.variance).tolist(),
            skills.weight.tolist(),
            (~np.isnan(skills.last_at)).tolist(),
            [question.retired for question in skills.questions],
        )
    )
    return tuple(entries[row] for row in likely.tolist())


def _raise_most(
    skills: Skills, expected: Outlook, *, horizon: Horizon, now: datetime
) -> tuple[Raise, ...]:
    rehearsed = outlook_after_rehearsal(skills, now=now, at=horizon.until)
    asked = np.array([not question.retired for question in skills.questions], dtype=np.bool_)
    gains = asked * skills.weight * (rehearsed.probability - expected.probability)
    best = np.argsort(-gains, kind="stable")[:RAISE_COUNT]
    best = best[gains[best] > 0]
    low, high = gain_range(skills, best, now=now, at=horizon.until)
    return tuple(
        Raise(
            question_id=skills.questions[row].id,
            gain=float(gains[row]),
            low=min(float(skills.weight[row] * low[place]), float(gains[row])),
            high=max(float(skills.weight[row] * high[place]), float(gains[row])),
            because=_because(skills, expected, row, now),
        )
        for place, row in enumerate(best.tolist())
    )


def _because(skills: Skills, expected: Outlook, row: int, now: datetime) -> str:
    tripped = tripped_up(skills.questions[row])
    if np.isnan(skills.last_at[row]):
        return (
            "it tripped you up and you have not practised it yet"
            if tripped
            else "you have not practised it yet"
        )
    on_the_day = (
        f"on the day about {expected.mean[row]:.0f} of 100 is expected, "
        f"your target is {skills.target:.0f}"
    )
    days = local_day(now, skills.zone).toordinal() - int(skills.last_day[row])
    if days > 1:
        return f"you last answered it {days} days ago; {on_the_day}"
    return f"it tripped you up; {on_the_day}" if tripped else on_the_day
