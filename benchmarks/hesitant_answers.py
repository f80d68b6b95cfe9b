"""Makes spoken answers with filled pauses whose places are known, in memory and from a seed.

espeak-ng speaks the written answers of `tests/scoring/answers`; `hesitation_sounds` makes the
filled pauses, spliced in at pauses, between words and fused to a neighbouring word. Beside them
stand sounds that are none: drawn-out vowels, breaths, laughter, a hum. Voices and texts of the
training half (to choose thresholds on) never occur in the test half.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.hesitation_sounds import (
    SPELLINGS,
    Throat,
    breath,
    hesitation,
    hum,
    laughter,
    lengthened,
    some_throat,
)
from benchmarks.labelled_speech import LabelledSpeech, TimedWord
from tests.scoring.answer_generator import written_answers
from tests.speech.spoken import ESPEAK_PROCESS
from voicecoach.speech.recording import SAMPLE_RATE

Samples = NDArray[np.float32]

TRAINING_VOICES: Final = (
    "en-us+m1",
    "en+m3",
    "en-us+m5",
    "en-us+f1",
    "en+f3",
    "en-us+f5",
    "en-us+Andy",
    "en-us+klatt2",
)
TEST_VOICES: Final = (
    "en-us+m2",
    "en+m4",
    "en-us+m7",
    "en-us+f2",
    "en+f4",
    "en-us+Annie",
    "en-us+adam",
    "en-us+klatt4",
)
PLACES: Final = ("apart", "after word", "before word", "fused")
SENTENCES: Final = 8
WORDS_PER_MINUTE: Final = (135, 150, 165, 180, 195)
DRAWN_OUT: Final = {
    "so": ("oh", "oh"),
    "the": ("ee", "ee"),
    "to": ("oh", "oh"),
    "we": ("ee", "ee"),
    "they": ("ay", "ee"),
    "i": ("ah", "ee"),
    "my": ("ah", "ee"),
    "who": ("oh", "oh"),
    "a": ("ay", "ee"),
    "go": ("oh", "oh"),
}
"""Words that end in a vowel that can be drawn out, and that vowel."""


class Condition(StrEnum):
    """How an answer reaches the microphone."""

    CLEAN = "clean"
    NOISE_20 = "noise 20 dB"
    NOISE_15 = "noise 15 dB"
    NOISE_10 = "noise 10 dB"
    QUIET = "quiet"
    TELEPHONE = "telephone band"
    LOW_PASS = "low-pass 5 kHz"


@dataclass(frozen=True)
class _Spoken:
    """One sentence by espeak with its words' intervals."""

    samples: Samples
    words: tuple[TimedWord, ...]


def hesitant_answers(
    voices: Sequence[str], *, answers_per_voice: int, seed: int
) -> list[LabelledSpeech]:
    """Return clean answers of 30 to 50 s, one after another for each voice.

    Test voices speak other texts than training voices. One answer in six has no filled pause.
    """
    half = 1 if set(voices) <= set(TEST_VOICES) else 0
    texts = written_answers()[half::2]
    chance = np.random.default_rng(seed)
    requests: list[tuple[str, int, list[str]]] = []
    for voice in voices:
        for _ in range(answers_per_voice):
            answer = texts[int(chance.integers(len(texts)))]
            sentences = [sentence.text for sentence in answer.sentences]
            first = int(chance.integers(max(1, len(sentences) - SENTENCES + 1)))
            pace = WORDS_PER_MINUTE[int(chance.integers(len(WORDS_PER_MINUTE)))]
            requests.append((voice, pace, sentences[first : first + SENTENCES]))
    spoken = _speak([(voice, pace, text) for voice, pace, texts in requests for text in texts])
    made: list[LabelledSpeech] = []
    for _, _, sentences in requests:
        own, spoken = spoken[: len(sentences)], spoken[len(sentences) :]
        made.append(_Telling(own, chance).tell())
    return made


def under(condition: Condition, speech: LabelledSpeech, *, seed: int) -> LabelledSpeech:
    """Return the same speech as it arrives under a condition; words and fillers stay in place."""
    chance = np.random.default_rng(seed)
    samples = speech.samples
    level = _speech_level(samples)
    match condition:
        case Condition.CLEAN:
            return speech
        case Condition.NOISE_20 | Condition.NOISE_15 | Condition.NOISE_10:
            below = int(condition.value.split()[1])
            added = _pink(chance, len(samples)) * 10 ** ((level - below) / 20)
            return replace(speech, samples=(samples + added).astype(np.float32))
        case Condition.QUIET:
            quiet = samples * np.float32(10 ** ((-52 - level) / 20))
            hiss = chance.standard_normal(len(samples)) * 10 ** (-85 / 20)
            return replace(speech, samples=(quiet + hiss).astype(np.float32))
        case Condition.TELEPHONE:
            return replace(speech, samples=_band(samples, 300, 3_400))
        case Condition.LOW_PASS:
            return replace(speech, samples=_band(samples, 20, 5_000))


