"""Pictures of what a score stands on, as SVG: marked words, and the sound on a line of time.

They carry their own light background, so that they read the same on a dark page.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

from voicecoach.speech.span import Span
from voicecoach.speech.transcript import Transcript

WIDTH: Final = 860
MARGIN: Final = 16
CHARACTER: Final = 7.8
"""Width of a character of 13 px in the monospaced font, in px."""
LINE: Final = 26
LONGEST_LABEL: Final = 110
"""Characters of a label that fit into the width."""
COLOURS: Final = ("#9ad0f5", "#b9e3a8", "#ffd28a", "#f3b0c3", "#cdbdf2", "#a8e0d6", "#e3d3a2")
_INK: Final = "#1c2733"
_PAPER: Final = "#fbfbf8"
_QUIET: Final = "#5b6773"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text, marked: characters [start, end) and what they are."""

    start_char: int
    end_char: int
    label: str


@dataclass(frozen=True, slots=True)
class Track:
    """A row of the picture of the sound: its name, its spans in seconds."""

    name: str
    spans: tuple[Span, ...]
    colour: str


def marked_words(transcript: Transcript, marks: Sequence[Mark], title: str) -> str:
    """Return the transcript with its marks as an SVG; words wrap, each label is in the legend."""
    labels = list(dict.fromkeys(mark.label for mark in marks))
    colour = {label: COLOURS[place % len(COLOURS)] for place, label in enumerate(labels)}
    longest = int((WIDTH - 2 * MARGIN) / CHARACTER)
    drawing: list[tuple[int, float, str, str | None]] = []
    row, column = 0, 0
    for word in transcript.words:
        if column and column + len(word.text) > longest:
            row, column = row + 1, 0
        mark = next(
            (one for one in marks if one.start_char <= word.start_char < one.end_char), None
        )
        drawing.append((row, column * CHARACTER, word.text, mark.label if mark else None))
        column += len(word.text) + 1
    top = MARGIN + 26
    height = top + (row + 1) * LINE + len(labels) * 22 + 2 * MARGIN
    svg = _page(height, title)
    for row, left, text, label in drawing:
        baseline = top + row * LINE + 18
        if label is not None:
            _box(
                svg,
                left=MARGIN + left - 2,
                top=baseline - 15,
                width=len(text) * CHARACTER + 5,
                height=20,
                colour=colour[label],
            )
        _text(svg, MARGIN + left, baseline, text, monospaced=True)
    for place, label in enumerate(labels):
        baseline = top + (row + 1) * LINE + place * 22 + 22
        _box(svg, left=MARGIN, top=baseline - 12, width=14, height=14, colour=colour[label])
        _text(svg, MARGIN + 22, baseline, textwrap.shorten(label, LONGEST_LABEL, placeholder=" …"))
    return _written(svg)


def sound_on_a_line(seconds: float, tracks: Sequence[Track], title: str) -> str:
    """Return rows of spans over the seconds of a recording as an SVG."""
    left = 170
    scale = (WIDTH - left - MARGIN) / max(seconds, 1e-9)
    height = MARGIN + 30 + len(tracks) * 30 + 40
    svg = _page(height, title)
    for place, track in enumerate(tracks):
        top = MARGIN + 30 + place * 30
        _text(svg, MARGIN, top + 16, track.name)
        _box(svg, left=left, top=top + 11, width=WIDTH - left - MARGIN, height=1, colour="#d9dcdf")
        for span in track.spans:
            width = max(1.5, span.seconds * scale)
            _box(
                svg,
                left=left + span.start_seconds * scale,
                top=top + 3,
                width=width,
                height=18,
                colour=track.colour,
            )
    axis = MARGIN + 30 + len(tracks) * 30 + 8
    for second in range(0, int(seconds) + 1, 5):
        _box(svg, left=left + second * scale, top=axis, width=1, height=6, colour=_QUIET)
        _text(svg, left + second * scale - 4, axis + 20, str(second), colour=_QUIET)
    _text(svg, MARGIN, axis + 20, "seconds", colour=_QUIET)
    return _written(svg)


def _page(height: float, title: str) -> ET.Element:
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {WIDTH} {height:g}",
            "role": "img",
            "aria-label": title,
            "font-family": "system-ui, sans-serif",
            "font-size": "13",
        },
    )
    ET.SubElement(svg, "title").text = title
    _box(svg, left=0, top=0, width=WIDTH, height=height, colour=_PAPER)
    _text(svg, MARGIN, MARGIN + 12, title, bold=True)
    return svg


def _box(
    svg: ET.Element, *, left: float, top: float, width: float, height: float, colour: str
) -> None:
    place = {"x": left, "y": top, "width": width, "height": height}
    box = {name: f"{value:.1f}" for name, value in place.items()} | {"fill": colour}
    ET.SubElement(svg, "rect", box | ({"rx": "3"} if height > 1 else {}))


def _text(
    svg: ET.Element,
    left: float,
    baseline: float,
    text: str,
    *,
    monospaced: bool = False,
    bold: bool = False,
    colour: str = _INK,
) -> None:
    look = {"x": f"{left:.1f}", "y": f"{baseline:.1f}", "fill": colour}
    if monospaced:
        look |= {"font-family": "ui-monospace, monospace", "textLength": f"{len(text) * 7.8:.1f}"}
    if bold:
        look["font-weight"] = "600"
    ET.SubElement(svg, "text", look).text = text


def _written(svg: ET.Element) -> str:
    ET.indent(svg)
    return ET.tostring(svg, encoding="unicode") + "\n"
