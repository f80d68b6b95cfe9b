"""`/api/mocks`: a mock interview as a program holds it, from choosing to what it raised."""

import httpx
import pytest

from question_bank.question import QuestionKind
from tests.practice.conftest import ANSWER
from tests.server.conftest import fill_bank
from voicecoach.practice import Coach


@pytest.fixture
def client(fresh: httpx.Client, fresh_coach: Coach) -> httpx.Client:
    fill_bank(fresh_coach)
    with fresh_coach.bank() as bank:
        bank.add_question("How do you decide what to build?", kind=QuestionKind.TO_ASK)
    return fresh


def answer_turn(client: httpx.Client, turn: dict[str, object], words: str) -> str:
    sent = client.post(
        f"/api/questions/{turn['question_id']}/attempts",
        json={"text": words, "parent_id": turn["parent_id"]},
    )
    assert sent.status_code == 201, sent.text
    attempt_id: str = sent.json()["attempt_id"]
    return attempt_id


def test_a_program_holds_a_mock_interview_from_choosing_to_what_it_raised(
    client: httpx.Client,
) -> None:
    begun = client.post(
        "/api/mocks",
        json={"count": 2, "role": "Analyst", "pressure": {"limit_seconds": 90}},
    )
    assert begun.status_code == 201
    state = begun.json()
    address = begun.headers["location"]
    assert state["turn"]["said"].startswith("Hello, and thank you for coming.")
    assert "1 minute and 30 seconds" in state["turn"]["said"]
    assert state["turn"]["pressure"]["limit_seconds"] == 90
    follow_ups = closings = 0
    while (turn := client.get(address).json()["turn"]) is not None:
        follow_ups, closings = follow_ups + turn["follow_up"], closings + turn["closing"]
        answer_turn(
            client, turn, "How do you decide that?" if turn["closing"] else " ".join(ANSWER[:-1])
        )
    assert follow_ups >= 1, "what was missing is asked for"
    assert closings == 1
    report = client.get(f"{address}/report").json()
    assert report["over"]
    assert report["answered"] == 3
    assert report["scored"] >= 3, "follow-ups count"
    assert report["pressure"]["sentence"]
    assert report["strengths"]
    raised = report["additions"][0]
    added = client.post(f"{address}/additions", json={"wordings": {raised["key"]: "Why so?"}})
    assert added.status_code == 201
    assert [one["text"] for one in added.json()] == ["Why so?"]
    assert client.get("/api/mocks").json()["total"] == 1


def test_a_question_is_passed_over_once_and_an_interview_can_be_ended(
    client: httpx.Client,
) -> None:
    first = client.post("/api/mocks", json={"count": 2}).json()
    address = f"/api/mocks/{first['interview']['id'][:12]}"
    on = client.post(f"{address}/pass", json={"number": 1})
    assert on.json()["turn"]["number"] == 2
    again = client.post(f"{address}/pass", json={"number": 1})
    assert (again.status_code, again.json()["type"]) == (409, "urn:voicecoach:problem:conflict")
    assert client.get(f"{address}/speech").content[:4] == b"RIFF"
    assert client.post(f"{address}/end").json()["turn"] is None
    assert client.get(f"{address}/speech").status_code == 404
    report = client.get(f"{address}/report").json()
    assert (report["over"], report["answered"], report["overall"]) == (True, 0, None)


REFUSED: tuple[tuple[dict[str, object], int], ...] = (
    ({"count": 21}, 400),
    ({"pressure": {"limit_seconds": 1}}, 400),
    ({"weakness": "charm"}, 400),
    ({"kind": "technical"}, 404),
)


def test_what_no_interview_can_be_is_refused_and_what_it_can_be_is_told(
    client: httpx.Client,
) -> None:
    for sent, status in REFUSED:
        refused = client.post("/api/mocks", json=sent)
        assert refused.status_code == status
        assert refused.json()["what_to_do"]
    assert client.get("/api/mocks").json()["items"] == []
    assert client.get("/api/mocks/choices").json() == {"roles": ["Analyst"], "weaknesses": []}
