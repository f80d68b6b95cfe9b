"""Answers sent as files, followed to their score; what can't be used is refused in words."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from server.routes import uploads
from server.uploads import remove_leftovers
from tests.practice.conftest import ANSWER
from tests.server.answering import add_question
from tests.server.serving import served
from tests.speech.made_audio import CODECS, encode
from voicecoach.practice import Coach
from voicecoach.speech.audio_file import read_audio, write_wav
from voicecoach.speech.recording import Recording


@pytest.fixture
def question_id(fresh_coach: Coach) -> str:
    return add_question(fresh_coach)


def send(client: httpx.Client, file: Path, **fields: str) -> httpx.Response:
    with file.open("rb") as sound:
        return client.post("/api/attempts", data=fields, files={"recording": (file.name, sound)})


@pytest.mark.parametrize("suffix", CODECS)
def test_every_format_is_taken_and_kept_on_disk(
    fresh_coach: Coach, question_id: str, spoken_file: Path, tmp_path: Path, suffix: str
) -> None:
    spoken = read_audio(spoken_file)
    counts = np.frombuffer(spoken.to_pcm16(), dtype="<i2").repeat(3)
    file = encode(tmp_path / f"answer.{suffix}", counts)
    with served(fresh_coach) as fresh:
        answer = send(fresh, file, question_id=question_id)
    assert answer.status_code == 202, answer.text
    result = answer.json()
    assert (result["status"], result["interrupted"]) == ("recorded", None)
    assert answer.headers["location"] == f"/api/attempts/{result['attempt_id']}"
    kept = read_audio(fresh_coach.settings.recordings_folder / result["recording"])
    assert kept.seconds == pytest.approx(spoken.seconds, abs=0.2)
    assert list((fresh_coach.settings.home / "uploads").iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"this is a letter", b"RIFF\0\0\0\0WAVEfmt "])
def test_what_holds_no_sound_is_refused_and_leaves_nothing(
    fresh: httpx.Client, fresh_coach: Coach, question_id: str, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "letter.webm"
    file.write_bytes(content)
    refused = send(fresh, file, question_id=question_id)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["type"] == "urn:voicecoach:problem:recording"
    assert "letter.webm" in problem["detail"]
    assert str(fresh_coach.settings.home) not in refused.text
    assert fresh_coach.attempts() == ()
    assert list(fresh_coach.settings.recordings_folder.glob("*")) == []
    assert list((fresh_coach.settings.home / "uploads").iterdir()) == []


def test_an_answer_of_more_than_half_an_hour_is_refused(
    fresh: httpx.Client, fresh_coach: Coach, question_id: str, tmp_path: Path
) -> None:
    file = tmp_path / "long.wav"
    write_wav(file, Recording(np.zeros(16_000 * (30 * 60 + 1), dtype=np.float32)))
    refused = send(fresh, file, question_id=question_id)
    assert refused.status_code == 422
    assert "long.wav is longer than 30 minutes" in refused.json()["detail"]
    assert fresh_coach.attempts() == ()


def test_a_file_that_is_too_large_is_refused(
    fresh_coach: Coach, question_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = uploads.UploadController.create_attempt
    monkeypatch.setattr(handler, "request_max_body_size", 100_000)
    file = tmp_path / "large.wav"
    file.write_bytes(b"\0" * 200_000)
    with served(fresh_coach) as client:
        refused = send(client, file, question_id=question_id)
        assert refused.status_code == 413
        assert refused.json()["type"] == "urn:voicecoach:problem:too-large"
        assert client.get("/api/health").json()["status"] == "ok"
    assert fresh_coach.attempts() == ()


def test_a_large_file_goes_to_disk_and_not_into_memory(
    fresh: httpx.Client, fresh_coach: Coach, question_id: str, tmp_path: Path
) -> None:
    """60 MB of a file that is no sound: read through, refused, nothing left."""
    file = tmp_path / "large.bin"
    with file.open("wb") as sparse:
        sparse.truncate(60_000_000)
    refused = send(fresh, file, question_id=question_id)
    assert refused.status_code == 422
    assert list((fresh_coach.settings.home / "uploads").iterdir()) == []


def test_only_a_form_with_a_file_is_read_there_and_nowhere_else(
    fresh: httpx.Client, question_id: str, spoken_file: Path
) -> None:
    assert fresh.post("/api/attempts", json={"question_id": question_id}).status_code == 415
    assert fresh.post("/api/attempts", data={"question_id": question_id}).status_code == 415
    no_file = fresh.post("/api/attempts", files={"question_id": (None, question_id)})
    assert no_file.status_code == 400
    words = {"question_id": (None, question_id), "recording": (None, "not a file")}
    assert fresh.post("/api/attempts", files=words).status_code == 400
    with spoken_file.open("rb") as sound:
        assert fresh.post("/api/questions", files={"recording": sound}).status_code == 415
    assert send(fresh, spoken_file, question_id="nowhere").status_code == 404


@pytest.mark.parametrize(
    "header",
    [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_a_form_of_another_site_is_refused(
    fresh: httpx.Client,
    fresh_coach: Coach,
    question_id: str,
    spoken_file: Path,
    header: dict[str, str],
) -> None:
    with spoken_file.open("rb") as sound:
        refused = fresh.post(
            "/api/attempts",
            data={"question_id": question_id},
            files={"recording": sound},
            headers=header,
        )
    assert refused.status_code == 403
    assert fresh_coach.attempts() == ()


def test_a_follow_up_is_answered_with_its_own_question(
    fresh: httpx.Client, fresh_coach: Coach, question_id: str, spoken_file: Path
) -> None:
    parent = fresh_coach.begin(question_id, typed=True)
    typed = fresh_coach.answer_typed(parent.id, " ".join(ANSWER[:3]))
    assert typed.score is not None
    assert typed.score.follow_up is not None
    answer = send(fresh, spoken_file, question_id=question_id, parent_id=parent.id)
    assert answer.status_code == 202
    assert answer.json()["question"]["asked"] == typed.score.follow_up
    assert answer.json()["follows_up"] == parent.id
    with fresh_coach.bank() as bank:
        other = bank.add_question("Why us?", kind=typed_kind(fresh_coach, question_id)).question
    crossed = send(fresh, spoken_file, question_id=other.id, parent_id=parent.id)
    assert crossed.status_code == 409


def typed_kind(coach: Coach, question_id: str) -> Any:
    with coach.reading_bank() as bank:
        return bank.get_question(question_id).kind


def test_a_folder_of_another_program_among_the_uploads_stops_nobody(tmp_path: Path) -> None:
    ours = tmp_path / "uploads" / "cut-off"
    (tmp_path / "uploads" / "@eaDir").mkdir(parents=True)
    ours.write_bytes(b"...")
    remove_leftovers(tmp_path, datetime.now(UTC) + timedelta(days=1))
    assert [path.name for path in ours.parent.iterdir()] == ["@eaDir"]
