"""A real server over a home with a few real attempts, built once for all tests that only read.

Tests that write get a server over an empty home of their own (`fresh`, with `fresh_coach`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from question_bank.interview import Outcome
from question_bank.outline import DraftPoint, StarPart
from question_bank.question import QuestionKind
from question_bank.question_shelf import DraftTrip
from tests.new_home import new_home
from tests.practice.conftest import ANSWER, QUESTION, Clock
from tests.server.serving import served
from tests.speech.spoken import join, silence, speak
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.speech.audio_file import write_wav
from voicecoach.wiring import build_coach


@dataclass(frozen=True)
class Lived:
    """A home somebody has practised in, served."""

    client: httpx.Client
    coach: Coach
    question_id: str
    spoken_id: str
    typed_id: str
    home: Path


@pytest.fixture(scope="session")
def spoken_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spoken answer as a WAV file."""
    parts = [silence(0.5)]
    for sentence in ANSWER:
        parts += [speak(sentence).samples, silence(0.7)]
    path = tmp_path_factory.mktemp("answers") / "answer.wav"
    write_wav(path, join(*parts))
    return path


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory, spoken_file: Path) -> Iterator[Lived]:
    home = tmp_path_factory.mktemp("lived") / "home"
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    question_id = fill_bank(coach)
    spoken = coach.attach(coach.begin(question_id).id, spoken_file)
    coach.finish(spoken.id)
    typed = coach.begin(question_id, typed=True)
    coach.answer_typed(typed.id, " ".join(ANSWER))
    with served(coach) as client:
        yield Lived(
            client=client,
            coach=coach,
            question_id=question_id,
            spoken_id=spoken.id,
            typed_id=typed.id,
            home=home,
        )
    coach.database.close()


@pytest.fixture
def fresh_coach(tmp_path: Path) -> Iterator[Coach]:
    home = new_home(tmp_path / "home", with_jobs=True)
    settings = Settings(home=home, synthetic=True, time_zone="UTC")
    coach = build_coach(settings, clock=Clock())
    yield coach
    coach.database.close()


@pytest.fixture
def fresh(fresh_coach: Coach) -> Iterator[httpx.Client]:
    """A client of a server over an empty home."""
    with served(fresh_coach) as client:
        yield client


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A client of a server over an empty home, shared by tests of which every request is refused.

    At the end nothing may have been stored by any of them.
    """
    home = new_home(tmp_path_factory.mktemp("untouched") / "home", with_jobs=True)
    coach = build_coach(Settings(home=home, synthetic=True, time_zone="UTC"), clock=Clock())
    with served(coach) as client:
        yield client
    with coach.reading_bank() as bank:
        assert (bank.count_questions(retired=None), bank.count_interviews()) == (0, 0)
    assert coach.attempts() == ()
    coach.database.close()


def fill_bank(coach: Coach) -> str:
    """Log a failed interview and one to come; return the question that tripped the person up."""
    with coach.bank() as bank:
        past = bank.add_interview(
            company="Birch & Co",
            role="Analyst",
            day=datetime(2026, 11, 10, tzinfo=UTC).date(),
            outcome=Outcome.REJECTED,
        )
        bank.add_interview(
            company="Alder & Vale",
            role="Analyst",
            day=datetime(2026, 12, 9, tzinfo=UTC).date(),
            outcome=Outcome.UPCOMING,
        )
        question = bank.add_question(
            QUESTION,
            kind=QuestionKind.BEHAVIOURAL,
            trip=DraftTrip(interview_id=past.id, how="I rambled.", difficulty=4),
        ).question
        bank.add_question("Why do you want this job?", kind=QuestionKind.MOTIVATIONAL)
        bank.set_outline(
            question.id,
            [
                DraftPoint(text="Our overnight report failed in March", part=StarPart.SITUATION),
                DraftPoint(text="I called the client at eight", part=StarPart.ACTION, weight=2),
                DraftPoint(text="The client renewed the contract", part=StarPart.RESULT),
            ],
        )
    return question.id
