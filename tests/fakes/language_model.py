"""An OpenAI-compatible endpoint on this machine that answers what a test wants, lies too."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class LanguageModel:
    """What it answers next, and what it was asked."""

    url: str = ""
    says: str = ""
    status: int = 200
    body: bytes | None = None
    drips: bool = False
    asked: list[dict[str, object]] = field(default_factory=list)


@contextmanager
def language_model() -> Iterator[LanguageModel]:
    """Serve one on loopback."""
    model = LanguageModel()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            model.asked.append({"path": self.path, **json.loads(self.rfile.read(length))})
            answer = {"choices": [{"message": {"role": "assistant", "content": model.says}}]}
            body = json.dumps(answer).encode() if model.body is None else model.body
            self.send_response(model.status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            try:
                if model.drips:
                    for place in range(len(body)):
                        self.wfile.write(body[place : place + 1])
                        self.wfile.flush()
                        time.sleep(0.05)
                else:
                    self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                return  # the asker has had enough

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        model.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
        try:
            yield model
        finally:
            server.shutdown()
            thread.join()
