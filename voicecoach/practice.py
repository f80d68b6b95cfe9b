"""The coach: one whole turn of practice, read top to bottom.

ask -> begin -> record (or attach a file, or type) -> finish. `begin` stores the attempt and its
forecast, `record` puts the answer on disk, and only then does anything else happen to it. `finish`
can be called again at any time: it does what has not been done yet, under a claim, so that one
finisher works on an attempt at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, tzinfo
from pathlib import Path

from sqlalchemy.orm import Session

from question_bank.bank import Bank
from question_bank.local_days import local_day
from question_bank.question import Question, QuestionKind
from question_bank.schedule import Horizon
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_result import AttemptResult, attempt_result
from voicecoach.attempt_store import MOST_LISTED, AttemptStore
from voicecoach.claim import hold_claim
from voicecoach.comparison import as_of
from voicecoach.correcting import (
    aligned_words,
    corrected_words,
    has_words_to_align,
    words_before_correction,
)
from voicecoach.database import Database
from voicecoach.engines import Engines
from voicecoach.errors import (
    AttemptBusyError,
    AudioPlaybackError,
    ConflictError,
    InvalidInputError,
)
from voicecoach.finishing import ALIGNING, STAGES, Finisher, finishing, recording_path
from voicecoach.plan import Plan
from voicecoach.readiness import Readiness
from voicecoach.recovery import RecoveryPath, Step, StepRecord
from voicecoach.recovery_store import RecoveryStore
from voicecoach.road_back import RoadBack, no_past_interview
from voicecoach.scoring.result import CriterionName
from voicecoach.settings import Settings
from voicecoach.speech.contracts import RecordingProgress, SpokenQuestion
from voicecoach.speech.transcript import Transcript, typed_transcript
from voicecoach.standing import NextQuestion, Standing


def ignore_stage(stage: str) -> None:
    """Report to nobody."""
    del stage


class Coach:
    """Works one person's bank with the engines given.

    Args:
        settings: everything that can be set.
        database: open and migrated.
        engines: what speaks, listens, transcribes and encodes.
        clock: gives the present moment, UTC-aware.
        time_zone: where the person lives; a day is a day there.
        new_id: gives a fresh id.
        rubric_weights: weights of the criteria for each kind of question.
    """

    def __init__(
        self,
        *,
        settings: Settings,
        database: Database,
        engines: Engines,
        clock: Callable[[], datetime],
        time_zone: tzinfo,
        new_id: Callable[[], str],
        rubric_weights: Mapping[QuestionKind, Mapping[CriterionName, float]],
    ) -> None:
        self.settings = settings
        self.database = database
        self.engines = engines
        self.time_zone = time_zone
        self._clock = clock
        self._new_id = new_id
        self._rubric_weights = rubric_weights

    def now(self) -> datetime:
        """Return the present moment, UTC-aware."""
        return self._clock()

    def today(self) -> date:
        """Return the day it is where the person lives."""
        return local_day(self.now(), self.time_zone)

    @contextmanager
    def bank(self) -> Iterator[Bank]:
        """Give the bank inside one transaction."""
        with self.database.transaction() as session:
            yield self._bank(session)

    @contextmanager
    def reading_bank(self) -> Iterator[Bank]:
        """Give the bank to read from: one consistent state, no lock, nothing can be stored."""
        with self.database.reading() as session:
            yield self._bank(session)

    # One turn

    def ask(self, text: str) -> SpokenQuestion:
        """Speak a question aloud; where nothing can be played, the result says why."""
        return self.engines.speaker.speak(text)

    def begin(
        self,
        question_id: str,
        *,
        asked: str | None = None,
        parent_id: str | None = None,
        typed: bool = False,
    ) -> Attempt:
        """Store a new attempt with its forecast, before anything is answered.

        Args:
            question_id: the question (or, for a follow-up, the one it belongs to).
            asked: the words that were asked, where they are not the question's own.
            parent_id: the attempt a follow-up belongs to.
            typed: whether it will be typed and have no recording.
        """
        with self.database.transaction() as session:
            standing = self._standing(session)
            question = standing.bank.get_question(question_id)
            attempt_id = self._new_id()
            attempt = Attempt(
                id=attempt_id,
                question_id=question.id,
                asked=asked or question.text,
                started_at=standing.now,
                status=AttemptStatus.RECORDED,
                recording=None if typed else f"{attempt_id}.wav",
                recording_seconds=None,
                parent_id=None if parent_id is None else standing.store.get(parent_id).id,
                forecast=None if parent_id else standing.forecast(question),
                synthetic=self.settings.synthetic,
            )
            standing.store.add(attempt)
        return attempt

    def record(
        self,
        attempt_id: str,
        *,
        on_started: Callable[[], None],
        on_progress: Callable[[RecordingProgress], None],
        should_stop: Callable[[], bool],
    ) -> Attempt:
        """Record the microphone into the attempt until the person ends it.

        Raises:
            MicrophoneError: no microphone could be opened; the empty attempt is taken back.
        """
        with self._new_recording(attempt_id) as path:
            answer = self.engines.recorder.record(
                path,
                on_started=on_started,
                on_progress=on_progress,
                should_stop=should_stop,
                limit_seconds=self.settings.record_limit_seconds,
            )
        return self._save_length(attempt_id, answer.seconds, answer.interrupted or answer.warning)

    def attach(self, attempt_id: str, source: Path) -> Attempt:
        """Take an audio file as the answer; the coach keeps its own copy.

        Raises:
            RecordingError: the file can't be used; the empty attempt is taken back.
        """
        with self._new_recording(attempt_id) as path:
            decoded = self.engines.read_answer(source)
            self.engines.write_recording(path, decoded.recording)
        return self._save_length(attempt_id, decoded.recording.seconds, decoded.warning)

    def answer_typed(self, attempt_id: str, text: str) -> Attempt:
        """Take typed words as what was said, and score their content.

        For an attempt without sound, or one whose recording still waits for its weights.

        Raises:
            InvalidInputError: there are no words in it.
            ConflictError: the attempt has a transcript already; that one can be corrected.
        """
        attempt = self.attempt(attempt_id)
        typed = typed_transcript(text)
        if not typed.words:
            if attempt.recording is None:
                self._take_back(attempt.id)
            raise InvalidInputError("Nothing was typed.", "Type what you said, in full sentences.")
        if attempt.transcript is not None:
            raise ConflictError(
                "That attempt has a transcript already.",
                f"Correct it: voicecoach attempts correct {attempt.id}",
            )
        return self._take_words(attempt.id, typed, on_stage=ignore_stage, align=True)

    def finish(self, attempt_id: str, *, on_stage: Callable[[str], None] = ignore_stage) -> Attempt:
        """Do everything that is still to be done for an attempt; nothing where all is done.

        Without weights the attempt waits; where the engine or the file fails it is marked failed
        with the reason. The recording is kept in every case. What a person wrote while there were
        no weights is looked for in the sound.

        Raises:
            AttemptBusyError: somebody else is finishing it.
            ConflictError: it has been deleted.
        """
        attempt = self.attempt(attempt_id)
        if attempt.status in {AttemptStatus.SCORED, AttemptStatus.UNSCOREABLE}:
            return self.align(attempt.id, on_stage=on_stage)
        if attempt.status is AttemptStatus.DELETED:
            raise ConflictError("That attempt has been deleted.", "Answer the question again.")
        with self._finishing(attempt.id) as finisher:
            finisher.finish(on_stage)
        return self.align(attempt.id, on_stage=on_stage)

    def finish_waiting(self, on_each: Callable[[Attempt], None]) -> int:
        """Finish every attempt that waits for weights, oldest first; return how many were done."""
        done = 0
        for waiting in reversed(self.attempts(status=AttemptStatus.WAITING, limit=MOST_LISTED)):
            attempt = self.finish(waiting.id)
            if attempt.status is AttemptStatus.WAITING:
                break
            on_each(attempt)
            done += 1
        return done

    def correct(
        self,
        attempt_id: str,
        text: str,
        *,
        on_stage: Callable[[str], None] = ignore_stage,
        align: bool = True,
    ) -> Attempt:
        """Correct what was heard: content is scored anew and stored at once, delivery stays.

        The corrected words are looked for in the sound after that, unless the caller says that
        `align` is called later.

        Raises:
            InvalidInputError: nothing is left, or nothing was changed.
            ConflictError: there is no transcript yet.
        """
        attempt = self.attempt(attempt_id)
        words = corrected_words(attempt, text)
        return self._take_words(attempt.id, words, on_stage=on_stage, align=align)

    def undo_correction(self, attempt_id: str, *, align: bool = True) -> Attempt:
        """Go back to the words before the last correction, as a new version; undo again goes on.

        Raises:
            ConflictError: nothing was corrected.
        """
        attempt = self.attempt(attempt_id)
        words = words_before_correction(attempt)
        return self._take_words(attempt.id, words, on_stage=ignore_stage, align=align)

    def align(self, attempt_id: str, *, on_stage: Callable[[str], None] = ignore_stage) -> Attempt:
        """Find when the words that a person wrote are said, so that a replay can follow them.

        Nothing happens where there is nothing to find, no sound or no weights, or where somebody
        else is at work on the attempt: the times then stay estimates. The engine works without a
        claim, so that the person can correct the next word meanwhile.
        """
        attempt = self.attempt(attempt_id)
        path = self.recording_path(attempt)
        if path is None or not has_words_to_align(attempt):
            return attempt
        on_stage(ALIGNING)
        aligned = aligned_words(attempt, self.engines, path)
        if aligned is None:
            return attempt
        try:
            with self._finishing(attempt.id) as finisher:
                return finisher.take_times(aligned)
        except AttemptBusyError:
            return self.attempt(attempt.id)

    # The log

    def attempt(self, attempt_id: str) -> Attempt:
        """Return one attempt by its id or an unambiguous beginning of it."""
        with self.database.reading() as session:
            return AttemptStore(session).get(attempt_id)

    def attempts(
        self,
        *,
        question_id: str | None = None,
        status: AttemptStatus | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Attempt, ...]:
        """Return attempts, the latest first."""
        with self.database.reading() as session:
            if question_id is not None:
                question_id = self._bank(session).get_question(question_id).id
            return AttemptStore(session).list(
                question_id=question_id, status=status, limit=limit, offset=offset
            )

    def count_attempts(
        self, *, question_id: str | None = None, status: AttemptStatus | None = None
    ) -> int:
        """Return how many attempts such a list has in all."""
        with self.database.reading() as session:
            if question_id is not None:
                question_id = self._bank(session).get_question(question_id).id
            return AttemptStore(session).count(question_id=question_id, status=status)

    def count_unfinished(self) -> int:
        """Return how many attempts still have something to be done."""
        with self.database.reading() as session:
            return AttemptStore(session).count(open_only=True)

    def unfinished(self) -> tuple[Attempt, ...]:
        """Return attempts that still have something to be done, the latest first."""
        with self.database.reading() as session:
            return AttemptStore(session).list(open_only=True, limit=MOST_LISTED)

    def recording_path(self, attempt: Attempt) -> Path | None:
        """Return where an attempt's recording lies; None where there is no such file."""
        return recording_path(self.settings, attempt)

    def replay(self, attempt: Attempt) -> str | None:
        """Play an attempt's recording; return why it can't be heard, None if it was."""
        path = self.recording_path(attempt)
        if path is None:
            return "That answer was typed, or its recording is gone."
        try:
            self.engines.play(path)
        except AudioPlaybackError as error:
            return f"{error} The recording is at {path}."
        return None

    def delete(self, attempt_id: str) -> Attempt:
        """Delete an attempt for good: sound, words, scores, copies in backups and caches.

        What stays is a mark without content (see `AttemptStore.delete`). Its follow-ups go too.
        """
        attempt = self.attempt(attempt_id)
        with self.database.reading() as session:
            family = (*AttemptStore(session).follow_ups(attempt.id), attempt)
        for member in family:
            if member.recording is not None:
                (self.settings.recordings_folder / member.recording).unlink(missing_ok=True)
        self.engines.forget_spoken(
            [member.score.follow_up for member in family if member.score and member.score.follow_up]
        )
        with self.database.transaction() as session:
            store = AttemptStore(session)
            marks = [store.delete(member.id, now=self.now()) for member in family]
        return marks[-1]

    def result(self, attempt: Attempt, *, version: int | None = None) -> AttemptResult:
        """Return an attempt as everybody outside sees it, with its question and next review.

        With a version it is shown as it stood with that version of its transcript.

        Raises:
            NotFoundError: it has no such version.
        """
        shown = attempt if version is None else as_of(attempt, version)
        return self.results([shown])[0]

    def results(self, attempts: Sequence[Attempt]) -> tuple[AttemptResult, ...]:
        """Return attempts as everybody outside sees them; the plan is looked at once for all."""
        if not attempts:
            return ()
        with self.database.reading() as session:
            standing = self._standing(session)
            ids = {attempt.question_id for attempt in attempts}
            questions = {one: standing.bank.get_question(one) for one in ids}

            reviews = standing.next_reviews(questions.values(), self.settings.minutes_per_day)
        return tuple(
            attempt_result(
                attempt,
                questions[attempt.question_id],
                # A follow-up belongs to its attempt and schedules nothing.
                next_review=None if attempt.parent_id else reviews.get(attempt.question_id),
            )
            for attempt in attempts
        )

    # Where the person stands

    def horizon(self) -> Horizon:
        """Return what everything works towards: the next interview, or 14 days from now."""
        with self._reading_standing() as standing:
            return standing.horizon()

    def next_questions(self, limit: int = 5) -> tuple[NextQuestion, ...]:
        """Return what to rehearse next, best first."""
        with self._reading_standing() as standing:
            return standing.next_questions(limit)

    def readiness(self, on: date | None = None) -> Readiness:
        """Return how ready the person will be on a day (the next interview's by default)."""
        with self._reading_standing() as standing:
            return standing.readiness(on)

    def plan(self) -> Plan:
        """Return what to rehearse on which day until the interview."""
        with self._reading_standing() as standing:
            return standing.plan(self.settings.minutes_per_day)

    # The road back

    def recovery(self, interview_id: str | None = None) -> RecoveryPath | None:
        """Return the path of an interview (the latest one that is over); None where there is none.

        Raises:
            NotFoundError: there is no such interview.
        """
        with self.database.reading() as session:
            road = self._road_back(session, interview_id)
            return None if road is None else road.path()

    def mark_step(
        self, step: Step, *, skipped: bool = False, note: str = "", interview_id: str | None = None
    ) -> RecoveryPath:
        """Note that a step of the path was done or skipped, and return the path after it.

        Raises:
            NotFoundError: there is no interview to recover from.
        """
        with self.database.transaction() as session:
            road = self._road_back(session, interview_id)
            if road is None:
                raise no_past_interview()
            return road.note(
                StepRecord(
                    id=self._new_id(),
                    interview_id=road.interview.id,
                    step=step,
                    skipped=skipped,
                    recorded_at=self.now(),
                    note=note,
                )
            )

    def merge_questions(self, keep: str, drop: str) -> Question:
        """Make one question of two; history, attempts and reviews of both are kept."""
        with self.database.transaction() as session:
            bank = self._bank(session)
            dropped = bank.get_question(drop)
            kept = bank.merge_questions(keep, dropped.id)
            AttemptStore(session).move_question(dropped.id, kept.id)
            return kept

    # Inside

    def _take_words(
        self, attempt_id: str, words: Transcript, *, on_stage: Callable[[str], None], align: bool
    ) -> Attempt:
        on_stage(STAGES[2])
        with self._finishing(attempt_id) as finisher:
            attempt = finisher.take_words(words)
        return self.align(attempt.id, on_stage=on_stage) if align else attempt

    def _bank(self, session: Session) -> Bank:
        return Bank(session, new_id=self._new_id, now=self._clock)

    def _standing(self, session: Session) -> Standing:
        return Standing(
            bank=self._bank(session),
            store=AttemptStore(session),
            now=self.now(),
            time_zone=self.time_zone,
            target=self.settings.target,
            with_synthetic=self.settings.synthetic,
        )

    def _road_back(self, session: Session, interview_id: str | None) -> RoadBack | None:
        bank = self._bank(session)
        interview = (
            bank.latest_past_interview(self.today())
            if interview_id is None
            else bank.get_interview(interview_id)
        )
        if interview is None:
            return None
        return RoadBack(
            bank=bank,
            attempts=AttemptStore(session),
            steps=RecoveryStore(session),
            interview=interview,
        )

    @contextmanager
    def _reading_standing(self) -> Iterator[Standing]:
        with self.database.reading() as session:
            yield self._standing(session)

    @contextmanager
    def _finishing(self, attempt_id: str) -> Iterator[Finisher]:
        with finishing(
            attempt_id,
            settings=self.settings,
            database=self.database,
            engines=self.engines,
            clock=self._clock,
            new_id=self._new_id,
            rubric_weights=self._rubric_weights,
        ) as finisher:
            yield finisher

    @contextmanager
    def _new_recording(self, attempt_id: str) -> Iterator[Path]:
        """Give where the attempt's answer is to be stored; take the attempt back if none was.

        The claim is held meanwhile, so that nobody finishes what is still being recorded.
        """
        attempt = self.attempt(attempt_id)
        if attempt.recording is None or attempt.recording_seconds is not None:
            raise ConflictError(
                "That attempt has its answer already.", "Begin a new attempt for another take."
            )
        folder = self.settings.recordings_folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / attempt.recording
        with hold_claim(self.database, attempt.id, claimant=self._new_id(), clock=self._clock):
            try:
                yield path
            except BaseException:
                if not path.exists():
                    self._take_back(attempt.id)
                raise

    def _take_back(self, attempt_id: str) -> None:
        with self.database.transaction() as session:
            AttemptStore(session).take_back(attempt_id)

    def _save_length(self, attempt_id: str, seconds: float, interrupted: str | None) -> Attempt:
        with self.database.transaction() as session:
            return AttemptStore(session).save(
                attempt_id, recording_seconds=seconds, interrupted=interrupted
            )
