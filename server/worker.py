"""The worker: `python -m server.worker`, a process of its own that finishes answers, one at a time.

`server.worker_process` starts and watches it. While there is nothing to do it sleeps, looking
around every `LOOK_SECONDS`; the job engine (DBOS) is up only while there are jobs, which takes a
fiftieth of a second, so that an idle worker costs next to nothing.

One at a time, so that a job that kills the process (a broken file, too little memory) is alone in
it: DBOS counts how often each job was begun and sets it aside after `MOST_RECOVERIES`, and no other
job is counted with it. Being told to end does not count (`Jobs.put_back`).

A killed worker leaves its claim on the attempt behind. The next one holds the home's lock, so it
knows that claim to be dead, gives it back and goes on at once.
"""

import contextlib
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import IO, Final

from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

from server.caretaker import WENT_WRONG, Caretaker, fail
from server.errors_log import errors_log
from server.jobs import APPLICATION, QUEUE, WORKFLOW, WORKFLOW_VERSION, Jobs, job_database_url
from server.sole_worker import sole_worker
from server.worker_line import read_settings
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import (
    AttemptBusyError,
    CoachError,
    ConflictError,
    DatabaseError,
    NotFoundError,
)
from voicecoach.practice import Coach
from voicecoach.wiring import build_coach

LOOK_SECONDS: Final = 10.0
"""How often an idle worker looks for jobs and answers that nobody told it of."""

CLEAR_OUT_SECONDS: Final = 24 * 3600.0

QUIET_SECONDS: Final = 2.0
"""How long there has been no job before the job engine is shut down."""

ENGINE_LOOKS_EVERY_SECONDS: Final = 0.1
"""How often the job engine looks into its queue while it is up."""

MOST_RECOVERIES: Final = 3
"""How often a job that was cut off is begun again before it is set aside."""

SECONDS_TO_PUT_BACK: Final = 3.0
"""How long an ending worker may take to put its job back; the next one would recover it too."""

EXECUTOR: Final = "worker"
"""DBOS recovers what an executor of the same name left behind. There is one worker in a home."""

CLAIMS: Final = "worker-"
"""What the names of the worker's claims begin with."""

log: Final = logging.getLogger("server.worker")


class Worker:
    """Finishes answers until it is told to end.

    Args:
        coach: finishes them; the names of its claims begin with `CLAIMS`.
        jobs: the jobs in the coach's database.
        woken: set by whoever wants jobs to be looked for at once.
    """

    def __init__(self, coach: Coach, jobs: Jobs, woken: threading.Event) -> None:
        self._coach = coach
        self._jobs = jobs
        self._woken = woken
        self._caretaker = Caretaker(coach, jobs, weights_there=lambda: has_weights(coach))
        register_workflow(coach)

    def run(self) -> None:
        """Work for ever. Only the holder of the home's lock may: dead claims are given back."""
        with self._coach.database.transaction() as session:
            AttemptStore(session).release_all(CLAIMS)
        cleared_out: float | None = None
        while True:
            self._woken.clear()
            if cleared_out is None or time.monotonic() - cleared_out >= CLEAR_OUT_SECONDS:
                cleared_out = time.monotonic()
                self._patiently(self._caretaker.clear_out)
            self._patiently(self._caretaker.look)
            self._patiently(self._work)
            self._woken.wait(LOOK_SECONDS)

    def _work(self) -> None:
        """Have the job engine up until there has been no job for a while."""
        if not self._jobs.active():
            return
        with job_engine(self._coach):
            quiet_since = looked = time.monotonic()
            while time.monotonic() - quiet_since < QUIET_SECONDS:
                time.sleep(ENGINE_LOOKS_EVERY_SECONDS * 2)
                if self._jobs.active():
                    quiet_since = time.monotonic()
                if time.monotonic() - looked >= LOOK_SECONDS:
                    looked = time.monotonic()
                    self._patiently(self._caretaker.look)

    def _patiently(self, look: Callable[[], None]) -> None:
        """Look; where the database or a disk is out of reach say so in the log and look later."""
        try:
            look()
        except (CoachError, OSError) as error:
            log.warning("%s", error)


