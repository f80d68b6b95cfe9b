"""Browser tests: a real Chromium at a real server. Without a Chromium each is named as not run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.answered import Answered, answered
from tests.browser.browsing import AXE, chromium_arguments, find_chromium
from tests.server.conftest import Lived, fresh, fresh_coach, lived, spoken_file

__all__ = ["Answered", "Lived", "answered", "fresh", "fresh_coach", "lived", "spoken_file"]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; tests that need it are reported as not run where there is none."""
    found = find_chromium()
    if found is None:
        pytest.skip("not run: no Chromium on this machine (install one, or set CHROMIUM)")
    if not AXE.is_file():
        pytest.skip("not run: axe-core could not be fetched (make install-test, with a network)")
    return found


# These end with this folder's tests: while Playwright runs, its event loop counts as this thread's
# running one, and tests elsewhere that start one of their own would be refused.
@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    # A click returns once the next page is under way, not once it is there: what a test looks for
    # is waited for with `expect`, on a busy machine longer than the five seconds it has by itself.
    expect.set_options(timeout=30_000)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def browser(chromium: str, playwright: Playwright) -> Iterator[Browser]:
    """A browser without anything to hear; `speaking_browser` has an answer at its microphone."""
    launched = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments())
    yield launched
    launched.close()


@pytest.fixture(scope="package")
def speaking_browser(chromium: str, playwright: Playwright, spoken_file: Path) -> Iterator[Browser]:
    """A browser whose microphone plays the spoken answer, from its first use on, once."""
    launched = playwright.chromium.launch(
        executable_path=chromium, args=chromium_arguments(spoken_file)
    )
    yield launched
    launched.close()
