"""What the worker looks after besides its jobs: answers that have none, or whose job came to grief.

The rule for an open answer that nobody is at work on:

* complete, its job still to be done: left to the worker;
* complete, its job set aside by DBOS or ended in an error: marked failed, with the reason in words;
* complete, its job ended without a result (somebody else was finishing it then, and died): a job
  anew;
* complete, without a job: it comes from the command line, or from before jobs. Whoever answered may
  just be about to finish it, so it gets a job once `SETTLED_AFTER` have passed since it began;
* broken off in mid-answer: never scored unasked. The person may still resume it, or want another
  take; it is listed as interrupted, and `POST .../finish` scores what is there;
* waiting for weights: one job anew once there are weights; a further one only after they were gone;
* failed, or nothing answered: left to the person.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from server.jobs import ACTIVE, Jobs, JobState
from server.uploads import remove_leftovers
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_progress import Progress, Stage
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import AttemptBusyError, CoachError, ConflictError, NotFoundError
from voicecoach.practice import Coach

SETTLED_AFTER: Final = timedelta(minutes=5)
"""How long an answer without a job is left to whoever began it; a judgement."""

KEPT_FOR: Final = timedelta(days=7)
"""How long ended jobs are kept, for whoever looks for what went wrong."""

LEFTOVERS_KEPT_FOR: Final = timedelta(days=1)
"""Longer than any upload takes."""

SET_ASIDE: Final = (
    "Finishing this answer broke the coach several times in a row, so it was set aside. The "
    "recording is kept: try once more, type what you said, or choose smaller weights."
)
WENT_WRONG: Final = (
    "Finishing this answer went wrong in a way that nobody foresaw; the details are in errors.log "
    "in the coach's home. The recording is kept: try once more, or type what you said."
)


class Care(StrEnum):
    """What is to be done for an open answer."""

    LEAVE = "leave"
    FINISH = "finish"
    SET_ASIDE = "set aside"
    WENT_WRONG = "went wrong"


_AFTER_A_JOB: Final = {JobState.PARKED: Care.SET_ASIDE, JobState.ERROR: Care.WENT_WRONG}


def care_for(
    progress: Progress, job: JobState | None, *, now: datetime, weights_came: bool
) -> Care:
    """Return what is to be done for an answer, by the rule above.

    Args:
        progress: how far it has come.
        job: where its job stands, None where it has none.
        now: the present moment, aware.
        weights_came: whether there are weights and it was not tried with them yet.
    """
    if progress.claimed or job in ACTIVE:
        return Care.LEAVE
    if progress.stage is Stage.WAITING and weights_came:
        return Care.FINISH
    if progress.stage is not Stage.QUEUED:
        return Care.LEAVE
    if job is None:
        return Care.FINISH if progress.started_at + SETTLED_AFTER <= now else Care.LEAVE
    return _AFTER_A_JOB.get(job, Care.FINISH)


class Caretaker:
    """Looks after the open answers of one coach.

    Args:
        coach: whose answers they are.
        jobs: the jobs in its database.
        weights_there: whether an answer could be transcribed at the moment.
    """

    def __init__(self, coach: Coach, jobs: Jobs, *, weights_there: Callable[[], bool]) -> None:
        self._coach = coach
        self._jobs = jobs
        self._weights_there = weights_there
        self._tried_with_weights: set[str] = set()

    def look(self) -> None:
        """Do for each open answer what is to be done."""
        left = self._coach.unfinished()
        if not left:
            return
        there = False
        if any(attempt.status is AttemptStatus.WAITING for attempt in left):
            there = self._weights_there()
            if not there:
                self._tried_with_weights.clear()
        states = self._jobs.states(attempt.id for attempt in left)
        for attempt in left:
            try:
                progress = self._coach.progress(attempt.id)
            except NotFoundError:
                continue  # taken back meanwhile
            care = care_for(
                progress,
                states.get(attempt.id),
                now=self._coach.now(),
                weights_came=there and attempt.id not in self._tried_with_weights,
            )
            if care is Care.FINISH:
                if progress.stage is Stage.WAITING:
                    self._tried_with_weights.add(attempt.id)
                self._finish(attempt.id)
            elif care is not Care.LEAVE:
                fail(self._coach, attempt.id, SET_ASIDE if care is Care.SET_ASIDE else WENT_WRONG)

    def clear_out(self) -> None:
        """Take out ended jobs that are old, those of deleted answers, and cut-off uploads."""
        remove_leftovers(self._coach.settings.home, self._coach.now() - LEFTOVERS_KEPT_FOR)
        self._jobs.forget_ended_before(self._coach.now() - KEPT_FOR)
        with self._coach.database.reading() as session:
            deleted = AttemptStore(session).ids(AttemptStatus.DELETED)
        self._jobs.forget(self._jobs.states(deleted))

    def _finish(self, attempt_id: str) -> None:
        try:
            self._jobs.finish(self._coach, attempt_id)
        except (AttemptBusyError, ConflictError, NotFoundError):
            return  # somebody was faster; the next look sees what came of it


def fail(coach: Coach, attempt_id: str, reason: str) -> None:
    """Mark an open attempt failed with a reason in words; a finished one stays as it is."""
    with coach.database.transaction() as session:
        store = AttemptStore(session)
        try:
            attempt = store.get(attempt_id)
            if attempt.status in {AttemptStatus.RECORDED, AttemptStatus.TRANSCRIBING}:
                store.save(attempt_id, status=AttemptStatus.FAILED, failure=reason)
        except CoachError:
            return  # deleted or taken back: there is nothing to mark
