"""The synthetic candidate: written answers, spoken by espeak-ng with real silences between."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import numpy as np

from voicecoach.speech.recording import SAMPLE_RATE, Recording

VOICE: Final = "en-us"
"""The candidate's voice: not the coach's own, and one that espeak-ng speaks the same each time."""

WORDS_PER_MINUTE: Final = 165
PAUSE_SECONDS: Final = 1.0
LEAD_SECONDS: Final = 0.6
"""Silence before the first word, as when somebody draws breath."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """What the candidate says on one simulated day (counted from the first)."""

    day: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample answer: its words (empty for silence), its gain (1: as spoken), its seconds."""

    name: str
    text: str
    gain: float
    silent_seconds: float


def takes() -> tuple[Take, ...]:
    """Return the three takes of the demo's question, weak first."""
    return tuple(Take(day=take["day"], text=take["text"]) for take in _data()["takes"])


def samples() -> tuple[Sample, ...]:
    """Return the sample answers anybody may try `voicecoach drill --answer` with."""
    spoken = takes()
    return tuple(
        Sample(
            name=entry["name"],
            text=spoken[entry["take"]].text if "take" in entry else entry.get("text", ""),
            gain=entry.get("gain", 1.0),
            silent_seconds=entry.get("seconds", 0.0),
        )
        for entry in _data()["samples"]
    )


def speak(
    text: str, synthesise: Callable[[str], Path], read: Callable[[Path], Recording]
) -> Recording:
    """Return a text as sound: its paragraphs spoken one by one, silence between them.

    Args:
        text: paragraphs separated by an empty line.
        synthesise: turns a paragraph into a sound file.
        read: reads that file.
    """
    parts = [_silence(LEAD_SECONDS)]
    for paragraph in text.strip().split("\n\n"):
        parts += [read(synthesise(" ".join(paragraph.split()))).samples, _silence(PAUSE_SECONDS)]
    return Recording(np.concatenate(parts))


def sample_recording(
    sample: Sample, synthesise: Callable[[str], Path], read: Callable[[Path], Recording]
) -> Recording:
    """Return one sample answer as sound."""
    if not sample.text:
        return Recording(_silence(sample.silent_seconds))
    spoken = speak(sample.text, synthesise, read)
    return Recording((spoken.samples * np.float32(sample.gain)).astype(np.float32))


def _silence(seconds: float) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.float32)


def _data() -> dict[str, Any]:
    text = resources.files("voicecoach.demo").joinpath("answers.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
