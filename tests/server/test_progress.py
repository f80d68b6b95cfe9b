"""How far an attempt is, told as it happens; and setting it going again."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.server.answering import add_question
from tests.server.answering import answer as answer_with
from tests.server.conftest import Lived
from tests.server.serving import served
from voicecoach.attempt import AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.practice import BROKEN_OFF, Coach
from voicecoach.speech.recording_file import RecordingWriter

Event = tuple[str, dict[str, Any]]


def events(client: httpx.Client, attempt_id: str) -> Iterator[Event]:
    with client.stream("GET", f"/api/attempts/{attempt_id}/events") as stream:
        assert stream.status_code == 200
        assert stream.headers["content-type"].startswith("text/event-stream")
        name = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield name, json.loads(line.removeprefix("data: "))


def test_whoever_comes_late_hears_the_end_at_once(lived: Lived) -> None:
    told = list(events(lived.client, lived.spoken_id))
    assert [(name, event["stage"], event["status"]) for name, event in told] == [
        ("stage", "done", "scored"),
        ("end", "done", "scored"),
    ]


def test_a_browser_that_comes_back_after_the_end_is_sent_home(lived: Lived) -> None:
    address = f"/api/attempts/{lived.spoken_id}/events"
    assert lived.client.get(address, headers={"Last-Event-ID": "end"}).status_code == 204
    assert lived.client.get(address, headers={"Last-Event-ID": "scoring"}).status_code == 200


def test_nobody_hears_of_what_does_not_exist(lived: Lived) -> None:
    refused = lived.client.get("/api/attempts/nowhere/events")
    assert refused.status_code == 404
    assert refused.headers["content-type"] == "application/problem+json"


def test_the_stages_are_told_while_another_thread_finishes(
    fresh: httpx.Client, fresh_coach: Coach, spoken_file: Path
) -> None:
    attempt_id = answer_with(fresh_coach, add_question(fresh_coach), spoken_file)
    stream = events(fresh, attempt_id)
    assert next(stream)[1]["stage"] == "waiting its turn"
    fresh_coach.finish(attempt_id)
    told = list(stream)
    assert told[-1][0] == "end"
    assert told[-1][1]["status"] == "scored"


def test_whoever_stops_listening_does_not_hold_the_server_up(
    fresh_coach: Coach, spoken_file: Path
) -> None:
    attempt_id = answer_with(fresh_coach, add_question(fresh_coach), spoken_file)
    with served(fresh_coach) as client:
        for _ in range(3):
            stream = events(client, attempt_id)
            next(stream)
            stream.close()  # type: ignore[attr-defined]
        assert client.get("/api/health").status_code == 200
    # `served` has seen the server end, which waits for open answers


def test_an_answer_that_was_broken_off_is_listed_and_scored_when_asked_for(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    attempt = fresh_coach.begin(add_question(fresh_coach))
    fresh_coach.settings.recordings_folder.mkdir(mode=0o700, exist_ok=True)
    with RecordingWriter(fresh_coach.settings.recordings_folder / f"{attempt.id}.wav") as writer:
        writer.append(b"\x01\x10" * 32_000)
    assert [event["stage"] for _, event in events(fresh, attempt.id)] == ["interrupted"] * 2
    (listed,) = fresh.get("/api/attempts", params={"open": True}).json()["items"]
    assert (listed["attempt_id"], listed["stage"]) == (attempt.id, "interrupted")
    taken = fresh.post(f"/api/attempts/{attempt.id}/finish")
    assert taken.status_code == 202
    assert taken.headers["location"] == f"/api/attempts/{attempt.id}"
    assert taken.json()["recording_seconds"] == 2.0
    assert taken.json()["interrupted"] == BROKEN_OFF
    (listed,) = fresh.get("/api/attempts", params={"open": True}).json()["items"]
    assert listed["stage"] == "waiting its turn"


def test_a_failed_answer_is_listed_with_its_reason_and_can_be_tried_again(
    fresh: httpx.Client, fresh_coach: Coach, spoken_file: Path
) -> None:
    attempt_id = answer_with(fresh_coach, add_question(fresh_coach), spoken_file)
    with fresh_coach.database.transaction() as session:
        AttemptStore(session).save(attempt_id, status=AttemptStatus.FAILED, failure="It broke.")
    told = list(events(fresh, attempt_id))
    assert told[-1] == ("end", told[-1][1] | {"stage": "failed", "failure": "It broke."})
    (listed,) = fresh.get("/api/attempts", params={"open": True}).json()["items"]
    assert (listed["status"], listed["reasons"]) == ("failed", ["It broke."])
    # its job is still there; a retry keeps it and nothing is lost by asking twice
    for _ in range(2):
        assert fresh.post(f"/api/attempts/{attempt_id}/finish").status_code == 202


def test_what_is_scored_is_not_open_and_cannot_be_finished_again(lived: Lived) -> None:
    assert lived.client.get("/api/attempts", params={"open": True}).json()["total"] == 0
    refused = lived.client.post(f"/api/attempts/{lived.spoken_id}/finish")
    assert refused.status_code == 409
    assert "rescore" in refused.json()["what_to_do"]
    assert lived.client.post("/api/attempts/nowhere/finish").status_code == 404
