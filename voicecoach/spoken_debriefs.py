"""Telling a debrief aloud: recorded first, then written down, checked, and entered.

As with an answer the row is stored before anything is said, the sound is on disk before anything
happens to it, and every later step can be done again from it.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import uuid4

from question_bank.bank import Bank
from question_bank.debrief_draft import FieldProblem
from question_bank.debrief_entry import EnteredDebrief, enter_debrief
from question_bank.interview import Outcome
from question_bank.local_days import local_day
from voicecoach.deleting import remove_leftovers, remove_recordings
from voicecoach.errors import (
    AttemptBusyError,
    AudioPlaybackError,
    ConflictError,
    InvalidInputError,
    RecordingError,
    TranscriptionError,
    WeightsMissingError,
)
from voicecoach.practice_book import PracticeBook
from voicecoach.speech.contracts import RecordingProgress
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.spoken_debrief import (
    SpokenDebrief,
    SpokenDebriefStatus,
    ToldFinding,
    debrief_of,
    findings_of,
    reasons_against,
)
from voicecoach.spoken_debrief_store import SpokenDebriefStore

LONGEST_SECONDS: Final = 1_800.0
"""A debrief is told in minutes; half an hour is what a recording of ours may have."""

STILL_RECORDING: Final = timedelta(seconds=6)
"""A recording without a length that grew so recently is still being made: each second of it is
forced onto the disk, and a claim on an answer holds as long."""

BROKEN_OFF: Final = "The recording broke off; what was said up to then is here."
WITHOUT_END: Final = (SpokenDebriefStatus.HEARD, SpokenDebriefStatus.ENTERED)


def _fresh_id() -> str:
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenDebriefs:
    """The told debriefs of one coach.

    Args:
        book: the coach, or the book below it.
        new_id: gives a fresh id.
    """

    book: PracticeBook
    new_id: Callable[[], str] = field(default=_fresh_id)

    def get(self, debrief_id: str) -> SpokenDebrief:
        """Return one by its id or an unambiguous beginning of it."""
        with self.book.database.reading() as session:
            return SpokenDebriefStore(session).get(debrief_id)

    def list(self, *, limit: int = 50, offset: int = 0) -> tuple[SpokenDebrief, ...]:
        """Return them, the latest first."""
        with self.book.database.reading() as session:
            return SpokenDebriefStore(session).list(limit=limit, offset=offset)

    def count(self) -> int:
        """Return how many there are."""
        with self.book.database.reading() as session:
            return SpokenDebriefStore(session).count()

    def of_interview(self, interview_id: str) -> tuple[SpokenDebrief, ...]:
        """Return those that were entered for an interview, oldest first."""
        with self.book.database.reading() as session:
            return SpokenDebriefStore(session).of_interview(interview_id)

    def recording_path(self, debrief: SpokenDebrief) -> Path | None:
        """Return where its recording lies; None where there is no such file."""
        path = self.book.settings.recordings_folder / debrief.recording
        return path if path.is_file() else None

    # Telling

    def begin(self) -> SpokenDebrief:
        """Store a new one, before anything is said."""
        debrief_id = self.new_id()
        debrief = SpokenDebrief(
            id=debrief_id,
            told_at=self.book.now(),
            recording=f"debrief-{debrief_id}.wav",
            status=SpokenDebriefStatus.RECORDED,
            synthetic=self.book.settings.synthetic,
        )
        with self.book.database.transaction() as session:
            SpokenDebriefStore(session).add(debrief)
        self.book.settings.recordings_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return debrief

    def record(
        self,
        *,
        on_started: Callable[[], None],
        on_progress: Callable[[RecordingProgress], None],
        should_stop: Callable[[], bool],
    ) -> SpokenDebrief:
        """Record the microphone until the person ends it.

        Raises:
            MicrophoneError: no microphone could be opened; nothing is left.
        """
        with self._new() as (debrief, path):
            told = self.book.engines.recorder.record(
                path,
                on_started=on_started,
                on_progress=on_progress,
                should_stop=should_stop,
                limit_seconds=LONGEST_SECONDS,
            )
        return self.save_length(debrief.id, told.seconds, told.interrupted or told.warning)

    def attach(self, source: Path) -> SpokenDebrief:
        """Take a sound file as the telling; the coach keeps its own copy.

        Raises:
            RecordingError: the file can't be used; nothing is left.
        """
        with self._new() as (debrief, path):
            decoded = self.book.engines.read_answer(source)
            self.book.engines.write_recording(path, decoded.recording)
        return self.save_length(debrief.id, decoded.recording.seconds, decoded.warning)

    def save_length(self, debrief_id: str, seconds: float, wrong: str | None) -> SpokenDebrief:
        """Note that the recording is whole, how long it is, and what was wrong with it."""
        with self.book.database.transaction() as session:
            store = SpokenDebriefStore(session)
            debrief = replace(store.get(debrief_id), seconds=seconds, interrupted=wrong)
            store.save(debrief)
        return debrief

    def take_back(self, debrief_id: str) -> None:
        """Remove one in which nothing was said."""
        with self.book.database.transaction() as session:
            SpokenDebriefStore(session).delete(debrief_id)

    # Writing it down

    def hear(self, debrief_id: str) -> SpokenDebrief:
        """Write down what was said and split it; can be asked again until there are findings.

        Without weights it waits; where nothing can be made of the sound, `reasons` say why. The
        recording is kept in every case. What has been heard already stays as it is.

        Raises:
            AttemptBusyError: it is still being told.
            RecordingError: nothing was recorded, or the file can't be read.
        """
        debrief = self.get(debrief_id)
        if debrief.status in WITHOUT_END:
            return debrief
        recording = self._whole_recording(debrief)
        try:
            transcript = self.book.engines.transcriber().transcribe(recording)
        except WeightsMissingError as error:
            return self._save_heard(debrief, debrief, SpokenDebriefStatus.WAITING, (str(error),))
        except TranscriptionError as error:
            return self._save_heard(debrief, debrief, SpokenDebriefStatus.FAILED, (str(error),))
        told_on = local_day(debrief.told_at, self.book.time_zone)
        findings = findings_of(transcript, today=told_on)
        reasons = reasons_against(
            transcript,
            self.book.engines.measure_sound(recording),
            findings,
            language=transcript.language or self.book.settings.language,
        )
        heard = replace(
            debrief,
            transcript=transcript,
            findings=() if reasons else findings,
            synthetic=debrief.synthetic or transcript.synthetic,
            seconds=recording.seconds if debrief.seconds is None else debrief.seconds,
            interrupted=BROKEN_OFF if debrief.seconds is None else debrief.interrupted,
        )
        status = SpokenDebriefStatus.UNCLEAR if reasons else SpokenDebriefStatus.HEARD
        return self._save_heard(debrief, heard, status, reasons)

    # Checking and entering

    def keep(self, debrief_id: str, findings: Iterable[ToldFinding]) -> SpokenDebrief:
        """Store the findings as the person has left them so far.

        Raises:
            ConflictError: nothing has been heard yet, or it has entered the bank.
        """
        with self.book.database.transaction() as session:
            store = SpokenDebriefStore(session)
            debrief = store.get(debrief_id)
            _require_heard(debrief)
            debrief = replace(debrief, findings=tuple(findings))
            store.save(debrief)
        return debrief

    def problems(self, debrief: SpokenDebrief, outcome: Outcome) -> tuple[FieldProblem, ...]:
        """Return what stands in the way of entering it."""
        return debrief_of(debrief.findings, outcome=outcome).problems

    def enter(self, debrief_id: str, *, outcome: Outcome) -> EnteredDebrief:
        """Put what was kept into the bank, in one transaction with the debrief's own state.

        Raises:
            InvalidInputError: nothing is kept, or something in it can't be used as it stands.
            ConflictError: nothing has been heard yet, or it has entered already.
        """
        with self.book.database.transaction() as session:
            store = SpokenDebriefStore(session)
            debrief = store.get(debrief_id)
            _require_heard(debrief)
            if not any(one.kept for one in debrief.findings):
                raise InvalidInputError(
                    "Nothing of it is kept, so nothing can enter the bank.",
                    "Keep at least one finding, or delete the recording.",
                )
            reading = debrief_of(debrief.findings, outcome=outcome)
            for problem in reading.problems:
                raise InvalidInputError(problem.what, problem.remedy)
            bank = Bank(session, new_id=self.new_id, now=self.book.now)
            entered = enter_debrief(bank, reading.debrief)
            store.save(
                replace(
                    debrief,
                    status=SpokenDebriefStatus.ENTERED,
                    interview_id=entered.interview.id if entered.interview else None,
                )
            )
        return entered

    # Hearing again, deleting

    def replay(
        self, debrief: SpokenDebrief, *, start: float | None = None, end: float | None = None
    ) -> str | None:
        """Play it, or the stretch between two moments in seconds; return why it can't be heard."""
        path = self.recording_path(debrief)
        if path is None:
            return "Its recording is gone."
        try:
            if start is None or end is None:
                self.book.engines.play(path)
                return None
            samples = self.book.engines.read_recording(path).samples
            part = samples[int(start * SAMPLE_RATE) : max(1, round(end * SAMPLE_RATE))]
            # Where a crash in the middle leaves it to whatever clears out half-read uploads.
            uploads = self.book.settings.home / "uploads"
            uploads.mkdir(mode=0o700, exist_ok=True)
            with TemporaryDirectory(dir=uploads, prefix="replay-") as folder:
                stretch = Path(folder) / "stretch.wav"
                self.book.engines.write_recording(stretch, Recording(part))
                self.book.engines.play(stretch)
        except (AudioPlaybackError, RecordingError) as error:
            return f"{error} The recording is at {path}."
        return None

    def delete(self, debrief_id: str) -> None:
        """Delete one for good: sound, words, copies in backups. What entered the bank stays."""
        debrief = self.get(debrief_id)
        with self.book.database.transaction() as session:
            SpokenDebriefStore(session).delete(debrief.id)
        remove_recordings(self.book, [debrief.recording])
        remove_leftovers(self.book.settings.home)

    # Inside

    @contextmanager
    def _new(self) -> Iterator[tuple[SpokenDebrief, Path]]:
        """Give a new debrief and where its sound goes; take it back if there came none."""
        debrief = self.begin()
        path = self.book.settings.recordings_folder / debrief.recording
        try:
            yield debrief, path
        except BaseException:
            if not path.exists():
                self.take_back(debrief.id)
            raise

    def _whole_recording(self, debrief: SpokenDebrief) -> Recording:
        path = self.recording_path(debrief)
        if path is None:
            raise RecordingError("Nothing was recorded there.", "Delete it, and tell it again.")
        if debrief.seconds is None:
            quiet = time.time() - path.stat().st_mtime
            if quiet < STILL_RECORDING.total_seconds():
                raise AttemptBusyError(
                    "It is being told at this moment.", "End it where it is being recorded."
                )
        return self.book.engines.read_recording(path)

    def _save_heard(
        self,
        before: SpokenDebrief,
        heard: SpokenDebrief,
        status: SpokenDebriefStatus,
        reasons: tuple[str, ...],
    ) -> SpokenDebrief:
        """Store what was heard, unless it was heard, or told further, meanwhile."""
        with self.book.database.transaction() as session:
            store = SpokenDebriefStore(session)
            stored = store.get(before.id)
            if stored.status in WITHOUT_END or stored.seconds != before.seconds:
                return stored
            heard = replace(heard, status=status, reasons=reasons)
            store.save(heard)
        return heard


def _require_heard(debrief: SpokenDebrief) -> None:
    if debrief.status is SpokenDebriefStatus.ENTERED:
        raise ConflictError(
            "That debrief is in the bank already.", "Change its questions there, one by one."
        )
    if debrief.status is not SpokenDebriefStatus.HEARD:
        raise ConflictError(
            "Nothing has been written down of that debrief yet.",
            f"Have it written down first: voicecoach debriefs hear {debrief.id}",
        )
