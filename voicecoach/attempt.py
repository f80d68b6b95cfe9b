"""One answered question: its recording, transcript versions, judgements, and what made them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from question_bank.review import Rating
from voicecoach.intervention import Intervention
from voicecoach.scoring.result import Judgement, Score, Unscoreable
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript


class AttemptStatus(StrEnum):
    """Where an attempt stands.

    `RECORDED` is on disk and nothing else has happened yet; `WAITING` waits for weights;
    `DELETED` is the content-free mark that an attempt took place.
    """

    RECORDED = "recorded"
    TRANSCRIBING = "transcribing"
    WAITING = "waiting"
    SCORED = "scored"
    UNSCOREABLE = "unscoreable"
    FAILED = "failed"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What readiness expected before the attempt it speaks of.

    `probability` (0–1) of reaching the target; `mean` and `standard_deviation` of the score (0–100)
    at that moment, noise of a single take included in `probability` only.
    """

    probability: float
    mean: float
    standard_deviation: float
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One spoken (or typed) answer. Frozen; a change is a new record.

    `recording` is the file name inside the recordings folder, None for a typed answer.
    `interrupted` says in a sentence what was wrong with the recording (broke off, lost pieces,
    digital silence, a damaged file), None where nothing was.
    `parent_id` is the attempt this one follows up, whose question text was `asked`.
    `judgements` go with `transcripts` by their `transcript_version`; the last of each counts.
    `rating` is what the review said, None where nothing was scheduled.
    `interventions` are what the interviewer of a mock interview did while it was recorded.
    `overall_at_deletion` is the figure a deleted attempt had, so that readiness still counts it.
    """

    id: str
    question_id: str
    asked: str
    started_at: datetime
    status: AttemptStatus
    recording: str | None
    recording_seconds: float | None
    parent_id: str | None = None
    interrupted: str | None = None
    sound: SoundMeasures | None = None
    transcripts: tuple[Transcript, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    rating: Rating | None = None
    forecast: Forecast | None = None
    failure: str | None = None
    synthetic: bool = False
    claimed_by: str | None = None
    claimed_until: datetime | None = None
    deleted_at: datetime | None = None
    overall_at_deletion: float | None = None
    interventions: tuple[Intervention, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it was begun and not brought to an end: a closed tab, a stopped server."""
        begun = self.status is AttemptStatus.RECORDED and not self.transcripts
        return begun and self.recording_seconds is None

    @property
    def transcript(self) -> Transcript | None:
        """The transcript that counts: the latest version."""
        return self.transcripts[-1] if self.transcripts else None

    @property
    def judgement(self) -> Judgement | None:
        """The judgement that counts: the latest."""
        return self.judgements[-1] if self.judgements else None

    @property
    def score(self) -> Score | None:
        """The latest judgement if it is a score."""
        return self.judgement if isinstance(self.judgement, Score) else None

    @property
    def unscoreable(self) -> Unscoreable | None:
        """The latest judgement if it is a refusal."""
        return self.judgement if isinstance(self.judgement, Unscoreable) else None
