"""Which questions a mock interview asks: opening, role, weakness, in an order that can be told."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.pack import load_packs
from question_bank.question import Question, QuestionKind
from tests.rehearsals import MONDAY, question
from voicecoach.mock_choice import (
    for_role,
    is_opening,
    opening_question,
    plan_of,
    weakest_first,
)
from voicecoach.mock_interview import MockInterview, next_turn
from voicecoach.mock_pressure import Pressure

ORDERED = [question(name) for name in ("one", "two", "three", "four")]


def said(text: str, kind: QuestionKind = QuestionKind.MOTIVATIONAL) -> Question:
    return replace(question(text), text=text, kind=kind)


@pytest.mark.parametrize(
    "text",
    [
        "Tell me about yourself.",
        "Could you start by telling us a little about yourself?",
        "Please introduce yourself.",
        "Walk me through your CV.",
        "Can you talk us through your résumé?",
    ],
)
def test_what_interviewers_warm_up_with_is_known(text: str) -> None:
    assert is_opening(said(text))


def test_of_the_packs_only_the_opening_is_one() -> None:
    found = [
        one.id
        for pack in load_packs()
        for one in pack.questions
        if is_opening(said(one.text, pack.kind))
    ]
    assert found == ["motivational-tell-me-about-yourself"]


def test_the_opening_is_asked_first_and_once_even_where_the_plan_has_it_last() -> None:
    opening = said("Tell me about yourself.")
    ordered = [*ORDERED, opening]
    assert opening_question(ordered) == opening
    plan = plan_of(ordered, opening=opening)
    assert [one.question_id for one in plan] == [opening.id, *(one.id for one in ORDERED)]
    assert [one.number for one in plan] == [1, 2, 3, 4, 5]


def test_the_interviewer_greets_before_the_first_question_alone_and_names_job_and_limit() -> None:
    mock = MockInterview(
        id="m",
        started_at=MONDAY,
        follow_ups=True,
        questions=plan_of(ORDERED),
        role="Analyst",
        pressure=Pressure(limit_seconds=90),
    )
    questions = {one.id: one for one in ORDERED}
    first = next_turn(mock, questions, ())
    assert first is not None
    assert "Analyst" in first.said
    assert "1 minute and 30 seconds" in first.said
    assert first.said.endswith(ORDERED[0].text)
    assert first.asked == ORDERED[0].text, "what is answered is the question alone"
    passed = (replace(mock.questions[0], passed=True), *mock.questions[1:])
    second = next_turn(replace(mock, questions=passed), questions, ())
    assert second is not None
    assert second.said == ORDERED[1].text


def met_at(name: str, *interviews: str) -> Question:
    one = question(name, tripped=True)
    trips = tuple(replace(one.tripped_up[0], id=i, interview_id=i) for i in interviews)
    return replace(one, tripped_up=trips)


def test_a_role_brings_its_own_questions_first_and_leaves_out_those_of_other_roles() -> None:
    mine, theirs, both = met_at("mine", "a"), met_at("theirs", "b"), met_at("both", "a", "b")
    somewhere = met_at("somewhere", "c")
    found = for_role(
        [theirs, ORDERED[0], both, somewhere, mine],
        " analyst ",
        {"a": "Analyst", "b": "Welder", "c": ""},
    )
    assert found == (both, mine, ORDERED[0], somewhere)


@given(st.lists(st.sampled_from([one.id for one in ORDERED] + ["gone"]), unique=True))
def test_a_weakness_reorders_and_loses_nothing(weakest: list[str]) -> None:
    found = [one.id for one in weakest_first(ORDERED, weakest)]
    known = [name for name in weakest if name != "gone"]
    assert found[: len(known)] == known
    assert sorted(found) == sorted(one.id for one in ORDERED)
