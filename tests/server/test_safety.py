"""Local safety, for every address there is: hosts, origins, tokens, policies, logs, files."""

import asyncio
import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from server.app import create_app
from server.gate import READING_METHODS
from tests.server.conftest import Lived, fill_bank
from tests.server.serving import served
from voicecoach.practice import Coach

ANYTHING = "x"
"""What stands in an address for an id."""


def app_of(coach: Coach) -> Litestar:
    return create_app(coach, coach.settings)


def routes(app: Litestar) -> list[tuple[str, str]]:
    """Every method and address of the application, ids filled in."""
    found: list[tuple[str, str]] = []
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            path = re.sub(r"\{[^}]*:int\}", "1", route.path)
            path = re.sub(r"\{[^}]*\}", ANYTHING, path)
            found += [(method, path) for method in sorted(route.methods)]
    return found


async def asked(app: Litestar, scope: dict[str, Any]) -> list[Any]:
    """Hand a request to the application as a server does, and return what it sends."""
    sent: list[Any] = []

    async def receive() -> Any:
        if scope["type"] == "websocket":
            return {"type": "websocket.connect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    whole = {
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "scheme": "http",
        "root_path": "",
        "query_string": b"",
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8765),
        "raw_path": scope["path"].encode(),
        "state": {},
        "extensions": {},
        "subprotocols": [],
        **scope,
    }
    await app(whole, receive, send)  # type: ignore[arg-type]
    return sent


def status(app: Litestar, method: str, path: str, headers: list[tuple[bytes, bytes]]) -> int:
    scope = {"type": "http", "method": method, "path": path, "headers": headers}
    sent = asyncio.run(asked(app, scope))
    code: int = next(one["status"] for one in sent if one["type"] == "http.response.start")
    return code


OWN = (b"host", b"127.0.0.1:8765")
FOREIGN = (b"origin", b"http://evil.example")


def test_every_address_refuses_a_foreign_host(fresh_coach: Coach) -> None:
    app = app_of(fresh_coach)
    every = routes(app)
    assert len(every) > 60
    let_in = [
        (method, path)
        for method, path in every
        if status(app, method, path, [(b"host", b"evil.example:8765")]) != 421
    ]
    assert let_in == []


def test_every_address_that_changes_something_refuses_a_foreign_origin(
    fresh_coach: Coach,
) -> None:
    app = app_of(fresh_coach)
    changing = [(method, path) for method, path in routes(app) if method not in READING_METHODS]
    assert len(changing) > 30
    let_in = [
        (method, path)
        for method, path in changing
        for headers in (
            [OWN, FOREIGN],
            [OWN, (b"origin", b"null")],
            [OWN, (b"sec-fetch-site", b"cross-site")],
        )
        if status(app, method, path, headers) != 403
    ]
    assert let_in == []


def test_every_socket_refuses_a_foreign_host_and_a_foreign_origin(fresh_coach: Coach) -> None:
    app = app_of(fresh_coach)
    paths = [
        re.sub(r"\{[^}]*\}", ANYTHING, route.path)
        for route in app.routes
        if not isinstance(route, HTTPRoute)
    ]
    for path in {*paths, "/api/live/x"} - {"/static", "/vendor", "/"}:
        for headers in ([OWN, FOREIGN], [(b"host", b"evil.example:8765")]):
            sent = asyncio.run(asked(app, {"type": "websocket", "path": path, "headers": headers}))
            assert [message["type"] for message in sent] == ["websocket.close"], path


def test_every_form_is_refused_without_its_token(fresh_coach: Coach) -> None:
    app = app_of(fresh_coach)
    forms = [
        (method, path)
        for method, path in routes(app)
        if method not in READING_METHODS and not path.startswith("/api/")
    ]
    assert len(forms) > 10
    form = (b"content-type", b"application/x-www-form-urlencoded")
    own = (b"origin", b"http://127.0.0.1:8765")
    cookie = (b"cookie", app.csrf_config.cookie_name.encode() + b"=0" if app.csrf_config else b"")
    for headers in ([OWN, form, own], [OWN, form, own, cookie]):
        refused = [(m, p) for m, p in forms if status(app, m, p, headers) == 403]
        assert refused == forms


PAGES = (
    *("/", "/readiness", "/road-back", "/settings", "/settings/rubric", "/settings/delete"),
    *("/questions", "/questions/packs", "/interviews", "/attempts", "/debrief", "/mock"),
    "/nowhere",
)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_allows_anything_inline_or_from_outside(lived: Lived, page: str) -> None:
    answer = lived.client.get(page, headers={"Accept": "text/html"}, follow_redirects=True)
    assert "<main" in answer.text
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"<script(?![^>]* src=)", answer.text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", answer.text)
    outside = re.findall(r"(?:src|action|href)=\"(https?:[^\"]*)", answer.text)
    assert outside == []


def test_a_nonce_is_never_given_twice(lived: Lived) -> None:
    nonces = {
        re.findall(r"'nonce-([^']+)'", lived.client.get("/").headers["content-security-policy"])[0]
        for _ in range(5)
    }
    assert len(nonces) == 5


@pytest.mark.parametrize("folder", ["/static", "/vendor"])
@pytest.mark.parametrize(
    "path",
    [
        "/../gate.py",
        "/..%2fgate.py",
        "/%2e%2e/%2e%2e/gate.py",
        "/..%5cgate.py",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/..%252f..%252fgate.py",
    ],
)
def test_no_file_outside_its_folder_is_served(lived: Lived, folder: str, path: str) -> None:
    answer = lived.client.get(f"{folder}{path}", follow_redirects=True)
    assert answer.status_code in {400, 404, 405}
    assert "Gate" not in answer.text
    assert "root:" not in answer.text


def test_a_link_out_of_a_folder_is_not_followed(fresh_coach: Coach, tmp_path: Path) -> None:
    vendor = tmp_path / "vendor"
    (vendor / "lib").mkdir(parents=True)
    (vendor / "lib" / "own.js").write_text("// own\n", encoding="utf-8")
    secret = tmp_path / "secret.txt"
    secret.write_text("Brunhilde", encoding="utf-8")
    (vendor / "lib" / "linked.txt").symlink_to(secret)
    with served(fresh_coach, vendor=vendor) as client:
        assert client.get("/vendor/lib/own.js").status_code == 200
        assert "Brunhilde" not in client.get("/vendor/lib/linked.txt").text


def test_what_was_sent_is_in_no_log(
    fresh: httpx.Client,
    fresh_coach: Coach,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    fill_bank(fresh_coach)
    page = fresh.get("/road-back", headers={"Accept": "text/html"}).text
    token = re.search(r'x-csrftoken": "([0-9a-f]+)"', page)
    assert token is not None

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a wire is loose")

    monkeypatch.setattr(fresh_coach, "roads_back", broken)
    with caplog.at_level(logging.DEBUG):
        answer = fresh.post(
            "/road-back",
            data={"_csrf_token": token[1], "step": "feel", "note": "Brunhilde", "state": "done"},
        )
    assert answer.status_code == 500
    assert "a wire is loose" in caplog.text, "it is in the log at all"
    assert "Brunhilde" not in caplog.text
    assert token[1] not in caplog.text
    (cookie,) = fresh.cookies.values()
    assert cookie not in caplog.text
    assert "Brunhilde" not in answer.text
