"""`/api/recovery`: the roads back after interviews that went badly, and their small records."""

from litestar import Controller, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from question_bank.errors import NotFoundError
from server.routes.documented import ADDING, LISTING, READING
from server.schemas import (
    CheckIns,
    Limit,
    Movements,
    NewCheckIn,
    NewMovement,
    NewPath,
    Offset,
    Page,
    StepWord,
    page_of,
)
from voicecoach.breathing import PATTERNS, Pattern
from voicecoach.feelings import CheckIn
from voicecoach.interview_progress import InterviewProgress, interview_progress
from voicecoach.movement import Movement, movement_summary
from voicecoach.path_comparison import WalkedPath
from voicecoach.practice import Coach
from voicecoach.recovery import SUPPORT, RecoveryPath, Step, StepState


class RecoveryController(Controller):
    """The roads back."""

    path = "/recovery"
    tags = ("recovery",)

    @get(operation_id="getRecovery", sync_to_thread=True, responses=READING)
    def get_recovery(
        self, coach: NamedDependency[Coach], interview_id: FromQuery[str | None] = None
    ) -> RecoveryPath:
        """Return the seven steps after an interview, the latest with a path without an id."""
        path = coach.recovery(interview_id)
        if path is None:
            raise NotFoundError(
                "No interview that went badly is logged yet.", "Enter a debrief, or begin a path."
            )
        return path

    @get("/paths", operation_id="listPaths", sync_to_thread=True, responses=LISTING)
    def list_paths(
        self, coach: NamedDependency[Coach], limit: Limit = 50, offset: Offset = 0
    ) -> Page[WalkedPath]:
        """List all paths side by side, the latest first."""
        with coach.reading_roads_back() as roads:
            return page_of(roads.compare(), limit, offset)

    @post("/paths", operation_id="beginPath", sync_to_thread=True, responses=ADDING)
    def begin_path(self, coach: NamedDependency[Coach], data: JSONBody[NewPath]) -> RecoveryPath:
        """Begin the road back from an interview that went badly, however it ended."""
        with coach.roads_back() as roads:
            return roads.begin(data.interview_id)

    @put("/steps/{step:str}", operation_id="markStep", sync_to_thread=True, responses=ADDING)
    def mark_step(
        self, coach: NamedDependency[Coach], step: FromPath[Step], data: JSONBody[StepWord]
    ) -> RecoveryPath:
        """Note that a step was done or left out, or is open again."""
        with coach.roads_back() as roads:
            return roads.mark(
                step, StepState(data.state), note=data.note, interview_id=data.interview_id
            )

    @get("/check-ins", operation_id="listCheckIns", sync_to_thread=True, responses=READING)
    def list_check_ins(
        self,
        coach: NamedDependency[Coach],
        interview_id: FromQuery[str | None] = None,
        limit: Limit = 50,
        offset: Offset = 0,
    ) -> CheckIns:
        """List how it felt on one path, oldest first."""
        with coach.reading_roads_back() as roads:
            interview = roads.interview(interview_id)
            return CheckIns(
                check_ins=page_of(roads.check_ins.of_interview(interview.id), limit, offset),
                perspective=roads.perspective(interview),
                support=SUPPORT,
            )

    @post("/check-ins", operation_id="addCheckIn", sync_to_thread=True, responses=ADDING)
    def add_check_in(self, coach: NamedDependency[Coach], data: JSONBody[NewCheckIn]) -> CheckIn:
        """Keep how it feels. The note is never analysed, and leaves with no export by itself."""
        with coach.roads_back() as roads:
            return roads.check_in(
                data.feelings,
                note=data.note,
                note_may_leave=data.note_may_leave,
                interview_id=data.interview_id,
            )

    @delete(
        "/check-ins/{check_in_id:str}",
        operation_id="deleteCheckIn",
        sync_to_thread=True,
        responses=ADDING,
    )
    def delete_check_in(self, coach: NamedDependency[Coach], check_in_id: FromPath[str]) -> None:
        """Delete a check-in for good."""
        with coach.roads_back() as roads:
            roads.delete_check_in(check_in_id)

    @get("/movements", operation_id="listMovements", sync_to_thread=True, responses=LISTING)
    def list_movements(
        self, coach: NamedDependency[Coach], limit: Limit = 50, offset: Offset = 0
    ) -> Movements:
        """List every time of moving, the latest first."""
        with coach.reading_roads_back() as roads:
            moved = roads.movements.every()
        return Movements(
            movements=page_of(moved[::-1], limit, offset), summary=movement_summary(moved)
        )

    @post("/movements", operation_id="addMovement", sync_to_thread=True, responses=ADDING)
    def add_movement(self, coach: NamedDependency[Coach], data: JSONBody[NewMovement]) -> Movement:
        """Keep one time of moving."""
        with coach.roads_back() as roads:
            return roads.move(
                data.kind,
                data.minutes,
                before=data.before,
                after=data.after,
                interview_id=data.interview_id,
            )

    @delete(
        "/movements/{movement_id:str}",
        operation_id="deleteMovement",
        sync_to_thread=True,
        responses=ADDING,
    )
    def delete_movement(self, coach: NamedDependency[Coach], movement_id: FromPath[str]) -> None:
        """Delete one time of moving."""
        with coach.roads_back() as roads:
            roads.delete_movement(movement_id)

    @get("/breathing", operation_id="listBreathing", sync_to_thread=True)
    def list_breathing(self) -> tuple[Pattern, ...]:
        """List the ways to breathe, the gentlest first."""
        return PATTERNS

    @get("/progress", operation_id="getProgress", sync_to_thread=True)
    def get_progress(self, coach: NamedDependency[Coach]) -> InterviewProgress:
        """Return readiness, mastered questions and practice from interview to interview."""
        with coach.reading_standing() as standing:
            return interview_progress(standing)
