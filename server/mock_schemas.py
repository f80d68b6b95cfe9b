"""What crosses HTTP about mock interviews, where it differs from the domain's own records."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from question_bank.limits import MOST_ENTRIES
from question_bank.question import QuestionKind
from server.schemas import Name, Sent, Wording
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_result import reasons_of
from voicecoach.mock_additions import Addition
from voicecoach.mock_interview import MOST_QUESTIONS, USUAL_QUESTIONS, MockInterview, MockTurn
from voicecoach.mock_pressure import (
    LONGEST_LIMIT,
    LONGEST_SILENCE,
    SHORTEST_LIMIT,
    SHORTEST_SILENCE,
    Pressure,
)
from voicecoach.mock_report import AnswerReport, CriterionStrength, MockReport, WorkOn
from voicecoach.pressure_comparison import PressureComparison
from voicecoach.scoring.result import Advice
from voicecoach.under_pressure import AnswerPressure
from voicecoach.weakness import Weakness


class SentPressure(Sent, frozen=True, kw_only=True):
    """What makes it harder; all of it is off unless it is sent.

    `limit_seconds` is how long an answer may be, `silence_seconds` how long the interviewer says
    nothing after one.
    """

    interruptions: bool = False
    limit_seconds: Annotated[int, Meta(ge=SHORTEST_LIMIT, le=LONGEST_LIMIT)] | None = None
    silence_seconds: Annotated[int, Meta(ge=SHORTEST_SILENCE, le=LONGEST_SILENCE)] | None = None

    def pressure(self) -> Pressure:
        """Return it as an interview takes it."""
        return Pressure(
            interruptions=self.interruptions,
            limit_seconds=self.limit_seconds,
            silence_seconds=self.silence_seconds,
        )


class NewMock(Sent, frozen=True, kw_only=True):
    """How a new mock interview is chosen; a running one ends.

    `role` takes what was asked in interviews for it first, `interview_id` only what was asked in
    that one, `weakness` puts first what the log shows to go worst (`weakest`, or a name of
    `/api/mocks/choices`). `opening`: a question to warm up with; where it is left out, only if the
    bank has one. `closing`: the person asks questions at the end.
    """

    count: Annotated[int, Meta(ge=1, le=MOST_QUESTIONS)] = USUAL_QUESTIONS
    kind: QuestionKind | None = None
    role: Name = ""
    interview_id: str | None = None
    weakness: Name = ""
    follow_ups: bool = True
    opening: bool | None = None
    closing: bool = True
    pressure: SentPressure = SentPressure()


class MockChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What a new mock interview can be chosen by: roles and weaknesses that the bank shows."""

    roles: Sequence[str]
    weaknesses: Sequence[Weakness]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked now.

    `said` is all the interviewer says, `asked` without the greeting. The answer is an attempt at
    `question_id`; where `follow_up` is true its `parent_id` goes with it. `closing`: it is a
    question that the person asks. `open_attempt_id` is an answer to it that broke off.
    """

    number: int
    question_id: str
    asked: str
    said: str
    closing: bool
    follow_up: bool
    parent_id: str | None
    open_attempt_id: str | None
    pressure: AnswerPressure


class MockState(msgspec.Struct, frozen=True, kw_only=True):
    """An interview as it was chosen, and what is asked now; `turn` is null once it is over."""

    interview: MockInterview
    turn: Asked | None


class PassedOver(Sent, frozen=True, kw_only=True):
    """The turn that is not answered, as the client was told of it."""

    number: Annotated[int, Meta(ge=1, le=1_000)]
    follow_up: bool = False


class ReportedAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """An answer in a report; `overall` is null where it has no score, `reasons` then say why."""

    attempt_id: str
    asked: str
    status: AttemptStatus
    overall: float | None
    reasons: Sequence[str]


class ReportedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How one question went: the criterion that went best, and the advice that would win most."""

    number: int
    question_id: str
    question: str
    closing: bool
    passed: bool
    answer: ReportedAttempt | None
    follow_up: ReportedAttempt | None
    best: CriterionStrength | None
    work_on: Advice | None


class ReportedWork(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to work on, and the answer whose evidence says so."""

    advice: Advice
    attempt_id: str


class ComparedPressure(msgspec.Struct, frozen=True, kw_only=True):
    """Answers under pressure beside calm ones, in a sentence and in figures (0 to 100)."""

    sentence: str
    questions: int
    under_pressure: float | None
    calm: float | None


class MockReportAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """How an interview went, as far as its answers are judged; strengths come first.

    `at_work` answers are still being listened to. `pressure` is null where there was none.
    `additions` are questions it raised that the bank does not have.
    """

    mock_id: str
    over: bool
    overall: float | None
    scored: int
    answered: int
    at_work: int
    strengths: Sequence[CriterionStrength]
    work_on: Sequence[ReportedWork]
    answers: Sequence[ReportedAnswer]
    pressure: ComparedPressure | None
    additions: Sequence[Addition]


class NewAdditions(Sent, frozen=True, kw_only=True):
    """Which of the raised questions enter the bank: how each is worded, by its `key`."""

    wordings: Annotated[Mapping[str, Wording], Meta(min_length=1, max_length=MOST_ENTRIES)]


def asked_now(turn: MockTurn, pressure: AnswerPressure) -> Asked:
    """Return what is asked now as it crosses HTTP."""
    return Asked(
        number=turn.planned.number,
        question_id=turn.question.id,
        asked=turn.asked,
        said=turn.said,
        closing=turn.planned.closing,
        follow_up=turn.is_follow_up,
        parent_id=turn.parent_id,
        open_attempt_id=None if turn.open_attempt is None else turn.open_attempt.id,
        pressure=pressure,
    )


def report_answer(
    mock: MockInterview,
    report: MockReport,
    *,
    over: bool,
    comparison: PressureComparison | None,
    additions: Sequence[Addition],
) -> MockReportAnswer:
    """Return a report as it crosses HTTP."""
    return MockReportAnswer(
        mock_id=mock.id,
        over=over,
        overall=report.overall,
        scored=report.scored,
        answered=report.answered,
        at_work=report.at_work,
        strengths=report.strengths,
        work_on=[_work(one) for one in report.work_on],
        answers=[_answer(one) for one in report.answers],
        pressure=None
        if comparison is None
        else ComparedPressure(
            sentence=comparison.as_sentence(),
            questions=comparison.questions,
            under_pressure=comparison.under_pressure,
            calm=comparison.calm,
        ),
        additions=additions,
    )


def _work(one: WorkOn) -> ReportedWork:
    return ReportedWork(advice=one.advice, attempt_id=one.attempt.id)


def _answer(one: AnswerReport) -> ReportedAnswer:
    answer, best = one.answer, one.best
    return ReportedAnswer(
        number=answer.planned.number,
        question_id=answer.question.id,
        question=answer.question.text,
        closing=answer.planned.closing,
        passed=answer.planned.passed,
        answer=_attempt(answer.attempt),
        follow_up=_attempt(answer.follow_up),
        best=None
        if best is None or best.level is None
        else CriterionStrength(name=best.name, level=best.level, answers=1),
        work_on=one.work_on,
    )


def _attempt(attempt: Attempt | None) -> ReportedAttempt | None:
    if attempt is None:
        return None
    return ReportedAttempt(
        attempt_id=attempt.id,
        asked=attempt.asked,
        status=attempt.status,
        overall=None if attempt.score is None else attempt.score.overall,
        reasons=reasons_of(attempt),
    )
