"""The debrief that is being written survives whatever closes the window."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from question_bank.debrief_draft import DebriefDraft, DraftQuestion
from voicecoach.debrief_draft_file import FILE_NAME, DebriefDraftFile
from voicecoach.errors import InvalidInputError, SettingError


def test_what_was_kept_is_read_again_and_other_fields_stay(tmp_path: Path) -> None:
    draft = DebriefDraftFile(tmp_path)
    assert draft.read() == DebriefDraft()
    assert not DebriefDraftFile(tmp_path).begun
    draft.keep(company="Northwind", feelings="sad 4/5")
    assert draft.begun
    draft.keep(questions=(DraftQuestion(text="Why us?"),))

    assert DebriefDraftFile(tmp_path).read() == DebriefDraft(
        company="Northwind", feelings="sad 4/5", questions=(DraftQuestion(text="Why us?"),)
    )


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_the_draft_is_its_owners_only(tmp_path: Path) -> None:
    draft = DebriefDraftFile(tmp_path)
    draft.keep(company="Northwind")
    assert stat.S_IMODE(draft.path.stat().st_mode) == 0o600


def test_two_windows_that_save_different_steps_at_once_lose_nothing(tmp_path: Path) -> None:
    names = ("company", "role", "lessons", "next_role", "feelings", "went_well")
    with ThreadPoolExecutor(6) as windows:
        list(windows.map(lambda name: DebriefDraftFile(tmp_path).keep(**{name: name}), names))

    draft = DebriefDraftFile(tmp_path).read()
    assert [getattr(draft, name) for name in names] == list(names)


def test_a_draft_that_says_nothing_any_more_or_has_entered_leaves_no_file(tmp_path: Path) -> None:
    draft = DebriefDraftFile(tmp_path)
    draft.keep(company="Northwind")
    draft.keep(company="")
    assert not draft.path.exists()
    draft.keep(company="Northwind")
    draft.forget()
    draft.forget()
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_draft_is_left_alone_and_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("my own notes", encoding="utf-8")
    draft = DebriefDraftFile(tmp_path)

    with pytest.raises(InvalidInputError, match=FILE_NAME):
        draft.keep(company="Northwind")
    assert (tmp_path / FILE_NAME).read_text(encoding="utf-8") == "my own notes"


def test_a_folder_that_is_gone_is_said_and_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="kept"):
        DebriefDraftFile(tmp_path / "nowhere").keep(company="Northwind")
