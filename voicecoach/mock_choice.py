"""Which questions a mock interview asks: an opening, what fits the choice, one's own at the end.

Pure. Everything comes in the order in which it is worth rehearsing; a choice leaves out, and a
weakness brings what it speaks for to the front.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from question_bank.question import Question, QuestionKind
from voicecoach.mock_interview import PlannedQuestion

MOST_CLOSING: Final = 2
"""How many questions of one's own are asked at the end: interviews leave time for one or two."""

_OPENING: Final = re.compile(
    r"\b(about yourself|introduce yourself|who you are"
    r"|(walk|talk|take) (me|us) through your (cv|r[ée]sum[ée]|career|background|experience))\b",
    re.IGNORECASE,
)
"""What interviewers warm up with. "Tell me about yourself" is asked first nearly everywhere."""


def mock_questions(
    ordered: Sequence[Question],
    *,
    count: int,
    kind: QuestionKind | None = None,
    interview_id: str | None = None,
) -> tuple[Question, ...]:
    """Return what an interviewer asks, out of questions in the order they are worth rehearsing.

    Args:
        ordered: the bank's active questions, what is most worth rehearsing first.
        count: how many at most.
        kind: only questions of this kind.
        interview_id: only questions that were asked in this interview.
    """
    fitting = (
        question
        for question in ordered
        if question.kind is not QuestionKind.TO_ASK
        and kind in {None, question.kind}
        and (
            interview_id is None
            or any(trip.interview_id == interview_id for trip in question.tripped_up)
        )
    )
    return tuple(question for question, _ in zip(fitting, range(count), strict=False))


def closing_questions(ordered: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions of one's own to ask at the end, out of the same order."""
    own = [question for question in ordered if question.kind is QuestionKind.TO_ASK]
    return tuple(own[:MOST_CLOSING])


def opening_question(ordered: Sequence[Question]) -> Question | None:
    """Return the question to warm up with, the one most worth rehearsing; None where none is."""
    return next(
        (one for one in ordered if one.kind is not QuestionKind.TO_ASK and is_opening(one)), None
    )


def is_opening(question: Question) -> bool:
    """Whether interviewers warm up with such a question."""
    return _OPENING.search(question.text) is not None


def for_role(
    ordered: Sequence[Question], role: str, roles: Mapping[str, str]
) -> tuple[Question, ...]:
    """Return what fits a role: first what was asked in interviews for it, then what fits any.

    Questions that were met only in interviews for other roles are left out.

    Args:
        ordered: the bank's active questions.
        role: the role, in capitals or not.
        roles: the role of each interview by its id.
    """
    wanted = role.strip().casefold()
    met: list[Question] = []
    any_role: list[Question] = []
    for question in ordered:
        known = {
            named
            for trip in question.tripped_up
            if trip.interview_id is not None
            and (named := roles.get(trip.interview_id, "").strip().casefold())
        }
        if wanted in known:
            met.append(question)
        elif not known:
            any_role.append(question)
    return (*met, *any_role)


def weakest_first(ordered: Sequence[Question], weakest: Sequence[str]) -> tuple[Question, ...]:
    """Return the questions that a weakness names in its order, then the others in theirs."""
    places = {question_id: place for place, question_id in enumerate(weakest)}
    return tuple(sorted(ordered, key=lambda question: places.get(question.id, len(places))))


def plan_of(
    asked: Iterable[Question],
    closing: Iterable[Question] = (),
    *,
    opening: Question | None = None,
) -> tuple[PlannedQuestion, ...]:
    """Return the plan: the opening, what else the interviewer asks, then what the person asks."""
    first = [] if opening is None else [opening]
    rest = [question for question in asked if opening is None or question.id != opening.id]
    entries = [(question, False) for question in (*first, *rest)]
    entries += [(question, True) for question in closing]
    return tuple(
        PlannedQuestion(number=number, question_id=question.id, closing=is_closing)
        for number, (question, is_closing) in enumerate(entries, start=1)
    )
