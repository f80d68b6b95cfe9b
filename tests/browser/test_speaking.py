"""Answers spoken into the page: heard, captioned, scored, and never lost."""

import contextlib
import os
import re
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import httpx
import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.browser.browsing import visiting
from tests.browser.speaking import (
    WHOLE_ANSWER_MS,
    captions,
    result,
    say_it,
    speaking,
    spoken_for,
    spoken_wav,
)
from tests.practice.conftest import ANSWER
from tests.server.conftest import fill_bank
from tests.server.serving import free_port
from tests.server.test_serving import serving
from voicecoach.attempt import AttemptStatus
from voicecoach.errors import WeightsMissingError
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

FIRST = re.compile("report|failed|Monday|March")
MIDDLE = re.compile("tell|largest|client|meeting")
LAST = re.compile("called|eight|figures|wrong")
"""Words of each of the first three sentences. A fake microphone stutters on a busy machine, so that
some of them may be misheard."""


def test_a_spoken_answer_is_captioned_while_it_is_spoken_and_then_scored(
    playwright: Playwright, chromium: str, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)
    with (
        speaking(playwright, chromium, tmp_path, *ANSWER[:3]) as browser,
        visiting(browser, str(fresh.base_url), size="phone") as visit,
    ):
        visit.go(f"/drill/{question_id}")
        say_it(visit, until=FIRST)
        assert visit.page.get_by_role("button", name="I’m done").is_visible(), "still speaking"
        assert visit.page.locator("#level").get_attribute("style")
        assert visit.violations() == []
        assert not visit.wider_than_the_window()
        captions(visit, LAST)
        visit.page.keyboard.press("s")
        attempt_id = result(visit)
        visit.page.get_by_text("of 100").first.wait_for()
    attempt = fresh_coach.attempt(attempt_id)
    assert attempt.status is AttemptStatus.SCORED
    assert attempt.transcript is not None
    assert all(part.search(attempt.transcript.text) for part in (FIRST, MIDDLE, LAST))
    assert attempt.recording_seconds is not None
    assert attempt.recording_seconds > 12


def test_what_is_thrown_away_is_asked_about_and_can_be_begun_again(
    playwright: Playwright, chromium: str, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)
    with (
        speaking(playwright, chromium, tmp_path, ANSWER[0]) as browser,
        visiting(browser, str(fresh.base_url)) as visit,
    ):
        visit.go(f"/drill/{question_id}")
        say_it(visit, until=FIRST)
        visit.page.get_by_role("button", name="Throw away").click()
        sure = visit.page.get_by_role("dialog", name="Throw this answer away?")
        assert visit.violations() == []
        sure.get_by_role("button", name="Keep going").click()
        expect(visit.page.get_by_role("button", name="I’m done")).to_be_visible()
        visit.page.get_by_role("button", name="Throw away").click()
        sure.get_by_role("button", name="Throw it away and try again").click()
        again = visit.page.get_by_role("button", name="Answer now")
        again.wait_for()
        assert again.evaluate("button => button === document.activeElement")
        assert visit.page.locator("#captions").inner_text() == ""
    assert fresh_coach.attempts() == ()


def test_a_reloaded_page_goes_on_with_the_same_answer(
    playwright: Playwright, chromium: str, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)
    with (
        speaking(playwright, chromium, tmp_path, ANSWER[0]) as browser,
        visiting(browser, str(fresh.base_url)) as visit,
    ):
        visit.page.on("dialog", lambda dialog: dialog.accept())
        visit.go(f"/drill/{question_id}")
        say_it(visit, until=FIRST)
        (before,) = fresh_coach.attempts()
        visit.page.reload()
        visit.page.get_by_role("heading", name="Your answer is still open").wait_for()
        visit.page.get_by_role("button", name="Throw it away", exact=True).click()
        sure = visit.page.get_by_role("dialog", name="Throw this answer away?")
        expect(sure.get_by_text("The recording goes on")).to_be_hidden()
        sure.get_by_role("button", name="Keep it").click()
        assert visit.violations() == []
        visit.page.get_by_role("button", name="Go on speaking").click()
        visit.page.get_by_text("Go on where you were. Pauses are fine.").wait_for()
        spoken_for(visit, 6)
        visit.page.get_by_role("button", name="I’m done").click()
        assert result(visit) == before.id
    (after,) = fresh_coach.attempts()
    assert after.transcript is not None
    assert FIRST.search(after.transcript.text)


