"""The gate in front of everything: only this machine's own pages and programs come in.

The server listens on loopback, yet every web site a person opens can make their browser send
requests there. So the Host header must be one of our own addresses (a rebound DNS name is not),
and whoever wants to change something, or open a socket, may not come from another origin. Programs
send no Origin and pass. There is no CORS: no other site may read an answer.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import msgspec
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from server.problems import MEDIA_TYPE, problem_of_status

OWN_NAMES: Final = ("127.0.0.1", "localhost", "[::1]")
"""What this machine's loopback is called."""

READING_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

DOWNLOADS: Final = frozenset({"/settings/export", "/settings/answers.csv"})
"""What a browser would save as a file just for following a link."""

_OWN_FETCHES: Final = frozenset({b"same-origin", b"none"})
_POLICY_VIOLATION: Final = 1008

PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' {styles}; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; "
    "worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The content security policy: nothing from anywhere else, no script inside a page. Styles inside
a page need the answer's nonce, which scripts of ours hand on to what they draw with."""

SCHEMA_PATH: Final = "/schema"
"""The description of the API: swagger-ui writes styles into its page and knows no nonce."""

SECURITY_HEADERS: Final = (
    (b"permissions-policy", b"microphone=(self), camera=(), geolocation=(), payment=()"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)

PUBLIC_PATHS: Final = ("/static/", "/vendor/", "/schema")
"""Below these nothing is personal; all else is kept in no cache."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Wraps an ASGI application.

    Args:
        app: what lies behind the gate.
        port: the loopback port it is served on.
    """

    app: ASGIApp
    port: int

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it; every answer gets the security headers."""
        nonce = secrets.token_urlsafe(16)
        scope["style_nonce"] = nonce  # type: ignore[typeddict-unknown-key]
        guarded = _with_headers(send, path=scope["path"], nonce=nonce)
        refusal = self._refusal(scope)
        if refusal is None:
            await self.app(scope, receive, guarded)
        elif scope["type"] == ScopeType.WEBSOCKET:
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": ""})
        else:
            await _refuse(*refusal, guarded)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        """Return the status and the reason to refuse with; None lets it in."""
        headers = scope["headers"]
        hosts = _values(headers, b"host")
        if len(hosts) != 1 or hosts[0].lower() not in self._own_hosts():
            return 421, "The request was meant for another host."
        sites = _values(headers, b"sec-fetch-site")
        foreign = any(site.lower() not in _OWN_FETCHES for site in sites)
        if scope["type"] == ScopeType.HTTP and scope["method"] in READING_METHODS:
            # A link from elsewhere may open a page; it may neither embed anything nor save a file.
            opened = _values(headers, b"sec-fetch-mode") == [b"navigate"]
            if foreign and (not opened or scope["path"] in DOWNLOADS):
                return 403, "The request comes from another site."
            return None
        origins = _values(headers, b"origin")
        own = {b"http://" + host for host in self._own_hosts()}
        if any(origin.lower() not in own for origin in origins):
            return 403, "The request comes from another site."
        if foreign:
            return 403, "The request comes from another site."
        return None

    def _own_hosts(self) -> frozenset[bytes]:
        return frozenset(f"{name}:{self.port}".encode() for name in OWN_NAMES)


def _values(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    return [value for key, value in headers if key.lower() == name]


def _policy(path: str, nonce: str) -> bytes:
    described = path == SCHEMA_PATH or path.startswith(SCHEMA_PATH + "/")
    return PAGE_POLICY.format(
        styles="'unsafe-inline'" if described else f"'nonce-{nonce}'"
    ).encode()


def _with_headers(send: Send, *, path: str, nonce: str) -> Send:
    """Return a `send` that adds our headers to each answer that begins."""

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message["headers"]}
            ours = [(b"content-security-policy", _policy(path, nonce)), *SECURITY_HEADERS]
            if not path.startswith(PUBLIC_PATHS):
                ours.append((b"cache-control", b"no-store"))
            message["headers"] = [
                *message["headers"],
                *(header for header in ours if header[0] not in given),
            ]
        await send(message)

    return guarded


async def _refuse(status: int, detail: str, send: Send) -> None:
    body = msgspec.json.encode(problem_of_status(status, detail))
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", MEDIA_TYPE.encode()),
                (b"content-length", str(len(body)).encode()),
            ],
        }
    )
    await send({"type": "http.response.body", "body": body, "more_body": False})
