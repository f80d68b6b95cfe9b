"""Mock interviews as they are held: chosen, walked through, reported, inside one session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from question_bank.limits import MOST_LISTED
from question_bank.pack import STARTER, take_from_pack
from question_bank.question import Question, QuestionKind
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.intervention import Intervention
from voicecoach.mock_choice import (
    closing_questions,
    for_role,
    mock_questions,
    opening_question,
    plan_of,
    weakest_first,
)
from voicecoach.mock_interview import (
    MOST_QUESTIONS,
    MockAnswer,
    MockInterview,
    MockTurn,
    mock_answers,
    next_turn,
    passed_over,
)
from voicecoach.mock_pressure import NO_PRESSURE, Pressure, interruption_of
from voicecoach.mock_report import MockReport, mock_report
from voicecoach.mock_store import MockStore
from voicecoach.scoring.result import Score
from voicecoach.standing import Standing
from voicecoach.under_pressure import AnswerPressure
from voicecoach.weakness import WEAKEST, Weakness, weaknesses

MOST_LOOKED_AT: Final = 30
"""Over how many questions, those answered last, weaknesses are looked for."""


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
        role: str = "",
        weakness: str = "",
        follow_ups: bool = True,
        opening: bool | None = None,
        closing: bool = True,
        pressure: Pressure = NO_PRESSURE,
    ) -> MockInterview:
        """Choose the questions, what is most worth rehearsing first, and begin.

        Args:
            count: how many questions are asked, 1 to `MOST_QUESTIONS`; fewer where there are fewer.
                The opening and the person's own come on top.
            kind: only questions of this kind.
            interview_id: only questions that were asked in this interview.
            role: what was asked in interviews for this role first, nothing that belongs to others.
            weakness: the name of a weakness the log shows, or `WEAKEST`; its questions come first.
            follow_ups: whether answers are followed up.
            opening: whether a question to warm up with is asked first. None: where the bank has
                one; true: where it has none, the packs' own joins the bank.
            closing: whether the person asks questions at the end, where the bank has such.
            pressure: what makes it harder.

        Raises:
            InvalidInputError: so many questions can't be asked, or the log shows no such weakness.
            NotFoundError: no question fits.
        """
        if not 1 <= count <= MOST_QUESTIONS:
            raise InvalidInputError(
                f"A mock interview can't have {count} questions.",
                f"Choose 1 to {MOST_QUESTIONS}.",
            )
        ordered = self._ordered()
        weak = self._weakness(weakness) if weakness else None
        fitting = for_role(ordered, role, self._roles()) if role else ordered
        if weak is not None:
            fitting = weakest_first(fitting, weak.question_ids)
        first = self._opening(ordered, wanted=opening)
        asked = mock_questions(
            [one for one in fitting if one != first],
            count=count,
            kind=kind,
            interview_id=interview_id,
        ) or mock_questions(fitting, count=1, kind=kind, interview_id=interview_id)
        if not asked:
            raise _no_questions(any_at_all=bool(ordered))
        running = self.running()
        if running is not None:
            self.end(running.id)
        mock = MockInterview(
            id=self.new_id(),
            started_at=self.now,
            follow_ups=follow_ups,
            questions=plan_of(
                asked,
                closing_questions(ordered) if closing else (),
                opening=first,
            ),
            role=role.strip() or self._roles().get(interview_id or "", ""),
            weakness="" if weak is None else weak.name,
            reason="" if weak is None else weak.reason,
            pressure=pressure,
        )
        self.store.add(mock)
        return mock

    def weaknesses(self) -> tuple[Weakness, ...]:
        """Return where the log shows the person weak, the weakest criterion first."""
        questions = [
            one
            for one in self.standing.bank.every_active_question()
            if one.kind is not QuestionKind.TO_ASK
        ]
        return weaknesses(
            self._newest_scores({one.id for one in questions}), questions, self.standing.readiness()
        )

    def roles(self) -> tuple[str, ...]:
        """Return the roles of all interviews, each once as it was last written."""
        named = {role.casefold(): role for role in self._roles().values() if role}
        return tuple(sorted(named.values(), key=str.casefold))

    def get(self, mock_id: str) -> MockInterview:
        """Return one mock interview."""
        return self.store.get(mock_id)

    def latest(self, limit: int = 10, offset: int = 0) -> tuple[MockInterview, ...]:
        """Return mock interviews, the latest first."""
        return self.store.latest(limit, offset)

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

    def pressure_of(
        self, mock_id: str, question_id: str, *, follow_up: bool = False
    ) -> AnswerPressure:
        """Return what pressure an answer of an interview is given under.

        A follow-up is not broken into; after a question of one's own nobody is silent on purpose.

        Raises:
            NotFoundError: there is no such interview, or it does not ask this question.
        """
        mock = self.store.get(mock_id)
        pressure, questions = mock.pressure, self._questions(mock)
        whole_id = self.standing.bank.get_question(question_id).id
        for planned in mock.questions:
            question = questions[planned.question_id]
            if question.id == whole_id:
                broken_into = pressure.interruptions and not (follow_up or planned.closing)
                return AnswerPressure(
                    number=planned.number,
                    interruption=interruption_of(
                        mock.id,
                        planned.number,
                        kind=question.kind,
                        target_seconds=question.target_seconds,
                    )
                    if broken_into
                    else None,
                    limit_seconds=pressure.limit_seconds,
                    silence_seconds=None if planned.closing else pressure.silence_seconds,
                )
        raise NotFoundError("That interview does not ask this question.", "Answer what it asks.")

    def keep_interventions(self, attempt_id: str, interventions: tuple[Intervention, ...]) -> None:
        """Store what the interviewer did while an answer was recorded."""
        self.standing.store.save(attempt_id, interventions=interventions)

    def report(self, mock: MockInterview) -> MockReport:
        """Return how an interview went, as far as its answers are judged."""
        return mock_report(self.answers(mock))

    def answers(self, mock: MockInterview) -> tuple[MockAnswer, ...]:
        """Return an interview's questions with their answers, in the order of the plan."""
        questions = self._questions(mock)
        return mock_answers(mock, questions, self._attempts(mock, questions))

    def _weakness(self, name: str) -> Weakness:
        """Return a weakness by its name.

        Raises:
            InvalidInputError: the log does not show it.
        """
        found = self.weaknesses()
        if name == WEAKEST and found:
            return found[0]
        for weakness in found:
            if weakness.name == name:
                return weakness
        shown = ", ".join(weakness.name for weakness in found)
        raise InvalidInputError(
            "Your answers show no such weakness."
            if found
            else "Too little is known of your answers to say where you are weak.",
            f"Choose one of: {shown}." if found else "Answer three questions first.",
        )

    def _newest_scores(self, question_ids: set[str]) -> dict[str, Score]:
        """Return the newest score of each question, of those answered last."""
        newest: dict[str, str] = {}
        for take in self.standing.takes():
            scored = take.overall is not None and take.status is AttemptStatus.SCORED
            if scored and take.parent_id is None and take.question_id in question_ids:
                newest.pop(take.question_id, None)
                newest[take.question_id] = take.attempt_id
        attempts = [self.standing.store.get(one) for one in [*newest.values()][-MOST_LOOKED_AT:]]
        return {one.question_id: one.score for one in attempts if one.score is not None}

    def _opening(self, ordered: Sequence[Question], *, wanted: bool | None) -> Question | None:
        if wanted is False:
            return None
        known = opening_question(ordered)
        if known is None and wanted:
            return take_from_pack(self.standing.bank, STARTER[0]).question
        return known

    def _roles(self) -> dict[str, str]:
        interviews = self.standing.bank.list_interviews(limit=MOST_LISTED)
        return {one.id: one.role for one in reversed(interviews)}

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
