"""Transcribing a two-minute answer, against bare faster-whisper on the same weights and sound."""

from typing import Final

from benchmarks.row import Row
from benchmarks.side_by_side import time_side_by_side
from benchmarks.spoken_answer import ANSWER_SECONDS, two_minute_answer
from voicecoach.settings import bundled_weights_folders
from voicecoach.speech.faster_whisper_transcriber import FasterWhisperTranscriber
from voicecoach.speech.recording import Recording
from voicecoach.speech.weights import find_whisper
from voicecoach.wiring import SYNTHETIC_WEIGHTS

NAME: Final = "Transcription (espeak-tiny, int8, beam 5, one thread, 120 s of speech)"
GOAL: Final = 1.05
RUNS: Final = 7


def measure() -> list[Row]:
    """Time both ways in one run: bare with its own voice filter and word times, and ours."""
    from faster_whisper import WhisperModel

    folder = find_whisper(SYNTHETIC_WEIGHTS, bundled_weights_folders())
    samples = two_minute_answer().samples
    bare = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)
    ours = FasterWhisperTranscriber(
        folder, name=SYNTHETIC_WEIGHTS, language="en", cpu_threads=1, synthetic=True
    )

    def run_bare() -> None:
        segments, _ = bare.transcribe(
            samples,
            language="en",
            beam_size=5,
            temperature=0.0,
            word_timestamps=True,
            vad_filter=True,
            condition_on_previous_text=False,
        )
        list(segments)

    def run_ours() -> None:
        ours.transcribe(Recording(samples.copy()))  # a copy: nothing known of it is reused

    bare_timing, our_timing = time_side_by_side(run_bare, run_ours, runs=RUNS)
    ratio = our_timing.median / bare_timing.median
    return [
        Row("bare faster-whisper, median", bare_timing.median, "s", None, None),
        Row("voicecoach, median", our_timing.median, "s", None, None),
        Row("voicecoach / bare", ratio, "×", f"at most {GOAL}×", ratio <= GOAL),
        Row("seconds of sound per second", ANSWER_SECONDS / our_timing.median, "×", None, None),
    ]
