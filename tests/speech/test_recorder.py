"""Recording the microphone: the contract, kept by the real recorder and by the fake alike."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from ctypes.util import find_library
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.fakes.sound_card import FakeRecorder, tone
from tests.fakes.sounddevice_module import FakeSounddevice
from tests.speech.small_disk import small_disk
from tests.speech.virtual_sound_card import (
    ALSA_CONFIGURATION,
    VirtualSoundCard,
    virtual_sound_card,
)
from voicecoach.errors import AudioPlaybackError, MicrophoneError, RecordingError
from voicecoach.speech.audio_file import read_audio, sound_seconds, write_wav
from voicecoach.speech.contracts import RecordedAnswer, Recorder, RecordingProgress
from voicecoach.speech.level_meter import level_bar, level_of_pcm16
from voicecoach.speech.recording import SAMPLE_RATE, Recording
from voicecoach.speech.recording_file import recover
from voicecoach.speech.sounddevice_player import SounddevicePlayer
from voicecoach.speech.sounddevice_recorder import SounddeviceRecorder


class Listener:
    """The person's side of a recording: what they were told, and when they press Enter."""

    def __init__(self, *, stops_after_seconds: float | None = None) -> None:
        self.stops_after_seconds = stops_after_seconds
        self.told: list[str] = []
        self.progress: list[RecordingProgress] = []

    def on_started(self) -> None:
        self.told.append("speak now")

    def on_progress(self, progress: RecordingProgress) -> None:
        self.told.append("progress")
        self.progress.append(progress)

    def should_stop(self) -> bool:
        if self.stops_after_seconds is None or not self.progress:
            return False
        return self.progress[-1].seconds >= self.stops_after_seconds

    def record(
        self, recorder: Recorder, path: Path, *, limit_seconds: float | None = None
    ) -> RecordedAnswer:
        return recorder.record(
            path,
            on_started=self.on_started,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
            limit_seconds=limit_seconds,
        )


