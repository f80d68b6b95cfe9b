"""Feedback and positives through the API: everything that the page does, in the same words."""

from email import message_from_bytes
from email.policy import default

import httpx
import pytest

from tests.feedback.test_feedback_step import MORE, REPLY
from tests.server.conftest import fill_bank
from voicecoach.practice import Coach

RECOVERY = "/api/recovery"


@pytest.fixture
def api(fresh: httpx.Client, fresh_coach: Coach) -> httpx.Client:
    fill_bank(fresh_coach)
    return fresh


def test_asking_is_drafted_sent_answered_and_taken_back(api: httpx.Client) -> None:
    begun = api.get(f"{RECOVERY}/feedback").json()
    assert begun["request"]["state"] == "not_begun"
    assert "[your name]" in begun["draft"]["body"]
    letter = api.post(
        f"{RECOVERY}/feedback/letter", json={"tone": "plain", "signed": "Kim", "address": "a@b.org"}
    ).json()
    assert letter["to_fill_in"] == ["[name]"]
    assert letter["whole_link"]
    mail = message_from_bytes(api.get(f"{RECOVERY}/feedback/letter.eml").content, policy=default)
    assert mail["X-Unsent"] == "1"
    events = f"{RECOVERY}/feedback/events"
    assert api.post(events, json={"kind": "sent"}).json()["state"] == "sent"
    assert api.post(events, json={"kind": "wait", "days": 3}).json()["wait_days"] == 3
    assert api.post(events, json={"kind": "sent"}).status_code == 409
    reply = api.post(f"{RECOVERY}/feedback/reply", json={"text": REPLY}).json()
    assert "Dana" not in reply["kept"]
    taken = api.post(f"{RECOVERY}/feedback/reply", json={"take": [0, 2]}).json()
    assert "Dana" in taken["kept"]
    now = api.get(f"{RECOVERY}/feedback").json()
    assert now["request"]["state"] == "answered"
    assert MORE in [one["quote"] for one in now["sentences"]]
    assert api.post(events, json={"kind": "undo"}).json()["state"] == "sent"


def test_what_becomes_of_a_sentence_is_kept_listed_and_taken_back(api: httpx.Client) -> None:
    wish = {"quote": MORE, "use": "focus", "criterion": "specificity"}
    kept = api.post(f"{RECOVERY}/takeaways", json=wish).json()
    assert api.post(f"{RECOVERY}/takeaways", json=wish).status_code == 409
    (focus,) = api.get(f"{RECOVERY}/kept").json()["focuses"]
    assert focus["quote"] == MORE
    assert api.post(f"{RECOVERY}/takeaways", json={"quote": "x", "use": "note"}).status_code == 400
    assert api.delete(f"{RECOVERY}/takeaways/{kept['id']}").json()["stays"] == ""
    assert api.delete(f"{RECOVERY}/takeaways/{kept['id']}").status_code == 404
    assert api.get(f"{RECOVERY}/kept").json() == {"strengths": [], "focuses": []}


def test_entries_of_looking_back_show_what_they_became(api: httpx.Client) -> None:
    interview = api.get(f"{RECOVERY}/positives").json()["interview"]["id"]
    changed = {"went_well": ["I was early."], "right_company": "no", "grey_areas": ["A silence."]}
    assert api.patch(f"/api/interviews/{interview}", json=changed).status_code == 200
    wish = {"quote": "I was early.", "use": "strength", "source": "went_well"}
    strength = api.post(f"{RECOVERY}/takeaways", json=wish).json()["id"]
    (noticed,) = api.get("/api/skills/noticed").json()["items"]
    assert noticed["draft"]["story"]["action"] == "I was early."
    taken = api.post(f"/api/skills/noticed/{strength[:12]}")
    assert (taken.status_code, taken.json()["name"]) == (201, "I was early.")
    assert api.get("/api/skills/noticed").json()["items"] == []
    assert api.post(f"/api/skills/noticed/{strength}").status_code == 409
    found = api.get(f"{RECOVERY}/positives").json()
    assert [one["text"] for one in found["entries"]] == ["I was early.", "A silence."]
    assert [one["use"] for one in found["entries"][0]["became"]] == ["strength"]
    assert found["interview"]["right_company"] == "no"
    emptied = api.patch(f"/api/interviews/{interview}", json={"right_company": None}).json()
    assert emptied["right_company"] is None
