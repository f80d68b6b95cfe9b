"""A mock interview under pressure, spoken into the page: broken into, met with silence, kept."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Playwright, expect

from question_bank.question import QuestionKind
from tests.browser.browsing import visiting
from tests.browser.speaking import WHOLE_ANSWER_MS, speaking
from tests.new_home import new_home
from tests.practice.conftest import ANSWER, QUESTION
from tests.server.serving import served
from voicecoach.intervention import InterventionKind
from voicecoach.mock_interview import MockInterview
from voicecoach.mock_pressure import Pressure, interruption_of
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

TARGET_SECONDS = 20


@pytest.fixture
def unheard(tmp_path: Path) -> Iterator[tuple[Coach, httpx.Client]]:
    """A coach without weights: what is said is recorded and waits, which is all that is asked."""
    coach = build_coach(Settings(home=new_home(tmp_path / "home", with_jobs=True), time_zone="UTC"))
    with served(coach) as client:
        yield coach, client
    coach.database.close()


def broken_into_early(coach: Coach) -> MockInterview:
    """Begin an interview whose first answer is broken into within its first seven seconds."""
    with coach.bank() as bank:
        bank.add_question(QUESTION, kind=QuestionKind.BEHAVIOURAL, target_seconds=TARGET_SECONDS)
    while True:
        with coach.mocks() as mocks:
            mock = mocks.start(1, pressure=Pressure(interruptions=True, silence_seconds=3))
        prompt = interruption_of(
            mock.id, 1, kind=QuestionKind.BEHAVIOURAL, target_seconds=TARGET_SECONDS
        )
        if prompt is not None and prompt.after_seconds < 7:
            return mock


def test_the_interviewer_breaks_in_aloud_and_says_nothing_at_the_end(
    playwright: Playwright, chromium: str, unheard: tuple[Coach, httpx.Client], tmp_path: Path
) -> None:
    coach, client = unheard
    mock = broken_into_early(coach)
    with (
        speaking(playwright, chromium, tmp_path, *ANSWER[:3]) as browser,
        visiting(browser, str(client.base_url), size="phone") as visit,
    ):
        visit.go(f"/mock/{mock.id}")
        expect(visit.page.get_by_text("Hello, and thank you for coming.")).to_be_visible()
        visit.page.get_by_role("button", name="Answer now").click()
        prompt = visit.page.get_by_text("The interviewer: “")
        prompt.wait_for(timeout=WHOLE_ANSWER_MS)
        assert visit.violations() == []
        assert not visit.wider_than_the_window()
        attempt = coach.attempts()[0]
        visit.page.wait_for_timeout(4_000)  # the prompt is spoken meanwhile
        visit.page.get_by_role("button", name="I’m done").click()
        expect(visit.page.get_by_text("The interviewer says nothing.")).to_be_visible()
        visit.page.wait_for_url("**/report", timeout=WHOLE_ANSWER_MS)
    attempt = coach.attempt(attempt.id)
    prompt_heard, *silences = attempt.interventions
    assert prompt_heard.kind is InterventionKind.INTERRUPTION
    assert prompt_heard.played, "the page told that it was heard"
    assert 0.5 < prompt_heard.end_seconds - prompt_heard.start_seconds < 5
    assert silences[-1].kind is InterventionKind.SILENCE
    assert attempt.recording_seconds is not None
    assert attempt.recording_seconds >= silences[-1].end_seconds
