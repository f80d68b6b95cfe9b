"""`/api/questions`: the bank, with each question's outline and attempts."""

from litestar import Controller, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from question_bank.errors import NotFoundError
from question_bank.outline import Outline
from question_bank.question import Question, QuestionKind
from question_bank.question_shelf import DraftTrip, MetQuestion
from server.routes.documented import ADDING, LISTING, READING, refusal
from server.schemas import (
    AttemptSummary,
    Limit,
    NewOutline,
    NewQuestion,
    NewTrip,
    Offset,
    Page,
    QuestionChange,
    SameQuestion,
    WordingWish,
    sent_fields,
    summary_of,
)
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach
from voicecoach.suggestion import Suggestion
from voicecoach.wording_suggestions import suggest_wording


class QuestionController(Controller):
    """Questions."""

    path = "/questions"
    tags = ("questions",)

    @get(operation_id="listQuestions", sync_to_thread=True, responses=LISTING)
    def list_questions(
        self,
        coach: NamedDependency[Coach],
        kind: FromQuery[QuestionKind | None] = None,
        retired: FromQuery[bool] = False,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[Question]:
        """List the questions that are asked, in the order they entered; or the retired ones."""
        with coach.reading_bank() as bank:
            return Page(
                items=bank.list_questions(kind=kind, retired=retired, limit=limit, offset=offset),
                total=bank.count_questions(kind=kind, retired=retired),
                limit=limit,
                offset=offset,
            )

    @post(operation_id="addQuestion", sync_to_thread=True, responses=ADDING)
    def add_question(
        self, coach: NamedDependency[Coach], data: JSONBody[NewQuestion]
    ) -> MetQuestion:
        """Add a question, or meet again the one that says the same (`is_new` is then false)."""
        with coach.bank() as bank:
            return bank.add_question(
                data.text,
                kind=data.kind,
                competency=data.competency,
                target_seconds=data.target_seconds,
                trip=None if data.trip is None else _draft_of(data.trip),
            )

    @get("/{question_id:str}", operation_id="getQuestion", sync_to_thread=True, responses=READING)
    def get_question(self, coach: NamedDependency[Coach], question_id: FromPath[str]) -> Question:
        """Return one question by its id or a beginning of it; a merged one leads to the kept."""
        with coach.reading_bank() as bank:
            return bank.get_question(question_id)

    @patch(
        "/{question_id:str}", operation_id="changeQuestion", sync_to_thread=True, responses=ADDING
    )
    def change_question(
        self,
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: JSONBody[QuestionChange],
    ) -> Question:
        """Change the fields that are sent and leave the others alone."""
        with coach.bank() as bank:
            return bank.edit_question(question_id, **sent_fields(data))

    @post(
        "/{question_id:str}/retire",
        operation_id="retireQuestion",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def retire_question(
        self, coach: NamedDependency[Coach], question_id: FromPath[str]
    ) -> Question:
        """Stop asking a question; its attempts, outline and reviews stay."""
        with coach.bank() as bank:
            return bank.retire_question(question_id)

    @post(
        "/{question_id:str}/restore",
        operation_id="restoreQuestion",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def restore_question(
        self, coach: NamedDependency[Coach], question_id: FromPath[str]
    ) -> Question:
        """Ask a retired question again."""
        with coach.bank() as bank:
            return bank.restore_question(question_id)

    @post(
        "/{question_id:str}/merge",
        operation_id="mergeQuestion",
        status_code=200,
        sync_to_thread=True,
        responses=ADDING,
    )
    def merge_question(
        self,
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: JSONBody[SameQuestion],
    ) -> Question:
        """Take another question as this one: it takes over the other's history and answers."""
        return coach.merge_questions(question_id, data.drop)

    @post(
        "/{question_id:str}/trips",
        operation_id="noteTrip",
        sync_to_thread=True,
        responses=ADDING,
    )
    def note_trip(
        self, coach: NamedDependency[Coach], question_id: FromPath[str], data: JSONBody[NewTrip]
    ) -> Question:
        """Note that the question was met, and how it tripped the person up."""
        with coach.bank() as bank:
            return bank.note_trip(question_id, _draft_of(data))

    @get(
        "/{question_id:str}/outline",
        operation_id="getOutline",
        sync_to_thread=True,
        responses=READING,
    )
    def get_outline(self, coach: NamedDependency[Coach], question_id: FromPath[str]) -> Outline:
        """Return the newest outline of a question."""
        with coach.reading_bank() as bank:
            outline = bank.get_outline(question_id)
        if outline is None:
            raise NotFoundError(
                "That question has no outline yet.", "Write one with PUT, at version 0."
            )
        return outline

    @put(
        "/{question_id:str}/outline",
        operation_id="setOutline",
        sync_to_thread=True,
        responses=ADDING,
    )
    def set_outline(
        self,
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: JSONBody[NewOutline],
    ) -> Outline:
        """Store the next version of the outline; no points and nothing else takes it away."""
        with coach.bank() as bank:
            return bank.set_outline(
                question_id,
                data.points,
                skills=data.skills,
                stories=data.stories,
                expected_version=data.expected_version,
            )

    @get(
        "/{question_id:str}/attempts",
        operation_id="listAttemptsOfQuestion",
        sync_to_thread=True,
        responses=READING,
    )
    def list_attempts(
        self,
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[AttemptSummary]:
        """List the attempts at a question, the latest first."""
        found = coach.attempts(question_id=question_id, limit=limit, offset=offset)
        scores_shown(coach)
        return Page(
            items=[summary_of(attempt, now=coach.now()) for attempt in found],
            total=coach.count_attempts(question_id=question_id),
            limit=limit,
            offset=offset,
        )

    @post(
        "/{question_id:str}/suggestion",
        operation_id="suggestWording",
        status_code=200,
        sync_to_thread=True,
        responses={**ADDING, 502: refusal("The wording help gave no usable answer.")},
    )
    def suggest(
        self,
        coach: NamedDependency[Coach],
        question_id: FromPath[str],
        data: JSONBody[WordingWish],
    ) -> Suggestion:
        """Ask your wording help for a clearer wording; what is not in your own words is dropped."""
        return suggest_wording(coach, question_id, data.text, wish=data.wish)


def _draft_of(trip: NewTrip) -> DraftTrip:
    return DraftTrip(
        interview_id=trip.interview_id,
        how=trip.how,
        remembered_answer=trip.remembered_answer,
        difficulty=trip.difficulty,
    )
