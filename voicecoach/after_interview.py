"""After the interview: how it ended, which questions came, how each went; inside one session."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from question_bank.interview import Interview, Outcome
from question_bank.local_days import local_day, local_moment
from question_bank.question import Question, QuestionKind, QuestionSource
from question_bank.question_shelf import DraftTrip
from voicecoach.errors import ConflictError, InvalidInputError
from voicecoach.foresaw import ForesightRecord, foreseen, foresight_record, readiness_before
from voicecoach.practice_book import PracticeBook
from voicecoach.standing import Standing
from voicecoach.what_came import (
    MOST_CAME,
    TRIPPED_UP_WORDS,
    CameQuestion,
    Doubt,
    ToldQuestion,
    Went,
    WhatCame,
)
from voicecoach.what_came_store import WhatCameStore

ASKED_FOR: Final = timedelta(days=60)
"""How long after its day an interview is asked about: later hardly a question is remembered."""

OVER: Final = tuple(outcome for outcome in Outcome if outcome is not Outcome.UPCOMING)
"""How an interview may have ended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterInterview:
    """Reads and keeps what the person tells of interviews that are over."""

    standing: Standing
    store: WhatCameStore

    def to_ask_about(self) -> Interview | None:
        """Return the latest interview to ask about, None where there is none.

        That is one that was entered before its day, whose day has passed within `ASKED_FOR`, and of
        which neither questions nor that there were none have been told, here or in a debrief.
        """
        today = local_day(self.standing.now, self.standing.time_zone)
        for interview in self.standing.bank.interviews_between(today - ASKED_FOR, today):
            entered = local_day(interview.created_at, self.standing.time_zone)
            ahead = interview.day is not None and entered <= interview.day
            if not ahead or self.store.of_interview(interview.id) is not None:
                continue
            if interview.outcome is Outcome.UPCOMING or not self._met_there(interview):
                return interview
        return None

    def likely(self) -> tuple[Question, ...]:
        """Return the questions an interviewer may have asked: the bank's but for one's own.

        What was practised comes first, the latest at the top, then the rest as it entered.
        """
        last = {take.question_id: take.at for take in self.standing.scored_takes()}
        asked = [
            question
            for question in self.standing.bank.every_active_question()
            if question.kind is not QuestionKind.TO_ASK
        ]
        practised = [question for question in asked if question.id in last]
        practised.sort(key=lambda question: last[question.id], reverse=True)
        return (*practised, *(question for question in asked if question.id not in last))

    def of_interview(self, interview_id: str) -> WhatCame | None:
        """Return what was told of an interview; None where nothing was yet.

        Questions that were merged since stand under the question they went into.
        """
        found = self.store.of_interview(self.standing.bank.get_interview(interview_id).id)
        if found is None:
            return None
        return replace(found, questions=tuple(self._of_today(one) for one in found.questions))

    def doubts(self, told: Sequence[ToldQuestion]) -> tuple[Doubt, ...]:
        """Return which words are nearly those of stored questions and were not called new."""
        bank = self.standing.bank
        found = []
        for place, one in enumerate(told):
            if one.question_id or one.is_new or bank.find_question(one.text) is not None:
                continue
            alike = bank.near_duplicates(one.text)
            if alike:
                found.append(Doubt(place=place, text=one.text, near_duplicates=alike))
        return tuple(found)

    def tell(
        self, interview_id: str, told: Sequence[ToldQuestion], *, outcome: Outcome | None = None
    ) -> WhatCame:
        """Keep what came, in place of what was told of that interview before.

        Questions the bank did not have enter it; one that went badly counts as having tripped the
        person up, any other as met. A question told twice counts once, as it was told first.

        Args:
            interview_id: the interview.
            told: the questions that came; none is an answer too.
            outcome: how it ended; None leaves that as it is, but an upcoming one now waits.

        Raises:
            NotFoundError: there is no such interview or question.
            InvalidInputError: the interview is still to come, or something can't be stored.
            ConflictError: words are nearly those of a stored question (see `doubts`).
        """
        interview = self._over(interview_id, outcome)
        if len(told) > MOST_CAME:
            raise InvalidInputError(
                f"{len(told)} questions are more than can be kept of one interview.",
                f"Keep the {MOST_CAME} that mattered.",
            )
        doubts = self.doubts(told)
        if doubts:
            likest = doubts[0].near_duplicates[0].question
            raise ConflictError(
                f"“{doubts[0].text}” is nearly a question you have: “{likest.text}” ({likest.id}).",
                "Say whether it is that one, or that it is a new one.",
            )
        before = self.store.of_interview(interview.id)
        new_before = {one.question_id for one in before.questions if one.was_new} if before else ()
        if before is not None:
            self._take_back_trips(before)
        came: dict[str, CameQuestion] = {}
        for one in told:
            question, is_new = self._question_of(one)
            if question.id not in came:
                came[question.id] = CameQuestion(
                    question_id=question.id,
                    asked=one.text.strip() or question.text,
                    went=one.went,
                    was_new=is_new or question.id in new_before,
                    trip_id=self._note_trip(question, one, interview.id),
                    how=one.how.strip() if one.went is Went.TRIPPED_UP else "",
                )
        result = WhatCame(
            interview_id=interview.id, told_at=self.standing.now, questions=tuple(came.values())
        )
        self.store.put(result)
        return result

    def unpractised(self, came: WhatCame) -> tuple[Question, ...]:
        """Return the questions that came and had no scored take before the interview's day."""
        bank = self.standing.bank
        day = bank.get_interview(came.interview_id).day
        until = self.standing.now if day is None else local_moment(day, 0, self.standing.time_zone)
        practised = {
            take.question_id
            for take in self.standing.scored_takes()
            if take.overall is not None and take.at < until
        }
        questions = [bank.get_question(one.question_id) for one in came.questions]
        return tuple(question for question in questions if question.id not in practised)

    def foresight(self) -> ForesightRecord:
        """Return how well readiness foresaw the interviews that were told about."""
        standing = self.standing
        questions, takes = standing.likely_questions(), standing.scored_takes()
        found = []
        for came in self.store.every():
            day = standing.bank.get_interview(came.interview_id).day
            if day is None or not came.questions:
                continue
            before = readiness_before(
                questions, takes, day=day, zone=standing.time_zone, target=standing.target
            )
            found.append(foreseen(came, day, before))
        return foresight_record(one for one in found if one is not None)

    def _over(self, interview_id: str, outcome: Outcome | None) -> Interview:
        """Return the interview with its outcome noted, or refuse one that is still to come."""
        interview = self.standing.bank.get_interview(interview_id)
        today: date = local_day(self.standing.now, self.standing.time_zone)
        upcoming = interview.outcome is Outcome.UPCOMING
        if upcoming and (interview.day is None or interview.day > today):
            raise InvalidInputError(
                "That interview is still to come.",
                "Tell about it once it took place, or change its day or outcome first.",
            )
        if outcome is Outcome.UPCOMING:
            raise InvalidInputError(
                "An interview that took place is not still to come.",
                f"Say how it ended: {', '.join(OVER)}.",
            )
        ended = outcome or (Outcome.WAITING if upcoming else interview.outcome)
        if ended is interview.outcome:
            return interview
        return self.standing.bank.edit_interview(interview.id, outcome=ended)

    def _met_there(self, interview: Interview) -> bool:
        return bool(self.standing.bank.questions_of_interview(interview.id))

    def _question_of(self, told: ToldQuestion) -> tuple[Question, bool]:
        """Return the bank's question that is meant, and whether it is new to the bank."""
        bank = self.standing.bank
        if not told.question_id:
            met = bank.add_question(told.text, kind=told.kind, source=QuestionSource.DEBRIEF)
            return met.question, met.is_new
        question = bank.get_question(told.question_id)
        return (bank.restore_question(question.id) if question.retired else question), False

    def _note_trip(self, question: Question, told: ToldQuestion, interview_id: str) -> str | None:
        """Note in the question's history that it came there, unless a debrief said so already."""
        if any(trip.interview_id == interview_id for trip in question.tripped_up):
            return None
        tripped = told.went is Went.TRIPPED_UP
        how = (told.how.strip() or TRIPPED_UP_WORDS) if tripped else ""
        known = {trip.id for trip in question.tripped_up}
        noted = self.standing.bank.note_trip(
            question.id, DraftTrip(interview_id=interview_id, how=how)
        )
        return next(trip.id for trip in noted.tripped_up if trip.id not in known)

    def _of_today(self, came: CameQuestion) -> CameQuestion:
        """Return a question that came under its present id, with how it tripped the person up."""
        question = self.standing.bank.get_question(came.question_id)
        hows = [trip.how for trip in question.tripped_up if trip.id == came.trip_id]
        how = next((how for how in hows if how != TRIPPED_UP_WORDS), "")
        return replace(came, question_id=question.id, how=how)

    def _take_back_trips(self, came: WhatCame) -> None:
        for one in came.questions:
            if one.trip_id is not None:
                self.standing.bank.take_back_trip(one.trip_id)


@contextmanager
def after_interviews(book: PracticeBook) -> Iterator[AfterInterview]:
    """Give what is told of interviews inside one transaction."""
    with book.database.transaction() as session:
        yield AfterInterview(standing=book.standing_in(session), store=WhatCameStore(session))


@contextmanager
def reading_after_interviews(book: PracticeBook) -> Iterator[AfterInterview]:
    """Give what was told of interviews to read from: no lock, nothing can be stored."""
    with book.database.reading() as session:
        yield AfterInterview(standing=book.standing_in(session), store=WhatCameStore(session))
