"""Where asking stands: computed from what was noted, one reminder only, every word undoable."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import CoachError, ConflictError, InvalidInputError
from voicecoach.feedback_request import (
    REMIND_AFTER_DAYS,
    Due,
    EventKind,
    FeedbackEvent,
    FeedbackRequest,
    RequestState,
    check_event,
    request_of,
)

TODAY = date(2026, 3, 20)
SENT = TODAY - timedelta(days=REMIND_AFTER_DAYS)


def event(
    number: int,
    kind: EventKind,
    day: date | None = None,
    *,
    days: int | None = None,
    undoes: int | None = None,
) -> FeedbackEvent:
    return FeedbackEvent(
        id=f"e{number}",
        interview_id="i",
        kind=kind,
        recorded_at=datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=number),
        day=day,
        days=days,
        undoes=None if undoes is None else f"e{undoes}",
    )


def standing(*events: FeedbackEvent, drafted: bool = False) -> FeedbackRequest:
    return request_of(events, drafted=drafted, today=TODAY)


def test_it_begins_with_nothing_and_then_a_draft() -> None:
    assert standing().state is RequestState.NOT_BEGUN
    assert standing(drafted=True).state is RequestState.DRAFTED
    assert standing(drafted=True).due is None


def test_a_reminder_is_due_a_week_after_sending_and_not_a_day_before() -> None:
    assert standing(event(1, EventKind.SENT, SENT)).due is Due.REMINDER
    early = standing(event(1, EventKind.SENT, SENT + timedelta(days=1)))
    assert early.due is None
    assert early.reminder_on == TODAY + timedelta(days=1)


def test_the_wait_can_be_changed_and_the_newest_counts() -> None:
    sent = event(1, EventKind.SENT, SENT)
    longer = standing(sent, event(2, EventKind.WAIT, days=3), event(3, EventKind.WAIT, days=14))
    assert longer.due is None
    assert longer.reminder_on == SENT + timedelta(days=14)


def test_after_the_one_reminder_closing_is_offered_once_the_wait_is_over_again() -> None:
    events = (
        event(1, EventKind.SENT, SENT - timedelta(days=9)),
        event(2, EventKind.REMINDED, SENT),
    )
    assert standing(*events).due is Due.CLOSING
    assert standing(*events).reminder_on is None
    with pytest.raises(ConflictError, match="one reminder is enough"):
        check_event(standing(*events), event(3, EventKind.REMINDED, TODAY), today=TODAY)


@pytest.mark.parametrize("kind", [EventKind.ANSWERED, EventKind.CLOSED])
def test_nothing_is_due_once_it_is_answered_or_closed(kind: EventKind) -> None:
    assert standing(event(1, EventKind.SENT, SENT), event(2, kind, TODAY)).due is None


def test_an_answer_that_comes_after_closing_counts() -> None:
    request = standing(event(1, EventKind.CLOSED, SENT), event(2, EventKind.ANSWERED, TODAY))
    assert request.state is RequestState.ANSWERED


def test_undoing_takes_back_the_last_word_and_only_that() -> None:
    events = [event(1, EventKind.SENT, SENT), event(2, EventKind.REMINDED, TODAY)]
    undone = standing(*events, event(3, EventKind.UNDONE, undoes=2))
    assert undone.state is RequestState.SENT
    assert undone.last == events[0]
    nothing = standing(
        *events, event(3, EventKind.UNDONE, undoes=2), event(4, EventKind.UNDONE, undoes=1)
    )
    assert nothing.state is RequestState.NOT_BEGUN
    assert nothing.last is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (event(9, EventKind.REMINDED, TODAY), "Nothing was sent"),
        (event(9, EventKind.SENT, TODAY + timedelta(days=1)), "still to come"),
        (event(9, EventKind.SENT), "still to come"),
        (event(9, EventKind.WAIT, days=0), "can't be waited"),
        (event(9, EventKind.WAIT, days=400), "can't be waited"),
        (event(9, EventKind.WAIT), "can't be waited"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: FeedbackEvent, said: str) -> None:
    with pytest.raises((ConflictError, InvalidInputError), match=said):
        check_event(standing(), wrong, today=TODAY)


def test_no_answer_comes_before_the_letter_was_sent() -> None:
    request = standing(event(1, EventKind.SENT, TODAY))
    with pytest.raises(InvalidInputError, match="before it was sent"):
        check_event(request, event(2, EventKind.ANSWERED, SENT), today=TODAY)


KINDS = st.sampled_from([kind for kind in EventKind if kind is not EventKind.UNDONE])
NOTED = st.lists(st.tuples(KINDS, st.integers(0, 30), st.integers(1, 90)), max_size=8)


@given(NOTED)
def test_undoing_as_often_as_something_was_noted_leads_back_to_the_start(
    noted: list[tuple[EventKind, int, int]],
) -> None:
    events: list[FeedbackEvent] = []
    for number, (kind, ago, days) in enumerate(noted):
        is_wait = kind is EventKind.WAIT
        day = None if is_wait else TODAY - timedelta(days=ago)
        one = event(number, kind, day, days=days if is_wait else None)
        try:
            check_event(standing(*events), one, today=TODAY)
        except CoachError:
            continue
        events.append(one)
    for number in range(len(events)):
        last = standing(*events).last
        assert last is not None
        events.append(event(100 + number, EventKind.UNDONE, undoes=int(last.id[1:])))
    assert standing(*events) == standing()
