"""Do forecasts and readiness come true for people who don't learn and forget as the model has it?

`python -m benchmarks.readiness [--people N] [--json]`. Simulated people practise for two weeks; a
forecast is made before each question's first answer of a day. Their skills follow laws other than
the model's. Conditions are every law, with few or many answers a day, spoken or typed, and with an
interview date (the plan chooses what is rehearsed, readiness is told for the next morning) or
without one (chance chooses, readiness is told for 14 days later, nothing rehearsed until then).

Forecasts are held against what can be had for less: always the base rate of all these people
(known only afterwards, so a strong one), the last attempt, the share of hits so far, and an
exponentially weighted mean. The interval is held against the share of questions really reached
on that day, one drawn answer each, weighted as readiness weighs them.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np

if __package__ in {None, ""}:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.ranking import calibration_error
from benchmarks.rehearsal_policies import Answered, CoachPlan, NoPlan, Policy
from benchmarks.row import Row
from question_bank.schedule import horizon_for
from tests.readiness.simulated_people import LAWS, NOISE, Person
from tests.rehearsals import BERLIN, at_day
from voicecoach.plan_days import rehearsal_minutes
from voicecoach.readiness import ENOUGH_TAKES, person_skills, readiness_of
from voicecoach.skill import forecast, normal_cdf
from voicecoach.take_log import TARGET, take_log

NAME: Final = "Readiness that comes true (simulated people)"
QUESTIONS: Final = 12
DAYS: Final = 14
FEW, MANY = 2, 5
MORNING: Final = 0.35
LATER_DAYS: Final = 14
PEOPLE: Final = 20
REPEAT_WORTH: Final = 0.5
SEED: Final = 20_270_402
MOST_ERROR: Final = 0.10
COVERED: Final = 0.80
COVERED_WITHIN: Final = 0.05

EWMA_NEWEST: Final = 0.4
EWMA_SPREAD: Final = 16.0
REPEATS: Final = 0.8
"""How sure the last attempt is taken to come again: saying 1 would be beaten by anything."""


@dataclass(frozen=True)
class Condition:
    """What one group of people does."""

    law: str
    answers_a_day: int
    typed: bool
    dated: bool

    @property
    def words(self) -> str:
        """The condition as a row tells it."""
        return ", ".join(
            (
                self.law,
                "many takes" if self.answers_a_day == MANY else "few takes",
                "typed" if self.typed else "spoken",
                "with a date" if self.dated else "without a date",
            )
        )


CONDITIONS: Final = tuple(
    Condition(*one) for one in product(LAWS, (FEW, MANY), (False, True), (True, False))
)


@dataclass(frozen=True)
class Told:
    """What was told beforehand of one answer by each method (0–1), and whether it reached."""

    coach: float
    last_attempt: float
    hit_frequency: float
    ewma: float
    reached: bool


@dataclass(frozen=True)
class Judged:
    """One condition: calibration error, Brier scores and the coverage of the 80% interval."""

    condition: str
    forecasts: int
    calibration_error: float
    coach: float
    last_attempt: float
    hit_frequency: float
    ewma: float
    constant: float
    covered: float
    people: int


def measure(people: int = PEOPLE) -> list[Row]:
    """Return calibration, Brier scores and coverage, overall and condition by condition."""
    conditions, overall = simulate(people)
    rows = [
        Row(
            "calibration error (ECE) of all forecasts",
            overall.calibration_error,
            f"of {overall.forecasts} forecasts",
            f"at most {MOST_ERROR}",
            overall.calibration_error <= MOST_ERROR,
        ),
        Row("Brier score of the coach's forecasts", overall.coach, "(0 is perfect)", None, None),
    ]
    for name in ("last_attempt", "hit_frequency", "ewma", "constant"):
        brier = getattr(overall, name)
        rows.append(
            Row(
                f"Brier score of {name.replace('_', ' ')}",
                brier,
                "(0 is perfect)",
                "above the coach's",
                brier > overall.coach,
            )
        )
    rows.append(
        Row(
            "the 80% interval of readiness held the share really reached",
            overall.covered,
            f"of {overall.people} people",
            f"{COVERED} within {COVERED_WITHIN}",
            abs(overall.covered - COVERED) <= COVERED_WITHIN,
        )
    )
    rows.extend(
        Row(
            f"{one.condition}: ECE",
            one.calibration_error,
            f"(covered {one.covered:.2f}, Brier {one.coach:.3f}, constant {one.constant:.3f})",
            f"at most {MOST_ERROR}",
            one.calibration_error <= MOST_ERROR,
        )
        for one in conditions
    )
    return rows


def simulate(
    people: int, *, conditions: Sequence[Condition] = CONDITIONS, seed: int = SEED
) -> tuple[list[Judged], Judged]:
    """Return every condition judged, and all of them together."""
    judged: list[Judged] = []
    everything: list[Told] = []
    every_cover: list[bool] = []
    for place, condition in enumerate(conditions):
        told: list[Told] = []
        covered: list[bool] = []
        for number in range(people):
            walk = _Walk(condition, np.random.default_rng(seed + 1_000 * place + number))
            told += walk.practise()
            covered.append(walk.interval_holds())
        judged.append(_judged(condition.words, told, covered))
        everything += told
        every_cover += covered
    return judged, _judged("all", everything, every_cover)


class _Walk:
    """One person's two weeks, with everything that was told beforehand."""

    def __init__(self, condition: Condition, chance: np.random.Generator) -> None:
        self._condition = condition
        self._chance = chance
        self._person = Person.meet(condition.law, chance, QUESTIONS, repeat_worth=REPEAT_WORTH)
        horizon = horizon_for(at_day(DAYS).date(), at_day(0), BERLIN)
        minutes = condition.answers_a_day * rehearsal_minutes(self._person.questions[0])
        self._policy: Policy = (
            CoachPlan(self._person.questions, horizon, minutes)
            if condition.dated
            else NoPlan(self._person.questions, chance)
        )
        self._scores: dict[str, list[float]] = {}

    def practise(self) -> list[Told]:
        """Return what was told before each answer, once enough takes are known."""
        person, told = self._person, list[Told]()
        for day in range(DAYS):
            asked: set[str] = set()
            known = person_skills(person.questions, take_log(person.takes, zone=BERLIN))
            for place in range(self._condition.answers_a_day):
                at = day + place / 240
                question_id = self._policy.choose(day, at_day(at))
                expected = forecast(known, question_id, at_day(at)).probability
                before = self._baselines(question_id)
                overall = person.answer(int(question_id), at, typed=self._condition.typed)
                first_of_day = question_id not in asked
                asked.add(question_id)
                if known.takes >= ENOUGH_TAKES and first_of_day:
                    told.append(Told(expected, *before, reached=overall >= TARGET))
                self._policy.saw(Answered(question_id, day, at_day(at), overall))
                self._scores.setdefault(question_id, []).append(overall)
        return told

    def interval_holds(self) -> bool:
        """Say whether the interval told on the last evening held what came on the day."""
        evening = DAYS - 1 + 0.1
        day = DAYS - MORNING if self._condition.dated else DAYS + LATER_DAYS - MORNING
        told = self._readiness(at_day(evening), at_day(day))
        reached = [
            self._person.skill(number, day) + self._chance.normal(0, NOISE) >= TARGET
            for number in range(QUESTIONS)
        ]
        share = float(told.weights @ np.array(reached, dtype=np.float64))
        return told.low - 1e-9 <= share <= told.high + 1e-9

    def _readiness(self, now: datetime, on: datetime) -> "_Interval":
        person = self._person
        known = person_skills(person.questions, take_log(person.takes, zone=BERLIN))
        horizon = horizon_for(on.astimezone(BERLIN).date(), now, BERLIN)
        ready = readiness_of(known, horizon=horizon, now=now)
        if ready.low is None or ready.high is None:
            raise AssertionError("two weeks of practice are enough for an interval")
        return _Interval(ready.low, ready.high, known.weight)

    def _baselines(self, question_id: str) -> tuple[float, float, float]:
        """Return what the last attempt, the hits so far and a weighted mean say (0–1)."""
        everything = [score for scores in self._scores.values() for score in scores]
        usual = (sum(score >= TARGET for score in everything) + 1) / (len(everything) + 2)
        scores = self._scores.get(question_id)
        if not scores:
            return usual, usual, usual
        hits = sum(score >= TARGET for score in scores)
        mean = scores[0]
        for score in scores[1:]:
            mean += EWMA_NEWEST * (score - mean)
        chance = float(normal_cdf(np.array([(mean - TARGET) / EWMA_SPREAD]))[0])
        again = REPEATS if scores[-1] >= TARGET else 1 - REPEATS
        return again, (hits + 1) / (len(scores) + 2), chance


