"""A person who speaks into a page: a Chromium whose microphone plays known words, once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.browser.browsing import Visit, chromium_arguments
from tests.speech.spoken import join, silence, speak
from voicecoach.speech.audio_file import write_wav

LEAD_SECONDS = 0.6
"""The first 160–300 ms of a fake microphone are lost while the worklet starts."""

WHOLE_ANSWER_MS = 60_000
"""How long a busy machine may take for an answer and its score."""


def spoken_wav(folder: Path, *sentences: str) -> Path:
    """Write these sentences, spoken, to a file."""
    parts = [silence(LEAD_SECONDS)]
    for sentence in sentences:
        parts += [speak(sentence).samples, silence(0.6)]
    path = folder / "spoken.wav"
    write_wav(path, join(*parts))
    return path


@contextmanager
def speaking(
    playwright: Playwright, chromium: str, folder: Path, *sentences: str
) -> Iterator[Browser]:
    """Launch a browser whose microphone says these sentences from its first use on."""
    path = spoken_wav(folder, *sentences)
    browser = playwright.chromium.launch(executable_path=chromium, args=chromium_arguments(path))
    try:
        yield browser
    finally:
        browser.close()


def say_it(visit: Visit, until: re.Pattern[str]) -> None:
    """Press the key to answer, and speak until the captions show one of these words."""
    visit.page.get_by_role("button", name="Answer now").wait_for()
    visit.page.keyboard.press("r")
    visit.page.get_by_text("Speak now").wait_for()
    captions(visit, until)


def spoken_for(visit: Visit, seconds: int) -> None:
    """Wait until the answer is so long, at most nine seconds."""
    longer = re.compile(rf"^0:0[{seconds}-9]$")
    visit.page.locator("#elapsed", has_text=longer).wait_for(timeout=WHOLE_ANSWER_MS)


def captions(visit: Visit, words: re.Pattern[str]) -> None:
    """Wait until the captions show one of these words."""
    visit.page.locator("#captions", has_text=words).wait_for(timeout=WHOLE_ANSWER_MS)


def result(visit: Visit) -> str:
    """Wait for the answer's result and return its attempt's id."""
    visit.page.wait_for_url("**/attempts/*", timeout=WHOLE_ANSWER_MS)
    return visit.page.url.rsplit("/", 1)[1]
