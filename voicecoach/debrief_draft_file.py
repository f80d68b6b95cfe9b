"""The debrief that is being written, kept in a file of the home until it enters the bank.

A browser may forget; this does not. The file is its owner's only, is replaced whole, and is gone
once the debrief has entered.
"""

import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import msgspec

from question_bank.debrief_draft import DebriefDraft
from voicecoach.errors import InvalidInputError, SettingError

FILE_NAME: Final = "debrief-draft.json"

_DECODER: Final = msgspec.json.Decoder(DebriefDraft)
_one_at_a_time: Final = threading.Lock()
"""Two windows may save different steps at once; neither may undo the other's."""


class DebriefDraftFile:
    """The draft of one home.

    Args:
        home: the folder that holds the data.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / FILE_NAME

    @property
    def begun(self) -> bool:
        """Whether something has been typed that has not entered the bank yet."""
        return self.path.exists()

    def read(self) -> DebriefDraft:
        """Return what has been typed so far; an empty draft where there is none.

        Raises:
            InvalidInputError: the file holds something else; it is left as it is.
        """
        try:
            return _DECODER.decode(self.path.read_bytes())
        except FileNotFoundError:
            return DebriefDraft()
        except (OSError, msgspec.DecodeError) as error:
            raise InvalidInputError(
                f"The debrief you had begun, in {self.path}, can't be read ({error}).",
                "Move that file away to begin anew; what it holds stays readable as text.",
            ) from error

    def keep(self, **typed: Any) -> DebriefDraft:
        """Replace these fields of the draft, on disk before it returns; return all of it.

        Raises:
            SettingError: the file can't be written.
        """
        with _one_at_a_time:
            draft = replace(self.read(), **typed)
            if draft.says_nothing:
                self.path.unlink(missing_ok=True)
            else:
                self._write(msgspec.json.format(msgspec.json.encode(draft), indent=2))
            return draft

    def forget(self) -> None:
        """Delete the draft."""
        with _one_at_a_time:
            self.path.unlink(missing_ok=True)

    def _write(self, content: bytes) -> None:
        partial = self.path.with_name(self.path.name + ".partial")
        try:
            handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            partial.replace(self.path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise SettingError(
                f"What you typed can't be kept in {self.path} ({error.strerror or error}).",
                "Make room on the disk or check that you may write there; leave the page open.",
            ) from error
