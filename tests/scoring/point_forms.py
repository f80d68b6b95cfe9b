"""A point of an outline in other forms: as a deed ("told", "tell", "telling"), as a statement."""

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from question_bank.outline import Point
from voicecoach.scoring.vocabulary import IRREGULAR_PASTS, is_past_form, stem

NOT_A_DEED = {"had", "was", "were"}
_SEVERAL = re.compile(r"[.?!;]\s+\S")


@dataclass(frozen=True)
class Deed:
    """A deed of the speaker in the forms that sentences need, without its subject."""

    past: str
    base: str
    ing: str


def deed_of(point: Point) -> Deed | None:
    """Return the deed a point notes ("Told the customer", "I told the customer"), if it is one."""
    if _SEVERAL.search(point.text):
        return None
    words = point.text.strip().rstrip(".").split()
    if words[:1] in (["I"], ["We"]):
        words = words[1:]
    if len(words) < 2 or not is_past_form(words[0].lower()) or words[0].lower() in NOT_A_DEED:
        return None
    if any(is_past_form(word) for word in words[1:3]) or words[1] in {"by", "to"}:
        return None
    words[0] = words[0].lower()
    places = [0] + [
        place
        for place in range(1, len(words))
        if words[place - 1] == "and" and is_past_form(words[place])
    ]
    bases, ings = list(words), list(words)
    for place in places:
        bases[place] = base_form(words[place])
        ings[place] = ing_form(bases[place])
    return Deed(past=" ".join(words), base=" ".join(bases), ing=" ".join(ings))


def statement_of(point: Point) -> str | None:
    """Return a point as one whole statement ("I told the customer"), None where it is advice.

    None too where it is several sentences: who denies a statement denies one.
    """
    if _SEVERAL.search(point.text):
        return None
    deed = deed_of(point)
    if deed is not None:
        return f"I {deed.past}"
    words = point.text.strip().rstrip(".").split()
    if not any(is_past_form(word.lower()) or word.lower() in _FINITE for word in words):
        return None
    if words[0].lower() in {"what", "how", "why", "who", "which", "where", "when", "that"}:
        return None
    first = words[0] if words[0] == "I" or words[0][1:2].isupper() else words[0].lower()
    return " ".join([first, *words[1:]])


_FINITE = {"is", "are", "was", "were", "has", "have", "does", "do", "can", "will", "should"}


@cache
def _known_words() -> frozenset[str]:
    table = resources.files("voicecoach.scoring").joinpath("word_ranks.txt")
    return frozenset(table.read_text(encoding="utf-8").split())


@cache
def base_form(past: str) -> str:
    """Return the base form of a past form: "told" -> "tell", "planned" -> "plan"."""
    known = _known_words()
    if past == "did":
        return "do"
    if past in IRREGULAR_PASTS or not past.endswith("ed"):
        return next((word for word in sorted(known) if _is_base(word, past)), past)
    if past.endswith(("ated", "eed")):
        return past[:-1]
    candidates = [past[:-3] + "y"] if past.endswith("ied") else [past[:-2], past[:-1], past[:-3]]
    return next((word for word in candidates if word in known), past[:-2])


def _is_base(word: str, past: str) -> bool:
    return word != past and stem(word) == stem(past) and stem(past).startswith(word[:4])


_DOUBLES_ITS_END = {"set", "put", "cut", "get", "let", "run", "plan", "stop", "fit"}


def ing_form(base: str) -> str:
    """Return the -ing form of a base form."""
    if base in _DOUBLES_ITS_END:
        return f"{base}{base[-1]}ing"
    if base.endswith("e") and not base.endswith(("ee", "ye")):
        return base[:-1] + "ing"
    return base + "ing"
