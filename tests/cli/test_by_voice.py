"""Answers as sound: files, and a microphone that hears its own loudspeaker."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import Voicecoach
from tests.speech.spoken import join, silence, speak
from tests.speech.virtual_sound_card import VirtualSoundCard, virtual_sound_card
from voicecoach.speech.audio_file import write_wav

SENTENCES = (
    "I worked with a client in March and the project was late.",
    "I called the client and I told her that the report was wrong.",
    "Then I built the report again and I sent it before nine.",
    "As a result the client renewed the contract in June.",
)


@pytest.fixture(scope="session")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spoken answer of about fifteen seconds."""
    parts = [silence(0.5)]
    for sentence in SENTENCES:
        parts += [speak(sentence).samples, silence(0.5)]
    path = tmp_path_factory.mktemp("spoken") / "answer.wav"
    write_wav(path, join(*parts))
    return path


@pytest.fixture(scope="module")
def sound_card() -> Iterator[VirtualSoundCard]:
    with virtual_sound_card() as card:
        yield card


def test_a_sound_file_is_transcribed_scored_and_stamped(
    practised: Voicecoach, spoken: Path
) -> None:
    drill = ("drill", "--answer", str(spoken), "--synthetic", "--no-sound")
    result = practised(*drill, "--json").data
    assert result["status"] in {"scored", "unscoreable"}
    assert result["synthetic"]
    assert result["transcript"]["weights"] == "espeak-tiny"
    shown = practised("attempts", "show", result["attempt_id"]).out
    assert "synthetic voices only" in shown
    assert "Recording: " in shown
    assert "Silent pause" in shown or "silent pause" in shown


def test_corrected_words_are_found_in_the_sound_where_the_weights_are_there(
    practised: Voicecoach, spoken: Path, tmp_path: Path
) -> None:
    drill = ("drill", "--answer", str(spoken), "--synthetic", "--no-sound", "--json")
    attempt = practised(*drill).data["attempt_id"]
    said = " ".join(SENTENCES)
    bare = Voicecoach(practised.home, {"VOICECOACH_MODELS_FOLDER": str(tmp_path / "none")})
    bare("attempts", "correct", attempt, "--text", said.replace("client", "garden"))
    shown = bare("attempts", "correct", attempt, "--text", said).out
    assert "estimate" in shown
    assert "attempts finish" in shown
    placed = practised("attempts", "finish", attempt, "--synthetic", "--json").data
    assert placed["transcript"]["aligned"]
    assert placed["estimated_words"] <= 3
    again = practised(
        "attempts", "correct", attempt, "--synthetic", "--text", said + " I was glad.", "--json"
    ).data
    assert again["transcript"]["aligned"]
    assert again["transcript_versions"] == 4


def test_without_weights_an_answer_waits_and_is_finished_later(
    practised: Voicecoach, spoken: Path, tmp_path: Path
) -> None:
    bare = Voicecoach(practised.home, {"VOICECOACH_MODELS_FOLDER": str(tmp_path / "none")})
    shown = bare("drill", "--answer", str(spoken), "--no-sound").out
    assert "voicecoach models download" in shown
    assert "Sound: " in shown
    (waiting,) = bare("attempts", "list", "--status", "waiting", "--json").data
    assert waiting["sound"]["speech"]
    assert waiting["transcript"] is None
    assert "waits for weights" in bare("attempts", "finish").out
    finished = practised("attempts", "finish", "--synthetic", "--json").data
    assert [found["attempt_id"] for found in finished] == [waiting["attempt_id"]]
    assert finished[0]["transcript"]["text"]


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_what_waits_for_weights_may_be_typed(
    practised: Voicecoach, spoken: Path, tmp_path: Path
) -> None:
    bare = Voicecoach(practised.home, {"VOICECOACH_MODELS_FOLDER": str(tmp_path / "none")})
    drill = ("drill", "--answer", str(spoken), "--no-sound", "--no-follow-up")
    with bare.at_terminal(*drill) as terminal:
        terminal.answer([("What now", "type"), ("What did you say?", " ".join(SENTENCES))])
        terminal.answer([("> ", "")])
        terminal.expect("Overall")
        assert terminal.end() == 0
    typed = practised("attempts", "list", "--json").data[0]
    assert typed["transcript"]["source"] == "typed"
    assert typed["sound"]["speech"]


