"""What a benchmark tells: rows, and the section they stand in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One measured value beside its goal.

    `value` is None (or not a number) where nothing could be measured; `unit` then says why.
    `goal` is the line it was to hold, in words, None for a figure that is only told;
    `met` is None where there is no goal.
    """

    what: str
    value: float | None
    unit: str
    goal: str | None
    met: bool | None


@dataclass(frozen=True)
class Section:
    """The rows of one benchmark, and when and on what they were measured."""

    title: str
    measured: str
    rows: tuple[Row, ...]