NATIVE_RATE_ONLY = """
const source = AudioContext.prototype.createMediaStreamSource;
AudioContext.prototype.createMediaStreamSource = function (stream) {
  if (this.sampleRate === 16000) throw new DOMException("rates differ", "NotSupportedError");
  return source.call(this, stream);
};
"""
"""What Firefox does with a microphone at another rate than the context's."""


def test_a_browser_that_refuses_16_khz_sends_its_own_rate_and_is_understood(
    playwright: Playwright, chromium: str, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)
    sockets: list[str] = []
    with (
        speaking(playwright, chromium, tmp_path, ANSWER[0]) as browser,
        visiting(browser, str(fresh.base_url)) as visit,
    ):
        visit.page.add_init_script(NATIVE_RATE_ONLY)
        visit.page.on("websocket", lambda socket: sockets.append(socket.url))
        visit.go(f"/drill/{question_id}")
        say_it(visit, until=FIRST)
        visit.page.get_by_role("button", name="I’m done").click()
        attempt_id = result(visit)
    (socket,) = sockets
    assert int(socket.partition("rate=")[2]) > 16_000
    attempt = fresh_coach.attempt(attempt_id)
    assert attempt.transcript is not None
    assert FIRST.search(attempt.transcript.text)


def test_an_answer_whose_tab_was_closed_can_be_ended_later_from_its_question(
    playwright: Playwright, chromium: str, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)
    with speaking(playwright, chromium, tmp_path, ANSWER[0]) as browser:
        with visiting(browser, str(fresh.base_url)) as visit:
            visit.go(f"/drill/{question_id}")
            say_it(visit, until=FIRST)
        with visiting(browser, str(fresh.base_url)) as visit:
            visit.go(f"/drill/{question_id}")
            visit.page.get_by_role("button", name="End it there").click()
            attempt_id = result(visit)
    (attempt,) = fresh_coach.attempts()
    assert attempt.id == attempt_id
    assert attempt.transcript is not None
    assert FIRST.search(attempt.transcript.text)


@contextlib.contextmanager
def served_by_a_process(home: Path, port: int) -> Iterator[int]:
    """Serve a home from a process of its own; give its number once it answers."""
    with serving(home, port) as process:
        assert process.stderr is not None
        assert str(port) in process.stderr.readline()
        yield process.pid


