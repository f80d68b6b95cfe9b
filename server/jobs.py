"""Durable jobs: each answer that is wholly on disk becomes a scored attempt, whatever happens.

The job is stored by DBOS in the coach's own database, in the very transaction that notes that the
answer is complete (`Coach.on_answered`): there is never an answer without its job, nor a job
without its answer. A worker in a process of its own does it (`server.worker`); this module is what
everybody else needs: putting jobs in, looking at them, taking them out.

A job's id is the attempt's id and its only input, so nothing a person said lies in the job tables.
An attempt has one job at a time: a retry takes the ended one away and puts in another under the
same id. (DBOS could resume a parked job, but not one that ended in an error, so one way serves
both.)

DBOS keeps its tables beside ours (on PostgreSQL in a schema of their own) and migrates them itself.
"""

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy import event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_progress import Stage
from voicecoach.attempt_store import AttemptStore
from voicecoach.claim import LEASE
from voicecoach.database import Database
from voicecoach.database_failure import failure_of
from voicecoach.errors import AttemptBusyError, ConflictError
from voicecoach.practice import Coach

APPLICATION: Final = "voicecoach"
QUEUE: Final = "answers"
WORKFLOW: Final = "finish_answer"

WORKFLOW_VERSION: Final = "1"
"""Changes only with what a job's input means. Taken from the code (DBOS's default), every release
would strand the jobs of the one before."""

_LEAVING: Final = "jobs_to_forget"
"""The key in `Session.info` under which the attempts are noted whose jobs go with a commit."""

_JOBS_AT_ONCE: Final = 500
"""How many jobs are looked at or taken out in one statement."""


class JobState(StrEnum):
    """Where a job stands, in DBOS's own words."""

    DELAYED = "DELAYED"
    ENQUEUED = "ENQUEUED"
    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    ERROR = "ERROR"
    CANCELLED = "CANCELLED"
    PARKED = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"


ACTIVE: Final = frozenset({JobState.DELAYED, JobState.ENQUEUED, JobState.PENDING})
"""States of a job that is still to be done."""


