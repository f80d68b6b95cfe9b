"""Mock interview: several questions in a row with follow-ups, and no feedback until the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template
from starlette.responses import FileResponse

from question_bank.interview import Interview
from question_bank.question import QuestionKind
from server.page.answer_panel import AnswerPanel, take_typed
from server.page.forms import FormBody, Typed, see
from server.page.lessons_part import lessons_before_next
from server.page.rendering import draw
from server.page.words import KINDS
from server.routes.speech import spoken
from voicecoach.attempt import AttemptStatus
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.guessing import scores_shown
from voicecoach.mock_interview import (
    MOST_QUESTIONS,
    USUAL_QUESTIONS,
    MockInterview,
    MockTurn,
)
from voicecoach.practice import Coach

_AT_WORK = frozenset({AttemptStatus.RECORDED, AttemptStatus.TRANSCRIBING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen for a new mock interview, as it was typed."""

    count: str = str(USUAL_QUESTIONS)
    kind: str = ""
    interview: str = ""
    follow_ups: bool = True
    closing: bool = True


class MockPage(Controller):
    """Choosing, holding and looking back at mock interviews."""

    path = "/mock"
    include_in_schema = False

    @get(sync_to_thread=True)
    def choose(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Offer to go on with the interview that runs, to begin one, and earlier reports."""
        return _choosing(request, coach, Choice())

    @post(sync_to_thread=True, status_code=200)
    def begin(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Template | Redirect:
        """Begin the interview that was chosen."""
        typed = Typed(data)
        choice = Choice(
            count=typed.one("count"),
            kind=typed.one("kind"),
            interview=typed.one("interview"),
            follow_ups=bool(typed.one("follow_ups")),
            closing=bool(typed.one("closing")),
        )
        try:
            mock = _begun(coach, choice)
        except (InvalidInputError, NotFoundError) as error:
            return _choosing(request, coach, choice, problem=str(error))
        return see(f"/mock/{mock.id}")

    @get("/{mock_id:str}", sync_to_thread=True)
    def ask(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        mock_id: FromPath[str],
    ) -> Template | Redirect:
        """Ask what comes next; after the last question lead to the report."""
        mock, turn = _standing(coach, mock_id)
        return see(f"/mock/{mock.id}/report") if turn is None else _asking(request, mock, turn)

    @get("/{mock_id:str}/speech", sync_to_thread=True, as_it_is=True)
    def speak(self, coach: NamedDependency[Coach], mock_id: FromPath[str]) -> FileResponse:
        """Send what the interviewer says now, spoken."""
        _, turn = _standing(coach, mock_id)
        if turn is None:
            raise NotFoundError("That mock interview is over.", "Look at its report.")
        return spoken(coach, turn.asked)

    @post("/{mock_id:str}/typed", sync_to_thread=True, status_code=200)
    def typed(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        mock_id: FromPath[str],
        data: FormBody,
    ) -> Template | Redirect:
        """Take a typed answer and go on; one to a question that was left behind is not taken."""
        typed = Typed(data)
        mock, turn = _standing(coach, mock_id)
        if turn is not None and _name(turn) == typed.one("turn"):
            try:
                take_typed(
                    coach,
                    turn.question.id,
                    typed.one("text"),
                    parent_id=turn.parent_id or "",
                    asked=turn.asked if turn.is_follow_up else turn.question.text,
                )
            except InvalidInputError as error:
                return _asking(request, mock, turn, draft=typed.one("text"), problem=str(error))
        return see(f"/mock/{mock.id}")

    @post("/{mock_id:str}/pass", sync_to_thread=True)
    def pass_over(
        self, coach: NamedDependency[Coach], mock_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Go on without answering what is asked; a form sent twice passes over one question."""
        with coach.mocks() as mocks:
            mock = mocks.get(mock_id)
            turn = mocks.turn(mock)
            if turn is not None and _name(turn) == Typed(data).one("turn"):
                mocks.pass_over(mock)
        return see(f"/mock/{mock.id}")

    @post("/{mock_id:str}/end", sync_to_thread=True)
    def end(self, coach: NamedDependency[Coach], mock_id: FromPath[str]) -> Redirect:
        """End the interview before its last question."""
        with coach.mocks() as mocks:
            mock = mocks.end(mock_id)
        return see(f"/mock/{mock.id}/report")

    @get("/{mock_id:str}/report", sync_to_thread=True)
    def report(
        self,
        request: Request[Any, Any, Any],
        coach: NamedDependency[Coach],
        mock_id: FromPath[str],
    ) -> Template:
        """Show how the interview went, where the person was strong first."""
        with coach.reading_mocks() as mocks:
            mock = mocks.get(mock_id)
            running = mocks.turn(mock) is not None
            report = mocks.report(mock)
        scores_shown(coach)
        at_work = [
            attempt
            for one in report.answers
            for attempt in (one.answer.attempt, one.answer.follow_up)
            if attempt is not None and attempt.status in _AT_WORK
        ]
        return draw(
            request,
            "mock_report.html",
            mock=mock,
            running=running,
            report=report,
            at_work=len(at_work),
            started=mock.started_at.astimezone(coach.time_zone),
        )


def _standing(coach: Coach, mock_id: str) -> tuple[MockInterview, MockTurn | None]:
    with coach.reading_mocks() as mocks:
        mock = mocks.get(mock_id)
        return mock, mocks.turn(mock)


def _name(turn: MockTurn) -> str:
    """Return what tells a turn from the others of its interview."""
    return f"{turn.planned.number}{'f' if turn.is_follow_up else ''}"


def _begun(coach: Coach, choice: Choice) -> MockInterview:
    """Begin an interview as it was chosen.

    Raises:
        InvalidInputError: the number can't be used.
        NotFoundError: no question fits.
    """
    try:
        count = int(choice.count)
        kind = QuestionKind(choice.kind) if choice.kind else None
    except ValueError as error:
        raise InvalidInputError(
            "That choice can't be used.",
            f"Choose 1 to {MOST_QUESTIONS} questions, of a kind in the list.",
        ) from error
    with coach.mocks() as mocks:
        return mocks.start(
            count,
            kind=kind,
            interview_id=choice.interview or None,
            follow_ups=choice.follow_ups,
            closing=choice.closing,
        )


def _choosing(
    request: Request[Any, Any, Any], coach: Coach, choice: Choice, *, problem: str = ""
) -> Template:
    with coach.reading_bank() as bank:
        questions = bank.every_active_question()
        met = {trip.interview_id for one in questions for trip in one.tripped_up}
        interviews = [one for one in bank.list_interviews(limit=500) if one.id in met]
    with coach.reading_mocks() as mocks:
        running = mocks.running()
        turn = None if running is None else mocks.turn(running)
        earlier = [mock for mock in mocks.latest() if running is None or mock.id != running.id]
    asked = [one for one in questions if one.kind is not QuestionKind.TO_ASK]
    return draw(
        request,
        "mock.html",
        status_code=400 if problem else 200,
        choice=choice,
        lessons=lessons_before_next(coach),
        breathe_first=coach.settings.breathe_first,
        breathe_then="/mock",
        problem=problem,
        most=MOST_QUESTIONS,
        kinds=_kinds({one.kind for one in asked}),
        interviews={one.id: _interview_words(one) for one in interviews},
        own_questions=len(questions) > len(asked),
        any_questions=bool(asked),
        running=running,
        turn=turn,
        earlier=[(mock, mock.started_at.astimezone(coach.time_zone)) for mock in earlier],
        today=coach.today(),
    )


def _kinds(present: set[QuestionKind]) -> Mapping[str, str]:
    return {kind.value: name for kind, name in KINDS.items() if kind in present}


def _interview_words(interview: Interview) -> str:
    place = " at ".join(part for part in (interview.role, interview.company) if part)
    day = f"{interview.day.day} {interview.day:%B %Y}" if interview.day else ""
    return ", ".join(part for part in (place, day) if part) or "An interview"


def _asking(
    request: Request[Any, Any, Any],
    mock: MockInterview,
    turn: MockTurn,
    *,
    draft: str = "",
    problem: str = "",
) -> Template:
    panel = AnswerPanel(
        question_id=turn.question.id,
        parent_id=turn.parent_id or "",
        speech=f"/mock/{mock.id}/speech?turn={_name(turn)}",
        typed_address=f"/mock/{mock.id}/typed",
        onward=f"/mock/{mock.id}",
        turn=_name(turn),
        target_seconds=None if turn.is_follow_up else turn.question.target_seconds,
        open_attempt=turn.open_attempt,
        draft=draft,
        problem=problem,
    )
    return draw(
        request,
        "mock_turn.html",
        status_code=400 if problem else 200,
        mock=mock,
        turn=turn,
        panel=panel,
    )
