"""Fixtures that every test may ask for, and how many run side by side."""

import os

import pytest

pytest_plugins = ["tests.database_fixtures"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Give one worker more than there are cores: many tests wait for speech to be spoken."""
    return (os.cpu_count() or 1) + 1
