"""Where asking for feedback stands after an interview, from what was noted about it. Pure.

Drafted, sent, a reminder due after a week (or another time the person chose), reminded once,
answered, or closed without a reply. Every word about it can be taken back by a later one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from voicecoach.errors import ConflictError, InvalidInputError

REMIND_AFTER_DAYS: Final = 7
"""Days after which one reminder is due, unless the person chose otherwise (a judgement)."""

LONGEST_WAIT_DAYS: Final = 90
"""The longest wait that can be chosen."""


class EventKind(StrEnum):
    """What can be noted. `WAIT` changes after how many days a reminder is due."""

    SENT = "sent"
    WAIT = "wait"
    REMINDED = "reminded"
    ANSWERED = "answered"
    CLOSED = "closed"
    UNDONE = "undone"


class RequestState(StrEnum):
    """Where asking stands."""

    NOT_BEGUN = "not_begun"
    DRAFTED = "drafted"
    SENT = "sent"
    REMINDED = "reminded"
    ANSWERED = "answered"
    CLOSED = "closed"


class Due(StrEnum):
    """What is due, where something is: the reminder, or closing it after no reply to that."""

    REMINDER = "reminder"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackEvent:
    """One thing that was noted. `day` is when it happened, `days` the wait, `undoes` an id."""

    id: str
    interview_id: str
    kind: EventKind
    recorded_at: datetime
    day: date | None = None
    days: int | None = None
    undoes: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackRequest:
    """Where asking for feedback stands.

    Days are None where the thing has not happened. `reminder_on` is the day from which the one
    reminder is due, None once it was sent, answered or closed. `last` is what undoing takes back.
    """

    state: RequestState
    sent_on: date | None = None
    wait_days: int = REMIND_AFTER_DAYS
    reminder_on: date | None = None
    reminded_on: date | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    due: Due | None = None
    last: FeedbackEvent | None = None


def request_of(events: Sequence[FeedbackEvent], *, drafted: bool, today: date) -> FeedbackRequest:
    """Return where asking stands.

    Args:
        events: everything noted about one interview's request, in any order.
        drafted: whether a letter of the person's own is kept.
        today: the day it is where they live.
    """
    counting = _not_undone(events)
    on = {
        event.kind: event.day
        for event in counting
        if event.kind not in {EventKind.WAIT, EventKind.UNDONE}
    }
    waits = [event.days for event in counting if event.kind is EventKind.WAIT]
    wait = next((days for days in reversed(waits) if days is not None), REMIND_AFTER_DAYS)
    sent, reminded = on.get(EventKind.SENT), on.get(EventKind.REMINDED)
    state = next(
        (
            RequestState(kind.value)
            for kind in (
                EventKind.ANSWERED,
                EventKind.CLOSED,
                EventKind.REMINDED,
                EventKind.SENT,
            )
            if kind in on
        ),
        RequestState.DRAFTED if drafted else RequestState.NOT_BEGUN,
    )
    reminder_on = None
    if state is RequestState.SENT and sent is not None:
        reminder_on = sent + timedelta(days=wait)
    due = None
    if reminder_on is not None and today >= reminder_on:
        due = Due.REMINDER
    if state is RequestState.REMINDED and reminded is not None:
        due = Due.CLOSING if today >= reminded + timedelta(days=wait) else None
    return FeedbackRequest(
        state=state,
        sent_on=sent,
        wait_days=wait,
        reminder_on=reminder_on,
        reminded_on=reminded,
        answered_on=on.get(EventKind.ANSWERED),
        closed_on=on.get(EventKind.CLOSED),
        due=due,
        last=counting[-1] if counting else None,
    )


def check_event(request: FeedbackRequest, event: FeedbackEvent, *, today: date) -> None:
    """Make sure that something can be noted as things stand.

    Raises:
        ConflictError: it has happened already, or what comes before it has not.
        InvalidInputError: its day is still to come or before the letter was sent, or the wait is
            no number of days that can be waited.
    """
    kind = event.kind
    if kind is EventKind.WAIT:
        if event.days is None or not 1 <= event.days <= LONGEST_WAIT_DAYS:
            raise InvalidInputError(
                "So many days can't be waited.", f"Choose 1 to {LONGEST_WAIT_DAYS} days."
            )
        return
    if event.day is None or event.day > today:
        raise InvalidInputError("That day is still to come.", "Give the day on which it happened.")
    already = {
        EventKind.SENT: request.sent_on,
        EventKind.REMINDED: request.reminded_on,
        EventKind.ANSWERED: request.answered_on,
        EventKind.CLOSED: request.closed_on,
    }[kind]
    if already is not None:
        raise ConflictError(
            f"That is noted already, for {already.isoformat()}"
            + (": one reminder is enough." if kind is EventKind.REMINDED else "."),
            "Take it back first if the day is wrong.",
        )
    if kind is EventKind.REMINDED and request.sent_on is None:
        raise ConflictError(
            "Nothing was sent yet that could be reminded of.", "Note first when you sent it."
        )
    if kind is EventKind.REMINDED and RequestState.ANSWERED is request.state:
        raise ConflictError("They have answered already.", "No reminder is needed.")
    if kind is EventKind.CLOSED and request.state is RequestState.ANSWERED:
        raise ConflictError("They have answered.", "There is nothing to close.")
    first = request.sent_on
    if kind is not EventKind.SENT and first is not None and event.day < first:
        raise InvalidInputError(
            f"That is before it was sent ({first.isoformat()}).", "Give a later day."
        )


def _not_undone(events: Sequence[FeedbackEvent]) -> list[FeedbackEvent]:
    """Return what still counts, oldest first."""
    undone = {event.undoes for event in events if event.kind is EventKind.UNDONE}
    return sorted(
        (
            event
            for event in events
            if event.kind is not EventKind.UNDONE and event.id not in undone
        ),
        key=lambda event: (event.recorded_at, event.id),
    )
