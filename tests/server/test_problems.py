"""Every refusal is a problem that says what to do, and tells nothing of the inside."""

import logging
from typing import Any

import httpx
import pytest

from server.problems import SORTS, problem_of
from server.schemas import MOST_BODY_BYTES
from tests.server.conftest import Lived
from voicecoach import errors
from voicecoach.errors import CoachError, DatabaseError
from voicecoach.practice import Coach


def problem(answer: httpx.Response, status: int, sort: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert body["type"] == f"urn:voicecoach:problem:{sort}"
    assert body["status"] == status
    assert all(body[name].strip() for name in ("title", "detail", "what_to_do"))
    return body


@pytest.mark.parametrize(
    "address",
    [
        "/api/interviews/nothing",
        "/api/questions/nothing",
        "/api/questions/nothing/outline",
        "/api/questions/nothing/attempts",
        "/api/attempts/nothing",
        "/api/attempts/nothing/recording",
        "/api/attempts/nothing/transcripts",
        "/api/attempts/nothing/versions",
        "/api/attempts/nothing/compare",
        "/api/attempts?question_id=nothing",
        "/api/recovery?interview_id=nothing",
        "/api/questions/%00",
        "/api/questions/..%2f..%2fetc",
        "/api",
        "/api/nowhere",
        "/nowhere",
        "/schema/nowhere",
        "/schema/nowhere.json",
        "/static/../app.py",
        "/static/nowhere.js",
    ],
)
def test_what_is_not_there_is_a_404(lived: Lived, address: str) -> None:
    problem(lived.client.get(address), 404, "not-found")


def test_a_method_that_is_not_there_is_a_405_naming_the_others(lived: Lived) -> None:
    answer = lived.client.delete("/api/questions")
    problem(answer, 405, "method")
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"nonsense", b"\xff\xfe", b'{"text": "a", "kind": "technical"', b"[" * 5000],
)
def test_json_that_is_none_is_a_400(untouched: httpx.Client, body: bytes) -> None:
    sent = {"Content-Type": "application/json"}
    problem(untouched.post("/api/questions", content=body, headers=sent), 400, "invalid")


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"text": "Why?", "kind": "odd"}, "kind"),
        ({"text": "Why?", "kind": "technical", "target_seconds": 10**30}, "target_seconds"),
        ({"text": "Why?", "kind": "technical", "target_seconds": 0}, "target_seconds"),
        ({"text": "Why?", "kind": "technical", "target_seconds": "long"}, "target_seconds"),
        ({"text": "", "kind": "technical"}, "text"),
        ({"text": "x" * 1001, "kind": "technical"}, "text"),
        ({"text": ["Why?"], "kind": "technical"}, "text"),
    ],
)
def test_a_field_that_can_not_be_used_is_named(
    untouched: httpx.Client, sent: dict[str, Any], field: str
) -> None:
    body = problem(untouched.post("/api/questions", json=sent), 400, "invalid")
    assert [(error["field"], error["source"]) for error in body["errors"]] == [(field, "body")]


@pytest.mark.parametrize("sent", [[], "Why?", None, 5, {"text": "Why?", "kynd": "technical"}])
def test_a_body_of_another_shape_is_refused(untouched: httpx.Client, sent: Any) -> None:
    problem(untouched.post("/api/questions", json=sent), 400, "invalid")
    assert untouched.get("/api/questions").json()["total"] == 0


@pytest.mark.parametrize(
    "sent",
    [
        {"text": "   ", "kind": "technical"},
        {"text": "Why \0?", "kind": "technical"},
    ],
)
def test_what_the_bank_refuses_is_a_400_in_its_words(
    untouched: httpx.Client, sent: dict[str, Any]
) -> None:
    problem(untouched.post("/api/questions", json=sent), 400, "invalid")


def test_half_a_character_is_refused(untouched: httpx.Client) -> None:
    sent = {"Content-Type": "application/json"}
    body = b'{"text": "Why \\ud800?", "kind": "technical"}'
    problem(untouched.post("/api/questions", content=body, headers=sent), 400, "invalid")


def test_a_body_that_is_too_large_is_refused(untouched: httpx.Client) -> None:
    answer = untouched.post("/api/debriefs", json={"text": "x" * MOST_BODY_BYTES})
    problem(answer, 413, "too-large")


@pytest.mark.parametrize("on", ["yesterday", "2026-13-01", "99999-01-01", "", "0"])
def test_a_day_that_is_none_is_refused(lived: Lived, on: str) -> None:
    problem(lived.client.get("/api/readiness", params={"on": on}), 400, "invalid")


def test_what_nobody_foresaw_tells_nothing_of_the_inside(
    fresh: httpx.Client,
    fresh_coach: Coach,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def break_down(**_: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(fresh_coach, "attempts", break_down)
    with caplog.at_level(logging.ERROR, logger="server"):
        answer = fresh.get("/api/attempts?question_id=private-words")
    problem(answer, 500, "unforeseen")
    assert "secret" not in answer.text
    (record,) = caplog.records
    assert record.getMessage() == "GET /api/attempts failed"


def test_a_database_that_fails_is_a_503(
    fresh: httpx.Client, fresh_coach: Coach, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError("The disk is full.", "Free some room and try again.")

    monkeypatch.setattr(fresh_coach, "attempt", fail)
    body = problem(fresh.get("/api/attempts/x"), 503, "database")
    assert (body["detail"], body["what_to_do"]) == (
        "The disk is full.",
        "Free some room and try again.",
    )


def test_every_error_of_ours_has_a_status() -> None:
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, CoachError)
    ]
    assert len(kinds) > len(SORTS) - 1
    for kind in kinds:
        told = problem_of(kind("It happened.", "Do this."))
        assert (told.detail, told.what_to_do) == ("It happened.", "Do this.")
        assert 400 <= told.status < 600


@pytest.mark.parametrize(
    ("path", "onward"), [("/interviews/0a1b", "/interviews"), ("/drill/0a1b", "/questions")]
)
def test_a_page_that_is_gone_speaks_of_no_ids_and_leads_on(
    lived: Lived, path: str, onward: str
) -> None:
    gone = lived.client.get(path, headers={"Accept": "text/html"})
    assert gone.status_code == 404
    shown = gone.text.partition("<main")[2].partition("</main>")[0]
    assert "This page is not here" in shown
    assert f'href="{onward}"' in shown
    assert [word for word in ("0a1b", "API", " ids") if word in shown] == []
    program = lived.client.get(f"/api{path}", headers={"Accept": "text/html"})
    assert program.headers["content-type"] == "application/problem+json"
