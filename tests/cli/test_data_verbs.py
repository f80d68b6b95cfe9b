"""data: everything out in one archive, or everything deleted."""

import os
import zipfile
from pathlib import Path

import pytest

from tests.cli.process import Voicecoach


def test_everything_goes_into_one_archive_for_its_owner_only(
    practised: Voicecoach, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    assert str(file) in practised("data", "export", str(file)).out
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {"README.txt", "questions.json", "CONTENTS.txt"} <= set(archive.namelist())
        assert any(name.startswith("attempts/") for name in archive.namelist())
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    assert list(tmp_path.glob("*.partial")) == []


def test_everything_is_deleted_where_it_is_meant(practised: Voicecoach) -> None:
    erased = practised("data", "delete", "--yes", "--json").data
    assert erased["answers"] == 1
    assert practised("attempts", "list", "--json").data == []
    assert practised("questions", "list", "--json").data == []


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_deleting_everything_takes_the_words(practised: Voicecoach) -> None:
    with practised.at_terminal("data", "delete") as terminal:
        terminal.answer([("delete everything", "yes")])
        assert terminal.end() == 0
        assert "Nothing was deleted" in terminal.shown
    assert len(practised("attempts", "list", "--json").data) == 1
    with practised.at_terminal("data", "delete") as terminal:
        terminal.answer([("delete everything", "Delete everything")])
        assert terminal.end() == 0
    assert practised("attempts", "list", "--json").data == []


def test_what_was_exported_is_read_back_into_an_empty_home_and_only_there(
    practised: Voicecoach, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    practised("data", "export", str(file))
    elsewhere = Voicecoach(tmp_path / "elsewhere")
    back = elsewhere("data", "import", str(file), "--json").data
    assert (back["answers"], back["missing_recordings"], back["notes"]) == (1, [], [])
    again = tmp_path / "again.zip"
    elsewhere("data", "export", str(again))
    assert again.read_bytes() == file.read_bytes()
    refused = elsewhere("data", "import", str(file), code=1)
    assert len(refused.error_lines) == 1
    assert "into an empty one" in refused.err


def test_a_file_that_is_no_archive_is_refused_in_one_line(
    voicecoach: Voicecoach, tmp_path: Path
) -> None:
    (tmp_path / "photo.zip").write_bytes(b"no zip")
    for name in ("photo.zip", "missing.zip"):
        refused = voicecoach("data", "import", str(tmp_path / name), code=None)
        assert refused.code != 0
        assert len(refused.error_lines) == 1, refused
