"""Forecasts come true for people whose learning and forgetting follow other laws than ours."""

import numpy as np
import pytest

from tests.readiness.simulated_people import Person
from tests.rehearsals import BERLIN, at_day
from voicecoach.calibration import Calibration, calibration
from voicecoach.readiness import person_skills
from voicecoach.skill import forecast
from voicecoach.take_log import TARGET, take_log

PEOPLE, DAYS, QUESTIONS, ANSWERS_A_DAY = 12, 14, 12, 4


def forecasts_of(law: str, rng: np.random.Generator) -> tuple[Calibration, float]:
    """Return how forecasts made each morning came true, and a constant's Brier score."""
    outcomes: list[tuple[float, bool]] = []
    for _ in range(PEOPLE):
        person = Person.meet(law, rng, QUESTIONS)
        for day in range(DAYS):
            known = person_skills(person.questions, take_log(person.takes, zone=BERLIN))
            for number in rng.permutation(QUESTIONS)[:ANSWERS_A_DAY].tolist():
                expected = forecast(known, str(number), at_day(day))
                reached = person.answer(number, day) >= TARGET
                if known.takes >= 3:
                    outcomes.append((expected.probability, reached))
    judged = calibration(outcomes)
    assert judged is not None
    hits = float(np.mean([reached for _, reached in outcomes]))
    return judged, hits * (1 - hits)


@pytest.mark.parametrize("law", ["exponential", "power", "lapses", "lasting"])
def test_forecasts_beat_the_base_rate_and_are_calibrated(law: str) -> None:
    judged, constant = forecasts_of(law, np.random.default_rng(20260302))

    assert judged.brier < constant
    assert judged.skill > 0
    assert judged.expected_calibration_error <= 0.10
