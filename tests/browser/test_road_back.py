"""The road back: seven steps, each done, left out or noted as a person likes."""

import itertools
import re
from typing import Literal
from urllib.parse import unquote

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import visiting
from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach
from voicecoach.recovery import Step, StepState


@pytest.mark.parametrize(
    ("size", "scheme"), list(itertools.product(["phone", "desktop"], ["light", "dark"]))
)
def test_every_step_is_usable_by_everybody_at_every_size(
    browser: Browser,
    lived: Lived,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        visit.go("/road-back")
        visit.page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        assert visit.violations() == []
        assert not visit.wider_than_the_window()


def test_without_an_interview_it_leads_to_telling_about_one(
    browser: Browser, fresh: httpx.Client
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/road-back")
        assert visit.page.get_by_role("link", name="Go through an interview").is_visible()
        assert visit.violations() == []


def test_a_step_is_done_with_a_note_and_the_next_one_opens(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/road-back")
        step = visit.page.locator("#feel")
        step.get_by_label("A note for yourself").fill("I was furious.\nMostly at the coffee.")
        step.get_by_role("button", name="Done").click()
        expect(visit.page).to_have_url(re.compile(r"/road-back#feel$"))
        expect(visit.page.locator("#feel .badge").first).to_have_text("done")
        expect(visit.page.locator("#breathe > details")).to_have_attribute("open", "")
        note = visit.page.locator("#feel").get_by_label("A note for yourself")
        expect(note).to_have_value("I was furious.\nMostly at the coffee.")
    path = fresh_coach.recovery()
    assert path is not None
    assert path.steps[0].state is StepState.DONE


def test_a_step_is_left_out_without_javascript(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        visit.go("/road-back")
        visit.page.locator("#feel").get_by_role("button", name="Leave it out").click()
        expect(visit.page.locator("#feel .badge").first).to_have_text("left out")
    path = fresh_coach.recovery()
    assert path is not None
    assert path.steps[0].state is StepState.SKIPPED


def test_a_note_that_is_too_long_is_shown_again_whole(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    note = "much to say " * 2000
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/road-back")
        visit.page.locator("#feel").get_by_label("A note for yourself").fill(note)
        visit.page.locator("#feel").get_by_role("button", name="Done").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("Shorten")
        kept = visit.page.locator("#feel").get_by_label("A note for yourself")
        expect(kept).to_have_value(note)
        visit.errors.clear()  # the browser itself notes the 400


def test_the_letter_can_be_copied_and_opened_in_the_mail_program(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        visit.go("/road-back#feedback")
        visit.page.locator("#feedback > details > summary").click()
        mail = visit.page.get_by_role("link", name="Open it in my e-mail program")
        address = unquote(mail.get_attribute("href") or "")
        assert address.startswith("mailto:?subject=Feedback on my interview for the Analyst role")
        assert "Birch & Co" in address
        visit.page.get_by_role("button", name="Copy it").click()
        expect(visit.page.locator("#copied")).to_have_text("Copied.")
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert "Dear [name]," in copied


def test_the_circle_breathes_and_stands_still_where_motion_is_unwanted(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go("/road-back")
        _open_breathing(visit.page)
        moving = visit.page.evaluate("document.getAnimations().map((a) => a.animationName)")
        assert {"breath", "in", "hold", "out"} <= set(moving)
        visit.page.emulate_media(reduced_motion="reduce")
        assert visit.page.locator(".breathing").is_hidden()
        assert visit.page.get_by_text("Out, slowly, while you count to six.").is_visible()


def _open_breathing(page: Page) -> None:
    details = page.locator("#breathe > details")
    if details.get_attribute("open") is None:
        details.locator("> summary").click()
    page.get_by_text("Breathe along").click()


def test_twenty_minutes_are_counted_and_survive_a_reload(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.page.clock.install()
        visit.go("/road-back")
        visit.page.locator("#move > details > summary").click()
        visit.page.get_by_role("button", name="Start twenty minutes").click()
        visit.page.clock.run_for(5 * 60_000)
        expect(visit.page.locator("#time-left")).to_have_text("15:00")
        visit.page.reload()
        visit.page.clock.run_for(2000)
        expect(visit.page.locator("#time-left")).to_have_text(re.compile("^14:5"))
        visit.page.clock.run_for(15 * 60_000)
        expect(visit.page.locator("#timer-says")).to_have_text("Twenty minutes. Well moved.")
        expect(visit.page.locator("#time-left")).to_have_text("20:00")


def test_the_support_line_stands_at_the_end(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url), javascript=False) as visit:
        visit.go("/road-back")
        assert visit.page.get_by_text("you don't have to carry it alone").is_visible()


def test_a_step_that_does_not_exist_is_refused_in_words(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    page = fresh.get("/road-back", headers={"Accept": "text/html"}).text
    token = re.search(r'x-csrftoken": "([0-9a-f]+)"', page)
    assert token is not None
    answer = fresh.post(
        "/road-back", data={"_csrf_token": token[1], "step": "shout", "state": "done"}
    )
    assert answer.status_code == 400
    assert all(step.value in answer.text for step in Step)
