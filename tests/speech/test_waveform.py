"""The outline of a recording: the same whatever the blocks, and never more than was asked for."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voicecoach.errors import RecordingError
from voicecoach.speech import waveform
from voicecoach.speech.recording_file import RecordingWriter
from voicecoach.speech.waveform import BLOCK_SAMPLES, read_waveform

SAMPLES = st.lists(st.integers(-32768, 32767), max_size=400)


def written(path: Path, samples: "list[int] | np.ndarray[tuple[int], np.dtype[np.int16]]") -> Path:
    path.unlink(missing_ok=True)
    with RecordingWriter(path) as writer:
        writer.append(np.asarray(samples, dtype="<i2").tobytes())
    return path


@given(samples=SAMPLES, stretches=st.integers(1, 60), block=st.integers(1, 50))
@settings(max_examples=150, deadline=None)
def test_each_peak_is_the_loudest_sample_of_its_stretch_whatever_is_read_at_once(
    tmp_path_factory: pytest.TempPathFactory, samples: list[int], stretches: int, block: int
) -> None:
    path = written(tmp_path_factory.getbasetemp() / "outline.wav", samples)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(waveform, "BLOCK_SAMPLES", block)
        found = read_waveform(path, stretches)
    count = min(stretches, len(samples))
    expected = [0] * count
    for place, sample in enumerate(samples):
        stretch = place * count // len(samples)
        expected[stretch] = max(expected[stretch], abs(sample))
    assert found.peaks == tuple(round(peak / 32768, 3) for peak in expected)
    assert found.seconds == pytest.approx(len(samples) / 16_000)


def test_half_an_hour_is_outlined_in_a_fifth_of_the_memory_its_sound_takes(tmp_path: Path) -> None:
    import tracemalloc

    second = (np.sin(np.arange(16_000) / 9) * 9_000).astype("<i2").tobytes()
    with RecordingWriter(tmp_path / "long.wav", flush_seconds=600) as writer:
        for _ in range(1800):
            writer.append(second)
    tracemalloc.start()
    found = read_waveform(tmp_path / "long.wav", 1000)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.seconds == 1800
    assert len(found.peaks) == 1000
    assert most < 57_600_000 / 5
    assert most < 48 * BLOCK_SAMPLES  # a few 8-byte copies of one block


def test_an_answer_that_broke_off_is_drawn_as_far_as_it_goes(tmp_path: Path) -> None:
    path = written(tmp_path / "broken.wav", [100] * 16_000)
    with path.open("ab") as file:
        file.write(np.full(16_000, 20_000, dtype="<i2").tobytes() + b"\x01")
    found = read_waveform(path, 2)
    assert found.seconds == 2
    assert found.peaks == (round(100 / 32768, 3), round(20_000 / 32768, 3))


def test_another_file_in_its_place_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "song.wav").write_bytes(b"ID3" + bytes(500))
    with pytest.raises(RecordingError, match="not a recording that voicecoach wrote"):
        read_waveform(tmp_path / "song.wav", 10)
    with pytest.raises(RecordingError, match="can't be read"):
        read_waveform(tmp_path / "nowhere.wav", 10)
