"""Job adverts with their demands marked by hand, read from the files beside this one."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
HALVES: Final = ("development", "held_back")
_MARKED: Final = re.compile(r"\{([!?])(.*?)\1\}", re.DOTALL)


@dataclass(frozen=True)
class LabelledDemand:
    """A demand as the label says it: from `start` to before `end` in characters."""

    start: int
    end: int
    must: bool


@dataclass(frozen=True)
class LabelledAdvert:
    """An advert without its marks, and what was marked."""

    name: str
    text: str
    demands: tuple[LabelledDemand, ...]


def labelled_adverts(half: str) -> tuple[LabelledAdvert, ...]:
    """Return the adverts of one half."""
    read = tomllib.loads((HERE / f"{half}.toml").read_text(encoding="utf-8"))
    return tuple(unmarked(entry["name"], entry["text"]) for entry in read["advert"])


def unmarked(name: str, marked: str) -> LabelledAdvert:
    """Take the marks out of a text and say where they stood."""
    text, demands, last = "", [], 0
    for found in _MARKED.finditer(marked):
        text += marked[last : found.start()]
        start = len(text)
        text += found[2]
        demands.append(LabelledDemand(start, len(text), must=found[1] == "!"))
        last = found.end()
    return LabelledAdvert(name, text + marked[last:], tuple(demands))
