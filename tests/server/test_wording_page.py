"""The button "Suggest a wording": there only when set up, and it stores nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import httpx
import pytest

from tests.fakes.language_model import LanguageModel, language_model
from tests.practice.conftest import Clock
from tests.server.conftest import fill_bank
from tests.server.serving import served
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach


@dataclass(frozen=True)
class Helped:
    """A served coach with wording help."""

    client: httpx.Client
    coach: Coach
    model: LanguageModel
    outline: str

    def form(self) -> dict[str, object]:
        """Return the outline form as it stands, before a button is chosen."""
        page = self.client.get(self.outline).text
        token = re.search(r'name="_csrf_token" value="([0-9a-f]+)"', page)
        assert token is not None
        return {
            "_csrf_token": token[1],
            "version": "1",
            "point": ["Our overnight report failed in March", "I called the client at eight"],
            "part": ["situation", "action"],
            "weight": ["1", "2"],
            "skills": "",
            "stories": "",
        }

    def press(self, button: str, **more: str) -> httpx.Response:
        """Send the form with a button."""
        return self.client.post(self.outline, data={**self.form(), "do": button, **more})


@pytest.fixture(scope="module")
def helped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Helped]:
    home = tmp_path_factory.mktemp("helped") / "home"
    with language_model() as model:
        settings = Settings(
            home=home,
            synthetic=True,
            time_zone="UTC",
            wording_help_url=model.url,
            wording_help_model="tiny",
        )
        coach = build_coach(settings, clock=Clock())
        question_id = fill_bank(coach)
        with served(coach) as client:
            yield Helped(client, coach, model, f"/questions/{question_id}/outline")
        coach.database.close()


def test_a_suggestion_is_shown_beside_its_point_and_taken_over_only_when_asked(
    helped: Helped,
) -> None:
    helped.model.says = "At eight I called the client."
    shown = helped.press("suggest-1")
    assert "At eight I called the client." in shown.text
    assert "I called the client at eight</textarea>" in shown.text
    used = helped.press("use-1", suggested="At eight I called the client.")
    assert "At eight I called the client.</textarea>" in used.text
    stored = helped.client.get(f"/api{helped.outline}").json()
    assert stored["points"][1]["text"] == "I called the client at eight"


def test_a_suggestion_with_a_foreign_fact_is_dropped_with_the_reason(helped: Helped) -> None:
    helped.model.says = "I called Microsoft at eight."
    page = helped.press("suggest-1").text
    assert "“Microsoft” does not occur in your own words" in page
    assert "Use it" not in page


def test_a_failing_endpoint_costs_one_line_and_nothing_typed(helped: Helped) -> None:
    helped.model.status = 500
    try:
        page = helped.press("suggest-0").text
    finally:
        helped.model.status = 200
    assert "answered with 500" in page
    assert "Our overnight report failed in March</textarea>" in page


def test_without_a_setting_there_is_no_button(helped: Helped) -> None:
    assert "Suggest a wording" in helped.client.get(helped.outline).text
    before = helped.coach.settings
    helped.coach.settings = replace(before, wording_help_url="")
    try:
        assert "Suggest a wording" not in helped.client.get(helped.outline).text
        refused = helped.client.post(
            f"/api{helped.outline.removesuffix('/outline')}/suggestion", json={"text": "I called"}
        )
    finally:
        helped.coach.settings = before
    assert refused.status_code == 400
    assert "No wording help is set up" in refused.json()["detail"]


def test_a_program_gets_the_text_or_the_reason(helped: Helped) -> None:
    address = f"/api{helped.outline.removesuffix('/outline')}/suggestion"
    helped.model.says = "What did the client say at eight?"
    asked = {"text": "I called the client at eight", "wish": "follow_up"}
    made = helped.client.post(address, json=asked)
    assert made.json() == {
        "wish": "follow_up",
        "text": "What did the client say at eight?",
        "dropped": None,
    }
    helped.model.body = b"no JSON"
    try:
        failed = helped.client.post(address, json=asked)
    finally:
        helped.model.body = None
    assert failed.status_code == 502
    assert failed.headers["content-type"] == "application/problem+json"
