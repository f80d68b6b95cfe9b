"""Fixtures that every test may ask for, and how the whole run goes about its work."""

import gc
import os

import pytest
from hypothesis import settings

# No test is timed: on a busy machine any example may take long once.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["tests.database_fixtures"]

LONGEST = ("test_story.py", "test_worker.py", "test_live.py", "test_description.py")
"""Files that take a minute or so each: they follow processes, or speech at its own pace."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Give one worker more than there are cores: many tests wait for speech to be spoken.

    Each works with one thread then: threads that wait for one another by spinning, times the
    workers, took a third more of the processor's time and no less of anybody else's.
    """
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that none of them is left to one worker alone.

    The others stay as they are found, folder by folder: a worker that goes on to a file of the same
    folder keeps its browser. (By itself xdist begins with the files of most tests, and the longest
    of all have one test each; see `--no-loadscope-reorder` in the Makefile.)
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)  # stable


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Leave what was imported out of every later search for garbage: it stays to the end anyway.

    Engines, routes and thousands of tests are millions of objects, and each full search went over
    all of them: a quarter of the time that tests of the page took. What tests make is searched.
    """
    gc.collect()
    gc.freeze()