def test_a_mock_interview_keeps_feedback_for_the_end(practised: Voicecoach, spoken: Path) -> None:
    answers = ("--answer", str(spoken), "--answer", str(spoken))
    shown = practised("mock", *answers, "--synthetic", "--no-sound").out
    assert shown.index("question 2 of 2") < shown.index("That was the interview")
    assert shown.count("Attempt: ") == 2


def test_more_answers_than_questions_are_refused(practised: Voicecoach, spoken: Path) -> None:
    answers = ("--answer", str(spoken)) * 9
    ran = practised("mock", *answers, "--no-sound", code=1)
    assert "9 answers and only 4 questions" in ran.err


def test_without_a_terminal_only_a_limit_can_end_an_answer(practised: Voicecoach) -> None:
    assert "--answer FILE" in practised("drill", "--no-sound", code=1).err
    assert practised("attempts", "finish").out.startswith("Nothing is left")


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_an_answer_is_spoken_at_a_terminal(
    practised: Voicecoach, spoken: Path, sound_card: VirtualSoundCard
) -> None:
    from voicecoach.speech.sounddevice_player import SounddevicePlayer

    by_voice = Voicecoach(practised.home, sound_card.environment)
    with by_voice.at_terminal("drill", "--synthetic", "--no-follow-up") as terminal:
        terminal.expect("Press Enter when you are ready")
        terminal.type()
        terminal.expect("Speak now")
        SounddevicePlayer().play(spoken)
        terminal.type()
        terminal.expect("Recording: ")
        assert terminal.end() == 0
        assert "recording 0:05 of 2:00" in terminal.shown
    attempt = practised("attempts", "list", "--json").data[0]
    assert attempt["recording_seconds"] > 10
    assert "client" in attempt["transcript"]["text"]
    by_voice("attempts", "replay", attempt["attempt_id"])


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_ctrl_c_while_speaking_keeps_the_recording(
    practised: Voicecoach, sound_card: VirtualSoundCard
) -> None:
    by_voice = Voicecoach(practised.home, sound_card.environment)
    with by_voice.at_terminal("drill", "--no-sound") as terminal:
        terminal.answer([("Press Enter when you are ready", "")])
        terminal.expect("recording 0:01")
        terminal.interrupt()
        assert terminal.end() == 130
        assert "voicecoach attempts finish" in terminal.shown
        assert "Traceback" not in terminal.shown
    kept = practised("attempts", "list", "--json").data[0]
    assert kept["status"] == "recorded"
    assert kept["recording_seconds"] >= 1
    assert (practised.home / "recordings" / kept["recording"]).is_file()


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_at_a_terminal_it_leads_to_the_next_thing(
    voicecoach: Voicecoach, sound_card: VirtualSoundCard
) -> None:
    bare = {"VOICECOACH_MODELS_FOLDER": str(voicecoach.home / "none")}
    by_voice = Voicecoach(voicecoach.home, {**sound_card.environment, **bare})
    with by_voice.at_terminal("--terminal") as terminal:
        terminal.answer(
            [
                ("When is your next interview?", "9 December 2040"),
                ("With which company", "Umbra"),
                ("For which role", ""),
                ("Your choice", "pack"),
                ("Which pack", "to_ask"),
                ("Fetch them now?", "n"),
                ("Shall we practise", "n"),
            ]
        )
        assert terminal.end() == 0
        assert " MB, fetched once" in terminal.shown
    assert voicecoach("readiness", "--json").data["horizon"] == "2040-12-09"


def test_alone_off_a_terminal_it_shows_the_demo(voicecoach: Voicecoach) -> None:
    started = time.monotonic()
    shown = voicecoach().out
    assert "There is no terminal" in shown
    assert shown.count("the candidate answers") == 3
    assert str(voicecoach.home / "demo") in shown
    assert time.monotonic() - started < 60
    assert not (voicecoach.home / "voicecoach.db").exists()


def test_sample_answers_are_written(voicecoach: Voicecoach, tmp_path: Path) -> None:
    written = voicecoach("demo", "--samples", str(tmp_path / "samples"), "--json").data
    assert {Path(path).stem for path in written} >= {"good", "silence", "too-quiet"}
    assert all(Path(path).stat().st_size > 10_000 for path in written)
