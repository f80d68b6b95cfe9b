"""A coach whose clock tests move, and what is put into its log."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from question_bank.interview import Interview
from question_bank.question import Question, QuestionKind
from tests.new_home import new_home
from tests.practice.conftest import Clock
from tests.store.attempts import heard, score_of
from voicecoach.attempt import Attempt, AttemptStatus, Forecast
from voicecoach.attempt_store import AttemptStore
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

INTERVIEW_DAY = date(2026, 12, 9)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def coach(tmp_path: Path, clock: Clock) -> Iterator[Coach]:
    home = new_home(tmp_path / "home", with_jobs=True)
    coach = build_coach(Settings(home=home, time_zone="UTC"), clock=clock)
    yield coach
    coach.database.close()


def add_interview(coach: Coach, day: date = INTERVIEW_DAY, company: str = "Alder") -> Interview:
    with coach.bank() as bank:
        return bank.add_interview(company=company, role="Analyst", day=day)


def add_question(coach: Coach, text: str) -> Question:
    with coach.bank() as bank:
        return bank.add_question(text, kind=QuestionKind.BEHAVIOURAL).question


def go_to(clock: Clock, day: date, hour: int = 12) -> None:
    clock.moment = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def log_scored(
    coach: Coach,
    question: Question,
    at: datetime,
    overall: float,
    *,
    expected: float = 60.0,
    typed: bool = False,
) -> Attempt:
    """Put a scored answer into the log as it is after its judgement."""
    attempt = Attempt(
        id=f"{question.id[:8]}-{at:%m%d%H%M%S%f}",
        question_id=question.id,
        asked=question.text,
        started_at=at,
        status=AttemptStatus.SCORED,
        recording=None if typed else f"{question.id}.wav",
        recording_seconds=None if typed else 60.0,
        transcripts=(heard(),),
        judgements=(score_of(overall),),
        forecast=Forecast(probability=0.5, mean=expected, standard_deviation=8.0, made_at=at),
    )
    with coach.database.transaction() as session:
        AttemptStore(session).add(attempt)
    return attempt


def evenings(first: date, days: int) -> list[datetime]:
    start = datetime(first.year, first.month, first.day, 18, tzinfo=UTC)
    return [start + timedelta(days=number) for number in range(days)]
