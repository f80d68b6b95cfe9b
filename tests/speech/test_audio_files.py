"""Reading and writing sound files: every form, every kind of damage."""

import os
import stat
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests.speech.made_audio import CODECS, cut, encode, sine
from voicecoach.errors import RecordingError
from voicecoach.speech.audio_file import (
    decode_audio,
    pcm16_at_rate,
    read_audio,
    sound_seconds,
    write_pcm16_wav,
    write_wav,
)
from voicecoach.speech.recording import SAMPLE_RATE, Recording


def loudest_hertz(samples: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum)) * SAMPLE_RATE / len(samples)


def level(samples: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(samples.astype(np.float64) ** 2)))


@pytest.mark.parametrize("form", sorted(CODECS))
def test_every_form_becomes_mono_at_16_khz(form: str, tmp_path: Path) -> None:
    path = encode(tmp_path / f"answer.{form}", sine(2.0), sine(2.0))
    decoded = decode_audio(path)
    assert decoded.recording.samples.dtype == np.float32
    assert decoded.recording.samples.ndim == 1
    assert decoded.recording.seconds == pytest.approx(2.0, abs=0.06)
    assert loudest_hertz(decoded.recording.samples) == pytest.approx(440, abs=1)
    assert level(decoded.recording.samples) == pytest.approx(8000 / 32768 / 2**0.5, rel=0.05)
    assert decoded.warning is None


@pytest.mark.parametrize("form", sorted(CODECS))
def test_length_is_told_without_decoding(form: str, tmp_path: Path) -> None:
    path = encode(tmp_path / f"answer.{form}", sine(2.0))
    assert sound_seconds(path) == pytest.approx(2.0, abs=0.06)


@pytest.mark.parametrize("form", sorted(set(CODECS) - {"m4a"}))
def test_truncated_file_keeps_what_is_there_and_says_so(form: str, tmp_path: Path) -> None:
    path = cut(encode(tmp_path / f"answer.{form}", sine(4.0)))
    decoded = decode_audio(path)
    assert 0.5 < decoded.recording.seconds < 3.0
    assert decoded.warning is not None
    assert "breaks off after" in decoded.warning


def test_m4a_without_its_index_is_refused(tmp_path: Path) -> None:
    path = cut(encode(tmp_path / "answer.m4a", sine(4.0)))
    with pytest.raises(RecordingError, match="broken or no audio file"):
        read_audio(path)


def test_browser_webm_that_names_no_length_is_measured_by_its_packets(tmp_path: Path) -> None:
    path = encode(tmp_path / "answer.webm", sine(3.0))
    whole = path.read_bytes()
    duration_element = whole.index(b"\x44\x89\x88")
    path.write_bytes(whole[:duration_element] + b"\xec\x89" + whole[duration_element + 2 :])
    assert sound_seconds(path) == pytest.approx(3.0, abs=0.05)
    assert decode_audio(path).warning is None


def test_damaged_middle_costs_only_itself(tmp_path: Path) -> None:
    path = encode(tmp_path / "answer.mp3", sine(6.0))
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 2000] = os.urandom(2000)
    path.write_bytes(content)
    assert read_audio(path).seconds == pytest.approx(6.0, abs=0.6)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"I led the migration.\n" * 50, "broken or no audio file"),
        (bytes(5000), "broken or no audio file"),
        (b"RIFF", "broken or no audio file"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:9,\nhttp://127.0.0.1:1/a.ts\n", "broken"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "broken"),
    ],
)
def test_what_is_no_audio_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(content)
    with pytest.raises(RecordingError, match=message) as caught:
        read_audio(path)
    assert str(path) in caught.value.what_happened
    assert caught.value.what_to_do


