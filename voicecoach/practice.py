"""The coach: one whole turn of practice, read top to bottom.

ask -> begin -> record (or attach a file, or type) -> finish. `begin` stores the attempt and its
forecast, `record` puts the answer on disk, and only then does anything else happen to it. `finish`
can be called again at any time: it does what has not been done yet, under a claim, so that one
finisher works on an attempt at a time.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_reading import MOST_LISTED
from voicecoach.attempt_store import AttemptStore
from voicecoach.claim import AT_ONCE, hold_claim
from voicecoach.correcting import (
    aligned_words,
    corrected_words,
    has_words_to_align,
    words_before_correction,
)
from voicecoach.deleting import remove_leftovers, remove_recordings, spoken_texts
from voicecoach.errors import (
    AttemptBusyError,
    ConflictError,
    InvalidInputError,
)
from voicecoach.finishing import ALIGNING, STAGES, Finisher, finishing, free_recording
from voicecoach.live_answers import LiveAnswers
from voicecoach.practice_book import PracticeBook
from voicecoach.speech.contracts import RecordingProgress, SpokenQuestion
from voicecoach.speech.transcript import Transcript, typed_transcript

BROKEN_OFF: Final = "The recording broke off; what was said up to then is here."
"""What is noted with an answer whose end was lost."""

PATIENCE: Final = timedelta(seconds=5)
"""How long a person's change to an answer waits while somebody else is at work on it: the words of
the change before are just being placed in the sound, which takes a claim for about a second."""


def ignore_stage(stage: str) -> None:
    """Report to nobody."""
    del stage


class Coach(PracticeBook):
    """One person's coach: the turn of practice, on the book that keeps everything around it."""

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
            standing = self.standing_in(session)
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
        limit_seconds: float | None = None,
    ) -> Attempt:
        """Record the microphone into the attempt until the person ends it.

        `limit_seconds` is a limit beside the one of the settings; the shorter counts.

        Raises:
            MicrophoneError: no microphone could be opened; the empty attempt is taken back.
        """
        limits = [
            one for one in (self.settings.record_limit_seconds, limit_seconds) if one is not None
        ]
        with self._new_recording(attempt_id) as path:
            answer = self.engines.recorder.record(
                path,
                on_started=on_started,
                on_progress=on_progress,
                should_stop=should_stop,
                limit_seconds=min(limits, default=None),
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

    def take_what_is_there(self, attempt_id: str) -> Attempt:
        """Take an answer that was broken off (a crash, a power cut) as it lies on disk.

        Raises:
            ConflictError: it is complete already, or nothing of it is on disk: then it is taken
                back.
            AttemptBusyError: somebody is still recording it.
            RecordingError: what is there holds no sound.
        """
        with self._new_recording(attempt_id) as path:
            if not path.exists():
                raise ConflictError(
                    "Nothing was recorded in that attempt; it has been taken back.",
                    "Answer the question again.",
                )
            seconds = self.engines.read_recording(path).seconds
        return self._save_length(attempt_id, seconds, BROKEN_OFF)

    def live_answers(self) -> LiveAnswers:
        """Give the answers that are recorded and transcribed while they are being spoken."""
        return LiveAnswers(
            book=self,
            begin=self.begin,
            save_length=self._save_length,
            delete=self.delete,
            take_back=self._take_back,
            finisher=self._finisher,
            clock=self._clock,
            claimant=self._claimant,
        )

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

    def rescore(self, attempt_id: str) -> Attempt:
        """Score the words of an answer again as answers are scored today; earlier scores stay.

        Where nothing comes out otherwise, nothing is stored. The schedule follows the new score.

        Raises:
            ConflictError: there are no words yet, or the attempt was deleted.
        """
        attempt = self.attempt(attempt_id)
        if attempt.transcript is None:
            raise ConflictError(
                "That attempt has no words to score.",
                f"Finish it first: voicecoach attempts finish {attempt.id}",
            )
        with self._finishing(attempt.id, patience=PATIENCE) as finisher:
            return finisher.judge_again()

    def delete(self, attempt_id: str) -> Attempt:
        """Delete an attempt for good: sound, words, scores, copies in backups and caches.

        What stays is a mark without content (see `AttemptStore.delete`). Its follow-ups go too, and
        theirs: each was asked because of what was said before.
        """
        attempt = self.attempt(attempt_id)
        with self.database.reading() as session:
            family = (*AttemptStore(session).descendants(attempt.id), attempt)
        self.engines.forget_spoken([text for member in family for text in spoken_texts(member)])
        with self.database.transaction() as session:
            store = AttemptStore(session)
            marks = [store.delete(member.id, now=self.now()) for member in family]
            for member in family:
                self.on_deleted(session, member.id)
        remove_recordings(self, [member.recording for member in family])
        remove_leftovers(self.settings.home)
        return marks[-1]

    # Inside

    def _finisher(self, attempt_id: str, claimant: str) -> Finisher:
        return Finisher(
            settings=self.settings,
            database=self.database,
            engines=self.engines,
            clock=self._clock,
            new_id=self._new_id,
            rubric_weights=self._rubric_weights,
            attempt_id=attempt_id,
            claimant=claimant,
        )

    def _take_words(
        self, attempt_id: str, words: Transcript, *, on_stage: Callable[[str], None], align: bool
    ) -> Attempt:
        on_stage(STAGES[2])
        with self._finishing(attempt_id, patience=PATIENCE) as finisher:
            attempt = finisher.take_words(words)
        return self.align(attempt.id, on_stage=on_stage) if align else attempt

    @contextmanager
    def _finishing(self, attempt_id: str, *, patience: timedelta = AT_ONCE) -> Iterator[Finisher]:
        with finishing(
            attempt_id,
            claimant=self._claimant(),
            settings=self.settings,
            database=self.database,
            engines=self.engines,
            clock=self._clock,
            new_id=self._new_id,
            rubric_weights=self._rubric_weights,
            patience=patience,
        ) as finisher:
            yield finisher

    @contextmanager
    def _new_recording(self, attempt_id: str) -> Iterator[Path]:
        """Give where the attempt's answer is to be stored; take the attempt back if none was.

        The claim is held meanwhile, so that nobody finishes what is still being recorded.
        """
        attempt = self.attempt(attempt_id)
        path = free_recording(self.settings, attempt)
        with hold_claim(self.database, attempt.id, claimant=self._claimant(), clock=self._clock):
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
            attempt = AttemptStore(session).save(
                attempt_id, recording_seconds=seconds, interrupted=interrupted
            )
            self.on_answered(session, attempt.id)
        return attempt
