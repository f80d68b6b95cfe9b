"""Mock interviews as they are held: chosen, walked through, reported, inside one session."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from question_bank.question import Question, QuestionKind
from voicecoach.attempt import Attempt
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.mock_interview import (
    MOST_QUESTIONS,
    MockInterview,
    MockTurn,
    closing_questions,
    mock_answers,
    mock_questions,
    next_turn,
    passed_over,
    plan_of,
)
from voicecoach.mock_report import MockReport, mock_report
from voicecoach.mock_store import MockStore
from voicecoach.standing import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class MockPractice:
    """Reads and keeps mock interviews. One runs at a time: a new one ends the one before."""

    store: MockStore
    standing: Standing
    new_id: Callable[[], str]
    now: datetime

    def start(
        self,
        count: int,
        *,
        kind: QuestionKind | None = None,
        interview_id: str | None = None,
        follow_ups: bool = True,
        closing: bool = True,
    ) -> MockInterview:
        """Choose the questions, what is most worth rehearsing first, and begin.

        Args:
            count: how many questions are asked, 1 to `MOST_QUESTIONS`; fewer where there are fewer.
            kind: only questions of this kind.
            interview_id: only questions that were asked in this interview.
            follow_ups: whether answers are followed up.
            closing: whether the person asks questions at the end, where the bank has such.

        Raises:
            InvalidInputError: so many questions can't be asked.
            NotFoundError: no question fits.
        """
        if not 1 <= count <= MOST_QUESTIONS:
            raise InvalidInputError(
                f"A mock interview can't have {count} questions.",
                f"Choose 1 to {MOST_QUESTIONS}.",
            )
        ordered = self._ordered()
        asked = mock_questions(ordered, count=count, kind=kind, interview_id=interview_id)
        if not asked:
            raise _no_questions(any_at_all=bool(ordered))
        running = self.running()
        if running is not None:
            self.end(running.id)
        mock = MockInterview(
            id=self.new_id(),
            started_at=self.now,
            follow_ups=follow_ups,
            questions=plan_of(asked, closing_questions(ordered) if closing else ()),
        )
        self.store.add(mock)
        return mock

    def get(self, mock_id: str) -> MockInterview:
        """Return one mock interview."""
        return self.store.get(mock_id)

    def latest(self, limit: int = 10) -> tuple[MockInterview, ...]:
        """Return mock interviews, the latest first."""
        return self.store.latest(limit)

    def running(self) -> MockInterview | None:
        """Return the interview that is not over yet; None where there is none."""
        for mock in self.store.latest(1):
            if self.turn(mock) is not None:
                return mock
        return None

    def turn(self, mock: MockInterview) -> MockTurn | None:
        """Return what is asked now; None where the interview is over."""
        questions = self._questions(mock)
        return next_turn(mock, questions, self._attempts(mock, questions))

    def pass_over(self, mock: MockInterview) -> MockInterview:
        """Go on without answering what is asked now."""
        turn = self.turn(mock)
        if turn is None:
            return mock
        passed = passed_over(mock, turn)
        self.store.save(passed)
        return passed

    def end(self, mock_id: str) -> MockInterview:
        """End an interview before its last question; one that is over stays as it is."""
        mock = self.store.get(mock_id)
        if self.turn(mock) is None:
            return mock
        ended = replace(mock, ended_at=self.now)
        self.store.save(ended)
        return ended

    def report(self, mock: MockInterview) -> MockReport:
        """Return how an interview went, as far as its answers are judged."""
        questions = self._questions(mock)
        return mock_report(mock_answers(mock, questions, self._attempts(mock, questions)))

    def _ordered(self) -> tuple[Question, ...]:
        everything = len(self.standing.bank.every_active_question())
        return tuple(one.question for one in self.standing.next_questions(everything))

    def _questions(self, mock: MockInterview) -> dict[str, Question]:
        bank = self.standing.bank
        return {one.question_id: bank.get_question(one.question_id) for one in mock.questions}

    def _attempts(self, mock: MockInterview, questions: dict[str, Question]) -> tuple[Attempt, ...]:
        return self.store.answers_since_start(mock, (one.id for one in questions.values()))


def _no_questions(*, any_at_all: bool) -> NotFoundError:
    if any_at_all:
        return NotFoundError(
            "No question in the bank fits that choice.", "Choose another kind or interview."
        )
    return NotFoundError(
        "There are no questions to practise yet.",
        "Log an interview with voicecoach debrief, or take some: voicecoach questions packs",
    )
