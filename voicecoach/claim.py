"""A claim on an attempt: held while somebody finishes it, given back at the end, even by a crash.

A claim is a lease of `LEASE`: a thread renews it while the work goes on, and whoever dies stops
renewing, so that another finisher can take over after that time. Before results are stored the
claim is checked again (`AttemptStore.assert_claimed`), so a finisher that was asleep stores none.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Final

from voicecoach.attempt_store import AttemptStore
from voicecoach.database import Database
from voicecoach.errors import AttemptBusyError, CoachError

LEASE: Final = timedelta(seconds=30)
"""How long a claim holds without being renewed; a judgement: three missed renewals."""

AT_ONCE: Final = timedelta(0)
"""No patience: where somebody else holds the claim, that is said at once."""

_BEYOND_SECONDS: Final = 1.0
_LOOK_AGAIN_SECONDS: Final = 0.25


@contextmanager
def hold_claim(
    database: Database,
    attempt_id: str,
    *,
    claimant: str,
    clock: Callable[[], datetime],
    lease: timedelta = LEASE,
    patience: timedelta = AT_ONCE,
) -> Iterator[None]:
    """Hold the claim on an attempt for the length of the block.

    Args:
        database: where the attempt is.
        attempt_id: its full id.
        claimant: a name nobody else uses, not even this process for another piece of work.
        clock: gives the present moment, aware.
        lease: how long the claim holds without being renewed.
        patience: how long it is waited for where somebody else holds it.

    Raises:
        AttemptBusyError: somebody else holds it.
    """
    give_up = time.monotonic() + patience.total_seconds()
    while not _claimed(database, attempt_id, claimant=claimant, now=clock(), lease=lease):
        if time.monotonic() >= give_up:
            raise AttemptBusyError(
                "That answer is being finished by another voicecoach, or by one just stopped.",
                f"Look again in {LEASE.seconds} seconds: it is done then, or can be taken over.",
            )
        time.sleep(_LOOK_AGAIN_SECONDS)
    done = threading.Event()
    renewer = threading.Thread(
        target=_renew,
        args=(database, attempt_id),
        kwargs={"claimant": claimant, "clock": clock, "lease": lease, "done": done},
        daemon=True,
    )
    renewer.start()
    try:
        yield
    finally:
        done.set()
        renewer.join()
        with database.transaction() as session:
            AttemptStore(session).release(attempt_id, claimant=claimant)


def claim_patiently(
    database: Database,
    attempt_id: str,
    *,
    claimant: str,
    clock: Callable[[], datetime],
    lease: timedelta,
) -> ExitStack:
    """Hold the claim on an attempt until the stack is closed, waiting for a dead holder's to end.

    Whoever is alive renews in time, so that after one lease and a bit it is known.

    Raises:
        AttemptBusyError: somebody is at work on it.
    """
    held = ExitStack()
    held.enter_context(
        hold_claim(
            database,
            attempt_id,
            claimant=claimant,
            clock=clock,
            lease=lease,
            patience=lease + timedelta(seconds=_BEYOND_SECONDS),
        )
    )
    return held


def _claimed(
    database: Database, attempt_id: str, *, claimant: str, now: datetime, lease: timedelta
) -> bool:
    with database.transaction() as session:
        return AttemptStore(session).claim(
            attempt_id, claimant=claimant, until=now + lease, now=now
        )


def _renew(
    database: Database,
    attempt_id: str,
    *,
    claimant: str,
    clock: Callable[[], datetime],
    lease: timedelta,
    done: threading.Event,
) -> None:
    while not done.wait(lease.total_seconds() / 3):
        try:
            with database.transaction() as session:
                kept = AttemptStore(session).renew(
                    attempt_id, claimant=claimant, until=clock() + lease
                )
        except CoachError:
            continue  # a busy database: there are two more renewals before the claim runs out
        if not kept:
            return
