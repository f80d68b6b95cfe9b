"""models, doctor and serve: what concerns the machine."""

import hashlib
import os
import re
import shutil
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import Voicecoach
from tests.fakes.hub import FakeHub, running_hub
from voicecoach.cli.browser import has_window
from voicecoach.settings import Settings, checkout_models_folder

PORT = Settings(home=Path()).port
"""Where it serves if nobody chose."""


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with running_hub() as hub:
        yield hub


@pytest.fixture
def synthetic_weights() -> Path:
    """The small weights that come with the product."""
    models = checkout_models_folder()
    assert models is not None
    return models / "espeak-tiny"


def _with_models(run: Voicecoach, folder: Path, **more: str) -> Voicecoach:
    return Voicecoach(run.home, {"VOICECOACH_MODELS_FOLDER": str(folder), **more})


def test_models_are_listed_with_size_and_what_is_here(voicecoach: Voicecoach) -> None:
    listed = voicecoach("models", "list", "--json").data
    assert listed["chosen"] in {"base", "small"}
    assert "espeak-tiny" in {state["name"] for state in listed["here"]}
    shown = voicecoach("--whisper-model", "small", "models").out
    assert "small (chosen)" in shown
    assert "486 MB" in shown


def test_weights_from_another_machine_are_taken_over_and_verified(
    voicecoach: Voicecoach, synthetic_weights: Path, tmp_path: Path
) -> None:
    run = _with_models(voicecoach, tmp_path / "models")
    archive = shutil.make_archive(str(tmp_path / "brought"), "zip", synthetic_weights)
    assert "Taken over: mine" in run("models", "import", archive, "--name", "mine").out
    assert run("models", "verify", "mine", "--json").data[0]["complete"]
    weights = tmp_path / "models" / "mine" / "model.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"x")
    assert "model.bin" in run("models", "verify", "mine", code=1).out


def test_weights_are_fetched_from_a_hub(
    voicecoach: Voicecoach, synthetic_weights: Path, tmp_path: Path, hub: FakeHub
) -> None:
    hub.files["Systran/faster-whisper-tiny"] = {
        path.name: path.read_bytes() for path in synthetic_weights.iterdir() if path.is_file()
    }
    run = _with_models(voicecoach, tmp_path / "models", HF_ENDPOINT=hub.endpoint)
    fetched = run("models", "download", "tiny")
    assert "about 78 MB" in fetched.err
    assert str(tmp_path / "models" / "tiny") in fetched.out
    arrived = (tmp_path / "models" / "tiny" / "model.bin").read_bytes()
    sent = hub.files["Systran/faster-whisper-tiny"]["model.bin"]
    assert hashlib.sha256(arrived).digest() == hashlib.sha256(sent).digest()


def test_a_hub_that_refuses_is_one_line(
    voicecoach: Voicecoach, tmp_path: Path, hub: FakeHub
) -> None:
    hub.status = 503
    run = _with_models(voicecoach, tmp_path / "models", HF_ENDPOINT=hub.endpoint)
    ran = run("models", "download", "tiny", code=1)
    assert ran.error_lines[-1].startswith("voicecoach: ")
    assert "Traceback" not in ran.err


def test_doctor_names_every_part_and_how_to_mend_it(voicecoach: Voicecoach, tmp_path: Path) -> None:
    run = _with_models(voicecoach, tmp_path / "models")
    ran = run("--microphone", "no such thing", "doctor", "--json", code=1)
    checks = {check["name"]: check for check in ran.data["checks"]}
    expected = ["home", "disk", "data", "microphone", "weights", "speaker", "voice", "encoder"]
    assert list(checks) == expected
    assert not ran.data["can_practise"]
    # Where a microphone is to be had (another test's virtual one), the remedy names it instead.
    told = checks["microphone"]["remedy"]
    assert "--answer FILE" in told or "Choose one of these" in told
    assert "voicecoach models import" in checks["weights"]["remedy"]
    assert all(check["works"] or check["remedy"] for check in checks.values())
    assert all(checks[name]["works"] for name in ("home", "disk", "data"))


