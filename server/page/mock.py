"""Mock interview: several questions in a row with follow-ups, and no feedback until the end."""

from typing import Any

from litestar import Controller, Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from starlette.responses import FileResponse

from server.page.answer_panel import AnswerPanel, take_typed
from server.page.forms import FormBody, Typed, see
from server.page.lessons_part import lessons_before_next
from server.page.mock_form import Choice, begin, mock_offer, read_choice
from server.page.rendering import draw
from server.routes.speech import spoken
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.guessing import scores_shown
from voicecoach.mock_interview import MOST_QUESTIONS, MockInterview, MockTurn
from voicecoach.mock_review import MockReview
from voicecoach.practice import Coach
from voicecoach.weights_overview import weights_overview


class MockPage(Controller):
    """Choosing, holding and looking back at mock interviews."""

    path = "/mock"
    include_in_schema = False

    @get(sync_to_thread=True)
    def choose(self, request: Request[Any, Any, Any], coach: NamedDependency[Coach]) -> Template:
        """Offer to go on with the interview that runs, to begin one, and earlier reports."""
        return _choosing(request, coach, None)

    @post(sync_to_thread=True, status_code=200)
    def choose_and_begin(
        self, request: Request[Any, Any, Any], coach: NamedDependency[Coach], data: FormBody
    ) -> Template | Redirect:
        """Begin the interview that was chosen."""
        choice = read_choice(Typed(data))
        try:
            mock = begin(coach, choice)
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
        return spoken(coach, turn.said)

    @get("/{mock_id:str}/interruption/{number:int}", sync_to_thread=True, as_it_is=True)
    def interrupt(
        self, coach: NamedDependency[Coach], mock_id: FromPath[str], number: FromPath[int]
    ) -> FileResponse:
        """Send what the interviewer says when breaking into the answer to a question, spoken."""
        with coach.reading_mocks() as mocks:
            planned = [one for one in mocks.get(mock_id).questions if one.number == number]
            pressure = mocks.pressure_of(mock_id, planned[0].question_id) if planned else None
        if pressure is None or pressure.interruption is None:
            raise NotFoundError("Nobody breaks into that answer.", "Go on with the interview.")
        return spoken(coach, pressure.interruption.words)

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
        added: FromQuery[int] = 0,
    ) -> Template:
        """Show how the interview went, where the person was strong first."""
        with coach.reading_mocks() as mocks:
            mock = mocks.get(mock_id)
            running = mocks.turn(mock) is not None
            report = mocks.report(mock)
            review = MockReview(mocks=mocks)
            raised = review.additions(mock)
            comparison = review.comparison() if mock.pressure.is_on else None
        scores_shown(coach)
        return draw(
            request,
            "mock_report.html",
            mock=mock,
            running=running,
            report=report,
            at_work=report.at_work,
            raised=raised,
            comparison=comparison,
            added=added,
            started=mock.started_at.astimezone(coach.time_zone),
        )

    @post("/{mock_id:str}/add", sync_to_thread=True)
    def add(
        self, coach: NamedDependency[Coach], mock_id: FromPath[str], data: FormBody
    ) -> Redirect:
        """Put the questions that were ticked into the bank, as they were worded."""
        typed = Typed(data)
        wordings = {key: typed.one(f"text-{key}") for key in typed.many("add")}
        with coach.mocks() as mocks:
            mock = mocks.get(mock_id)
            found = MockReview(mocks=mocks).add(mock, wordings)
        return see(f"/mock/{mock.id}/report", [("added", str(len(found)))])


def _standing(coach: Coach, mock_id: str) -> tuple[MockInterview, MockTurn | None]:
    with coach.reading_mocks() as mocks:
        mock = mocks.get(mock_id)
        return mock, mocks.turn(mock)


def _name(turn: MockTurn) -> str:
    """Return what tells a turn from the others of its interview."""
    return f"{turn.planned.number}{'f' if turn.is_follow_up else ''}"


def _choosing(
    request: Request[Any, Any, Any], coach: Coach, choice: Choice | None, *, problem: str = ""
) -> Template:
    with coach.reading_mocks() as mocks:
        running = mocks.running()
        turn = None if running is None else mocks.turn(running)
        earlier = [mock for mock in mocks.latest() if running is None or mock.id != running.id]
    offer = mock_offer(coach)
    return draw(
        request,
        "mock.html",
        status_code=400 if problem else 200,
        choice=choice or Choice(opening=not offer.opening_is_new),
        lessons=lessons_before_next(coach),
        breathe_first=coach.settings.breathe_first,
        breathe_then="/mock",
        problem=problem,
        most=MOST_QUESTIONS,
        offer=offer,
        running=running,
        turn=turn,
        earlier=[(mock, mock.started_at.astimezone(coach.time_zone)) for mock in earlier],
        today=coach.today(),
        weights=weights_overview(coach.settings),
    )


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
        limit_seconds=mock.pressure.limit_seconds,
        mock=mock.id,
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
