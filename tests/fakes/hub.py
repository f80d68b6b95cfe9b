"""A model hub on this machine that speaks the little of Hugging Face's HTTP a download needs."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

REVISION = "0123456789abcdef0123456789abcdef01234567"

BLOCK_BYTES = 64 * 1024


@dataclass
class FakeHub:
    """What the hub holds and how it misbehaves; may be changed while it runs.

    Attributes:
        files: per repository ("owner/name") each file's content; files of 100 kB and more are
            listed with a SHA-256 as large files are, smaller ones with a git blob id.
        silent: accept connections and never answer.
        silent_after_bytes: send this much of a file, then nothing more, keeping the line open.
        breaks_after_bytes: send this much of a file, then hang up; once.
        damaged: names of files that arrive with other content than listed.
        status: answer everything with this HTTP status.
        requests: (method, path, Range header) of each request, in order.
    """

    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    silent: bool = False
    silent_after_bytes: int | None = None
    breaks_after_bytes: int | None = None
    damaged: set[str] = field(default_factory=set)
    status: int | None = None
    requests: list[tuple[str, str, str | None]] = field(default_factory=list)
    endpoint: str = ""
    closed: threading.Event = field(default_factory=threading.Event)

    def ranges(self, file_name: str) -> list[str | None]:
        """Return the Range headers with which a file was asked for."""
        return [
            wanted
            for method, path, wanted in self.requests
            if method == "GET" and path.endswith(f"/{file_name}")
        ]


@contextmanager
def running_hub() -> Iterator[FakeHub]:
    """Run a hub on a free port of this machine until the block ends."""
    hub = FakeHub()

    class Handler(_Handler):
        pass

    Handler.hub = hub
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        hub.closed.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    hub: FakeHub
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""

    def _answer(self, *, with_body: bool) -> None:
        path = self.path.partition("?")[0]
        self.hub.requests.append((self.command, path, self.headers.get("Range")))
        if self.hub.silent:
            self.hub.closed.wait()
            self.close_connection = True
        elif self.hub.status is not None:
            self._refuse(self.hub.status, "RepoNotFound" if self.hub.status == 404 else "")
        elif path.startswith("/api/models/"):
            self._list(path.removeprefix("/api/models/").partition("/revision/")[0])
        elif "/resolve/" in path:
            repository, _, rest = path.strip("/").partition("/resolve/")
            self._send_file(repository, rest.partition("/")[2], with_body=with_body)
        else:
            self._refuse(404, "RepoNotFound")

    def _list(self, repository: str) -> None:
        if repository not in self.hub.files:
            self._refuse(404, "RepoNotFound")
            return
        listing = {
            "id": repository,
            "sha": REVISION,
            "siblings": [
                {"rfilename": name, "size": len(content), **_identity(content)}
                for name, content in self.hub.files[repository].items()
            ],
        }
        body = json.dumps(listing).encode()
        self._head(HTTPStatus.OK, len(body), {"Content-Type": "application/json"})
        self.wfile.write(body)

    def _send_file(self, repository: str, name: str, *, with_body: bool) -> None:
        content = self.hub.files.get(repository, {}).get(name)
        if content is None:
            self._refuse(404, "EntryNotFound")
            return
        if name in self.hub.damaged:
            content = content[:-1] + bytes([content[-1] ^ 1])
        first = 0
        headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": REVISION}
        wanted = self.headers.get("Range")
        if wanted:
            first = int(wanted.removeprefix("bytes=").rstrip("-"))
            headers["Content-Range"] = f"bytes {first}-{len(content) - 1}/{len(content)}"
        status = HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK
        self._head(status, len(content) - first, headers)
        if with_body:
            self._send_body(content[first:])

    def _send_body(self, body: bytes) -> None:
        limit = self.hub.silent_after_bytes
        if self.hub.breaks_after_bytes is not None:
            limit, self.hub.breaks_after_bytes = self.hub.breaks_after_bytes, None
            self.close_connection = True
        with suppress(ConnectionError):
            for start in range(0, len(body[:limit]), BLOCK_BYTES):
                self.wfile.write(body[:limit][start : start + BLOCK_BYTES])
            if limit is not None and not self.close_connection and len(body) > limit:
                self.hub.closed.wait()
                self.close_connection = True

    def _refuse(self, status: int, code: str) -> None:
        self._head(HTTPStatus(status), 0, {"X-Error-Code": code} if code else {})

    def _head(self, status: HTTPStatus, length: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _identity(content: bytes) -> dict[str, Any]:
    if len(content) >= 100_000:
        sha256 = hashlib.sha256(content).hexdigest()
        return {"lfs": {"sha256": sha256, "size": len(content), "pointerSize": 134}}
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False)
    return {"blobId": blob.hexdigest()}
