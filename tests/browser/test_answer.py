"""The page of an answer: what it shows, what can be heard in it, and every place it can stand."""

import re
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from question_bank.question import QuestionKind
from tests.browser.answered import Answered
from tests.browser.browsing import LOOKS, Visit, visiting
from tests.practice.conftest import ANSWER
from tests.scoring.labelled_answers import labelled_answers
from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach

WORDS_IN_TWO_MINUTES = 300
"""At 150 words a minute."""

Size = Literal["phone", "desktop"]
Scheme = Literal["light", "dark"]


def audio_time(page: Page) -> float:
    return float(page.evaluate("document.querySelector('answer-player audio').currentTime"))


def is_playing(page: Page) -> bool:
    return bool(page.evaluate("!document.querySelector('answer-player audio').paused"))


def wait_for_waveform(visit: Visit) -> None:
    visit.page.locator("[data-wave][data-drawn]").wait_for()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_a_scored_answer_is_usable_by_everybody_at_every_size(
    browser: Browser, lived: Lived, size: Size, scheme: Scheme
) -> None:
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        visit.go(f"/attempts/{lived.spoken_id}")
        wait_for_waveform(visit)
        visit.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert visit.violations(with_style_sheets=False) == []
        assert not visit.wider_than_the_window()


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_the_pages_around_an_answer_are_usable_by_everybody_at_every_size(
    browser: Browser, lived: Lived, size: Size, scheme: Scheme
) -> None:
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        for path in ("/attempts", f"/attempts/{lived.typed_id}/delete", "/agreement"):
            visit.go(path)
            assert visit.violations() == [], path
            assert not visit.wider_than_the_window(), path


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_an_answer_without_a_score_is_usable_by_everybody_at_every_size(
    browser: Browser, answered: Answered, size: Size, scheme: Scheme
) -> None:
    with visiting(browser, answered.base, size=size, scheme=scheme) as visit:
        for attempt_id in (answered.waiting_id, answered.unscoreable_id):
            visit.go(f"/attempts/{attempt_id}")
            wait_for_waveform(visit)
            assert visit.violations(with_style_sheets=False) == []
            assert not visit.wider_than_the_window()


@pytest.mark.parametrize(
    ("which", "size", "scheme"),
    [
        ("failed_id", "phone", "light"),
        ("interrupted_id", "desktop", "dark"),
        ("unanswered_id", "desktop", "light"),
        ("queued_id", "phone", "dark"),
    ],
)
def test_wherever_an_answer_stands_its_page_is_usable_by_everybody(
    browser: Browser, answered: Answered, which: str, size: Size, scheme: Scheme
) -> None:
    with visiting(browser, answered.base, size=size, scheme=scheme) as visit:
        visit.go(f"/attempts/{getattr(answered, which)}")
        assert visit.violations(with_style_sheets=False) == []
        assert not visit.wider_than_the_window()


def test_the_score_and_the_evidence_for_it_can_be_read(browser: Browser, lived: Lived) -> None:
    result = lived.client.get(f"/api/attempts/{lived.spoken_id}").json()
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/attempts/{lived.spoken_id}")
        expect(visit.page.locator("#overall")).to_have_text(
            f"{round(result['score']['overall'])} of 100"
        )
        expect(visit.page.get_by_text("Synthetic voices only")).to_be_visible()
        for criterion in result["score"]["criteria"]:
            name = criterion["name"].replace("_", " ")
            region = visit.page.get_by_role("region", name=name, exact=True).first
            if criterion["level"] is not None:
                dots = region.get_by_role("img", name=f"Level {criterion['level']:g} of 5")
                expect(dots.first).to_be_visible()
                expect(region.get_by_text(criterion["anchor"])).to_be_visible()
        for advice in result["score"]["advice"]:
            expect(visit.page.get_by_text(advice["text"]).first).to_be_visible()
        words = visit.page.locator(".words .w").all_inner_texts()
        assert " ".join(words) == result["transcript"]["text"]


