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
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|nr|e\.g|i\.e|etc|approx|vs|z\.\s?b|bzw|ca|[a-z])\.$",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"(?:^|[\s(])no\.$", re.IGNORECASE)
_WHOLE_WORD: Final = re.compile(r"[^\W\d_]{3,}[.]$")


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; wrapped lines are one sentence, bullets are not.

    A sentence ends with ".", "!" or "?" before a blank, unless the full stop belongs to an
    abbreviation. Before a small letter only one full stop after a whole word ends it: there are
    writers who use no capitals.
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
        said, following = text[begun : found.end()], text[found.end() : end].lstrip()
        if found[0].startswith(".") and _ABBREVIATION.search(said):
            continue
        if following[:1].isdigit() and _NUMBER.search(said):
            continue
        if following[:1].islower() and not _WHOLE_WORD.search(said):
            continue
        yield from _one(text, begun, found.end())
        begun = found.end()
    yield from _one(text, begun, end)


def _one(text: str, start: int, end: int) -> Iterator[Sentence]:
    kept = text[start:end].strip()
    if any(character.isalnum() for character in kept):
        begins = start + text[start:end].index(kept)
        yield Sentence(start=begins, end=begins + len(kept), text=kept)
