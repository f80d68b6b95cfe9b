"""Deleting an interview for good, if wanted with the questions that were met only there.

Deleting one answer is `Coach.delete`, deleting everything `erasure.py`. All three leave nothing of
what was said or written: not in the database's file, its log and its copies, not in a recording, in
a spoken question, in a debrief that is being typed, nor in what a crash left lying.
"""

import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from question_bank.bank import Bank
from question_bank.debrief_values import day_of
from question_bank.interview import Interview
from question_bank.question import Question
from question_bank.tables import QuestionRow
from question_bank.uprooting import note_uprooted, uproot
from voicecoach.attempt import Attempt
from voicecoach.attempt_store import AttemptStore
from voicecoach.attempt_tables import AttemptRow
from voicecoach.debrief_draft_file import DebriefDraftFile
from voicecoach.errors import AttemptBusyError, InvalidInputError
from voicecoach.every_table import every_table
from voicecoach.practice_book import PracticeBook
from voicecoach.scoring.result import Score
from voicecoach.spoken_debrief_tables import SpokenDebriefRow

SETTLED_SECONDS: Final = 600.0
"""A file that is being written or read is younger than this; older ones were left by a crash."""

AT_ONCE: Final = timedelta(minutes=1)
"""A question that was there for longer before it was met in an interview is the person's own."""

_FOLDERS: Final = ("recordings", "uploads", "spoken")


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewDeletion:
    """What deleting an interview takes with it.

    `questions` were met only there; they go only where that is asked for, with `answers` answers.
    `others` were met elsewhere too, or not in an interview alone, and stay. `draft` says that the
    debrief of this interview is being typed and goes too; `another_draft` that the debrief which is
    being typed names the same company and role, on another day or on none yet: it stays.
    """

    interview: Interview
    questions: tuple[Question, ...]
    others: tuple[Question, ...]
    answers: int
    draft: bool
    another_draft: bool = False


def interview_deletion(book: PracticeBook, interview_id: str) -> InterviewDeletion:
    """Return what deleting an interview would take with it; nothing is deleted.

    Raises:
        NotFoundError: there is no such interview.
    """
    with book.reading_bank() as bank:
        interview = bank.get_interview(interview_id)
        met = bank.questions_of_interview(interview.id)
    only_here = tuple(
        question
        for question in met
        if {trip.interview_id for trip in question.tripped_up} <= {interview.id}
        and min(trip.noted_at for trip in question.tripped_up) - question.created_at < AT_ONCE
    )
    same_place, same_day = _draft_is_of(book, interview)
    return InterviewDeletion(
        interview=interview,
        questions=only_here,
        others=tuple(question for question in met if question not in only_here),
        answers=sum(book.count_attempts(question_id=one.id) for one in only_here),
        draft=same_place and same_day,
        another_draft=same_place and not same_day,
    )


def delete_interview(
    book: PracticeBook, interview_id: str, *, with_questions: bool = False
) -> InterviewDeletion:
    """Delete an interview for good, with all that was noted about it and its road back.

    Args:
        book: whose interview it is.
        interview_id: which one.
        with_questions: delete the questions that were met only there too, with their outlines, and
            every answer to them; no mark is left, for readiness no longer asks for them either.

    Raises:
        NotFoundError: there is no such interview.
        AttemptBusyError: an answer that is to go is being recorded or finished at this moment;
            nothing was deleted.
    """
    every_table()  # whatever refers to an interview must be known
    going = interview_deletion(book, interview_id)
    questions = going.questions if with_questions else ()
    with book.database.reading() as session:
        answers = _answers(session, _with_merged(session, [one.id for one in questions]))
    spoken = [text for answer in answers for text in spoken_texts(answer)]
    book.engines.forget_spoken([*spoken, *(question.text for question in questions)])
    with book.database.transaction() as session:
        ids = _with_merged(session, [one.id for one in questions])
        _refuse_while_busy(book, session, ids)
        answers = _answers(session, ids)
        told = session.execute(
            select(SpokenDebriefRow.id, SpokenDebriefRow.recording).where(
                SpokenDebriefRow.interview_id == going.interview.id
            )
        ).all()
        for answer in answers:
            book.on_deleted(session, answer.id)
        session.flush()
        table = QuestionRow.metadata.tables[QuestionRow.__tablename__]
        uproot(session.connection(), every_table(), table, ids)
        note_uprooted(session, AttemptRow.__tablename__, [one.id for one in answers])
        note_uprooted(session, QuestionRow.__tablename__, ids)
        # A copy from before they were entered does not tie them to the interview.
        note_uprooted(session, SpokenDebriefRow.__tablename__, [one.id for one in told])
        session.expunge_all()
        Bank(session, new_id=_no_id, now=book.now).delete_interview(going.interview.id)
    # Sound goes once the rows are gone for sure: a deletion that is refused leaves everything.
    remove_recordings(book, [one.recording for one in answers])
    remove_recordings(book, [one.recording for one in told])
    if going.draft:
        DebriefDraftFile(book.settings.home).forget()
    remove_leftovers(book.settings.home)
    return going


