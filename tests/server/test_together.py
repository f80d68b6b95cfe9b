"""Many requests at once, and files that only their owner can read."""

import os
import stat
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.server.conftest import Lived, fill_bank
from voicecoach.practice import Coach

AT_ONCE = 20


def test_twenty_readers_and_writers_at_once_are_all_served(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    fill_bank(fresh_coach)

    def one(number: int) -> int:
        if number % 2:
            return fresh.get(
                ("/api/readiness", "/api/questions", "/api/next")[number % 3]
            ).status_code
        sent = {"text": f"What is question number {number}?", "kind": "technical"}
        return fresh.post("/api/questions", json=sent).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = Counter(pool.map(one, range(2 * AT_ONCE)))
    assert statuses == {200: AT_ONCE, 201: AT_ONCE}
    assert fresh.get("/api/questions").json()["total"] == 2 + AT_ONCE


def test_of_many_who_saw_the_same_outline_one_wins(fresh: httpx.Client, fresh_coach: Coach) -> None:
    address = f"/api/questions/{fill_bank(fresh_coach)}/outline"

    def write(number: int) -> int:
        sent = {"points": [{"text": f"Point {number}"}], "expected_version": 1}
        return fresh.put(address, json=sent).status_code

    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = Counter(pool.map(write, range(AT_ONCE)))
    assert statuses == {200: 1, 409: AT_ONCE - 1}
    assert fresh.get(address).json()["version"] == 2


def test_a_recording_can_be_heard_by_many_at_once(lived: Lived) -> None:
    def part(number: int) -> bytes:
        asked = {"Range": f"bytes={number * 100}-{number * 100 + 99}"}
        address = f"/api/attempts/{lived.spoken_id}/recording"
        return lived.client.get(address, headers=asked).content

    with ThreadPoolExecutor(AT_ONCE) as pool:
        parts = list(pool.map(part, range(AT_ONCE)))
    whole = (lived.home / "recordings" / f"{lived.spoken_id}.wav").read_bytes()
    assert b"".join(parts) == whole[: AT_ONCE * 100]


@pytest.mark.skipif(os.name != "posix", reason="file modes exist on POSIX only")
def test_home_and_files_are_their_owners_only(lived: Lived) -> None:
    assert stat.S_IMODE(lived.home.stat().st_mode) == 0o700
    open_to_others = [
        path
        for path in lived.home.rglob("*")
        if path.parent in {lived.home, lived.home / "recordings"}
        and path.stat().st_mode & 0o077
        and not (path.is_dir() and path.parent == lived.home)
    ]
    assert open_to_others == []
