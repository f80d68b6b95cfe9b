"""Weights of the cues for filled pauses, as `benchmarks/fit_filled_pauses.py` prints them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FREE_ALONE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -2.22,
        "long": -0.23,
        "bright": -1.94,
        "rough": -1.22,
        "open": -1.58,
        "front_or_back": -1.12,
        "height": 0.39,
        "moving": -1.39,
        "gliding": -1.49,
        "hum": -0.59,
        "beside_quiet": -0.10,
        "loud": 0.71,
        "uncovered": 2.72,
    }
)
"""524 filled pauses among 1071 stretches."""

FREE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -2.85,
        "long": 0.14,
        "bright": -1.25,
        "rough": -0.92,
        "open": -1.15,
        "front_or_back": -0.19,
        "height": 0.43,
        "moving": -1.56,
        "gliding": -1.75,
        "hum": -0.23,
        "beside_quiet": -0.24,
        "loud": 0.57,
        "uncovered": 2.22,
        "unlike_others": -1.31,
    }
)
"""524 filled pauses among 1071 stretches."""

COVERED_ALONE: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -6.37,
        "long": 1.64,
        "bright": -1.42,
        "rough": 0.68,
        "open": -2.04,
        "front_or_back": -3.61,
        "height": 0.07,
        "moving": -4.87,
        "gliding": 0.07,
        "hum": 0.00,
        "beside_quiet": 1.55,
        "loud": -1.02,
        "stretched": 0.89,
        "surplus": 1.23,
        "inside": -0.37,
    }
)
"""995 filled pauses among 16854 stretches."""

COVERED: Final[Mapping[str, float]] = MappingProxyType(
    {
        "intercept": -8.87,
        "long": 1.45,
        "bright": -0.40,
        "rough": 0.91,
        "open": -1.78,
        "front_or_back": -1.06,
        "height": 0.84,
        "moving": -4.48,
        "gliding": 0.37,
        "hum": 0.00,
        "beside_quiet": 1.29,
        "loud": -1.01,
        "stretched": 1.05,
        "surplus": 0.98,
        "inside": -0.40,
        "unlike_others": -2.31,
    }
)
"""995 filled pauses among 16854 stretches."""
