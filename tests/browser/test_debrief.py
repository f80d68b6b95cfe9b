"""The walk through a failed interview, in a real browser."""

import re
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from question_bank.debrief_draft import DraftQuestion
from question_bank.interview import Outcome
from question_bank.question import Question, QuestionKind, QuestionSource
from tests.browser.browsing import LOOKS, visiting
from voicecoach.debrief_draft_file import FILE_NAME, DebriefDraftFile
from voicecoach.practice import Coach

STEPS = ("facts", "feelings", "looking-back", "questions", "looking-ahead", "check")
FAILED = "Tell me about a time you failed."
SAMPLE = Path(__file__).parents[2] / "docs" / "sample-debrief.md"


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Go on", exact=True).click()


def stored_questions(coach: Coach) -> tuple[Question, ...]:
    with coach.reading_bank() as bank:
        return bank.every_active_question()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_step_is_usable_by_everybody_at_every_size(
    browser: Browser,
    fresh: httpx.Client,
    fresh_coach: Coach,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    fill_draft(fresh_coach)
    with visiting(browser, str(fresh.base_url), size=size, scheme=scheme) as visit:
        for step in ("", "/read", *(f"/{name}" for name in STEPS)):
            visit.go(f"/debrief{step}")
            visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert (step, visit.violations()) == (step, [])
            assert (step, visit.wider_than_the_window()) == (step, False)


def fill_draft(coach: Coach) -> None:
    DebriefDraftFile(coach.settings.home).keep(
        company="Northwind",
        day="2026-11-12",
        feelings="disappointed 4/5",
        questions=(DraftQuestion(text=FAILED, tripped_up="I froze", points="[moral] Be kind"),),
        lessons="Breathe first",
        next_company="Umbra",
        next_day="2026-12-09",
        pasted="# Interview: Analyst at Northwind",
    )


@pytest.mark.parametrize("javascript", [True, False])
def test_a_whole_debrief_on_an_empty_home_ends_with_its_questions_in_the_bank(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, javascript: bool
) -> None:
    with visiting(browser, str(fresh.base_url), javascript=javascript) as visit:
        page = visit.page
        visit.go("/")
        page.get_by_role("link", name="Go through it").click()
        page.get_by_role("link", name="Begin").click()
        page.get_by_label("Which company or organisation was it?").fill("Northwind")
        page.get_by_label("Which role?").fill("Analyst")
        page.get_by_label("On which day?").fill("2026-11-12")
        go_on(page)
        page.get_by_label("How do you feel about it?").fill("disappointed 4/5\ntired")
        go_on(page)
        page.get_by_label("Some of it went well. What?").fill("I was early")
        go_on(page)
        page.get_by_label("A question, as they asked it").fill(FAILED)
        page.get_by_label("How did it trip you up?").fill("I rambled")
        page.get_by_label("How hard was it?").select_option("4")
        page.get_by_label("What do you remember having said?").fill("I said we a lot.")
        page.get_by_role("button", name="Add another question").click()
        second = page.get_by_role("group", name="Question 2")
        second.get_by_label("A question, as they asked it").fill("Why us?")
        go_on(page)
        page.get_by_label("What do you take away from it?").fill("Say the result first")
        page.get_by_label("With which company or organisation?").fill("Umbra")
        page.get_by_label("On which day?").fill("2026-12-09")
        go_on(page)
        expect(page.get_by_role("heading", name="Analyst at Northwind")).to_be_visible()
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("heading", name="The questions are kept")).to_be_visible()
        expect(page.get_by_role("link", name="Practise the first one")).to_be_visible()
        expect(page.get_by_role("link", name="Breathe first")).to_be_visible()
        if javascript:
            assert visit.violations() == []
    questions = stored_questions(fresh_coach)
    assert [one.text for one in questions] == [FAILED, "Why us?"]
    assert questions[0].kind is QuestionKind.BEHAVIOURAL
    assert questions[0].source is QuestionSource.DEBRIEF
    (trip,) = questions[0].tripped_up
    assert (trip.how, trip.difficulty, trip.remembered_answer) == (
        "I rambled",
        4,
        "I said we a lot.",
    )
    with fresh_coach.reading_bank() as bank:
        following, past = sorted(bank.list_interviews(), key=lambda one: one.company, reverse=True)
    assert (past.company, past.outcome, past.went_well) == (
        "Northwind",
        Outcome.REJECTED,
        ("I was early",),
    )
    assert [one.word for one in past.feelings] == ["disappointed", "tired"]
    assert (following.company, following.outcome) == ("Umbra", Outcome.UPCOMING)
    assert not (fresh_coach.settings.home / FILE_NAME).exists()


