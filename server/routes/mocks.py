"""`/api/mocks`: a mock interview as it is chosen, held turn by turn, and looked back at."""

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from starlette.responses import FileResponse

from question_bank.errors import ConflictError, NotFoundError
from question_bank.question import Question
from server.mock_schemas import (
    MockChoices,
    MockReportAnswer,
    MockState,
    NewAdditions,
    NewMock,
    PassedOver,
    asked_now,
    report_answer,
)
from server.routes.documented import ADDING, LISTING, READING
from server.routes.recordings import AUDIO
from server.routes.speech import SPEAKING, spoken
from server.schemas import Limit, Offset, Page
from voicecoach.guessing import scores_shown
from voicecoach.mock_interview import MockInterview
from voicecoach.mock_practice import MockPractice
from voicecoach.mock_review import MockReview
from voicecoach.practice import Coach


class MockController(Controller):
    """Mock interviews."""

    path = "/mocks"
    tags = ("mocks",)

    @get(operation_id="listMocks", sync_to_thread=True, responses=LISTING)
    def list_mocks(
        self, coach: NamedDependency[Coach], limit: Limit = 50, offset: Offset = 0
    ) -> Page[MockInterview]:
        """List mock interviews as they were chosen, the latest first."""
        with coach.reading_mocks() as mocks:
            return Page(
                items=mocks.latest(limit, offset),
                total=mocks.store.count(),
                limit=limit,
                offset=offset,
            )

    @get("/choices", operation_id="getMockChoices", sync_to_thread=True)
    def get_choices(self, coach: NamedDependency[Coach]) -> MockChoices:
        """Return the roles and weaknesses that a new one can be chosen by, each with its reason."""
        with coach.reading_mocks() as mocks:
            return MockChoices(roles=mocks.roles(), weaknesses=mocks.weaknesses())

    @post(operation_id="beginMock", sync_to_thread=True, responses=ADDING)
    def begin(self, coach: NamedDependency[Coach], data: JSONBody[NewMock]) -> Response[MockState]:
        """Choose the questions and begin; the one before ends, if it is not over.

        Answer what `turn` asks with `POST /api/attempts` or on the live socket, watch the attempt's
        events until it is judged, and ask for the interview again: a follow-up comes from what was
        missing, so whoever does not wait for the judgement gets none.
        """
        with coach.mocks() as mocks:
            mock = mocks.start(
                data.count,
                kind=data.kind,
                interview_id=data.interview_id,
                role=data.role,
                weakness=data.weakness,
                follow_ups=data.follow_ups,
                opening=data.opening,
                closing=data.closing,
                pressure=data.pressure.pressure(),
            )
            state = _state(mocks, mock)
        return Response(state, status_code=201, headers={"Location": f"/api/mocks/{mock.id}"})

    @get("/{mock_id:str}", operation_id="getMock", sync_to_thread=True, responses=READING)
    def get_mock(self, coach: NamedDependency[Coach], mock_id: FromPath[str]) -> MockState:
        """Return where an interview stands: what is asked now, null once it is over."""
        with coach.reading_mocks() as mocks:
            return _state(mocks, mocks.get(mock_id))

    @get(
        "/{mock_id:str}/speech",
        operation_id="speakMock",
        media_type=AUDIO,
        sync_to_thread=True,
        responses=SPEAKING,
    )
    def speak(self, coach: NamedDependency[Coach], mock_id: FromPath[str]) -> FileResponse:
        """Send what the interviewer says now, spoken, as WAV."""
        with coach.reading_mocks() as mocks:
            turn = mocks.turn(mocks.get(mock_id))
        if turn is None:
            raise NotFoundError("That mock interview is over.", "Look at its report.")
        return spoken(coach, turn.said)

    @post(
        "/{mock_id:str}/pass",
        operation_id="passOver",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def pass_over(
        self,
        coach: NamedDependency[Coach],
        mock_id: FromPath[str],
        data: JSONBody[PassedOver],
    ) -> MockState:
        """Go on without answering what is asked; 409 where by now something else is asked."""
        with coach.mocks() as mocks:
            mock = mocks.get(mock_id)
            turn = mocks.turn(mock)
            meant = (data.number, data.follow_up)
            if turn is None or (turn.planned.number, turn.is_follow_up) != meant:
                raise ConflictError(
                    "That is not what is asked now.", "Ask for the interview again."
                )
            return _state(mocks, mocks.pass_over(mock))

    @post(
        "/{mock_id:str}/end",
        operation_id="endMock",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def end(self, coach: NamedDependency[Coach], mock_id: FromPath[str]) -> MockState:
        """End it before its last question; one that is over stays as it is."""
        with coach.mocks() as mocks:
            return _state(mocks, mocks.end(mock_id))

    @get(
        "/{mock_id:str}/report",
        operation_id="getMockReport",
        sync_to_thread=True,
        responses=READING,
    )
    def get_report(self, coach: NamedDependency[Coach], mock_id: FromPath[str]) -> MockReportAnswer:
        """Return how it went, strengths first, and the questions it raised for the bank."""
        with coach.reading_mocks() as mocks:
            mock = mocks.get(mock_id)
            review = MockReview(mocks=mocks)
            answer = report_answer(
                mock,
                mocks.report(mock),
                over=mocks.turn(mock) is None,
                comparison=review.comparison() if mock.pressure.is_on else None,
                additions=review.additions(mock),
            )
        scores_shown(coach)
        return answer

    @post(
        "/{mock_id:str}/additions", operation_id="addRaised", sync_to_thread=True, responses=ADDING
    )
    def add(
        self,
        coach: NamedDependency[Coach],
        mock_id: FromPath[str],
        data: JSONBody[NewAdditions],
    ) -> list[Question]:
        """Put questions that it raised into the bank, as they are worded here."""
        with coach.mocks() as mocks:
            return list(MockReview(mocks=mocks).add(mocks.get(mock_id), data.wordings))


def _state(mocks: MockPractice, mock: MockInterview) -> MockState:
    turn = mocks.turn(mock)
    if turn is None:
        return MockState(interview=mock, turn=None)
    pressure = mocks.pressure_of(mock.id, turn.question.id, follow_up=turn.is_follow_up)
    return MockState(interview=mock, turn=asked_now(turn, pressure))
