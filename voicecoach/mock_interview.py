"""A mock interview: which questions are asked, in which order, and what comes next.

What is stored of it is the plan only. Where it stands is computed from the log of answers: the
first answer to a planned question since the interview began is that question's answer, whichever
way it came in, so that a reload, a closed tab or a restarted server changes nothing. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from question_bank.question import Question
from voicecoach.attempt import Attempt
from voicecoach.mock_pressure import NO_PRESSURE, Pressure
from voicecoach.time_words import seconds_words

USUAL_QUESTIONS: Final = 5
MOST_QUESTIONS: Final = 20
"""How many questions a mock interview has unless asked otherwise, and at most."""

CLOSING_WORDS: Final = (
    "Do you have any questions for us?",
    "Is there anything else you would like to ask?",
)
"""What the interviewer says before the first and before a further question of one's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion:
    """A question of the plan, from 1 in the order they are asked.

    `closing` is a question the person asks. `passed` and `follow_up_passed` say that the person
    went on without answering it, or its follow-up.
    """

    number: int
    question_id: str
    closing: bool = False
    passed: bool = False
    follow_up_passed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MockInterview:
    """A mock interview as it was chosen.

    `follow_ups` says whether answers are followed up. `ended_at` is when the person ended it
    before its last question; None otherwise. `role` and `weakness` are what its questions were
    chosen by ("" for neither), `reason` says in a sentence why this weakness.
    """

    id: str
    started_at: datetime
    follow_ups: bool
    questions: tuple[PlannedQuestion, ...]
    ended_at: datetime | None = None
    role: str = ""
    weakness: str = ""
    reason: str = ""
    pressure: Pressure = NO_PRESSURE


@dataclass(frozen=True, slots=True, kw_only=True)
class MockTurn:
    """What is asked now.

    `asked` is what the interviewer says. `parent_id` is the answer that a follow-up belongs to.
    `open_attempt` is an answer to it that was begun and not brought to an end. `greeting` is what
    the interviewer says before the first question, "" before all others.
    """

    planned: PlannedQuestion
    question: Question
    asked: str
    greeting: str = ""
    parent_id: str | None = None
    open_attempt: Attempt | None = None

    @property
    def is_follow_up(self) -> bool:
        """Whether it follows up the answer before."""
        return self.parent_id is not None

    @property
    def said(self) -> str:
        """All the interviewer says now."""
        return f"{self.greeting} {self.asked}" if self.greeting else self.asked


@dataclass(frozen=True, slots=True, kw_only=True)
class MockAnswer:
    """A planned question with its answer and the answer to its follow-up, None where there is none.

    An answer whose recording was begun and not brought to an end is not among them.
    """

    planned: PlannedQuestion
    question: Question
    attempt: Attempt | None
    follow_up: Attempt | None


def mock_answers(
    mock: MockInterview, questions: Mapping[str, Question], attempts: Iterable[Attempt]
) -> tuple[MockAnswer, ...]:
    """Return the planned questions with their answers, in the order of the plan.

    Args:
        mock: the interview.
        questions: the planned questions by the id in the plan (a merge may have led it elsewhere).
        attempts: answers since the interview began, oldest first; others in between don't matter.
    """
    closed = [attempt for attempt in _of(mock, attempts) if not attempt.is_open]
    answers = []
    for planned in mock.questions:
        question = questions[planned.question_id]
        attempt = next(
            (one for one in closed if one.question_id == question.id and one.parent_id is None),
            None,
        )
        follow_up = next(
            (one for one in closed if attempt is not None and one.parent_id == attempt.id), None
        )
        answers.append(
            MockAnswer(planned=planned, question=question, attempt=attempt, follow_up=follow_up)
        )
    return tuple(answers)


def next_turn(
    mock: MockInterview, questions: Mapping[str, Question], attempts: Iterable[Attempt]
) -> MockTurn | None:
    """Return what is asked now; None where the interview is over. Takes what `mock_answers` takes.

    An answer is followed up once, right after it. Where its words are not judged by then (no
    weights, a job still at work) the interview goes on without, and nothing comes back later.
    """
    if mock.ended_at is not None:
        return None
    log = list(_of(mock, attempts))
    answers = mock_answers(mock, questions, log)
    reached = max(
        (one.planned.number for one in answers if one.attempt is not None or one.planned.passed),
        default=0,
    )
    for answer in answers:
        planned = answer.planned
        if answer.attempt is None:
            if not planned.passed:
                return MockTurn(
                    planned=planned,
                    question=answer.question,
                    asked=_closing_words(mock, planned) or answer.question.text,
                    greeting=_greeting(mock, planned),
                    open_attempt=_open_answer(log, answer.question.id, parent_id=None),
                )
        elif planned.number == reached and (asked := _follow_up(mock, answer)):
            return MockTurn(
                planned=planned,
                question=answer.question,
                asked=asked,
                parent_id=answer.attempt.id,
                open_attempt=_open_answer(log, answer.question.id, parent_id=answer.attempt.id),
            )
    return None


def passed_over(mock: MockInterview, turn: MockTurn) -> MockInterview:
    """Return the interview after the person went on without answering."""
    passed = (
        replace(turn.planned, follow_up_passed=True)
        if turn.is_follow_up
        else replace(turn.planned, passed=True)
    )
    return replace(
        mock,
        questions=tuple(
            passed if planned.number == passed.number else planned for planned in mock.questions
        ),
    )


def _of(mock: MockInterview, attempts: Iterable[Attempt]) -> Iterator[Attempt]:
    for attempt in attempts:
        ended = mock.ended_at is not None and attempt.started_at > mock.ended_at
        if attempt.started_at >= mock.started_at and not ended:
            yield attempt


def _follow_up(mock: MockInterview, answer: MockAnswer) -> str | None:
    """Return the follow-up question that is still to be asked about an answer."""
    planned, attempt = answer.planned, answer.attempt
    settled = planned.closing or planned.follow_up_passed or answer.follow_up is not None
    if not mock.follow_ups or settled or attempt is None or attempt.score is None:
        return None
    return attempt.score.follow_up


def _greeting(mock: MockInterview, planned: PlannedQuestion) -> str:
    """Return how the interviewer begins, with the rules of the interview where it has some."""
    if planned.number != 1 or planned.closing:
        return ""
    about = f" We are here to talk about the job of {mock.role}." if mock.role else ""
    limit = mock.pressure.limit_seconds
    rule = "" if limit is None else f" You have {seconds_words(limit)} for each answer."
    return f"Hello, and thank you for coming.{about}{rule} Let us begin."


def _closing_words(mock: MockInterview, planned: PlannedQuestion) -> str | None:
    if not planned.closing:
        return None
    first = next(one for one in mock.questions if one.closing)
    return CLOSING_WORDS[0 if planned.number == first.number else 1]


def _open_answer(
    log: Iterable[Attempt], question_id: str, *, parent_id: str | None
) -> Attempt | None:
    """Return the newest answer that was begun and not brought to an end."""
    return next(
        (
            attempt
            for attempt in reversed(list(log))
            if attempt.is_open
            and attempt.question_id == question_id
            and attempt.parent_id == parent_id
        ),
        None,
    )
