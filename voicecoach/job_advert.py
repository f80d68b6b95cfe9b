"""A job advert taken apart into what it demands of a person.

Headings tell which lists are demands ("Your profile"), which are wishes ("Nice to have") and which
are neither ("We offer"); sentences of prose are demands where they say so themselves
(`voicecoach.demand_sentences`). How often that is right on hand-labelled adverts is what
`python -m benchmarks.adverts` prints. Pure.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from voicecoach.advert_headings import Section, is_heading, section_of
from voicecoach.demand_sentences import (
    Stretch,
    demands_in_sentence,
    is_wish,
    listed_items,
    sentences,
)

LONGEST_ADVERT: Final = 20_000
"""Characters; the longest adverts have about 8,000."""

MOST_DEMANDS: Final = 60
"""A text with more demands than this is not one advert; the first ones are taken."""

_BULLET: Final = re.compile(r"^\s*(?:[-*•·▪◦●–—✓✔»>]|\d{1,2}[.)]|[a-z]\))\s+")
_INLINE_HEADING: Final = re.compile(r"^(?P<heading>[^:.!?]{3,60}):\s+(?P<rest>\S.*)$")
_MOST_PLAIN_LINE_WORDS: Final = 16
"""A line without a bullet is an entry of a list up to this length, else prose (a judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One thing an advert demands.

    `text` is `advert[start_char:end_char]`; `must` is false for what would be nice to have.
    """

    text: str
    must: bool
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str
    bullet: bool


def split_demands(advert: str) -> tuple[Demand, ...]:
    """Return what an advert demands, in its order, `MOST_DEMANDS` at most."""
    found: list[Demand] = []
    for stretch in _stretches(advert):
        text = advert[stretch.start : stretch.end]
        kept = text.strip(" \t,;.*_")
        if len(kept) < 2:
            continue
        start = stretch.start + text.index(kept)
        found.append(
            Demand(text=kept, must=stretch.must, start_char=start, end_char=start + len(kept))
        )
    return tuple(found[:MOST_DEMANDS])


def _stretches(advert: str) -> Iterator[Stretch]:
    section = Section.NEUTRAL
    lines = list(_lines(advert))
    for place, line in enumerate(lines):
        if not line.text:
            continue
        before = lines[place - 1].text if place else ""
        following = next((one for one in lines[place + 1 :] if one.text), None)
        if not line.bullet and is_heading(
            line.text, before=before, after_is_bullet=following is not None and following.bullet
        ):
            section = section_of(line.text)
            continue
        inline = None if line.bullet else _INLINE_HEADING.match(line.text)
        if inline and (own := section_of(inline["heading"])) is not Section.NEUTRAL:
            yield from _inline(inline, line.start, own)
            continue
        yield from _of_line(line, section)


def _lines(advert: str) -> Iterator[_Line]:
    start = 0
    for raw in advert.splitlines(keepends=True):
        bullet = _BULLET.match(raw)
        skipped = bullet.end() if bullet else len(raw) - len(raw.lstrip())
        yield _Line(start + skipped, raw[skipped:].strip(), bullet is not None)
        start += len(raw)


def _inline(found: "re.Match[str]", start: int, section: Section) -> Iterator[Stretch]:
    """Give the list behind a heading on its own line ("Essential: a, b; c")."""
    if section is Section.OTHER:
        return
    for begin, end in listed_items(found["rest"], start + found.start("rest")):
        item = found.string[begin - start : end - start]
        yield Stretch(begin, end, section is Section.DEMANDS and not is_wish(item))


def _of_line(line: _Line, section: Section) -> Iterator[Stretch]:
    wanted = section in {Section.DEMANDS, Section.WISHES}
    is_entry = line.bullet or (
        len(line.text.split()) <= _MOST_PLAIN_LINE_WORDS and not line.text.endswith(".")
    )
    if wanted and is_entry:
        must = section is Section.DEMANDS and not is_wish(line.text)
        yield Stretch(line.start, line.start + len(line.text), must)
        return
    if line.bullet and section is Section.OTHER:
        return
    for begin, end in sentences(line.text, line.start):
        sentence = line.text[begin - line.start : end - line.start]
        yield from demands_in_sentence(sentence, begin, told_elsewhere=section is Section.OTHER)
