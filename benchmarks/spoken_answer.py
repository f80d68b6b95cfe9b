"""A two-minute answer for the benchmarks: the demo's candidate, spoken again and again."""

import tempfile
from itertools import cycle
from pathlib import Path
from typing import Final

import numpy as np

from voicecoach.demo import candidate
from voicecoach.speech.audio_file import read_audio
from voicecoach.speech.pyttsx3_speaker import Pyttsx3Speaker
from voicecoach.speech.recording import SAMPLE_RATE, Recording

ANSWER_SECONDS: Final = 120.0


def two_minute_answer() -> Recording:
    """Return 120 s of synthetic speech with pauses, mono 16 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        speaker = Pyttsx3Speaker(
            Path(folder), voice=candidate.VOICE, words_per_minute=candidate.WORDS_PER_MINUTE
        )
        parts = []
        length = 0
        for take in cycle(candidate.takes()):
            sound = candidate.speak(take.text, speaker.synthesise, read_audio).samples
            parts.append(sound)
            length += len(sound)
            if length >= ANSWER_SECONDS * SAMPLE_RATE:
                break
    return Recording(np.concatenate(parts)[: round(ANSWER_SECONDS * SAMPLE_RATE)])
