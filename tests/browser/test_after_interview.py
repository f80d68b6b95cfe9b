"""Telling how an interview went, and guessing one's score, with keyboard, finger and eyes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, expect

from question_bank.question import QuestionKind
from tests.browser.browsing import visiting
from tests.practice.conftest import ANSWER, Clock
from tests.server.serving import served
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

KNOWN = "Tell me about a time you had to deliver bad news to a client."


@pytest.fixture(scope="module")
def told_to(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Coach, httpx.Client]]:
    """A coach that asks for guesses, some days after an interview."""
    home = tmp_path_factory.mktemp("told") / "home"
    clock = Clock()
    coach = build_coach(Settings(home=home, time_zone="UTC", ask_guess=True), clock=clock)
    with coach.bank() as bank:
        bank.add_question(KNOWN, kind=QuestionKind.BEHAVIOURAL)
        bank.add_interview(company="Alder & Vale", role="Analyst", day=date(2026, 12, 9))
    clock.moment = datetime(2026, 12, 11, 12, tzinfo=UTC)
    with served(coach) as client:
        yield coach, client
    coach.database.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_guess_is_one_tap_between_the_answer_and_its_score(
    browser: Browser, told_to: tuple[Coach, httpx.Client], scheme: Literal["light", "dark"]
) -> None:
    coach, client = told_to
    with coach.reading_bank() as bank:
        question = bank.every_active_question()[0]
    begun = coach.begin(question.id, typed=True)
    coach.answer_typed(begun.id, " ".join(ANSWER))
    with visiting(browser, str(client.base_url), size="phone", scheme=scheme) as visit:
        visit.go(f"/attempts/{begun.id}")
        assert visit.page.locator("#overall").count() == 0
        assert visit.violations() == []
        assert not visit.wider_than_the_window()
        visit.page.get_by_role("button", name="All right").click()
        expect(visit.page.locator("#overall")).to_be_visible()
        expect(visit.page.get_by_text("You guessed 60.")).to_be_visible()


def test_what_came_is_told_on_a_phone_from_the_first_page_to_the_road_back(
    browser: Browser, told_to: tuple[Coach, httpx.Client]
) -> None:
    _, client = told_to
    with visiting(browser, str(client.base_url), size="phone") as visit:
        page = visit.page
        visit.go("/")
        page.get_by_role("link", name="Tell how it went").click()
        assert visit.violations() == []
        known = page.get_by_role("group", name=KNOWN)
        expect(known.get_by_label("How did it trip you up?")).to_be_hidden()
        known.get_by_text("Tripped me up").click()
        known.get_by_label("How did it trip you up?").fill("I lost the thread.")
        page.get_by_label("A question, as they asked it").first.fill(
            "Tell me about a time you delivered bad news to a client"
        )
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_text("Is it one of these?")).to_be_visible()
        assert visit.violations() == []
        page.get_by_text("No, it is a question of its own").click()
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("heading", name="What came", exact=True)).to_be_visible()
        assert visit.violations() == []
        assert not visit.wider_than_the_window()
        visit.go("/road-back")
        expect(page.get_by_text("One question came that you hadn’t practised.")).not_to_be_visible()
        expect(page.get_by_text("2 questions came that you hadn’t practised.")).to_be_visible()
        visit.go("/")
        expect(page.get_by_role("link", name="Tell how it went")).not_to_be_visible()
