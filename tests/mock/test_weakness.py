"""Where the log shows somebody weak: figures and the answer behind the lowest, or nothing."""

from collections.abc import Mapping
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from question_bank.schedule import horizon_for
from tests.mock.test_mock_interview import score
from tests.rehearsals import BERLIN, MONDAY, at_day, question, take
from voicecoach.readiness import Readiness, person_skills, readiness_of
from voicecoach.scoring.result import CriterionName, Score
from voicecoach.take_log import take_log
from voicecoach.weakness import LEAST_LIKELY, Weakness, weaknesses

QUESTIONS = [question(name) for name in ("one", "two", "three", "four")]


def expected_of(overalls: Mapping[str, float]) -> Readiness:
    takes = [take(name, 0, overall) for name, overall in overalls.items()]
    log = take_log(takes, target=70, zone=BERLIN)
    horizon = horizon_for((MONDAY + timedelta(days=3)).date(), at_day(1), BERLIN)
    return readiness_of(person_skills(QUESTIONS, log), horizon=horizon, now=at_day(1))


NOTHING = expected_of({})


def levels(**of: float) -> Score:
    return score(60, levels=[(CriterionName(name), level) for name, level in of.items()])


def names(found: tuple[Weakness, ...]) -> list[str]:
    return [weakness.name for weakness in found]


def test_the_weakest_criterion_comes_first_with_its_figures_and_its_lowest_answer() -> None:
    newest = {
        "one": levels(structure=2.0, delivery=3.5),
        "two": levels(structure=1.0, delivery=3.0),
        "three": levels(structure=3.0, delivery=3.0),
    }
    found = weaknesses(newest, QUESTIONS, NOTHING)
    assert names(found) == ["structure", "delivery"]
    assert found[0].question_ids == ("two", "one", "three")
    assert found[0].reason == (
        "Structure came to 2.0 of 5 on average in your newest answers to 3 questions; "
        "lowest, 1.0, in “What about two?”"
    )


def test_two_answers_show_no_weakness_and_neither_does_praise() -> None:
    assert (
        weaknesses({"one": levels(structure=1), "two": levels(structure=1)}, QUESTIONS, NOTHING)
        == ()
    )
    strong = {one.id: levels(structure=4.5) for one in QUESTIONS}
    assert weaknesses(strong, QUESTIONS, NOTHING) == ()


def test_a_question_that_is_no_longer_asked_counts_for_nothing() -> None:
    newest = {name: levels(structure=1) for name in ("one", "two", "retired")}
    assert weaknesses(newest, QUESTIONS, NOTHING) == ()


def test_the_least_likely_questions_are_known_once_readiness_is() -> None:
    found = weaknesses({}, QUESTIONS, expected_of({"one": 90, "two": 20, "three": 85}))
    assert names(found) == [LEAST_LIKELY]
    assert found[0].question_ids[0] == "two"
    assert found[0].question_ids[-1] in {"one", "three"}
    assert "“What about two?”" in found[0].reason


@given(
    st.dictionaries(
        st.sampled_from([one.id for one in QUESTIONS]),
        st.tuples(st.floats(1, 5), st.floats(1, 5)),
    )
)
def test_whatever_the_levels_no_criterion_is_called_weak_before_a_weaker_one(
    of: dict[str, tuple[float, float]],
) -> None:
    newest = {name: levels(structure=a, delivery=b) for name, (a, b) in of.items()}
    found = weaknesses(newest, QUESTIONS, NOTHING)
    means = {
        "structure": sum(a for a, _ in of.values()) / max(1, len(of)),
        "delivery": sum(b for _, b in of.values()) / max(1, len(of)),
    }
    assert [means[name] for name in names(found)] == sorted(means[name] for name in names(found))
    assert all(means[name] < 4.0 for name in names(found))
    assert (len(of) >= 3) or not found
