"""Readiness: how it stands, how it came about, what came of forecasts, and the plan."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.browsing import LOOKS, visiting
from tests.practice.conftest import Clock
from tests.server.conftest import Lived, fill_bank
from tests.server.serving import served
from tests.store.attempts import heard, recorded, score_of
from voicecoach.attempt_store import AttemptStore
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

DAYS = 22


@pytest.fixture(scope="module")
def practised(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over a home in which somebody rehearsed on 22 days."""
    home = tmp_path_factory.mktemp("practised") / "home"
    clock = Clock()
    clock.wait(days=-DAYS)
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=clock)
    question_id = fill_bank(coach)
    for day in range(DAYS):
        _rehearse(coach, clock, question_id, 40.0 + 2 * day, number=day)
        clock.wait(days=1)
    with served(coach) as client:
        yield str(client.base_url)
    coach.database.close()


def _rehearse(coach: Coach, clock: Clock, question_id: str, overall: float, number: int) -> None:
    """Store a scored answer with the forecast made before it, without any sound."""
    with coach.reading_standing() as standing:
        expected = standing.forecast(standing.bank.get_question(question_id))
    name = f"{number:032x}"
    with coach.database.transaction() as session:
        store = AttemptStore(session)
        store.add(recorded(question_id, name=name, at=clock.moment))
        store.save(name, forecast=expected)
        store.append_transcript(name, heard())
        store.append_judgement(name, score_of(overall))
    clock.wait(minutes=1)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_readiness_is_usable_by_everybody_at_every_size(
    browser: Browser,
    practised: str,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    with visiting(browser, practised, size=size, scheme=scheme) as visit:
        visit.go("/readiness")
        for summary in visit.page.get_by_text("As a table").all():
            summary.click()
        assert visit.violations() == []
        assert not visit.wider_than_the_window()


def test_the_page_says_what_the_coach_says(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url), javascript=False) as visit:
        visit.go("/readiness")
        sentence = lived.coach.readiness().as_sentence
        expect(visit.page.get_by_text(sentence)).to_be_visible()
        expect(visit.page.get_by_text("18 more scored answers")).to_be_visible()


def test_past_days_and_forecasts_are_drawn_and_told_in_figures(
    browser: Browser, practised: str
) -> None:
    with visiting(browser, practised) as visit:
        visit.go("/readiness")
        line = visit.page.get_by_role("img", name=re.compile("Readiness over time"))
        assert line.locator("circle").count() >= 15
        expect(visit.page.get_by_role("img", name=re.compile("newest 22 answers"))).to_be_visible()
        chances = visit.page.get_by_role("img", name=re.compile("Chance that was told"))
        assert chances.locator("circle").count() >= 2
        expect(visit.page.get_by_text("Over 22 answers")).to_be_visible()
        came = visit.page.get_by_role("region", name="What was expected, and what came")
        came.get_by_text("As a table").click()
        newest = came.locator("details tbody tr").first
        expect(newest).to_contain_text("82")


def test_the_weakest_question_comes_first_and_leads_to_its_drill(
    browser: Browser, practised: str
) -> None:
    with visiting(browser, practised) as visit:
        visit.go("/readiness")
        shares = visit.page.locator(".bars strong").all_inner_texts()
        assert shares == sorted(shares, key=lambda share: int(share.rstrip("%")))
        first = visit.page.locator(".bars a").first
        assert (first.get_attribute("href") or "").startswith("/drill/")
        expect(first).to_have_text("Why do you want this job?")


def test_another_day_is_asked_for_as_a_person_would(browser: Browser, practised: str) -> None:
    with visiting(browser, practised) as visit:
        visit.go("/readiness")
        visit.page.get_by_label("On another day").fill("2026-11-25")
        visit.page.get_by_role("button", name="Look").click()
        assert visit.page.url.endswith("/readiness?on=2026-11-25")
        told = visit.page.get_by_role("heading", name=re.compile("25 November"), level=2)
        expect(told).to_be_visible()


@pytest.mark.parametrize("day", ["2001-01-01", "tomorrowish"])
def test_a_day_that_cannot_be_is_said_and_the_rest_stays(
    browser: Browser, practised: str, day: str
) -> None:
    with visiting(browser, practised) as visit:
        visit.go(f"/readiness?on={day}")
        expect(visit.page.get_by_role("alert")).to_be_visible()
        expect(visit.page.get_by_role("heading", name="Question by question")).to_be_visible()
        assert visit.violations() == []
        visit.errors.clear()  # the browser itself notes the 400


def test_the_plan_can_be_put_into_a_calendar(
    browser: Browser, practised: str, tmp_path: Path
) -> None:
    with visiting(browser, practised) as visit:
        visit.go("/readiness#plan")
        assert visit.page.locator(".plan > li").count() == 1
        with visit.page.expect_download() as download:
            visit.page.get_by_role("link", name="Put it into my calendar").click()
        download.value.save_as(tmp_path / "plan.ics")
    assert "BEGIN:VCALENDAR" in (tmp_path / "plan.ics").read_text(encoding="utf-8")
