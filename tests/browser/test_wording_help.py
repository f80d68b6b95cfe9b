"""Suggesting a wording in the outline editor: shown, refused, taken over, moved points and all."""

from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.browsing import visiting
from tests.fakes.language_model import language_model
from tests.server.conftest import fill_bank
from tests.server.serving import served
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach


def test_a_wording_is_suggested_for_the_point_whose_button_was_pressed(
    browser: Browser, tmp_path: Path
) -> None:
    with language_model() as model:
        settings = Settings(
            home=tmp_path / "home",
            synthetic=True,
            time_zone="UTC",
            wording_help_url=model.url,
            wording_help_model="tiny",
        )
        coach = build_coach(settings)
        question = fill_bank(coach)
        with (
            served(coach) as client,
            visiting(
                browser, str(client.base_url).rstrip("/"), size="phone", scheme="dark"
            ) as visit,
        ):
            page = visit.page
            visit.go(f"/questions/{question}/outline")
            page.get_by_role("button", name="Move point 2 up").click()
            model.says = "At eight I called the client."
            page.get_by_role("button", name="Suggest a wording of point 1").click()
            expect(page.locator(".suggested")).to_contain_text(model.says)
            assert visit.violations() == []
            assert not visit.wider_than_the_window()
            page.get_by_role("button", name="Use it").click()
            expect(page.get_by_label("Point 1", exact=True)).to_have_value(model.says)
            model.says = "I met Microsoft."
            page.get_by_role("button", name="Suggest a wording of point 1").click()
            expect(page.locator(".suggested")).to_contain_text("was dropped: “Microsoft”")
        coach.database.close()
