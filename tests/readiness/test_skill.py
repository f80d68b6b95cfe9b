"""How well each question would be answered: what moves the expectation, and how sure it is."""

from datetime import timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rehearsals import BERLIN, at_day, question, take
from voicecoach.attempt import Forecast
from voicecoach.cold_level import COLD_MEAN, QUESTION_VARIANCE
from voicecoach.skill import forecast, normal_cdf, outlook, skills
from voicecoach.take_log import ScoredTake, take_log

CONFLICT = question("conflict")
OTHER = question("why us")

scores = st.floats(0, 100)
take_lists = st.lists(
    st.builds(take, st.sampled_from(["conflict", "why us"]), st.floats(0, 20), scores), max_size=20
)


def forecast_after(takes: list[ScoredTake], day: float, name: str = "conflict") -> Forecast:
    person = skills([CONFLICT, OTHER], take_log(takes, zone=BERLIN))
    return forecast(person, name, at_day(day))


@settings(deadline=None, max_examples=40)
@given(take_lists, st.floats(20, 80))
def test_a_forecast_is_never_certain(takes: list[ScoredTake], day: float) -> None:
    expected = forecast_after(takes, day)

    assert 0 < expected.probability < 1
    assert 0 <= expected.mean <= 100
    assert expected.standard_deviation > 0
    assert expected.made_at == at_day(day)


@given(st.lists(st.floats(-9, 9), min_size=2, max_size=9))
def test_probability_rises_with_the_mean(z: list[float]) -> None:
    probabilities = normal_cdf(np.array(sorted(z)))

    assert np.all(np.diff(probabilities) >= 0)
    assert np.all((probabilities > 0) & (probabilities < 1))


@settings(deadline=None, max_examples=40)
@given(scores, scores)
def test_a_better_first_answer_never_lowers_the_forecast(one: float, other: float) -> None:
    worse, better = sorted((one, other))

    assert (
        forecast_after([take("conflict", 0, worse)], 0.5).mean
        <= forecast_after([take("conflict", 0, better)], 0.5).mean
    )


@settings(deadline=None, max_examples=40)
@given(take_lists, st.randoms(use_true_random=False))
def test_the_order_in_which_the_log_is_read_does_not_matter(
    takes: list[ScoredTake], shuffler: Random
) -> None:
    shuffled = list(takes)
    shuffler.shuffle(shuffled)

    assert forecast_after(shuffled, 25).mean == pytest.approx(forecast_after(takes, 25).mean)


def test_without_any_answer_an_unknown_person_is_expected() -> None:
    expected = forecast_after([], 0)

    assert expected.mean == COLD_MEAN
    assert expected.standard_deviation == pytest.approx(16)


def test_an_answer_makes_its_question_surer_than_the_others() -> None:
    takes = [take("conflict", 0, 60)]

    practised, unpractised = forecast_after(takes, 0.1), forecast_after(takes, 0.1, "why us")

    assert practised.standard_deviation < unpractised.standard_deviation


def test_waiting_makes_less_sure_but_never_less_than_not_knowing_the_question() -> None:
    takes = [take("conflict", 0, 60)]

    soon, later = forecast_after(takes, 1), forecast_after(takes, 8)
    much_later = forecast_after(takes, 400)

    assert soon.standard_deviation < later.standard_deviation
    assert much_later.standard_deviation <= forecast_after([], 0).standard_deviation


def test_what_was_gained_fades_and_what_never_was_does_not_grow_by_waiting() -> None:
    good = [take("conflict", day, 85) for day in (0, 2, 4)]
    bad = [take("conflict", day, 10) for day in (0, 2, 4)]

    assert forecast_after(good, 34).mean < forecast_after(good, 4).mean
    assert forecast_after(bad, 34).mean == pytest.approx(forecast_after(bad, 4).mean)


def test_a_second_take_of_the_day_counts_less_than_one_of_another_day() -> None:
    first = take("conflict", 0, 40)

    same_day = forecast_after([first, take("conflict", 0.01, 90)], 1.1)
    next_day = forecast_after([first, take("conflict", 1, 90)], 1.1)

    assert same_day.mean < next_day.mean


def test_the_mark_of_a_deleted_take_uses_up_the_days_first_place() -> None:
    deleted, kept = take("conflict", 0, None), take("conflict", 0.01, 90)

    assert forecast_after([deleted, kept], 1).mean < forecast_after([kept], 1).mean


def test_typed_answers_are_weaker_evidence() -> None:
    spoken = forecast_after([take("conflict", 0, 90)], 0.1)
    typed = forecast_after([take("conflict", 0, 90, typed=True)], 0.1)

    assert typed.mean < spoken.mean
    assert typed.standard_deviation > spoken.standard_deviation


def test_a_bad_start_tells_about_what_was_never_practised() -> None:
    bank = [question(f"q{n}") for n in range(10)]
    takes = [take(f"q{n}", 0, 20) for n in range(4)]
    person = skills(bank, take_log(takes, zone=BERLIN))

    assert forecast(person, "q9", at_day(1)).mean < COLD_MEAN - 5


def test_a_person_who_learns_fast_is_expected_to() -> None:
    slow, fast = (
        skills(
            [CONFLICT, OTHER],
            take_log(
                [
                    take(name, day, 45 + day * rise)
                    for name in ("conflict", "why us")
                    for day in (0, 2, 4, 6, 8)
                ],
                zone=BERLIN,
            ),
        )
        for rise in (0, 5)
    )

    assert fast.habits.learning > slow.habits.learning


def test_many_questions_at_once_equal_one_at_a_time() -> None:
    """The k-th takes of all questions are stepped together; alone a question steps the same."""
    rng = np.random.default_rng(7)
    takes = [
        take(f"q{rng.integers(0, 6)}", float(rng.uniform(0, 20)), float(rng.uniform(20, 90)))
        for _ in range(60)
    ]
    together = take_log(takes, zone=BERLIN)
    alone = take_log([entry for entry in takes if entry.question_id == "q3"], zone=BERLIN)
    here = together.question_ids.index("q3")

    assert together.stability[here] == pytest.approx(alone.stability[0])
    for block, lonely in zip(together.blocks, alone.blocks, strict=False):
        assert [column[here] for column in block] == pytest.approx([c[0] for c in lonely])


def test_a_question_that_is_not_asked_still_tells_about_the_person() -> None:
    takes = [take("retired", 0, 10), take("gone", 0, 10)]

    assert forecast_after(takes, 1).mean < COLD_MEAN


def test_unpractised_questions_differ_by_what_questions_differ_by() -> None:
    person = skills([CONFLICT, OTHER], take_log([take("conflict", 0, 60)], zone=BERLIN))

    assert person.variance[1] == QUESTION_VARIANCE
    assert outlook(person, at_day(0) + timedelta(days=9)).leaning[1] == 1
