"""Speaking a question: the contract, kept by pyttsx3 for real and by the fake alike."""

import json
import os
import stat
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.sound_card import FakePlayer, FakeSpeaker
from tests.speech.made_audio import encode, sine
from tests.speech.virtual_sound_card import VirtualSoundCard
from voicecoach.errors import NothingToSayError, RecordingError, SettingError, SpeechSynthesisError
from voicecoach.speech import pyttsx3_speaker
from voicecoach.speech.audio_file import read_audio, sound_seconds
from voicecoach.speech.contracts import Speaker
from voicecoach.speech.pyttsx3_child import SpeakingResult, SpeakingTask
from voicecoach.speech.pyttsx3_speaker import Pyttsx3Speaker
from voicecoach.speech.sounddevice_player import SounddevicePlayer

QUESTION = "Tell me about a time you disagreed with your manager. What did you do?"

MakeSpeaker = Callable[[FakePlayer | None], Speaker]


@pytest.fixture(params=["fake", "pyttsx3"])
def make_speaker(request: pytest.FixtureRequest, tmp_path: Path) -> MakeSpeaker:
    def make(player: FakePlayer | None) -> Speaker:
        if request.param == "fake":
            return FakeSpeaker(tmp_path / "cache", player=player)
        return Pyttsx3Speaker(tmp_path / "cache", "en-us", 170, player)

    return make


# The contract


def test_text_becomes_a_wav_with_sound_in_it(make_speaker: MakeSpeaker) -> None:
    path = make_speaker(FakePlayer()).synthesise(QUESTION)
    with wave.open(str(path)) as wav:
        assert wav.getnframes() > 0
    recording = read_audio(path)
    assert 2 < recording.seconds < 10
    assert float(np.abs(recording.samples).max()) > 0.05


def test_same_text_is_spoken_from_the_same_file(make_speaker: MakeSpeaker) -> None:
    speaker = make_speaker(FakePlayer())
    first = speaker.synthesise(QUESTION)
    written = first.stat().st_mtime_ns, first.read_bytes()
    again = speaker.synthesise(QUESTION)
    assert again == first
    assert again.read_bytes() == written[1]
    assert speaker.synthesise("What are you proud of?") != first


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_empty_text_is_refused(text: str, make_speaker: MakeSpeaker) -> None:
    with pytest.raises(NothingToSayError, match="nothing to say"):
        make_speaker(FakePlayer()).speak(text)


def test_spoken_question_was_played(make_speaker: MakeSpeaker) -> None:
    player = FakePlayer()
    spoken = make_speaker(player).speak(QUESTION)
    assert player.played == [spoken.path]
    assert spoken.not_played is None
    assert spoken.seconds == pytest.approx(sound_seconds(spoken.path), abs=0.01)


def test_without_loudspeaker_the_reason_and_the_file_are_told(make_speaker: MakeSpeaker) -> None:
    spoken = make_speaker(FakePlayer(broken=True)).speak(QUESTION)
    assert spoken.not_played is not None
    assert "No loudspeaker was found." in spoken.not_played
    assert str(spoken.path) in spoken.not_played
    assert spoken.path.exists()


# pyttsx3 for real


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "spoken"


def test_every_utterance_of_a_session_is_spoken_whole(cache: Path) -> None:
    speaker = Pyttsx3Speaker(cache, "en-us", 170)
    short = sound_seconds(speaker.synthesise("Why?"))
    long = sound_seconds(speaker.synthesise(f"{QUESTION} " * 10))
    other = sound_seconds(speaker.synthesise("Why this company?"))
    assert short < other < 3
    assert long > 30


def test_voice_and_rate_change_the_sound(cache: Path) -> None:
    paths = {
        Pyttsx3Speaker(cache, voice, rate).synthesise(QUESTION)
        for voice, rate in ((None, 160), ("en-us", 160), ("en-us+f3", 160), ("en-us", 260))
    }
    assert len({path.read_bytes() for path in paths}) == 4
    slow = Pyttsx3Speaker(cache, "en-us", 160).synthesise(QUESTION)
    fast = Pyttsx3Speaker(cache, "en-us", 260).synthesise(QUESTION)
    assert sound_seconds(fast) < 0.8 * sound_seconds(slow)


def test_busy_machine_speaks_the_same_bytes(tmp_path: Path) -> None:
    # pyttsx3's own runAndWait loses the rate in one of a hundred utterances on a busy machine.
    def speak(number: int) -> bytes:
        speaker = Pyttsx3Speaker(tmp_path / str(number), "en-us", 140)
        return speaker.synthesise(QUESTION).read_bytes()

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(speak, range(24)))) == 1


