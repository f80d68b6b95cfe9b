"""Deletes everything a person entered or recorded, for good.

Rows are overwritten and the database file is rewritten, the backups we made, the recordings and
the spoken questions go, and so do the log and the settings. What stays are model weights, which
hold nothing of anybody, and the key of the page's forms. What the file system or the disk keeps of
overwritten blocks is out of our hands; on PostgreSQL backups and `VACUUM` are the operator's.
"""

import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from voicecoach.attempt_tables import AttemptRow
from voicecoach.errors import AttemptBusyError, DatabaseError
from voicecoach.practice_book import PracticeBook
from voicecoach.spoken_debrief_tables import SpokenDebriefRow
from voicecoach.spoken_debriefs import STILL_RECORDING

FOLDERS: Final = ("recordings", "uploads", "spoken", "backups", "demo")
"""Folders of the home that hold what people (and the synthetic candidate) said, nothing else."""

FILES: Final = ("config.toml", "debrief-*.json", "candidate-day-*.wav", "*.partial")
"""Files of the home that people wrote, or that hold what they wrote."""

LOG: Final = "errors.log"
"""It stays open while a server runs, so it is emptied."""

CONFIRMATION: Final = "delete everything"
"""What a person types before it is done."""


def is_confirmed(typed: str) -> bool:
    """Whether these are the words, in capitals or not, however spaced."""
    return " ".join(typed.split()).lower() == CONFIRMATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was deleted: how many answers, and how many files with how many bytes."""

    answers: int
    files: int
    size_bytes: int


def erase_everything(book: PracticeBook) -> Erased:
    """Delete everything a person entered or recorded; the coach then stands as on its first day.

    Raises:
        AttemptBusyError: an answer is being recorded or finished at this moment; nothing was
            deleted.
        DatabaseError: the database can't be emptied, or a file can't be removed; the message says
            which, and doing it again goes on.
    """
    answers = 0
    files: list[Path] = []

    def prepare(session: Session) -> None:
        nonlocal answers
        _refuse_while_busy(book, session)
        # An answer begun from here on is a new one: its sound stays.
        files.extend(_files_of(book.settings.home))
        ids = session.scalars(select(AttemptRow.id)).all()
        for attempt_id in ids:
            book.on_deleted(session, attempt_id)
        answers = len(ids)

    book.database.erase(prepare)
    sizes = _remove_files(book.settings.home, files)
    return Erased(answers=answers, files=len(sizes), size_bytes=sum(sizes))


def _refuse_while_busy(book: PracticeBook, session: Session) -> None:
    busy = session.scalar(
        select(AttemptRow.id)
        .where(AttemptRow.claimed_by.is_not(None), AttemptRow.claimed_until > book.now())
        .limit(1)
    )
    if busy is not None:
        raise AttemptBusyError(
            "An answer is being recorded or finished at this moment.",
            "Nothing was deleted. Wait until it is done, then delete again.",
        )
    told = session.scalars(
        select(SpokenDebriefRow.recording).where(SpokenDebriefRow.seconds.is_(None))
    )
    if any(_still_grows(book.settings.recordings_folder / name) for name in told):
        raise AttemptBusyError(
            "A debrief is being told at this moment.",
            "Nothing was deleted. End it where it is being told, then delete again.",
        )


def _still_grows(path: Path) -> bool:
    """Whether a recording was written to a moment ago."""
    try:
        return time.time() - path.stat().st_mtime < STILL_RECORDING.total_seconds()
    except OSError:
        return False


def _files_of(home: Path) -> list[Path]:
    """Return what is to go from the home, folders after what they hold."""
    folders = [home / name for name in FOLDERS]
    folders = [folder for folder in folders if folder.is_dir() and not folder.is_symlink()]
    found = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    found += [path for pattern in FILES for path in home.glob(pattern)]
    return sorted(found, key=lambda path: len(path.parts), reverse=True)


def _remove_files(home: Path, files: Sequence[Path]) -> list[int]:
    """Remove these and empty the log; return the size of each file in bytes."""
    sizes: list[int] = []
    try:
        for path in files:
            if path.is_dir() and not path.is_symlink():
                if not any(path.iterdir()):
                    path.rmdir()
                continue
            with suppress(FileNotFoundError):
                size = path.lstat().st_size
                path.unlink()
                sizes.append(size)
        log = home / LOG
        if log.is_file():
            sizes.append(log.stat().st_size)
            with log.open("r+b") as file:
                file.truncate(0)
    except OSError as error:
        raise DatabaseError(
            f"{error.filename or home} can't be removed ({error.strerror or error}).",
            "All that was stored in the database is gone. Remove that by hand, or delete again.",
        ) from error
    return sizes
