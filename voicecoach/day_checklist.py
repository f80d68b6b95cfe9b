"""The checklist of an interview's day as a person works on it."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from voicecoach.errors import NotFoundError
from voicecoach.interview_day import (
    DayNote,
    InterviewDay,
    interview_day,
    noted,
    own_item,
    taken_off,
)
from voicecoach.interview_day_store import InterviewDayStore
from voicecoach.practice_book import PracticeBook


def day_of(book: PracticeBook, interview_id: str) -> InterviewDay:
    """Return an interview's day by the interview's id or a beginning of it.

    Raises:
        NotFoundError: there is no such interview.
    """
    with book.reading_bank() as bank:
        interview = bank.get_interview(interview_id)
        questions = bank.every_active_question()
        past = bank.past_interviews(book.today())
    with book.database.reading() as session:
        notes = InterviewDayStore(session).of_interview(interview.id)
    return interview_day(interview, notes, questions=questions, past=past)


def day_close_by(book: PracticeBook) -> InterviewDay | None:
    """Return the day of the next interview where it is today or tomorrow; None otherwise."""
    today = book.today()
    with book.reading_bank() as bank:
        interview = bank.next_interview(today)
    if interview is None or interview.day is None or interview.day - today > timedelta(days=1):
        return None
    return day_of(book, interview.id)


def next_interview_id(book: PracticeBook) -> str:
    """Return the id of the interview that comes next.

    Raises:
        NotFoundError: none is to come.
    """
    with book.reading_bank() as bank:
        interview = bank.next_interview(book.today())
    if interview is None:
        raise NotFoundError(
            "No interview is to come.", "Add one with its day: voicecoach interviews add"
        )
    return interview.id


def tick(book: PracticeBook, interview_id: str, item: str, *, ticked: bool = True) -> None:
    """Note that an item is ready, or not yet.

    Raises:
        NotFoundError: there is no such interview or item.
    """
    _change(book, interview_id, lambda notes: [noted(notes, item, ticked=ticked)])


def tick_exactly(
    book: PracticeBook, interview_id: str, *, shown: Iterable[str], ticked: Iterable[str]
) -> None:
    """Note of all items that were shown which are ready; others stay as they are.

    Raises:
        NotFoundError: there is no such interview or item.
    """
    ready = set(ticked)
    _change(
        book,
        interview_id,
        lambda notes: [noted(notes, item, ticked=item in ready) for item in shown],
    )


def add(book: PracticeBook, interview_id: str, text: str) -> None:
    """Put an item in the person's own words on the list.

    Raises:
        NotFoundError: there is no such interview.
        InvalidInputError: the item can't be used.
    """
    _change(book, interview_id, lambda notes: [own_item(notes, text)])


def take_off(book: PracticeBook, interview_id: str, item: str, *, removed: bool = True) -> None:
    """Take an item off the list, or put a standard one back; an own item is forgotten.

    Raises:
        NotFoundError: there is no such interview or item.
    """
    _change(book, interview_id, lambda notes: [taken_off(notes, item, removed=removed)])


def _change(
    book: PracticeBook,
    interview_id: str,
    change: Callable[[Sequence[DayNote]], Sequence[DayNote]],
) -> None:
    with book.reading_bank() as bank:
        whole_id = bank.get_interview(interview_id).id
    with book.database.transaction() as session:
        store = InterviewDayStore(session)
        for note in change(store.of_interview(whole_id)):
            if note.text and note.removed:
                store.forget(whole_id, note.item)
            else:
                store.keep(whole_id, note)
