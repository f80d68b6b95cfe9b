"""Local safety: only this machine's own pages and programs come in."""

import asyncio
import http.client
import json
import socket
from typing import Any

import httpx
import pytest

from server.gate import Gate
from tests.server.conftest import Lived

QUESTION = {"text": "What would you change here?", "kind": "to_ask"}


def with_host(client: httpx.Client, host: str | None, *more: str) -> tuple[int, str]:
    """Send a request with exactly these Host headers; return status and body."""
    port = client.base_url.port
    assert port is not None
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.putrequest("GET", "/api/questions", skip_host=True)
        for value in (host, *more):
            if value is not None:
                connection.putheader("Host", value.replace("PORT", str(port)))
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


@pytest.mark.parametrize(
    "host", ["127.0.0.1:PORT", "localhost:PORT", "LocalHost:PORT", "[::1]:PORT"]
)
def test_our_own_names_are_let_in(lived: Lived, host: str) -> None:
    assert with_host(lived.client, host)[0] == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example:PORT",
        "localhost.:PORT",
        "localhost:PORT@evil.example",
        "0.0.0.0:PORT",
        "",
    ],
)
def test_a_rebound_name_is_refused(lived: Lived, host: str) -> None:
    status, body = with_host(lived.client, host)
    assert status == 421
    assert json.loads(body)["type"] == "urn:voicecoach:problem:host"


def test_two_hosts_are_refused(lived: Lived) -> None:
    status, _ = with_host(lived.client, "127.0.0.1:PORT", "evil.example")
    assert status in {400, 421}


def test_an_unknown_address_is_refused_to_foreign_hosts_too(lived: Lived) -> None:
    answer = lived.client.get("/nowhere", headers={"Host": "evil.example"})
    assert answer.status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://127.0.0.1:PORT"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://127.0.0.1:PORT", "Sec-Fetch-Site": "cross-site"},
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_another_site_changes_nothing(
    untouched: httpx.Client, method: str, headers: dict[str, str]
) -> None:
    port = str(untouched.base_url.port)
    sent = {name: value.replace("PORT", port) for name, value in headers.items()}
    answer = untouched.request(method, "/api/questions", json=QUESTION, headers=sent)
    assert answer.status_code == 403
    assert answer.json()["type"] == "urn:voicecoach:problem:foreign-origin"
    assert untouched.get("/api/questions").json()["total"] == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:PORT"},
        {"Origin": "http://localhost:PORT", "Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
    ],
)
def test_our_own_page_and_programs_may_write(fresh: httpx.Client, headers: dict[str, str]) -> None:
    port = str(fresh.base_url.port)
    sent = {name: value.replace("PORT", port) for name, value in headers.items()}
    assert fresh.post("/api/questions", json=QUESTION, headers=sent).status_code == 201


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", None],
)
def test_what_a_form_can_send_is_refused(untouched: httpx.Client, media_type: str | None) -> None:
    headers = {} if media_type is None else {"Content-Type": media_type}
    answer = untouched.post("/api/questions", content=json.dumps(QUESTION), headers=headers)
    assert answer.status_code == 415
    assert answer.json()["type"] == "urn:voicecoach:problem:media-type"
    retire = untouched.post("/api/questions/x/retire", content="a=b", headers=headers)
    assert retire.status_code == 415


def test_no_other_site_is_told_that_it_may_read(lived: Lived) -> None:
    asked = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"}
    answers = [
        lived.client.get("/api/questions", headers=asked),
        lived.client.options("/api/questions", headers=asked),
    ]
    for answer in answers:
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("address", ["/", "/api/questions", "/api/nowhere", "/schema", "/nowhere"])
def test_every_answer_has_the_security_headers(lived: Lived, address: str) -> None:
    headers = lived.client.get(address).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "http:" not in headers["content-security-policy"]
    assert ("cache-control" in headers) == (address != "/schema")
    assert "server" not in headers or "uvicorn" in headers["server"]


def test_the_server_listens_on_loopback_only(lived: Lived) -> None:
    port = lived.client.base_url.port
    assert port is not None
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        outside = probe.getsockname()[0]
    if outside.startswith("127."):
        return
    with pytest.raises(OSError, match="refused"), socket.create_connection((outside, port), 5):
        pass


@pytest.mark.parametrize("origin", [b"http://evil.example", b"null"])
def test_a_foreign_site_opens_no_socket(origin: bytes) -> None:
    sent: list[Any] = []

    async def behind(*_: object) -> None:
        raise AssertionError

    async def receive() -> Any:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "websocket",
        "path": "/api/live/x",
        "headers": [(b"host", b"127.0.0.1:8765"), (b"origin", origin)],
    }
    asyncio.run(Gate(behind, 8765)(scope, receive, send))
    assert [message["type"] for message in sent] == ["websocket.close"]


def fetched(lived: Lived, address: str, site: str, mode: str) -> int:
    told = {"sec-fetch-site": site, "sec-fetch-mode": mode}
    return lived.client.get(address, headers=told).status_code


def test_a_link_on_another_site_may_open_a_page(lived: Lived) -> None:
    assert fetched(lived, "/", "cross-site", "navigate") == 200


@pytest.mark.parametrize("mode", ["no-cors", "cors", "same-origin", "websocket"])
def test_another_site_may_embed_and_fetch_nothing(lived: Lived, mode: str) -> None:
    assert fetched(lived, "/api/questions", "cross-site", mode) == 403
    assert fetched(lived, "/static/icon.svg", "cross-site", mode) == 403


def test_another_site_can_t_make_the_browser_save_everything(lived: Lived) -> None:
    assert fetched(lived, "/settings/export", "cross-site", "navigate") == 403
    assert fetched(lived, "/settings/export", "same-origin", "navigate") == 200
