"""Turning what somebody says they were asked into the question itself. Pure.

"why I left my last job" becomes "Why did you leave your last job?", "to walk him through my CV"
becomes "Walk me through your CV." No word is added but the little ones that English grammar asks
for (do, did, you, your); where the rules don't know a construction, the person's words stay as
they are.
"""

import re
from itertools import pairwise
from typing import Final

from question_bank.verb_forms import base_of_past, is_participle
from question_bank.word_lists import word_set

INVERTING: Final = word_set("""
    am is are was were can could would will should shall may might must do does did
    isn't aren't wasn't weren't can't couldn't wouldn't won't shouldn't don't doesn't didn't
    haven't hasn't hadn't
    """)
"""Words that stand before the one who acts in a question."""

WH_WORDS: Final = word_set("what why how when where which who whose whom")
_SUBJECTS: Final = word_set("i we you they he she it there")
_BE: Final = word_set("is was are were")
_ADVERBS: Final = word_set(
    "ever never really still already always usually also just actually often normally only"
)
IMPERATIVES: Final = word_set("""
    tell describe sell walk give explain imagine suppose name convince pitch show talk sketch
    design take pretend list introduce define compare
    """)
"""Words that interviewers begin a task with."""

_OF_THE_OTHER: Final = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "us": "you",
    "our": "your",
    "ours": "yours",
    "ourselves": "yourselves",
}
_CONTRACTED: Final = {
    "i'm": ("i", "am"),
    "i've": ("i", "have"),
    "i'd": ("i", "would"),
    "i'll": ("i", "will"),
    "we'd": ("we", "would"),
    "we've": ("we", "have"),
    "there's": ("there", "is"),
    "what's": ("what", "is"),
}
_FILLED: Final = frozenset({"um", "uh", "er", "erm", "uhm", "hmm"})
_TO_US: Final = re.compile(
    r"\b((?:work(?:ing)?|apply(?:ing)?|appl(?:ied|y)) (?:for|to|with)|joining|join|know about) "
    r"(?:them|him|her)\b",
    re.IGNORECASE,
)
_TO_ME: Final = re.compile(
    r"^(walk|tell|give|show|sell|convince|talk) (?:him|her|them)\b", re.IGNORECASE
)


def direct_question(reported: str) -> str:
    """Return the question that a report of one tells of.

    Args:
        reported: from the question word on: "whether I had ever failed", "to describe a mistake",
            "about my thesis", or a question that is direct already.
    """
    given = reported.strip(' .?!,;:"\u201c\u201d').split()
    said = [word for word in given if _bare(word) not in _FILLED]
    if not said:
        return ""
    first = _bare(said[0])
    if first == "to" and len(said) > 1:
        return _ended(_TO_ME.sub(r"\1 me", " ".join(_turned(said[1:]))), ".")
    if first == "about" and len(said) > 1:
        return _ended("Tell me " + " ".join(_turned(said)), ".")
    if first in IMPERATIVES:
        stop = "?" if reported.rstrip('"\u201d ').endswith("?") else "."
        return _ended(_TO_ME.sub(r"\1 me", " ".join(said)), stop)
    if first in {"whether", "if"}:
        made = _asked([], _opened(said[1:]))
    elif first in WH_WORDS:
        made = _wh_question(said)
    else:
        made = _turned(said)
    return _ended(_TO_US.sub(r"\1 us", " ".join(made)), "?")


def _wh_question(said: list[str]) -> list[str]:
    words = _opened(said)
    bare = [_bare(word) for word in words]
    if bare[:2] == ["what", "if"]:
        return _turned(words)
    if any(word in INVERTING or word in {"have", "has", "had"} for word in bare[1:2]):
        return _turned(words, direct="you" in bare or "your" in bare)
    if any(here in INVERTING and then in _SUBJECTS for here, then in pairwise(bare)):
        return _turned(words, direct=True)  # "how many plates can you carry": direct already
    if bare[-1] in _BE and len(words) > 2:  # "what my biggest weakness was"
        heads = 2 if bare[0] == "how" else 1
        return _turned([*words[:heads], words[-1], *words[heads:-1]])
    place = next((n for n, word in enumerate(bare) if n and word in _SUBJECTS), None)
    if place is None:
        return _turned(words)
    return _asked(words[:place], words[place:])


def _asked(opening: list[str], rest: list[str]) -> list[str]:
    """Return opening + auxiliary + subject + the rest, from "I left ..." and the like."""
    bare = [_bare(word) for word in rest]
    if len(rest) < 2 or bare[0] not in _SUBJECTS:
        return _turned([*opening, *rest])
    subject, place = rest[0], 1
    while place < len(rest) - 1 and bare[place] in _ADVERBS:
        place += 1
    adverbs, verb, after = rest[1:place], bare[place], rest[place + 1 :]
    after_bare = [_bare(word) for word in after if _bare(word) not in _ADVERBS]
    auxiliary: str | None = None
    kept: list[str] = []
    if verb in INVERTING and not (verb in {"do", "does", "did"} and not after):
        auxiliary = rest[place]
    elif verb in {"have", "has", "had"} and after_bare and is_participle(after_bare[0]):
        # Reports move "have you used" one step back: "if I had used".
        auxiliary = "have" if verb == "had" and not opening else rest[place]
    elif (base := base_of_past(verb)) is not None:
        auxiliary, kept = "did", [base]
    elif bare[0] in {"i", "we", "you", "they"}:
        auxiliary, kept = "do", [rest[place]]
    if auxiliary is None:
        return _turned([*opening, *rest])
    return _turned([*opening, auxiliary, subject, *adverbs, *kept, *after])


def _opened(words: list[str]) -> list[str]:
    """Return the words with "I'd" and the like as two; "'d" before a participle is "had"."""
    opened: list[str] = []
    for place, word in enumerate(words):
        pair = _CONTRACTED.get(_bare(word))
        if pair is None:
            opened.append(word)
            continue
        follower = _bare(words[place + 1]) if place + 1 < len(words) else ""
        said_had = pair[1] == "would" and is_participle(follower)
        opened += [pair[0], "had" if said_had else pair[1]]
    return opened


def _turned(words: list[str], *, direct: bool = False) -> list[str]:
    """Return the words as the other one says them: I becomes you. A direct question stays."""
    if direct or any(_bare(word) in {"you", "your"} for word in words):
        return words
    turned = [_OF_THE_OTHER.get(_bare(word), word) + _stop(word) for word in words]
    for place, word in enumerate(words):
        beside = {
            _bare(words[near]) for near in (place - 1, place + 1) if 0 <= near < len(words)
        } & {"i", "we"}
        if beside and _bare(word) in {"am", "was"}:
            turned[place] = ("are" if _bare(word) == "am" else "were") + _stop(word)
    return turned


def _bare(word: str) -> str:
    return word.lower().replace("\u2019", "'").strip('.,;:?!"\u201c\u201d()')


def _stop(word: str) -> str:
    """Return the comma behind a word that is replaced; a word that stays has it already."""
    return "," if word.endswith(",") and _bare(word) in {*_OF_THE_OTHER, "am", "was"} else ""


def _ended(text: str, stop: str) -> str:
    text = text.rstrip(" .?!,;:")
    return text[:1].upper() + re.sub(r"\bi\b", "I", text[1:]) + stop
