"""The engines a coach works with, as functions, so that practice never names a real one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecoach.speech.acoustics import SoundMeasures
from voicecoach.speech.audio_file import DecodedAudio
from voicecoach.speech.contracts import (
    Aligner,
    LiveTranscriber,
    Recorder,
    SentenceEncoder,
    Speaker,
    Transcriber,
)
from voicecoach.speech.live_measures import LiveMeasures
from voicecoach.speech.recording import Recording


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEncoder:
    """A sentence encoder with the name of its weights, as stored with scores."""

    name: str
    encode: SentenceEncoder


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """What the coach asks others to do.

    `transcriber`, `live_transcriber` and `aligner` raise `WeightsMissingError` where there are no
    weights; `encoder` returns None where there is none. All load on first use and are then kept.
    """

    speaker: Speaker
    recorder: Recorder
    transcriber: Callable[[], Transcriber]
    live_transcriber: Callable[[], LiveTranscriber]
    aligner: Callable[[], Aligner]
    encoder: Callable[[], NamedEncoder | None]
    read_answer: Callable[[Path], DecodedAudio]
    read_recording: Callable[[Path], Recording]
    write_recording: Callable[[Path, Recording], None]
    measure_sound: Callable[[Recording], SoundMeasures]
    live_measures: Callable[[], LiveMeasures]
    play: Callable[[Path], None]
    forget_spoken: Callable[[Sequence[str]], None]
