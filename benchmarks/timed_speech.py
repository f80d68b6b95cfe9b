"""espeak speech whose words' starts and ends are known: answers with pauses, in four voices.

espeak-ng tells when it begins each word and each sound. A word ends where the next one begins, or
where the pause behind it does. It runs in a process of its own (this file as a script), since only
one espeak may live in a process.
"""

import importlib.util
import json
import math
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

TRAINING: Final = Path(__file__).parents[1] / "models" / "training"
VOICES: Final = ("en-us", "en-us+m3", "en-us+f3", "en-gb")
RATES: Final = (140, 150, 160, 170, 180, 190)
"""Words per minute; an answer is spoken at one of them throughout."""

SHORTEST_PAUSE: Final = 0.3
LONGEST_PAUSE: Final = 1.2
"""Seconds of silence between sentences, evenly spread."""

HISS: Final = 5e-4
"""Root mean square of the noise added, full scale being 1."""

SAMPLE_RATE: Final = 16_000


@dataclass(frozen=True, slots=True, eq=False)
class TimedAnswer:
    """A spoken answer: float32 samples at 16 kHz, and its words with start and end in seconds.

    The times are NaN where espeak speaks two written words as one.
    """

    samples: NDArray[np.float32]
    words: tuple[str, ...]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]

    @property
    def text(self) -> str:
        """The words joined by single spaces."""
        return " ".join(self.words)


def answer_texts() -> list[str]:
    """Return the two-minute answers that the small weights were never trained on."""
    text = (TRAINING / "data" / "test_answers.txt").read_text(encoding="utf-8")
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return [" ".join(block.split()) for block in lines.split("\n\n") if block.strip()]


def timed_answers(count: int) -> list[TimedAnswer]:
    """Speak the first `count` of the answers, each with a voice and a rate of its own."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "answers.npz"
        subprocess.run(
            [sys.executable, __file__, str(target)],
            input=json.dumps(answer_texts()[:count]),
            text=True,
            check=True,
        )
        with np.load(target) as arrays:
            return [
                TimedAnswer(
                    samples=arrays[f"samples{number}"],
                    words=tuple(arrays[f"words{number}"].tolist()),
                    starts=arrays[f"starts{number}"],
                    ends=arrays[f"ends{number}"],
                )
                for number in range(len(arrays) // 4)
            ]


def _speak(engine: Any, text: str, *, voice: str, rate: int, chance: random.Random) -> TimedAnswer:
    parts: list[NDArray[np.float32]] = []
    words: list[str] = []
    times: list[tuple[float, float]] = []
    length = 0
    for sentence in re.findall(r"[^.?!]+[.?!]", text):
        pause = int(chance.uniform(SHORTEST_PAUSE, LONGEST_PAUSE) * SAMPLE_RATE)
        spoken = engine.speak(sentence.strip(), voice, rate)
        sound = _resampled(spoken.samples, engine.sample_rate)
        offset = (length + pause) / SAMPLE_RATE
        for word, start, end in _word_times(sentence.strip(), spoken, len(sound) / SAMPLE_RATE):
            words.append(word)
            times.append((offset + start, offset + end))
        parts += [np.zeros(pause, np.float32), sound]
        length += pause + len(sound)
    parts.append(np.zeros(SAMPLE_RATE // 3, np.float32))
    sound = np.concatenate(parts)
    hiss = np.random.default_rng(chance.randrange(2**32)).standard_normal(len(sound)) * HISS
    starts, ends = np.array(times).T
    return TimedAnswer((sound + hiss).astype(np.float32), tuple(words), starts, ends)


def _word_times(text: str, spoken: Any, seconds: float) -> list[tuple[str, float, float]]:
    """Return each written word with its start and end; NaN where espeak marks none there."""
    begins = {offset: start for offset, _, start in spoken.words}
    pauses = [start for start, name in spoken.phonemes if name.startswith("_")]
    found = []
    for match in re.finditer(r"\S+", text):
        start = begins.get(match.start(), float("nan"))
        following = min(
            (moment for offset, moment in begins.items() if offset >= match.end()), default=seconds
        )
        pause = min((moment for moment in pauses if moment > start), default=seconds)
        end = float("nan") if math.isnan(start) else min(following, pause)
        found.append((match.group(), start, end))
    return found


def _resampled(samples: NDArray[np.int16], rate: int) -> NDArray[np.float32]:
    """Bring the sound to 16 kHz by cutting its spectrum (22,050 Hz has more than is needed)."""
    count = round(len(samples) * SAMPLE_RATE / rate)
    spectrum = np.fft.rfft(samples / 32768)[: count // 2 + 1]
    return np.asarray(np.fft.irfft(spectrum, count) * (count / len(samples)), np.float32)


def _espeak() -> Any:
    """Load models/training/espeak.py, which is no package."""
    spec = importlib.util.spec_from_file_location("espeak", TRAINING / "espeak.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["espeak"] = module
    spec.loader.exec_module(module)
    return module.Espeak()


def _main() -> None:
    engine = _espeak()
    arrays: dict[str, Any] = {}
    for number, text in enumerate(json.load(sys.stdin)):
        spoken = _speak(
            engine,
            text,
            voice=VOICES[number % len(VOICES)],
            rate=RATES[number % len(RATES)],
            chance=random.Random(1000 + number),
        )
        arrays[f"samples{number}"] = spoken.samples
        arrays[f"words{number}"] = np.array(spoken.words)
        arrays[f"starts{number}"], arrays[f"ends{number}"] = spoken.starts, spoken.ends
    np.savez(sys.argv[1], **arrays)


if __name__ == "__main__":
    _main()