def test_missing_file_and_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="There is no file"):
        read_audio(tmp_path / "none.wav")
    with pytest.raises(RecordingError, match="is a folder"):
        sound_seconds(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.wav"
    os.mkfifo(pipe)
    with pytest.raises(RecordingError, match="not an ordinary file"):
        read_audio(pipe)


@pytest.mark.parametrize("form", ["wav", "flac"])
def test_file_without_any_sound_is_refused(form: str, tmp_path: Path) -> None:
    path = encode(tmp_path / f"answer.{form}", sine(0.1)[:0])
    with pytest.raises(RecordingError, match="holds no sound"):
        read_audio(path)


def test_stereo_is_the_mean_of_both_sides(tmp_path: Path) -> None:
    low, high = sine(1.0, hertz=300), sine(1.0, hertz=1200)
    samples = read_audio(encode(tmp_path / "answer.flac", low, high)).samples
    spectrum = np.abs(np.fft.rfft(samples)) / len(samples) * 2
    assert spectrum[300] == pytest.approx(8000 / 32768 / 2, rel=0.02)
    assert spectrum[1200] == pytest.approx(8000 / 32768 / 2, rel=0.02)


def test_stereo_with_one_dead_side_keeps_its_loudness(tmp_path: Path) -> None:
    voice = sine(1.0)
    for left, right in ((voice, voice * 0), (voice * 0, voice)):
        samples = read_audio(encode(tmp_path / "answer.wav", left, right)).samples
        assert level(samples) == pytest.approx(8000 / 32768 / 2**0.5, rel=0.02)


def test_stereo_with_swapped_wires_does_not_cancel_itself_out(tmp_path: Path) -> None:
    voice = sine(1.0)
    samples = read_audio(encode(tmp_path / "answer.wav", voice, -voice)).samples
    assert level(samples) == pytest.approx(8000 / 32768 / 2**0.5, rel=0.02)


def test_too_long_a_file_is_refused_at_its_limit(tmp_path: Path) -> None:
    path = encode(tmp_path / "answer.flac", sine(5.0, rate=16_000), rate=16_000)
    assert read_audio(path, max_seconds=5.0).seconds == 5.0
    with pytest.raises(RecordingError, match="longer than 4 seconds"):
        read_audio(path, max_seconds=4.0)


def test_two_hour_file_is_measured_and_refused_quickly(tmp_path: Path) -> None:
    path = tmp_path / "lecture.wav"
    write_pcm16_wav(path, bytes(2 * 8000 * 7200), sample_rate=8000)
    assert sound_seconds(path) == 7200
    began = time.monotonic()
    with pytest.raises(RecordingError, match="longer than 30 minutes"):
        read_audio(path)
    assert time.monotonic() - began < 10


def test_memory_stays_under_seven_bytes_a_sample(tmp_path: Path) -> None:
    path = tmp_path / "long.wav"
    write_pcm16_wav(path, bytes(2 * 8000 * 300), sample_rate=8000)
    read_audio(path)
    tracemalloc.start()
    try:
        samples = read_audio(path).samples
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(samples) == 300 * SAMPLE_RATE
    assert peak_bytes < 7 * len(samples)


@given(
    counts=st.lists(st.integers(-32768, 32767), min_size=1, max_size=3000),
)
@settings(deadline=None, max_examples=40)
def test_wav_comes_back_as_it_was_written(
    counts: list[int], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("wav") / "answer.wav"
    recording = Recording((np.array(counts) / 32768).astype(np.float32))
    write_wav(path, recording)
    assert np.array_equal(read_audio(path).samples, recording.samples)
    assert sound_seconds(path) == pytest.approx(len(counts) / SAMPLE_RATE, abs=1e-5)


@given(
    rate=st.sampled_from([8000, 11_025, 22_050, 32_000, 44_100, 48_000, 96_000]),
    hertz=st.integers(100, 3300),
    seconds=st.floats(0.5, 1.5),
)
@settings(deadline=None, max_examples=30)
def test_resampling_keeps_length_and_pitch(
    rate: int, hertz: int, seconds: float, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("rate") / "answer.wav"
    write_pcm16_wav(path, sine(seconds, hertz=hertz, rate=rate).tobytes(), sample_rate=rate)
    recording = read_audio(path)
    assert recording.seconds == pytest.approx(seconds, abs=0.002)
    assert loudest_hertz(recording.samples) == pytest.approx(hertz, abs=2.5)
    middle = recording.samples[SAMPLE_RATE // 10 : -SAMPLE_RATE // 10]
    assert level(middle) == pytest.approx(8000 / 32768 / 2**0.5, rel=0.03)


def test_resampling_leaves_out_what_16_khz_cannot_hold(tmp_path: Path) -> None:
    path = encode(tmp_path / "answer.wav", sine(1.0, hertz=10_000))
    assert level(read_audio(path).samples[1600:-1600]) < 8000 / 32768 / 100


def test_written_wav_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    write_wav(path, Recording(np.zeros(100, dtype=np.float32)))
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_unwritable_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="can't be written"):
        write_wav(tmp_path / "none" / "answer.wav", Recording(np.zeros(1, dtype=np.float32)))


def test_sound_beyond_full_scale_is_clipped() -> None:
    loud = Recording(np.array([2.0, -2.0, 1.0, -1.0], dtype=np.float32))
    assert np.array_equal(
        np.frombuffer(loud.to_pcm16(), dtype="<i2"), [32767, -32768, 32767, -32768]
    )


def test_half_a_sample_at_the_end_is_left_out() -> None:
    assert len(Recording.from_pcm16(b"\x00\x40\x00").samples) == 1
    assert Recording.from_pcm16(b"").seconds == 0


def test_sound_can_be_had_at_the_rate_of_a_sound_card(tmp_path: Path) -> None:
    path = encode(tmp_path / "answer.wav", sine(1.0, rate=22_050), rate=22_050)
    own, own_rate = pcm16_at_rate(path, rate=None, max_seconds=10)
    cards, cards_rate = pcm16_at_rate(path, rate=48_000, max_seconds=10)
    assert (own_rate, cards_rate) == (22_050, 48_000)
    assert len(own) == 2 * 22_050
    assert len(cards) == pytest.approx(2 * 48_000, abs=20)
