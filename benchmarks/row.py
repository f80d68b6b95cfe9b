"""One line of a benchmark's result."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured value beside its goal.

    `goal` is the line it was to hold, in words, None for a figure that is only told;
    `met` is None where there is no goal.
    """

    what: str
    value: float
    unit: str
    goal: str | None
    met: bool | None
