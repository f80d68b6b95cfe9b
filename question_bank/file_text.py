"""The text of a file that comes from another program, whatever it was saved as.

Recognised: UTF-8 and UTF-16, with or without a byte order mark, and Windows' western encoding
(cp1252), which Excel and old exports use. Anything else is refused with a line rather than read as
something that nobody wrote.
"""

import codecs
from dataclasses import dataclass
from typing import Final

from question_bank.errors import InvalidInputError

LARGEST_BYTES: Final = 5_000_000
"""A list of ten thousand questions with their outlines has about 5 MB."""

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)

_CONTROL: Final = frozenset(map(chr, range(32))) - set("\t\n\r\f")
_REMEDY: Final = "Save it as plain text in UTF-8 (in Excel: CSV UTF-8)."


@dataclass(frozen=True, slots=True, kw_only=True)
class FileText:
    """A file's text, with plain line ends, and the encoding it was in, as people name it."""

    text: str
    encoding: str


def text_of_file(content: bytes) -> FileText:
    """Return the text of a file.

    Raises:
        InvalidInputError: it is too large, or no text in an encoding that is recognised.
    """
    if len(content) > LARGEST_BYTES:
        raise InvalidInputError(
            f"That file has {len(content) / 1e6:.1f} MB; {LARGEST_BYTES / 1e6:.0f} MB is the most.",
            "Take over a part of it at a time.",
        )
    codec, name = _encoding_of(content)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"That file is no text in {name}: byte {error.start + 1:,} can't be read.", _REMEDY
        ) from error
    if _CONTROL.intersection(text):
        raise InvalidInputError("That file is no text.", _REMEDY)
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return FileText(text=plain, encoding=name)


def _encoding_of(content: bytes) -> tuple[str, str]:
    for mark, codec, name in _MARKS:
        if content.startswith(mark):
            return codec, name
    sample = content[:4_000]
    if b"\0" in sample and len(content) % 2 == 0:
        # Latin text in UTF-16 has a zero in every other place, on the side of the high byte.
        odd, even = sample[1::2].count(0), sample[::2].count(0)
        if max(odd, even) > 0.3 * len(sample[::2]) and min(odd, even) < 0.05 * len(sample[::2]):
            return ("utf-16-le" if odd > even else "utf-16-be"), "UTF-16"
        return "utf-8", "UTF-8"  # a binary file: the control characters are refused
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252", "Windows-1252"
    return "utf-8", "UTF-8"
