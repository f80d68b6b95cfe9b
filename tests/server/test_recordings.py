"""Hearing an answer: whole, in ranges, and what is refused."""

import numpy as np
import pytest

from tests.server.conftest import Lived


def address(lived: Lived) -> str:
    return f"/api/attempts/{lived.spoken_id}/recording"


def stored(lived: Lived) -> bytes:
    return (lived.home / "recordings" / f"{lived.spoken_id}.wav").read_bytes()


def test_a_recording_comes_whole(lived: Lived) -> None:
    answer = lived.client.get(address(lived))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/wav"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == stored(lived)


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-99", slice(0, 100)),
        ("bytes=1000-", slice(1000, None)),
        ("bytes=-500", slice(-500, None)),
        ("bytes=44-99999999", slice(44, None)),
    ],
)
def test_a_range_comes_as_206(lived: Lived, asked: str, part: slice) -> None:
    whole = stored(lived)
    answer = lived.client.get(address(lived), headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == whole[part]
    assert answer.headers["content-range"].endswith(f"/{len(whole)}")


def test_a_range_beyond_the_end_is_refused_with_the_length(lived: Lived) -> None:
    answer = lived.client.get(address(lived), headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["content-range"] == f"bytes */{len(stored(lived))}"
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:voicecoach:problem:range"


@pytest.mark.parametrize("asked", ["lines=1-2", "bytes", "bytes=5-2", "bytes=a-b"])
def test_a_range_that_makes_no_sense_is_refused(lived: Lived, asked: str) -> None:
    answer = lived.client.get(address(lived), headers={"Range": asked})
    assert answer.status_code == 400
    assert "Range" in answer.json()["detail"]


def test_head_tells_the_length_and_sends_nothing(lived: Lived) -> None:
    answer = lived.client.head(address(lived))
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) == len(stored(lived))
    assert answer.content == b""


def test_a_typed_answer_has_no_recording(lived: Lived) -> None:
    answer = lived.client.get(f"/api/attempts/{lived.typed_id}/recording")
    assert answer.status_code == 404
    assert answer.json()["detail"] == "That attempt has no recording."


def test_its_peaks_come_so_that_no_browser_has_to_decode_it(lived: Lived) -> None:
    answer = lived.client.get(f"/api/attempts/{lived.spoken_id}/peaks", params={"stretches": 50})
    samples = np.frombuffer(stored(lived)[44:], dtype="<i2").astype(float) / 32768
    assert answer.status_code == 200
    assert answer.json()["seconds"] == len(samples) / 16_000
    assert len(answer.json()["peaks"]) == 50
    assert max(answer.json()["peaks"]) == pytest.approx(np.abs(samples).max(), abs=0.001)


@pytest.mark.parametrize("stretches", ["0", "10001", "many"])
def test_more_peaks_than_anybody_can_see_are_refused(lived: Lived, stretches: str) -> None:
    answer = lived.client.get(
        f"/api/attempts/{lived.spoken_id}/peaks", params={"stretches": stretches}
    )
    assert answer.status_code == 400


def test_a_typed_answer_has_no_peaks(lived: Lived) -> None:
    assert lived.client.get(f"/api/attempts/{lived.typed_id}/peaks").status_code == 404
