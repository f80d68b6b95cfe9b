"""Reading a monologue as text: in one case, and where its sentences and breaths end. Pure.

Everything here keeps places: a span found in the plain form is the same span of the text, so that
whatever is found can be quoted and heard.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST_BREATH: Final = 25
"""Words after which a sentence without an end in sight is parted at its next "and then he ...".
People write fewer; recognisers that set no full stops give hundreds (a judgement)."""

_SENTENCE_END: Final = re.compile(r"[.?!;\u2026]+[\"'\u201d\u2019)]*(?=\s|$)")
_ABBREVIATION: Final = re.compile(r"\b(?:mr|mrs|ms|dr|st|e\.g|i\.e|vs|no)\.$")
_NEW_BREATH: Final = re.compile(
    r"\s(?=(?:and|so|but|then)\s(?:then\s|also\s|um\s|uh\s|just\s)*"
    r"(?:i|i'm|he|she|they|it|it's|that|that's|we|you|one of|another|"
    r"(?:the|my|his|her|their)\s\w+)\s)"
)
_OTHERS: Final = (
    r"(?:they|he|she|one of them|the other|another(?: one)?|nobody|(?:the|his|her|my) \w+(?: \w+)?)"
)
_NEW_STATEMENT: Final = re.compile(
    r"(?<! when)(?<! why)(?<! if)(?<! how)(?<! that)(?<! because)(?<! what)(?<! where)(?<! who)"
    r"(?<! which)(?<! and)(?<! but)(?<! so)(?<! then)(?<! than)(?<! as)(?<! whether)(?<! one)"
    r"(?<! wish)(?<! said)(?<! say)(?<! saying)(?<! him)(?<! them)(?<! every)"
    r"(?<! like)(?<! the)(?<! thing)\s(?=(?:"
    rf"(?:then |next |first |also ){_OTHERS} (?:also |then )?[a-z]+"
    rf"|{_OTHERS} (?:also |then |just )?(?:asked|asks?|wanted to|wants? to|wondered|wondering"
    r"|said|says|goes|opened|pushed|shouted|liked|loved|complimented|nodded|wrote|was curious"
    r"|(?:was|were) (?:wondering|interested))"
    r"|i (?:then |just |only |also |kind of |had to |started )?(?:said|say|told|tell|answered"
    r"|replied|explained"
    r"|admit|admitted|mentioned|talked|went for|started|described|listed|froze|felt|feel|left"
    r"|was (?!a )|am|should|shouldn't|could have|could've|wish|did well|did not|didn't"
    r"|couldn't|applied"
    r"|expected|had expected|thought there|thought it|had nothing|had read|had no|don't|would tell)"
    r"|i'm |it was |it's |that was |what went well|what surprised me"
    r"|(?:the )?(?:first|second|third|next|last|final|main|other|another)(?: and)? (?:question"
    r"|thing|one)"
    r"|question (?:one|two|three|four|five)|the follow up|then came|and last|first question"
    r"|interview (?:was|with|at)|there was|there were)\b)"
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: characters `start` up to, not including, `end`."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether both share a character."""
        return self.start < other.end and other.start < self.end

    def of(self, text: str) -> str:
        """Return the words that stand there."""
        return text[self.start : self.end]


def plain_form(text: str) -> str:
    """Return a text in small letters with plain apostrophes and spaces, every place kept."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if character in "\u2018\u2019\u02bc":
        return "'"
    low = character.lower()
    return low if len(low) == 1 else character


def sentences_of(plain: str) -> tuple[Span, ...]:
    """Return the sentences of a plain form, long ones without an end parted into breaths."""
    return tuple(
        breath for sentence in _written_sentences(plain) for breath in _breaths(plain, sentence)
    )


def trimmed(text: str, span: Span) -> Span:
    """Return a span without blanks and stops around it; an empty one where nothing is left."""
    start, end = span.start, span.end
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    return Span(start, end)


_AROUND: Final = frozenset(" \t\r\n,;:.!?\"'\u2018\u2019\u201c\u201d\u2026()-\u2013\u2014")


def word_count(plain: str) -> int:
    """Return how many words a plain form has."""
    return len(plain.split())


def _written_sentences(plain: str) -> Iterator[Span]:
    start = 0
    for stop in _SENTENCE_END.finditer(plain):
        if plain[stop.start()] == "." and _ABBREVIATION.search(plain[start : stop.start() + 1]):
            continue
        yield Span(start, stop.end())
        start = stop.end()
    if plain[start:].strip():
        yield Span(start, len(plain))


def _ends_of(span: Span) -> tuple[int, int]:
    return span.start, span.end


_SHORTEST_BREATH: Final = 2
"""Words: "and then" is no statement of its own."""


def _breaths(plain: str, sentence: Span) -> Iterator[Span]:
    if word_count(sentence.of(plain)) <= LONGEST_BREATH:
        yield sentence
        return
    start = sentence.start
    parted = (_NEW_BREATH, _NEW_STATEMENT)
    places = {one.start() for rule in parted for one in rule.finditer(plain, *_ends_of(sentence))}
    for place in sorted(places):
        if word_count(plain[start:place]) >= _SHORTEST_BREATH:
            yield Span(start, place)
            start = place
    yield Span(start, sentence.end)
