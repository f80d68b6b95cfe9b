"""The token of forms: its secret lasts over a restart and belongs to the owner of the home."""

import stat
import sys
from pathlib import Path

import pytest

from server.page.csrf import csrf_config
from voicecoach.errors import SettingError


def test_the_secret_is_the_same_after_a_restart_and_another_in_another_home(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    first = csrf_config(tmp_path)
    assert csrf_config(tmp_path) == first
    assert csrf_config(other).secret != first.secret
    assert csrf_config(other).cookie_name != first.cookie_name


@pytest.mark.skipif(sys.platform == "win32", reason="not run: Windows has no such modes")
def test_only_the_owner_of_the_home_can_read_the_secret(tmp_path: Path) -> None:
    csrf_config(tmp_path)
    (path,) = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_emptied_file_is_filled_again(tmp_path: Path) -> None:
    csrf_config(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_text("")
    assert len(csrf_config(tmp_path).secret) == 64


def test_a_home_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="can't be used"):
        csrf_config(tmp_path / "gone")
