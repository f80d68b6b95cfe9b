"""Where forecasts stand beside what came, and how well they fitted: records in, coordinates out.

`templates/forecasts.html` draws both as SVG; the same numbers stand beside them in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.calibration import Calibration
from voicecoach.retrospect import ForecastOutcome

WIDTH: Final = 640.0
HEIGHT: Final = 220.0
LEFT: Final = 36.0
RIGHT: Final = 12.0
TOP: Final = 12.0
BOTTOM: Final = 14.0

MOST_SHOWN: Final = 30
"""How many of the newest answers a phone's width has room for."""

SQUARE: Final = 240.0
SQUARE_LEFT: Final = 40.0
SQUARE_BOTTOM: Final = 40.0
SQUARE_EDGE: Final = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedAndCame:
    """One answer: where the expected score stands and where the one that came."""

    x: float
    expected: float
    came: float
    outcome: ForecastOutcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastChart:
    """The newest answers from left to right; heights are those of scores from 0 to 100."""

    answers: tuple[ExpectedAndCame, ...]
    rows: tuple[tuple[float, int], ...]
    target: float
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = WIDTH - RIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationDot:
    """Forecasts of about the same chance: where they stand, and how large the dot is."""

    x: float
    y: float
    radius: float
    expected: float
    came_true: float
    count: int


def forecast_chart(outcomes: Sequence[ForecastOutcome], target: float) -> ForecastChart:
    """Return where the newest outcomes stand.

    Args:
        outcomes: oldest first, at least one.
        target: the score (0–100) to mark with a line.
    """
    shown = outcomes[-MOST_SHOWN:]
    room = WIDTH - RIGHT - LEFT

    def up(score: float) -> float:
        share = min(max(score, 0.0), 100.0) / 100
        return round(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP), 1)

    return ForecastChart(
        answers=tuple(
            ExpectedAndCame(
                x=round(LEFT + room * (place + 0.5) / len(shown), 1),
                expected=up(one.expected),
                came=up(one.overall),
                outcome=one,
            )
            for place, one in enumerate(shown)
        ),
        rows=tuple((up(score), score) for score in (0, 50, 100)),
        target=up(target),
    )


def calibration_dots(found: Calibration) -> tuple[CalibrationDot, ...]:
    """Return a dot for each group of forecasts: chance to the right, share come true upwards."""
    side = SQUARE - SQUARE_LEFT - SQUARE_EDGE
    most = max(one.count for one in found.bins)
    return tuple(
        CalibrationDot(
            x=round(SQUARE_LEFT + one.expected * side, 1),
            y=round(SQUARE - SQUARE_BOTTOM - one.came_true * side, 1),
            radius=round(4 + 6 * (one.count / most) ** 0.5, 1),
            expected=one.expected,
            came_true=one.came_true,
            count=one.count,
        )
        for one in found.bins
    )
