"""Everything out through the API, and two questions that are one."""

import io
import zipfile

import httpx

from tests.practice.conftest import ANSWER
from tests.server.conftest import fill_bank
from voicecoach.practice import Coach


def test_a_program_takes_everything_out_and_makes_one_question_of_two(
    fresh: httpx.Client, fresh_coach: Coach
) -> None:
    question = fill_bank(fresh_coach)
    typed = fresh.post(f"/api/questions/{question}/attempts", json={"text": " ".join(ANSWER)})
    assert (typed.status_code, typed.json()["status"]) == (201, "scored")
    again = fresh.post(f"/api/questions/{question}/attempts", json={"text": " "})
    assert again.status_code == 400
    other = fresh.post(
        "/api/questions", json={"text": "When did you bring bad news?", "kind": "behavioural"}
    ).json()["question"]["id"]
    merged = fresh.post(f"/api/questions/{other}/merge", json={"drop": question})
    assert (merged.status_code, merged.json()["id"]) == (200, other)
    assert fresh.get(f"/api/questions/{other}/attempts").json()["total"] == 1
    archive = fresh.get("/api/export")
    assert archive.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(archive.content)).testzip() is None
    table = fresh.get("/api/answers.csv")
    assert table.headers["content-type"].startswith("text/csv")
    assert typed.json()["attempt_id"] in table.text
