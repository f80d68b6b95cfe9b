"""A recording is sacred: what was handed to the writer survives whatever ends the process."""

import os
import signal
import stat
import subprocess
import sys
import time
import wave
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.speech.small_disk import small_disk
from voicecoach.errors import RecordingError
from voicecoach.speech.audio_file import decode_audio, read_audio
from voicecoach.speech.recording import SAMPLE_RATE
from voicecoach.speech.recording_file import HEADER_BYTES, RecordingWriter, recover

SECOND = np.arange(SAMPLE_RATE, dtype="<i2").tobytes()

WRITES_IN_REAL_TIME = """
import sys, time
from pathlib import Path
from voicecoach.speech.recording_file import RecordingWriter
writer = RecordingWriter(Path(sys.argv[1]))
block = bytes(range(1, 201)) * 8 * 2
while True:
    writer.append(block)
    print(writer.seconds, flush=True)
    time.sleep(0.02)
"""


def wav_seconds(path: Path) -> float:
    with wave.open(str(path), "rb") as wav:
        assert (wav.getnchannels(), wav.getsampwidth()) == (1, 2)
        return wav.getnframes() / wav.getframerate()


def test_finished_recording_is_a_plain_wav_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with RecordingWriter(path) as writer:
        for _ in range(3):
            writer.append(SECOND)
        assert writer.seconds == 3.0
    assert wav_seconds(path) == 3.0
    assert np.array_equal(
        read_audio(path).samples, np.tile(np.arange(SAMPLE_RATE, dtype="<i2") / 32768, 3)
    )
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_recording_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(b"an earlier answer")
    with pytest.raises(RecordingError, match="already"):
        RecordingWriter(path)
    assert path.read_bytes() == b"an earlier answer"


def test_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="can't be written"):
        RecordingWriter(tmp_path / "none" / "answer.wav")


def test_header_keeps_up_each_second_while_recording_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with RecordingWriter(path) as writer:
        assert wav_seconds(path) == 0.0
        for tenth in range(25):
            writer.append(SECOND[:3200])
            assert wav_seconds(path) >= (tenth + 1) / 10 - 1.0
        assert wav_seconds(path) == 2.0


def test_flushing_interval_is_in_seconds_of_sound(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with RecordingWriter(path, sample_rate=48_000, flush_seconds=0.5) as writer:
        writer.append(bytes(2 * 23_999))
        assert wav_seconds(path) == 0.0
        writer.append(bytes(2))
        assert wav_seconds(path) == 0.5


def test_closed_writer_takes_nothing_more(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "answer.wav")
    writer.close()
    writer.close()
    with pytest.raises(ValueError, match="closed"):
        writer.append(SECOND)


def test_half_a_sample_is_refused(tmp_path: Path) -> None:
    with (
        RecordingWriter(tmp_path / "answer.wav") as writer,
        pytest.raises(ValueError, match="pairs"),
    ):
        writer.append(b"\x00")


def test_discarded_recording_leaves_nothing(tmp_path: Path) -> None:
    RecordingWriter(tmp_path / "answer.wav").discard()
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limit to set on Windows")
def test_full_disk_keeps_what_fitted(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    writer = RecordingWriter(path)
    writer.append(SECOND)
    with small_disk(HEADER_BYTES + 40_001), pytest.raises(OSError, match="large"):
        writer.append(SECOND)
    writer.close()
    assert wav_seconds(path) == 40_000 / 2 / SAMPLE_RATE
    assert np.array_equal(
        read_audio(path).samples[:SAMPLE_RATE], np.arange(SAMPLE_RATE, dtype="<i2") / 32768
    )


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is not known on Windows")
def test_killed_process_loses_at_most_two_seconds(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_IN_REAL_TIME, str(path)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        handed_over = 0.0
        began = time.monotonic()
        while handed_over < 3.3:
            handed_over = float(process.stdout.readline())
            assert time.monotonic() - began < 30
        process.send_signal(signal.SIGKILL)
    assert handed_over - wav_seconds(path) <= 2.0
    assert recover(path) >= handed_over
    assert wav_seconds(path) >= handed_over
    assert decode_audio(path).warning is None


@given(
    seconds=st.integers(0, 3),
    share=st.floats(0, 1),
    header_seconds=st.integers(0, 5),
)
@settings(deadline=None, max_examples=80)
def test_recording_cut_anywhere_is_recovered_to_the_last_sample(
    seconds: int, share: float, header_seconds: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("cut") / "answer.wav"
    with RecordingWriter(path) as writer:
        writer.append(SECOND * seconds)
    whole = bytearray(path.read_bytes())
    whole[40:44] = (header_seconds * len(SECOND)).to_bytes(4, "little")
    length = round(share * len(whole))
    path.write_bytes(whole[:length])
    samples = max(0, length - HEADER_BYTES) // 2
    assert recover(path) == samples / SAMPLE_RATE
    assert wav_seconds(path) == samples / SAMPLE_RATE
    with path.open("rb") as file:
        assert file.read()[HEADER_BYTES:] == (SECOND * seconds)[: 2 * samples]
    assert recover(path) == samples / SAMPLE_RATE


def test_recovering_keeps_the_rate_it_was_recorded_at(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    writer = RecordingWriter(path, sample_rate=44_100)
    writer.append(bytes(44_100))
    assert recover(path) == 0.5
    writer.close()


def test_recovering_what_is_still_being_written_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with RecordingWriter(path) as writer:
        for second in range(1, 4):
            writer.append(SECOND)
            writer.append(SECOND[:3200])
            assert recover(path) == pytest.approx(1.1 * second)
    assert wav_seconds(path) == pytest.approx(3.3)
    assert np.count_nonzero(read_audio(path).samples) >= 3.3 * SAMPLE_RATE - 6


@pytest.mark.parametrize("content", [b"ID3 a song of somebody else" * 10, b"note"])
def test_somebody_elses_file_is_left_alone(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match="not a recording that voicecoach wrote"):
        recover(path)
    assert path.read_bytes() == content


def test_recovering_what_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="can't be mended"):
        recover(tmp_path / "none.wav")


@given(first=st.integers(0, 3_000), second=st.integers(0, 3_000), lost=st.integers(0, 43))
@settings(max_examples=30, deadline=None)
def test_a_recording_that_was_cut_short_is_gone_on_with(
    first: int, second: int, lost: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("go_on") / "answer.wav"
    pcm = np.arange(first + second, dtype="<i2").tobytes()
    with RecordingWriter(path) as writer:
        writer.append(pcm[: 2 * first])
    with path.open("r+b") as file:  # the header lags behind, as after a kill
        file.seek(40)
        file.write(bytes(min(lost, 4)))
    with RecordingWriter(path, go_on=True) as writer:
        assert writer.samples == writer.flushed_samples == first
        writer.append(pcm[2 * first :])
    assert path.read_bytes()[44:] == pcm
    assert recover(path) == (first + second) / 16_000


def test_a_recording_at_another_rate_is_not_gone_on_with(tmp_path: Path) -> None:
    with RecordingWriter(tmp_path / "answer.wav", sample_rate=8_000) as writer:
        writer.append(bytes(320))
    with pytest.raises(RecordingError, match="8000"):
        RecordingWriter(tmp_path / "answer.wav", go_on=True)


def test_nothing_is_not_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(RecordingError):
        RecordingWriter(tmp_path / "none.wav", go_on=True)
