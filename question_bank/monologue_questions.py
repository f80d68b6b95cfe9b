"""Which questions a monologue says were asked, by rules of the language. Pure.

Three ways of telling are known: reported ("they asked me why I left", "he wanted to know ..."),
announced ("the next question was ...", "question two, ..."), and spoken out ("then he goes, why
should I hire you?", or a sentence that asks a "you"). What is asked must begin as a question or a
task does; what the person asked themselves, a cup of coffee and the journey are left out.
"""

import re
from collections.abc import Iterator
from typing import Final

from question_bank.direct_question import IMPERATIVES, INVERTING, WH_WORDS
from question_bank.monologue_text import Span, trimmed

_HEDGES: Final = (
    r"(?:,?\s*(?:um+|uh+|like|basically|again|straight away|out of nowhere|kind of),?\s+)*"
)
_BEGINNING: Final = (
    r"(?:(?:whether|if|to|about)\b|(?:"
    + "|".join(sorted(WH_WORDS | INVERTING | IMPERATIVES | {"have", "has", "had"}, key=len)[::-1])
    + r")\b|what's\b|how's\b)"
)
_ASKED: Final = re.compile(
    r"\b(?P<verb>asked|ask|asks|asking|questioned|wanted to know|wants? to know|wanted to hear"
    r"|wants? to hear|wondered|wondering|wonders|(?:was|were|is) curious"
    r"|(?:was|were) interested in|wanted me|wants me|pressed me|pushed back|grilled me"
    r"|opened with|started with|began with)"
    r"(?P<whom> me| us)?(?: again| then| straight away| next| first)?(?: on| for)?"
    rf"[,:]?\s+{_HEDGES}[\"\u201c']?(?P<said>{_BEGINNING})"
)
_SAID: Final = re.compile(
    r"\b(?:said|says|say|goes|went|shouted|was like|were like|shot back|added|continued)"
    r"(?: to me| [a-z]+ the [a-z]+)?(?P<comma>[,:])?\s+"
    rf"{_HEDGES}[\"\u201c']?(?:but |so |and |okay,? |right,? )?(?P<said>{_BEGINNING})"
)
_ANNOUNCED: Final = re.compile(
    r"\b(?:(?:question|number) (?:one|two|three|four|five|six|\d)|(?:the )?follow[- ]up"
    r"|(?:(?:the|their|his|her|my|one|another|a) )?(?:[a-z]+ ){0,2}?(?:question|thing|one)"
    r"(?: that| which)?(?: (?:(?:they|he|she|i) )?(?:had )?(?:asked|dreaded|got|hated|feared"
    r"|threw|surprised|caught|broke|killed|stumped|confused)(?: me| out| off guard| most)*"
    r"(?: about| on)?)?)"
    r"(?:,? (?:was|is|were)(?: about)?|[,:])\s*[,:]?\s*"
    rf"{_HEDGES}[\"\u201c']?(?P<said>{_BEGINNING})"
)
_OPENS: Final = re.compile(
    r"^[\s\"\u201c']*(?:(?:and|then|so|okay|ok|right|well|oh|but|next|first|last|lastly|finally"
    r"|now|also|first question|next question|out of nowhere|and last|second|third)[,:]?\s+)*"
    rf"[\"\u201c']?(?P<said>{_BEGINNING})"
)
_AFTER_COMMA: Final = re.compile(rf"[,:]\s+[\"\u201c']?(?P<said>{_BEGINNING})")
_SPEAKER: Final = re.compile(
    r"\b(?:i|we)(?:'d|'ve)?(?: (?:had|have|also|just|kind of|even|then|only|never|should have|could"
    r"|could have|really|was|am|kept|was just))*\s*$"
)
_TO_YOU: Final = re.compile(r"\b(?:you|your|yours|yourself|us|our)\b")
_NOT_ASKED: Final = re.compile(
    r"\b(?:(?:a|some) (?:coffee|cup of tea|tea|water|drink)|glass of water|take a seat"
    r"|sit down|my journey|the journey|parking"
    r"|parked|a biscuit|found the place|how i was\b|how i am\b)"
)
_ENDS: Final = re.compile(
    r"(?:,? (?:and|but|so|which|because) (?:then )?"
    r"(?:i|i'm|he|she|they|it|that|that's|we|nobody)(?: (?!can|could|will|would|should|do|did"
    r"|have|had)[a-z']+\b)"
    r"|,? (?:and|but|so) (?:then|i)\b|,? and the (?:[a-z]+ )?(?:guy|boss|lady|man|woman|manager"
    r"|supervisor|other)\b"
    r"|,? then (?:i|he|she|they|the|one)\b|,? i (?:said|told|answered|replied|explained)\b"
    r"|,? (?:and|but) (?:i|that) )"
)
_FEWEST_WORDS: Final = 2
_TASK_WORDS: Final = 3
"""A task ("tell me about ...") has at least so many words."""


