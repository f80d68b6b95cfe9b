"""What a fresh machine gets: the two commands, the lock, and refusals in one clear line."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from question_bank.pack import load_packs
from question_bank.question import QuestionKind

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def run_install_as(
    version: tuple[int, int], *, without: str = ""
) -> "subprocess.CompletedProcess[str]":
    """Run install.py in a Python that claims another version, or lacks a module."""
    script = (
        "import sys, runpy\n"
        f"sys.version_info = (*{version}, 0, 'final', 0)\n"
        f"sys.modules.update(dict.fromkeys({[without] if without else []}))\n"
        f"sys.argv = ['install.py']\n"
        "import os; os.path.exists = lambda path: False\n"
        f"runpy.run_path({str(ROOT / 'install.py')!r}, run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("version", [(3, 8), (3, 10), (3, 15)])
def test_another_python_is_refused_in_one_line_with_the_remedy(version: tuple[int, int]) -> None:
    ran = run_install_as(version)
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert f"{version[0]}.{version[1]}" in line
    assert "3.11 to 3.14" in line


def test_a_python_without_ensurepip_is_refused_in_one_line_with_the_remedy() -> None:
    ran = run_install_as(sys.version_info[:2], without="ensurepip")
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert "-venv" in line


def test_every_locked_package_is_hashed_and_no_lock_names_an_address() -> None:
    assert LOCKS
    for lock in LOCKS:
        text = lock.read_text(encoding="utf-8")
        packages = re.findall(r"^[a-z0-9].*==", text, flags=re.MULTILINE)
        assert packages, lock
        assert text.count("--hash=sha256:") >= len(packages), lock
        assert "://" not in text, lock


def test_the_lock_holds_for_linux_macos_and_windows() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "sys_platform == 'darwin'" in text
    assert "sys_platform == 'win32'" in text


def test_the_wheel_carries_what_the_demo_needs() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        carried = tomllib.load(file)["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried["models/espeak-tiny"] == "voicecoach/bundled_weights/espeak-tiny"
    assert carried["docs/sample-debrief.md"] == "voicecoach/demo/sample-debrief.md"


def test_the_small_whisper_weighs_at_most_six_megabytes() -> None:
    folder = ROOT / "models" / "espeak-tiny"
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 6_000_000


def test_there_are_at_least_sixty_curated_questions_of_every_kind() -> None:
    packs = load_packs()
    assert {pack.kind for pack in packs} == set(QuestionKind)
    questions = [question for pack in packs for question in pack.questions]
    assert len(questions) >= 60
    assert all(question.competency and question.points for question in questions)
