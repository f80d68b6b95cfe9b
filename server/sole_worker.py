"""One worker at a time in a home: whoever holds the lock knows that every other worker is dead."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

LOCK_NAME: Final = "worker.lock"


@contextmanager
def sole_worker(home: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the home's lock for the length of the block; the system frees it however we end.

    The lock is SQLite's own on a file that holds nothing: it works alike on every platform.

    Args:
        home: the coach's home.
        wait: called between two tries while another worker holds it.
    """
    path = home / LOCK_NAME
    path.touch(mode=0o600)
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as lock:
        while True:
            try:
                lock.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    raise
                wait()
        yield
