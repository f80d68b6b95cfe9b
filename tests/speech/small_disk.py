"""A disk that fills up: the system's limit on how long a file may get, for this process."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def small_disk(file_bytes: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes; writes beyond fail as on a full disk."""
    assert sys.platform != "win32"
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
