"""Settings: what is typed is kept and in effect; voice, microphone, models, one's own data."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import LOOKS, visiting
from tests.fakes.hub import FakeHub, running_hub
from tests.new_home import new_home
from tests.server.conftest import Lived, fill_bank
from tests.server.serving import served
from voicecoach.practice import Coach
from voicecoach.settings import Settings, checkout_models_folder, load_settings
from voicecoach.wiring import build_coach

PAGES = (
    *("/settings", "/settings/rubric", "/settings/delete", "/settings/deleted"),
    "/settings/import",
)


def until(page: Page, true: str) -> None:
    """Wait until an expression is true; Playwright's own waiting needs eval, which pages forbid."""
    for _ in range(300):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(true)


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
def test_settings_are_usable_by_everybody_at_every_size(
    browser: Browser,
    lived: Lived,
    size: Literal["phone", "desktop"],
    scheme: Literal["light", "dark"],
) -> None:
    with visiting(browser, str(lived.client.base_url), size=size, scheme=scheme) as visit:
        for path in PAGES:
            visit.go(path)
            for summary in visit.page.get_by_text("All models").all():
                summary.click()
            assert visit.violations() == [], path
            assert not visit.wider_than_the_window(), path


def test_what_is_typed_is_kept_and_in_effect(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url), javascript=False) as visit:
        visit.go("/settings")
        visit.page.get_by_label("The score you rehearse towards").fill("75")
        visit.page.get_by_label("Minutes a day").fill("20")
        visit.page.get_by_label("Voice", exact=True).select_option(label="English (America)")
        visit.page.get_by_role("button", name="Save").click()
        expect(visit.page.get_by_text("Saved, and in effect")).to_be_visible()
        expect(visit.page.get_by_label("Minutes a day")).to_have_value("20")
    assert fresh_coach.readiness().target == 75
    assert fresh_coach.plan().minutes_per_day == 20
    again = load_settings({"home": fresh_coach.settings.home}, {})
    assert (again.target, again.minutes_per_day) == (75, 20)
    assert again.voice.endswith("en-us")


