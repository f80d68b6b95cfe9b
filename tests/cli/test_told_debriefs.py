"""A debrief told aloud at the command line, off a terminal and at one."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.process import Voicecoach
from tests.practice.telling import write_telling


@pytest.fixture(scope="module")
def told_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one telling, written down once for all tests."""
    folder = tmp_path_factory.mktemp("told")
    telling = write_telling(folder / "told.wav")
    run = Voicecoach(folder / "home")
    heard = run("debrief", "--recording", str(telling), "--synthetic", "--json").data
    assert heard["status"] == "heard"
    return folder / "home"


@pytest.fixture
def run(told_home: Path, tmp_path: Path) -> Voicecoach:
    shutil.copytree(told_home, tmp_path / "home")
    return Voicecoach(tmp_path / "home")


def test_off_a_terminal_the_findings_wait_and_nothing_enters(run: Voicecoach) -> None:
    (told,) = run("debriefs", "list", "--json").data
    shown = run("debriefs", "show", told["id"][:6]).out
    assert "Why did you leave your last job?" in shown
    assert "you said: “why I left my last job” at 0:01 (reworded)" in shown
    assert "Nothing is in your bank yet" in shown
    assert run("questions", "list", "--json").data == []


def test_findings_are_changed_dropped_added_and_entered(run: Voicecoach) -> None:
    told_id = run("debriefs", "list", "--json").data[0]["id"]
    run("debriefs", "change", told_id, "1", "--words", "Why did you leave so soon?")
    run("debriefs", "change", told_id, "3", "--drop")
    refused = run("debriefs", "enter", told_id, code=1)
    assert len(refused.error_lines) == 1
    assert "no name yet" in refused.err
    run("debriefs", "add", told_id, "company", "Cedar Ltd")
    entered = run("debriefs", "enter", told_id, "--json").data["entered"]
    assert [one["text"] for one in entered["new"]] == ["Why did you leave so soon?"]
    assert entered["interview"]["company"] == "Cedar Ltd"
    assert run("debriefs", "list", "--json").data[0]["status"] == "entered"


def test_a_deleted_telling_is_gone_with_its_sound(run: Voicecoach) -> None:
    told_id = run("debriefs", "list", "--json").data[0]["id"]
    run("debriefs", "delete", told_id, code=1)
    run("debriefs", "delete", told_id, "--yes")
    assert run("debriefs", "list", "--json").data == []
    assert not list((run.home / "recordings").glob("*"))


def test_what_cannot_be_done_is_told_in_one_line(run: Voicecoach, tmp_path: Path) -> None:
    letter = tmp_path / "letter.wav"
    letter.write_text("Dear Madam", encoding="utf-8")
    for arguments in (
        ("debrief", "--recording", str(letter)),
        ("debrief", "--by-voice"),
        ("debrief", "--by-voice", "--recording", str(letter)),
        ("debriefs", "show", "nowhere"),
    ):
        refused = run(*arguments, code=None)
        assert refused.code != 0
        assert len(refused.error_lines) == 1, refused.err
        assert "Traceback" not in refused.err


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_at_a_terminal_each_finding_is_gone_through(run: Voicecoach) -> None:
    told_id = run("debriefs", "list", "--json").data[0]["id"]
    with run.at_terminal("debriefs", "check", told_id) as terminal:
        terminal.answer(
            (
                ("keep, change, drop", "change"),
                ("In your words", "Why did you go?"),
                ("keep, change, drop", ""),
                ("keep, change, drop", "drop"),
                ("keep, change, drop", "rest"),
                ("Which company", "Cedar Ltd"),
                ("Which role", ""),
                ("How did it end", ""),
            )
        )
        assert terminal.end() == 0
    (question,) = run("questions", "list", "--json").data
    assert question["text"] == "Why did you go?"
    assert question["tripped_up"][0]["remembered_answer"] == "That I wanted to work with a team"
