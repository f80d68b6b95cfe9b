"""The first page: where one stands, and what comes next."""

import re
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.browsing import LOOKS, visiting
from tests.server.conftest import Lived


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_home_is_usable_by_everybody_at_every_size(
    browser: Browser,
    lived: Lived,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        visit.go("/")
        assert visit.violations() == []
        assert not visit.wider_than_the_window()


def test_home_names_the_next_interview_and_leads_to_practice(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go("/")
        expect(visit.page.get_by_role("heading", name="Analyst at Alder & Vale")).to_be_visible()
        expect(visit.page.get_by_text(re.compile(r"in \d+ days"))).to_be_visible()
        expect(visit.page.get_by_role("link", name="Practise now")).to_be_visible()


def test_home_shows_what_it_shows_without_javascript(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url), javascript=False) as visit:
        visit.go("/")
        expect(visit.page.get_by_role("heading", name="How ready")).to_be_visible()


def test_an_empty_bank_leads_to_a_debrief_or_to_ready_made_questions(
    browser: Browser, fresh: httpx.Client
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/")
        assert visit.violations() == []
        expect(visit.page.get_by_role("link", name="Go through it")).to_be_visible()
        expect(visit.page.get_by_role("link", name="Choose questions")).to_be_visible()


def test_an_address_that_does_not_exist_is_said_in_words(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        answer = visit.page.goto(visit.base + "/nowhere")
        assert answer is not None
        assert answer.status == 404
        expect(visit.page.get_by_role("heading", name="This page is not here")).to_be_visible()
        assert "API" not in visit.page.locator("main").inner_text()
        visit.errors.clear()  # the browser itself notes the 404
