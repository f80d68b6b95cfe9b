"""The road back: seven steps, each done, left out or noted as a person likes."""

import re
from typing import Literal
from urllib.parse import unquote

import httpx
import pytest
from playwright.sync_api import Browser, expect

from question_bank.interview import Feeling
from tests.browser.browsing import visiting
from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach
from voicecoach.recovery import Step, StepState

STEPS = ("", "/feel", "/breathe", "/move", "/continue", "/paths")


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_path_and_its_pages_are_usable_by_everybody_light_and_dark(
    browser: Browser, lived: Lived, size: Literal["phone", "desktop"]
) -> None:
    with lived.coach.roads_back() as roads:
        roads.check_in([Feeling(word="sad", intensity=4)], note="It rained.")
        roads.move("walk", 20, before=2, after=4)
    with visiting(browser, str(lived.client.base_url), size=size) as visit:
        for step in STEPS:
            visit.go(f"/road-back{step}")
            visit.page.evaluate(
                "document.querySelectorAll('details').forEach((one) => (one.open = true))"
            )
            for scheme in ("light", "dark"):
                visit.page.emulate_media(color_scheme=scheme)
                assert visit.violations() == [], (step, scheme)
            assert not visit.wider_than_the_window(), step


def test_without_an_interview_it_leads_to_telling_about_one(
    browser: Browser, fresh: httpx.Client
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/road-back")
        expect(visit.page.get_by_role("link", name="Go through an interview")).to_be_visible()
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
        visit.go("/road-back/feedback")
        mail = visit.page.get_by_role("link", name="Open it in my e-mail program")
        address = unquote(mail.get_attribute("href") or "")
        assert address.startswith("mailto:?subject=Feedback on my interview for Analyst at")
        assert "Birch & Co" in address
        visit.page.get_by_role("button", name="Copy it").click()
        expect(visit.page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
        copied = visit.page.evaluate("navigator.clipboard.readText()")
        assert "Dear [name]," in copied


def test_the_circle_breathes_says_so_and_stands_still_where_motion_is_unwanted(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        page = visit.page
        page.clock.install()
        visit.go("/road-back/breathe?pattern=box&rounds=2")
        page.get_by_role("button", name="Begin").click()
        assert page.locator("#say-in").evaluate("audio => !audio.paused"), "it is said aloud"
        page.clock.run_for(4500)
        expect(page.locator(".phase")).to_have_text("hold")
        expect(page.locator(".second")).to_have_text("1")
        assert page.evaluate("document.getAnimations().length") == 1
        page.get_by_role("button", name="Stop").click()
        expect(page.locator("#round-says")).to_have_text("Stopped. Every breath counts.")
        assert page.evaluate("document.getAnimations().length") == 0

        page.emulate_media(reduced_motion="reduce")
        page.get_by_role("button", name="Begin").click()
        page.clock.run_for(20_500)
        expect(page.locator("#counted")).to_have_text("hold, 1")
        expect(page.locator("#round-says")).to_have_text("Round 2 of 2")
        assert page.locator(".breathing").is_hidden()
        assert page.evaluate("document.getAnimations().length") == 0
        page.clock.run_for(12_000)
        expect(page.locator("#round-says")).to_have_text("That was all 2 rounds.")


def test_without_javascript_the_pattern_is_a_list(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url), javascript=False) as visit:
        visit.go("/road-back/breathe?pattern=4-7-8")
        expect(visit.page.get_by_text("Hold while you count to 7.")).to_be_visible()
        expect(visit.page.get_by_text("light-headed")).to_be_visible()
        assert visit.page.get_by_role("button", name="Begin").is_hidden()


def test_twenty_minutes_are_counted_survive_a_reload_and_are_logged(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url)) as visit:
        page = visit.page
        page.clock.install()
        visit.go("/road-back/move")
        page.get_by_role("group", name="How you feel before").get_by_label("2").check()
        page.get_by_label("run", exact=True).check()
        page.get_by_role("button", name="Start twenty minutes").click()
        page.clock.run_for(5 * 60_000)
        expect(page.locator("#time-left")).to_have_text("15:00")
        page.reload()
        page.clock.run_for(2000)
        expect(page.locator("#time-left")).to_have_text(re.compile("^14:5"))
        page.clock.run_for(2 * 60_000)
        page.get_by_role("button", name="Stop").click()
        expect(page.get_by_label("Minutes")).to_have_value("7")
        page.get_by_role("group", name="How you feel after").get_by_label("4").check()
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_text("run, 7 minutes")).to_be_visible()
    with fresh_coach.reading_roads_back() as roads:
        (kept,) = roads.movements.every()
    assert (kept.kind, kept.minutes, kept.before, kept.after) == ("run", 7, 2, 4)


def test_a_feeling_chosen_shows_its_strength_and_joins_the_picture(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url), size="phone") as visit:
        page = visit.page
        visit.go("/road-back/feel")
        strength = page.get_by_label("How strong: sad")
        expect(strength).to_be_hidden()
        page.get_by_label("sad", exact=True).focus()
        page.keyboard.press("Space")
        strength.select_option("5")
        page.get_by_role("button", name="Keep it").click()
        expect(page.locator(".felt")).to_have_text("5")
        expect(page.get_by_role("rowheader", name="sad")).to_be_visible()


def test_the_support_line_stands_at_the_end(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url), javascript=False) as visit:
        visit.go("/road-back")
        expect(visit.page.get_by_text("you don't have to carry it alone")).to_be_visible()


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
