"""Pressure at the terminal: what is told when, and what is stored, with a microphone of samples."""

from pathlib import Path

import numpy as np
import pytest

from tests.fakes.sound_card import FakeRecorder, tone
from voicecoach.cli.pressure_screen import PressureScreen
from voicecoach.cli.screen import Screen
from voicecoach.intervention import InterventionKind
from voicecoach.mock_pressure import Interruption
from voicecoach.speech.contracts import RecordedAnswer, RecordingProgress
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.under_pressure import AnswerPressure, UnderPressure


def heard(*parts: tuple[bool, float]) -> Recording:
    """Return voice and silence in turn."""
    return Recording(
        np.concatenate(
            [
                tone(seconds).samples
                if voiced
                else np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)
                for voiced, seconds in parts
            ]
        )
    )


class Terminal:
    """A person who presses Enter once so much has been recorded."""

    def __init__(
        self, pressure: AnswerPressure, enter_at: float | None, *, can_be_heard: bool = True
    ) -> None:
        self.watch = UnderPressure(pressure)
        self.said: list[str] = []
        self.can_be_heard = can_be_heard
        self.kept: list[int] = []
        self.seconds = 0.0
        self.enter_at = enter_at
        self.screen = PressureScreen(
            Screen(),
            self.watch,
            say=self.say,
            keep=lambda: self.kept.append(len(self.watch.interventions)),
            silence_seconds=pressure.silence_seconds,
        )

    def say(self, words: str) -> bool:
        self.said.append(words)
        return self.can_be_heard

    def record(self, path: Path, answer: Recording) -> RecordedAnswer:
        recorder = FakeRecorder(answer, ends_itself=False)
        ended = recorder.record(
            path,
            on_started=lambda: None,
            on_progress=self.hear,
            should_stop=self.should_stop,
            limit_seconds=60,
        )
        self.screen.close()
        return ended

    def hear(self, now: RecordingProgress) -> None:
        self.seconds = now.seconds
        self.screen.hear(now)

    def should_stop(self) -> bool:
        if self.screen.is_over:
            return True
        if self.enter_at is not None and self.seconds >= self.enter_at:
            self.enter_at = None
            return self.screen.ended()
        return False


def test_the_prompt_is_said_beside_the_recording_and_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prompt = Interruption(after_seconds=3, words="Sorry to cut in: what was the result?")
    terminal = Terminal(AnswerPressure(interruption=prompt), enter_at=9.0)
    answer = heard((False, 0.5), (True, 4), (False, 1), (True, 2))
    ended = terminal.record(tmp_path / "a.wav", answer)
    assert ended.seconds == pytest.approx(9.0, abs=0.11), "the recording goes on meanwhile"
    assert terminal.said == [prompt.words]
    (said,) = terminal.watch.interventions
    assert said.start_seconds == pytest.approx(4.9, abs=0.11)
    assert said.end_seconds >= said.start_seconds
    assert said.played
    assert terminal.kept
    assert prompt.words in " ".join(capsys.readouterr().err.split())


def test_a_prompt_that_could_only_be_shown_is_noted_as_not_heard(tmp_path: Path) -> None:
    prompt = Interruption(after_seconds=3, words="Sorry to cut in: what was the result?")
    terminal = Terminal(AnswerPressure(interruption=prompt), enter_at=9.0, can_be_heard=False)
    terminal.record(tmp_path / "a.wav", heard((False, 0.5), (True, 4), (False, 1), (True, 2)))
    assert [one.played for one in terminal.watch.interventions] == [False]


def test_enter_begins_the_silence_and_the_silence_ends_the_answer(tmp_path: Path) -> None:
    terminal = Terminal(AnswerPressure(silence_seconds=5), enter_at=4.0)
    ended = terminal.record(tmp_path / "a.wav", heard((False, 0.5), (True, 3)))
    assert ended.seconds == pytest.approx(9.0, abs=0.21)
    assert terminal.kept == [1]


def test_who_goes_on_in_the_silence_is_recorded_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal(AnswerPressure(silence_seconds=5), enter_at=4.0)
    answer = heard((False, 0.5), (True, 3), (False, 3), (True, 3))
    ended = terminal.record(tmp_path / "a.wav", answer)
    assert ended.seconds == 60, "nobody pressed Enter again, so the limit ended it"
    (silence,) = terminal.watch.interventions
    assert silence.kind is InterventionKind.SILENCE
    assert silence.end_seconds == pytest.approx(6.5, abs=0.11)
    assert "all one answer" in capsys.readouterr().err
