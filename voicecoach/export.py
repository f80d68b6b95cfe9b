"""Everything a person has in the coach as one zip archive, made while it is sent.

The archive holds the question bank (`questions import` reads it again), every answer as it is
stored, with all versions of its words and scores, its recording, the road back with its notes, the
person's word on single points, and their settings. What can't be read is named in the list at the
archive's end, and nothing else is lost for it.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import select

from voicecoach.agreement_tables import CutPointsRow, PointVerdictRow
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_store import AttemptStore
from voicecoach.errors import CoachError, NotFoundError
from voicecoach.interview_day_tables import DayNoteRow
from voicecoach.mock_tables import MockInterviewRow, MockQuestionRow
from voicecoach.practice_book import PracticeBook
from voicecoach.recovery_tables import RecoveryStepRow

CHUNK_BYTES: Final = 256 * 1024

README: Final = """\
What you have in voicecoach.

questions.json   interviews, questions, outlines and the schedule's reviews.
                 Read it again with: voicecoach questions import questions.json
attempts/        every answer as it is stored: all versions of its words, every score, its forecast.
                 Of answers you deleted only the mark without content is left.
recordings/      the sound of your answers as WAV files, named like the answers.
road-back.json   the steps you did or left out, with your notes.
verdicts.json    your own word on single points ("I did say this").
cut-points.json  where "said" begins for you, where you had it fitted to your words.
mock-interviews.json, mock-questions.json
                 the mock interviews you held, and what was asked in them.
interview-days.json
                 your checklists for the days of interviews.
config.toml      your settings, where you changed some.
CONTENTS.txt     the list of all of that, and what could not be read, if anything.

Answers and recordings can be opened by other programs; voicecoach reads only the questions back.
"""


def export_everything(book: PracticeBook) -> Iterator[bytes]:
    """Give a zip archive of everything in pieces; at no time is more than one file's part held.

    Raises:
        DatabaseError: the database can't be read.
    """
    outflow = _Outflow()
    contents: list[str] = []
    # Stored, not packed: speech as 16-bit samples hardly gets smaller, and packing takes long.
    with zipfile.ZipFile(outflow, "w", allowZip64=True) as archive:
        for name, pieces in _parts(book):
            written = 0
            try:
                with archive.open(name, "w", force_zip64=True) as entry:
                    for piece in pieces:
                        written += entry.write(piece)
                        yield from outflow.taken()
                contents.append(f"{name}  {written} bytes")
            except (OSError, CoachError) as error:
                contents.append(f"{name}  NOT COMPLETE, only {written} bytes: {error}")
            yield from outflow.taken()
        archive.writestr("CONTENTS.txt", "\n".join(contents) + "\n")
    yield from outflow.taken()


def _parts(book: PracticeBook) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Give each file of the archive: its name, and its content in pieces."""
    yield "README.txt", (README.encode(),)
    with book.reading_bank() as bank:
        questions = bank.export_json()
    yield "questions.json", (questions,)
    yield "road-back.json", (_rows(book, RecoveryStepRow),)
    yield "verdicts.json", (_rows(book, PointVerdictRow),)
    yield "cut-points.json", (_rows(book, CutPointsRow),)
    yield "interview-days.json", (_rows(book, DayNoteRow),)
    yield "mock-interviews.json", (_rows(book, MockInterviewRow),)
    yield "mock-questions.json", (_rows(book, MockQuestionRow),)
    settings = book.settings.home / "config.toml"
    if settings.is_file():
        yield "config.toml", _pieces(settings)
    for attempt in _every_attempt(book):
        yield f"attempts/{attempt.id}.json", (_json(attempt),)
        if attempt.recording is not None:
            path = book.settings.recordings_folder / attempt.recording
            yield f"recordings/{attempt.recording}", _pieces(path)


def _every_attempt(book: PracticeBook) -> Iterator[Attempt]:
    """Give every attempt, one read at a time; those deleted meanwhile come as marks."""
    with book.database.reading() as session:
        ids = [id_ for status in AttemptStatus for id_ in AttemptStore(session).ids(status)]
    for attempt_id in ids:
        try:
            attempt = book.attempt(attempt_id)
        except NotFoundError:
            continue  # taken back meanwhile: nothing had been said in it
        yield attempt


def _rows(book: PracticeBook, table: type[Any]) -> bytes:
    columns = table.__table__.columns
    with book.database.reading() as session:
        rows = session.execute(select(*columns)).mappings()
        return _json([dict(row) for row in rows])


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK_BYTES):
            yield piece


class _Outflow(io.RawIOBase):
    """Takes what the archive writes, until it is taken out; it can't be wound back."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: Any, /) -> int:
        """Hold a piece."""
        piece = bytes(data)
        self._held.append(piece)
        return len(piece)

    def taken(self) -> Iterator[bytes]:
        """Give what is held, and hold it no longer."""
        held, self._held = b"".join(self._held), []
        if held:
            yield held
