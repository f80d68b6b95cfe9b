"""A home with something in it, made once by the command line itself and copied for each test."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.forking import forker
from tests.cli.process import FORKERS, Voicecoach

DEBRIEF = Path(__file__).parents[2] / "docs" / "sample-debrief.md"

ANSWER = (
    "On a Monday in March our overnight load failed and eleven clients saw a report without the "
    "weekend. I phoned the operations director of our largest client at nine and I told her that "
    "the figures were wrong. I promised her an update every hour, and I built the figures by hand "
    "from the raw files. The report was back at two, and as a result she renewed the contract."
)


@pytest.fixture(scope="session", autouse=True)
def quick_start() -> Iterator[None]:
    """Let processes be forked from one that has its imports, where that is safe."""
    if sys.platform != "linux":
        yield
        return
    with forker() as started:
        FORKERS.append(started)
        yield
        FORKERS.clear()


@pytest.fixture
def voicecoach(tmp_path: Path) -> Voicecoach:
    """The command with an empty home."""
    return Voicecoach(tmp_path / "home")


@pytest.fixture(scope="session")
def filled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the sample debrief and one typed, scored answer."""
    home = tmp_path_factory.mktemp("cli") / "home"
    run = Voicecoach(home)
    run("debrief", str(DEBRIEF))
    run("drill", "--typed", "--no-sound", stdin=ANSWER)
    return home


@pytest.fixture
def practised(filled_home: Path, tmp_path: Path) -> Voicecoach:
    """The command with a home of its own that holds a debrief and an answer."""
    shutil.copytree(filled_home, tmp_path / "home")
    return Voicecoach(tmp_path / "home")
