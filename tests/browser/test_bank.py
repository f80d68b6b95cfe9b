"""Questions in the page: found, added, taken from packs, practised, compared, outlined."""

import re
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from question_bank.question import Question, QuestionKind
from question_bank.question_shelf import DraftTrip
from tests.browser.browsing import LOOKS, Visit, visiting
from tests.practice.conftest import ANSWER, QUESTION
from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach

DISAGREED = "Tell me about a time you disagreed with a colleague."
NEARLY = "Describe a time when you disagreed with one of your colleagues."


def only_question(coach: Coach) -> Question:
    with coach.reading_bank() as bank:
        (question,) = bank.every_active_question()
    return question


def points(page: Page) -> list[str]:
    return [one.input_value() for one in page.locator(".point textarea").all()]


def stored_points(coach: Coach, question_id: str) -> list[str]:
    with coach.reading_bank() as bank:
        outline = bank.get_outline(question_id)
    return [] if outline is None else [point.text for point in outline.points]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_every_page_of_the_bank_is_usable_by_everybody_at_every_size(
    browser: Browser,
    lived: Lived,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    one = f"/questions/{lived.question_id}"
    pages = (
        "/questions",
        "/questions?q=nothing+like+it",
        "/questions?show=retired",
        "/questions/new",
        "/questions/packs",
        "/questions/import",
        f"/questions/entered?new={lived.question_id}",
        one,
        f"{one}/edit",
        f"{one}/outline",
        f"{one}/compare?take={lived.spoken_id}&take={lived.typed_id}",
    )
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        for path in pages:
            visit.go(path)
            visit.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert (path, visit.violations()) == (path, [])
            assert (path, visit.wider_than_the_window()) == (path, False)


def test_questions_are_found_while_a_word_is_typed(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go("/questions")
        entries = visit.page.locator(".bank-entry")
        expect(entries).to_have_count(2)
        expect(entries.first).to_contain_text(QUESTION)  # it tripped the person up
        visit.page.get_by_label("Find a question").press_sequentially("this job")
        expect(entries).to_have_count(1)
        expect(entries).to_contain_text("Why do you want this job?")
        expect(visit.page).to_have_url(re.compile("q=this"))
        visit.page.get_by_label("Kind").select_option("technical")
        expect(visit.page.get_by_text("Nothing fits.")).to_be_visible()


def test_questions_are_found_without_javascript(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url), javascript=False) as visit:
        visit.go("/questions")
        visit.page.get_by_label("Find a question").fill("news")
        visit.page.get_by_role("button", name="Find").click()
        expect(visit.page.locator(".bank-entry")).to_have_count(1)
        expect(visit.page.get_by_text(re.compile("practised 2 times"))).to_be_visible()


def test_an_empty_bank_leads_to_the_first_drill_in_two_clicks(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/")
        visit.page.get_by_role("link", name="Choose questions").click()
        visit.page.get_by_role("button", name=re.compile("Start with these")).click()
        visit.page.wait_for_url(re.compile("/drill/"))
        visit.errors.clear()  # what stands there has tests of its own
        first = visit.page.url.rsplit("/", 1)[-1]
    with fresh_coach.reading_bank() as bank:
        assert bank.get_question(first).pack_id == "motivational-tell-me-about-yourself"


def test_ticked_questions_of_a_pack_enter_the_bank_and_are_not_offered_again(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/questions/packs")
        visit.page.get_by_text("Motivational questions").click()
        chosen = visit.page.get_by_label("What salary do you have in mind?")
        chosen.check()
        pack = visit.page.locator("details.pack", has=chosen)
        pack.get_by_role("button", name="Take the ticked ones").click()
        expect(visit.page.get_by_role("heading", name="The question is kept")).to_be_visible()
        visit.go("/questions/packs")
        visit.page.get_by_text("Motivational questions").click()
        expect(visit.page.get_by_text("18 questions, 17 new")).to_be_visible()
        pack = visit.page.locator("details.pack", has_text="Motivational questions")
        pack.get_by_role("button", name="Take the ticked ones").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("No question was chosen")
        visit.errors.clear()  # the browser itself notes the 400
    assert only_question(fresh_coach).text == "What salary do you have in mind?"


def add_question(visit: Visit, text: str) -> None:
    visit.go("/questions/new")
    visit.page.get_by_label("The question, as they ask it").fill(text)
    visit.page.get_by_role("button", name="Add it").click()


@pytest.mark.parametrize(("answer", "left"), [("Yes, make them one", 1), ("No, keep both", 2)])
def test_a_question_nearly_the_same_as_another_is_the_persons_to_decide(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, answer: str, left: int
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        add_question(visit, DISAGREED)
        expect(visit.page.get_by_text("Is this the same question?")).to_have_count(0)
        add_question(visit, NEARLY)
        offer = visit.page.get_by_role("region", name="Is this the same question?")
        expect(offer).to_contain_text(DISAGREED)
        visit.page.locator("main").get_by_text(answer).click()
        expect(offer).to_have_count(0)
        expect(visit.page.get_by_role("link", name="Practise the first one")).to_be_visible()
    with fresh_coach.reading_bank() as bank:
        assert bank.count_questions() == left


def test_a_form_that_can_not_be_used_comes_back_with_everything_in_it(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/questions/new")
        visit.page.get_by_text("Did it trip you up somewhere?").click()
        visit.page.get_by_label("How did it trip you up?").fill("I <b>rambled</b> & lost it")
        visit.page.get_by_text("More about it").click()
        visit.page.get_by_label("How long a good answer takes").fill("ages")
        visit.page.get_by_role("button", name="Add it").click()
        assert visit.violations() == []
        expect(visit.page.get_by_role("alert")).to_contain_text("The question is empty.")
        expect(visit.page.get_by_role("alert")).to_contain_text("'ages' can't be read as a length.")
        expect(visit.page.get_by_label("How did it trip you up?")).to_have_value(
            "I <b>rambled</b> & lost it"
        )
        visit.errors.clear()  # the browser itself notes the 400
        visit.page.get_by_label("The question, as they ask it").fill("Why us?")
        visit.page.get_by_label("How long a good answer takes").fill("1:10")
        visit.page.get_by_role("button", name="Add it").click()
        expect(visit.page.get_by_role("heading", name="The question is kept")).to_be_visible()
    question = only_question(fresh_coach)
    assert question.target_seconds == 70
    assert question.tripped_up[0].how == "I <b>rambled</b> & lost it"


def test_a_question_is_edited_put_away_and_brought_back(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with fresh_coach.bank() as bank:
        question = bank.add_question("Why us?", kind=QuestionKind.TECHNICAL).question
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        visit.go(f"/questions/{question.id}")
        visit.page.get_by_role("link", name="Edit", exact=True).click()
        visit.page.get_by_label("Its kind").select_option("motivational")
        visit.page.get_by_label("What it asks for").fill("motivation")
        visit.page.get_by_role("button", name="Save").click()
        expect(visit.page.get_by_text("motivation", exact=True)).to_be_visible()
        visit.page.get_by_role("button", name="Put it away").click()
        expect(visit.page.get_by_text("put away", exact=True)).to_be_visible()
        visit.go("/questions?show=retired")
        visit.page.get_by_role("button", name="Bring back: Why us?").click()
        expect(visit.page.get_by_role("link", name="Practise it")).to_be_visible()
    assert only_question(fresh_coach).kind is QuestionKind.MOTIVATIONAL


def test_a_wording_that_another_question_has_already_leads_to_one_question(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with fresh_coach.bank() as bank:
        kept = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
        other = bank.add_question("What draws you here?", kind=QuestionKind.MOTIVATIONAL).question
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go(f"/questions/{other.id}/edit")
        visit.page.get_by_label("The question, as they ask it").fill("Why us?")
        visit.page.get_by_role("button", name="Save").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("already has that question")
        visit.errors.clear()  # the browser itself notes the 400
        visit.page.get_by_role("button", name="Make them one question").click()
        expect(visit.page).to_have_url(re.compile(f"/questions/{kept.id}$"))
    assert only_question(fresh_coach).id == kept.id


def test_then_and_now_stand_beside_each_other_and_two_answers_side_by_side(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go(f"/questions/{question_id}")
        visit.page.get_by_text("It came up again").click()
        visit.page.get_by_label("How did it trip you up?").fill("I froze")
        visit.page.get_by_label("What do you remember having said?").fill("It was all fine.")
        visit.page.get_by_label("In which interview?").select_option(index=1)
        visit.page.get_by_role("button", name="Note it").click()
        expect(visit.page.get_by_text("You have not answered it since.")).to_be_visible()
        for ending in ("", " That was all."):
            attempt = fresh_coach.begin(question_id, typed=True)
            fresh_coach.answer_typed(attempt.id, " ".join(ANSWER) + ending)
        visit.page.reload()
        pair = visit.page.get_by_role("region", name="Then and now")
        expect(pair).to_contain_text("It was all fine.")
        expect(pair).to_contain_text("at Birch & Co")
        expect(pair.locator("q").first).to_be_visible()
        expect(visit.page.get_by_role("group", name=re.compile("scores over time"))).to_be_visible()
        visit.page.get_by_role("button", name="Compare the two ticked").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("Tick exactly two")
        visit.errors.clear()  # the browser itself notes the 400
        for box in visit.page.get_by_role("checkbox").all():
            box.check()
        visit.page.get_by_role("button", name="Compare the two ticked").click()
        told = visit.page.get_by_role("region", name="Points of the outline").locator("li")
        expect(told).to_have_count(3)
        expect(told.first).to_contain_text(re.compile("before .* after ", re.DOTALL))
        expect(visit.page.get_by_text(ANSWER[2]).first).to_be_visible()


def test_the_two_answers_compared_can_both_be_heard(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(
            f"/questions/{lived.question_id}/compare?take={lived.typed_id}&take={lived.spoken_id}"
        )
        expect(visit.page.get_by_text("It was typed, so there is nothing to hear.")).to_be_visible()
        sound = visit.page.locator("audio")
        expect(sound).to_have_count(1)
        heard = "sound.ontimeupdate = () => { if (sound.currentTime > 0.2) resolve(true); }"
        assert sound.evaluate(
            f"sound => new Promise(resolve => {{ {heard}; sound.play(); }})", timeout=10_000
        )


@pytest.mark.parametrize("javascript", [True, False])
def test_an_outline_is_written_reordered_and_saved_with_the_keyboard_alone(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, javascript: bool
) -> None:
    with fresh_coach.bank() as bank:
        question = bank.add_question("Why us?", kind=QuestionKind.MOTIVATIONAL).question
    with visiting(browser, str(fresh.base_url), javascript=javascript) as visit:
        page = visit.page
        visit.go(f"/questions/{question.id}/outline")
        page.get_by_label("Point 1", exact=True).focus()
        for text in ("I use it", "I know the team", "It grows"):
            page.keyboard.type(text)
            for _ in range(6 if text != "It grows" else 0):
                page.keyboard.press("Tab")
        assert points(page) == ["I use it", "I know the team", "It grows"]
        page.get_by_role("button", name="Move point 3 up").press("Enter")
        expect(page.locator(".point textarea").nth(1)).to_have_value("It grows")
        if javascript:
            expect(page.get_by_role("status")).to_have_text("It grows is now number 2 of 3")
        expect(page.get_by_role("button", name="Move point 2 up")).to_be_focused()
        page.get_by_role("button", name="Move point 1 down").press("Enter")
        expect(page.locator(".point textarea").first).to_have_value("It grows")
        page.get_by_role("button", name="Add a point").press("Enter")
        expect(page.locator(".point")).to_have_count(4)
        page.get_by_label("Point 4", exact=True).fill("  They asked\nme  ")
        page.get_by_label("Part of the story of point 1").select_option("result")
        page.get_by_label("Weight of point 1").select_option(label="matters more")
        page.get_by_role("button", name="Take out point 3").press("Enter")
        expect(page.locator(".point")).to_have_count(3)
        page.get_by_label("Skills it shows").fill("curiosity\n\npatience")
        page.get_by_role("button", name="Save the outline").press("Enter")
        expect(page.get_by_role("heading", name="Why us?")).to_be_visible()
    with fresh_coach.reading_bank() as bank:
        outline = bank.get_outline(question.id)
    assert outline is not None
    assert [point.text for point in outline.points] == ["It grows", "I use it", "They asked me"]
    assert outline.points[0].part == "result"
    assert outline.points[0].weight == 2
    assert outline.skills == ("curiosity", "patience")
    assert outline.version == 1


def test_points_are_dragged_into_order(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    before = stored_points(fresh_coach, question_id)
    with visiting(browser, str(fresh.base_url)) as visit:
        page = visit.page
        visit.go(f"/questions/{question_id}/outline")
        page.locator(".grip").nth(2).drag_to(page.locator(".point").first)
        moved = [before[2], before[0], before[1]]
        expect(page.locator(".point textarea").first).to_have_value(moved[0])
        assert points(page) == moved
        expect(page.get_by_role("status")).to_have_text(f"{moved[0]} is now number 1 of 3")
        page.get_by_role("button", name="Save the outline").click()
        expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    assert stored_points(fresh_coach, question_id) == moved


def test_an_outline_changed_in_another_window_is_shown_and_nothing_typed_is_lost(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url)) as visit:
        one, other = visit.page, visit.page.context.new_page()
        for page in (one, other):
            page.goto(f"{visit.base}/questions/{question_id}/outline")
        other.get_by_label("Point 1", exact=True).fill("Said in the other window")
        other.get_by_role("button", name="Save the outline").click()
        expect(other.get_by_role("heading", name=QUESTION)).to_be_visible()
        one.get_by_label("Point 2", exact=True).fill("Said in this window")
        one.get_by_role("button", name="Save the outline").click()
        expect(one.get_by_role("alert")).to_contain_text("Said in the other window")
        assert points(one)[1] == "Said in this window"
        assert visit.violations() == []
        assert stored_points(fresh_coach, question_id)[0] == "Said in the other window"
        visit.errors.clear()  # the browser itself notes the 409
        one.get_by_role("button", name="Save the outline").click()
        expect(one.get_by_role("heading", name=QUESTION)).to_be_visible()
    assert stored_points(fresh_coach, question_id)[1] == "Said in this window"


def test_a_question_that_is_the_same_becomes_one_with_its_history(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with fresh_coach.bank() as bank:
        kept = bank.add_question(DISAGREED, kind=QuestionKind.BEHAVIOURAL).question
        bank.add_question(
            NEARLY, kind=QuestionKind.BEHAVIOURAL, trip=DraftTrip(how="I blamed them")
        )
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go(f"/questions/{kept.id}")
        visit.page.get_by_role("button", name=f"It is the same question: {NEARLY}").click()
        expect(visit.page.get_by_text("I blamed them")).to_be_visible()
    assert only_question(fresh_coach).id == kept.id
