"""Breathing patterns: phases with their seconds, and what a pacer shows at any moment. Pure.

One description drives the drawing, the spoken words and the terminal's line. No effect is promised:
slow breathing is offered because many people find that it calms them, and it costs a minute.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from types import MappingProxyType
from typing import Final


class Cue(StrEnum):
    """What to do with the breath."""

    IN = "in"
    HOLD = "hold"
    OUT = "out"


CUE_WORDS: Final[Mapping[Cue, str]] = MappingProxyType(
    {Cue.IN: "breathe in", Cue.HOLD: "hold", Cue.OUT: "breathe out"}
)
"""What is written while it is done."""

SPOKEN: Final[Mapping[Cue, str]] = MappingProxyType(
    {Cue.IN: "In.", Cue.HOLD: "Hold.", Cue.OUT: "Out."}
)
"""What is said at its beginning; short, so that it is over before the breath is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One part of a round: what to do for how many whole seconds."""

    cue: Cue
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A way to breathe.

    `rounds` is how many are usual, `most_rounds` how many are offered at most. `caution` is ""
    where none is commonly given.
    """

    name: str
    title: str
    phases: tuple[Phase, ...]
    rounds: int
    most_rounds: int
    caution: str = ""

    @property
    def round_seconds(self) -> int:
        """How long one round takes."""
        return sum(phase.seconds for phase in self.phases)

    @property
    def counts(self) -> str:
        """The seconds of the phases, as people write a pattern: "4-7-8"."""
        return "-".join(str(phase.seconds) for phase in self.phases)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a pacer shows: the phase, which round (from 1), and how full the lungs are (0–1).

    `count` is the second of the phase, from 1, as one counts along; `begins` is the moment of the
    phase's beginning, in seconds from the start.
    """

    phase: Phase
    round: int
    count: int
    fullness: float
    begins: float


FEWEST_ROUNDS: Final = 1
MOST_ROUNDS: Final = 30
"""About five minutes of the shortest pattern."""

STOP: Final = "Stop whenever it does not feel good, and breathe as you like."
"""Said with every pattern."""


def _phases(**seconds: int) -> tuple[Phase, ...]:
    return tuple(Phase(cue=Cue(name.partition("_")[0]), seconds=s) for name, s in seconds.items())


PATTERNS: Final[tuple[Pattern, ...]] = (
    Pattern(
        name="long-exhale",
        title="Long breath out",
        phases=_phases(in_=4, out=6),
        rounds=6,
        most_rounds=MOST_ROUNDS,
    ),
    Pattern(
        name="box",
        title="Box",
        phases=_phases(in_=4, hold=4, out=4, hold_empty=4),
        rounds=4,
        most_rounds=20,
    ),
    Pattern(
        name="4-7-8",
        title="4-7-8",
        phases=_phases(in_=4, hold=7, out=8),
        rounds=4,
        most_rounds=8,
        caution=(
            "Some people get light-headed from it: sit or lie down, and take four rounds at most "
            "until you know it. If you feel dizzy, stop and breathe as usual."
        ),
    ),
)
"""The patterns offered, the gentlest first. Box breathing counts four four times. 4-7-8 is Andrew
Weil's, whose instructions give its caution: no more than four rounds at first, eight at most."""

USUAL: Final = PATTERNS[0]


def find_pattern(name: str) -> Pattern | None:
    """Return the pattern of that name; None where there is none."""
    return next((one for one in PATTERNS if one.name == name), None)


def rounds_within(pattern: Pattern, seconds: float) -> int:
    """Return how many rounds come nearest to so many seconds; at least one."""
    nearest = round(seconds / pattern.round_seconds)
    return min(max(nearest, FEWEST_ROUNDS), pattern.most_rounds)


def session_seconds(pattern: Pattern, rounds: int) -> int:
    """Return how long so many rounds take."""
    return pattern.round_seconds * rounds


def moment(pattern: Pattern, rounds: int, elapsed: float) -> Moment | None:
    """Return what is shown so many seconds after the start; None once it is over.

    Args:
        pattern: how to breathe.
        rounds: how often, at least once.
        elapsed: seconds since the start, 0 or more.
    """
    done, within = divmod(elapsed, pattern.round_seconds)
    if done >= rounds:
        return None
    ends = tuple(accumulate(phase.seconds for phase in pattern.phases))
    place = next(number for number, end in enumerate(ends) if within < end)
    phase = pattern.phases[place]
    into = within - (ends[place] - phase.seconds)
    return Moment(
        phase=phase,
        round=int(done) + 1,
        count=int(into) + 1,
        fullness=_fullness(pattern, place, into / phase.seconds),
        begins=done * pattern.round_seconds + ends[place] - phase.seconds,
    )


def full_at_end(pattern: Pattern, place: int) -> float:
    """Return how full the lungs are (0 or 1) at a phase's end: a hold keeps what was before."""
    for phase in reversed(pattern.phases[: place + 1]):
        if phase.cue is not Cue.HOLD:
            return 1.0 if phase.cue is Cue.IN else 0.0
    return 0.0


def _fullness(pattern: Pattern, place: int, share: float) -> float:
    before = full_at_end(pattern, place - 1) if place else 0.0
    return before + (full_at_end(pattern, place) - before) * share
