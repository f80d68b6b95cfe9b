"""How well readiness foresaw interviews: what it said the day before, and what went well there.

Readiness speaks of likely questions and of scores at target; an interview asks what it likes, and
the person says how it went. So the two are near relatives and not the same, and a handful of
interviews tells little: everything here carries its uncertainty. Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta, tzinfo
from typing import Final

from question_bank.local_days import local_moment
from question_bank.question import Question
from question_bank.schedule import horizon_for
from voicecoach.mean_difference import MeanDifference, mean_difference
from voicecoach.readiness import Readiness, readiness
from voicecoach.take_log import ScoredTake
from voicecoach.what_came import Went, WhatCame

ENOUGH_INTERVIEWS: Final = 5
"""Interviews below which nothing is said about how well readiness foresaw them (a judgement: the
mean of four shares of a few questions each is unsure by some 30 points either way)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """One interview: what readiness said at the end of the day before, and what came.

    `share`, `low` and `high` (0–1) are readiness with its 80% interval; `came` counts the questions
    and `well` those that went well.
    """

    interview_id: str
    day: date
    share: float
    low: float
    high: float
    came: int
    well: int

    @property
    def went_well(self) -> float:
        """The share (0–1) of the questions that came which went well."""
        return self.well / self.came

    @property
    def within(self) -> bool:
        """Whether that share lay in the interval told beforehand."""
        return self.low <= self.went_well <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class ForesightRecord:
    """Every interview that can be compared, oldest first, and what they say together.

    Below `ENOUGH_INTERVIEWS` only `missing` is told. `difference` is what went well minus what
    readiness had said, in shares; `brier` is the mean squared error (0 perfect) of readiness as
    the chance of each single question, and `coin` that of telling one half each time.
    """

    foreseen: tuple[Foreseen, ...]
    missing: int
    difference: MeanDifference | None
    brier: float | None
    coin: float = 0.25

    @property
    def as_sentence(self) -> str:
        """What the record says, in plain words."""
        known = len(self.foreseen)
        if self.difference is None:
            return (
                f"{known} of {ENOUGH_INTERVIEWS} interviews: from {ENOUGH_INTERVIEWS} on you see "
                "here how well readiness foresaw them."
            )
        said = sum(one.share for one in self.foreseen) / known
        came = sum(one.went_well for one in self.foreseen) / known
        opening = (
            f"Over {known} interviews readiness had said {_percent(said)} on average, and "
            f"{_percent(came)} of the questions that came went well."
        )
        return f"{opening} {_verdict(self.difference)}"


def readiness_before(
    questions: Iterable[Question],
    takes: Iterable[ScoredTake],
    *,
    day: date,
    zone: tzinfo,
    target: float,
) -> Readiness:
    """Return readiness for an interview as the log tells it at the end of the day before.

    Takes, questions and entries of a question's history that came later do not exist yet; which
    questions were retired is known for today only.

    Args:
        questions: the questions asked today.
        takes: every take, as in `Standing.scored_takes`.
        day: the interview's.
        zone: says what a day is.
        target: the score (0–100) to be reached.
    """
    midnight = local_moment(day, 0, zone)
    evening = midnight - timedelta(seconds=1)
    known = [
        replace(
            question,
            tripped_up=tuple(trip for trip in question.tripped_up if trip.noted_at < midnight),
        )
        for question in questions
        if question.created_at < midnight
    ]
    return readiness(
        known,
        [take for take in takes if take.at < midnight],
        horizon=horizon_for(day, evening, zone),
        now=evening,
        target=target,
    )


def foreseen(came: WhatCame, day: date, before: Readiness) -> Foreseen | None:
    """Return an interview beside what readiness had said; None where one of the two is missing."""
    if before.share is None or before.low is None or before.high is None or not came.questions:
        return None
    return Foreseen(
        interview_id=came.interview_id,
        day=day,
        share=before.share,
        low=before.low,
        high=before.high,
        came=len(came.questions),
        well=came.count(Went.WELL),
    )


def foresight_record(interviews: Iterable[Foreseen]) -> ForesightRecord:
    """Return what the interviews say together, once there are enough of them."""
    ordered = tuple(sorted(interviews, key=lambda one: (one.day, one.interview_id)))
    missing = max(0, ENOUGH_INTERVIEWS - len(ordered))
    if missing:
        return ForesightRecord(foreseen=ordered, missing=missing, difference=None, brier=None)
    return ForesightRecord(
        foreseen=ordered,
        missing=0,
        difference=mean_difference([one.went_well - one.share for one in ordered]),
        brier=_brier(ordered),
    )


def _brier(interviews: Sequence[Foreseen]) -> float:
    squared = sum(
        one.well * (1 - one.share) ** 2 + (one.came - one.well) * one.share**2 for one in interviews
    )
    return squared / sum(one.came for one in interviews)


def _verdict(difference: MeanDifference) -> str:
    low, high = round(100 * difference.low), round(100 * difference.high)
    if not difference.is_clear:
        return (
            "Whether it promises too much or too little can’t be told yet: the difference may be "
            f"anything from {_signed(low)} to {_signed(high)} points."
        )
    points = f"{abs(round(100 * difference.mean))} points on average"
    between = f"probably between {min(abs(low), abs(high))} and {max(abs(low), abs(high))}"
    if difference.mean > 0:
        return f"You do better than it says: by {points} ({between})."
    return f"It promises more than comes: by {points} ({between})."


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "−")


def _percent(share: float) -> str:
    return f"{round(100 * share)}%"
