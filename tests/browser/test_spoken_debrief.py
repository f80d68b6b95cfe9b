"""A debrief told into the page: spoken, written down, checked by eye and ear, entered."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.browsing import visiting
from tests.browser.speaking import speaking
from tests.practice.telling import TOLD, write_telling
from tests.server.serving import served
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.spoken_debriefs import SpokenDebriefs
from voicecoach.wiring import build_coach


@pytest.fixture(scope="module")
def coach(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Coach]:
    home = tmp_path_factory.mktemp("told") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    yield coach
    coach.database.close()


@pytest.fixture(scope="module")
def base(coach: Coach) -> Iterator[str]:
    with served(coach) as client:
        yield str(client.base_url).rstrip("/")


@pytest.fixture(scope="module")
def told_id(coach: Coach, tmp_path_factory: pytest.TempPathFactory) -> str:
    debriefs = SpokenDebriefs(book=coach)
    path = write_telling(tmp_path_factory.mktemp("telling") / "told.wav")
    return debriefs.hear(debriefs.attach(path).id).id


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("desktop", "light")])
def test_both_pages_are_usable_by_everybody(
    browser: Browser,
    base: str,
    told_id: str,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    with visiting(browser, base, size=size, scheme=scheme) as visit:
        for path in ("/debrief/spoken", f"/debrief/spoken/{told_id}"):
            visit.go(path)
            opened = "document.querySelectorAll('details').forEach((d) => (d.open = true))"
            visit.page.evaluate(opened)
            assert visit.violations() == []
            assert not visit.wider_than_the_window()


def test_a_quote_plays_its_own_stretch_and_stops(browser: Browser, base: str, told_id: str) -> None:
    with visiting(browser, base) as visit:
        visit.go(f"/debrief/spoken/{told_id}")
        link = visit.page.locator("a.hear").last
        address = link.get_attribute("href") or ""
        start, end = map(float, address.split("#t=")[1].split(","))
        link.click()
        expect(link).to_have_class(re.compile("playing"))
        expect(link).not_to_have_class(re.compile("playing"), timeout=20_000)
        now = visit.page.evaluate("document.getElementById('sound').currentTime")
        assert start < now < end + 1


def test_it_is_spoken_written_down_changed_and_entered(
    playwright: Playwright, chromium: str, coach: Coach, base: str, tmp_path: Path
) -> None:
    with (
        speaking(playwright, chromium, tmp_path, *TOLD[:2]) as browser,
        visiting(browser, base) as visit,
    ):
        page = visit.page
        visit.go("/debrief/spoken")
        page.get_by_role("button", name="Begin to tell").click()
        page.get_by_text("I am listening").wait_for(timeout=30_000)
        page.locator("#elapsed", has_text=re.compile(r"^0:(0[7-9]|[1-5]\d)$")).wait_for(
            timeout=60_000
        )
        page.get_by_role("button", name="That was all").click()
        page.get_by_text("Check what was found").wait_for(timeout=60_000)
        question = page.get_by_label("Question 1", exact=True)
        expect(question).to_have_value("Why did you leave your last job?")
        question.fill("Why did you leave so soon?")
        page.get_by_label("Which company").fill("Cedar Ltd")
        expect(page.locator("#kept")).to_have_text("Kept on this machine")
        page.reload()
        expect(page.get_by_label("Question 1", exact=True)).to_have_value(
            "Why did you leave so soon?"
        )
        page.get_by_role("button", name="Keep what is ticked").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("The question is kept")
    with coach.reading_bank() as bank:
        assert bank.find_interview("Cedar Ltd", "", None) is not None
