"""The road back of one interview as the log shows it, and the person's word about each step."""

from dataclasses import dataclass

from question_bank.bank import Bank
from question_bank.interview import Interview
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import NotFoundError
from voicecoach.recovery import PracticeFacts, RecoveryPath, StepRecord, recovery_path
from voicecoach.recovery_store import RecoveryStore


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadBack:
    """Reads and notes the path of one interview, inside one session."""

    bank: Bank
    attempts: AttemptStore
    steps: RecoveryStore
    interview: Interview

    def path(self) -> RecoveryPath:
        """Return which steps are done or skipped, and which is next."""
        said = self.steps.of_interview(self.interview.id)
        return recovery_path(self.interview, said, self._facts())

    def note(self, record: StepRecord) -> RecoveryPath:
        """Note a step as done or skipped, and return the path after it."""
        self.steps.add(record)
        return self.path()

    def _facts(self) -> PracticeFacts:
        tripped = [
            question.id
            for question in self.bank.every_active_question()
            if any(trip.interview_id == self.interview.id for trip in question.tripped_up)
        ]
        outlines = self.bank.outlines_of(tripped)
        return PracticeFacts(
            rehearsals=sum(
                take.overall is not None and take.started_at >= self.interview.created_at
                for take in self.attempts.every_take()
            ),
            outlined=sum(bool(outline.points) for outline in outlines.values()),
            tripped_up=len(tripped),
        )


def no_past_interview() -> NotFoundError:
    """Return the error of somebody who has no interview to recover from."""
    return NotFoundError("No past interview is logged yet.", "Begin with: voicecoach debrief")
