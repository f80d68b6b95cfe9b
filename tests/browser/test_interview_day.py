"""The day of an interview in the browser: ticked as one goes, on every screen, on paper."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, expect

from question_bank.interview import Outcome
from question_bank.question import QuestionKind
from tests.browser.browsing import LOOKS, visiting
from tests.practice.conftest import Clock
from tests.server.conftest import fill_bank
from tests.server.serving import served
from voicecoach.day_checklist import add, day_of, take_off
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach


@pytest.fixture(scope="module")
def tomorrow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Coach, str]]:
    """A server on the eve of an interview, and the interview."""
    home = tmp_path_factory.mktemp("eve") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    fill_bank(coach)
    with coach.bank() as bank:
        bank.add_question("How do you decide what to build?", kind=QuestionKind.TO_ASK)
        bank.add_interview(
            company="Birch", outcome=Outcome.REJECTED, lessons=["Ask what they mean."]
        )
        day = datetime(2026, 11, 19, tzinfo=UTC).date()
        interview = bank.add_interview(company="Cedar", role="Analyst", day=day)
    add(coach, interview.id, "The letter from Ms Adeyemi, who meets me at the gate")
    take_off(coach, interview.id, "technology")
    with served(coach) as client:
        yield client, coach, interview.id
    coach.database.close()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_day_is_usable_by_everybody_at_every_size(
    browser: Browser,
    tomorrow: tuple[httpx.Client, Coach, str],
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    client, _, interview_id = tomorrow
    with visiting(browser, str(client.base_url), size=size, scheme=scheme) as visit:
        for page in (f"/interviews/{interview_id}/day", "/"):
            visit.go(page)
            assert visit.violations() == []
            assert not visit.wider_than_the_window()


def test_a_tick_is_kept_at_once_and_paper_shows_no_buttons(
    browser: Browser, tomorrow: tuple[httpx.Client, Coach, str]
) -> None:
    client, coach, interview_id = tomorrow
    with visiting(browser, str(client.base_url)) as visit:
        food = visit.page.get_by_role("checkbox", name="Something to eat, and water")
        visit.go("/")
        visit.page.get_by_role("link", name="Checklist for the day").click()
        food.check()
        expect(visit.page.get_by_text("1 of 8 things are ready.")).to_be_visible()
        assert day_of(coach, interview_id).ready == 1
        visit.page.reload()
        expect(food).to_be_checked()
        visit.page.emulate_media(media="print")
        expect(visit.page.get_by_role("button")).to_have_count(0)
        expect(visit.page.get_by_role("link", name="Practise asking them")).to_have_count(0)
        expect(visit.page.get_by_text("The letter from Ms Adeyemi")).to_be_visible()
