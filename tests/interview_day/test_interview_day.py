"""The checklist of an interview's day: what differs from the standard list, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import InvalidInputError, NotFoundError
from question_bank.interview import Interview, Outcome
from question_bank.question import QuestionKind
from tests.rehearsals import MONDAY, question
from voicecoach.interview_day import (
    MOST_OWN_ITEMS,
    STANDARD_ITEMS,
    DayNote,
    InterviewDay,
    interview_day,
    noted,
    own_item,
    taken_off,
)

NAMES = [one.item for one in STANDARD_ITEMS]


def interview(name: str, *, lessons: Sequence[str] = (), day: date | None = None) -> Interview:
    return Interview(
        id=name,
        company=name,
        role="",
        day=day,
        outcome=Outcome.REJECTED if lessons else Outcome.UPCOMING,
        created_at=MONDAY,
        lessons=tuple(lessons),
    )


def day_with(notes: Sequence[DayNote]) -> InterviewDay:
    return interview_day(interview("next"), notes, questions=(), past=())


def test_a_new_checklist_has_every_standard_item_and_nothing_ticked() -> None:
    day = day_with(())
    assert [item.item for item in day.items] == NAMES
    assert day.ready == 0
    assert day.left_out == ()


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.booleans()), max_size=12))
def test_each_item_is_as_it_was_last_ticked(changes: list[tuple[str, bool]]) -> None:
    notes: dict[str, DayNote] = {}
    for item, ticked in changes:
        notes[item] = noted(list(notes.values()), item, ticked=ticked)
    day = day_with(list(notes.values()))
    last = dict(changes)
    assert {item.item: item.ticked for item in day.items} == {
        name: last.get(name, False) for name in NAMES
    }
    assert day.ready == sum(last.values())


def test_an_item_taken_off_comes_back_unticked() -> None:
    ticked = noted((), "food", ticked=True)
    off = taken_off([ticked], "food")
    day = day_with([off])
    assert "food" not in [item.item for item in day.items]
    assert [item.item for item in day.left_out] == ["food"]
    back = day_with([taken_off([off], "food", removed=False)])
    assert [item.item for item in back.items] == NAMES
    assert back.ready == 0


def test_own_items_stand_last_in_the_order_in_which_they_were_added() -> None:
    notes: list[DayNote] = []
    for text in ("the red scarf", "  phone \n  Anna  ", "keys"):
        notes.append(own_item(notes, text))
    day = day_with(list(reversed(notes)))
    assert [item.text for item in day.items if item.own] == ["the red scarf", "phone Anna", "keys"]
    assert len({item.item for item in day.items}) == len(NAMES) + 3


def test_an_item_nobody_knows_is_refused() -> None:
    with pytest.raises(NotFoundError, match="spats"):
        noted((), "spats", ticked=True)


@pytest.mark.parametrize("text", ["", "   ", "x" * 301])
def test_an_own_item_needs_words_and_not_too_many(text: str) -> None:
    with pytest.raises(InvalidInputError):
        own_item((), text)


def test_a_full_list_takes_no_further_item() -> None:
    notes: list[DayNote] = []
    for number in range(MOST_OWN_ITEMS):
        notes.append(own_item(notes, f"thing {number}"))
    with pytest.raises(InvalidInputError, match="already"):
        own_item(notes, "one more")


def test_only_questions_to_ask_them_and_what_other_interviews_taught_are_shown() -> None:
    mine = replace(question("mine"), kind=QuestionKind.TO_ASK)
    taught = interview("taught", lessons=["Breathe.", "Ask."], day=date(2026, 2, 2))
    itself = interview("next", lessons=["Mine."])
    day = interview_day(
        itself, (), questions=[question("theirs"), mine], past=[itself, taught, interview("bare")]
    )
    assert day.to_ask == (mine,)
    assert [(one.company, one.lessons) for one in day.lessons] == [("taught", ("Breathe.", "Ask."))]
