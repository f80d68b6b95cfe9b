"""A debrief told aloud by a synthetic voice."""

from pathlib import Path

from tests.speech.spoken import join, silence, speak
from voicecoach.speech.audio_file import write_wav

TOLD = (
    "They asked me why I left my last job.",
    "I told them that I wanted to work with a team.",
    "The next question was, how do you work under pressure?",
    "I said that I make a plan.",
    "I was really nervous.",
    "I think the first part went well.",
    "I should have talked about the project.",
)


def write_telling(path: Path) -> Path:
    """Write the telling as a WAV file."""
    parts = [silence(0.5)]
    for sentence in TOLD:
        parts += [speak(sentence).samples, silence(0.7)]
    write_wav(path, join(*parts))
    return path
