"""A whole drill, with every process of the coach watched: nothing is asked of another machine."""

import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from tests.cli.process import COMMAND, environment
from tests.fakes.outgoing_watch import outgoing_watch
from tests.practice.conftest import QUESTION
from tests.server.live_client import speaking
from tests.server.serving import free_port
from tests.speech.spoken_live import spoken_answer

PAGES = ("/", "/drill", "/questions", "/interviews", "/readiness", "/road-back", "/settings")


def test_the_watch_notices_and_stops_an_attempt(tmp_path: Path) -> None:
    watch = outgoing_watch(tmp_path / "watch")
    script = "import socket; socket.create_connection(('192.0.2.1', 9), 5)"
    ran = subprocess.run(
        [sys.executable, "-c", script],
        env=watch.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "outgoing connections are watched" in ran.stderr
    assert any("192.0.2.1" in attempt for attempt in watch.attempts)


@pytest.mark.skipif(sys.platform == "win32", reason="ends the server as on POSIX")
def test_nothing_leaves_the_machine_during_a_whole_drill(tmp_path: Path) -> None:
    watch = outgoing_watch(tmp_path / "watch")
    port = free_port()
    with subprocess.Popen(
        [*COMMAND, "--synthetic", "serve", "--port", str(port)],
        env=watch.environment(environment(tmp_path / "home")),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            assert server.stderr is not None
            assert str(port) in server.stderr.readline()
            base = f"http://127.0.0.1:{port}"
            with httpx.Client(base_url=base, timeout=60, trust_env=False) as client:
                _drill(client)
        finally:
            server.terminate()
    assert watch.attempts == []
    seen = "\n".join(watch.watched)
    assert "voicecoach" in seen
    assert "server.worker" in seen
    assert "pyttsx3_child" in seen


def _drill(client: httpx.Client) -> None:
    """Add a question, hear it, answer it aloud, read, correct and hear the answer, look around."""
    added = client.post("/api/questions", json={"text": QUESTION, "kind": "behavioural"})
    assert added.status_code == 201
    question_id = client.get("/api/questions").json()["items"][0]["id"]
    assert client.get(f"/api/questions/{question_id}/speech").status_code == 200
    with speaking(client, question_id) as live:
        attempt_id = live.until("ready")["attempt_id"]
        live.send(spoken_answer(pauses=(0.7,)).samples)
        live.order("stop")
        assert live.until("result")["status"] == "scored"
    result = client.get(f"/api/attempts/{attempt_id}").json()
    assert result["score"]["overall"] > 0
    assert client.get(f"/api/attempts/{attempt_id}/recording").status_code == 200
    corrected = result["transcript"]["text"] + " It was worth it."
    answer = client.put(f"/api/attempts/{attempt_id}/transcript", json={"text": corrected})
    assert answer.status_code in {200, 202}
    for page in (*PAGES, f"/attempts/{attempt_id}", "/api/readiness", "/api/plan", "/schema"):
        shown = client.get(page, headers={"Accept": "text/html, */*"}, follow_redirects=True)
        assert shown.status_code == 200, page
