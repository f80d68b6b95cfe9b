"""A recogniser's word errors: words that sound alike, small words lost, small words put in.

Substitutions come from the word list of the scoring itself (12,000 words by frequency): the words
whose spelling, brought to a rough sound, comes nearest. It is a model of errors on paper, not a
recogniser: real errors come in bursts and grow with noise.
"""

import random
import re
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from voicecoach.scoring.vocabulary import is_function_word

SUBSTITUTED: Final = 0.6
LOST: Final = 0.25
"""Shares of the errors; the rest are words put in (a judgement)."""

LOST_ANYWAY: Final = 0.2
"""How often a content word that was to be lost is: the others are misheard instead."""

COMMONEST: Final = 6_000
"""Words among which a recogniser's language model looks for what it heard."""

CANDIDATES: Final = 6
PUT_IN: Final = ("the", "a", "and", "to", "of", "in", "it", "that", "so", "is", "was", "I", "we")
_TEENS: Final = {
    "thirteen": "thirty",
    "fourteen": "forty",
    "fifteen": "fifty",
    "sixteen": "sixty",
    "seventeen": "seventy",
    "eighteen": "eighty",
    "nineteen": "ninety",
}
_TEEN_OR_TEN: Final = {**_TEENS, **{ten: teen for teen, ten in _TEENS.items()}}
_WORD: Final = re.compile(r"^(\W*)(.*?)(\W*)$")
_SOUNDS: Final = (
    (r"[^a-z]", ""),
    (r"^kn", "n"),
    (r"^wr", "r"),
    (r"^wh", "w"),
    (r"ph", "f"),
    (r"gh", ""),
    (r"ck|q", "k"),
    (r"c(?=[eiy])", "s"),
    (r"c(?!h)", "k"),
    (r"x", "ks"),
    (r"z", "s"),
    (r"(.)\1", r"\1"),
    (r"(?<=.)e$", ""),
    (r"[aeiouy]+", "a"),
    (r"d\b", "t"),
)


def with_recognition_errors(text: str, *, rate: float, seed: int) -> str:
    """Return a text as a recogniser with this word error rate (0-1) might write it."""
    chance = random.Random(seed)
    heard: list[str] = []
    for word in text.split():
        if chance.random() >= rate:
            heard.append(word)
            continue
        kind = chance.random()
        before, core, after = _parts(word)
        lost = SUBSTITUTED <= kind < SUBSTITUTED + LOST
        if lost and (is_function_word(core.lower()) or chance.random() < LOST_ANYWAY):
            if after and heard:
                heard[-1] += after
        elif kind < SUBSTITUTED + LOST:
            heard.append(f"{before}{_misheard(core, chance)}{after}")
        else:
            heard += [word, chance.choice(PUT_IN)]
    return " ".join(heard)


def _parts(word: str) -> tuple[str, str, str]:
    found = _WORD.match(word)
    assert found is not None
    return found[1], found[2], found[3]


def _misheard(core: str, chance: random.Random) -> str:
    plain = core.lower()
    if plain in _TEEN_OR_TEN:
        return _TEEN_OR_TEN[plain]
    if any(letter.isdigit() for letter in core):
        place = chance.choice([i for i, letter in enumerate(core) if letter.isdigit()])
        other = chance.choice([digit for digit in "123456789" if digit != core[place]])
        return f"{core[:place]}{other}{core[place + 1 :]}"
    wrong = chance.choice(sounding_alike(plain))
    return wrong[:1].upper() + wrong[1:] if core[:1].isupper() and core != "I" else wrong


@lru_cache(maxsize=4096)
def sounding_alike(word: str) -> tuple[str, ...]:
    """Return the few common words that sound most like a word, never the word itself."""
    sounds = _by_sound()
    near = process.extract(
        sound_of(word), list(sounds), scorer=Levenshtein.distance, limit=CANDIDATES
    )
    ranked = sorted(
        (distance, Levenshtein.distance(word, other), other)
        for sound, distance, _ in near
        for other in sounds[sound]
        if other != word
    )
    return tuple(other for _, _, other in ranked[:CANDIDATES])


def sound_of(word: str) -> str:
    """Return a word's rough sound: its consonants, every run of vowels as one."""
    sound = word.lower()
    for pattern, replacement in _SOUNDS:
        sound = re.sub(pattern, replacement, sound)
    return sound


@cache
def _by_sound() -> dict[str, list[str]]:
    table = resources.files("voicecoach.scoring").joinpath("word_ranks.txt")
    lines = table.read_text(encoding="utf-8").splitlines()
    words = [line.strip() for line in lines if line and not line.startswith("#")]
    sounds: dict[str, list[str]] = {}
    for word in words[:COMMONEST]:
        sounds.setdefault(sound_of(word), []).append(word)
    return sounds