def questions_in(plain: str, sentences: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return where questions stand that were asked, in their order, none overlapping.

    Args:
        plain: the monologue in its plain form (`monologue_text.plain_form`).
        sentences: its sentences.
    """
    found: list[Span] = []
    for sentence in sentences:
        for start in sorted(set(_starts(plain, sentence))):
            span = _until_its_end(plain, start, sentence.end)
            if _is_question(span.of(plain)) and not any(span.overlaps(one) for one in found):
                found.append(span)
    return tuple(found)


def _starts(plain: str, sentence: Span) -> Iterator[int]:
    """Give where what was asked begins."""
    for cue in _ASKED.finditer(plain, sentence.start, sentence.end):
        said = cue["said"]
        if _SPEAKER.search(plain, sentence.start, cue.start()) or _SPEAKER.search(
            plain[sentence.start : cue.start()]
        ):
            continue
        if cue["verb"] in {"wanted me", "wants me"}:
            if said == "to":
                yield cue.start("said")
        elif said != "to" or cue["whom"]:
            yield cue.start("said")
    for cue in _SAID.finditer(plain, sentence.start, sentence.end):
        if _SPEAKER.search(plain[sentence.start : cue.start()]):
            continue
        if cue["said"] not in {"to", "about", "if", "whether"}:
            yield cue.start("said")
    for cue in _ANNOUNCED.finditer(plain, sentence.start, sentence.end):
        yield cue.start("said")
    yield from _spoken_out(plain, sentence)


def _spoken_out(plain: str, sentence: Span) -> Iterator[int]:
    """Give the beginning of a sentence that puts a question to a "you"."""
    whole = sentence.of(plain)
    asks = whole.rstrip("\"'\u201d ").endswith("?")
    opening = _OPENS.match(whole)
    if opening and opening["said"] not in {"to", "about", "if", "whether"}:
        task = opening["said"] in IMPERATIVES
        addressed = _TO_YOU.search(whole) or (task and re.search(r"\b(?:me|us)\b", whole))
        if addressed and not re.search(r"\bi\b", whole[opening.start("said") :][:12]):
            yield sentence.start + opening.start("said")
            return
    if asks and _TO_YOU.search(whole):
        for later in _AFTER_COMMA.finditer(whole):
            yield sentence.start + later.start("said")


def _until_its_end(plain: str, start: int, end: int) -> Span:
    """Return the question from its first word to where the telling goes on."""
    stop = re.compile(r"[?!;]|\.(?:\s|$)|\u2026").search(plain, start, end)
    last = stop.start() if stop else end
    goes_on = _ENDS.search(plain, start + 1, last)
    return trimmed(plain, Span(start, goes_on.start() if goes_on else last))


def _is_question(said: str) -> bool:
    words = said.split()
    if len(words) < _FEWEST_WORDS or _NOT_ASKED.search(said):
        return False
    if words[0] in IMPERATIVES and len(words) < _TASK_WORDS:
        return False
    if words[0].strip(",") == "about" and words[1] in {"it", "that", "this", "ten", "an"}:
        return False
    return not words[0].endswith(",")
