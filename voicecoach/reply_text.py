"""What of a pasted e-mail is the reply itself: greeting, signature and quoted mail are told apart.

The rules are about lines and are plain enough to be told; nothing is thrown away. Every character
of what was pasted belongs to exactly one stretch, so that whatever was cut off can be taken back.
Pure. How often the rules are right is measured by `benchmarks/feedback_replies.py`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class StretchKind(StrEnum):
    """What a stretch of a pasted reply is."""

    REPLY = "reply"
    GREETING = "greeting"
    SIGNATURE = "signature"
    NOTICE = "notice"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of lines of one kind: `text` is what was pasted from `start` to `end`."""

    kind: StretchKind
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str

    @property
    def words(self) -> list[str]:
        return self.text.split()


MOST_SIGNATURE_LINES: Final = 12
MOST_SIGNATURE_WORDS: Final = 12
"""Below a closing: more lines, or a longer line, is text that somebody wrote to be read."""

_GREETING: Final = re.compile(
    r"(?:dear|hi|hiya|hello|hey|heya|yo|darling|greetings|"
    r"good (?:morning|afternoon|evening|day)|hallo|liebe[rs]?|guten (?:tag|"
    r"morgen|abend)|sehr geehrte[rs]?|servus|moin)\b(?:[^.?!]|\b(?:mrs?|ms|dr|prof)\.){0,60}[,:!]?",
    re.IGNORECASE,
)
_MOST_GREETING_WORDS: Final = 6
_ADDRESS: Final = re.compile(r"[^\W\d_][\w'’-]*(?: [A-Z][\w'’.-]*){0,2}\s?[,–-]")
"""A first line that is a name and a comma: "Mark,"."""

_CLOSING: Final = re.compile(
    r"(?:with |my |mit |a |an )*(?:(?:kind(?:est)?|best|warm(?:est)?|many|good|all|very|sincere|"
    r"friendly|cordial|collegial|big|much|"
    r"freundlichen?|besten?|herzlichen?|lieben?|viele[nr]?|sch(?:ö|oe)nen?)\s+)*"
    r"(?:regards|wishes|greetings|the best|luck|of luck|best|bests|cheers|thanks|warmly|sincerely|"
    r"yours(?:\s+(?:sincerely|faithfully|truly|ever))?|cordially|(?:speak|talk) soon|love|hugs?|"
    r"kisses|salutes?|salutations|greeting|take care|gr(?:ü|ue)(?:ß|ss)en?|lg|mfg|vg|kr|br)"
    r"\b[^.?!]{0,40}[,!.]?",
    re.IGNORECASE,
)
_MOST_CLOSING_WORDS: Final = 7

