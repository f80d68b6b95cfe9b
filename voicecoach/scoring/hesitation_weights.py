"""What cues weigh; `benchmarks/fit_filled_pauses.py` prints them.

A positive weight speaks for a filled pause; `hesitation_odds.cues` says what each cue is.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FREE_ALONE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -1.25,
        "long": 0.25,
        "bright": -2.87,
        "rough": -0.02,
        "open": -1.45,
        "front_or_back": -1.42,
        "height": 0.27,
        "moving": -1.75,
        "gliding": -1.08,
        "hum": -0.63,
        "beside_quiet": 0.23,
        "loud": 1.12,
        "uncovered": 2.17,
    }
)
"""1315 filled pauses among 2193 stretches."""

FREE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -1.59,
        "long": 0.27,
        "bright": -2.41,
        "rough": 0.04,
        "open": -1.01,
        "front_or_back": -0.58,
        "height": 0.65,
        "moving": -2.12,
        "gliding": -1.35,
        "hum": 0.07,
        "beside_quiet": 0.09,
        "loud": 1.08,
        "uncovered": 1.50,
        "unlike_others": -1.37,
    }
)
"""1315 filled pauses among 2193 stretches."""

COVERED_ALONE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -6.21,
        "long": 1.62,
        "bright": -2.59,
        "rough": 0.82,
        "open": -2.26,
        "front_or_back": -3.24,
        "height": 0.26,
        "moving": -4.68,
        "gliding": 0.24,
        "hum": 0.00,
        "beside_quiet": 1.38,
        "loud": -1.18,
        "stretched": 0.98,
        "surplus": 0.30,
        "surplus_of_all": 0.81,
        "inside": -1.53,
    }
)
"""2444 filled pauses among 34932 stretches."""

COVERED: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -9.42,
        "long": 1.18,
        "bright": -2.40,
        "rough": 1.13,
        "open": -1.21,
        "front_or_back": -1.48,
        "height": 1.26,
        "moving": -4.69,
        "gliding": 0.62,
        "hum": 0.00,
        "beside_quiet": 1.20,
        "loud": -1.46,
        "stretched": 0.94,
        "surplus": 0.06,
        "surplus_of_all": 1.00,
        "inside": -1.10,
        "unlike_others": -2.59,
    }
)
"""2444 filled pauses among 34932 stretches."""
