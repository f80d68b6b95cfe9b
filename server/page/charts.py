"""Where the lines, dots and bars of a chart stand: numbers in, coordinates out.

`templates/charts.html` draws them as SVG, so that a chart is there without JavaScript, prints, and
takes the colours of the page. Every chart stands beside the same numbers in words or a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

WIDTH: Final = 640.0
HEIGHT: Final = 220.0
"""The size of the drawing, in its own units; it is scaled to the width it has on the page."""

LEFT: Final = 36.0
RIGHT: Final = 12.0
TOP: Final = 12.0
BOTTOM: Final = 26.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendValue:
    """One value over time, `low` and `high` its interval where it has one.

    `name` says what it is, for who hovers over it; `address` leads to it. `hollow` dots stand for
    what counts less (a typed answer, a forecast).
    """

    at: datetime
    value: float
    low: float | None = None
    high: float | None = None
    name: str = ""
    address: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """Where a value stands in the drawing."""

    x: float
    y: float
    value: TrendValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A line or label of an axis: where it stands, and what it says."""

    place: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendChart:
    """A trend as coordinates. `line` and `band` are SVG point lists, `band` "" without intervals.

    `target` is the height of the line to be reached, None where there is none.
    """

    dots: tuple[Dot, ...]
    line: str
    band: str
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    target: float | None
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT
    bottom: float = HEIGHT - BOTTOM


def trend_chart(
    values: Sequence[TrendValue], *, lowest: float, highest: float, target: float | None = None
) -> TrendChart:
    """Return where the values of a trend stand, in the order of time.

    Args:
        values: at least one.
        lowest: the value at the foot of the chart.
        highest: the value at its top.
        target: a value to mark with a line.

    Raises:
        ValueError: there are no values, or nothing between `lowest` and `highest`.
    """
    if not values or highest <= lowest:
        raise ValueError("a trend needs values, and a height to show them in")
    ordered = sorted(values, key=lambda value: value.at)
    first, last = ordered[0].at, ordered[-1].at
    seconds = (last - first).total_seconds()

    def across(at: datetime) -> float:
        share = (at - first).total_seconds() / seconds if seconds else 0.5
        return round(LEFT + 8 + share * (WIDTH - RIGHT - LEFT - 16), 1)

    def up(value: float) -> float:
        share = (min(max(value, lowest), highest) - lowest) / (highest - lowest)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)

    ranged = [(one, one.low, one.high) for one in ordered]
    band = [(across(one.at), up(high)) for one, _, high in ranged if high is not None]
    band += [(across(one.at), up(low)) for one, low, _ in reversed(ranged) if low is not None]
    ends = [ordered[0]] if first.date() == last.date() else [ordered[0], ordered[-1]]
    return TrendChart(
        dots=tuple(Dot(x=across(one.at), y=up(one.value), value=one) for one in ordered),
        line=_points([(across(one.at), up(one.value)) for one in ordered]),
        band=_points(band),
        rows=tuple(
            Tick(place=up(value), label=f"{value:g}")
            for value in (lowest, (lowest + highest) / 2, highest)
        ),
        columns=tuple(
            Tick(place=across(one.at), label=f"{one.at.day} {one.at:%b}") for one in ends
        ),
        target=None if target is None else up(target),
    )


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in places)