class Jobs:
    """The jobs stored in one database.

    Args:
        database: the coach's, open and migrated; DBOS's tables are made where they are missing.
        wake: called after a job was committed, so that the worker need not look often.

    Raises:
        DatabaseError: the job tables can't be made.
    """

    def __init__(self, database: Database, *, wake: Callable[[], None] = lambda: None) -> None:
        logging.getLogger("dbos").setLevel(logging.WARNING)  # it tells of each step it takes
        self._database = database
        self._wake = wake
        self._one_retry_at_a_time = threading.Lock()
        url = job_database_url(database)
        with self._plain_failures():
            DBOS.migrate(url)
            self._client = DBOSClient(
                system_database_url=url,
                serializer=DBOSPortableJSONSerializer(),
                system_database_pool_size=2,
                application_name=APPLICATION,
                lazy=True,
                retry_connection_errors=False,
            )

    def serve(self, coach: Coach) -> None:
        """From now on give each answer of this coach its job; a deleted one's is taken out."""
        coach.on_answered = self.enqueue
        coach.on_deleted = self.forget_with

    def close(self) -> None:
        """Close every connection."""
        self._client.destroy()

    # Putting jobs in

    def enqueue(self, session: Session, attempt_id: str) -> None:
        """Put in an attempt's job, in the caller's transaction; where it has one that one stays."""
        options: EnqueueOptions = {
            "workflow_name": WORKFLOW,
            "queue_name": QUEUE,
            "workflow_id": attempt_id,
            "app_version": WORKFLOW_VERSION,
        }
        self._client.enqueue_in_transaction(session, options, attempt_id)
        event.listen(session, "after_commit", lambda _session: self._wake(), once=True)

    def finish(self, coach: Coach, attempt_id: str) -> Attempt:
        """Give an open attempt a job anew: a failed, a waiting, or a broken-off one.

        An attempt that has a job to be done keeps it, and nothing else happens.

        Raises:
            NotFoundError: there is no such attempt.
            ConflictError: it has its score, was deleted, or holds nothing to be scored.
            AttemptBusyError: somebody is answering or finishing it at the moment.
        """
        attempt = coach.attempt(attempt_id)
        match coach.progress(attempt.id).stage:
            case Stage.DELETED:
                raise ConflictError("That attempt has been deleted.", "Answer the question again.")
            case Stage.NOT_ANSWERED:
                raise ConflictError(
                    "Nothing was answered in that attempt.", "Answer the question again."
                )
            case Stage.DONE:
                raise ConflictError(
                    "That answer has its result already.",
                    "Score it again as answers are scored today: POST its /rescore.",
                )
            case Stage.INTERRUPTED:
                return coach.take_what_is_there(attempt.id)
            case _:
                return self._again(coach, attempt.id)

    def _again(self, coach: Coach, attempt_id: str) -> Attempt:
        """Put in a job in the place of an ended one.

        The ended one goes in a transaction of its own before: after a crash in between the attempt
        stands as it stood, and can be retried.
        """
        with self._one_retry_at_a_time:
            state = self.states([attempt_id]).get(attempt_id)
            if state in ACTIVE:
                return coach.attempt(attempt_id)
            if state is not None:
                self.forget([attempt_id])
            with self._database.transaction() as session:
                store, now = AttemptStore(session), coach.now()
                # The claim keeps whoever else may finish it from being overtaken; it is given
                # back in the same transaction, so that the worker never finds it taken.
                if not store.claim(attempt_id, claimant=attempt_id, until=now + LEASE, now=now):
                    raise AttemptBusyError(
                        "Somebody is at work on that answer.", "Wait a moment and look again."
                    )
                attempt = store.get(attempt_id)
                if attempt.status not in {AttemptStatus.SCORED, AttemptStatus.UNSCOREABLE}:
                    store.save(attempt_id, status=AttemptStatus.RECORDED, failure=None)
                    self.enqueue(session, attempt_id)
                store.release(attempt_id, claimant=attempt_id)
        return coach.attempt(attempt_id)

    # Looking at them

    def states(self, attempt_ids: Iterable[str]) -> Mapping[str, JobState]:
        """Return the states of these attempts' jobs; attempts without one are left out."""
        states: dict[str, JobState] = {}
        for ids in _portions(attempt_ids):
            with self._plain_failures():
                found = self._client.list_workflows(
                    workflow_ids=ids, load_input=False, load_output=False
                )
            states |= {job.workflow_id: JobState(job.status) for job in found}
        return states

    def active(self) -> tuple[str, ...]:
        """Return the ids of attempts whose jobs are still to be done, oldest first."""
        return self._ids(status=sorted(ACTIVE))

    # Taking them out

    def forget(self, attempt_ids: Iterable[str]) -> None:
        """Take out the jobs of attempts, whatever their state."""
        for ids in _portions(attempt_ids):
            with self._plain_failures():
                self._client.delete_workflows(ids)

    def forget_with(self, session: Session, attempt_id: str) -> None:
        """Take out an attempt's job once the caller's transaction is committed."""
        leaving: list[str] = session.info.setdefault(_LEAVING, [])
        if not leaving:
            event.listen(session, "after_commit", lambda _session: self.forget(leaving), once=True)
        leaving.append(attempt_id)

    def forget_ended_before(self, moment: datetime) -> int:
        """Take out the jobs that ended before a moment (aware); return how many."""
        ended = sorted(set(JobState) - ACTIVE)
        old = self._ids(status=ended, completed_before=moment.astimezone(UTC).isoformat())
        self.forget(old)
        return len(old)

    def put_back(self, attempt_ids: Iterable[str]) -> None:
        """Put jobs that were begun back into the queue, as if they had not been begun.

        For a worker that is told to end: it is not the jobs' fault, and must not count as such.
        """
        for ids in _portions(attempt_ids):
            with self._plain_failures():
                self._client.resume_workflows(ids, queue_name=QUEUE)

    def begun(self) -> tuple[str, ...]:
        """Return the ids of attempts whose jobs a worker has begun and not ended."""
        return self._ids(status=[JobState.PENDING])

    def _ids(self, **which: Any) -> tuple[str, ...]:
        with self._plain_failures():
            found = self._client.list_workflows(
                name=WORKFLOW, load_input=False, load_output=False, **which
            )
        return tuple(job.workflow_id for job in found)

    @contextmanager
    def _plain_failures(self) -> Iterator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise failure_of(error, self._database.path) from error


def job_database_url(database: Database) -> str:
    """Return the coach's database as DBOS wants it named: without a driver."""
    url = database.engine.url
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=False)


def _portions(ids: Iterable[str]) -> Iterator[list[str]]:
    every = list(ids)
    for start in range(0, len(every), _JOBS_AT_ONCE):
        yield every[start : start + _JOBS_AT_ONCE]
