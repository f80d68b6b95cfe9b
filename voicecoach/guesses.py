"""What people expect of their own answers before they see the score, beside the coach. Pure.

Both say what an answer will score; what matters is how far off they are, and to which side. With
fewer than `ENOUGH_GUESSES` nothing is said, and a side is named only where it is clear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import Final

from voicecoach.mean_difference import MeanDifference, mean_difference

ENOUGH_GUESSES: Final = 20
"""Guesses with a score below which nothing is said about them: as many as forecasts need."""

GUESS_STEPS: Final = (
    (30.0, "Badly"),
    (45.0, "Not so well"),
    (60.0, "All right"),
    (75.0, "Well"),
    (90.0, "Very well"),
)
"""The five steps of a guess by one tap: the score (0–100) each stands for, and its name."""

GROUP_WIDTH: Final = 10.0
"""Expected scores this near to one another are drawn as one group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A person's guess of an answer's overall (0–100), made before its score was shown.

    `expected` is None where the score was shown before anything was guessed.
    """

    attempt_id: str
    expected: float | None
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessOutcome:
    """A guess and what came; `coach` is what the coach had expected. All are scores, 0–100."""

    attempt_id: str
    question_id: str
    at: datetime
    guessed: float
    coach: float
    overall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedGroup:
    """Answers of which about the same was expected: what it was, and what came, on average."""

    expected: float
    came: float
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectations:
    """How somebody's expectations fitted, in points of 100.

    `difference` is what came minus what was expected (above 0: expected too little), with its 95%
    interval; `off` how far off they were on average, to whichever side.
    """

    difference: MeanDifference
    off: float
    groups: tuple[ExpectedGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessRecord:
    """All guesses that have an outcome, oldest first, and how they fitted beside the coach's.

    Below `ENOUGH_GUESSES` only `missing` is told. `further_off` is by how much the person was
    further off than the coach on the same answers (below 0: nearer), with its 95% interval.
    """

    outcomes: tuple[GuessOutcome, ...]
    missing: int
    own: Expectations | None
    coach: Expectations | None
    further_off: MeanDifference | None

    @property
    def as_sentences(self) -> tuple[str, ...]:
        """What the record says, in plain words."""
        if self.own is None or self.coach is None or self.further_off is None:
            guesses = "guess" if self.missing == 1 else "guesses"
            return (f"After {self.missing} more {guesses} you see here how well they fit.",)
        return (
            _bias_words(self.own.difference),
            f"You were {self.own.off:.0f} points off on average, the coach {self.coach.off:.0f}.",
            _comparison_words(self.further_off),
        )


def guess_record(outcomes: Sequence[GuessOutcome]) -> GuessRecord:
    """Return how well guesses fitted, beside the coach's forecasts of the same answers."""
    missing = max(0, ENOUGH_GUESSES - len(outcomes))
    if missing:
        return GuessRecord(
            outcomes=tuple(outcomes), missing=missing, own=None, coach=None, further_off=None
        )
    return GuessRecord(
        outcomes=tuple(outcomes),
        missing=0,
        own=_expectations([(one.guessed, one.overall) for one in outcomes]),
        coach=_expectations([(one.coach, one.overall) for one in outcomes]),
        further_off=mean_difference(
            [abs(one.overall - one.guessed) - abs(one.overall - one.coach) for one in outcomes]
        ),
    )


def _expectations(pairs: Sequence[tuple[float, float]]) -> Expectations | None:
    difference = mean_difference([came - expected for expected, came in pairs])
    if difference is None:
        return None
    grouped: dict[int, list[tuple[float, float]]] = {}
    for expected, came in pairs:
        grouped.setdefault(int(expected // GROUP_WIDTH), []).append((expected, came))
    return Expectations(
        difference=difference,
        off=fmean(abs(came - expected) for expected, came in pairs),
        groups=tuple(
            ExpectedGroup(
                expected=fmean(expected for expected, _ in entries),
                came=fmean(came for _, came in entries),
                count=len(entries),
            )
            for _, entries in sorted(grouped.items())
        ),
    )


def _bias_words(difference: MeanDifference) -> str:
    if not difference.is_clear:
        return (
            f"Over {difference.count} guesses you expect neither clearly too much nor too little "
            "of yourself."
        )
    ends = sorted((abs(difference.low), abs(difference.high)))
    by = (
        f"by {abs(difference.mean):.0f} points on average "
        f"(probably between {ends[0]:.0f} and {ends[1]:.0f})"
    )
    if difference.mean > 0:
        return f"You expect less of yourself than you reach: {by}."
    return f"You expect more of yourself than you reach so far: {by}."


def _comparison_words(further_off: MeanDifference) -> str:
    if not further_off.is_clear:
        return "Which of you knows better can’t be told yet."
    return "You know better than the coach." if further_off.mean < 0 else "The coach was nearer."
