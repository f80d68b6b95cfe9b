"""What stands in a result, in the words people read: the same in the terminal and on the page."""

from types import MappingProxyType
from typing import Final

from voicecoach.agreement import AgreementRate
from voicecoach.attempt import Forecast
from voicecoach.scoring.cut_points import Verdict
from voicecoach.scoring.evidence import Absence, Evidence, Measurement, Quote
from voicecoach.scoring.result import PointState
from voicecoach.time_words import span_words

LONGEST_SPAN_TOLD_SECONDS: Final = 10.0
"""A measurement over more than this is one of the whole answer, which needs no time beside it."""

STATE_WORDS: Final = MappingProxyType(
    {
        PointState.SAID: "said",
        PointState.PARTLY: "partly said",
        PointState.NOT_HEARD: "not heard",
    }
)

VERDICT_WORDS: Final = MappingProxyType(
    {
        Verdict.SAID: "you say you said this",
        Verdict.PARTLY: "you say you said this in part",
        Verdict.NOT_SAID: "you say you did not say this",
    }
)

GUARD_WORDS: Final = MappingProxyType(
    {
        "list": "heard as single words, not as a sentence",
        "negation": "it was said that this was not so",
        "future": "told as a plan, not as something done",
        "conditional": "told as a possibility, not as something done",
        "other_person": "told as somebody else's doing, not as yours",
        "recited": "read out from the outline, not said in an answer",
        "number": "a number of the point was not said",
        "shared": "the same words already count for other points",
    }
)
"""Why a point is held back, in words; see `PointCoverage.guard`."""

_PLAIN_UNITS: Final = {"cosine": "of 1", "share": "of 1"}
"""Units that only engineers know, in words."""


def evidence_words(evidence: Evidence) -> str:
    """Return one piece of evidence in words, with its time where it has one."""
    time = evidence_time(evidence)
    if not time:
        return evidence_text(evidence)
    if isinstance(evidence, Absence):
        return f"{evidence_text(evidence)} (searched {time})"
    return f"{evidence_text(evidence)} at {time}"


def evidence_text(evidence: Evidence) -> str:
    """Return one piece of evidence in words, without its time."""
    match evidence:
        case Quote():
            return f"“{evidence.quote}”"
        case Measurement():
            name = evidence.name.replace("_", " ")
            unit = _PLAIN_UNITS.get(evidence.unit, evidence.unit)
            if evidence.unit in _PLAIN_UNITS:
                # A cosine below nothing means no more than that: there is no likeness.
                return f"{name} {max(evidence.value, 0.0):.2f} {unit}"
            if evidence.name == "share_of_target":
                return f"{evidence.value:.0%} {unit}"
            return f"{name} {evidence.value:.3g}" + (f" {unit}" if unit else "")
        case Absence():
            return f"not found: {evidence.looked_for}"


def evidence_time(evidence: Evidence) -> str:
    """Return when it was, such as "0:12–0:15"; empty where there is no time worth telling."""
    if isinstance(evidence, Measurement) and is_of_the_whole(evidence):
        return ""
    return span_words(evidence.start_seconds, evidence.end_seconds)


def is_of_the_whole(evidence: Evidence) -> bool:
    """Whether it speaks of the whole answer, or a large part of it, rather than of a moment."""
    start, end = evidence.start_seconds, evidence.end_seconds
    return not isinstance(evidence, Quote) and (
        isinstance(evidence, Absence) or (end or 0) - (start or 0) > LONGEST_SPAN_TOLD_SECONDS
    )


def rate_words(rate: AgreementRate) -> str:
    """Return a rate in words, with its 95% interval."""
    if rate.share is None or rate.low is None or rate.high is None:
        return "(nothing to compare yet)"
    return (
        f"on {rate.agreed} of {rate.judged} points: {rate.share:.0%} "
        f"(95% sure: {rate.low:.0%} to {rate.high:.0%})"
    )


def forecast_words(forecast: Forecast, overall: float, target: float) -> str:
    """Return what was expected of an answer beside how it came out.

    One answer is one throw of the dice, so the words never call a forecast wrong; whether the
    chances hold is for all forecasts together to show.
    """
    expected = (
        f"Before you answered, about {forecast.mean:.0f} of 100 was expected, with "
        f"{_chances(forecast.probability)} of reaching your target of {target:.0f}."
    )
    reached = "reached it" if overall >= target else "did not reach it this time"
    away = abs(overall - forecast.mean)
    if away <= forecast.standard_deviation:
        return f"{expected} You {reached}, with {overall:.0f}: about what was expected."
    direction = "better" if overall > forecast.mean else "less"
    return f"{expected} You {reached}, with {overall:.0f}: {direction} than was expected."


def _chances(probability: float) -> str:
    """Return a probability as a person says it: in chances of ten."""
    tenths = round(10 * probability)
    if tenths == 0:
        return "hardly a chance"
    return "hardly a doubt" if tenths == 10 else f"{tenths} chances in 10"
