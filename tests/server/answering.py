"""Answers for the tests of jobs: short ones, waited for, and counted."""

import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from question_bank.question import QuestionKind
from question_bank.tables import ReviewRow
from tests.practice.conftest import QUESTION
from voicecoach.attempt_progress import Progress, Stage
from voicecoach.attempt_tables import JudgementRow, TranscriptRow
from voicecoach.practice import Coach

DEADLINE_SECONDS = 120.0


def add_question(coach: Coach) -> str:
    with coach.bank() as bank:
        return bank.add_question(QUESTION, kind=QuestionKind.BEHAVIOURAL).question.id


def answer(coach: Coach, question_id: str, file: Path) -> str:
    """Answer a question with a file; return the attempt's id. Nothing finishes it yet."""
    return coach.attach(coach.begin(question_id).id, file).id


def wait_until(holds: Callable[[], bool], what: str, every: float = 0.02) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, f"waited in vain for: {what}"
        time.sleep(every)


def wait_for(coach: Coach, attempt_id: str, *stages: Stage) -> Progress:
    wait_until(
        lambda: coach.progress(attempt_id).stage in stages, f"{attempt_id} to be one of {stages}"
    )
    return coach.progress(attempt_id)


def counted(coach: Coach, attempt_id: str) -> tuple[int, int, int]:
    """Return how many transcripts, judgements and reviews an attempt has."""
    with coach.database.reading() as session:
        return (
            session.scalar(select(func.count()).where(TranscriptRow.attempt_id == attempt_id)) or 0,
            session.scalar(select(func.count()).where(JudgementRow.attempt_id == attempt_id)) or 0,
            session.scalar(select(func.count()).where(ReviewRow.attempt_id == attempt_id)) or 0,
        )
