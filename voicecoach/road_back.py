"""The roads back: a path after each interview that went badly, with its small records.

Inside one session. Which interviews have a path, where it stands, and what the person adds to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from question_bank.interview import Feeling, Interview, Outcome
from question_bank.limits import LONGEST_NAME, checked_feeling, checked_text
from question_bank.local_days import local_day
from voicecoach.attempt_reading import Take
from voicecoach.check_in_store import CheckInStore
from voicecoach.errors import InvalidInputError, NotFoundError
from voicecoach.feelings import CheckIn
from voicecoach.movement import BEST, MOST_MINUTES, WORST, Movement
from voicecoach.movement_store import MovementStore
from voicecoach.path_comparison import WalkedPath, compare_paths
from voicecoach.perspective import perspective
from voicecoach.recovery import (
    PracticeFacts,
    RecoveryPath,
    Step,
    StepRecord,
    StepState,
    has_path,
    is_over,
    recovery_path,
)
from voicecoach.recovery_store import RecoveryStore
from voicecoach.standing import Standing


@dataclass(frozen=True, kw_only=True)
class RoadsBack:
    """Reads and keeps the paths inside one session. Nothing is looked into but what is counted."""

    standing: Standing
    steps: RecoveryStore
    check_ins: CheckInStore
    movements: MovementStore
    new_id: Callable[[], str]

    # Which paths there are

    def walked(self) -> tuple[Interview, ...]:
        """Every interview with a path, the latest first."""
        begun, tripped = self.steps.begun(), self._tripped
        today = local_day(self.standing.now, self.standing.time_zone)
        return tuple(
            interview
            for interview in self.standing.bank.past_interviews(today)
            if has_path(
                interview,
                today=today,
                said_so=interview.id in begun,
                tripped_up=len(tripped.get(interview.id, ())),
            )
        )

    def without_path(self) -> tuple[Interview, ...]:
        """Return the interviews that are over and have no path, the latest first."""
        today = local_day(self.standing.now, self.standing.time_zone)
        walked = {interview.id for interview in self.walked()}
        past = self.standing.bank.past_interviews(today)
        return tuple(interview for interview in past if interview.id not in walked)

    def begin(self, interview_id: str) -> RecoveryPath:
        """Note that the person says an interview went badly: its path begins.

        Raises:
            NotFoundError: there is no such interview.
            InvalidInputError: it is still to come.
        """
        interview = self.standing.bank.get_interview(interview_id)
        if not is_over(interview, local_day(self.standing.now, self.standing.time_zone)):
            raise InvalidInputError(
                "That interview is still to come.",
                "Its path begins once it is over, if it needs one.",
            )
        self.steps.begin(interview.id, self.standing.now)
        return self._path_of(interview)

    def interview(self, interview_id: str | None = None) -> Interview:
        """Return an interview, the latest with a path where none is named.

        Raises:
            NotFoundError: there is none.
        """
        if interview_id is not None:
            return self.standing.bank.get_interview(interview_id)
        walked = self.walked()
        if not walked:
            raise no_past_interview()
        return walked[0]

    def path(self, interview_id: str | None = None) -> RecoveryPath | None:
        """Return the path of an interview (the latest that has one); None where there is none."""
        if interview_id is None and not self.walked():
            return None
        return self._path_of(self.interview(interview_id))

    def compare(self) -> tuple[WalkedPath, ...]:
        """Return all paths side by side, the latest first."""
        paths = [(interview, self._path_of(interview)) for interview in self.walked()]
        return compare_paths(paths, zone=self.standing.time_zone)

    # The person's word about a step

    def mark(
        self,
        step: Step,
        state: StepState,
        *,
        note: str | None = None,
        interview_id: str | None = None,
    ) -> RecoveryPath:
        """Note that a step was done or skipped, or (`LATER`) is open again; return the path.

        Args:
            step: which.
            state: `DONE`, `SKIPPED` or `LATER`.
            note: the person's own words beside it; None keeps those that stand there.
            interview_id: whose path; the latest without one.

        Raises:
            NotFoundError: there is no interview to recover from.
            InvalidInputError: a note is too long, or that is no word about a step.
        """
        if state not in {StepState.DONE, StepState.SKIPPED, StepState.LATER}:
            raise InvalidInputError(
                f"A step can't be marked as {state.value}.", "Say done, skipped or later."
            )
        interview = self.interview(interview_id)
        kept = self.notes(interview.id).get(step, "") if note is None else note
        self.steps.add(
            StepRecord(
                id=self.new_id(),
                interview_id=interview.id,
                step=step,
                skipped=state is StepState.SKIPPED,
                recorded_at=self.standing.now,
                note=checked_text(kept, "That note"),
                reopened=state is StepState.LATER,
            )
        )
        return self._path_of(interview)

    def notes(self, interview_id: str) -> dict[Step, str]:
        """Return the note beside each step of one path; that of the newest word counts."""
        return {record.step: record.note for record in self.steps.of_interview(interview_id)}

    # How it feels

    def check_in(
        self,
        feelings: Sequence[Feeling],
        *,
        note: str = "",
        note_may_leave: bool = False,
        interview_id: str | None = None,
    ) -> CheckIn:
        """Keep how the person feels at this moment.

        Args:
            feelings: words, each with an intensity from 1 to 5; a word said twice counts once.
            note: words of their own, never analysed.
            note_may_leave: whether an export may hold the note.
            interview_id: whose path; the latest without one.

        Raises:
            NotFoundError: there is no such interview.
            InvalidInputError: nothing is said, or it can't be stored.
        """
        felt: dict[str, Feeling] = {}
        for feeling in feelings:
            word, intensity = checked_feeling(feeling)
            if intensity is None:
                raise InvalidInputError(
                    f"How strong '{word}' is was not said.", "Give a level from 1 to 5."
                )
            felt.setdefault(str(word).casefold(), Feeling(word=str(word), intensity=int(intensity)))
        kept = checked_text(note, "That note")
        if not felt and not kept:
            raise InvalidInputError(
                "Nothing was said.", "Choose or write one feeling, or a note; or leave it for now."
            )
        check_in = CheckIn(
            id=self.new_id(),
            interview_id=self.interview(interview_id).id,
            at=self.standing.now,
            feelings=tuple(felt.values()),
            note=kept,
            note_may_leave=note_may_leave,
        )
        self.check_ins.add(check_in)
        return check_in

    def delete_check_in(self, check_in_id: str) -> None:
        """Delete a check-in for good.

        Raises:
            NotFoundError: there is none with that id.
        """
        if not self.check_ins.delete(check_in_id):
            raise NotFoundError("There is no such check-in.", "It may be deleted already.")

    def let_note_leave(self, check_in_id: str, *, may_leave: bool) -> None:
        """Say whether an export may hold a check-in's note.

        Raises:
            NotFoundError: there is none with that id.
        """
        if not self.check_ins.set_note_may_leave(check_in_id, may_leave=may_leave):
            raise NotFoundError("There is no such check-in.", "It may be deleted already.")

    def perspective(self, interview: Interview) -> str:
        """Return a sentence of perspective on an interview, from facts only."""
        walked = self.walked()
        place = next((k for k, one in enumerate(walked) if one.id == interview.id), len(walked))
        rejections = [one for one in walked[place:] if one.outcome is Outcome.REJECTED]
        return perspective(
            rejections=len(rejections),
            rejected=interview.outcome is Outcome.REJECTED,
            feedback=bool(interview.feedback_received),
        )

    # Moving

    def move(
        self,
        kind: str,
        minutes: int,
        *,
        before: int | None = None,
        after: int | None = None,
        interview_id: str | None = None,
    ) -> Movement:
        """Keep one time of moving.

        Args:
            kind: what it was, in a word or a few.
            minutes: how long, 1 to `MOST_MINUTES`.
            before: how the person felt before, 1 (bad) to 5 (good); None: not said.
            after: the same after it.
            interview_id: whose path; the latest without one.

        Raises:
            NotFoundError: there is no such interview.
            InvalidInputError: it can't be stored like that.
        """
        if not 1 <= minutes <= MOST_MINUTES:
            raise InvalidInputError(
                f"{minutes} minutes can't be kept.", f"Give 1 to {MOST_MINUTES} minutes."
            )
        for level in (before, after):
            if level is not None and not WORST <= level <= BEST:
                raise InvalidInputError(
                    f"How it felt can't be {level}.", "Give 1 (bad) to 5 (good)."
                )
        movement = Movement(
            id=self.new_id(),
            interview_id=self.interview(interview_id).id,
            at=self.standing.now,
            kind=checked_text(kind, "What you did", longest=LONGEST_NAME, empty=False),
            minutes=minutes,
            before=before,
            after=after,
        )
        self.movements.add(movement)
        return movement

    def delete_movement(self, movement_id: str) -> None:
        """Delete one time of moving.

        Raises:
            NotFoundError: there is none with that id.
        """
        if not self.movements.delete(movement_id):
            raise NotFoundError("There is no such record of moving.", "It may be deleted already.")

    # Inside

    def _path_of(self, interview: Interview) -> RecoveryPath:
        said = self.steps.of_interview(interview.id)
        return recovery_path(interview, said, self._facts(interview))

    def _facts(self, interview: Interview) -> PracticeFacts:
        tripped = self._tripped.get(interview.id, ())
        outlines = self.standing.bank.outlines_of(tripped)
        check_ins = self.check_ins.of_interview(interview.id)
        moved = [one for one in self.movements.every() if one.interview_id == interview.id]
        rehearsed = [
            take.started_at
            for take in self._takes
            if take.overall is not None and take.started_at >= interview.created_at
        ]
        firsts = {
            Step.FEEL: [one.at for one in check_ins],
            Step.MOVE: [one.at for one in moved],
            Step.CONTINUE: rehearsed,
        }
        return PracticeFacts(
            rehearsals=len(rehearsed),
            outlined=sum(bool(outline.points) for outline in outlines.values()),
            tripped_up=len(tripped),
            check_ins=len(check_ins),
            moved=len(moved),
            first_at={step: min(moments) for step, moments in firsts.items() if moments},
        )

    @cached_property
    def _takes(self) -> tuple[Take, ...]:
        return self.standing.store.every_take()

    @cached_property
    def _tripped(self) -> dict[str, tuple[str, ...]]:
        """The questions that tripped the person up, by interview."""
        found: dict[str, list[str]] = {}
        for question in self.standing.bank.every_active_question():
            for interview_id in {trip.interview_id for trip in question.tripped_up}:
                if interview_id is not None:
                    found.setdefault(interview_id, []).append(question.id)
        return {interview_id: tuple(ids) for interview_id, ids in found.items()}


def no_past_interview() -> NotFoundError:
    """Return the error of somebody who has no interview to recover from."""
    return NotFoundError(
        "No interview that went badly is logged yet.",
        "Begin with: voicecoach debrief, or: voicecoach recover --begin INTERVIEW",
    )
