"""What looks like progress and isn't does not raise readiness."""

from datetime import timedelta

from question_bank.schedule import Horizon, horizon_for
from tests.rehearsals import BERLIN, MONDAY, at_day, question, take
from voicecoach.readiness import Readiness, readiness
from voicecoach.take_log import ScoredTake

HARD = [question(f"hard{n}", tripped=True) for n in range(6)]
EASY = [question(f"easy{n}") for n in range(6)]
START = [take("hard0", 0, 45), take("easy0", 0, 55), take("hard1", 0, 50)]


def towards() -> Horizon:
    return horizon_for((MONDAY + timedelta(days=14)).date(), MONDAY, BERLIN)


def ready_after(takes: list[ScoredTake]) -> Readiness:
    return readiness([*HARD, *EASY], takes, horizon=towards(), now=at_day(8))


def share_after(takes: list[ScoredTake]) -> float:
    share = ready_after(takes).share
    assert share is not None
    return share


def test_repeating_one_question_all_evening_is_worth_less_than_three_evenings() -> None:
    massed = [take("hard0", 6 + n / 200, 50 + 4 * n) for n in range(12)]
    spaced = [take("hard0", day, score) for day, score in ((2, 58), (4, 66), (6, 74))]

    assert share_after([*START, *massed]) < share_after([*START, *spaced])


def test_repeating_one_question_all_evening_lifts_no_other() -> None:
    massed = [take("hard0", n / 200, 50 + 4 * n) for n in range(1, 12)]

    before = {entry.question_id: entry.probability for entry in ready_after(START).per_question}
    after = {
        entry.question_id: entry.probability
        for entry in ready_after([*START, *massed]).per_question
    }

    assert all(after[id_] <= before[id_] + 0.01 for id_ in before if id_ != "hard0")


def test_the_thirtieth_take_of_an_evening_adds_nothing() -> None:
    massed = [take("hard0", 6 + n / 200, 90) for n in range(30)]

    assert share_after([*START, *massed]) - share_after([*START, *massed[:4]]) < 0.002


def test_deleting_bad_takes_changes_nothing_since_their_number_stays() -> None:
    """A deletion leaves a mark that keeps the score; leaving the mark out would polish."""
    bad = [take("hard2", 2, 20), take("hard3", 3, 25)]
    good = [take("hard4", 4, 80)]

    assert share_after([*START, *bad, *good]) < share_after([*START, *good])


def test_deleting_a_take_before_it_is_scored_does_not_make_the_next_one_the_first() -> None:
    retaken = take("hard2", 2.01, 80)

    assert share_after([*START, take("hard2", 2, None), retaken]) < share_after([*START, retaken])


def test_shining_at_easy_questions_lifts_nothing_that_tripped_the_person_up() -> None:
    shining = [take(f"easy{n}", day, 95) for n in range(6) for day in (2, 4, 6)]
    modest = [take(f"easy{n}", 2, 55) for n in range(6)]

    untouched = [f"hard{n}" for n in range(2, 6)]
    shone = {entry.question_id: entry for entry in ready_after(shining).per_question}
    trudged = {entry.question_id: entry for entry in ready_after(modest).per_question}

    for question_id in untouched:
        assert shone[question_id].probability <= trudged[question_id].probability + 0.02
    assert share_after(shining) < 0.5


def test_few_good_answers_say_little_about_the_many_not_tried() -> None:
    bank = [question(f"q{n}") for n in range(100)]
    takes = [take(f"q{n}", 0, 95) for n in range(4)]
    share = readiness(bank, takes, horizon=towards(), now=at_day(1)).share

    assert share is not None
    assert share < 0.25
