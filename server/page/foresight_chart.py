"""Where readiness and what came stand for each interview, and guesses beside scores.

Records in, coordinates out; `templates/foresight.html` and `templates/guesses.html` draw them. The
same numbers stand beside them in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.foresaw import Foreseen
from voicecoach.guesses import ExpectedGroup

WIDTH: Final = 400.0
LEFT: Final = 12.0
RIGHT: Final = 12.0
ROW: Final = 34.0
FOOT: Final = 26.0

MOST_SHOWN: Final = 12
"""How many of the newest interviews are drawn."""

SQUARE: Final = 240.0
SQUARE_LEFT: Final = 40.0
SQUARE_BOTTOM: Final = 40.0
SQUARE_EDGE: Final = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeseenRow:
    """One interview: the height of its row, and how far to the right each figure stands."""

    y: float
    low: float
    high: float
    said: float
    came: float
    interview: Foreseen


@dataclass(frozen=True, slots=True, kw_only=True)
class ForesightChart:
    """Interviews one below the other, the newest at the foot; shares run from left to right."""

    rows: tuple[ForeseenRow, ...]
    columns: tuple[tuple[float, str], ...]
    height: float
    width: float = WIDTH
    left: float = LEFT
    right: float = WIDTH - RIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedDot:
    """Answers of which about the same was expected: where they stand, and how large the dot is."""

    x: float
    y: float
    radius: float
    group: ExpectedGroup


def foresight_chart(interviews: Sequence[Foreseen]) -> ForesightChart:
    """Return where the newest interviews stand; at least one is needed."""
    shown = interviews[-MOST_SHOWN:]

    def across(share: float) -> float:
        return round(LEFT + share * (WIDTH - RIGHT - LEFT), 1)

    return ForesightChart(
        rows=tuple(
            ForeseenRow(
                y=round(ROW * (place + 0.5), 1),
                low=across(one.low),
                high=across(one.high),
                said=across(one.share),
                came=across(one.went_well),
                interview=one,
            )
            for place, one in enumerate(shown)
        ),
        columns=tuple((across(share), f"{share:.0%}") for share in (0.0, 0.5, 1.0)),
        height=ROW * len(shown) + FOOT,
    )


def expected_dots(groups: Sequence[ExpectedGroup]) -> tuple[ExpectedDot, ...]:
    """Return a dot for each group: what was expected to the right, what came upwards (0–100)."""
    side = SQUARE - SQUARE_LEFT - SQUARE_EDGE
    most = max((group.count for group in groups), default=1)
    return tuple(
        ExpectedDot(
            x=round(SQUARE_LEFT + group.expected / 100 * side, 1),
            y=round(SQUARE - SQUARE_BOTTOM - group.came / 100 * side, 1),
            radius=round(4 + 5 * (group.count / most) ** 0.5, 1),
            group=group,
        )
        for group in groups
    )
