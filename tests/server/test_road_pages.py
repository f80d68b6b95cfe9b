"""The pages of the road back, as forms without a browser: what was typed is kept or shown again."""

import re
from collections.abc import Mapping

import httpx
import pytest

from question_bank.interview import Feeling, Outcome
from tests.server.conftest import fill_bank
from voicecoach.practice import Coach
from voicecoach.recovery import StepState
from voicecoach.settings_desk import SettingsDesk


class Forms:
    """A person without JavaScript."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client

    def get(self, path: str) -> str:
        answer = self.client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, path: str, form: Mapping[str, object], *, code: int = 303) -> httpx.Response:
        token = re.search(r'x-csrftoken": "([0-9a-f]+)"', self.get("/road-back"))
        assert token is not None
        answer = self.client.post(path, data={"_csrf_token": token[1], **form})
        assert answer.status_code == code, answer.text
        return answer


@pytest.fixture
def forms(fresh: httpx.Client, fresh_coach: Coach) -> Forms:
    fill_bank(fresh_coach)
    return Forms(fresh)


def test_feelings_chosen_and_own_are_kept_with_their_strength(
    forms: Forms, fresh_coach: Coach
) -> None:
    forms.send(
        "/road-back/feel",
        {
            "feeling": ["sad", "tired"],
            "strength-sad": "5",
            "strength-tired": "2",
            "strength-angry": "3",
            "own": "homesick 4/5\nempty",
            "note": "It rained.",
        },
    )
    with fresh_coach.reading_roads_back() as roads:
        (kept,) = roads.check_ins.of_interview(roads.interview().id)
    assert kept.feelings == (
        Feeling(word="sad", intensity=5),
        Feeling(word="tired", intensity=2),
        Feeling(word="homesick", intensity=4),
        Feeling(word="empty", intensity=3),
    )
    assert not kept.note_may_leave
    page = forms.get("/road-back/feel")
    assert "It rained." in page
    forms.send(f"/road-back/feel/{kept.id}/note", {"may_leave": "yes"})
    assert "Keep the note out of exports" in forms.get("/road-back/feel")
    forms.send(f"/road-back/feel/{kept.id}/delete", {})
    assert "It rained." not in forms.get("/road-back/feel")


def test_a_check_in_that_says_nothing_is_shown_again(forms: Forms) -> None:
    answer = forms.send("/road-back/feel", {"note": " ", "may_leave": "yes"}, code=400)
    assert "Nothing was said." in answer.text
    assert re.search(r'name="may_leave" value="yes" checked', answer.text)


def test_the_way_to_breathe_is_remembered(forms: Forms, fresh_coach: Coach) -> None:
    before = {"before": "long-exhale"}
    forms.send("/road-back/breathe", {"pattern": "4-7-8", "rounds": "6", **before})
    page = forms.get("/road-back/breathe")
    assert "4 rounds, about 1:16" in page, "another pattern begins with its own rounds"
    assert "light-headed" in page
    forms.send("/road-back/breathe", {"pattern": "4-7-8", "rounds": "99", "before": "4-7-8"})
    assert "8 rounds, about 2:32" in forms.get("/road-back/breathe")
    assert SettingsDesk(fresh_coach).settings.breathing == "4-7-8"


@pytest.mark.parametrize("before", ["/debrief", "/debrief/spoken", "/drill", "/mock"])
def test_breathing_leads_on_to_what_it_was_offered_before(forms: Forms, before: str) -> None:
    page = forms.client.get(before, headers={"Accept": "text/html"}, follow_redirects=True).text
    offered = re.search(r'href="(/road-back/breathe\?then=[^"]+)"', page)
    assert offered is not None
    page = forms.get(offered[1])
    leads_on = re.search(r'<a class="button primary" href="([^"]+)">Go on</a>', page)
    assert leads_on is not None
    assert leads_on[1].startswith(before)
    assert "about 1:00" in page


def test_breathing_leads_nowhere_else(forms: Forms) -> None:
    assert "evil.example" not in forms.get("/road-back/breathe?then=//evil.example/drill")
    assert "evil.example" not in forms.get("/road-back/breathe?then=https://evil.example")


def test_breathing_is_offered_each_time_where_the_person_wants_it(
    forms: Forms, fresh_coach: Coach
) -> None:
    assert "First a minute for your breath?" not in forms.get("/debrief")
    SettingsDesk(fresh_coach).change({"breathe_first": "true"})
    assert "First a minute for your breath?" in forms.get("/debrief")


def test_each_cue_is_spoken(forms: Forms) -> None:
    for cue in ("in", "hold", "out"):
        answer = forms.client.get(f"/road-back/breathe/cue/{cue}")
        assert answer.content[:4] == b"RIFF"
    assert forms.client.get("/road-back/breathe/cue/shout").status_code == 404


def test_moving_is_logged_and_what_can_not_be_is_shown_again(forms: Forms) -> None:
    typed = {"kind": "walk", "minutes": "many", "own": "rowing", "before": "2", "after": "4"}
    refused = forms.send("/road-back/move", typed, code=400)
    assert "can’t be read as minutes" in refused.text.replace("&#39;", "’")
    assert 'value="rowing"' in refused.text
    forms.send("/road-back/move", typed | {"minutes": "25"})
    page = forms.get("/road-back/move")
    assert "rowing, 25 minutes" in page
    assert "You moved once, 25 minutes in all." in page


def test_what_is_kept_is_shown_before_the_next_interview(forms: Forms, fresh_coach: Coach) -> None:
    with fresh_coach.reading_roads_back() as roads:
        interview = roads.interview().id
    forms.send(
        "/road-back/continue",
        {"interview": interview, "dos": "Say the result first\n", "donts": "", "lessons": "Sleep"},
    )
    for page in ("/", "/mock", "/readiness", "/road-back", "/road-back/paths"):
        assert "Say the result first" in forms.get(page), page
    with fresh_coach.reading_bank() as bank:
        stored = bank.get_interview(interview)
    assert (stored.dos, stored.donts, stored.lessons) == (("Say the result first",), (), ("Sleep",))


def test_a_path_is_begun_by_saying_that_it_went_badly(forms: Forms, fresh_coach: Coach) -> None:
    with fresh_coach.bank() as bank:
        oak = bank.add_interview(company="Oak", role="Clerk", outcome=Outcome.WAITING)
    assert "Another interview went badly" in forms.get("/road-back")
    forms.send("/road-back/begin", {"interview": oak.id})
    page = forms.get(f"/road-back?interview={oak.id}")
    assert "The road back from Clerk at Oak" in page
    assert "See them side by side" in page


def test_a_step_left_out_is_opened_again(forms: Forms, fresh_coach: Coach) -> None:
    forms.send("/road-back", {"step": "move", "state": "skipped", "note": "my knee"})
    assert "Open it again" in forms.get("/road-back")
    forms.send("/road-back", {"step": "move", "state": "later", "note": "my knee"})
    path = fresh_coach.recovery()
    assert path is not None
    assert path.steps[3].state is StepState.LATER
    assert "my knee" in forms.get("/road-back")


def test_an_interview_they_said_yes_in_is_offered_no_road_back(
    forms: Forms, fresh_coach: Coach
) -> None:
    with fresh_coach.bank() as bank:
        offered = bank.add_interview(company="Elm Ltd", outcome=Outcome.OFFERED)
        refused = bank.add_interview(company="Oak Ltd", outcome=Outcome.REJECTED)
    assert "The road back" not in forms.get(f"/interviews/{offered.id}")
    assert "The road back" in forms.get(f"/interviews/{refused.id}")