@pytest.mark.parametrize("voice", ["nosuch", "en-us+nosuch", "en-uk"])
def test_unknown_voice_is_named_and_some_known_ones_listed(voice: str, cache: Path) -> None:
    with pytest.raises(SpeechSynthesisError) as caught:
        Pyttsx3Speaker(cache, voice).synthesise(QUESTION)
    assert f"“{voice}”" in caught.value.what_happened
    assert "en-" in caught.value.what_to_do or sys.platform in {"darwin", "win32"}
    assert not list(cache.iterdir())


def test_voices_are_listed_with_their_languages(cache: Path) -> None:
    voices = Pyttsx3Speaker(cache).list_voices()
    assert voices
    assert any("en" in language for voice in voices for language in voice.languages)


@pytest.mark.parametrize("rate", [0, 79, 451])
def test_rate_that_cannot_be_spoken_is_refused(rate: int, cache: Path) -> None:
    with pytest.raises(SettingError, match="words_per_minute"):
        Pyttsx3Speaker(cache, None, rate)


@pytest.mark.parametrize(
    "text",
    [
        "C++ & <b>SQL</b>: 100 % “done”?",
        "Où êtes-vous né?",
        "a\ud800b",
        "--help",
        "one\x01\x002two",
    ],
)
def test_odd_text_is_spoken(text: str, cache: Path) -> None:
    assert sound_seconds(Pyttsx3Speaker(cache, "en-us").synthesise(text)) > 0.1


def test_text_that_cannot_be_pronounced_is_refused(cache: Path) -> None:
    with pytest.raises(SpeechSynthesisError, match="made no sound"):
        Pyttsx3Speaker(cache, "en-us").synthesise("...")
    assert not list(cache.iterdir())


def test_book_is_too_long(cache: Path) -> None:
    with pytest.raises(SpeechSynthesisError, match="too long"):
        Pyttsx3Speaker(cache).synthesise("word " * 5000)


def test_cached_sound_belongs_to_its_owner_alone(cache: Path) -> None:
    path = Pyttsx3Speaker(cache, "en-us").synthesise(QUESTION)
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert list(cache.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"RIFF", bytes(50_000)])
def test_damaged_cache_entry_is_spoken_anew(content: bytes, cache: Path) -> None:
    speaker = Pyttsx3Speaker(cache, "en-us")
    path = speaker.synthesise(QUESTION)
    path.write_bytes(content)
    assert sound_seconds(speaker.synthesise(QUESTION)) > 2


def test_cache_drops_what_was_used_longest_ago(cache: Path) -> None:
    roomy = Pyttsx3Speaker(cache, "en-us")
    texts = ["one one one", "two two two", "three three three"]
    paths = [roomy.synthesise(text) for text in texts]
    for age, path in zip((300, 200, 100), paths, strict=True):
        os.utime(path, (time.time() - age,) * 2)
    roomy.synthesise(texts[0])
    stale = cache / "crashed.partial"
    stale.write_bytes(b"half")
    os.utime(stale, (0, 0))
    limit = sum(path.stat().st_size for path in paths)
    newest = Pyttsx3Speaker(cache, "en-us", cache_limit_bytes=limit).synthesise("four four")
    assert set(cache.iterdir()) == {paths[0], paths[2], newest}


def test_cache_keeps_what_was_just_spoken_however_small_it_is(cache: Path) -> None:
    speaker = Pyttsx3Speaker(cache, "en-us", cache_limit_bytes=0)
    speaker.synthesise("one")
    newest = speaker.synthesise("two")
    assert list(cache.iterdir()) == [newest]


def test_forgotten_text_leaves_no_sound(cache: Path) -> None:
    for rate in (150, 200):
        Pyttsx3Speaker(cache, "en-us", rate).synthesise(QUESTION)
    kept = Pyttsx3Speaker(cache, "en-us").synthesise("Why?")
    Pyttsx3Speaker(cache, "en-us").forget(QUESTION)
    assert list(cache.iterdir()) == [kept]


def test_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder")
    with pytest.raises(SpeechSynthesisError, match="can't be saved") as caught:
        Pyttsx3Speaker(in_the_way / "cache").synthesise(QUESTION)
    assert str(in_the_way) in caught.value.what_happened