def test_what_cannot_be_used_is_shown_again_as_it_was_typed(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/settings")
        visit.page.get_by_label("The language you answer in").fill("x1")
        visit.page.get_by_label("Minutes a day").fill("25")
        visit.page.get_by_role("button", name="Save").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("Nothing was saved yet")
        language = visit.page.get_by_label("The language you answer in")
        expect(language).to_have_value("x1")
        expect(language).to_have_accessible_description(re.compile("It must be a language code"))
        expect(visit.page.get_by_label("Minutes a day")).to_have_value("25")
        assert visit.violations() == []
        visit.errors.clear()  # the browser itself notes the 400
    assert fresh_coach.settings.minutes_per_day == 30


def test_a_file_that_cannot_be_changed_keeps_what_was_typed_in_the_form(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    file = fresh_coach.settings.home / "config.toml"
    file.write_text("target = [\n", encoding="utf-8")
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/settings")
        visit.page.get_by_label("Minutes a day").fill("25")
        visit.page.get_by_role("button", name="Save").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("not valid TOML")
        expect(visit.page.get_by_label("Minutes a day")).to_have_value("25")
        visit.errors.clear()  # the browser itself notes the 400
    assert file.read_text(encoding="utf-8") == "target = [\n"


def test_a_setting_that_is_given_otherwise_says_so(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VOICECOACH_RATE", "150")
    settings = load_settings({"home": tmp_path / "home", "synthetic": True})
    coach = build_coach(settings)
    with served(coach) as client, visiting(browser, str(client.base_url)) as visit:
        visit.go("/settings")
        rate = visit.page.get_by_label("Speed, in words a minute")
        expect(rate).to_be_disabled()
        expect(rate).to_have_accessible_description(re.compile("VOICECOACH_RATE"))
        visit.page.get_by_role("button", name="Save").click()
        expect(visit.page.get_by_text("Saved, and in effect")).to_be_visible()
    coach.database.close()


def test_a_voice_is_heard_before_it_is_chosen(browser: Browser, lived: Lived) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go("/settings")
        visit.page.get_by_label("Voice", exact=True).select_option(label="English (Scotland)")
        visit.page.get_by_role("button", name="Hear it").click()
        until(visit.page, "document.querySelector('#sample').currentTime > 0.1")
    assert lived.coach.settings.voice == ""


def test_the_microphone_is_tried_out_in_the_page_alone(
    speaking_browser: Browser, lived: Lived
) -> None:
    before = lived.coach.count_attempts()
    with visiting(speaking_browser, str(lived.client.base_url)) as visit:
        sent: list[str] = []
        visit.go("/settings")
        visit.page.on("request", lambda request: sent.append(request.method))
        visit.page.on("websocket", lambda socket: sent.append(socket.url))
        visit.page.get_by_role("button", name="Listen").click()
        expect(visit.page.locator("#microphone-says")).to_contain_text("Listening to")
        until(visit.page, "document.querySelector('#level').value > 0.3")
        visit.page.get_by_role("button", name="Record three seconds").click()
        expect(visit.page.locator("#microphone-says")).to_contain_text(
            "This is how you were heard", timeout=10_000
        )
        expect(visit.page.locator("#microphone-heard")).to_be_visible()
        visit.page.get_by_role("button", name="Stop listening").click()
        expect(visit.page.get_by_role("button", name="Record three seconds")).to_be_disabled()
        assert set(sent) <= {"GET"}, "no sound was sent anywhere"
    assert lived.coach.count_attempts() == before


def test_own_weights_are_kept_and_a_wrong_sum_is_shown_again(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/settings/rubric")
        card = visit.page.locator("#technical")
        card.get_by_label("Coverage").fill("50")
        card.get_by_role("button", name="Save").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("add up to 110")
        expect(visit.page.locator("#technical").get_by_label("Coverage")).to_have_value("50")
        visit.page.locator("#technical").get_by_label("Delivery").fill("10")
        visit.page.locator("#technical").get_by_role("button", name="Save").click()
        expect(visit.page.locator("#technical")).to_contain_text("Saved.")
        visit.errors.clear()  # the browser itself notes the 400
        assert fresh_coach.settings.rubric_weights["technical"]["coverage"] == 50
        visit.page.get_by_role("button", name="Back to the coach").click()
        expect(visit.page.locator("#technical").get_by_label("Coverage")).to_have_value("40")
    assert fresh_coach.settings.rubric_weights == {}


# Speech models


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with running_hub() as hub:
        models = checkout_models_folder()
        assert models is not None
        hub.files["Systran/faster-whisper-base"] = {
            path.name: path.read_bytes()
            for path in (models / "espeak-tiny").iterdir()
            if path.is_file()
        }
        yield hub


@pytest.fixture
def without_weights(
    tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Coach, str]]:
    """A server of a person who has no speech model yet, beside a hub on this machine."""
    monkeypatch.setenv("HF_ENDPOINT", hub.endpoint)
    settings = Settings(
        home=new_home(tmp_path / "home", with_jobs=True),
        models_folder=tmp_path / "models",
        whisper_model="base",
        time_zone="UTC",
    )
    coach = build_coach(settings)
    with served(coach) as client:
        yield coach, str(client.base_url)
    coach.database.close()


def test_home_says_that_a_model_is_missing_and_where_to_get_it(
    browser: Browser, without_weights: tuple[Coach, str]
) -> None:
    coach, base = without_weights
    fill_bank(coach)
    with visiting(browser, base) as visit:
        visit.go("/")
        assert visit.violations() == []
        visit.page.get_by_role("link", name="Get it in the settings").click()
        expect(visit.page.get_by_role("button", name="Fetch it (148 MB)")).to_be_visible()


def test_a_model_is_fetched_when_asked_for_and_at_work_at_once(
    browser: Browser, without_weights: tuple[Coach, str], hub: FakeHub
) -> None:
    coach, base = without_weights
    with visiting(browser, base) as visit:
        visit.go("/settings#weights")
        assert hub.requests == [], "nothing is fetched unasked"
        visit.page.get_by_role("button", name="Fetch it (148 MB)").click()
        expect(visit.page.locator("#weights")).to_contain_text("has arrived", timeout=30_000)
        expect(visit.page.locator("#weights")).to_contain_text("“base” is here and at work")
    assert coach.engines.transcriber().weights == "base"


def test_a_download_is_seen_growing_stopped_and_gone_on_with(
    browser: Browser, without_weights: tuple[Coach, str], hub: FakeHub
) -> None:
    _, base = without_weights
    hub.silent_after_bytes = 700_000
    with visiting(browser, base) as visit:
        visit.go("/settings#weights")
        visit.page.get_by_role("button", name="Fetch it (148 MB)").click()
        bar = visit.page.get_by_role("progressbar")
        visit.page.get_by_text("All models").click()
        visit.page.get_by_role("button", name="Stop").focus()
        until(visit.page, "document.querySelector('#fetched')?.value > 0.01")
        expect(bar).to_be_visible()
        visit.page.wait_for_timeout(2500)  # the progress is drawn anew each second
        assert visit.page.get_by_text("nearly as good as small.en").is_visible(), "still open"
        expect(visit.page.get_by_role("button", name="Stop")).to_be_focused()
        assert visit.violations() == []
        visit.page.get_by_role("button", name="Stop").click()
        expect(visit.page.locator("#weights")).to_contain_text("What has arrived is kept")
        hub.silent_after_bytes = None
        visit.page.get_by_role("button", name="Go on fetching it (148 MB)").click()
        expect(visit.page.locator("#weights")).to_contain_text("has arrived", timeout=30_000)
    assert any(hub.ranges("model.bin")), "it went on where it was"


def test_a_hub_that_refuses_is_told_in_words(
    browser: Browser, without_weights: tuple[Coach, str], hub: FakeHub
) -> None:
    _, base = without_weights
    hub.status = 503
    with visiting(browser, base) as visit:
        visit.go("/settings#weights")
        visit.page.get_by_role("button", name="Fetch it (148 MB)").click()
        expect(visit.page.get_by_role("alert")).to_contain_text(
            "could not be fetched", timeout=30_000
        )
        assert visit.violations() == []


# One's own data


def test_everything_can_be_taken_along(browser: Browser, lived: Lived, tmp_path: Path) -> None:
    with visiting(browser, str(lived.client.base_url)) as visit:
        visit.go("/settings")
        expect(visit.page.get_by_text(str(lived.home))).to_be_visible()
        with visit.page.expect_download() as download:
            visit.page.get_by_role("link", name="Take everything with me").click()
        download.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert archive.testzip() is None
        assert f"recordings/{lived.spoken_id}.wav" in archive.namelist()


def test_everything_is_deleted_only_once_the_words_are_typed(
    browser: Browser, fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)
    with visiting(browser, str(fresh.base_url)) as visit:
        visit.go("/settings")
        visit.page.get_by_role("link", name="Delete everything").click()
        visit.page.get_by_label("Type “delete everything”").fill("yes")
        visit.page.get_by_role("button", name="Delete everything for good").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("Nothing was deleted")
        assert visit.violations() == []
        with fresh_coach.reading_bank() as bank:
            assert bank.count_questions() == 2
        visit.page.get_by_label("Type “delete everything”").fill(" Delete  everything")
        visit.page.get_by_role("button", name="Delete everything for good").click()
        expect(visit.page.get_by_role("heading", name="Everything is deleted")).to_be_visible()
        visit.page.get_by_role("link", name="Back to the start").click()
        expect(visit.page.get_by_role("link", name="Choose questions")).to_be_visible()
        visit.errors.clear()  # the browser itself notes the 400
    with fresh_coach.reading_bank() as bank:
        assert bank.count_questions(retired=None) == 0
