"""A reply as its sentences, each exactly as it was written. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence: `text` is what stands from `start` to `end` of the reply."""

    start: int
    end: int
    text: str


_PARAGRAPH: Final = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*•–]|\d{1,2}[.)])[ \t])|(?<=:)\n")
_BULLET: Final = re.compile(r"[ \t]*(?:[-*•–]|\d{1,2}[.)]|p\.?\s?s\.?:?)[ \t]+", re.IGNORECASE)
_END: Final = re.compile(r"[.!?]+[\"'”’)\]]*(?=\s|$)")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|no|nr|e\.g|i\.e|etc|approx|vs|z\.\s?b|bzw|ca|[a-z])\.$",
    re.IGNORECASE,
)


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; wrapped lines are one sentence, bullets are not.

    A sentence ends with ".", "!" or "?" before a blank, unless a small letter follows or the full
    stop belongs to an abbreviation.
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    at = 0
    for end in (*(found.end() for found in _PARAGRAPH.finditer(text)), len(text)):
        yield from _in_paragraph(text, at, end)
        at = end


def _in_paragraph(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    if bullet := _BULLET.match(text, start, end):
        start = bullet.end()
    begun = start
    for found in _END.finditer(text, start, end):
        following = text[found.end() : end].lstrip()
        abbreviated = found[0].startswith(".") and _ABBREVIATION.search(text[begun : found.end()])
        if abbreviated or (following and following[0].islower()):
            continue
        yield from _one(text, begun, found.end())
        begun = found.end()
    yield from _one(text, begun, end)


def _one(text: str, start: int, end: int) -> Iterator[Sentence]:
    kept = text[start:end].strip()
    if any(character.isalnum() for character in kept):
        begins = start + text[start:end].index(kept)
        yield Sentence(start=begins, end=begins + len(kept), text=kept)