def register_workflow(coach: Coach) -> None:
    """Tell the job engine what a job is: finishing one attempt.

    It may run more often than once, cut off anywhere: each step of finishing stores what it made
    under the attempt's claim, so what is done is done once.
    """

    @DBOS.step(
        name="finish",
        retries_allowed=True,
        max_attempts=5,
        should_retry=lambda error: isinstance(error, DatabaseError),
    )
    def finish(attempt_id: str) -> str:
        try:
            return coach.finish(attempt_id).status.value
        except AttemptBusyError:
            return "busy"  # whoever has it finishes it, or the caretaker puts in a job anew
        except (NotFoundError, ConflictError):
            return "gone"

    @DBOS.workflow(name=WORKFLOW, max_recovery_attempts=MOST_RECOVERIES)
    def finish_answer(attempt_id: str) -> str:
        try:
            return finish(attempt_id)
        except DatabaseError:
            raise  # nothing can be stored; the caretaker says so on the attempt once it can
        except CoachError as error:
            fail(coach, attempt_id, str(error))
        except Exception:  # the person must hear of it, whatever it was
            log.exception("finishing an answer failed")
            fail(coach, attempt_id, WENT_WRONG)
        return "failed"


@contextlib.contextmanager
def job_engine(coach: Coach) -> Iterator[None]:
    """Have DBOS up for the length of the block; what an earlier worker left is recovered."""
    config: DBOSConfig = {
        "name": APPLICATION,
        "system_database_url": job_database_url(coach.database),
        "executor_id": EXECUTOR,
        "application_version": WORKFLOW_VERSION,
        "serializer": DBOSPortableJSONSerializer(),
        "log_level": "WARNING",
        "run_migrations": False,
        "sys_db_pool_size": 4,
    }
    DBOS(config=config)
    try:
        DBOS.launch()
        DBOS.register_queue(
            QUEUE,
            worker_concurrency=1,
            polling_interval_sec=ENGINE_LOOKS_EVERY_SECONDS,
            on_conflict="always_update",
        )
        yield
    finally:
        DBOS.destroy()


def has_weights(coach: Coach) -> bool:
    """Tell whether an answer could be transcribed at the moment; nothing is loaded."""
    try:
        coach.engines.transcriber()
    except CoachError:
        return False
    return True


def listen(line: IO[bytes], woken: threading.Event, gone: Callable[[], None]) -> None:
    """Read the server's line: each byte wakes, its end means that the server is gone."""
    while line.read(1):
        woken.set()
    gone()


def end_in_order(jobs: Jobs | None) -> None:
    """Put back what was begun and end the process, in the middle of whatever it does."""
    threading.Timer(SECONDS_TO_PUT_BACK, os._exit, [0]).start()
    try:
        if jobs is not None:
            jobs.put_back(jobs.begun())
    finally:
        os._exit(0)


def main() -> None:
    """Work until the server on stdin is gone."""
    # Ctrl-C in a terminal goes to everybody in it; the server alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = read_settings(sys.stdin.buffer)
    if settings is None:
        return
    woken = threading.Event()
    jobs: list[Jobs] = []
    ears = threading.Thread(
        target=listen,
        args=(sys.stdin.buffer, woken, lambda: end_in_order(jobs[0] if jobs else None)),
        daemon=True,
    )
    ears.start()
    with errors_log(settings.home), sole_worker(settings.home, lambda: time.sleep(1.0)):
        coach = build_coach(settings, claims_as=CLAIMS)
        jobs.append(Jobs(coach.database))
        Worker(coach, jobs[0], woken).run()


if __name__ == "__main__":
    main()