@pytest.mark.skipif(os.name != "posix", reason="kills as on POSIX")
def test_a_server_killed_in_mid_answer_and_started_again_loses_nothing(
    playwright: Playwright, chromium: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    question_id = fill_bank(coach)
    port = free_port()
    with (
        speaking(playwright, chromium, tmp_path, *ANSWER[:3]) as browser,
        visiting(browser, f"http://127.0.0.1:{port}") as visit,
    ):
        with served_by_a_process(home, port) as first:
            visit.go(f"/drill/{question_id}")
            say_it(visit, until=FIRST)
            os.kill(first, signal.SIGKILL)
            visit.page.get_by_text("The connection broke off").wait_for()
        # The person goes on speaking all the while.
        with served_by_a_process(home, port):
            visit.page.get_by_text("Connected again").wait_for(timeout=WHOLE_ANSWER_MS)
            captions(visit, LAST)
            visit.page.get_by_role("button", name="I’m done").click()
            attempt_id = result(visit)
            visit.page.goto("about:blank")
        visit.errors.clear()  # the browser notes each failed connection
    attempt = coach.attempt(attempt_id)
    assert [one.id for one in coach.attempts()] == [attempt_id]
    coach.database.close()
    assert attempt.transcript is not None
    assert all(part.search(attempt.transcript.text) for part in (FIRST, MIDDLE, LAST))
    assert attempt.recording_seconds is not None
    assert attempt.recording_seconds > 12


def test_without_weights_an_answer_waits_and_says_so(
    playwright: Playwright, chromium: str, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)

    def nowhere() -> NoReturn:
        raise WeightsMissingError("There are no weights here.", "Fetch them.")

    fresh_coach.engines = replace(
        fresh_coach.engines, transcriber=nowhere, live_transcriber=nowhere
    )
    with (
        speaking(playwright, chromium, tmp_path, ANSWER[0]) as browser,
        visiting(browser, str(fresh.base_url)) as visit,
    ):
        visit.go(f"/drill/{question_id}")
        visit.page.get_by_role("button", name="Answer now").click()
        visit.page.get_by_text("There are no captions now").wait_for()
        spoken_for(visit, 3)
        visit.page.get_by_role("button", name="I’m done").click()
        attempt_id = result(visit)
    attempt = fresh_coach.attempt(attempt_id)
    assert attempt.status is AttemptStatus.WAITING
    assert attempt.recording_seconds is not None
    assert attempt.recording_seconds > 2


def test_a_mock_interview_is_spoken_followed_up_and_reported(
    playwright: Playwright, chromium: str, fresh: httpx.Client, fresh_coach: Coach, tmp_path: Path
) -> None:
    fill_bank(fresh_coach)
    with (
        speaking(playwright, chromium, tmp_path, *ANSWER[:3]) as browser,
        visiting(browser, str(fresh.base_url)) as visit,
    ):
        visit.go("/mock")
        visit.page.get_by_label("How many questions").fill("2")
        visit.page.get_by_role("button", name="Begin the interview").click()
        say_it(visit, until=FIRST)
        captions(visit, LAST)
        visit.page.get_by_role("button", name="I’m done").click()
        visit.page.get_by_text("a follow-up").wait_for(timeout=WHOLE_ANSWER_MS)
        assert visit.page.get_by_text("of 100").count() == 0, "no feedback before the end"
        visit.page.get_by_role("button", name="Pass on this one").click()
        visit.page.get_by_text("question 2 of 2").wait_for()
        visit.page.get_by_text("Other ways to answer").click()
        visit.page.get_by_label("Typed, as you would say it").fill(" ".join(ANSWER))
        visit.page.get_by_role("button", name="Send what I typed").click()
        visit.page.get_by_text("a follow-up").wait_for()
        visit.page.get_by_role("button", name="End the interview here").click()
        visit.page.get_by_role("heading", name="Where you were strong").wait_for()
        expect(visit.page.get_by_text("2 of 2 questions answered")).to_be_visible()
    typed, spoken = fresh_coach.attempts()
    assert spoken.score is not None
    assert spoken.score.follow_up is not None
    assert typed.recording is None


@pytest.mark.skipif(os.name != "posix", reason="a process that is killed, as on POSIX")
def test_a_recording_sent_in_a_mock_interview_is_followed_up_once_the_worker_has_judged_it(
    browser: Browser, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"))
    fill_bank(coach)
    recording = spoken_wav(tmp_path, *ANSWER[:3])
    port = free_port()
    with (
        served_by_a_process(home, port),
        visiting(browser, f"http://127.0.0.1:{port}") as visit,
    ):
        visit.go("/mock")
        visit.page.get_by_label("How many questions").fill("1")
        visit.page.get_by_role("button", name="Begin the interview").click()
        visit.page.get_by_text("Other ways to answer").click()
        visit.page.get_by_label("A recording you have already").set_input_files(recording)
        visit.page.get_by_role("button", name="Use this recording").click()
        visit.page.get_by_text("a follow-up").wait_for(timeout=WHOLE_ANSWER_MS)
        visit.page.goto("about:blank")
    (attempt,) = coach.attempts()
    coach.database.close()
    assert attempt.status is AttemptStatus.SCORED
