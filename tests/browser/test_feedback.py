"""Getting feedback and seeing the positives in a real browser: usable by everybody."""

from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.browsing import visiting
from tests.feedback.test_feedback_step import MORE, REPLY
from tests.server.conftest import fill_bank
from voicecoach.feedback_request import EventKind
from voicecoach.feedback_step import FeedbackStep
from voicecoach.positives_step import add_entries
from voicecoach.practice import Coach
from voicecoach.takeaways import TakeawaySource


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_both_pages_are_usable_by_everybody_light_and_dark(
    browser: Browser,
    fresh: httpx.Client,
    fresh_coach: Coach,
    size: Literal["phone", "desktop"],
) -> None:
    fill_bank(fresh_coach)
    step = FeedbackStep(fresh_coach)
    step.note(EventKind.SENT)
    entries = {TakeawaySource.WENT_WELL: ("I was early.",)}
    add_entries(fresh_coach, step.interview.id, entries)
    with visiting(browser, str(fresh.base_url), size=size) as visit:
        for page in ("feedback", "positives", "feedback"):
            visit.go(f"/road-back/{page}")
            visit.page.evaluate(
                "document.querySelectorAll('details').forEach((one) => (one.open = true))"
            )
            for scheme in ("light", "dark"):
                visit.page.emulate_media(color_scheme=scheme)
                assert visit.violations() == [], (page, scheme)
            assert not visit.wider_than_the_window(), page
            step.keep_reply(REPLY)


def test_a_pasted_reply_becomes_a_focus_that_the_drill_names(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/road-back/feedback")
        page = visit.page
        page.get_by_text("Paste or type it").click()
        page.get_by_label("Their words").fill(REPLY)
        page.locator("#answer").locator("..").get_by_role("button", name="Keep it").click()
        expect(page.get_by_text("Closing and signature")).to_be_attached()
        assert "Dana Vogel" not in page.locator(".sentences").inner_text()
        page.get_by_role("button", name="Keep what I chose").click()
        expect(page.get_by_role("heading", name="What you kept")).to_be_visible()
        visit.go(f"/drill/{question_id}")
        expect(page.get_by_label("To look after")).to_contain_text(MORE)
        visit.go("/road-back/feedback")
        page.get_by_role("button", name="Take it back").filter(has_text=MORE).click()
        visit.go(f"/drill/{question_id}")
        expect(page.get_by_text("They asked for")).to_have_count(0)
