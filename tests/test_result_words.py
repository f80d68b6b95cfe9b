"""The words of a result: what stands in them is what was found, and nothing else."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.attempt import Forecast
from voicecoach.result_words import evidence_words, forecast_words, is_of_the_whole
from voicecoach.scoring.evidence import Absence, Measurement, Quote


def forecast(mean: float, spread: float = 8.0, probability: float = 0.42) -> Forecast:
    return Forecast(
        probability=probability,
        mean=mean,
        standard_deviation=spread,
        made_at=datetime(2026, 11, 18, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("mean", "overall", "said"),
    [(60, 78, "better than was expected"), (60, 66, "about what was"), (60, 40, "less than was")],
)
def test_a_forecast_stands_beside_what_came_of_it(mean: float, overall: float, said: str) -> None:
    words = forecast_words(forecast(mean), overall, 75)
    assert said in words
    assert "about 60 of 100" in words
    assert "4 chances in 10" in words


@given(
    mean=st.floats(0, 100),
    overall=st.floats(0, 100),
    probability=st.floats(0, 1),
    target=st.floats(1, 100),
)
def test_a_forecast_is_told_with_the_target_reached_or_not(
    mean: float, overall: float, probability: float, target: float
) -> None:
    words = forecast_words(forecast(mean, probability=probability), overall, target)
    assert ("You reached it" in words) is (overall >= target)
    assert ("did not reach it" in words) is (overall < target)


def test_evidence_is_told_with_its_time_only_where_that_is_a_moment() -> None:
    quote = Quote(
        quote="at nine",
        start_char=3,
        end_char=10,
        start_seconds=12.0,
        end_seconds=29.4,
        transcript_version=1,
    )
    pace = Measurement(
        name="speech_rate",
        value=188.5,
        unit="words/minute",
        start_seconds=0.5,
        end_seconds=30.0,
        transcript_version=1,
    )
    pause = Measurement(
        name="pause_inside_clause",
        value=1.32,
        unit="s",
        start_seconds=13.7,
        end_seconds=15.05,
        transcript_version=1,
    )
    nothing = Absence(
        looked_for="a result",
        start_char=0,
        end_char=90,
        start_seconds=0.5,
        end_seconds=30.0,
        transcript_version=1,
    )
    assert evidence_words(quote) == "“at nine” at 0:12–0:29"
    assert evidence_words(pace) == "speech rate 188 words/minute"
    assert evidence_words(pause) == "pause inside clause 1.32 s at 0:14–0:15"
    assert evidence_words(nothing) == "not found: a result (searched 0:00–0:30)"
    assert [is_of_the_whole(one) for one in (quote, pace, pause, nothing)] == [
        False,
        True,
        False,
        True,
    ]


def test_likeness_and_length_are_told_as_people_say_them() -> None:
    def told(name: str, value: float, unit: str) -> str:
        return evidence_words(
            Measurement(
                name=name,
                value=value,
                unit=unit,
                start_seconds=0.0,
                end_seconds=40.0,
                transcript_version=1,
            )
        )

    assert told("likeness_to_this_question", -0.0785, "cosine") == (
        "likeness to this question 0.00 of 1"
    )
    assert told("share_of_target", 0.254, "of the target length") == "25% of the target length"