_RULE: Final = re.compile(r"--\s*|_{5,}|-{5,}|={5,}")
_POSTSCRIPT: Final = re.compile(r"p\.?\s?s\.?\s*[:.]?\s", re.IGNORECASE)
_DEVICE: Final = re.compile(
    r"(?:sent from (?:my|mail|outlook|yahoo)\b.*|von meinem \S+ gesendet.*|gesendet von .*|"
    r"get outlook for .*|envoyé de mon .*|please consider the environment.*)",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(
    r"(?:th(?:is|e information (?:contained )?in this) (?:e-?mail|message|communication)"
    r".*(?:confidential|intended|privileged)|diese (?:e-?mail|nachricht).*(?:vertraulich|"
    r"bestimmt)|confidentiality notice|disclaimer:)",
    re.IGNORECASE,
)
_QUOTE_LINE: Final = re.compile(r"\s*(?:>|\|>)")
_WROTE: Final = re.compile(
    r"(?:on\s.{5,300}\swrote:|am\s.{5,300}\sschrieb\s?.{0,200}:|le\s.{5,300}\sa écrit\s?:)",
    re.IGNORECASE | re.DOTALL,
)
_WROTE_BEGINS: Final = re.compile(r"(?:on|am|le)\s", re.IGNORECASE)
_MOST_WROTE_LINES: Final = 3
_SEPARATOR: Final = re.compile(
    r"-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|"
    r"weitergeleitete nachricht|message d.origine)\s*-{2,}",
    re.IGNORECASE,
)
_HEADER: Final = re.compile(r"\*?(?:from|von|de)\*?:\s*\*?\s*\S", re.IGNORECASE)
_HEADER_GOES_ON: Final = re.compile(
    r"\*?(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|objet)\*?:", re.IGNORECASE
)
_HEADER_LINES: Final = 4
_SMALL_NAME_WORDS: Final = frozenset(
    {"of", "the", "and", "van", "von", "de", "den", "der", "zu", "für", "la", "le", "&", "i.", "a."}
)


def split_reply(text: str) -> tuple[Stretch, ...]:
    """Tell what of a pasted e-mail is the reply, its greeting, signature, notices, quoted mail.

    1. Quoted mail begins with a line such as "On … wrote:", an "Original Message" rule or the
       header of a mail, and goes on to the end; lines that begin with ">" are quoted wherever
       they stand.
    2. A first line of a few words such as "Dear …," is the greeting.
    3. A line of a few words such as "Kind regards" closes it: that line and the short lines below
       are the signature, up to a postscript. So is everything below "--", and a last line that is
       nothing but a name.
    4. Notices of confidentiality, and "Sent from my …", are notices.

    Args:
        text: what was pasted; line ends may be of any kind.

    Returns:
        The stretches in order; together they are the text.
    """
    lines = _lines(text)
    kinds = [StretchKind.REPLY] * len(lines)
    _mark_quoted(lines, kinds)
    _mark_notices(lines, kinds)
    _mark_greeting(lines, kinds)
    _mark_signature(lines, kinds)
    return tuple(_stretches(text, lines, kinds))


def kept_text(stretches: Iterable[Stretch], taken_back: Iterable[int] = ()) -> str:
    """Return the reply itself, with the stretches that a person took back, by their place."""
    back = set(taken_back)
    kept = [
        stretch.text
        for place, stretch in enumerate(stretches)
        if stretch.kind is StretchKind.REPLY or place in back
    ]
    return "".join(kept).strip()


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for piece in text.splitlines(keepends=True):
        lines.append(_Line(start, start + len(piece), piece.strip()))
        start += len(piece)
    return lines


def _mark_quoted(lines: Sequence[_Line], kinds: list[StretchKind]) -> None:
    for place, line in enumerate(lines):
        if _QUOTE_LINE.match(line.text):
            kinds[place] = StretchKind.QUOTED
        elif _begins_quoted_mail(lines, place):
            first = place
            while first and (not lines[first - 1].text or _RULE.fullmatch(lines[first - 1].text)):
                first -= 1
            kinds[first:] = [StretchKind.QUOTED] * (len(lines) - first)
            return


def _begins_quoted_mail(lines: Sequence[_Line], place: int) -> bool:
    line = lines[place].text
    if _SEPARATOR.match(line):
        return True
    if _WROTE_BEGINS.match(line):
        joined = ""
        for following in lines[place : place + _MOST_WROTE_LINES]:
            joined = f"{joined} {following.text}".strip()
            if _WROTE.fullmatch(joined):
                return True
    if not _HEADER.match(line):
        return False
    below = [one.text for one in lines[place + 1 :] if one.text][:_HEADER_LINES]
    return any(_HEADER_GOES_ON.match(one) for one in below)


def _mark_notices(lines: Sequence[_Line], kinds: list[StretchKind]) -> None:
    for place, line in enumerate(lines):
        if kinds[place] is StretchKind.REPLY and _is_notice(line.text):
            kinds[place] = StretchKind.NOTICE
            for further in range(place + 1, len(lines)):
                # A notice is a paragraph: it ends with the next empty line.
                if not lines[further].text or kinds[further] is not StretchKind.REPLY:
                    break
                kinds[further] = StretchKind.NOTICE


def _is_notice(line: str) -> bool:
    return _DEVICE.fullmatch(line) is not None or _NOTICE.match(line) is not None


def _mark_greeting(lines: Sequence[_Line], kinds: list[StretchKind]) -> None:
    said = _said(lines, kinds)
    if not said:
        return
    line = lines[said[0]]
    if len(line.words) <= _MOST_GREETING_WORDS and (
        _GREETING.fullmatch(line.text) or (len(said) > 1 and _ADDRESS.fullmatch(line.text))
    ):
        kinds[said[0]] = StretchKind.GREETING


def _mark_signature(lines: Sequence[_Line], kinds: list[StretchKind]) -> None:
    said = _said(lines, kinds)
    for place in said[1:]:  # the first line is what they say, however short
        below = _below(lines, kinds, place)
        if not below:
            continue
        if lines[place].text == "--" or (
            len(lines[place].words) <= _MOST_CLOSING_WORDS
            and _CLOSING.fullmatch(lines[place].text)
            and _looks_like_a_signature(lines, below[1:])
        ):
            for one in below:
                kinds[one] = StretchKind.SIGNATURE
            return
    for place in _own_closing(lines, said):
        kinds[place] = StretchKind.SIGNATURE


def _below(lines: Sequence[_Line], kinds: Sequence[StretchKind], place: int) -> list[int]:
    """Return the places from here on that a signature may take: up to a postscript."""
    below: list[int] = []
    for one in range(place, len(lines)):
        if _POSTSCRIPT.match(lines[one].text):
            break
        if lines[one].text and kinds[one] is StretchKind.REPLY:
            below.append(one)
    return below


def _looks_like_a_signature(lines: Sequence[_Line], places: Sequence[int]) -> bool:
    return len(places) <= MOST_SIGNATURE_LINES and all(
        len(lines[place].words) <= MOST_SIGNATURE_WORDS for place in places
    )


def _own_closing(lines: Sequence[_Line], said: Sequence[int]) -> Sequence[int]:
    """Return the last lines that close a mail in words of their own ("Rooting for you,", "Lou").

    They are the last paragraph: a short line that ends with a comma, and a name. A name alone on
    the last line closes a mail too.
    """
    if len(said) < 2 or not _is_a_name(lines, said[-1]):
        return ()
    above = said[-2]
    if (
        len(said) > 2
        and above == said[-1] - 1
        and (above == 0 or not lines[above - 1].text)
        and lines[above].text.endswith(",")
        and len(lines[above].words) <= 4
    ):
        return said[-2:]
    return said[-1:]


def _is_a_name(lines: Sequence[_Line], place: int) -> bool:
    words = lines[place].words
    return (
        len(words) <= 4
        and (place == 0 or not lines[place - 1].text or len(lines[place - 1].words) <= 4)
        and lines[place].text[-1] not in ".?!:,"
        and all(word[0].isupper() or word.casefold() in _SMALL_NAME_WORDS for word in words)
    )


def _said(lines: Sequence[_Line], kinds: Sequence[StretchKind]) -> list[int]:
    return [
        place for place, line in enumerate(lines) if line.text and kinds[place] is StretchKind.REPLY
    ]


def _stretches(
    text: str, lines: Sequence[_Line], kinds: Sequence[StretchKind]
) -> Iterable[Stretch]:
    """Join lines of one kind; an empty line belongs to what stands before it."""
    begun: tuple[StretchKind, int] | None = None
    for line, kind in zip(lines, kinds, strict=True):
        if begun is None:
            begun = (kind, line.start)
        elif line.text and kind is not begun[0]:
            yield Stretch(
                kind=begun[0], start=begun[1], end=line.start, text=text[begun[1] : line.start]
            )
            begun = (kind, line.start)
    if begun is not None:
        yield Stretch(kind=begun[0], start=begun[1], end=len(text), text=text[begun[1] :])
