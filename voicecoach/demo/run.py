"""One run of the demo: debrief, question aloud, three answers over simulated days, readiness."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Final, Protocol

from question_bank.debrief import DebriefFormat, read_debrief
from question_bank.debrief_entry import enter_debrief
from question_bank.question import Question
from voicecoach.attempt_result import AttemptResult
from voicecoach.demo import candidate
from voicecoach.practice import Coach
from voicecoach.readiness import Readiness
from voicecoach.settings import Settings
from voicecoach.speech.audio_file import read_audio, write_wav
from voicecoach.speech.contracts import SpokenQuestion
from voicecoach.speech.pyttsx3_speaker import Pyttsx3Speaker
from voicecoach.wiring import build_coach

FIRST_DAY: Final = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)
"""When the simulated practice begins: after the sample debrief's interview, before the next."""


class DemoScreen(Protocol):
    """Who shows the demo as it goes."""

    def debriefed(self, questions: tuple[Question, ...], problems: int) -> None:
        """The sample debrief is in the bank."""
        ...

    def asked(self, question: Question, spoken: SpokenQuestion) -> None:
        """The coach has spoken the question."""
        ...

    def answered(self, day: int, recording: Path, seconds: float) -> None:
        """The candidate has answered on that simulated day; the sound lies there."""
        ...

    def judged(self, result: AttemptResult) -> None:
        """An answer was transcribed and scored."""
        ...

    def stands(self, readiness: Readiness) -> None:
        """Where the candidate stands after that day."""
        ...


class SimulatedClock:
    """A clock that moves only when told to; aware, UTC."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """Return the simulated moment; each look takes a second, as real ones do."""
        self._now += timedelta(seconds=1)
        return self._now

    def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment`."""
        self._now = max(self._now, moment)


def run_demo(settings: Settings, screen: DemoScreen) -> Path:
    """Run the demo in its own folder of the home and return that folder.

    What an earlier run left there is replaced; nothing else in the home is touched.

    Raises:
        CoachError: a part of the loop does not work on this machine.
    """
    home = settings.home / "demo"
    shutil.rmtree(home, ignore_errors=True)
    demo_settings = replace(
        settings,
        home=home,
        database_url="",
        synthetic=True,
        language="en",
        time_zone="UTC",
        rubric_weights={},
        target=70.0,
    )
    clock = SimulatedClock(FIRST_DAY)
    coach = build_coach(demo_settings, clock=clock)
    try:
        question = _debrief(coach, screen)
        screen.asked(question, _ask(coach, question))
        for take in candidate.takes():
            clock.move_to(FIRST_DAY + timedelta(days=take.day))
            _answer(coach, question, take, screen)
    finally:
        coach.database.close()
    return home


def write_samples(folder: Path) -> tuple[Path, ...]:
    """Speak the sample answers into WAV files in a folder; return them.

    Raises:
        SpeechSynthesisError: no voice works on this machine.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with tempfile.TemporaryDirectory() as cache:
        speaker = _candidates_voice(Path(cache))
        for sample in candidate.samples():
            path = folder / f"{sample.name}.wav"
            write_wav(path, candidate.sample_recording(sample, speaker.synthesise, read_audio))
            written.append(path)
    return tuple(written)


def sample_debrief() -> str:
    """Return the sample debrief, from the installed package or the source checkout."""
    packaged = resources.files("voicecoach.demo").joinpath("sample-debrief.md")
    if packaged.is_file():
        return packaged.read_text(encoding="utf-8")
    checkout = Path(__file__).resolve().parents[2] / "docs" / "sample-debrief.md"
    return checkout.read_text(encoding="utf-8")


def _debrief(coach: Coach, screen: DemoScreen) -> Question:
    read = read_debrief(sample_debrief(), DebriefFormat.MARKDOWN)
    with coach.bank() as bank:
        entered = enter_debrief(bank, read.debrief)
    questions = entered.new
    screen.debriefed(questions, len(read.problems))
    return questions[0]


def _ask(coach: Coach, question: Question) -> SpokenQuestion:
    """Speak the question into a WAV; the demo plays nothing."""
    path = coach.engines.speaker.synthesise(question.text)
    return SpokenQuestion(
        path=path, seconds=read_audio(path).seconds, not_played="The demo plays nothing aloud."
    )


def _answer(coach: Coach, question: Question, take: candidate.Take, screen: DemoScreen) -> None:
    speaker = _candidates_voice(coach.settings.speech_cache_folder)
    sound = candidate.speak(take.text, speaker.synthesise, read_audio)
    spoken = coach.settings.home / f"candidate-day-{take.day}.wav"
    write_wav(spoken, sound)
    attempt = coach.attach(coach.begin(question.id).id, spoken)
    screen.answered(take.day, spoken, sound.seconds)
    screen.judged(coach.result(coach.finish(attempt.id)))
    screen.stands(coach.readiness())


def _candidates_voice(cache: Path) -> Pyttsx3Speaker:
    return Pyttsx3Speaker(
        cache, voice=candidate.VOICE, words_per_minute=candidate.WORDS_PER_MINUTE, player=None
    )