class _Telling:
    """One answer in the making: sentences joined, with filled pauses and other sounds between."""

    def __init__(self, sentences: Sequence[_Spoken], chance: np.random.Generator) -> None:
        self._sentences = sentences
        self._chance = chance
        joined = np.concatenate([sentence.samples for sentence in sentences])
        self._level = 10 ** (_speech_level(joined) / 20)
        pitch = _pitch(joined)
        self._throat: Throat = some_throat(chance, pitch=pitch, scale=1.0 if pitch < 155 else 1.15)
        self._rate = 0.0 if chance.random() < 1 / 6 else chance.uniform(0.02, 0.1)
        self._parts: list[Samples] = []
        self._length = 0
        self._words: list[TimedWord] = []
        self._fillers: list[TimedWord] = []

    def tell(self) -> LabelledSpeech:
        chance = self._chance
        self._add(self._silence(chance.uniform(0.3, 0.8)))
        for number, sentence in enumerate(self._sentences):
            if number:
                self._add(self._silence(chance.uniform(0.2, 0.9)))
                self._other_sound()
            if chance.random() < 2 * self._rate:
                self._hesitate(PLACES[int(chance.integers(0, 3))])
            self._say(sentence)
        self._add(self._silence(chance.uniform(0.3, 0.8)))
        samples = np.concatenate(self._parts)
        samples = _in_a_room(chance, samples)
        samples = samples * np.float32(10 ** ((chance.uniform(-32, -20)) / 20) / self._level)
        floor = chance.standard_normal(len(samples)) * 10 ** (chance.uniform(-75, -58) / 20)
        return LabelledSpeech(
            samples=(samples + floor).astype(np.float32),
            words=tuple(self._words),
            fillers=tuple(self._fillers),
        )

    def _say(self, sentence: _Spoken) -> None:
        """Add a sentence word by word, with filled pauses between some of them."""
        chance = self._chance
        cut = 0
        for number, word in enumerate(sentence.words):
            last = number == len(sentence.words) - 1
            end = len(sentence.samples) if last else _at(sentence.words[number + 1].start_seconds)
            offset = self._length / SAMPLE_RATE - cut / SAMPLE_RATE
            self._add(sentence.samples[cut:end])
            cut = end
            self._words.append(
                replace(
                    word,
                    start_seconds=word.start_seconds + offset,
                    end_seconds=word.end_seconds + offset,
                )
            )
            if last:
                continue
            if chance.random() < self._rate:
                self._hesitate(PLACES[int(chance.choice(4, p=[0.35, 0.25, 0.2, 0.2]))])
            elif word.text.lower() in DRAWN_OUT and chance.random() < 0.12:
                self._draw_out(word.text.lower())

    def _hesitate(self, place: str) -> None:
        chance = self._chance
        spelling = SPELLINGS[int(chance.choice(5, p=[0.36, 0.36, 0.12, 0.1, 0.06]))]
        seconds = float(np.clip(np.exp(chance.normal(np.log(0.36), 0.45)), 0.12, 0.9))
        if spelling.endswith("m"):
            seconds = max(seconds, 0.18)
        sound = hesitation(chance, self._throat, spelling, seconds)
        sound = sound * np.float32(self._level * 10 ** (chance.uniform(-9, 2) / 20))
        if place in {"apart", "before word"}:
            self._add(self._silence(chance.uniform(0.1, 0.7)))
        else:
            self._overlap(0.02)
        start = self._length / SAMPLE_RATE
        self._add(sound)
        end = self._length / SAMPLE_RATE
        self._fillers.append(TimedWord(text=spelling, start_seconds=start, end_seconds=end))
        if place in {"apart", "after word"}:
            self._add(self._silence(chance.uniform(0.1, 0.7)))

    def _draw_out(self, text: str) -> None:
        """Hold the vowel that the last word ends in; the word takes the time."""
        chance = self._chance
        sound = lengthened(chance, self._throat, DRAWN_OUT[text], chance.uniform(0.12, 0.35))
        self._overlap(0.02)
        self._add(sound * np.float32(self._level * 10 ** (chance.uniform(-6, 0) / 20)))
        end = self._length / SAMPLE_RATE
        self._words[-1] = replace(self._words[-1], end_seconds=end)
        if chance.random() < 0.5:
            self._add(self._silence(chance.uniform(0.1, 0.4)))

    def _other_sound(self) -> None:
        """Add, between two sentences, a sound that is no filled pause, or nothing."""
        chance = self._chance
        kind = chance.random()
        if kind < 0.25:
            level, sound = chance.uniform(-28, -12), breath(chance, chance.uniform(0.2, 0.6))
        elif kind < 0.28:
            level, sound = -8.0, laughter(chance, self._throat, chance.uniform(0.4, 1.0))
        elif kind < 0.30:
            level, sound = -12.0, hum(chance, chance.uniform(0.6, 1.5))
        else:
            return
        self._add(sound * np.float32(self._level * 10 ** (level / 20)))
        self._add(self._silence(chance.uniform(0.1, 0.4)))

    def _add(self, sound: Samples) -> None:
        self._parts.append(sound)
        self._length += len(sound)

    def _silence(self, seconds: float) -> Samples:
        return np.zeros(_at(seconds), dtype=np.float32)

    def _overlap(self, seconds: float) -> None:
        """Fade the end of what was said over the start of what comes, as a mouth moves over."""
        count = min(_at(seconds), len(self._parts[-1]))
        ending = self._parts[-1].copy()
        ending[len(ending) - count :] *= np.linspace(1, 0, count, dtype=np.float32)
        self._parts[-1] = ending


