"""The file in the home where what nobody foresaw is written down, for its owner only."""

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

LOG_NAME: Final = "errors.log"

_LOGGERS: Final = ("server", "dbos")


@contextlib.contextmanager
def errors_log(home: Path) -> Iterator[None]:
    """Write warnings and errors of the server, its worker and its job engine into the home."""
    path = home / LOG_NAME
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    for name in _LOGGERS:
        log = logging.getLogger(name)
        log.addHandler(handler)
        log.propagate = False
    try:
        yield
    finally:
        for name in _LOGGERS:
            log = logging.getLogger(name)
            log.removeHandler(handler)
            log.propagate = True
        handler.close()
