"""Writing over the API: interviews, questions, outlines, debriefs, corrections, deletions."""

from pathlib import Path

import httpx
import pytest

from tests.practice.conftest import ANSWER, QUESTION
from tests.server.conftest import fill_bank
from tests.server.serving import served
from voicecoach.practice import Coach

DEBRIEF = """# Interview: Analyst at Birch & Co

Date: 2026-11-10
Outcome: rejected

## Questions

### Tell me about a mistake you made.

Tripped up: I could not think of one.
"""


def add_question(client: httpx.Client, text: str = QUESTION) -> str:
    answer = client.post("/api/questions", json={"text": text, "kind": "behavioural"})
    assert answer.status_code == 201, answer.text
    identity: str = answer.json()["question"]["id"]
    return identity


def test_an_interview_is_added_and_read_back(fresh: httpx.Client) -> None:
    sent = {
        "company": "Birch & Co",
        "day": "2026-11-10",
        "outcome": "rejected",
        "feelings": [{"word": "disappointed", "intensity": 4}],
        "lessons": ["Ask what they mean."],
    }
    answer = fresh.post("/api/interviews", json=sent)
    assert answer.status_code == 201
    stored = fresh.get(f"/api/interviews/{answer.json()['id']}").json()
    assert {name: stored[name] for name in sent} == sent


def test_a_change_leaves_alone_what_is_not_sent(fresh: httpx.Client) -> None:
    sent = {"company": "Alder", "role": "Analyst", "day": "2026-12-09", "lessons": ["Breathe."]}
    before = fresh.post("/api/interviews", json=sent).json()
    address = f"/api/interviews/{before['id']}"
    assert fresh.patch(address, json={}).json() == before
    assert fresh.patch(address, json={"role": "Lead"}).json() == before | {"role": "Lead"}


def test_null_empties_a_day_and_nothing_else(fresh: httpx.Client) -> None:
    before = fresh.post("/api/interviews", json={"company": "Alder", "day": "2026-12-09"}).json()
    address = f"/api/interviews/{before['id']}"
    assert fresh.patch(address, json={"day": None}).json() == before | {"day": None}
    refused = fresh.patch(address, json={"company": None})
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "company"
    emptied = fresh.patch(address, json={"lessons": []})
    assert emptied.json()["lessons"] == []


def test_a_question_added_twice_is_met_again(fresh: httpx.Client) -> None:
    first = fresh.post("/api/questions", json={"text": QUESTION, "kind": "behavioural"}).json()
    trip = {"how": "I froze.", "difficulty": 5}
    again = {"text": QUESTION.upper(), "kind": "technical", "trip": trip}
    second = fresh.post("/api/questions", json=again).json()
    assert (first["is_new"], second["is_new"]) == (True, False)
    assert second["question"]["id"] == first["question"]["id"]
    assert second["question"]["tripped_up"][0]["how"] == "I froze."
    assert fresh.get("/api/questions").json()["total"] == 1


def test_a_question_is_changed_field_by_field(fresh: httpx.Client) -> None:
    address = f"/api/questions/{add_question(fresh)}"
    before = fresh.get(address).json()
    assert fresh.patch(address, json={}).json() == before
    changed = fresh.patch(address, json={"target_seconds": 60, "competency": "candour"}).json()
    assert changed == before | {"target_seconds": 60, "competency": "candour"}
    assert fresh.patch(address, json={"target_seconds": None}).status_code == 400


def test_a_question_can_not_take_anothers_words(fresh: httpx.Client) -> None:
    add_question(fresh)
    other = add_question(fresh, "Why do you want this job?")
    refused = fresh.patch(f"/api/questions/{other}", json={"text": QUESTION})
    assert refused.status_code == 409
    assert refused.json()["type"] == "urn:voicecoach:problem:conflict"


def test_a_question_is_retired_and_comes_back(fresh: httpx.Client) -> None:
    identity = add_question(fresh)
    assert fresh.post(f"/api/questions/{identity}/retire").json()["retired"] is True
    assert fresh.get("/api/questions").json()["total"] == 0
    assert fresh.get("/api/questions", params={"retired": True}).json()["total"] == 1
    assert fresh.post(f"/api/questions/{identity}/restore").json()["retired"] is False
    assert fresh.get("/api/questions").json()["total"] == 1


def test_a_trip_joins_the_history(fresh: httpx.Client) -> None:
    identity = add_question(fresh)
    sent = {"how": "I rambled.", "remembered_answer": "Something about teams.", "difficulty": 3}
    answer = fresh.post(f"/api/questions/{identity}/trips", json=sent)
    assert answer.status_code == 201
    (trip,) = answer.json()["tripped_up"]
    assert {name: trip[name] for name in sent} == sent


