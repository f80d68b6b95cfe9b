"""docs/curl.md: every command of the walk is run, in order, by a real shell with a real curl."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.server.serving import free_port
from tests.server.test_serving import serving

WALK = Path(__file__).parents[2] / "docs" / "curl.md"
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
MARK = "====="

pytestmark = pytest.mark.skipif(
    shutil.which("curl") is None or shutil.which("sh") is None,
    reason="docs/curl.md is not run: there is no curl here, or no POSIX shell",
)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory, spoken_file: Path) -> list[tuple[str, str]]:
    """Each block of the walk with what it printed."""
    folder = tmp_path_factory.mktemp("walk")
    shutil.copy(spoken_file, folder / "answer.wav")
    port = free_port()
    blocks = BLOCK.findall(WALK.read_text(encoding="utf-8"))
    script = f"\necho '{MARK}'\n".join(["set -e", *blocks]).replace(":8765", f":{port}")
    with serving(folder / "home", port) as server:
        assert server.stderr is not None
        server.stderr.readline()
        ran = subprocess.run(
            ["sh", "-c", script],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
            env={"PATH": "/usr/bin:/bin:/usr/local/bin", "no_proxy": "*"},
        )
        assert ran.returncode == 0, ran.stderr + ran.stdout[-2000:]
    assert (folder / "first.wav").stat().st_size == 32_044
    return list(zip(blocks, ran.stdout.split(f"{MARK}\n")[1:], strict=True))


def printed(walked: list[tuple[str, str]], beginning: str) -> str:
    (found,) = [out for block, out in walked if block.startswith(beginning)]
    return found


def test_every_command_of_the_walk_does_what_it_says(walked: list[tuple[str, str]]) -> None:
    health = json.loads(printed(walked, 'curl -sS --fail "$COACH/api/health"'))
    assert health["status"] == "ok"
    sent = json.loads(printed(walked, 'curl -sS --fail "$COACH/api/attempts" -F'))
    assert sent["status"] == "recorded"
    result: dict[str, Any] = json.loads(
        printed(walked, 'curl -sS --fail "$COACH/api/attempts/$ATTEMPT"\n')
    )
    assert (result["attempt_id"], result["status"]) == (sent["attempt_id"], "scored")
    assert result["score"]["overall"] > 0
    report = json.loads(printed(walked, 'curl -sS --fail "$COACH/api/mocks/$MOCK/report"'))
    assert (report["over"], report["answered"]) == (True, 1)
    refused = json.loads(printed(walked, 'curl -sS "$COACH/api/attempts/$ATTEMPT/recording"'))
    assert refused["type"] == "urn:voicecoach:problem:not-found"


def test_the_events_of_the_walk_lead_to_the_score(walked: list[tuple[str, str]]) -> None:
    lines = printed(walked, "curl -sS --fail --no-buffer").splitlines()
    data = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: ")]
    assert "event: end" in lines
    assert (data[-1]["stage"], data[-1]["status"]) == ("done", "scored")
    assert len(data) > 2, "the worker's stages were seen on the way"


def test_a_command_that_is_refused_would_fail_the_walk(tmp_path: Path) -> None:
    ran = subprocess.run(
        ["sh", "-c", f"set -e; curl -sS --fail http://127.0.0.1:{free_port()}/api/health"],
        capture_output=True,
        check=False,
    )
    assert ran.returncode != 0
