"""models, doctor and serve: what concerns the machine."""

import hashlib
import os
import shutil
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import Voicecoach
from tests.fakes.hub import FakeHub, running_hub
from voicecoach.settings import checkout_models_folder


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
    assert "--answer FILE" in checks["microphone"]["remedy"]
    assert "voicecoach models import" in checks["weights"]["remedy"]
    assert all(check["works"] or check["remedy"] for check in checks.values())
    assert all(checks[name]["works"] for name in ("home", "disk", "data"))


def test_doctor_lists_voices(voicecoach: Voicecoach) -> None:
    assert voicecoach("doctor", "--voices", "--json").data
    assert "--voice NAME" in voicecoach("doctor", "--voices").out


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_alone_without_a_microphone_it_says_so_and_shows_the_demo(voicecoach: Voicecoach) -> None:
    with voicecoach.at_terminal("--microphone", "no such thing") as terminal:
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
