"""What is looked up and kept around the turn: answers, verdicts, where one stands, the road back.

`voicecoach.practice.Coach` builds the turn of practice itself on it.
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
from voicecoach.agreement import newest_verdicts
from voicecoach.agreement_store import AgreementStore
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_progress import Progress, progress_of
from voicecoach.attempt_reading import MOST_LISTED
from voicecoach.attempt_result import AttemptResult, attempt_result
from voicecoach.attempt_store import AttemptStore
from voicecoach.check_in_store import CheckInStore
from voicecoach.comparison import as_of
from voicecoach.database import Database
from voicecoach.engines import Engines
from voicecoach.errors import AudioPlaybackError
from voicecoach.finishing import recording_path
from voicecoach.mock_practice import MockPractice
from voicecoach.mock_store import MockStore
from voicecoach.movement_store import MovementStore
from voicecoach.plan import Plan
from voicecoach.point_verdicts import PointVerdicts
from voicecoach.question_log import QuestionLog
from voicecoach.readiness import Readiness
from voicecoach.recovery import RecoveryPath, Step, StepState
from voicecoach.recovery_store import RecoveryStore
from voicecoach.road_back import RoadsBack
from voicecoach.rubric_sheet import RubricSheet, rubric_sheet
from voicecoach.scoring.result import CriterionName
from voicecoach.settings import Settings
from voicecoach.standing import NextQuestion, Standing


def tell_nobody(_session: Session, _attempt_id: str) -> None:
    """Take no notice of an attempt."""


class PracticeBook:
    """Works one person's bank with the engines given.

    Args:
        settings: everything that can be set.
        database: open and migrated.
        engines: what speaks, listens, transcribes and encodes.
        clock: gives the present moment, UTC-aware.
        time_zone: where the person lives; a day is a day there.
        new_id: gives a fresh id.
        rubric_weights: weights of the criteria for each kind of question.
        on_answered: told of an attempt whose answer is wholly on disk, inside the transaction that
            stores so; `on_deleted` likewise of a deleted one.
        claims_as: what the names of this coach's claims begin with (`AttemptClaims.release_all`).
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
        on_answered: Callable[[Session, str], None] = tell_nobody,
        on_deleted: Callable[[Session, str], None] = tell_nobody,
        claims_as: str = "",
    ) -> None:
        self.settings = settings
        self.database = database
        self.engines = engines
        self.time_zone = time_zone
        self.on_answered = on_answered
        self.on_deleted = on_deleted
        self._clock = clock
        self.new_id = self._new_id = new_id
        self._rubric_weights = rubric_weights
        self._claims_as = claims_as

    def now(self) -> datetime:
        """Return the present moment, UTC-aware."""
        return self._clock()

    def today(self) -> date:
        """Return the day it is where the person lives."""
        return local_day(self.now(), self.time_zone)

    def fresh_id(self) -> str:
        """Return an id that nothing has yet."""
        return self._new_id()

    def take_settings(
        self,
        settings: Settings,
        rubric_weights: Mapping[QuestionKind, Mapping[CriterionName, float]],
    ) -> None:
        """Work with other settings from now on; what is going on ends with those it began with."""
        self.settings = settings
        self._rubric_weights = rubric_weights

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

    # The log of answers

    def attempt(self, attempt_id: str) -> Attempt:
        """Return one attempt by its id or an unambiguous beginning of it."""
        with self.database.reading() as session:
            return AttemptStore(session).get(attempt_id)

    def attempts(
        self,
        *,
        question_id: str | None = None,
        status: AttemptStatus | None = None,
        open_only: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Attempt, ...]:
        """Return attempts, the latest first; `open_only`: those with something to be done."""
        with self.database.reading() as session:
            if question_id is not None:
                question_id = self._bank(session).get_question(question_id).id
            return AttemptStore(session).list(
                question_id=question_id,
                status=status,
                open_only=open_only,
                limit=limit,
                offset=offset,
            )

    def every_judged_attempt(self) -> Iterator[Attempt]:
        """Give each attempt that has a score or reasons why there is none, the latest first."""
        for status in (AttemptStatus.SCORED, AttemptStatus.UNSCOREABLE):
            with self.database.reading() as session:
                ids = AttemptStore(session).ids(status)
            yield from map(self.attempt, ids)

    def count_attempts(
        self,
        *,
        question_id: str | None = None,
        status: AttemptStatus | None = None,
        open_only: bool = False,
    ) -> int:
        """Return how many attempts such a list has in all."""
        with self.database.reading() as session:
            if question_id is not None:
                question_id = self._bank(session).get_question(question_id).id
            return AttemptStore(session).count(
                question_id=question_id, status=status, open_only=open_only
            )

    def progress(self, attempt_id: str) -> Progress:
        """Return how far the finishing of an attempt has come; its full id is needed."""
        with self.database.reading() as session:
            return progress_of(session, attempt_id, now=self.now())

    def count_unfinished(self) -> int:
        """Return how many attempts still have something to be done."""
        with self.database.reading() as session:
            return AttemptStore(session).count(open_only=True)

    def unfinished(self) -> tuple[Attempt, ...]:
        """Return attempts that still have something to be done, the latest first."""
        with self.database.reading() as session:
            return AttemptStore(session).list(open_only=True, limit=MOST_LISTED)

    def follow_ups(self, attempt: Attempt) -> tuple[Attempt, ...]:
        """Return the answers to an attempt's follow-up question, oldest first."""
        with self.database.reading() as session:
            return AttemptStore(session).follow_ups(attempt.id)

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
            standing = self.standing_in(session)
            ids = {attempt.question_id for attempt in attempts}
            questions = {one: standing.bank.get_question(one) for one in ids}
            reviews = standing.next_reviews(questions.values())
            verdicts = AgreementStore(session).of_attempts(attempt.id for attempt in attempts)
        return tuple(
            attempt_result(
                attempt,
                questions[attempt.question_id],
                # A follow-up belongs to its attempt and schedules nothing.
                next_review=None if attempt.parent_id else reviews.get(attempt.question_id),
                verdicts=newest_verdicts(verdicts.get(attempt.id, ())),
            )
            for attempt in attempts
        )

    # The rubric, and the person's own word

    @contextmanager
    def verdicts(self) -> Iterator[PointVerdicts]:
        """Give the person's word on points inside one transaction."""
        with self.database.transaction() as session:
            yield self._verdicts(session)

    @contextmanager
    def reading_verdicts(self) -> Iterator[PointVerdicts]:
        """Give the person's word on points to read from: no lock, nothing can be stored."""
        with self.database.reading() as session:
            yield self._verdicts(session)

    def rubric(self, kind: QuestionKind | None = None) -> RubricSheet:
        """Return the rubric as it holds for this person, or for one kind of question."""
        with self.reading_verdicts() as verdicts:
            own = verdicts.own_cut_points()
        return rubric_sheet(self._rubric_weights, own_cut_points=own, kind=kind)

    # Where the person stands

    @contextmanager
    def reading_standing(self) -> Iterator[Standing]:
        """Give one consistent state of the log at this moment, to compute from."""
        with self.database.reading() as session:
            yield self.standing_in(session)

    def horizon(self) -> Horizon:
        """Return what everything works towards: the next interview, or 14 days from now."""
        with self.reading_standing() as standing:
            return standing.horizon()

    def next_questions(
        self, limit: int = 5, kind: QuestionKind | None = None
    ) -> tuple[NextQuestion, ...]:
        """Return what to rehearse next, best first; with a kind only questions of it."""
        with self.reading_standing() as standing:
            return standing.next_questions(limit, kind=kind)

    def readiness(self, on: date | None = None) -> Readiness:
        """Return how ready the person will be on a day (the next interview's by default)."""
        with self.reading_standing() as standing:
            return standing.readiness(on)

    def plan(self) -> Plan:
        """Return what to rehearse on which day until the interview."""
        with self.reading_standing() as standing:
            return standing.plan()

    @contextmanager
    def question_log(self) -> Iterator[QuestionLog]:
        """Give what the log says about single questions: no lock, nothing can be stored."""
        with self.reading_standing() as standing:
            yield QuestionLog(standing=standing)

    # The road back

    @contextmanager
    def roads_back(self) -> Iterator[RoadsBack]:
        """Give the roads back inside one transaction."""
        with self.database.transaction() as session:
            yield self._roads_back(session)

    @contextmanager
    def reading_roads_back(self) -> Iterator[RoadsBack]:
        """Give the roads back to read from: no lock, nothing can be stored."""
        with self.database.reading() as session:
            yield self._roads_back(session)

    def recovery(self, interview_id: str | None = None) -> RecoveryPath | None:
        """Return the path of an interview (the latest that has one); None where there is none."""
        with self.reading_roads_back() as roads:
            return roads.path(interview_id)

    def mark_step(
        self, step: Step, *, skipped: bool = False, note: str = "", interview_id: str | None = None
    ) -> RecoveryPath:
        """Note that a step of the path was done or skipped, and return the path after it."""
        state = StepState.SKIPPED if skipped else StepState.DONE
        with self.roads_back() as roads:
            return roads.mark(step, state, note=note or None, interview_id=interview_id)

    def merge_questions(self, keep: str, drop: str) -> Question:
        """Make one question of two; history, attempts and reviews of both are kept."""
        with self.database.transaction() as session:
            bank = self._bank(session)
            dropped = bank.get_question(drop)
            kept = bank.merge_questions(keep, dropped.id)
            AttemptStore(session).move_question(dropped.id, kept.id)
            return kept

    # Mock interviews

    @contextmanager
    def mocks(self) -> Iterator[MockPractice]:
        """Give mock interviews inside one transaction."""
        with self.database.transaction() as session:
            yield self._mocks(session)

    @contextmanager
    def reading_mocks(self) -> Iterator[MockPractice]:
        """Give mock interviews to read from: no lock, nothing can be stored."""
        with self.database.reading() as session:
            yield self._mocks(session)

    def _claimant(self) -> str:
        return self._claims_as + self._new_id()

    def _bank(self, session: Session) -> Bank:
        return Bank(session, new_id=self._new_id, now=self._clock)

    def _verdicts(self, session: Session) -> PointVerdicts:
        return PointVerdicts(
            attempts=AttemptStore(session),
            log=AgreementStore(session),
            now=self.now(),
            encoder=self._encoder_name,
            with_synthetic=self.settings.synthetic,
        )

    def _encoder_name(self) -> str | None:
        encoder = self.engines.encoder()
        return None if encoder is None else encoder.name

    def standing_in(self, session: Session) -> Standing:
        """Return where the person stands, inside a session that somebody else opened."""
        return Standing(
            bank=self._bank(session),
            store=AttemptStore(session),
            now=self.now(),
            time_zone=self.time_zone,
            target=self.settings.target,
            with_synthetic=self.settings.synthetic,
            minutes_per_day=self.settings.minutes_per_day,
        )

    def _mocks(self, session: Session) -> MockPractice:
        standing = self.standing_in(session)
        return MockPractice(
            store=MockStore(session), standing=standing, new_id=self._new_id, now=standing.now
        )

    def _roads_back(self, session: Session) -> RoadsBack:
        return RoadsBack(
            standing=self.standing_in(session),
            steps=RecoveryStore(session),
            check_ins=CheckInStore(session),
            movements=MovementStore(session),
            new_id=self._new_id,
        )