@dataclass(frozen=True)
class _Interval:
    low: float
    high: float
    weights: np.ndarray[tuple[int], np.dtype[np.float64]]


def _judged(name: str, told: Sequence[Told], covered: Sequence[bool]) -> Judged:
    reached = np.array([one.reached for one in told], dtype=np.bool_)
    coach = np.array([one.coach for one in told])

    def brier(chance: Callable[[Told], float]) -> float:
        return float(np.mean((np.array([chance(one) for one in told]) - reached) ** 2))

    return Judged(
        condition=name,
        forecasts=len(told),
        calibration_error=calibration_error(coach, reached),
        coach=brier(lambda one: one.coach),
        last_attempt=brier(lambda one: one.last_attempt),
        hit_frequency=brier(lambda one: one.hit_frequency),
        ewma=brier(lambda one: one.ewma),
        constant=float(reached.mean() * (1 - reached.mean())),
        covered=float(np.mean(covered)),
        people=len(covered),
    )


def lines(conditions: Sequence[Judged], overall: Judged) -> Iterator[str]:
    """Yield a table: one line a condition, all together last."""
    names = ("ECE", "coach", "last", "hits", "EWMA", "constant", "covered")
    yield f"{'':52}" + "".join(f"{name:>9}" for name in names)
    for one in (*conditions, overall):
        figures = (
            one.calibration_error,
            one.coach,
            one.last_attempt,
            one.hit_frequency,
            one.ewma,
            one.constant,
            one.covered,
        )
        yield f"{one.condition:52}" + "".join(f"{figure:9.3f}" for figure in figures)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found, as a table or as JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=PEOPLE, help="people in each condition")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    given = parser.parse_args(arguments)
    if given.people < 1:
        parser.error("--people must be at least 1")
    conditions, overall = simulate(given.people)
    if given.json:
        print(json.dumps([asdict(one) for one in (*conditions, overall)], indent=1))
        return 0
    for line in lines(conditions, overall):
        print(line)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