def test_folder_of_the_person_cannot_shadow_what_the_child_imports(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wave.py").write_text("raise SystemExit('shadowed')")
    (tmp_path / "pyttsx3.py").write_text("raise SystemExit('shadowed')")
    monkeypatch.chdir(tmp_path)
    assert sound_seconds(Pyttsx3Speaker(cache, "en-us").synthesise("Why?")) > 0.1


# The child process


def run_child(task: SpeakingTask) -> SpeakingResult:
    finished = subprocess.run(
        [sys.executable, "-P", "-m", "voicecoach.speech.pyttsx3_child"],
        input=json.dumps(task),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    result: SpeakingResult = json.loads(finished.stdout)
    return result


@pytest.mark.skipif(sys.platform != "linux", reason="macOS and Windows bring their own voices")
@pytest.mark.parametrize("bundled_only", [False, True])
def test_child_speaks_with_either_library(bundled_only: bool, tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    task = SpeakingTask(
        text=QUESTION,
        path=str(path),
        voice="en-us",
        words_per_minute=160,
        bundled_only=bundled_only,
    )
    assert run_child(task)["problem"] is None
    assert sound_seconds(path) > 2


Answer = Callable[[SpeakingTask, float], SpeakingResult]


@pytest.fixture
def child_says(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], None]:
    def put_in_place(answer: Answer) -> None:
        monkeypatch.setattr(pyttsx3_speaker, "_child_result", answer)

    return put_in_place


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has two libraries to try")
def test_broken_system_library_falls_back_to_the_bundled_one(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pyttsx3_speaker._child_result
    tried: list[bool] = []

    def crash_with_the_system_library(task: SpeakingTask, deadline: float) -> SpeakingResult:
        tried.append(task["bundled_only"])
        if not task["bundled_only"]:
            return SpeakingResult(problem="failed", detail="it ended with status 1", voices=[])
        return real(task, deadline)

    monkeypatch.setattr(pyttsx3_speaker, "_child_result", crash_with_the_system_library)
    assert sound_seconds(Pyttsx3Speaker(cache, "en-us").synthesise(QUESTION)) > 2
    assert tried == [False, True]


def test_machine_without_any_voice_is_told_what_to_install(
    cache: Path, child_says: Callable[[Answer], None]
) -> None:
    def find_nothing(task: SpeakingTask, deadline: float) -> SpeakingResult:
        return SpeakingResult(problem="no_engine", detail="espeak-ng is not installed", voices=[])

    child_says(find_nothing)
    with pytest.raises(SpeechSynthesisError, match="No speech engine works") as caught:
        Pyttsx3Speaker(cache).synthesise(QUESTION)
    assert "Install" in caught.value.what_to_do
    assert not list(cache.iterdir())


def test_engine_that_hangs_is_given_up(cache: Path) -> None:
    with pytest.raises(SpeechSynthesisError, match="no answer within"):
        Pyttsx3Speaker(cache, deadline_seconds=0.001 - len(QUESTION) / 200).synthesise(QUESTION)
    assert not list(cache.iterdir())


def test_engine_that_writes_silence_is_found_out(
    cache: Path, child_says: Callable[[Answer], None]
) -> None:
    def write_silence(task: SpeakingTask, deadline: float) -> SpeakingResult:
        assert task["path"] is not None
        with wave.open(task["path"], "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(22_050)
            wav.writeframes(bytes(44_100))
        return SpeakingResult(problem=None, detail="", voices=[])

    child_says(write_silence)
    with pytest.raises(SpeechSynthesisError, match="made no sound"):
        Pyttsx3Speaker(cache).synthesise(QUESTION)


def test_aiff_as_macos_writes_it_becomes_wav(
    cache: Path, tmp_path: Path, child_says: Callable[[Answer], None]
) -> None:
    aiff = encode(tmp_path / "said.aiff", sine(1.0, rate=22_050), rate=22_050).read_bytes()

    def write_aiff(task: SpeakingTask, deadline: float) -> SpeakingResult:
        assert task["path"] is not None
        Path(task["path"]).write_bytes(aiff)
        return SpeakingResult(problem=None, detail="", voices=[])

    child_says(write_aiff)
    path = Pyttsx3Speaker(cache).synthesise(QUESTION)
    with wave.open(str(path)) as wav:
        assert wav.getframerate() == 22_050
        assert wav.getnframes() == 22_050


# Played for real


def test_question_is_played_on_a_sound_card(sound_card: VirtualSoundCard, cache: Path) -> None:
    began = time.monotonic()
    spoken = Pyttsx3Speaker(cache, "en-us", 200, SounddevicePlayer()).speak("Why this company?")
    assert spoken.not_played is None
    assert time.monotonic() - began >= spoken.seconds


def test_player_refuses_what_holds_no_sound(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    path = tmp_path / "none.wav"
    path.write_bytes(b"text")
    with pytest.raises(RecordingError):
        SounddevicePlayer().play(path)


def test_missing_portaudio_leaves_the_question_readable(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    spoken = Pyttsx3Speaker(cache, "en-us", 160, SounddevicePlayer()).speak(QUESTION)
    assert spoken.not_played is not None
    assert "PortAudio" in spoken.not_played
    assert str(spoken.path) in spoken.not_played