def test_doctor_lists_voices(voicecoach: Voicecoach) -> None:
    assert voicecoach("doctor", "--voices", "--json").data
    assert "--voice NAME" in voicecoach("doctor", "--voices").out


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_in_the_terminal_without_a_microphone_it_says_so_and_shows_the_demo(
    voicecoach: Voicecoach,
) -> None:
    with voicecoach.at_terminal("--microphone", "no such thing", "--terminal") as terminal:
        terminal.expect("voicecoach drill --typed")
        terminal.expect("synthetic")
        terminal.interrupt()
        assert terminal.end() == 130


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_the_server_serves_on_loopback_until_ctrl_c(voicecoach: Voicecoach) -> None:
    port = _free_port()
    with voicecoach.at_terminal("serve", "--port", str(port)) as terminal:
        terminal.expect(f"http://127.0.0.1:{port}")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health") as answer:
            assert answer.status == 200
        terminal.interrupt()
        assert terminal.end() == 0
        assert "Traceback" not in terminal.shown


def test_a_port_in_use_is_one_line(voicecoach: Voicecoach) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = voicecoach("serve", "--port", str(taken.getsockname()[1]), code=1)
    assert len(ran.error_lines) == 1
    assert "--port" in ran.err


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_alone_it_serves_the_page_and_opens_it(voicecoach: Voicecoach, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}.new"; mv "{opened}.new" "{opened}"\n')
    browser.chmod(0o755)
    with voicecoach.at_terminal("--port", str(_free_port()), BROWSER=str(browser)) as terminal:
        terminal.expect("Ctrl-C ends it")
        (address,) = re.findall(r"http://127\.0\.0\.1:\d+", terminal.shown)
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
        for _ in range(100):
            if opened.exists():
                break
            time.sleep(0.1)
        assert opened.read_text(encoding="utf-8").strip() == address
        terminal.interrupt()
        assert terminal.end() == 0


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_where_no_browser_can_be_opened_it_says_what_to_do(voicecoach: Voicecoach) -> None:
    nowhere = {"BROWSER": "", "DISPLAY": "", "WAYLAND_DISPLAY": "", "SSH_CONNECTION": "1 2 3 4"}
    with voicecoach.at_terminal("--port", str(_free_port()), **nowhere) as terminal:
        terminal.expect("Ctrl-C ends it")
        terminal.expect("voicecoach --terminal")
        terminal.interrupt()
        assert terminal.end() == 0


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_where_nobody_chose_a_port_another_is_taken(voicecoach: Voicecoach) -> None:
    with socket.socket() as taken:
        try:
            taken.bind(("127.0.0.1", PORT))
            taken.listen()
        except OSError:
            pass  # somebody else has it: as good
        with voicecoach.at_terminal("serve", "--no-open") as terminal:
            terminal.expect(f"Port {PORT} is in use, so another was taken.")
            terminal.expect("Ctrl-C ends it")
            addresses = re.findall(r"http://127\.0\.0\.1:(\d+)", terminal.shown)
            assert addresses != [str(PORT)]
            with urllib.request.urlopen(f"http://127.0.0.1:{addresses[0]}/api/health") as answer:
                assert answer.status == 200
            terminal.interrupt()
            assert terminal.end() == 0


def test_a_window_is_looked_for_before_a_browser() -> None:
    assert not has_window({}, "linux")
    assert has_window({"DISPLAY": ":0"}, "linux")
    assert has_window({"WAYLAND_DISPLAY": "wayland-0"}, "linux")
    assert has_window({}, "darwin")
    assert not has_window({"SSH_CONNECTION": "1 2 3 4"}, "darwin")
    assert has_window({"BROWSER": "firefox"}, "linux")


def test_terminal_goes_without_a_verb(voicecoach: Voicecoach) -> None:
    assert "--terminal goes without a verb" in voicecoach("--terminal", "plan", code=2).err


def test_off_a_terminal_the_demo_is_shown(voicecoach: Voicecoach) -> None:
    assert "no terminal to talk at" in voicecoach("--language", "en").out
