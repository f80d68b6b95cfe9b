"""People who learn and forget by laws other than our model's; chance comes in as a generator."""

import math
from dataclasses import dataclass, field

import numpy as np

from question_bank.question import Question
from tests.rehearsals import question, take
from voicecoach.take_log import TARGET, ScoredTake

NOISE = 11.0

LAWS = ("exponential", "power", "lapses", "lasting", "two components", "steps")
"""How what was gained fades: by one rate, ever more slowly, by all-or-little lapses, not at all,
by a fast and a slow part, or all at once after a while."""


@dataclass
class Person:
    """Skills that rise with practice and fade by `law`, one of `LAWS`.

    `repeat_worth` (0–1) is what a second answer of a day teaches, of a first one; a third is worth
    that squared. 1 is a person without the spacing effect (Cepeda and others 2006).
    """

    law: str
    rng: np.random.Generator
    questions: list[Question] = field(default_factory=list)
    takes: list[ScoredTake] = field(default_factory=list)
    level: list[float] = field(default_factory=list)
    gained: list[float] = field(default_factory=list)
    rehearsed: list[float | None] = field(default_factory=list)
    strength: list[float] = field(default_factory=list)
    learning: float = 0.0
    repeat_worth: float = 1.0
    answers_that_day: dict[tuple[int, int], int] = field(default_factory=dict)

    @classmethod
    def meet(
        cls, law: str, rng: np.random.Generator, questions: int, *, repeat_worth: float = 1.0
    ) -> "Person":
        """Return a person with so many questions, drawn by `rng`."""
        person = cls(law, rng, repeat_worth=repeat_worth)
        usual = rng.normal(48, 8)
        person.learning = rng.uniform(0.1, 0.35)
        for number in range(questions):
            tripped = bool(rng.random() < 0.5)
            person.questions.append(question(str(number), tripped=tripped))
            person.level.append(float(usual + rng.normal(0, 12) - 4 * tripped))
        person.gained = [0.0] * questions
        person.rehearsed = [None] * questions
        person.strength = [1.0] * questions
        return person

    def skill(self, number: int, day: float) -> float:
        """Return the skill (0–100) behind an answer to a question on a day."""
        rehearsed = self.rehearsed[number]
        elapsed = 0.0 if rehearsed is None else day - rehearsed
        return self.level[number] + self.gained[number] * self._kept(elapsed, self.strength[number])

    def answer(self, number: int, day: float) -> float:
        """Answer once, learn from it, and return the score (0–100)."""
        skill = self.skill(number, day)
        score = float(np.clip(skill + self.rng.normal(0, NOISE), 0, 100))
        before = self.answers_that_day.get((number, int(day)), 0)
        self.answers_that_day[number, int(day)] = before + 1
        worth = self.repeat_worth**before
        self.gained[number] = skill - self.level[number] + worth * self.learning * (92 - skill)
        self.rehearsed[number] = day
        self.strength[number] += 0.5 * worth
        self.takes.append(take(str(number), day, score))
        return score

    def share_at_target(self, day: float, target: float = TARGET) -> float:
        """Return the expected share (0–1) of questions whose answer on that day reaches the target.

        Over the noise of an answer, and over whether a lapse happens.
        """
        chances = []
        for number, level in enumerate(self.level):
            rehearsed = self.rehearsed[number]
            elapsed = 0.0 if rehearsed is None else day - rehearsed
            kept = self._shares_kept(elapsed, self.strength[number])
            chances.append(
                sum(
                    share * _at_least(target, level + self.gained[number] * left)
                    for left, share in kept
                )
            )
        return sum(chances) / len(chances)

    def _shares_kept(self, elapsed: float, strength: float) -> list[tuple[float, float]]:
        """Return what share of the gain may be left, each with its probability."""
        if self.law != "lapses":
            return [(self._kept(elapsed, strength), 1.0)]
        lasts = math.exp(-elapsed / (20 * strength))
        return [(1.0, lasts), (0.3, 1 - lasts)]

    def _kept(self, elapsed: float, strength: float) -> float:
        match self.law:
            case "exponential":
                return math.exp(-elapsed / (6 * strength))
            case "power":
                return float((1 + elapsed / 3) ** (-0.4 / math.sqrt(strength)))
            case "lapses":
                return 1.0 if self.rng.random() < math.exp(-elapsed / (20 * strength)) else 0.3
            case "two components":
                fast, slow = (
                    math.exp(-elapsed / (2 * strength)),
                    math.exp(-elapsed / (30 * strength)),
                )
                return 0.5 * fast + 0.5 * slow
            case "steps":
                return 1.0 if elapsed < 4 * strength else 0.4
            case _:
                return 1.0


def _at_least(target: float, skill: float) -> float:
    """Return the probability that an answer of this skill scores at least the target."""
    return 0.5 * math.erfc((target - skill) / (NOISE * math.sqrt(2)))