def _speak(requests: Sequence[tuple[str, int, str]]) -> list[_Spoken]:
    """Speak all sentences in one espeak process."""
    lines = "\n".join(
        json.dumps({"text": text, "voice": voice, "words_per_minute": pace})
        for voice, pace, text in requests
    )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "spoken.npz"
        subprocess.run(
            [sys.executable, str(ESPEAK_PROCESS), str(target)],
            input=lines,
            text=True,
            check=True,
            timeout=300,
        )
        with np.load(target) as arrays:
            return [
                _with_intervals(arrays[f"sound{number}"], arrays[f"words{number}"], text)
                for number, (_, _, text) in enumerate(requests)
            ]


def _with_intervals(sound: Samples, marks: NDArray[np.float64], text: str) -> _Spoken:
    """Cut the silence at both ends off, and end each word where its sound ends."""
    loud = np.flatnonzero(np.abs(sound) > 0.003)
    first, last = int(loud[0]), int(loud[-1]) + 1
    samples = sound[first:last]
    starts = [
        min(max(0.0, mark - first / SAMPLE_RATE), len(samples) / SAMPLE_RATE)
        for mark in marks[:, 2]
    ]
    words: list[TimedWord] = []
    for number, (start_char, length, _) in enumerate(marks):
        start = starts[number]
        limit = starts[number + 1] if number + 1 < len(starts) else len(samples) / SAMPLE_RATE
        own = np.abs(samples[_at(start) : _at(limit)])
        sounding = np.flatnonzero(own > 0.003)
        end = start + (int(sounding[-1]) + 1) / SAMPLE_RATE if len(sounding) else limit
        spelt = text[int(start_char) : int(start_char + length)].strip(" .,;:?!")
        words.append(TimedWord(text=spelt, start_seconds=start, end_seconds=end))
    return _Spoken(samples, tuple(words))


def _at(seconds: float) -> int:
    return round(seconds * SAMPLE_RATE)


def _speech_level(samples: Samples) -> float:
    """Return the level in dB re full scale of the louder half of the 30 ms blocks."""
    blocks = samples[: len(samples) // 480 * 480].reshape(-1, 480)
    powers = np.sort((blocks.astype(np.float64) ** 2).mean(axis=1))
    return float(10 * np.log10(powers[len(powers) // 2 :].mean() + 1e-20))


def _pitch(samples: Samples) -> float:
    """Return the median fundamental in hertz of the periodic 64 ms frames."""
    frames = samples[: len(samples) // 1_024 * 1_024].reshape(-1, 1_024).astype(np.float64)
    spectra = np.abs(np.fft.rfft(frames * np.hanning(1_024), 2_048)) ** 2
    correlation = np.fft.irfft(spectra)[:, :320]
    lags = np.arange(50, 250)
    scaled = correlation[:, lags] / (correlation[:, :1] + 1e-12) / (1 - lags / 1_024)
    periodic = scaled.max(axis=1) > 0.6
    if not periodic.any():
        return 120.0
    return float(SAMPLE_RATE / np.median(lags[scaled[periodic].argmax(axis=1)]))


def _in_a_room(chance: np.random.Generator, samples: Samples) -> Samples:
    """Return the sound with the echo of a furnished room (0.15 to 0.4 s), in half of the cases."""
    if chance.random() < 0.5:
        return samples
    seconds = chance.uniform(0.15, 0.4)
    count = _at(seconds)
    tail = chance.standard_normal(count) * 10 ** (-3 * np.arange(count) / count)
    tail *= 10 ** (chance.uniform(-16, -9) / 20) / np.sqrt((tail**2).sum())
    tail[0] = 1.0
    size = 1 << (len(samples) + count).bit_length()
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)
    return wet[: len(samples)].astype(np.float32)


def _pink(chance: np.random.Generator, count: int) -> NDArray[np.float64]:
    """Return noise that falls by 3 dB an octave, root mean square 1, as rooms and fans make it."""
    spectrum = np.fft.rfft(chance.standard_normal(count))
    spectrum /= np.sqrt(np.maximum(np.fft.rfftfreq(count, 1 / SAMPLE_RATE), 50.0))
    noise = np.fft.irfft(spectrum, count)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def _band(samples: Samples, low: float, high: float) -> Samples:
    """Return the sound between two frequencies in hertz, with edges an eighth wide."""
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    gain = np.clip((hertz / low - 0.875) * 8, 0, 1) * np.clip((1.125 - hertz / high) * 8, 0, 1)
    return np.fft.irfft(np.fft.rfft(samples) * gain, len(samples)).astype(np.float32)