def test_an_outline_grows_by_versions_and_refuses_an_old_view(fresh: httpx.Client) -> None:
    address = f"/api/questions/{add_question(fresh)}/outline"
    assert fresh.get(address).status_code == 404
    first = {"points": [{"text": "The report failed", "part": "situation"}], "expected_version": 0}
    stored = fresh.put(address, json=first).json()
    assert stored["version"] == 1
    late = fresh.put(address, json={"points": [{"text": "Mine"}], "expected_version": 0})
    assert late.status_code == 409
    assert "version 1" in late.json()["detail"]
    assert fresh.get(address).json() == stored
    second = first | {"expected_version": 1, "skills": ["candour"]}
    assert fresh.put(address, json=second).json()["version"] == 2


def test_an_outline_without_the_version_seen_is_refused(fresh: httpx.Client) -> None:
    address = f"/api/questions/{add_question(fresh)}/outline"
    refused = fresh.put(address, json={"points": []})
    assert refused.status_code == 400
    assert "expected_version" in refused.text


def test_a_debrief_enters_the_bank(fresh: httpx.Client) -> None:
    answer = fresh.post("/api/debriefs", json={"text": DEBRIEF})
    assert answer.status_code == 201
    entered = answer.json()["entered"]
    assert entered["interview"]["company"] == "Birch & Co"
    assert [question["text"] for question in entered["new"]] == [
        "Tell me about a mistake you made."
    ]
    again = fresh.post("/api/debriefs", json={"text": DEBRIEF}).json()["entered"]
    assert (again["new"], len(again["strengthened"])) == ([], 1)


def test_what_can_not_be_read_in_a_debrief_comes_back_with_its_line(fresh: httpx.Client) -> None:
    text = DEBRIEF.replace("2026-11-10", "the day before yesterday")
    answer = fresh.post("/api/debriefs", json={"text": text}).json()
    assert answer["entered"]["interview"]["day"] is None
    assert [problem["line"] for problem in answer["problems"]] == [3]


def test_a_deleted_interview_is_gone_and_its_questions_stay(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question_id = fill_bank(fresh_coach)
    (trip,) = fresh.get(f"/api/questions/{question_id}").json()["tripped_up"]
    address = f"/api/interviews/{trip['interview_id']}"
    assert fresh.delete(address).status_code == 204
    assert fresh.get(address).status_code == 404
    assert fresh.delete(address).status_code == 404
    (left,) = fresh.get(f"/api/questions/{question_id}").json()["tripped_up"]
    assert (left["how"], left["interview_id"]) == (trip["how"], None)


@pytest.fixture
def typed_attempt(fresh_coach: Coach) -> str:
    attempt = fresh_coach.begin(fill_bank(fresh_coach), typed=True)
    fresh_coach.answer_typed(attempt.id, "I told the client. " + " ".join(ANSWER))
    return attempt.id


def test_a_correction_scores_anew_and_keeps_both_versions(
    fresh: httpx.Client, typed_attempt: str
) -> None:
    answer = fresh.put(f"/api/attempts/{typed_attempt}/transcript", json={"text": " ".join(ANSWER)})
    assert answer.status_code == 200
    result = answer.json()
    assert result["transcript"]["version"] == result["transcript_versions"] == 2
    assert result["score"]["transcript_version"] == 2
    versions = fresh.get(f"/api/attempts/{typed_attempt}/transcripts").json()["items"]
    assert [version["version"] for version in versions] == [1, 2]
    assert versions[0]["text"].startswith("I told the client.")


def test_a_correction_that_changes_nothing_is_refused(
    fresh: httpx.Client, typed_attempt: str
) -> None:
    address = f"/api/attempts/{typed_attempt}/transcript"
    same = fresh.get(f"/api/attempts/{typed_attempt}").json()["transcript"]["text"]
    assert fresh.put(address, json={"text": same}).status_code == 400
    assert fresh.put(address, json={"text": "   "}).status_code == 400


def test_an_attempt_without_words_can_not_be_corrected(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    attempt = fresh_coach.begin(fill_bank(fresh_coach))
    refused = fresh.put(f"/api/attempts/{attempt.id}/transcript", json={"text": "I said this."})
    assert refused.status_code == 409


def test_a_deletion_is_real_and_leaves_a_mark(
    fresh_coach: Coach, spoken_file: Path, tmp_path: Path
) -> None:
    question_id = fill_bank(fresh_coach)
    attempt = fresh_coach.attach(fresh_coach.begin(question_id).id, spoken_file)
    recording = tmp_path / "home" / "recordings" / f"{attempt.id}.wav"
    assert recording.is_file()
    with served(fresh_coach) as client:
        address = f"/api/attempts/{attempt.id}"
        assert client.delete(address).status_code == 204
        assert not recording.exists()
        assert client.get(f"{address}/recording").status_code == 404
        mark = client.get(address).json()
        assert (mark["status"], mark["transcript"], mark["score"]) == ("deleted", None, None)
        assert client.get("/api/attempts").json()["total"] == 0
        assert client.get("/api/attempts", params={"status": "deleted"}).json()["total"] == 1
        assert client.delete(address).status_code == 204
