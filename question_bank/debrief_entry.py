"""Entering a debrief into the bank: nothing is doubled, whoever reads the same file twice.

An interview met again (same company, role and day) is completed, not doubled. A question met again
is strengthened. An outline that is there already stays; the front door can offer the other one.
"""

from dataclasses import dataclass
from typing import Any, Final, cast

from question_bank.bank import Bank
from question_bank.debrief import Debrief, DebriefedQuestion, NextInterview
from question_bank.interview import Interview, Outcome
from question_bank.interview_shelf import InterviewFields
from question_bank.question import Question, QuestionSource, Trip
from question_bank.question_shelf import DraftTrip, NearDuplicate


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicateOffer:
    """A question that entered, and stored ones to offer for merging with it."""

    question: Question
    near_duplicates: tuple[NearDuplicate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredDebrief:
    """What a debrief did to the bank.

    `interview` is None where the debrief says nothing of one, `next_interview` likewise.
    `strengthened` are questions the bank had already. `outlines_kept` are those among them whose
    stored outline differs from the debrief's and was left as it is.
    """

    interview: Interview | None
    next_interview: Interview | None
    new: tuple[Question, ...]
    strengthened: tuple[Question, ...]
    offers: tuple[DuplicateOffer, ...]
    outlines_kept: tuple[Question, ...]


def enter_debrief(bank: Bank, debrief: Debrief) -> EnteredDebrief:
    """Put a debrief into the bank, within the bank's session.

    Raises:
        InvalidInputError: something in it can't be stored (what `read_debrief` returns can).
    """
    interview = _enter_interview(bank, debrief)
    new: dict[str, Question] = {}
    strengthened: dict[str, Question] = {}
    offers: list[DuplicateOffer] = []
    outlines_kept: dict[str, Question] = {}
    for asked in debrief.questions:
        met = bank.add_question(
            asked.text,
            kind=asked.kind,
            competency=asked.competency,
            target_seconds=asked.target_seconds,
            source=QuestionSource.DEBRIEF,
        )
        question = _note_trip(bank, met.question, asked, interview)
        if not _enter_outline(bank, question, asked):
            outlines_kept[question.id] = question
        if met.is_new or question.id in new:
            new[question.id] = question
        else:
            strengthened[question.id] = question
        if met.near_duplicates:
            offers.append(DuplicateOffer(question=question, near_duplicates=met.near_duplicates))
    return EnteredDebrief(
        interview=interview,
        next_interview=_enter_next(bank, debrief.next_interview),
        new=tuple(new.values()),
        strengthened=tuple(strengthened.values()),
        offers=tuple(offers),
        outlines_kept=tuple(outlines_kept.values()),
    )


_TOLD: Final = (
    *("feelings", "went_well", "differed_from_expected", "could_answer_better", "grey_areas"),
    *("feedback_received", "lessons", "dos", "donts"),
)
"""What a debrief tells of an interview besides its name; what it leaves empty stays as it was."""


def _enter_interview(bank: Bank, debrief: Debrief) -> Interview | None:
    told: dict[str, Any] = {name: getattr(debrief, name) for name in _TOLD}
    said = cast("InterviewFields", {name: value for name, value in told.items() if value})
    if debrief.right_company is not None or debrief.right_company_why:
        said["right_company"] = debrief.right_company
        said["right_company_why"] = debrief.right_company_why
    if not debrief.tells_of_an_interview:
        return None
    known = None
    if debrief.names_an_interview or debrief.day is not None:
        known = bank.find_interview(debrief.company, debrief.role, debrief.day)
    if known is not None:
        if debrief.outcome is not Outcome.WAITING:
            said["outcome"] = debrief.outcome
        return bank.edit_interview(known.id, **said)
    said |= {"company": debrief.company, "role": debrief.role}
    said |= {"day": debrief.day, "outcome": debrief.outcome}
    return bank.add_interview(**said)


def _enter_next(bank: Bank, following: NextInterview | None) -> Interview | None:
    if following is None:
        return None
    known = bank.find_interview(following.company, following.role, following.day)
    if known is None and (following.company or following.role):
        # The same interview without a day yet: now it has one.
        known = bank.find_interview(following.company, following.role, None)
    if known is not None:
        return bank.edit_interview(known.id, day=following.day or known.day)
    return bank.add_interview(
        company=following.company,
        role=following.role,
        day=following.day,
        outcome=Outcome.UPCOMING,
    )


def _note_trip(
    bank: Bank, question: Question, asked: DebriefedQuestion, interview: Interview | None
) -> Question:
    """Add the trip to the question's history unless this very one is in it."""
    interview_id = None if interview is None else interview.id
    if any(_same_trip(trip, asked, interview_id) for trip in question.tripped_up):
        return question
    return bank.note_trip(
        question.id,
        DraftTrip(
            interview_id=interview_id,
            how=asked.tripped_up,
            remembered_answer=asked.remembered_answer,
            difficulty=asked.difficulty,
        ),
    )


def _same_trip(trip: Trip, asked: DebriefedQuestion, interview_id: str | None) -> bool:
    return (trip.interview_id, trip.how, trip.remembered_answer, trip.difficulty) == (
        interview_id,
        asked.tripped_up,
        asked.remembered_answer,
        asked.difficulty,
    )


def _enter_outline(bank: Bank, question: Question, asked: DebriefedQuestion) -> bool:
    """Store the outline where there is none; return whether the bank now holds the debrief's."""
    if not (asked.points or asked.skills or asked.stories):
        return True
    known = bank.get_outline(question.id)
    if known is None:
        bank.set_outline(question.id, asked.points, skills=asked.skills, stories=asked.stories)
        return True
    said = [(point.text, point.part, point.weight) for point in asked.points]
    kept = [(point.text, point.part, point.weight) for point in known.points]
    return (kept, known.skills, known.stories) == (said, asked.skills, asked.stories)
