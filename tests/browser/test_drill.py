"""Drill without a microphone: the question aloud, a typed answer, every size, light and dark."""

import re
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Playwright, expect

from question_bank.question import QuestionKind
from tests.browser.browsing import LOOKS, visiting
from tests.practice.conftest import ANSWER
from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_drill_is_usable_by_everybody_at_every_size(
    browser: Browser,
    lived: Lived,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        visit.go(f"/drill/{lived.question_id}")
        visit.page.get_by_role("button", name="Answer now").wait_for()
        for closed in ("Other ways to answer", "Captions, clock and keys"):
            visit.page.get_by_text(closed).click()
        assert visit.violations() == []
        assert not visit.wider_than_the_window()


def test_practising_begins_with_the_question_that_is_due(browser: Browser, lived: Lived) -> None:
    following = lived.coach.next_questions(limit=1)[0].question
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go("/drill")
        assert visit.page.url.endswith(f"/drill/{following.id}")
        expect(visit.page.get_by_role("heading", name=following.text)).to_be_visible()


def test_an_empty_bank_says_where_questions_come_from(
    browser: Browser, fresh: httpx.Client
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/drill")
        assert visit.violations() == []
        expect(visit.page.get_by_role("link", name="Go through it")).to_be_visible()
        expect(visit.page.get_by_role("link", name="Choose questions")).to_be_visible()


def test_the_question_is_heard_at_once_and_again_slower(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/drill/{lived.question_id}")
        visit.page.get_by_role("button", name="Hear it again").wait_for()
        assert visit.page.evaluate("document.querySelector('#speech').currentTime") >= 0
        visit.page.get_by_role("button", name="Slower").click()
        assert visit.page.evaluate("document.querySelector('#speech').playbackRate") == 0.8
        assert visit.page.evaluate("document.querySelector('#speech').preservesPitch")
        expect(visit.page.get_by_role("button", name="Slower", pressed=True)).to_be_visible()


def test_a_browser_that_makes_no_sound_by_itself_offers_a_button(
    chromium: str, playwright: Playwright, lived: Lived
) -> None:
    strict = playwright.chromium.launch(
        executable_path=chromium,
        args=["--no-sandbox", "--autoplay-policy=document-user-activation-required"],
    )
    try:
        with visiting(strict, str(lived.client.base_url)) as visit:
            visit.go(f"/drill/{lived.question_id}")
            visit.page.locator("#hear.big").click()
            visit.page.get_by_role("button", name="Hear it again").wait_for()

            # No microphone may be used here either: nobody has allowed it.
            visit.page.get_by_role("button", name="Answer now").click()
            trouble = visit.page.get_by_role("alert")
            trouble.wait_for()
            assert "microphone" in trouble.inner_text()
            expect(visit.page.get_by_label("Typed, as you would say it")).to_be_visible()
            expect(visit.page.get_by_label("A recording you have already")).to_be_visible()
            assert visit.violations() == []
    finally:
        strict.close()


def test_a_clock_for_thinking_is_there_only_for_who_wants_one_and_stays_wanted(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/drill/{lived.question_id}")
        clock = visit.page.locator("#thinking")
        assert clock.is_hidden()
        visit.page.get_by_text("Captions, clock and keys").click()
        visit.page.get_by_label("Show a clock while I think").check()
        clock.wait_for()
        visit.page.reload()
        visit.page.get_by_text("Captions, clock and keys").click()
        assert visit.page.get_by_label("Show a clock while I think").is_checked()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_typed_answer_is_scored_and_leads_to_its_result(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, javascript: bool
) -> None:
    question_id = fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url), javascript=javascript) as visit:
        visit.go(f"/drill/{question_id}")
        visit.page.get_by_text("Other ways to answer").click()
        visit.page.get_by_label("Typed, as you would say it").fill(" ".join(ANSWER))
        visit.page.get_by_role("button", name="Send what I typed").click()
        visit.page.wait_for_url(re.compile("/attempts/"))
        (attempt,) = fresh_coach.attempts()
        assert attempt.score is not None
        assert visit.page.url.endswith(f"/attempts/{attempt.id}")
        visit.errors.clear()  # whatever that page is: here it only counts that it is led to


def test_what_was_typed_and_can_not_be_used_is_not_lost(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        visit.go(f"/drill/{question_id}")
        visit.page.get_by_text("Other ways to answer").click()
        typed = visit.page.get_by_label("Typed, as you would say it")
        typed.fill("word " * 4_100)
        visit.page.get_by_role("button", name="Send what I typed").click()
        assert "the most" in visit.page.get_by_role("alert").inner_text()
        assert typed.input_value().count("word") == 4_100
        typed.fill("   ")
        visit.page.get_by_role("button", name="Send what I typed").click()
        assert "Nothing was typed" in visit.page.get_by_role("alert").inner_text()
        assert fresh_coach.attempts() == ()
        visit.errors.clear()  # the browser itself notes the 400


def test_a_follow_up_is_asked_in_its_own_words_and_belongs_to_its_answer(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    begun = fresh_coach.begin(question_id, typed=True)
    score = fresh_coach.answer_typed(begun.id, " ".join(ANSWER[:3])).score
    assert score is not None
    assert score.follow_up is not None
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        visit.go(f"/drill/{question_id}?parent={begun.id}")
        expect(visit.page.get_by_role("heading", name=score.follow_up)).to_be_visible()
        visit.page.get_by_text("Other ways to answer").click()
        visit.page.get_by_label("Typed, as you would say it").fill(" ".join(ANSWER[3:]))
        visit.page.get_by_role("button", name="Send what I typed").click()
        visit.errors.clear()
    answered = fresh_coach.attempts()[0]
    assert (answered.parent_id, answered.asked) == (begun.id, score.follow_up)


def test_an_answer_without_a_follow_up_says_so(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    begun = fresh_coach.begin(question_id, typed=True)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go(f"/drill/{question_id}?parent={begun.id}")
        expect(visit.page.get_by_text("has no follow-up question")).to_be_visible()
        visit.errors.clear()  # the browser itself notes the 404


def test_a_recording_somebody_has_already_is_sent_and_kept(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, spoken_file: Path, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"This is no sound at all.")
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go(f"/drill/{question_id}")
        visit.page.get_by_text("Other ways to answer").click()
        visit.page.get_by_label("A recording you have already").set_input_files(broken)
        visit.page.get_by_role("button", name="Use this recording").click()
        visit.page.locator("#upload [role=status]", has_text="broken.wav").wait_for()
        assert fresh_coach.attempts() == ()
        visit.page.get_by_label("A recording you have already").set_input_files(spoken_file)
        visit.page.get_by_role("button", name="Use this recording").click()
        visit.page.wait_for_url("**/attempts/*")
        visit.errors.clear()  # the browser itself notes the 422
    (attempt,) = fresh_coach.attempts()
    assert attempt.recording_seconds is not None
    assert attempt.recording_seconds > 15
    assert fresh_coach.recording_path(attempt) is not None


def test_a_question_to_ask_them_is_named_as_one(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with fresh_coach.bank() as bank:
        own = bank.add_question("How do you decide what to build?", kind=QuestionKind.TO_ASK)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go(f"/drill/{own.question.id}")
        expect(visit.page.get_by_text("A question to ask them")).to_be_visible()
