"""Attempts for tests: a spoken one with everything, judged."""

from datetime import datetime, timedelta

from question_bank.question import QuestionKind
from question_bank.review import Rating
from tests.database_fixtures import START, BankOf
from tests.scoring.test_result import SCORE
from voicecoach.attempt import Attempt, AttemptStatus, Forecast
from voicecoach.database import Database
from voicecoach.scoring.result import Score
from voicecoach.speech.acoustics import SoundMeasures, Span
from voicecoach.speech.transcript import Transcript, TranscriptSource, transcript_from_words

SECRET = "My manager Brunhilde shouted at me"
"""Words that must be nowhere once their attempt is deleted."""


def heard(version: int = 1, text: str = SECRET) -> Transcript:
    """A machine transcript of a text."""
    words: list[tuple[str, float | None, float | None, float | None]] = [
        (word, place * 0.5, place * 0.5 + 0.4, 0.9) for place, word in enumerate(text.split())
    ]
    return transcript_from_words(words, version=version, source=TranscriptSource.MACHINE)


def recorded(question_id: str, *, name: str = "attempt-1", at: datetime = START) -> Attempt:
    """An attempt that is on disk, nothing more."""
    return Attempt(
        id=name,
        question_id=question_id,
        asked="Why us?",
        started_at=at,
        status=AttemptStatus.RECORDED,
        recording=f"{name}.wav",
        recording_seconds=12.5,
    )


def whole(question_id: str, *, name: str = "attempt-1", at: datetime = START) -> Attempt:
    """A scored attempt with everything an attempt can have."""
    return Attempt(
        id=name,
        question_id=question_id,
        asked="Why us?",
        started_at=at,
        status=AttemptStatus.SCORED,
        recording=f"{name}.wav",
        recording_seconds=12.5,
        interrupted="The microphone was unplugged.",
        sound=SoundMeasures(
            seconds=12.5,
            speech=(Span(start_seconds=0.5, end_seconds=12.0),),
            pauses=(),
            speech_level=-20.0,
            noise_level=-60.0,
            clipped_share=0.0,
            speech_probability=0.95,
            harmonic_share=0.1,
        ),
        transcripts=(heard(),),
        judgements=(SCORE,),
        rating=Rating.GOOD,
        forecast=Forecast(
            probability=0.4, mean=55.0, standard_deviation=12.0, made_at=at - timedelta(minutes=1)
        ),
        failure="once",
        synthetic=True,
    )


def score_of(overall: float, *, transcript_version: int = 1) -> Score:
    """A score with that overall and nothing else."""
    return Score(
        overall=overall,
        criteria=(),
        advice=(),
        follow_up=None,
        follow_up_because=(),
        capped_by=None,
        rubric_version="1",
        transcript_version=transcript_version,
        outline_version=None,
        encoder=None,
    )


def ask(database: Database, bank_of: BankOf, text: str = "Why us?") -> str:
    """Put a question into the bank and return its id."""
    with database.transaction() as session:
        return bank_of(session).add_question(text, kind=QuestionKind.MOTIVATIONAL).question.id
