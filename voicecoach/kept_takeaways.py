"""What was kept of past interviews, where it is looked at: by question, and as focus and strengths.

This is the door for whoever draws a question, a drill, a plan or readiness.
"""

from dataclasses import dataclass
from typing import Final

from question_bank.question import QuestionKind
from voicecoach.attempt import AttemptStatus
from voicecoach.own_weak_points import WeakPoint, weak_points
from voicecoach.practice_book import PracticeBook
from voicecoach.practice_focus import Focus, focus_first, focus_for, focuses_of
from voicecoach.scoring.result import CriterionName
from voicecoach.standing import NextQuestion
from voicecoach.takeaway_store import TakeawayStore
from voicecoach.takeaways import Takeaway, Use

ANSWERS_LOOKED_AT: Final = 100
"""How many of the newest answers tell what is weakest."""

MOST_FOCUSES: Final = 3
"""How many things to look after are shown with a question: more can't be kept in mind."""

LOOKED_AHEAD: Final = 50
"""How many questions the order is looked at over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What to have in mind before answering a question: notes on it, and what to look after."""

    notes: tuple[Takeaway, ...]
    focuses: tuple[Focus, ...]


def remembered_for(book: PracticeBook, question_id: str) -> Remembered:
    """Return what to have in mind before answering a question; its full id is needed."""
    return Remembered(
        notes=notes_on(book, question_id),
        focuses=focus_for(question_id, practice_focuses(book))[:MOST_FOCUSES],
    )


def notes_on(book: PracticeBook, question_id: str) -> tuple[Takeaway, ...]:
    """Return the notes on a question that came out of interviews and replies, oldest first."""
    with book.database.reading() as session:
        kept = TakeawayStore(session).of_question(question_id)
    return tuple(one for one in kept if one.use is Use.NOTE)


def practice_focuses(book: PracticeBook) -> tuple[Focus, ...]:
    """Return what is to be looked after in practice, the newest first."""
    with book.database.reading() as session:
        return focuses_of(TakeawayStore(session).every(Use.FOCUS))


def strengths(book: PracticeBook) -> tuple[Takeaway, ...]:
    """Return every strength that was kept, oldest first."""
    with book.database.reading() as session:
        return TakeawayStore(session).every(Use.STRENGTH)


def own_weak_points(book: PracticeBook) -> tuple[WeakPoint, ...]:
    """Return what the person's own newest scores say is weakest."""
    attempts = book.attempts(status=AttemptStatus.SCORED, limit=ANSWERS_LOOKED_AT)
    return weak_points(
        [
            one
            for one in attempts
            if one.parent_id is None and (book.settings.synthetic or not one.synthetic)
        ]
    )


def next_with_focus(
    book: PracticeBook, limit: int, *, kind: QuestionKind | None = None
) -> tuple[NextQuestion, ...]:
    """Return what to rehearse next, what is looked after first where the order is free.

    The order is free among neighbours that come again on the same day and have been practised
    equally often; so a day's place, and what is new before what is known, never changes.
    """
    focuses = practice_focuses(book)
    if not focuses:
        return book.next_questions(limit, kind)
    every = book.next_questions(max(limit, LOOKED_AHEAD), kind)
    levels = _last_levels(book)
    ordered = focus_first(
        every,
        focuses,
        question_of=lambda one: one.question.id,
        rank_of=lambda one: (None if one.due is None else one.due.date(), one.rehearsals),
        level_of=lambda question_id, criterion: levels.get((question_id, criterion)),
    )
    return ordered[:limit]


def _last_levels(book: PracticeBook) -> dict[tuple[str, CriterionName], float]:
    """Return the last level of each question in each criterion, as far as the log was looked at."""
    levels: dict[tuple[str, CriterionName], float] = {}
    for attempt in book.attempts(status=AttemptStatus.SCORED, limit=ANSWERS_LOOKED_AT):
        if attempt.parent_id is not None or attempt.score is None:
            continue
        for criterion in attempt.score.criteria:
            if criterion.level is not None:
                levels.setdefault((attempt.question_id, criterion.name), criterion.level)
    return levels