@pytest.fixture(params=["fake", "sounddevice", "virtual sound card"])
def recorder(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Recorder:
    if request.param == "fake":
        return FakeRecorder(tone(0.5), ends_itself=False)
    if request.param == "sounddevice":
        monkeypatch.setitem(sys.modules, "sounddevice", FakeSounddevice())
    else:
        request.getfixturevalue("sound_card")
    return SounddeviceRecorder()


# The contract


def test_speak_now_is_said_once_and_before_any_progress(recorder: Recorder, tmp_path: Path) -> None:
    person = Listener(stops_after_seconds=0.5)
    person.record(recorder, tmp_path / "answer.wav")
    assert person.told[0] == "speak now"
    assert person.told.count("speak now") == 1


def test_samples_are_on_disk_when_speak_now_is_said(recorder: Recorder, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    sizes: list[int] = []
    recorder.record(
        path,
        on_started=lambda: sizes.append(path.stat().st_size),
        on_progress=lambda _: None,
        should_stop=lambda: bool(sizes),
        limit_seconds=None,
    )
    assert sizes[0] > 1000


def test_person_ends_the_answer(recorder: Recorder, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    answer = Listener(stops_after_seconds=0.4).record(recorder, path)
    assert answer.path == path
    assert answer.interrupted is None
    assert answer.seconds >= 0.4
    assert sound_seconds(path) == pytest.approx(answer.seconds, abs=1e-3)
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_limit_ends_the_answer_to_the_sample(recorder: Recorder, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    answer = Listener().record(recorder, path, limit_seconds=0.73)
    assert answer.seconds == pytest.approx(0.73, abs=1e-4)
    assert answer.interrupted is None
    assert len(read_audio(path).samples) == pytest.approx(0.73 * SAMPLE_RATE, abs=2)


def test_silence_never_ends_an_answer(recorder: Recorder, tmp_path: Path) -> None:
    # The fake has half a second to say and the virtual card hears nothing at all.
    answer = Listener().record(recorder, tmp_path / "answer.wav", limit_seconds=1.5)
    assert answer.seconds == pytest.approx(1.5, abs=1e-3)
    assert answer.interrupted is None


def test_progress_comes_ten_times_a_second_with_rising_time(
    recorder: Recorder, tmp_path: Path
) -> None:
    person = Listener()
    person.record(recorder, tmp_path / "answer.wav", limit_seconds=1.0)
    seconds = [progress.seconds for progress in person.progress]
    assert seconds == sorted(seconds)
    assert 8 <= len(seconds) <= 11
    assert all(-120 <= progress.level <= 0 for progress in person.progress)


def test_existing_recording_is_not_written_over(recorder: Recorder, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(b"an earlier answer")
    with pytest.raises(RecordingError, match="already"):
        Listener().record(recorder, path, limit_seconds=0.2)
    assert path.read_bytes() == b"an earlier answer"


def test_ctrl_c_leaves_a_finished_file(recorder: Recorder, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"

    def press_ctrl_c(progress: RecordingProgress) -> None:
        if progress.seconds >= 0.3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recorder.record(
            path,
            on_started=lambda: None,
            on_progress=press_ctrl_c,
            should_stop=lambda: False,
            limit_seconds=None,
        )
    assert sound_seconds(path) >= 0.3


def test_unplugged_fake_keeps_what_was_recorded(tmp_path: Path) -> None:
    recorder = FakeRecorder(tone(5.0), unplugged_after_seconds=1.0)
    answer = Listener().record(recorder, tmp_path / "answer.wav")
    assert answer.interrupted is not None
    assert answer.seconds == pytest.approx(1.0, abs=0.11)
    with pytest.raises(MicrophoneError):
        Listener().record(FakeRecorder(tone(1.0), missing=True), tmp_path / "none.wav")


def test_fake_person_stops_when_all_is_said(tmp_path: Path) -> None:
    answer = Listener().record(FakeRecorder(tone(1.0)), tmp_path / "answer.wav")
    assert answer.seconds == pytest.approx(1.0, abs=0.11)


# What devices do wrong


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FakeSounddevice]:
    def put_in_place(**traits: Any) -> FakeSounddevice:
        module = FakeSounddevice(**traits)
        monkeypatch.setitem(sys.modules, "sounddevice", module)
        return module

    return put_in_place


def test_samples_arrive_whole_and_in_order(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device()
    Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav", limit_seconds=1.5)
    samples = read_audio(tmp_path / "answer.wav").samples * 32768
    assert np.array_equal(samples, np.arange(24_000, dtype=np.float32))


def test_what_waits_in_the_queue_at_the_end_is_kept(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    module = device(blocks=8, ends=True)
    person = Listener()

    def slow_terminal(progress: RecordingProgress) -> None:
        person.on_progress(progress)
        time.sleep(0.05)

    answer = SounddeviceRecorder().record(
        tmp_path / "answer.wav",
        on_started=lambda: None,
        on_progress=slow_terminal,
        should_stop=lambda: len(person.progress) >= 1,
        limit_seconds=None,
    )
    assert answer.seconds == pytest.approx(0.8)
    assert module.streams[0].closed


@pytest.mark.parametrize("native_rate", [44_100, 48_000])
def test_device_that_refuses_16_khz_is_recorded_at_its_own_rate(
    native_rate: int, device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    module = device(rates=(native_rate,), native_rate=native_rate)
    answer = Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav", limit_seconds=1.0)
    assert module.streams[-1].samplerate == native_rate
    assert answer.seconds == pytest.approx(1.0, abs=1e-3)
    assert read_audio(answer.path).seconds == pytest.approx(1.0, abs=2e-3)


def test_device_that_refuses_mono_is_mixed_down(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device(rates=(16_000,), native_rate=16_000, channels=(2,))
    answer = Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav", limit_seconds=0.5)
    samples = read_audio(answer.path).samples * 32768
    assert np.array_equal(samples, np.arange(8000, dtype=np.float32))


@pytest.mark.parametrize("ends", [True, False])
def test_unplugged_device_keeps_what_was_recorded_and_says_so(
    ends: bool, device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    module = device(blocks=12, ends=ends)
    answer = Listener().record(SounddeviceRecorder(gone_seconds=0.5), tmp_path / "answer.wav")
    assert answer.interrupted is not None
    assert "went away" in answer.interrupted
    assert answer.seconds == pytest.approx(1.2)
    assert sound_seconds(answer.path) == pytest.approx(1.2)
    assert module.streams[0].closed


def test_device_that_never_delivers_leaves_no_file(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device(blocks=0)
    person = Listener()
    with pytest.raises(MicrophoneError, match="delivered no sound"):
        person.record(SounddeviceRecorder(first_sound_seconds=0.3), tmp_path / "answer.wav")
    assert not person.told
    assert not list(tmp_path.iterdir())


def test_device_in_use_leaves_no_file(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device(fails_to_start=True)
    with pytest.raises(MicrophoneError, match="--answer FILE"):
        Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav")
    assert not list(tmp_path.iterdir())


def test_device_that_grants_nothing_is_named(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device(rates=())
    with pytest.raises(MicrophoneError, match=r"“Fake microphone” can't be opened \(Invalid"):
        Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav")


def test_unknown_microphone_lists_those_there_are(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device()
    with pytest.raises(MicrophoneError, match=r"“Yeti”.*Fake microphone"):
        Listener().record(SounddeviceRecorder("Yeti"), tmp_path / "answer.wav")


def test_microphone_plugged_in_since_the_start_is_found(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device(appears=True)
    assert SounddeviceRecorder().microphone() == "Fake microphone"
    answer = Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav", limit_seconds=0.2)
    assert answer.seconds == pytest.approx(0.2)


def test_lost_pieces_are_told(device: Callable[..., FakeSounddevice], tmp_path: Path) -> None:
    device(overflows=(0, 3, 4))
    answer = Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav", limit_seconds=1.0)
    assert answer.warning is not None
    assert "too busy 2 times" in answer.warning


def test_muted_microphone_is_told(device: Callable[..., FakeSounddevice], tmp_path: Path) -> None:
    device(zeros=True)
    answer = Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav", limit_seconds=1.0)
    assert answer.warning is not None
    assert "digital silence" in answer.warning
    assert answer.interrupted is None


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set on Windows")
def test_full_disk_keeps_what_fitted_and_says_so(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device()
    with small_disk(44 + 32_000):
        answer = Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav")
    assert answer.interrupted is not None
    assert "disk failed" in answer.interrupted
    assert answer.seconds == 1.0
    assert sound_seconds(answer.path) == 1.0


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set on Windows")
def test_disk_without_any_room_is_not_blamed_on_the_microphone(
    device: Callable[..., FakeSounddevice], tmp_path: Path
) -> None:
    device()
    with small_disk(44), pytest.raises(RecordingError, match="disk takes no recording"):
        Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav")
    assert not list(tmp_path.iterdir())


# No sound system at all


def test_missing_portaudio_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sounddevice.py").write_text("raise OSError('PortAudio library not found')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    with pytest.raises(MicrophoneError) as caught:
        Listener().record(SounddeviceRecorder(), tmp_path / "answer.wav")
    assert "PortAudio" in caught.value.what_happened
    assert "--answer FILE" in caught.value.what_to_do
    assert "\n" not in str(caught.value)
    if sys.platform == "linux":
        assert "apt install libportaudio2" in caught.value.what_to_do
    assert not (tmp_path / "answer.wav").exists()


@pytest.mark.skipif(
    sys.platform != "linux" or any(Path("/proc/asound").glob("card*")),
    reason="this machine has a sound card, or no ALSA",
)
def test_machine_without_sound_card_gets_one_clear_line_and_no_noise(tmp_path: Path) -> None:
    if find_library("portaudio") is None:
        pytest.skip("no PortAudio here (apt-get install libportaudio2)")
    nowhere = {"PULSE_SERVER": f"unix:{tmp_path}/none", "ALSA_CONFIG_PATH": ALSA_CONFIGURATION}
    finished = subprocess.run(
        [sys.executable, "-c", RECORDS_UNTIL_KILLED, str(tmp_path / "answer.wav")],
        env={**os.environ, **nowhere},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = finished.stderr.splitlines()
    assert lines[-1].startswith("voicecoach.errors.MicrophoneError: No microphone was found.")
    assert not [line for line in lines if "ALSA" in line or "Expression" in line]
    assert not (tmp_path / "answer.wav").exists()


# A real stream on the virtual sound card

RECORDS_UNTIL_KILLED = """
import sys
from pathlib import Path
from voicecoach.speech.sounddevice_recorder import SounddeviceRecorder
SounddeviceRecorder().record(
    Path(sys.argv[1]),
    on_started=lambda: print("speak now", flush=True),
    on_progress=lambda progress: None,
    should_stop=lambda: False,
    limit_seconds=None,
)
"""


def test_what_is_played_is_what_is_recorded(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    times = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    chirp = 0.4 * np.sin(2 * np.pi * (150 + 150 * times) * times)
    played = Recording(chirp.astype(np.float32))
    write_wav(tmp_path / "question.wav", played)
    # Where the machine is busy the virtual card itself leaves gaps; what it leaves whole is whole.
    likeness = []
    for take in range(3):
        answer = _record_while_playing(tmp_path / "question.wav", tmp_path / f"answer-{take}.wav")
        assert answer.warning is None
        heard = read_audio(answer.path).samples
        lag = int(np.argmax(np.correlate(heard, played.samples, "valid")))
        piece = heard[lag : lag + len(played.samples)]
        likeness.append(float(np.corrcoef(piece, played.samples)[0, 1]))
        if likeness[-1] > 0.98:
            return
    pytest.fail(f"three takes, none like what was played: {likeness}")


def _record_while_playing(question: Path, answer: Path) -> RecordedAnswer:
    finished = threading.Event()

    def play() -> None:
        SounddevicePlayer().play(question)
        finished.set()

    thread = threading.Thread(target=play)
    recorded = SounddeviceRecorder().record(
        answer,
        on_started=thread.start,
        on_progress=lambda _: None,
        should_stop=finished.is_set,
        limit_seconds=20,
    )
    thread.join()
    return recorded


def test_killed_recorder_loses_at_most_two_seconds(
    sound_card: VirtualSoundCard, tmp_path: Path
) -> None:
    path = tmp_path / "answer.wav"
    with subprocess.Popen(
        [sys.executable, "-c", RECORDS_UNTIL_KILLED, str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "speak now\n"
        began = time.monotonic()
        time.sleep(3.0)
        process.send_signal(signal.SIGKILL)
        spoken_seconds = time.monotonic() - began
    assert sound_seconds(path) >= spoken_seconds - 2.0
    assert recover(path) >= spoken_seconds - 1.0


def test_card_taken_away_while_recording_keeps_what_was_recorded(tmp_path: Path) -> None:
    with virtual_sound_card() as card:

        def unplug(progress: RecordingProgress) -> None:
            if progress.seconds >= 0.5:
                card.unplug()

        answer = SounddeviceRecorder().record(
            tmp_path / "answer.wav",
            on_started=lambda: None,
            on_progress=unplug,
            should_stop=lambda: False,
            limit_seconds=20,
        )
        assert answer.interrupted is not None
        assert "went away" in answer.interrupted
        assert 0.5 <= sound_seconds(answer.path) < 3
        with pytest.raises(MicrophoneError, match=r"\. .*--answer FILE"):
            Listener().record(SounddeviceRecorder(), tmp_path / "next.wav")
        with pytest.raises(AudioPlaybackError):
            SounddevicePlayer().play(answer.path)


def test_player_stops_when_told(sound_card: VirtualSoundCard, tmp_path: Path) -> None:
    write_wav(tmp_path / "long.wav", tone(30.0))
    began = time.monotonic()
    SounddevicePlayer().play(
        tmp_path / "long.wav", should_stop=lambda: time.monotonic() - began > 0.3
    )
    assert time.monotonic() - began < 10


def test_names_of_the_devices_are_told(sound_card: VirtualSoundCard) -> None:
    assert SounddeviceRecorder().microphone()
    assert SounddevicePlayer().output()


# Levels


def test_level_of_a_full_scale_sine_is_three_below_full() -> None:
    assert level_of_pcm16(tone(1.0, level=1.0).to_pcm16()) == pytest.approx(-3.01, abs=0.01)


def test_level_of_silence_is_a_number() -> None:
    assert level_of_pcm16(bytes(3200)) == -120.0
    assert level_of_pcm16(b"") == -120.0


@pytest.mark.parametrize(("level", "filled"), [(-120.0, 0), (-60.0, 0), (-30.0, 5), (0.0, 10)])
def test_bar_fills_from_a_quiet_room_to_full_scale(level: float, filled: int) -> None:
    assert level_bar(level, width=10) == "█" * filled + "░" * (10 - filled)
