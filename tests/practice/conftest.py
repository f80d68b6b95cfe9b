"""A coach with real parts: SQLite, faster-whisper on espeak-tiny, the sentence encoder.

Only the sound card is a fake, and the clock, so that days can pass.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from question_bank.interview import Outcome
from question_bank.outline import DraftPoint, StarPart
from question_bank.question import Question, QuestionKind
from tests.new_home import new_home
from tests.speech.spoken import join, silence, speak
from voicecoach.engines import Engines
from voicecoach.practice import Coach
from voicecoach.settings import Settings
from voicecoach.speech.audio_file import write_wav
from voicecoach.speech.recording import Recording
from voicecoach.wiring import build_coach, build_engines

QUESTION = "Tell me about a time you had to deliver bad news to a client."
ANSWER = (
    "In my last job our overnight report failed on a Monday in March.",
    "I had to tell our largest client before her meeting at nine.",
    "I called her at eight and I told her that the figures were wrong.",
    "Then I built her figures by hand and I sent them before ten.",
    "As a result the client stayed with us and renewed the contract in June.",
)


@dataclass
class Clock:
    """A clock that tests move; each look takes a second."""

    moment: datetime = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def wait(self, **duration: float) -> None:
        self.moment += timedelta(**duration)


@pytest.fixture(scope="session")
def spoken_answer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spoken answer of five sentences as a WAV file."""
    parts = [silence(0.5)]
    for sentence in ANSWER:
        parts += [speak(sentence).samples, silence(0.7)]
    path = tmp_path_factory.mktemp("answers") / "answer.wav"
    write_wav(path, join(*parts))
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=new_home(tmp_path / "home"), synthetic=True, time_zone="UTC")


@pytest.fixture
def coach(settings: Settings, clock: Clock) -> Iterator[Coach]:
    coach = build_coach(settings, clock=clock)
    yield coach
    coach.database.close()


@pytest.fixture(scope="session")
def warm_engines(tmp_path_factory: pytest.TempPathFactory) -> Engines:
    """Real engines whose weights are loaded once for all tests."""
    home = tmp_path_factory.mktemp("engines")
    return build_engines(Settings(home=home, synthetic=True, time_zone="UTC"))


@pytest.fixture(autouse=True)
def share_weights(coach: Coach, warm_engines: Engines) -> None:
    coach.engines = replace(
        coach.engines,
        transcriber=warm_engines.transcriber,
        live_transcriber=warm_engines.live_transcriber,
        encoder=warm_engines.encoder,
    )


@pytest.fixture
def question(coach: Coach) -> Question:
    """A question that tripped the person up, with its outline and an interview three weeks away."""
    with coach.bank() as bank:
        bank.add_interview(
            company="Alder & Vale",
            role="Analyst",
            day=datetime(2026, 12, 9, tzinfo=UTC).date(),
            outcome=Outcome.UPCOMING,
        )
        met = bank.add_question(QUESTION, kind=QuestionKind.BEHAVIOURAL)
        bank.set_outline(
            met.question.id,
            [
                DraftPoint(
                    text="Our overnight report failed on a Monday in March", part=StarPart.SITUATION
                ),
                DraftPoint(
                    text="I called the client at eight and told her plainly",
                    part=StarPart.ACTION,
                    weight=2,
                ),
                DraftPoint(
                    text="I added a check that caught three failures later", part=StarPart.RESULT
                ),
            ],
        )
        return met.question


@pytest.fixture
def answer(coach: Coach, question: Question, spoken_answer: Path) -> Callable[[], str]:
    """Answer the question from the file and finish; returns the attempt's id."""

    def answer() -> str:
        attempt = coach.attach(coach.begin(question.id).id, spoken_answer)
        return coach.finish(attempt.id).id

    return answer


def quiet(seconds: float) -> Recording:
    return join(silence(seconds))
