"""Corrections over HTTP: answered with the score, aligned afterwards, compared and undone."""

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.practice.conftest import ANSWER
from tests.server.conftest import Lived, fill_bank
from tests.server.test_problems import problem
from voicecoach.practice import Coach

CORRECTED = " ".join(ANSWER)


@pytest.fixture
def spoken_attempt(fresh_coach: Coach, spoken_file: Path) -> str:
    attempt = fresh_coach.attach(fresh_coach.begin(fill_bank(fresh_coach)).id, spoken_file)
    return fresh_coach.finish(attempt.id).id


def aligned(client: httpx.Client, attempt_id: str) -> dict[str, Any]:
    """The attempt once its words have been found in the sound, in half a minute at most."""
    for _ in range(300):
        result: dict[str, Any] = client.get(f"/api/attempts/{attempt_id}").json()
        if result["transcript"]["aligned"]:
            return result
        time.sleep(0.1)
    raise AssertionError(result)


def test_a_correction_is_answered_with_its_score_and_its_words_are_found_afterwards(
    fresh: httpx.Client, spoken_attempt: str
) -> None:
    answer = fresh.put(f"/api/attempts/{spoken_attempt}/transcript", json={"text": CORRECTED})
    assert answer.status_code == 200
    first = answer.json()
    assert first["score"]["transcript_version"] == first["transcript"]["version"] == 2
    assert not first["transcript"]["aligned"]
    assert first["estimated_words"] > 0
    later = aligned(fresh, spoken_attempt)
    assert later["transcript"]["text"] == first["transcript"]["text"]
    assert later["transcript_versions"] == 2
    assert later["estimated_words"] < first["estimated_words"]


def test_versions_are_listed_with_what_made_them_and_how_they_were_judged(
    fresh: httpx.Client, spoken_attempt: str
) -> None:
    fresh.put(f"/api/attempts/{spoken_attempt}/transcript", json={"text": CORRECTED})
    page = fresh.get(f"/api/attempts/{spoken_attempt}/versions").json()
    assert page["total"] == 2
    first, second = page["items"]
    assert (first["source"], second["source"]) == ("machine", "corrected")
    assert first["weights"] == "espeak-tiny"
    for version in (1, 2):
        shown = fresh.get(f"/api/attempts/{spoken_attempt}", params={"version": version}).json()
        assert shown["transcript"]["version"] == version
        assert shown["score"]["overall"] == page["items"][version - 1]["overall"]


def test_two_versions_are_compared(fresh: httpx.Client, spoken_attempt: str) -> None:
    fresh.put(f"/api/attempts/{spoken_attempt}/transcript", json={"text": CORRECTED})
    address = f"/api/attempts/{spoken_attempt}/compare"
    found = fresh.get(address).json()
    assert (found["before"]["version"], found["after"]["version"]) == (1, 2)
    assert " ".join(piece["after"] for piece in found["text"] if piece["after"]) == CORRECTED
    assert found["words_changed"] > 0
    assert {criterion["name"] for criterion in found["criteria"]} >= {"coverage", "delivery"}
    assert fresh.get(address, params={"from": 1, "to": 2}).json()["text"] == found["text"]
    back = fresh.get(address, params={"from": 2, "to": 1}).json()
    assert back["overall_changed"] == pytest.approx(-found["overall_changed"], abs=0.5)


def test_a_correction_is_undone_as_a_new_version(fresh: httpx.Client, spoken_attempt: str) -> None:
    heard = fresh.get(f"/api/attempts/{spoken_attempt}").json()["transcript"]
    fresh.put(f"/api/attempts/{spoken_attempt}/transcript", json={"text": CORRECTED})
    answer = fresh.post(f"/api/attempts/{spoken_attempt}/transcript/undo")
    assert answer.status_code == 200
    assert answer.json()["transcript"] == {**heard, "version": 3}


def test_what_was_not_corrected_can_be_neither_undone_nor_compared(lived: Lived) -> None:
    address = f"/api/attempts/{lived.typed_id}"
    problem(lived.client.post(f"{address}/transcript/undo"), 409, "conflict")
    problem(lived.client.get(f"{address}/compare"), 409, "conflict")


def test_a_version_that_is_not_there_is_a_404_and_one_that_is_no_number_a_400(
    lived: Lived,
) -> None:
    address = f"/api/attempts/{lived.spoken_id}"
    problem(lived.client.get(address, params={"version": 9}), 404, "not-found")
    problem(lived.client.get(f"{address}/compare", params={"from": 1, "to": 9}), 404, "not-found")
    problem(lived.client.get(f"{address}/compare", params={"from": 0}), 400, "invalid")
    problem(lived.client.get(address, params={"version": "first"}), 400, "invalid")
