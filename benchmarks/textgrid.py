"""Reads Praat TextGrid files: interval tiers in the long and the short text format.

A small reader of our own after Praat's manual ("TextGrid file formats"): every text file of either
format is the same sequence of numbers, quoted strings and flags once the long format's labels are
dropped. UTF-8 and UTF-16 with or without a byte order mark are read; binary files are refused.
"""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.labelled_speech import TimedWord

FILLERS: Final = re.compile(r"u+h+|u+h*m+|e+r+|e+r+m+|h+m+|m+|mm+h*m+|e+h+m*|a+h+m*")
"""Spellings of a filled pause once case, brackets and punctuation are gone."""

SILENCES: Final = frozenset({"", "sil", "sp", "spn", "silence", "<eps>", "pau", "#", "noise"})
"""Labels of intervals in which nothing is said."""

WORD_TIERS: Final = ("words", "word", "ort", "orthography", "transcript", "transcription")
_TOKEN: Final = re.compile(
    r'"((?:[^"]|"")*)"|<(exists|absent)>|([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)'
)


class UnreadableTextGridError(Exception):
    """The file is no text TextGrid with a tier of words; says what is wrong in one line."""


@dataclass(frozen=True)
class Tier:
    """An interval tier: its name and its intervals, empty ones included."""

    name: str
    intervals: tuple[TimedWord, ...]


def read_tiers(path: Path) -> tuple[Tier, ...]:
    """Return the interval tiers of a TextGrid; point tiers are passed over.

    Raises:
        UnreadableTextGridError: the file can't be read or is no text TextGrid.
    """
    text = _text(path)
    if "TextGrid" not in text[:200]:
        raise UnreadableTextGridError(f"{path} is no TextGrid in a text format.")
    body = text[text.index("TextGrid") + len("TextGrid") :].lstrip('"')
    tokens = _Tokens(_without_labels(body), path)
    tokens.number()
    tokens.number()
    tokens.flag()
    tiers: list[Tier] = []
    for _ in range(int(tokens.number())):
        kind, name = tokens.string(), tokens.string()
        tokens.number()
        tokens.number()
        intervals: list[TimedWord] = []
        for _ in range(int(tokens.number())):
            start = tokens.number()
            end = tokens.number() if kind == "IntervalTier" else start
            intervals.append(TimedWord(text=tokens.string(), start_seconds=start, end_seconds=end))
        if kind == "IntervalTier":
            tiers.append(Tier(name, tuple(intervals)))
    return tuple(tiers)


def words_and_fillers(path: Path) -> tuple[tuple[TimedWord, ...], tuple[TimedWord, ...]]:
    """Return the words of a TextGrid without its filled pauses, and those filled pauses.

    The tier is the one named words (or "speaker - words", "ort", …), else the first whose labels
    are not all single phones.

    Raises:
        UnreadableTextGridError: there is no tier of words, or the file can't be read.
    """
    said = [
        interval
        for interval in _word_tier(read_tiers(path), path).intervals
        if plain_label(interval.text) not in SILENCES
        and interval.end_seconds > interval.start_seconds
    ]
    words = tuple(interval for interval in said if not is_filler(interval.text))
    return words, tuple(interval for interval in said if is_filler(interval.text))


def is_filler(label: str) -> bool:
    """Tell whether a label is a filled pause, however it is written (um, <uh>, {ERM}, "hm,")."""
    return FILLERS.fullmatch(plain_label(label)) is not None


def plain_label(label: str) -> str:
    """Return a label in lower case without brackets and punctuation around it."""
    stripped = label.strip().lower()
    return stripped if stripped in SILENCES else stripped.strip(" .,;:?!<>{}[]()\"'“”*&%+-–—_~=/|")


def _word_tier(tiers: tuple[Tier, ...], path: Path) -> Tier:
    for wanted in WORD_TIERS:
        for tier in tiers:
            if re.search(rf"(?:^|[^a-z]){wanted}$", tier.name.strip().lower()):
                return tier
    for tier in tiers:
        named_otherwise = re.search(r"phone|segment", tier.name.lower())
        if not named_otherwise and any(len(plain_label(one.text)) > 3 for one in tier.intervals):
            return tier
    names = ", ".join(tier.name for tier in tiers) or "none"
    raise UnreadableTextGridError(f"{path} has no tier of words (its tiers: {names}).")


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableTextGridError(f"{path} can't be read: {error.strerror}.") from error
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif data[1:2] == b"\0":
        encoding = "utf-16-le"
    elif data[:1] == b"\0":
        encoding = "utf-16-be"
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        try:
            return data.decode("mac-roman" if b"\r" in data and b"\n" not in data else "latin-1")
        except UnicodeDecodeError as error:
            raise UnreadableTextGridError(f"{path} is no TextGrid in a text format.") from error


def _without_labels(body: str) -> str:
    """Return the body without the long format's "item [2]:", "xmin =" and its comments."""
    lines = []
    for line in body.splitlines():
        bare = re.sub(r"^\s*(?:item|intervals|points)\s*(?:\[\d*\]\s*:|:\s*(?=size))", "", line)
        bare = re.sub(r"^\s*(?:[a-zA-Z]+\s*=|tiers\?\s*)", "", bare)
        lines.append(re.sub(r"^\s*!.*", "", bare))
    return "\n".join(lines)


class _Tokens:
    """The numbers, strings and flags of a TextGrid, one after another."""

    def __init__(self, body: str, path: Path) -> None:
        self._found = _TOKEN.finditer(body)
        self._path = path

    def string(self) -> str:
        return self._next(1, "a text").replace('""', '"')

    def number(self) -> float:
        return float(self._next(3, "a number"))

    def flag(self) -> None:
        self._next(2, "<exists>")

    def _next(self, group: int, wanted: str) -> str:
        token = next(self._found, None)
        value = None if token is None else token.group(group)
        if value is None:
            got = "the end" if token is None else token.group(0)[:40]
            raise UnreadableTextGridError(
                f"{self._path} is no well-formed TextGrid: {wanted} was expected, {got} found."
            )
        return value
