"""Recordings that must be refused, and good answers that must not be, made from seeds.

Voices, instruments and the ranges of what is varied differ between the seeds that thresholds were
chosen on ("tuning") and those that the figures are printed for ("test").
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.random import Generator, default_rng

from benchmarks.unscoreable_sounds import (
    Samples,
    any_noise,
    as_recorded,
    at_level,
    band,
    coloured_noise,
    compressed,
    fan,
    in_a_room,
    mains_hum,
    mixed,
    music,
)
from benchmarks.unscoreable_voices import speak_all
from voicecoach.speech.recording import SAMPLE_RATE, Recording

Part = Literal["tuning", "test"]

ANSWERS: Final = Path(__file__).parents[1] / "models" / "training" / "data" / "test_answers.txt"

FOREIGN: Final = Path(__file__).with_name("foreign_answers.toml")

VOICES: Final = {
    "tuning": ("en-us", "en-us+m3", "en-us+f3", "en-gb-x-rp+m1"),
    "test": ("en-gb", "en-us+m7", "en-us+f2", "en-gb-scotland", "en-029+f4"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One recording: its class, whether it is to be refused, the words a person would have said.

    `text` is what was really said in it (empty where nothing was), `language` its language.
    """

    name: str
    refuse: bool
    recording: Recording
    text: str = ""
    language: str = "en"


def cases(part: Part, each: int) -> Iterator[Case]:
    """Make `each` recordings of every class, one after the other."""
    for place, (name, make) in enumerate(REFUSED.items()):
        for number in range(each):
            chance = default_rng([place, number, part == "test"])
            samples, text, language = make(chance, part)
            yield Case(name, True, Recording(as_recorded(samples)), text, language)
    for place, (name, make) in enumerate(GOOD.items(), start=len(REFUSED)):
        for number in range(each):
            chance = default_rng([place, number, part == "test"])
            samples, text, language = make(chance, part)
            yield Case(name, False, Recording(as_recorded(samples)), text, language)


Made = tuple[Samples, str, str]


@lru_cache
def _texts() -> tuple[str, ...]:
    return tuple(
        paragraph.strip()
        for paragraph in ANSWERS.read_text(encoding="utf-8").split("\n\n")
        if paragraph.strip()
    )


@lru_cache
def _foreign_answers() -> dict[str, dict[str, str]]:
    """Return for each part the answers by the language they are in."""
    parts: dict[str, dict[str, str]] = tomllib.loads(FOREIGN.read_text(encoding="utf-8"))
    return parts


def _nothing(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.float32)


def _answer(
    chance: Generator, part: Part, *, level: float = -22.0, words: int = 60
) -> tuple[Samples, str]:
    """Return a spoken answer of about so many words with pauses, and its text."""
    voice = str(chance.choice(VOICES[part]))
    rate = int(chance.integers(135, 190))
    whole = _texts()[int(chance.integers(len(_texts())))].split()
    start = int(chance.integers(max(1, len(whole) - words)))
    said = whole[start : start + words]
    silences = [_nothing(chance.uniform(0.3, 1.0))]
    pieces: list[str] = []
    place = 0
    while place < len(said):
        piece = int(chance.integers(6, 14))
        pieces.append(" ".join(said[place : place + piece]))
        silences.append(_nothing(chance.uniform(0.2, 1.1)))
        place += piece
    sounds = speak_all(pieces, voice=voice, words_per_minute=rate)
    sound_of_it = np.concatenate(
        [silences[0], *(part for pair in zip(sounds, silences[1:], strict=True) for part in pair)]
    )
    loud = sound_of_it[np.abs(sound_of_it) > 0.01]
    gain = 10 ** (level / 20) / float(np.sqrt(np.mean(loud**2)))
    return (sound_of_it * gain).astype(np.float32), " ".join(said)


def _seconds(chance: Generator) -> float:
    return float(chance.uniform(12, 30))


def _silence(chance: Generator, _part: Part) -> Made:
    if chance.random() < 0.2:
        return np.zeros(round(_seconds(chance) * SAMPLE_RATE), np.float32), "", "en"
    return any_noise(_seconds(chance), chance, level=chance.uniform(-80, -54)), "", "en"


def _noise(chance: Generator, _part: Part) -> Made:
    return any_noise(_seconds(chance), chance, level=chance.uniform(-40, -12)), "", "en"


def _hum(chance: Generator, _part: Part) -> Made:
    return mains_hum(_seconds(chance), chance, level=chance.uniform(-42, -12)), "", "en"


def _fan(chance: Generator, _part: Part) -> Made:
    return fan(_seconds(chance), chance, level=chance.uniform(-42, -15)), "", "en"


def _music(chance: Generator, part: Part) -> Made:
    level = chance.uniform(-38, -12)
    return music(_seconds(chance), chance, level=level, held_out=part == "test"), "", "en"


def _voices_at_once(chance: Generator, part: Part, *, speakers: int) -> Samples:
    voices = [
        _answer(chance, part, level=chance.uniform(-32, -26), words=50)[0] for _ in range(speakers)
    ]
    return mixed([np.roll(voice, int(chance.integers(len(voice)))) for voice in voices])


def _babble(chance: Generator, part: Part) -> Made:
    together = _voices_at_once(chance, part, speakers=int(chance.integers(3, 9)))
    floor = coloured_noise(len(together) / SAMPLE_RATE, chance, slope=-0.5, level=-55)
    return mixed([together, floor]), "", "en"


def _clipped(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part, level=-20)
    driven = samples * 10 ** (chance.uniform(30, 42) / 20)
    return np.clip(driven, -1, 1).astype(np.float32), text, "en"


