"""Finishing an attempt: measure the sound, transcribe it, judge it, tell the schedule.

Each step stores what it made, so that whoever comes after a crash goes on from there. Every store
checks first that the claim is still our own.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from msgspec import structs
from sqlalchemy.orm import Session

from question_bank.bank import Bank
from question_bank.question import QuestionKind
from voicecoach.agreement_store import AgreementStore
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_progress import Stage
from voicecoach.attempt_store import AttemptStore
from voicecoach.attempt_times import refine_times, stands_on_the_same
from voicecoach.claim import AT_ONCE, hold_claim
from voicecoach.database import Database
from voicecoach.engines import Engines
from voicecoach.errors import ConflictError, RecordingError, TranscriptionError, WeightsMissingError
from voicecoach.intervention import sound_of_the_person, words_of_the_person
from voicecoach.scoring.answered import point_asked_for
from voicecoach.scoring.follow_up import asks_again
from voicecoach.scoring.result import CriterionName, Judgement, Score
from voicecoach.scoring.rubric import RUBRIC_VERSION, rate
from voicecoach.scoring.score import score_answer
from voicecoach.scoring.vocabulary import rare_terms
from voicecoach.settings import Settings
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.heard import HeardWord, machine_transcript
from voicecoach.speech.recording import Recording
from voicecoach.speech.transcript import Transcript, TranscriptSource

MAXIMUM_HOTWORDS: Final = 12
"""How many rare terms Whisper is told of; long prompts harm its output (faster-whisper #901)."""

MAXIMUM_OTHER_QUESTIONS: Final = 200
"""How many of the person's other questions relevance compares with, the newest ones."""

STAGES: Final = (Stage.READING, Stage.TRANSCRIBING, Stage.SCORING, Stage.DONE)
"""What is reported as the work goes on; `attempt_progress` tells the same from another process."""

ALIGNING: Final = "finding the words in the sound"
"""What is reported after words that a person wrote have been scored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finisher:
    """One finisher of one attempt, holding its claim (see `finishing`).

    `rubric_weights` are the criteria's weights for each kind of question.
    """

    settings: Settings
    database: Database
    engines: Engines
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    rubric_weights: Mapping[QuestionKind, Mapping[CriterionName, float]]
    attempt_id: str
    claimant: str

    def finish(self, on_stage: Callable[[str], None]) -> Attempt:
        """Do what has not been done yet; a missing engine or a bad file ends it with the reason."""
        attempt = self._attempt()
        if attempt.transcript is None:
            on_stage(STAGES[0])
            recording = self._recording(attempt)
            if recording is None:
                return self._attempt()
            self._measure(attempt, recording)
            on_stage(STAGES[1])
            transcript = self._transcribe(recording)
            if transcript is None:
                return self._attempt()
            self._keep(words_of_the_person(transcript, attempt.interventions))
        on_stage(STAGES[2])
        attempt = self._judge()
        on_stage(STAGES[3])
        return attempt

    def hotwords(self) -> Sequence[str]:
        """Return the rare terms that may occur in this answer."""
        attempt = self._attempt()
        with self.database.reading() as session:
            bank = self._bank(session)
            question = bank.get_question(attempt.question_id)
            return rare_terms(question, bank.get_outline(question.id), MAXIMUM_HOTWORDS)

    def finish_heard(
        self, heard: Transcript, sound: SoundMeasures, *, on_stage: Callable[[str], None]
    ) -> Attempt:
        """Keep what was heard and measured while the person spoke, and judge it."""
        with self._storing() as store:
            store.save(self.attempt_id, sound=sound, recording_seconds=sound.seconds)
            mine = words_of_the_person(heard, store.get(self.attempt_id).interventions)
            self._append(store, mine)
        on_stage(STAGES[2])
        attempt = self._judge()
        on_stage(STAGES[3])
        return attempt

    def rehearse(self, words: Sequence[HeardWord]) -> None:
        """Judge what has been heard of an answer that goes on, and forget the judgement.

        What the criteria read of these words, and the encoder makes of them, is then remembered
        when the whole answer is judged.
        """
        attempt = self._attempt()
        heard = machine_transcript(words, (), engine="", weights="", synthetic=False)
        mine = words_of_the_person(heard, attempt.interventions)
        if mine.words and not attempt.transcripts:
            self._judgement(replace(attempt, transcripts=(mine,)))

    def take_words(self, transcript: Transcript) -> Attempt:
        """Take words a person wrote as the newest transcript and judge them.

        They are stored first, the attempt open again until they are judged.
        """
        attempt = self._attempt()
        if attempt.sound is None and attempt.recording is not None:
            recording = self._recording(attempt)
            if recording is not None:
                self._measure(attempt, recording)
        self._keep(transcript, status=AttemptStatus.RECORDED)
        return self._judge()

    def take_times(self, aligned: Transcript) -> Attempt:
        """Take measured times of the newest words a person wrote, in place of estimates.

        Nothing happens where the words were corrected or aligned meanwhile.
        """
        attempt = self._attempt()
        newest = attempt.transcript
        if newest is None or newest.version != aligned.version or newest.aligned:
            return attempt
        refined = replace(attempt, transcripts=(*attempt.transcripts[:-1], aligned))
        anew: Judgement | None = self._judgement(refined)
        if anew is not None and not stands_on_the_same(attempt.judgement, anew):
            anew = None
        with self._storing_session() as session:
            refine_times(session, self.attempt_id, aligned, judged_anew=anew)
            if aligned.synthetic:
                AttemptStore(session).save(self.attempt_id, synthetic=True)
            if anew is not None:
                self._note_outcome(session, attempt, anew)
        return self._attempt()

    def judge_again(self) -> Attempt:
        """Judge the newest transcript with today's rubric, weights, cut-points and outline.

        The earlier judgements stay. Where it comes out the same, nothing is stored.
        """
        attempt = self._attempt()
        if self._judgement(attempt) == attempt.judgement:
            return attempt
        return self._judge()

    def _attempt(self) -> Attempt:
        with self.database.reading() as session:
            return AttemptStore(session).get(self.attempt_id)

    @contextmanager
    def _storing(self) -> Iterator[AttemptStore]:
        """Give the store in one transaction, once the claim is known to be still our own."""
        with self._storing_session() as session:
            yield AttemptStore(session)

    @contextmanager
    def _storing_session(self) -> Iterator[Session]:
        with self.database.transaction() as session:
            AttemptStore(session).assert_claimed(self.attempt_id, claimant=self.claimant)
            yield session

    def _fail(self, why: str) -> None:
        with self._storing() as store:
            store.save(self.attempt_id, status=AttemptStatus.FAILED, failure=why)

    def _recording(self, attempt: Attempt) -> Recording | None:
        """Read the sound back; on failure mark the attempt and return None."""
        path = recording_path(self.settings, attempt)
        if path is None:
            self._fail(
                "Nothing was recorded in that attempt. "
                f"Delete it (voicecoach attempts delete {attempt.id}) and answer again."
            )
            return None
        try:
            return self.engines.read_recording(path)
        except RecordingError as error:
            self._fail(str(error))
            return None

    def _measure(self, attempt: Attempt, recording: Recording) -> None:
        """Measure what needs no words and store it, once."""
        if attempt.sound is None:
            sound = self.engines.measure_sound(recording)
            with self._storing() as store:
                store.save(self.attempt_id, sound=sound, recording_seconds=recording.seconds)

    def _transcribe(self, recording: Recording) -> Transcript | None:
        """Transcribe; without weights, or where the engine fails, say so in the log."""
        hotwords = self.hotwords()
        try:
            transcriber = self.engines.transcriber()
            with self._storing() as store:
                store.save(self.attempt_id, status=AttemptStatus.TRANSCRIBING, failure=None)
            return transcriber.transcribe(recording, hotwords=hotwords)
        except WeightsMissingError:
            with self._storing() as store:
                store.save(self.attempt_id, status=AttemptStatus.WAITING, failure=None)
        except TranscriptionError as error:
            self._fail(str(error))
        return None

    def _keep(self, transcript: Transcript, *, status: AttemptStatus | None = None) -> None:
        with self._storing() as store:
            self._append(store, transcript)
            if status is not None:
                store.save(self.attempt_id, status=status)

    def _append(self, store: AttemptStore, transcript: Transcript) -> None:
        store.append_transcript(self.attempt_id, transcript)
        if transcript.synthetic:
            store.save(self.attempt_id, synthetic=True)

    def _judge(self) -> Attempt:
        """Score the newest transcript; judgement, status and review are stored together."""
        attempt = self._attempt()
        judgement = self._judgement(attempt)
        with self._storing_session() as session:
            AttemptStore(session).append_judgement(self.attempt_id, judgement)
            return self._note_outcome(session, attempt, judgement)

    def _note_outcome(self, session: Session, attempt: Attempt, judgement: Judgement) -> Attempt:
        """Store what a judgement means for the attempt's status, its rating and the schedule."""
        rating = (
            rate(judgement.overall, self.settings.target)
            if isinstance(judgement, Score) and attempt.parent_id is None
            else None
        )
        if rating is not None:
            self._bank(session).rate_attempt(
                attempt.question_id,
                attempt_id=attempt.id,
                reviewed_at=attempt.started_at,
                rating=rating,
            )
        scored = isinstance(judgement, Score)
        return AttemptStore(session).save(
            self.attempt_id,
            status=AttemptStatus.SCORED if scored else AttemptStatus.UNSCOREABLE,
            rating=rating,
            failure=None,
        )

    def _judgement(self, attempt: Attempt) -> Judgement:
        with self.database.reading() as session:
            bank = self._bank(session)
            question = bank.get_question(attempt.question_id)
            again = attempt.parent_id is not None and asks_again(attempt.asked, question.text)
            follow_up = attempt.parent_id is not None and not again
            outline = bank.get_outline(question.id)
            others = [q for q in bank.every_active_question() if q.id != question.id]
            others = [] if follow_up else others[-MAXIMUM_OTHER_QUESTIONS:]
            outlines = bank.outlines_of(other.id for other in others)
            cut_points = AgreementStore(session).cut_points(RUBRIC_VERSION)
            parent = attempt.parent_id if follow_up else None
            follows = None if parent is None else AttemptStore(session).get(parent).transcript
        assert attempt.transcript is not None
        encoder = self.engines.encoder()
        judgement = score_answer(
            transcript=attempt.transcript,
            heard=as_first_heard(attempt),
            sound=None
            if attempt.sound is None
            else sound_of_the_person(attempt.sound, attempt.interventions),
            question_text=question.text if again else attempt.asked,
            kind=question.kind,
            target_seconds=question.target_seconds,
            outline=point_asked_for(attempt.asked, outline) if follow_up else outline,
            other_questions=[other.text for other in others],
            other_outlines={o.text: outlines[o.id] for o in others if o.id in outlines},
            encoder=encoder.encode if encoder else None,
            encoder_name=encoder.name if encoder else None,
            expected_language=self.settings.language,
            follow_up=follow_up,
            follows=follows,
            weights=self.rubric_weights,
            cut_points=cut_points,
        )
        # However it went, nobody is asked the same a third time.
        if again and isinstance(judgement, Score):
            return structs.replace(judgement, follow_up=None, follow_up_because=())
        return judgement

    def _bank(self, session: Session) -> Bank:
        return Bank(session, new_id=self.new_id, now=self.clock)


@contextmanager
def finishing(
    attempt_id: str,
    *,
    claimant: str,
    settings: Settings,
    database: Database,
    engines: Engines,
    clock: Callable[[], datetime],
    new_id: Callable[[], str],
    rubric_weights: Mapping[QuestionKind, Mapping[CriterionName, float]],
    patience: timedelta = AT_ONCE,
) -> Iterator[Finisher]:
    """Claim an attempt and give its finisher; the claim is given back at the end.

    `claimant` is a name nobody else uses; `patience` is how long a claim of somebody else's is
    waited for.

    Raises:
        AttemptBusyError: somebody else is finishing it.
    """
    with hold_claim(database, attempt_id, claimant=claimant, clock=clock, patience=patience):
        yield Finisher(
            settings=settings,
            database=database,
            engines=engines,
            clock=clock,
            new_id=new_id,
            rubric_weights=rubric_weights,
            attempt_id=attempt_id,
            claimant=claimant,
        )


def recording_path(settings: Settings, attempt: Attempt) -> Path | None:
    """Return where an attempt's recording lies; None where there is no such file."""
    if attempt.recording is None:
        return None
    path = settings.recordings_folder / attempt.recording
    return path if path.is_file() else None


def free_recording(settings: Settings, attempt: Attempt) -> Path:
    """Return where an answer that has not been given yet is to be stored; its folder is made.

    Raises:
        ConflictError: the attempt has its answer already, or takes no recording.
    """
    if (
        attempt.recording is None
        or attempt.recording_seconds is not None
        or attempt.status is AttemptStatus.DELETED
    ):
        raise ConflictError(
            "That attempt has its answer already.", "Begin a new attempt for another take."
        )
    settings.recordings_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return settings.recordings_folder / attempt.recording


def as_first_heard(attempt: Attempt) -> Transcript | None:
    """Return the machine's own transcript: delivery follows the sound, not later corrections."""
    return next((t for t in attempt.transcripts if t.source is TranscriptSource.MACHINE), None)
