"""`/api/recovery`: paths, steps, check-ins, movement, breathing, progress, as programs see them."""

import httpx
import pytest

from tests.server.conftest import fill_bank
from voicecoach.practice import Coach


@pytest.fixture
def client(fresh: httpx.Client, fresh_coach: Coach) -> httpx.Client:
    fill_bank(fresh_coach)
    return fresh


def test_a_path_is_begun_walked_and_compared(client: httpx.Client) -> None:
    waiting = client.post(
        "/api/interviews", json={"company": "Oak", "day": "2026-11-12", "outcome": "waiting"}
    ).json()["id"]
    begun = client.post("/api/recovery/paths", json={"interview_id": waiting})
    assert begun.status_code == 201
    assert begun.json()["interview_id"] == waiting
    skipped = client.put("/api/recovery/steps/move", json={"state": "skipped", "note": "my knee"})
    assert skipped.json()["steps"][3]["state"] == "skipped"
    again = client.put("/api/recovery/steps/move", json={"state": "later"})
    assert again.json()["steps"][3]["state"] == "later"
    paths = client.get("/api/recovery/paths").json()
    assert [one["name"] for one in paths["items"]] == ["Oak", "Analyst at Birch & Co"]
    assert paths["total"] == 2


def test_a_check_in_is_kept_listed_and_deleted(client: httpx.Client) -> None:
    sent = {"feelings": [{"word": "sad", "intensity": 4}], "note": "It rained."}
    kept = client.post("/api/recovery/check-ins", json=sent)
    assert kept.status_code == 201
    assert kept.json()["note_may_leave"] is False
    listed = client.get("/api/recovery/check-ins").json()
    assert [one["note"] for one in listed["check_ins"]["items"]] == ["It rained."]
    assert "one conversation on one day" in listed["perspective"]
    assert "crisis" in listed["support"]
    address = f"/api/recovery/check-ins/{kept.json()['id']}"
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    assert client.get("/api/recovery/check-ins").json()["check_ins"]["total"] == 0


def test_movement_is_kept_and_summed_up(client: httpx.Client) -> None:
    walk = {"kind": "walk", "minutes": 20, "before": 2, "after": 4}
    for _ in range(3):
        assert client.post("/api/recovery/movements", json=walk).status_code == 201
    found = client.get("/api/recovery/movements").json()
    assert found["summary"]["sentence"] == (
        "You moved 3 times, 60 minutes in all; after it you felt better 3 times."
    )
    first = found["movements"]["items"][0]["id"]
    assert client.delete(f"/api/recovery/movements/{first}").status_code == 204
    assert client.get("/api/recovery/movements").json()["movements"]["total"] == 2


REFUSED: tuple[tuple[str, str, object, int], ...] = (
    ("POST", "check-ins", {"feelings": []}, 400),
    ("POST", "check-ins", {"feelings": [{"word": "sad", "intensity": 9}]}, 400),
    ("POST", "movements", {"kind": "walk", "minutes": 0}, 400),
    ("POST", "movements", {"kind": "walk", "minutes": 5, "before": 6}, 400),
    ("PUT", "steps/shout", {"state": "done"}, 400),
    ("PUT", "steps/move", {"state": "next"}, 400),
    ("POST", "paths", {"interview_id": "nothing"}, 404),
    ("DELETE", "movements/nothing", None, 404),
)


def test_what_can_not_be_kept_is_a_problem_with_a_remedy(client: httpx.Client) -> None:
    for method, path, body, status in REFUSED:
        answer = client.request(method, f"/api/recovery/{path}", json=body)
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["what_to_do"]


def test_breathing_and_progress_are_described(client: httpx.Client) -> None:
    names = [one["name"] for one in client.get("/api/recovery/breathing").json()]
    assert names == ["long-exhale", "box", "4-7-8"]
    figures = client.get("/api/recovery/progress").json()["figures"]
    assert [one["name"] for one in figures] == ["Analyst at Birch & Co", "Now"]


def test_dos_and_donts_are_part_of_an_interview(client: httpx.Client) -> None:
    sent = {"company": "Oak", "dos": ["Say the result first"], "donts": ["Apologise"]}
    stored = client.post("/api/interviews", json=sent).json()
    assert {name: stored[name] for name in sent} == sent
    changed = client.patch(f"/api/interviews/{stored['id']}", json={"dos": []}).json()
    assert (changed["dos"], changed["donts"]) == ([], ["Apologise"])
