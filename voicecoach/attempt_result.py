"""The result of an attempt as everybody outside sees it: the same shape in CLI, API and page."""

from dataclasses import dataclass
from datetime import datetime

from question_bank.question import Question, QuestionKind
from voicecoach.agreement import PointVerdict
from voicecoach.attempt import Attempt, AttemptStatus, Forecast
from voicecoach.scoring.result import Criterion, CriterionName, Score, Unscoreable
from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.transcript import Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """The question that was answered; `asked` differs from its text for a follow-up."""

    id: str
    text: str
    asked: str
    kind: QuestionKind
    target_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierScore:
    """A score that an answer had before, and what made it."""

    overall: float
    rubric_version: str
    transcript_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptResult:
    """One attempt, whole.

    `sound` is what needs no words and is there even while `status` is `waiting`. `delivery` is
    the delivery criterion of `score`. `reasons` say why there is no score. `previous_overall` is
    the overall before the latest correction. `estimated_words` is how many words of the transcript
    have times that are estimates only. `interrupted` says what was wrong with the recording.
    `synthetic` results were made with weights that know synthetic voices only. `verdicts` are the
    person's own words on points, which stand beside the coach's states and change no score.
    `earlier_scores` are those before the one that counts, the oldest first.
    """

    attempt_id: str
    question: AskedQuestion
    status: AttemptStatus
    started_at: datetime
    recording: str | None
    recording_seconds: float | None
    interrupted: str | None
    follows_up: str | None
    transcript: Transcript | None
    transcript_versions: int
    estimated_words: int
    sound: SoundMeasures | None
    delivery: Criterion | None
    score: Score | None
    previous_overall: float | None
    follow_up: str | None
    next_review: datetime | None
    forecast: Forecast | None
    reasons: tuple[str, ...]
    synthetic: bool
    verdicts: tuple[PointVerdict, ...]
    earlier_scores: tuple[EarlierScore, ...]


def attempt_result(
    attempt: Attempt,
    question: Question,
    *,
    next_review: datetime | None,
    verdicts: tuple[PointVerdict, ...] = (),
) -> AttemptResult:
    """Return an attempt as everybody outside sees it."""
    score = attempt.score
    delivery = next(
        (c for c in score.criteria if c.name is CriterionName.DELIVERY) if score else iter(()), None
    )
    earlier = [
        j.overall
        for j in attempt.judgements
        if isinstance(j, Score) and score and j.transcript_version < score.transcript_version
    ]
    return AttemptResult(
        attempt_id=attempt.id,
        question=AskedQuestion(
            id=question.id,
            text=question.text,
            asked=attempt.asked,
            kind=question.kind,
            target_seconds=question.target_seconds,
        ),
        status=attempt.status,
        started_at=attempt.started_at,
        recording=attempt.recording,
        recording_seconds=attempt.recording_seconds,
        interrupted=attempt.interrupted,
        follows_up=attempt.parent_id,
        transcript=attempt.transcript,
        transcript_versions=len(attempt.transcripts),
        estimated_words=attempt.transcript.estimated_words if attempt.transcript else 0,
        sound=attempt.sound,
        delivery=delivery,
        score=score,
        previous_overall=earlier[-1] if score and earlier else None,
        follow_up=score.follow_up if score else None,
        next_review=next_review,
        forecast=attempt.forecast,
        reasons=reasons_of(attempt),
        synthetic=attempt.synthetic,
        verdicts=verdicts,
        earlier_scores=tuple(
            EarlierScore(
                overall=before.overall,
                rubric_version=before.rubric_version,
                transcript_version=before.transcript_version,
            )
            for before in attempt.judgements[:-1]
            if isinstance(before, Score)
        ),
    )


def reasons_of(attempt: Attempt) -> tuple[str, ...]:
    """Return why an attempt has no score, in words; nothing where it has one."""
    if isinstance(attempt.judgement, Unscoreable):
        return attempt.judgement.reasons
    return {
        AttemptStatus.WAITING: (
            (
                "The recording is kept and waits for the transcription weights. Get them with "
                "`voicecoach models download`, or type what you said."
            ),
        ),
        AttemptStatus.FAILED: (attempt.failure or "Something went wrong; the recording is kept.",),
        AttemptStatus.RECORDED: (
            "It has not been transcribed yet."
            if attempt.transcript is None
            else "Its newest words have not been scored yet.",
        ),
    }.get(attempt.status, ())
