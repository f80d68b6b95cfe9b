"""A coach with a real bank and encoder, and an interview that ended badly."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.new_home import new_home
from tests.practice.conftest import Clock
from tests.server.conftest import fill_bank
from voicecoach.feedback_step import FeedbackStep
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.wiring import build_coach

VAGUE_ANSWER = (
    "There was a problem with a client and we told them about it. Usually we try to be open about "
    "such things and people understand that. We always find a way together somehow. In general I "
    "think that communication is very important, and we did what we could, and it was all right."
)


@dataclass(frozen=True)
class Walked:
    """The coach, the step of the failed interview, and the question that tripped them up."""

    coach: Coach
    clock: Clock
    step: FeedbackStep
    question_id: str


@pytest.fixture
def walked(tmp_path: Path) -> Iterator[Walked]:
    clock = Clock()
    settings = Settings(home=new_home(tmp_path / "home"), synthetic=True, time_zone="UTC")
    coach = build_coach(settings, clock=clock)
    question_id = fill_bank(coach)
    yield Walked(coach=coach, clock=clock, step=FeedbackStep(coach), question_id=question_id)
    coach.database.close()


@pytest.fixture
def answered(walked: Walked) -> Walked:
    """The same, with one vague typed answer that has a score."""
    attempt = walked.coach.begin(walked.question_id, typed=True)
    walked.coach.answer_typed(attempt.id, VAGUE_ANSWER)
    return walked
