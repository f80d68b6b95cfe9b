"""doctor: plain records from parts that are passed in."""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from voicecoach.doctor import LEAST_FREE_BYTES, Checkup, Report, examine
from voicecoach.errors import MicrophoneError, SpeechSynthesisError


def _fine() -> str:
    return "fine"


def _no_microphone() -> str:
    raise MicrophoneError("No microphone was found.", "Plug one in.")


def _no_voice() -> str:
    raise SpeechSynthesisError("No voice works.", "Install espeak-ng.")


def _broken_driver() -> str:
    raise ZeroDivisionError("a driver of another age")


def _checkup(home: Path) -> dict[str, object]:
    probes = ("data", "microphone", "speaker", "voice", "weights", "encoder")
    return {"home": home, **dict.fromkeys(probes, _fine)}


def _examine(home: Path, **changed: object) -> Report:
    return examine(Checkup(**{**_checkup(home), **changed}))  # type: ignore[arg-type]  # a test's


def test_where_all_works_one_can_practise(tmp_path: Path) -> None:
    report = _examine(tmp_path / "home")
    assert report.can_practise
    assert all(check.works and not check.remedy for check in report.checks)


def test_a_missing_voice_keeps_nobody_from_practising(tmp_path: Path) -> None:
    report = _examine(tmp_path / "home", voice=_no_voice)
    (broken,) = (check for check in report.checks if not check.works)
    assert (broken.name, broken.remedy) == ("voice", "Install espeak-ng.")
    assert "shown" in broken.without
    assert report.can_practise


def test_a_missing_microphone_does(tmp_path: Path) -> None:
    assert not _examine(tmp_path / "home", microphone=_no_microphone).can_practise


def test_a_part_that_breaks_hides_no_other(tmp_path: Path) -> None:
    report = _examine(tmp_path / "home", data=_broken_driver)
    broken = {check.name: check.found for check in report.checks if not check.works}
    assert broken == {"data": "ZeroDivisionError: a driver of another age"}


def test_a_home_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    report = _examine(tmp_path / "file" / "home")
    (home,) = (check for check in report.checks if check.name == "home")
    assert not home.works
    assert "--home" in home.remedy


@pytest.mark.skipif(os.name != "posix", reason="permissions as on POSIX")
def test_a_home_that_others_can_read_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    report = _examine(tmp_path)
    (broken,) = (check for check in report.checks if not check.works)
    assert "chmod 700" in broken.remedy


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = SimpleNamespace(free=LEAST_FREE_BYTES - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: full)
    report = _examine(tmp_path / "home")
    assert [check.name for check in report.checks if not check.works] == ["disk"]
