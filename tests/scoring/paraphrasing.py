"""The same answer in other words: by rule for any text, and by hand for the written answers.

By rule: contractions said in full or the other way round, common words for their synonyms,
numbers as words or digits, subordinate clauses before or after the main one, times moved from
the front to the end, some actions in the passive. Every rule keeps the facts.
"""

import random
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

PARAPHRASES: Final = Path(__file__).with_name("paraphrases.toml")

_FULL_FORMS: Final = {
    "I'm": "I am",
    "I've": "I have",
    "I'd": "I would",
    "it's": "it is",
    "that's": "that is",
    "didn't": "did not",
    "don't": "do not",
    "doesn't": "does not",
    "can't": "cannot",
    "couldn't": "could not",
    "wasn't": "was not",
    "haven't": "have not",
    "we're": "we are",
}
_HAD_AFTER: Final = frozenset({"never", "just", "been", "already", "promised", "signed", "done"})
_SYNONYMS: Final = {
    "afterwards": "later on",
    "around": "about",
    "big": "large",
    "bought": "purchased",
    "broken": "faulty",
    "built": "constructed",
    "busy": "hectic",
    "changed": "altered",
    "colleague": "coworker",
    "colleagues": "coworkers",
    "complaint": "grievance",
    "complaints": "grievances",
    "customer": "client",
    "customers": "clients",
    "difficult": "hard",
    "divided": "split",
    "dropped": "fell",
    "fault": "defect",
    "finished": "completed",
    "guide": "manual",
    "large": "big",
    "mended": "repaired",
    "mistakes": "errors",
    "needed": "required",
    "often": "frequently",
    "phoned": "called",
    "queue": "line",
    "quick": "fast",
    "quicker": "faster",
    "rang": "called",
    "short": "brief",
    "showed": "demonstrated",
    "spoke": "talked",
    "started": "began",
    "suggest": "propose",
    "tricky": "difficult",
    "wrong": "incorrect",
}
_UNITS: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_PASSIVES: Final = {
    "built": "built",
    "wrote": "written",
    "designed": "designed",
    "repaired": "repaired",
    "measured": "measured",
    "divided": "divided",
    "reprogrammed": "reprogrammed",
    "rearranged": "rearranged",
}
_WHEN: Final = (
    r"(?:In|On|At|By|Last|Every|Over) (?:the )?(?:first |half past )?[\w-]+(?: [\w-]+){0,2}?"
)
_NOT_COUNTS: Final = frozenset({"zero", "one", "two"})
"""Often no counts in speech ("the two of us"), and odd as digits."""


def paraphrased(text: str, *, seed: int) -> str:
    """Return a text in other words with the same facts; each rule applies with chance."""
    chance = random.Random(seed)
    sentences = re.split(r"(?<=[.!?])\s+", text)
    return " ".join(_sentence(sentence, chance) for sentence in sentences if sentence)


def by_hand() -> dict[str, list[str]]:
    """Return the written answers told again by hand: sentences by the answer's name."""
    return {name: list(told) for name, told in _by_hand().items()}


@cache
def _by_hand() -> dict[str, list[str]]:
    data: dict[str, list[str]] = tomllib.loads(PARAPHRASES.read_text(encoding="utf-8"))
    return data


def _sentence(sentence: str, chance: random.Random) -> str:
    rules: tuple[Callable[[str], str], ...] = (_because, _so_that, _time_last, _passive)
    for rule in chance.sample(rules, len(rules)):
        changed = rule(sentence)
        if changed != sentence and chance.random() < 0.7:
            sentence = changed
            break
    words = [_word(word, chance) for word in _had_in_full(sentence).split()]
    return " ".join(words)


def _had_in_full(sentence: str) -> str:
    """Say "I had" for the "I'd" that means it, so that no rule takes it for "I would"."""
    return re.sub(rf"\bI'd (?=(?:{'|'.join(sorted(_HAD_AFTER))})\b)", "I had ", sentence)


def _word(word: str, chance: random.Random) -> str:
    found = re.match(r"^(\W*)([\w'-]+)(.*)$", word)
    if found is None or chance.random() < 0.25:
        return word
    before, core, after = found[1], found[2], found[3]
    other = (
        _FULL_FORMS.get(core)
        or _FULL_FORMS.get(core[:1].lower() + core[1:])
        or _SYNONYMS.get(core.lower())
        or _other_number(core, after)
        or core
    )
    if core[:1].isupper() and other != core and not other[:1].isupper():
        other = other[:1].upper() + other[1:]
    return f"{before}{other}{after}"


def _other_number(core: str, after: str) -> str | None:
    if core.isdigit() and not after.startswith((",0", ",1", ",2", "%", "st", "nd", "rd", "th")):
        value = int(core)
        return _in_words(value) if value < 100 else None
    plain = core.lower()
    if plain in _NOT_COUNTS:
        return None
    if plain in _UNITS:
        return str(_UNITS.index(plain))
    return str(20 + 10 * _TENS.index(plain)) if plain in _TENS else None


def _in_words(value: int) -> str:
    if value < 20:
        return _UNITS[value]
    tens, rest = _TENS[value // 10 - 2], value % 10
    return f"{tens}-{_UNITS[rest]}" if rest else tens


def _because(sentence: str) -> str:
    found = re.fullmatch(r"((?:I|we|he|she|they|people) [^,]+?),? because ([^,]+)([.!?])", sentence)
    if found is None:
        return sentence
    return f"Because {found[2]}, {found[1]}{found[3]}"


def _so_that(sentence: str) -> str:
    found = re.fullmatch(r"((?:I|We) [^,]+?) so that (?:nobody|[a-z]+) ([^,]+)([.!?])", sentence)
    if found is None:
        return sentence
    return sentence.replace(" so that ", ", the idea being that ", 1)


def _time_last(sentence: str) -> str:
    found = re.fullmatch(rf"({_WHEN}) ((?:I|we) [^,]+)([.!?])", sentence)
    if found is None:
        return sentence
    opening, rest = found[1], found[2]
    lowered = opening[:1].lower() + opening[1:]
    return f"{rest[:1].upper()}{rest[1:]} {lowered}{found[3]}"


def _passive(sentence: str) -> str:
    verbs = "|".join(_PASSIVES)
    found = re.search(rf"\bI ({verbs}) (the [\w-]+|a short guide|a guide)\b(?! so)", sentence)
    if found is None:
        return sentence
    verb = "were" if found[2].endswith("s") else "was"
    told = f"{found[2]} {verb} {_PASSIVES[found[1]]} by me"
    changed = f"{sentence[: found.start()]}{told}{sentence[found.end() :]}"
    return changed[:1].upper() + changed[1:]
