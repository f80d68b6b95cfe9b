"""A sound file that was sent becomes an answer.

The decoder wants a file with a name, so what was sent lies in a private folder of the home for as
long as it is being read. The coach's own copy is on disk before the attempt is noted as answered.
"""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from voicecoach.attempt import Attempt
from voicecoach.errors import CoachError, ConflictError, RecordingError
from voicecoach.practice import Coach
from voicecoach.spoken_debrief import SpokenDebrief
from voicecoach.spoken_debriefs import SpokenDebriefs

FOLDER_NAME: Final = "uploads"

_LONGEST_NAME_SHOWN: Final = 80


def answer_from(
    coach: Coach,
    sent: IO[bytes],
    *,
    file_name: str,
    question_id: str,
    parent_id: str | None = None,
) -> Attempt:
    """Answer a question, or the follow-up question of an attempt, with a sound file.

    Args:
        coach: takes the answer.
        sent: the file, at its beginning.
        file_name: what it is called where it comes from; for messages only.
        question_id: the question.
        parent_id: the attempt whose follow-up question is answered, which was about the question.

    Raises:
        NotFoundError: there is no such question or attempt.
        ConflictError: that attempt has no follow-up question, or another question.
        RecordingError: the file can't be used; no attempt is left.
    """
    asked = None if parent_id is None else follow_up_of(coach, parent_id, question_id)
    with _lying_in(coach.settings.home / FOLDER_NAME, sent) as path:
        attempt = coach.begin(question_id, asked=asked, parent_id=parent_id)
        try:
            return coach.attach(attempt.id, path)
        except RecordingError as error:
            raise _named(error, path, file_name) from error


def telling_from(coach: Coach, sent: IO[bytes], *, file_name: str) -> SpokenDebrief:
    """Take a sound file as a debrief told aloud.

    Raises:
        RecordingError: the file can't be used; nothing is left.
    """
    with _lying_in(coach.settings.home / FOLDER_NAME, sent) as path:
        try:
            return SpokenDebriefs(book=coach).attach(path)
        except RecordingError as error:
            raise _named(error, path, file_name) from error


def remove_leftovers(home: Path, before: datetime) -> None:
    """Remove what uploads that were cut off by a crash left behind before a moment (aware)."""
    for path in (home / FOLDER_NAME).glob("*"):
        with suppress(OSError):  # not ours, or gone by itself: no reason to stop
            if path.stat().st_mtime < before.timestamp():
                path.unlink(missing_ok=True)


def follow_up_of(coach: Coach, parent_id: str, question_id: str) -> str:
    """Return what an answer is followed up with.

    Args:
        coach: keeps the log.
        parent_id: the answer.
        question_id: the question it should belong to.

    Raises:
        NotFoundError: there is no such question or attempt.
        ConflictError: that attempt has no follow-up question, or another question.
    """
    parent = coach.attempt(parent_id)
    with coach.reading_bank() as bank:
        question = bank.get_question(question_id)
    if parent.question_id != question.id:
        raise ConflictError(
            "That attempt answered another question.",
            f"A follow-up belongs to the question {parent.question_id}.",
        )
    if parent.score is None or parent.score.follow_up is None:
        raise ConflictError(
            "That attempt has no follow-up question.", "Answer the question itself again."
        )
    return parent.score.follow_up


def _named(error: RecordingError, path: Path, file_name: str) -> RecordingError:
    """Return an error about a private file with the name it has where it comes from."""
    shown = Path(file_name).name[:_LONGEST_NAME_SHOWN] or "that was sent"
    return RecordingError(
        error.what_happened.replace(str(path), f"The file {shown}"), error.what_to_do
    )


@contextmanager
def _lying_in(folder: Path, sent: IO[bytes]) -> Iterator[Path]:
    """Have what was sent lie in a private file for the length of the block."""
    path = folder / uuid.uuid4().hex
    try:
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            path.touch(mode=0o600)
            with path.open("wb") as file:
                shutil.copyfileobj(sent, file, 1 << 20)
        except OSError as error:
            raise CoachError(
                f"The recording can't be taken in: {error.strerror or error}.",
                "Make room on the disk of the coach's home and send it again.",
            ) from error
        yield path
    finally:
        path.unlink(missing_ok=True)
