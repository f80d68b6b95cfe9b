"""A mock interview in the browser, typed: chosen, held, reported; every size, light and dark."""

import re
from collections.abc import Iterator
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, expect

from question_bank.question import QuestionKind
from tests.browser.browsing import LOOKS, Visit, visiting
from tests.practice.conftest import ANSWER, Clock
from tests.server.conftest import fill_bank
from tests.server.serving import served
from voicecoach.mock_pressure import Pressure
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

WITHOUT_A_RESULT = " ".join(ANSWER[:3])
"""An answer that an interviewer would follow up."""


@pytest.fixture
def filled(fresh_coach: Coach) -> Coach:
    fill_bank(fresh_coach)
    with fresh_coach.bank() as bank:
        bank.add_question("How do you decide what to build?", kind=QuestionKind.TO_ASK)
    return fresh_coach


def begin(visit: Visit, questions: int) -> None:
    visit.go("/mock")
    visit.page.get_by_label("How many questions").fill(str(questions))
    visit.page.get_by_role("button", name="Begin the interview").click()


def type_answer(visit: Visit, text: str) -> None:
    visit.page.get_by_text("Other ways to answer").click()
    visit.page.get_by_label("Typed, as you would say it").fill(text)
    visit.page.get_by_role("button", name="Send what I typed").click()


def heading(visit: Visit) -> str:
    return visit.page.get_by_role("heading", level=1).inner_text()


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str]]]:
    """A server over a home with one interview under way and one reported; the pages to look at."""
    home = tmp_path_factory.mktemp("held") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    question_id = fill_bank(coach)
    pressure = Pressure(interruptions=True, limit_seconds=90, silence_seconds=10)
    with coach.mocks() as mocks:
        over = mocks.start(1, closing=False, pressure=pressure)
    coach.answer_typed(coach.begin(question_id, typed=True).id, WITHOUT_A_RESULT)
    with coach.mocks() as mocks:
        mocks.end(over.id)
    with coach.mocks() as mocks:
        running = mocks.start(2, pressure=pressure)
    with served(coach) as client:
        pages = ["/mock", f"/mock/{running.id}", f"/mock/{over.id}/report"]
        yield str(client.base_url), pages
    coach.database.close()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_page_of_a_mock_interview_is_usable_by_everybody(
    browser: Browser,
    held: tuple[str, list[str]],
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    base, pages = held
    with visiting(browser, base, size=size, scheme=scheme) as visit:
        for page in pages:
            visit.go(page)
            assert visit.violations() == []
            assert not visit.wider_than_the_window()


def test_two_questions_with_a_follow_up_and_ones_own_question_end_in_a_report(
    browser: Browser, fresh: httpx.Client, filled: Coach
) -> None:
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        begin(visit, 2)
        first = heading(visit)
        expect(visit.page.get_by_text("question 1 of 3")).to_be_visible()
        type_answer(visit, WITHOUT_A_RESULT)
        expect(visit.page.get_by_text("a follow-up")).to_be_visible()
        assert visit.page.get_by_text("of 100").count() == 0, "no feedback before the end"
        follow_up = heading(visit)
        type_answer(visit, " ".join(ANSWER[3:]))
        expect(visit.page.get_by_text("question 2 of 3")).to_be_visible()
        second = heading(visit)
        visit.page.get_by_role("button", name="Pass on this one").click()
        assert heading(visit) == "Do you have any questions for us?"
        expect(visit.page.get_by_text("How do you decide what to build?")).to_be_visible()
        type_answer(visit, "How do you decide what to build next, and who has a say in it?")
        visit.page.wait_for_url("**/report")
        expect(visit.page.get_by_role("heading", name="Where you were strong")).to_be_visible()
        expect(visit.page.get_by_text("2 of 3 questions answered")).to_be_visible()
        answers = visit.page.get_by_role("region", name="Question by question").inner_text()
        for words in (first, follow_up, second, "passed", "your question", "of 100"):
            assert words in answers
        raised = visit.page.get_by_role("region", name="Questions worth keeping")
        raised.get_by_role("checkbox").first.check()
        raised.get_by_label("How it is worded").first.fill("What was the result of that call?")
        raised.get_by_role("button", name="Add the ticked ones to my questions").click()
        expect(visit.page.get_by_text("The question is among yours now.")).to_be_visible()
        visit.go("/mock")
        expect(visit.page.get_by_role("heading", name="Earlier ones")).to_be_visible()
    with filled.reading_bank() as bank:
        assert bank.find_question("What was the result of that call?") is not None
    overalls = [one.score.overall for one in filled.attempts() if one.score is not None]
    assert len(overalls) == len(filled.attempts()) == 3


def test_a_running_interview_survives_a_reload_and_a_new_server(
    browser: Browser, fresh: httpx.Client, filled: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        begin(visit, 2)
        visit.page.get_by_role("button", name="Pass on this one").click()
        second = heading(visit)
        visit.page.reload()
        assert heading(visit) == second
        address = visit.page.url.removeprefix(visit.base)
    restarted = build_coach(filled.settings)
    with served(restarted) as client, visiting(browser, str(client.base_url)) as visit:
        visit.go(address)
        assert heading(visit) == second
    restarted.database.close()


def test_a_form_that_was_left_behind_answers_nothing_twice(
    browser: Browser, fresh: httpx.Client, filled: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        begin(visit, 2)
        first = heading(visit)
        type_answer(visit, " ".join(ANSWER))
        visit.page.get_by_text("question 2 of 3").wait_for()
        visit.page.go_back()
        visit.page.get_by_text(re.compile("question [12] of 3")).wait_for()
        if heading(visit) != first:
            expect(visit.page.get_by_text("question 2 of 3")).to_be_visible()
        visit.page.get_by_role("button", name="Pass on this one").click()
        visit.page.wait_for_url(re.compile("/mock/[0-9a-f]+$"))
    assert len(filled.attempts()) == 1


def test_a_choice_that_fits_no_question_keeps_what_was_chosen(
    browser: Browser, fresh: httpx.Client, filled: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/mock")
        visit.page.get_by_label("How many questions").fill("7")
        visit.page.get_by_label("Which kind").select_option("motivational")
        visit.page.get_by_label("From which interview").select_option(index=1)
        visit.page.get_by_role("button", name="Begin the interview").click()
        assert "fits" in visit.page.get_by_role("alert").inner_text()
        assert visit.page.get_by_label("How many questions").input_value() == "7"
        assert visit.page.get_by_label("Which kind").input_value() == "motivational"
        visit.errors.clear()  # the browser itself notes the 400


def test_without_questions_there_is_no_interview_but_a_way_to_them(
    browser: Browser, fresh: httpx.Client
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/mock")
        assert visit.violations() == []
        expect(visit.page.get_by_role("link", name="Choose questions")).to_be_visible()
