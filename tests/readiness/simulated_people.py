"""People who learn and forget by laws other than our model's; chance comes in as a generator."""

import math
from dataclasses import dataclass, field

import numpy as np

from question_bank.question import Question
from tests.rehearsals import question, take
from voicecoach.take_log import ScoredTake

NOISE = 11.0


@dataclass
class Person:
    """Skills that rise with practice and fade by `law`: exponential, power, lapses or lasting."""

    law: str
    rng: np.random.Generator
    questions: list[Question] = field(default_factory=list)
    takes: list[ScoredTake] = field(default_factory=list)
    level: list[float] = field(default_factory=list)
    gained: list[float] = field(default_factory=list)
    rehearsed: list[float | None] = field(default_factory=list)
    strength: list[float] = field(default_factory=list)
    learning: float = 0.0

    @classmethod
    def meet(cls, law: str, rng: np.random.Generator, questions: int) -> "Person":
        person = cls(law, rng)
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
        rehearsed = self.rehearsed[number]
        elapsed = 0.0 if rehearsed is None else day - rehearsed
        return self.level[number] + self.gained[number] * self._kept(elapsed, self.strength[number])

    def answer(self, number: int, day: float) -> float:
        """Answer once, learn from it, and return the score (0–100)."""
        skill = self.skill(number, day)
        score = float(np.clip(skill + self.rng.normal(0, NOISE), 0, 100))
        self.gained[number] = skill - self.level[number] + self.learning * (92 - skill)
        self.rehearsed[number] = day
        self.strength[number] += 0.5
        self.takes.append(take(str(number), day, score))
        return score

    def _kept(self, elapsed: float, strength: float) -> float:
        match self.law:
            case "exponential":
                return math.exp(-elapsed / (6 * strength))
            case "power":
                return float((1 + elapsed / 3) ** (-0.4 / math.sqrt(strength)))
            case "lapses":
                return 1.0 if self.rng.random() < math.exp(-elapsed / (20 * strength)) else 0.3
            case _:
                return 1.0