def spoken_texts(attempt: Attempt) -> list[str]:
    """Return what was spoken because of an attempt and holds its words: its follow-up questions.

    Each score had one of its own; the one that counts now is not the only one that was asked.
    """
    asked = {
        judgement.follow_up
        for judgement in attempt.judgements
        if isinstance(judgement, Score) and judgement.follow_up
    }
    return sorted(asked | ({attempt.asked} if attempt.parent_id and attempt.asked else set()))


def remove_recordings(book: PracticeBook, names: Iterable[str | None]) -> None:
    """Remove recordings by their names; None stands for what had none."""
    for name in names:
        if name is not None:
            (book.settings.recordings_folder / name).unlink(missing_ok=True)


def remove_leftovers(home: Path) -> None:
    """Remove what a crash left lying half-written or half-read: it may hold what was deleted.

    What somebody is at work on at this moment stays.
    """
    before = time.time() - SETTLED_SECONDS
    found = [
        *home.glob("*.partial"),
        *(path for name in _FOLDERS for path in (home / name).glob("*.partial")),
        *(home / "uploads").rglob("*"),
    ]
    for path in found:
        with suppress(OSError):  # gone by itself, or not ours
            if path.is_file() and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def _no_id() -> str:
    """Stand in for fresh ids where nothing is added."""
    raise AssertionError


def _with_merged(session: Session, ids: Collection[str]) -> list[str]:
    """Return these questions and those that were merged into them: other wordings of the same."""
    if not ids:
        return []
    found = session.scalars(
        select(QuestionRow.id)
        .where(or_(QuestionRow.id.in_(ids), QuestionRow.merged_into.in_(ids)))
        .order_by(QuestionRow.id)
    )
    return list(found)


def _answers(session: Session, question_ids: Collection[str]) -> list[Attempt]:
    ids = session.scalars(
        select(AttemptRow.id)
        .where(AttemptRow.question_id.in_(question_ids))
        .order_by(AttemptRow.id)
    ).all()
    store = AttemptStore(session)
    return [store.get(attempt_id) for attempt_id in ids]


def _refuse_while_busy(book: PracticeBook, session: Session, question_ids: list[str]) -> None:
    busy = session.scalar(
        select(AttemptRow.id)
        .where(
            AttemptRow.question_id.in_(question_ids),
            AttemptRow.claimed_by.is_not(None),
            AttemptRow.claimed_until > book.now(),
        )
        .limit(1)
    )
    if busy is not None:
        raise AttemptBusyError(
            "An answer to one of its questions is being recorded or finished at this moment.",
            "Nothing was deleted. Wait until it is done, then delete again.",
        )


def _draft_is_of(book: PracticeBook, interview: Interview) -> tuple[bool, bool]:
    """Return whether the draft names an interview's company and role, and whether its day.

    All three make an interview the same one, as where a debrief enters the bank: another round at
    the same company is another interview.
    """
    try:
        draft = DebriefDraftFile(book.settings.home).read()
    except InvalidInputError:
        return False, False  # it can't be read, and the page says so where it is gone on with
    said = (draft.company.strip().casefold(), draft.role.strip().casefold())
    same_place = any(said) and said == (interview.company.casefold(), interview.role.casefold())
    day = day_of(draft.day)
    return same_place, day == interview.day and (day is not None or not draft.day.strip())