def test_no_word_moves_away_when_the_waveform_is_drawn(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        held: list[Route] = []
        visit.page.route("**/peaks*", lambda route: held.append(route))  # noqa: PLW0108 - wrapped by Playwright
        visit.go(f"/attempts/{lived.spoken_id}")
        word = visit.page.locator(".words .w").first
        before = word.bounding_box()
        assert not visit.page.locator("[data-wave][data-drawn]").count()
        held[0].continue_()
        visit.page.locator("[data-wave][data-drawn]").wait_for()
        assert before is not None
        assert word.bounding_box() == before


def test_a_click_on_a_word_plays_from_it_and_the_word_being_said_is_highlighted(
    browser: Browser, lived: Lived
) -> None:
    word = lived.client.get(f"/api/attempts/{lived.spoken_id}").json()["transcript"]["words"][12]
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/attempts/{lived.spoken_id}")
        clicked = visit.page.locator(".words .w").nth(12)
        assert clicked.inner_text() == word["text"]
        clicked.click()
        expect(visit.page.locator(".words .w.now")).to_have_count(1)
        visit.page.wait_for_function(
            "from => document.querySelector('answer-player audio').currentTime > from + 0.3",
            arg=word["start_seconds"],
        )
        assert word["start_seconds"] < audio_time(visit.page) < word["start_seconds"] + 5
        said = visit.page.locator(".words .w.now").get_attribute("data-t")
        assert said is not None
        assert float(said.split()[0]) >= round(word["start_seconds"], 2)


def test_evidence_lights_up_where_it_was_said_and_plays_exactly_that(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/attempts/{lived.spoken_id}")
        wait_for_waveform(visit)
        evidence = visit.page.locator("#coverage a.evidence").first
        quote = re.search("“(.+)”", evidence.inner_text())
        assert quote is not None
        evidence.hover()
        assert " ".join(visit.page.locator(".words .w.lit").all_inner_texts()) == quote[1]
        assert visit.page.locator("[part='mark lit']").count() == 1
        visit.page.mouse.move(0, 0)
        assert visit.page.locator(".words .w.lit").count() == 0
        assert visit.page.locator("[part='mark lit']").count() == 0
        address = evidence.get_attribute("href") or ""
        start, end = (float(second) for second in address.partition("#t=")[2].split(","))
        evidence.focus()
        assert visit.page.locator(".words .w.lit").count() > 0
        visit.page.evaluate("document.querySelector('answer-player audio').playbackRate = 4")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_function("() => document.querySelector('a.evidence.playing') !== null")
        visit.page.wait_for_function("() => document.querySelector('a.evidence.playing') === null")
        assert not is_playing(visit.page)
        assert start < end <= audio_time(visit.page) < end + 1


def test_pauses_and_points_are_marked_in_the_sound_and_in_the_text(
    browser: Browser, lived: Lived
) -> None:
    result = lived.client.get(f"/api/attempts/{lived.spoken_id}").json()
    coverage = next(c for c in result["score"]["criteria"] if c["name"] == "coverage")
    said = [
        place
        for place, point in enumerate(coverage["points"], start=1)
        if point["state"] != "not_heard"
    ]
    measures = {measure["name"]: measure for measure in result["delivery"]["measures"]}
    pauses = measures["silent_pauses"]["evidence"][1:]
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/attempts/{lived.spoken_id}")
        wait_for_waveform(visit)
        assert said
        for place in said:
            assert visit.page.locator(f".words .tag:has-text('{place}')").count() >= 1
        assert visit.page.locator(".words .heard.pause").count() == len(pauses)
        assert visit.page.locator("[part='mark pause']").count() == len(pauses)
        assert visit.page.locator("[part='mark point']").count() >= len(said)
        expect(visit.page.locator(".legend")).to_be_visible()


def test_words_and_evidence_can_be_heard_with_the_keyboard_alone(
    browser: Browser, lived: Lived
) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/attempts/{lived.spoken_id}")
        words = visit.page.get_by_role("group", name=re.compile("^Your words"))
        for _ in range(60):
            visit.page.keyboard.press("Tab")
            if words.evaluate("one => one === document.activeElement"):
                break
        assert words.evaluate("one => one === document.activeElement")
        for key in ("Home", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft"):
            visit.page.keyboard.press(key)
        chosen = visit.page.locator(".words .w").nth(11)
        expect(chosen).to_have_class(re.compile("chosen"))
        expect(visit.page.locator("[data-chosen-word]")).to_have_text(chosen.inner_text())
        visit.page.keyboard.press("Enter")
        start = float((chosen.get_attribute("data-t") or "").split()[0])
        visit.page.wait_for_function(
            "from => document.querySelector('answer-player audio').currentTime > from", arg=start
        )
        visit.page.keyboard.press("Space")
        assert not is_playing(visit.page)


def test_the_follow_up_is_heard_and_leads_to_its_answer(
    browser: Browser, answered: Answered
) -> None:
    coach = answered.coach
    untold = coach.answer_typed(
        coach.begin(answered.question_id, typed=True).id, " ".join(ANSWER[:3])
    )
    assert untold.score is not None
    assert untold.score.follow_up is not None
    with visiting(browser, answered.base) as visit:
        visit.go(f"/attempts/{untold.id}")
        region = visit.page.get_by_role("region", name="An interviewer would now ask")
        expect(region.get_by_text(untold.score.follow_up)).to_be_visible()
        region.get_by_role("link", name="Hear it").click()
        visit.page.wait_for_function(
            "() => document.querySelector('.follow-up audio').currentTime > 0.2"
        )
        region.get_by_role("link", name="Answer it now").click()
        visit.page.wait_for_url("**/drill/*?parent=*")
        expect(visit.page.get_by_text(untold.score.follow_up).first).to_be_visible()


def test_without_javascript_score_evidence_text_and_sound_are_there(
    browser: Browser, lived: Lived
) -> None:
    result = lived.client.get(f"/api/attempts/{lived.spoken_id}").json()
    with visiting(browser, str(lived.client.base_url), javascript=False) as visit:
        visit.go(f"/attempts/{lived.spoken_id}")
        assert str(round(result["score"]["overall"])) in visit.page.locator("#overall").inner_text()
        expect(visit.page.locator("audio[controls]")).to_be_visible()
        evidence = visit.page.locator("#coverage a.evidence").first
        assert re.search(r"“.+” \d+:\d\d–\d+:\d\d", evidence.inner_text())
        assert "/recording#t=" in (evidence.get_attribute("href") or "")
        assert visit.page.locator(".words").inner_text().startswith("In my last job")


def test_a_typed_answer_has_words_and_evidence_and_no_sound(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go(f"/attempts/{lived.typed_id}")
        assert visit.page.locator("audio").count() == 0
        expect(visit.page.get_by_role("heading", name="What you typed")).to_be_visible()
        visit.page.locator("#coverage a.evidence").first.focus()
        assert visit.page.locator(".words .w.lit").count() > 0


@pytest.mark.parametrize(
    ("which", "heading", "ways_on"),
    [
        (
            "waiting_id",
            "Your answer waits to be written down",
            ["Get the speech model", "Try again"],
        ),
        ("failed_id", "It did not work this time", ["Try again", "Answer it again"]),
        ("unscoreable_id", "No score, and here is why", ["Answer it again"]),
        ("interrupted_id", "The recording broke off", ["Score what is there", "Answer it again"]),
        ("unanswered_id", "Nothing was answered here", ["Answer it now"]),
        ("queued_id", "Your answer is next", ["Look again"]),
    ],
)
def test_an_answer_without_a_score_says_why_and_what_to_do(
    browser: Browser, answered: Answered, which: str, heading: str, ways_on: list[str]
) -> None:
    attempt_id = getattr(answered, which)
    with visiting(browser, answered.base, javascript=False) as visit:
        visit.go(f"/attempts/{attempt_id}")
        expect(visit.page.get_by_role("heading", name=heading)).to_be_visible()
        for way in ways_on:
            found = visit.page.get_by_role("link", name=way).or_(
                visit.page.get_by_role("button", name=way)
            )
            assert found.first.is_visible(), way
        if which != "unanswered_id":
            expect(visit.page.locator("audio[controls]")).to_be_visible()
        assert visit.page.locator("#overall").count() == 0


def test_the_page_of_two_minutes_of_talk_weighs_at_most_200_kilobytes_before_audio(
    browser: Browser, answered: Answered
) -> None:
    told = " ".join(one.text for one in labelled_answers("development")).split()
    attempt_id = answered.spoken()
    answered.coach.correct(attempt_id, " ".join(told[:WORDS_IN_TWO_MINUTES]), align=False)
    weights: dict[str, int] = {}
    with visiting(browser, answered.base) as visit:
        visit.page.on(
            "response",
            lambda answer: (
                weights.update({answer.url: len(answer.body())})
                if "/recording" not in answer.url
                else None
            ),
        )
        visit.go(f"/attempts/{attempt_id}")
        wait_for_waveform(visit)
        assert visit.page.locator(".words .w[data-t]").count() == WORDS_IN_TWO_MINUTES
    names = " ".join(weights)
    assert "answer.js" in names
    assert "wavesurfer.esm.js" in names
    assert sum(weights.values()) <= 200_000, weights


def test_no_other_page_loads_the_waveforms_library(browser: Browser, lived: Lived) -> None:
    asked: list[str] = []
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.page.on("request", lambda request: asked.append(request.url))
        for path in ("/", "/attempts", f"/attempts/{lived.typed_id}"):
            visit.go(path)
    assert asked
    assert not [address for address in asked if "wavesurfer" in address]


def test_the_log_lists_answers_the_latest_first_and_plays_them(
    browser: Browser, answered: Answered
) -> None:
    with visiting(browser, answered.base) as visit:
        visit.go("/attempts")
        links = visit.page.locator(".log a")
        addresses = [link.get_attribute("href") for link in links.all()]
        latest = answered.client.get("/api/attempts").json()["items"]
        assert addresses == [f"/attempts/{one['attempt_id']}" for one in latest][:20]
        visit.page.get_by_label("Which ones").select_option("no score")
        visit.page.get_by_role("button", name="Show").click()
        visit.page.wait_for_url("**status=unscoreable*")
        without = answered.client.get("/api/attempts", params={"status": "unscoreable"}).json()
        assert visit.page.locator(".log > li").count() == without["total"] >= 1
        sound = visit.page.locator(".log audio").first
        sound.evaluate("one => one.play()")
        visit.page.wait_for_function("() => document.querySelector('.log audio').currentTime > 0.2")


def test_a_long_log_comes_in_pages(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    with fresh_coach.bank() as bank:
        other = bank.add_question("What do you do all day?", kind=QuestionKind.TECHNICAL).question
    fresh_coach.begin(other.id, typed=True)
    for _ in range(23):
        fresh_coach.begin(question_id, typed=True)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/attempts")
        expect(visit.page.get_by_text("1 to 20 of 24")).to_be_visible()
        visit.go(f"/attempts?question={question_id}")
        expect(visit.page.get_by_text("1 to 20 of 23")).to_be_visible()
        visit.page.get_by_role("link", name="Earlier ones").click()
        expect(visit.page.get_by_text("21 to 23 of 23")).to_be_visible()
        visit.page.get_by_role("link", name="Later ones").click()
        expect(visit.page.get_by_text("1 to 20 of 23")).to_be_visible()