def _television(chance: Generator, part: Part) -> Made:
    """Several programme voices in turn, far away in a room, some with music under them."""
    turns = [_answer(chance, part, words=25)[0] for _ in range(int(chance.integers(2, 4)))]
    programme = np.concatenate(turns)
    if chance.random() < 0.6:
        under = music(
            len(programme) / SAMPLE_RATE, chance, level=chance.uniform(-42, -32),
            held_out=part == "test",
        )  # fmt: skip
        programme = mixed([programme, under])
    if chance.random() < 0.5:
        programme = compressed(programme, ratio=chance.uniform(1.5, 3))
    heard = in_a_room(
        band(programme, lowest=chance.uniform(120, 250), highest=chance.uniform(5_000, 7_500)),
        chance,
        reverberation_seconds=chance.uniform(0.4, 0.9),
        direct_to_room=chance.uniform(-12, -5),
    )
    level = chance.uniform(-48, -34)
    room = coloured_noise(
        len(heard) / SAMPLE_RATE, chance, slope=-0.5, level=level - chance.uniform(10, 22)
    )
    return mixed([at_level(heard, level), room]), "", "en"


def _foreign(chance: Generator, part: Part) -> Made:
    languages = tuple(_foreign_answers()[part].items())
    language, text = languages[int(chance.integers(len(languages)))]
    text = " ".join(text.split())
    (sound,) = speak_all([text], voice=language, words_per_minute=int(chance.integers(130, 180)))
    return at_level(sound, chance.uniform(-30, -18)), text, language


REFUSED: Final[dict[str, Callable[[Generator, Part], Made]]] = {
    "silence": _silence,
    "noise": _noise,
    "hum": _hum,
    "fan": _fan,
    "music": _music,
    "babble": _babble,
    "clipped": _clipped,
    "far television": _television,
    "another language": _foreign,
}


def _plain(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part, level=chance.uniform(-40, -14))
    floor = coloured_noise(len(samples) / SAMPLE_RATE, chance, slope=-0.5, level=-66)
    return mixed([samples, floor]), text, "en"


def _noisy(chance: Generator, part: Part) -> Made:
    level = chance.uniform(-30, -18)
    samples, text = _answer(chance, part, level=level)
    room = any_noise(len(samples) / SAMPLE_RATE, chance, level=level - chance.uniform(10, 25))
    return mixed([samples, room]), text, "en"


def _in_a_kitchen(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part)
    heard = in_a_room(
        samples, chance, reverberation_seconds=chance.uniform(0.2, 0.6),
        direct_to_room=chance.uniform(3, 12),
    )  # fmt: skip
    floor = coloured_noise(len(samples) / SAMPLE_RATE, chance, slope=-0.5, level=-58)
    return mixed([heard, floor]), text, "en"


def _in_a_noisy_room(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part)
    heard = in_a_room(
        samples, chance, reverberation_seconds=chance.uniform(0.2, 0.6),
        direct_to_room=chance.uniform(3, 12),
    )  # fmt: skip
    room = any_noise(len(samples) / SAMPLE_RATE, chance, level=-22 - chance.uniform(10, 20))
    return mixed([heard, room]), text, "en"


def _thinking(chance: Generator, part: Part) -> Made:
    first, said = _answer(chance, part, words=40)
    then, more = _answer(chance, part, words=40)
    quiet = np.zeros(round(chance.uniform(10, 30) * SAMPLE_RATE), np.float32)
    whole = np.concatenate([first, quiet, then])
    floor = coloured_noise(len(whole) / SAMPLE_RATE, chance, slope=-0.5, level=-60)
    return mixed([whole, floor]), f"{said} {more}", "en"


def _slightly_clipped(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part, level=chance.uniform(-13, -10))
    return np.clip(samples, -0.5, 0.5).astype(np.float32) * 2, text, "en"


def _music_behind(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part, level=-20)
    behind = music(
        len(samples) / SAMPLE_RATE, chance, level=chance.uniform(-48, -36), held_out=part == "test"
    )
    return mixed([samples, behind]), text, "en"


def _fan_behind(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part, level=-22)
    return (
        mixed([samples, fan(len(samples) / SAMPLE_RATE, chance, level=chance.uniform(-48, -36))]),
        text,
        "en",
    )


def _somebody_passing(chance: Generator, part: Part) -> Made:
    samples, text = _answer(chance, part, level=-20)
    other, _ = _answer(chance, part, level=chance.uniform(-40, -32), words=12)
    sound = samples.copy()
    start = int(chance.integers(max(1, len(sound) - len(other))))
    piece = other[: len(sound) - start]
    sound[start : start + len(piece)] += piece
    floor = coloured_noise(len(samples) / SAMPLE_RATE, chance, slope=-0.5, level=-62)
    return mixed([sound, floor]), text, "en"


def _others_talking(chance: Generator, part: Part) -> Made:
    """An answer in a room where several others talk, 15 to 25 dB below."""
    samples, text = _answer(chance, part, level=-20)
    others = _voices_at_once(chance, part, speakers=3)
    others = np.resize(others, len(samples))
    return mixed([samples, at_level(others, -20 - chance.uniform(15, 25))]), text, "en"


GOOD: Final[dict[str, Callable[[Generator, Part], Made]]] = {
    "plain answer": _plain,
    "noise 10 to 25 dB below": _noisy,
    "in a room": _in_a_kitchen,
    "in a room, noise 10 to 20 dB below": _in_a_noisy_room,
    "a long thinking pause": _thinking,
    "slightly clipped": _slightly_clipped,
    "quiet music behind": _music_behind,
    "a fan behind": _fan_behind,
    "somebody passing": _somebody_passing,
    "others talking 15 to 25 dB below": _others_talking,
}