def test_a_closed_window_loses_nothing_that_was_typed(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/debrief/facts")
        visit.page.get_by_label("Which role?").press_sequentially("Analyst")
        expect(visit.page.get_by_text("Kept on this machine")).to_be_visible()
        visit.page.get_by_label("Which company or organisation was it?").fill("Northwind")
        visit.page.close(run_before_unload=False)
        visit.page = visit.page.context.new_page()
        visit.go("/debrief")
        expect(visit.page.get_by_text("You had begun: Analyst")).to_be_visible()
        visit.page.get_by_role("link", name="Go on", exact=True).click()
        visit.page.get_by_role("button", name="What it was").click()
        expect(visit.page.get_by_label("Which role?")).to_have_value("Analyst")


def test_leaving_the_page_keeps_the_last_letters_too(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    draft = DebriefDraftFile(fresh_coach.settings.home)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/debrief/feelings")
        visit.page.get_by_label("How do you feel about it?").fill("relieved")
        visit.page.get_by_role("link", name="voicecoach").click()
        expect(visit.page.get_by_role("heading", name="Let’s get you ready")).to_be_visible()
        while not draft.begun:  # what was sent while leaving arrives after the next page
            visit.page.wait_for_timeout(50)
        visit.page.reload()
        expect(visit.page.get_by_role("link", name="Go on with it")).to_be_visible()
        visit.go("/debrief/feelings")
        expect(visit.page.get_by_label("How do you feel about it?")).to_have_value("relieved")


def test_what_can_not_be_read_is_said_beside_its_field_and_every_step_can_be_skipped(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        page = visit.page
        visit.go("/debrief/feelings")
        page.get_by_label("How do you feel about it?").fill("sad 9/5")
        go_on(page)
        expect(page.get_by_role("alert")).to_contain_text("'sad 9/5' can't be read.")
        expect(page.get_by_label("How do you feel about it?")).to_have_value("sad 9/5")
        assert visit.violations() == []
        visit.errors.clear()  # the browser itself notes the 400
        page.get_by_role("button", name="Look it over").click()
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("alert")).to_contain_text("The interview has no name yet.")
        visit.errors.clear()  # the browser itself notes the 400
        page.get_by_role("button", name="How it felt").click()
        page.get_by_label("How do you feel about it?").fill("")
        for _ in STEPS[2:]:
            go_on(page)
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("alert")).to_contain_text("Nothing is told yet.")
        visit.errors.clear()  # the browser itself notes the 400
    assert stored_questions(fresh_coach) == ()


def test_a_question_is_taken_out_and_a_draft_is_thrown_away_only_on_demand(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_draft(fresh_coach)
    draft = DebriefDraftFile(fresh_coach.settings.home)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/debrief/questions")
        visit.page.get_by_role("button", name="Take this question out").click()
        expect(visit.page.get_by_label("A question, as they asked it")).to_have_value("")
        assert draft.read().questions == ()
        visit.go("/debrief")
        visit.page.get_by_text("Begin anew", exact=True).click()
        visit.page.get_by_role("button", name="Throw it away and begin anew").click()
        expect(visit.page.get_by_role("link", name="Begin")).to_be_visible()
    assert not draft.path.exists()


def test_a_pasted_text_is_looked_at_first_with_its_problems_and_then_entered(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    text = f"# Interview: Analyst at Northwind\n- Date: soon\n\n## Questions\n### {FAILED}\n"
    with visiting(browser, str(fresh.base_url)) as visit:
        page = visit.page
        visit.go("/debrief/read")
        page.get_by_label("The text").fill(text)
        page.get_by_role("button", name="Read it").click()
        understood = page.get_by_role("region", name="This was understood")
        expect(understood).to_contain_text(FAILED)
        expect(understood).to_contain_text("line 2")
        expect(understood).to_contain_text("'soon' can't be read as a date.")
        expect(page.get_by_label("The text")).to_have_value(text)
        assert stored_questions(fresh_coach) == ()
        assert visit.violations() == []
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("heading", name="The question is kept")).to_be_visible()
        visit.go("/debrief/read")
        expect(page.get_by_label("The text")).to_have_value("")
    assert [one.text for one in stored_questions(fresh_coach)] == [FAILED]


def test_a_file_is_read_without_javascript_and_one_that_is_no_text_is_refused_kindly(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.md"
    picture.write_bytes(b"\x89PNG\r\n\xff\xfe")
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        page = visit.page
        visit.go("/debrief/read")
        page.get_by_label("The text").fill("my own notes")
        page.get_by_label("Or a file").set_input_files(picture)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("alert")).to_contain_text("picture.md is not a text in UTF-8.")
        expect(page.get_by_label("The text")).to_have_value("my own notes")
        visit.errors.clear()  # the browser itself notes the 400
        page.get_by_label("Or a file").set_input_files(SAMPLE)
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_label("The text")).to_have_value(SAMPLE.read_text(encoding="utf-8"))
        page.get_by_role("button", name="Keep it").click()
        expect(page.get_by_role("link", name="Practise the first one")).to_be_visible()
    assert len(stored_questions(fresh_coach)) == 4


def test_questions_met_again_are_offered_for_merging_at_the_end(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_draft(fresh_coach)
    DebriefDraftFile(fresh_coach.settings.home).keep(pasted="")
    with fresh_coach.bank() as bank:
        known = bank.add_question(
            "Tell me about a time when you failed at something.", kind=QuestionKind.BEHAVIOURAL
        ).question
    with visiting(browser, str(fresh.base_url)) as visit:
        page = visit.page
        visit.go("/debrief/questions")
        page.get_by_label("The points, in order").first.fill("[action] I told her at once")
        page.get_by_role("button", name="Look it over").click()
        page.get_by_role("button", name="Keep it").click()
        offer = page.get_by_role("region", name="Is this the same question?")
        expect(offer).to_contain_text(known.text)
        page.get_by_role("button", name="Yes, make them one").click()
        expect(page).to_have_url(re.compile("/questions/entered"))
        expect(offer).to_have_count(0)
    (question,) = stored_questions(fresh_coach)
    assert question.id == known.id
    assert question.tripped_up[0].how == "I froze"
