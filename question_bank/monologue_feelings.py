"""Feelings that a person says they had: the word, and how strong it was. Pure.

A feeling counts where the person says it of themselves ("I felt really frustrated"), not where
they deny it ("I'm not angry") and not where somebody else has it ("an angry caller").
"""

import re
from dataclasses import dataclass
from typing import Final

from question_bank.feeling_words import FEELINGS, INTENSITIES, ORDINARY, STRONG_BY_THEMSELVES
from question_bank.monologue_text import Span

_PHRASES: Final = {
    phrase: level for level, phrases in INTENSITIES.items() for phrase in phrases.split("|")
}
_INTENSITY: Final = "|".join(sorted(_PHRASES, key=len, reverse=True))
_FEELING: Final = re.compile(
    rf"\b(?:(?P<intensity>{_INTENSITY}) (?:(?:{_INTENSITY}|just) )?)?"
    rf"(?P<word>{'|'.join(sorted(FEELINGS, key=len, reverse=True))})\b"
)
_OF_ONESELF: Final = re.compile(
    r"^.*(?:\bi(?:'m| am| was| felt| feel| got| get| have been| had been| became| ended up feeling"
    r"| left feeling| came out feeling| came out| walked out feeling| went home| go from)"
    r"|\b(?:it|that|this|which|he|she|they) (?:all )?(?:made|makes|left|leaves) me(?: feel)?"
    r"|\b(?:left|came out|walked out|still) feeling|^\s*(?:feeling|felt)|\bi feel like i'm)"
    r"(?P<between>[^.?!]*)$"
)
_DENIED: Final = re.compile(
    r"\b(?:not|n't|never|no longer|isn't|wasn't|without being|neither|nor|hardly)"
    r"(?: \w+){0,2}\s*$"
)
_TAKES_UP_AGAIN: Final = re.compile(r"(?:,\s*(?:just|only|but|rather)|\bbut(?: just| rather)?)\s*$")
_LINKS: Final = re.compile(
    r"(?:just|and|also|but|so|still|even|then|really|very|honestly|actually|the|whole|time|all|more"
    r"|than|or|now|both|feeling|a|bit|little|quite|pretty|at|first|to|be|most|simply|only|not"
    r"|never|that|about|it|of|course|afterwards|after|either|today|rather|yes|no|this|in|end"
    r"|too|super|slightly|somewhat|kind|sort|terribly|incredibly|absolutely|completely|totally"
    r"|extremely|utterly|fairly)"
)
_FOLLOWED_BY_A_THING: Final = re.compile(
    r"^ (?:of (?:interview|work)|my keys|caller|callers|customer|customers|person|people|patient"
    r"|guest|parent|parents|with (?:my|the) |by (?:the|their) question)"
)


@dataclass(frozen=True, slots=True)
class FoundFeeling:
    """A feeling: where it is said, its word, and its strength, 1 (faint) to 5 (overwhelming)."""

    span: Span
    word: str
    intensity: int


def feelings_in(plain: str, sentences: tuple[Span, ...]) -> tuple[FoundFeeling, ...]:
    """Return the feelings a person says they had, each word once, the strongest time it was said.

    Args:
        plain: the monologue in its plain form.
        sentences: those to look in.
    """
    found: dict[str, FoundFeeling] = {}
    for sentence in sentences:
        for match in _FEELING.finditer(plain, sentence.start, sentence.end):
            if not _is_own(plain, sentence, match.start(), match.end("word")):
                continue
            word = match["word"]
            level = _PHRASES.get(match["intensity"] or "", STRONG_BY_THEMSELVES.get(word, ORDINARY))
            level = max(level, STRONG_BY_THEMSELVES.get(word, 1)) if level > ORDINARY else level
            known = found.get(word)
            if known is None or known.intensity < level:
                span = Span(match.start(), match.end())
                found[word] = FoundFeeling(span, word, level)
    return tuple(sorted(found.values(), key=lambda one: one.span.start))


def _is_own(plain: str, sentence: Span, start: int, end: int) -> bool:
    before = plain[sentence.start : start].rstrip()
    if _FOLLOWED_BY_A_THING.match(plain[end:]):
        return False
    own = _OF_ONESELF.search(before)
    if own is None:
        return False
    denied = _DENIED.search(before)
    if denied and not _TAKES_UP_AGAIN.search(before):
        return False
    between = re.findall(r"[a-z']+", own["between"])
    return all(_LINKS.fullmatch(word) or word in FEELINGS for word in between)
