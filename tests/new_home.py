"""New homes for tests that begin with an empty database, migrated once per process and copied.

A test that is about the first start, or about migrations, makes its home itself.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from voicecoach.database import open_database, sqlite_url
from voicecoach.wiring import make_private_home

FILE_NAME = "voicecoach.db"


def new_home(home: Path, *, with_jobs: bool = False) -> Path:
    """Make a home whose database is empty and up to date, and return it.

    With jobs it has their tables too, as every home has that was served once.
    """
    make_private_home(home)
    shutil.copyfile(_migrated_file(with_jobs=with_jobs), home / FILE_NAME)
    return home


@cache
def _migrated_file(*, with_jobs: bool) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="vc-migrated-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    database = open_database(sqlite_url(folder / FILE_NAME))
    database.migrate()
    if with_jobs:
        from server.jobs import Jobs

        Jobs(database).close()
    database.close()
    assert [path.name for path in folder.iterdir()] == [FILE_NAME], "not all is in the file"
    return folder / FILE_NAME
