"""Interviews in the page: what is to come, what was, and what was learnt."""

import re
from datetime import date
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, expect

from question_bank.interview import Outcome
from tests.browser.browsing import LOOKS, visiting
from tests.practice.conftest import QUESTION
from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach


def test_the_report_prints_on_both_papers_without_what_belongs_to_the_screen(
    browser: Browser, lived: Lived
) -> None:
    with lived.coach.reading_bank() as bank:
        interview = bank.next_interview(lived.coach.today())
    assert interview is not None
    with visiting(browser, str(lived.client.base_url), scheme="dark") as visit:
        visit.go(f"/interviews/{interview.id}")
        visit.page.get_by_role("link", name="Report to print").click()
        way_back = visit.page.get_by_role("link", name="Back to the interview")
        expect(way_back).to_be_visible()
        for paper, box in (("A4", b"595"), ("Letter", b"612")):
            pdf = visit.page.pdf(format=paper)
            assert pdf.startswith(b"%PDF")
            boxes = set(re.findall(rb"/MediaBox \[0 0 (\d+)", pdf))
            assert {min(boxes, key=lambda one: abs(int(one) - int(box)))} == boxes
            assert abs(int(next(iter(boxes))) - int(box)) <= 1
        visit.page.emulate_media(media="print", color_scheme="dark")
        expect(way_back).to_be_hidden()
        for part in visit.page.locator(".card, tbody tr").all():
            assert part.evaluate("one => getComputedStyle(one).breakInside") == "avoid"
        ink = visit.page.evaluate(
            "[getComputedStyle(document.body).color, getComputedStyle(document.body).background]"
        )
        assert ink[0] == "rgb(0, 0, 0)", "dark pages are printed black on white all the same"
        assert "rgba(0, 0, 0, 0)" in ink[1]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_page_of_interviews_is_usable_by_everybody_at_every_size(
    browser: Browser,
    lived: Lived,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    with lived.coach.reading_bank() as bank:
        ids = [interview.id for interview in bank.list_interviews()]
    pages = (
        "/interviews",
        "/interviews/new",
        *(f"/interviews/{one}" for one in ids),
        f"/interviews/{ids[0]}/edit",
        *(f"/interviews/{one}/{part}" for one in ids for part in ("delete", "report")),
    )
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        for path in pages:
            visit.go(path)
            visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert (path, visit.violations()) == (path, [])
            assert (path, visit.wider_than_the_window()) == (path, False)


def test_interviews_stand_under_what_is_to_come_and_what_is_behind_with_days_and_questions(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        page = visit.page
        visit.go("/interviews")
        expect(page.get_by_role("region", name="To come")).to_contain_text("Alder & Vale")
        expect(page.get_by_role("region", name="To come")).to_contain_text(re.compile(r"in \d+ d"))
        expect(page.get_by_role("region", name="Behind you")).to_contain_text("they said no")
        page.get_by_role("link", name="Analyst at Alder & Vale").click()
        expect(page.get_by_role("heading", name=re.compile(r"\d+ days left"))).to_be_visible()
        visit.go("/interviews")
        page.get_by_role("link", name="Analyst at Birch & Co").click()
        expect(page.get_by_role("region", name="Its questions")).to_contain_text(QUESTION)
        expect(page.get_by_role("region", name="Its questions")).to_contain_text("I rambled.")
        expect(page.get_by_role("region", name="The road back")).to_contain_text("Next:")


def test_an_interview_is_added_changed_and_deleted_while_its_questions_stay(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        page = visit.page
        visit.go("/interviews")
        page.get_by_role("link", name="Add an interview").click()
        page.get_by_label("Role").fill("Planner")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("heading", name="Planner")).to_be_visible()
        expect(page.get_by_text("No date yet")).to_be_visible()
        page.get_by_role("link", name="Edit", exact=True).click()
        page.get_by_label("Day").fill("2026-12-20")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Sunday 20 December")).to_be_visible()
        visit.go("/interviews")
        page.get_by_role("link", name="Analyst at Birch & Co").click()
        page.get_by_role("link", name="Delete").click()
        expect(page.get_by_text("Otherwise it stays, with how it tripped you up.")).to_be_visible()
        page.get_by_role("button", name="Delete it").click()
        expect(page.get_by_role("link", name="Analyst at Birch & Co")).to_have_count(0)
    with fresh_coach.reading_bank() as bank:
        assert {one.role for one in bank.list_interviews()} == {"Planner", "Analyst"}
        (trip,) = bank.get_question(question_id).tripped_up
    assert (trip.how, trip.interview_id) == ("I rambled.", None)


def test_a_day_that_has_passed_asks_for_the_end_and_keeps_what_was_typed(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        page = visit.page
        visit.go("/interviews/new")
        page.get_by_label("Company or organisation").fill("Northwind")
        page.get_by_label("Day").fill("2026-11-01")
        page.get_by_text("How it was").click()
        page.get_by_label("What do you take away from it?").fill("Sleep first\nSay the result")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("alert")).to_contain_text("That day has passed.")
        assert visit.violations() == []
        visit.errors.clear()  # the browser itself notes the 400
        page.get_by_label("How it stands").select_option("rejected")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text("Say the result")).to_be_visible()
    with fresh_coach.reading_bank() as bank:
        (interview,) = bank.list_interviews()
    assert interview.outcome is Outcome.REJECTED
    assert interview.lessons == ("Sleep first", "Say the result")


def test_a_word_as_long_as_a_company_likes_breaks_rather_than_widening_the_page(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    with fresh_coach.bank() as bank:
        for day, outcome in ((1, Outcome.REJECTED), (20, Outcome.UPCOMING)):
            bank.add_interview(company=long, role=long, day=date(2026, 11, day), outcome=outcome)
    pages = ("/", "/interviews", "/plan", "/road-back", "/road-back/paths", "/road-back/continue")
    with visiting(browser, str(fresh.base_url), size="phone") as visit:
        for page in pages:
            visit.go(page)
            assert not visit.wider_than_the_window(), page
