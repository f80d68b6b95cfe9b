"""Readiness: the share of likely questions that would be answered at target, and how sure."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from question_bank.question import QuestionSource
from question_bank.schedule import Horizon, horizon_for
from tests.rehearsals import BERLIN, MONDAY, at_day, question, take
from voicecoach.foresight import gain_range, outlook_after_rehearsal
from voicecoach.readiness import Raise, likely_weight, person_skills, readiness
from voicecoach.skill import Habits, forecast, outlook
from voicecoach.take_log import TAKE_NOISE, ScoredTake, take_log

BANK = [question("conflict", tripped=True), *(question(f"q{n}") for n in range(7))]

take_lists = st.lists(
    st.builds(take, st.sampled_from([q.id for q in BANK]), st.floats(0, 10), st.floats(0, 100)),
    min_size=3,
    max_size=25,
)


def towards(days: int = 14) -> Horizon:
    return horizon_for((MONDAY + timedelta(days=days)).date(), MONDAY, BERLIN)


@settings(deadline=None, max_examples=40)
@given(take_lists)
def test_the_interval_holds_the_share(takes: list[ScoredTake]) -> None:
    ready = readiness(BANK, takes, horizon=towards(), now=at_day(10))

    assert ready.share is not None
    assert ready.low is not None
    assert ready.high is not None
    assert 0 <= ready.low <= ready.share <= ready.high <= 1
    assert all(0 < entry.probability < 1 for entry in ready.per_question)
    assert sum(entry.weight for entry in ready.per_question) == pytest.approx(1)
    assert all(entry.gain > 0 for entry in ready.raise_most)


@pytest.mark.parametrize(
    ("scored", "sentence"),
    [
        (0, "Not enough yet: after 3 more answers readiness can be told."),
        (2, "Not enough yet: after one more answer readiness can be told."),
    ],
)
def test_below_three_answers_no_figure_is_told(scored: int, sentence: str) -> None:
    takes = [take("conflict", day, 60) for day in range(scored)]
    ready = readiness(BANK, takes, horizon=towards(), now=at_day(3))

    assert (ready.share, ready.low, ready.high) == (None, None, None)
    assert ready.not_enough == ready.as_sentence == sentence


def test_a_deleted_take_without_a_number_does_not_count_as_an_answer() -> None:
    takes = [take("conflict", day, None) for day in range(5)]

    assert readiness(BANK, takes, horizon=towards(), now=at_day(6)).not_enough is not None


def test_an_empty_bank_says_so() -> None:
    ready = readiness([], [], horizon=towards(), now=MONDAY)

    assert ready.share is None
    assert ready.not_enough is not None
    assert "no questions" in ready.not_enough


def test_reads_as_a_sentence() -> None:
    takes = [take(entry.id, day, 78) for entry in BANK for day in (0, 3, 6)]
    ready = readiness(BANK, takes, horizon=towards(8), now=at_day(6.5))

    assert ready.as_sentence == (
        "On Tuesday 10 March 2026 you would answer about 8 of 10 likely questions "
        "at 70 or better (5 to 10)."
    )


def test_says_so_when_the_date_is_assumed() -> None:
    takes = [take("conflict", day, 60) for day in range(3)]
    horizon = horizon_for(None, MONDAY, BERLIN)
    ready = readiness(BANK, takes, horizon=horizon, now=at_day(3))

    assert ready.assumed_horizon
    assert ready.horizon == date(2026, 3, 16)
    assert ready.as_sentence.endswith("No interview date is known, so this looks 14 days ahead.")


def test_a_lower_target_is_easier_to_reach() -> None:
    takes = [take(entry.id, 0, 60) for entry in BANK]
    shares = [
        readiness(BANK, takes, horizon=towards(), now=at_day(1), target=target).share
        for target in (50, 70, 85)
    ]

    assert shares == sorted(shares, key=lambda share: -(share or 0))


def test_what_tripped_the_person_up_weighs_more() -> None:
    froze, met, pack = (
        question("froze", tripped=True),
        question("met", source=QuestionSource.DEBRIEF),
        question("pack"),
    )

    assert likely_weight(froze) > likely_weight(met) > likely_weight(pack)


def test_retired_questions_are_not_likely() -> None:
    ready = readiness([*BANK, question("old", retired=True)], [], horizon=towards(), now=MONDAY)

    assert ready.likely_questions == len(ready.per_question) == len(BANK)


def test_a_bank_of_retired_questions_has_nothing_to_be_ready_for() -> None:
    old = question("old", retired=True)
    ready = readiness([old], [take("old", 0, 90)] * 4, horizon=towards(), now=at_day(1))

    assert ready.share is None
    assert ready.raise_most == ()


def test_a_retired_question_can_still_be_forecast() -> None:
    old = question("old", retired=True)
    log = take_log([take("old", day, 90) for day in (0, 2, 4)], zone=BERLIN)

    assert forecast(person_skills([*BANK, old], log), "old", at_day(5)).mean > 60


class TestWhatWouldRaiseItMost:
    def test_prefers_what_tripped_the_person_up_to_a_like_question(self) -> None:
        takes = [take("q0", 0, 55), take("q1", 0, 55), take("q2", 0, 55)]
        ready = readiness(BANK, takes, horizon=towards(), now=at_day(1))

        assert ready.raise_most[0].question_id == "conflict"
        assert ready.raise_most[0].because == "it tripped you up and you have not practised it yet"

    def test_gains_less_from_a_second_rehearsal_of_the_day(self) -> None:
        takes = [take(f"q{n}", day, 60) for n in range(7) for day in (0, 4)]
        bank = BANK[1:]
        tomorrow = readiness(bank, takes, horizon=towards(), now=at_day(5))
        at_once = readiness(bank, takes, horizon=towards(), now=at_day(4.05))

        assert at_once.raise_most[0].gain < tomorrow.raise_most[0].gain
        assert tomorrow.raise_most[0].because == (
            "on the day about 64 of 100 is expected, your target is 70"
        )

    def test_the_gain_is_what_rehearsing_brings_on_average(self) -> None:
        """The closed form against answering in every likely way and looking at the outcome."""
        bank = [question(f"q{n}") for n in range(30)]
        rng = np.random.default_rng(3)
        takes = [
            take(f"q{n}", day, float(np.clip(rng.normal(60, 12), 0, 100)))
            for n in range(30)
            for day in (0, 3, 6)
        ]
        horizon, now = towards(12), at_day(8)
        person = person_skills(bank, take_log(takes, zone=BERLIN))
        expected = outlook_after_rehearsal(person, now=now, at=horizon.until).probability[0]

        before = outlook(person, now)
        spread = float(np.sqrt(before.variance[0] + TAKE_NOISE))
        outcomes = []
        for z in np.linspace(-1.9, 1.9, 39):
            score = float(np.clip(before.mean[0] + z * spread, 0, 100))
            after = person_skills(bank, take_log([*takes, take("q0", 8, score)], zone=BERLIN))
            likelihood = float(np.exp(-0.5 * z**2))
            outcomes.append((likelihood, outlook(after, horizon.until).probability[0]))
        whole = sum(likelihood for likelihood, _ in outcomes)
        average = sum(likelihood * chance for likelihood, chance in outcomes) / whole

        assert expected == pytest.approx(average, abs=0.03)


def raises_after(takes: list[ScoredTake]) -> tuple[Raise, ...]:
    return readiness(BANK, takes, horizon=towards(), now=at_day(10)).raise_most


@settings(deadline=None, max_examples=15)
@given(take_lists)
def test_an_expected_gain_lies_in_its_interval(takes: list[ScoredTake]) -> None:
    for one in raises_after(takes):
        assert 0 <= one.low <= one.gain <= one.high < 1


def test_the_more_is_known_of_how_somebody_learns_the_surer_the_gain() -> None:
    """Five questions rehearsed alike, a few times or often, always with the same slow rise."""
    few = [take(f"q{n}", day, 50 + 2 * day) for n in range(3) for day in (0, 2)]
    many = [take(f"q{n}", day / 2, 50 + day) for n in range(7) for day in range(18)]

    def width(takes: list[ScoredTake]) -> float:
        best = raises_after(takes)[0]
        return (best.high - best.low) / best.gain

    assert width(many) < width(few)


def test_a_gain_is_told_in_points_with_its_interval() -> None:
    assert (
        Raise(question_id="q", gain=0.0082, low=0.003, high=0.0117, because="").in_points
        == "+0.8 (0.3 to 1.2)"
    )


def test_the_gain_is_what_the_likely_habits_bring_on_average() -> None:
    """Over simulated futures of the model itself, the interval holds about what it promises."""
    takes = [take(f"q{n}", day, 52 + 3 * day) for n in range(7) for day in (0, 3, 6)]
    known = person_skills(BANK, take_log(takes, zone=BERLIN))
    rows = np.arange(len(BANK))
    at = towards().until
    low, high = gain_range(known, rows, now=at_day(7), at=at)
    inside = 0.0
    for learning, fading, likely in known.habits.likely:
        person = replace(known, habits=Habits(learning=learning, fading=fading))
        after = outlook_after_rehearsal(person, now=at_day(7), at=at).probability
        gain = after - outlook(person, at).probability
        inside += likely * float(np.mean((gain >= low) & (gain <= high)))
    assert inside >= 0.8
