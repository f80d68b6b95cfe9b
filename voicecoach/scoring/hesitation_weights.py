"""What cues weigh; `benchmarks/fit_filled_pauses.py` prints them.

A positive weight speaks for a filled pause; `hesitation_odds.cues` says what each cue is.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FREE_ALONE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -0.82,
        "long": 0.23,
        "bright": -2.18,
        "rough": 0.46,
        "open": -2.65,
        "front_or_back": -1.85,
        "height": 0.01,
        "moving": -2.36,
        "gliding": -1.44,
        "hum": -1.02,
        "beside_quiet": 0.67,
        "loud": 0.96,
        "uncovered": 1.36,
    }
)
"""1105 filled pauses among 2152 stretches."""

FREE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -1.03,
        "long": 0.74,
        "bright": -1.96,
        "rough": 0.06,
        "open": -2.08,
        "front_or_back": -0.91,
        "height": 0.62,
        "moving": -2.52,
        "gliding": -1.45,
        "hum": -0.26,
        "beside_quiet": 0.38,
        "loud": 0.71,
        "uncovered": 0.65,
        "unlike_others": -1.37,
    }
)
"""1105 filled pauses among 2152 stretches."""

COVERED_ALONE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -7.05,
        "long": 1.79,
        "bright": -2.35,
        "rough": 0.51,
        "open": -3.65,
        "front_or_back": -3.55,
        "height": 0.30,
        "moving": -4.72,
        "gliding": 0.10,
        "hum": 0.00,
        "beside_quiet": 1.74,
        "loud": -1.19,
        "stretched": 1.02,
        "surplus": 0.51,
        "surplus_of_all": 0.93,
        "inside": -1.55,
    }
)
"""2058 filled pauses among 34468 stretches."""

COVERED: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -8.59,
        "long": 1.37,
        "bright": -1.83,
        "rough": -0.06,
        "open": -2.26,
        "front_or_back": -1.92,
        "height": 0.90,
        "moving": -4.95,
        "gliding": 0.37,
        "hum": 0.00,
        "beside_quiet": 1.22,
        "loud": -1.11,
        "stretched": 0.82,
        "surplus": 0.28,
        "surplus_of_all": 1.16,
        "inside": -1.38,
        "unlike_others": -2.14,
    }
)
"""2058 filled pauses among 34468 stretches."""
