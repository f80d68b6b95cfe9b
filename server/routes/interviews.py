"""`/api/interviews`: past ones, and the upcoming one whose date everything works towards."""

from litestar import Controller, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from question_bank.interview import Interview, Outcome
from server.routes.documented import ADDING, LISTING, READING
from server.schemas import InterviewChange, Limit, NewInterview, Offset, Page, sent_fields
from voicecoach.deleting import delete_interview
from voicecoach.guessing import scores_shown
from voicecoach.practice import Coach
from voicecoach.report.contents import Report, interview_report


class InterviewController(Controller):
    """Interviews."""

    path = "/interviews"
    tags = ("interviews",)

    @get(operation_id="listInterviews", sync_to_thread=True, responses=LISTING)
    def list_interviews(
        self,
        coach: NamedDependency[Coach],
        outcome: FromQuery[Outcome | None] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> Page[Interview]:
        """List interviews: those without a day, then the latest day first."""
        with coach.reading_bank() as bank:
            return Page(
                items=bank.list_interviews(outcome=outcome, limit=limit, offset=offset),
                total=bank.count_interviews(outcome=outcome),
                limit=limit,
                offset=offset,
            )

    @post(operation_id="addInterview", sync_to_thread=True, responses=ADDING)
    def add_interview(
        self, coach: NamedDependency[Coach], data: JSONBody[NewInterview]
    ) -> Interview:
        """Add an interview; without an outcome it is still to come."""
        with coach.bank() as bank:
            return bank.add_interview(
                company=data.company,
                role=data.role,
                day=data.day,
                outcome=data.outcome,
                feelings=data.feelings,
                went_well=data.went_well,
                differed_from_expected=data.differed_from_expected,
                could_answer_better=data.could_answer_better,
                feedback_received=data.feedback_received,
                lessons=data.lessons,
                grey_areas=data.grey_areas,
                right_company=data.right_company,
                right_company_why=data.right_company_why,
                dos=data.dos,
                donts=data.donts,
            )

    @get(
        "/{interview_id:str}",
        operation_id="getInterview",
        sync_to_thread=True,
        responses=READING,
    )
    def get_interview(
        self, coach: NamedDependency[Coach], interview_id: FromPath[str]
    ) -> Interview:
        """Return one interview by its id or a beginning of it."""
        with coach.reading_bank() as bank:
            return bank.get_interview(interview_id)

    @get(
        "/{interview_id:str}/report",
        operation_id="getInterviewReport",
        sync_to_thread=True,
        responses=READING,
    )
    def get_report(self, coach: NamedDependency[Coach], interview_id: FromPath[str]) -> Report:
        """Return the report of an interview's preparation as things stand now."""
        with coach.question_log() as log:
            made = interview_report(log, interview_id)
        scores_shown(coach)
        return made

    @patch(
        "/{interview_id:str}",
        operation_id="changeInterview",
        sync_to_thread=True,
        responses=ADDING,
    )
    def change_interview(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        data: JSONBody[InterviewChange],
    ) -> Interview:
        """Change the fields that are sent and leave the others alone; a `day` of null is none."""
        with coach.bank() as bank:
            return bank.edit_interview(interview_id, **sent_fields(data))

    @delete(
        "/{interview_id:str}",
        operation_id="deleteInterview",
        sync_to_thread=True,
        responses=ADDING,
    )
    def delete_interview(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromPath[str],
        with_questions: FromQuery[bool] = False,
    ) -> None:
        """Delete an interview for good with what was noted about it.

        Its questions stay; `with_questions` deletes those that were met only there too, with their
        outlines and every answer to them.
        """
        delete_interview(coach, interview_id, with_questions=with_questions)
