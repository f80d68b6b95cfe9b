"""What a person does with an answer on its page, done as a person would."""

import httpx
from playwright.sync_api import Browser, expect

from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from tests.browser.answered import Answered, broken_off, finish_without_weights
from tests.browser.browsing import Visit, visiting
from tests.practice.conftest import ANSWER
from tests.server.conftest import fill_bank
from voicecoach.practice import Coach

OTHER_WORDS = (
    "I like the view from your office, and the coffee is very good here on most days. My friend "
    "told me about the garden and the two dogs that sleep there in the afternoon. We often walk "
    "along the river when the weather is fine, and then we talk about the old days for a while."
)


def overall(visit: Visit) -> int:
    return int(visit.page.locator("#overall").inner_text().split()[0])


def result(answered: Answered, attempt_id: str) -> dict[str, object]:
    found: dict[str, object] = answered.client.get(f"/api/attempts/{attempt_id}").json()
    return found


def test_a_correction_moves_the_score_and_can_be_undone(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = answered.spoken()
    with visiting(browser, answered.base) as visit:
        visit.go(f"/attempts/{attempt_id}")
        before = overall(visit)
        heard = visit.page.locator(".words").inner_text()
        visit.page.get_by_text("Correct the words").click()
        words = visit.page.get_by_label("What you really said")
        assert "client" in words.input_value()
        words.fill(OTHER_WORDS)
        visit.page.get_by_role("button", name="Score the corrected words").click()
        moved = visit.page.get_by_role("region", name="The score moves down")
        moved.wait_for()
        assert moved.evaluate("one => one === document.activeElement")
        after = overall(visit)
        assert after < before
        assert f"{before} → {after}" in moved.inner_text()
        assert "Coverage: level" in moved.inner_text()
        expect(visit.page.locator(".words")).to_contain_text("coffee")
        visit.page.get_by_role("button", name="Undo the last correction").click()
        visit.page.get_by_role("region", name="The score moves up").wait_for()
        assert overall(visit) == before
        assert visit.page.locator(".words").inner_text() == heard


def test_after_a_correction_the_words_get_their_own_times_by_themselves(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = answered.spoken()
    text = answered.coach.attempt(attempt_id).transcript
    assert text is not None
    with visiting(browser, answered.base) as visit:
        visit.go(f"/attempts/{attempt_id}")
        visit.page.get_by_text("Correct the words").click()
        corrected = text.text.replace("fail on a month", "failed on a Monday")
        assert corrected != text.text
        visit.page.get_by_label("What you really said").fill(corrected)
        visit.page.get_by_role("button", name="Score the corrected words").click()
        visit.page.locator("#moved").wait_for()
        expect(visit.page.locator("#estimated")).to_have_count(0, timeout=20_000)
        aligned = answered.coach.attempt(attempt_id).transcript
        assert aligned is not None
        assert aligned.aligned
        shown = [
            one.get_attribute("data-t") for one in visit.page.locator(".words .w[data-t]").all()
        ]
        assert shown == [f"{w.start_seconds:.2f} {w.end_seconds:.2f}" for w in aligned.words]


def test_versions_stand_side_by_side_and_each_can_be_seen_as_it_stood(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = answered.spoken()
    first = answered.coach.attempt(attempt_id)
    assert first.score is not None
    answered.coach.correct(attempt_id, OTHER_WORDS, align=False)
    with visiting(browser, answered.base) as visit:
        visit.go(f"/attempts/{attempt_id}")
        visit.page.get_by_role("link", name="Compare the versions").click()
        expect(visit.page.get_by_role("heading", name="Version 1 and version 2")).to_be_visible()
        assert visit.page.locator("del").count() > 0
        assert "coffee" in " ".join(visit.page.locator("ins").all_inner_texts())
        assert visit.violations() == []
        visit.page.get_by_role("link", name="Back to the answer").click()
        visit.page.get_by_role("link", name="as it stood").click()
        expect(visit.page.get_by_text("how it stood with version 1")).to_be_visible()
        assert overall(visit) == round(first.score.overall)
        assert visit.page.get_by_text("Correct the words").count() == 0


def test_a_correction_that_changes_nothing_is_said_and_loses_nothing(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = answered.spoken()
    for javascript in (True, False):
        with visiting(browser, answered.base, javascript=javascript) as visit:
            visit.go(f"/attempts/{attempt_id}")
            visit.page.get_by_text("Correct the words").click()
            text = visit.page.get_by_label("What you really said").input_value()
            visit.page.get_by_role("button", name="Score the corrected words").click()
            assert visit.page.get_by_role("alert").inner_text().startswith("Nothing was changed.")
            words = visit.page.get_by_label("What you really said")
            expect(words).to_be_visible()
            assert words.input_value() == text
            visit.errors.clear()  # the browser itself notes the 400


def test_without_javascript_a_correction_moves_the_score_all_the_same(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = answered.spoken()
    with visiting(browser, answered.base, javascript=False) as visit:
        visit.go(f"/attempts/{attempt_id}")
        before = overall(visit)
        visit.page.get_by_text("Correct the words").click()
        visit.page.get_by_label("What you really said").fill(OTHER_WORDS)
        visit.page.get_by_role("button", name="Score the corrected words").click()
        expect(visit.page.get_by_role("heading", name="The score moves down")).to_be_visible()
        assert overall(visit) < before


def test_ones_own_word_on_a_point_stands_beside_the_coachs_and_can_be_taken_back(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = answered.spoken()
    with visiting(browser, answered.base) as visit:
        visit.go(f"/attempts/{attempt_id}")
        before = overall(visit)
        said = visit.page.get_by_role("button", name="I did say this: point 2")
        said.click()
        expect(said).to_have_attribute("aria-pressed", "true")
        expect(visit.page.locator("#coverage")).to_contain_text("You agree with the coach on")
        assert said.evaluate("one => one === document.activeElement")
        assert overall(visit) == before
        stored = result(answered, attempt_id)["verdicts"]
        assert isinstance(stored, list)
        assert [one["verdict"] for one in stored] == ["said"]
        visit.page.get_by_role("button", name="Take it back: point 2").click()
        expect(said).to_have_attribute("aria-pressed", "false")
        assert result(answered, attempt_id)["verdicts"] == []
        visit.page.get_by_role("link", name="What it does change").click()
        expect(visit.page.get_by_role("heading", name="What follows from it")).to_be_visible()
        expect(visit.page.get_by_text("It takes 20 of your verdicts")).to_be_visible()


def test_an_answer_is_scored_again_as_answers_are_scored_today(
    browser: Browser, answered: Answered
) -> None:
    with answered.coach.bank() as bank:
        question = bank.add_question(
            "Tell me about a mistake you made.", kind=QuestionKind.BEHAVIOURAL
        ).question
        bank.set_outline(
            question.id,
            [DraftPoint(text="I called the client at eight"), DraftPoint(text="She renewed")],
        )
    attempt_id = answered.spoken(question.id)
    with visiting(browser, answered.base) as visit:
        visit.go(f"/attempts/{attempt_id}")
        assert visit.page.locator("#coverage .points > li").count() == 2
        before = overall(visit)
        with answered.coach.bank() as bank:
            bank.set_outline(
                question.id, [DraftPoint(text="The auditors praised our seating plan")]
            )
        visit.page.get_by_role("button", name="Score it again").click()
        expect(visit.page.locator("#coverage .points > li")).to_have_count(1)
        assert overall(visit) < before
        assert f"{before} of 100" in visit.page.locator("#origin").inner_text()


def test_a_waiting_answer_can_be_typed_and_is_scored(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, answered: Answered
) -> None:
    question_id = fill_bank(fresh_coach)
    attempt = fresh_coach.attach(fresh_coach.begin(question_id).id, answered.spoken_file)
    finish_without_weights(fresh_coach, attempt.id)
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        visit.go(f"/attempts/{attempt.id}")
        visit.page.get_by_label("What you said, in full sentences").fill("   ")
        visit.page.get_by_role("button", name="Score these words").click()
        assert visit.page.get_by_role("alert").inner_text().startswith("Nothing was typed.")
        visit.page.get_by_label("What you said, in full sentences").fill(" ".join(ANSWER))
        visit.page.get_by_role("button", name="Score these words").click()
        assert overall(visit) > 0
        expect(visit.page.get_by_role("heading", name="What you typed")).to_be_visible()
        expect(visit.page.locator("audio")).to_be_visible()
        visit.errors.clear()  # the browser itself notes the 400


def test_an_answer_in_the_works_shows_how_far_it_is_and_then_its_score(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach, answered: Answered
) -> None:
    question_id = fill_bank(fresh_coach)
    attempt = fresh_coach.attach(fresh_coach.begin(question_id).id, answered.spoken_file)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go(f"/attempts/{attempt.id}")
        expect(visit.page.get_by_role("heading", name="Your answer is next")).to_be_visible()
        fresh_coach.finish(attempt.id)
        visit.page.locator("#overall").wait_for()


def test_what_is_there_of_a_broken_off_answer_is_put_in_for_scoring(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = broken_off(answered.coach, answered.question_id, answered.spoken_file)
    with visiting(browser, answered.base) as visit:
        visit.go(f"/attempts/{attempt_id}")
        visit.page.get_by_role("button", name="Score what is there").click()
        expect(visit.page.get_by_role("heading", name="Your answer is next")).to_be_visible()
        expect(visit.page.get_by_text("The recording broke off")).to_be_visible()
        answered.coach.finish(attempt_id)
        visit.page.get_by_role("heading", name="What you said").wait_for()


def test_an_answer_is_deleted_only_after_asking_and_then_wholly(
    browser: Browser, answered: Answered
) -> None:
    attempt_id = answered.spoken()
    path = answered.coach.recording_path(answered.coach.attempt(attempt_id))
    assert path is not None
    with visiting(browser, answered.base, javascript=False) as visit:
        visit.go(f"/attempts/{attempt_id}")
        visit.page.get_by_role("link", name="Delete this answer").click()
        visit.page.get_by_role("link", name="Keep it").click()
        assert path.is_file()
        visit.page.get_by_role("link", name="Delete this answer").click()
        visit.page.get_by_role("button", name="Delete it for good").click()
        assert visit.page.get_by_role("status").inner_text().startswith("Deleted")
        assert not path.exists()
        visit.go(f"/attempts/{attempt_id}")
        expect(visit.page.get_by_role("heading", name="This answer was deleted")).to_be_visible()
        assert visit.page.locator("audio").count() == 0
