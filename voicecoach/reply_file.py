"""The words of a reply out of a file: plain text, or an .eml file as mail programs save it."""

from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import PurePath
from typing import Final

from voicecoach.errors import InvalidInputError

LARGEST_BYTES: Final = 5_000_000
"""A reply with its pictures; a larger file is something else."""

_BLOCKS: Final = frozenset(
    {"p", "div", "br", "li", "tr", "blockquote", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr"}
)
_UNSEEN: Final = frozenset({"style", "script", "title"})
_BROKEN: Final = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
    MessageError,
)
"""What the standard library raises at a mail or a page that is malformed, or nested without end."""


def reply_in_file(name: str, content: bytes) -> str:
    """Return the words of a reply.

    Args:
        name: the file's name; .eml is read as a mail, everything else as text.
        content: the whole file.

    Raises:
        InvalidInputError: it is too large, no text in UTF-8, or a mail without text.
    """
    if len(content) > LARGEST_BYTES:
        raise InvalidInputError(
            f"{name} is larger than {LARGEST_BYTES // 1_000_000} MB.", "Paste the reply instead."
        )
    text = _mail_text(name, content) if _is_mail(name) else _plain_text(name, content)
    if "\0" in text:
        raise InvalidInputError(f"{name} holds no text.", "Paste the reply instead.")
    return text


def _is_mail(name: str) -> bool:
    return PurePath(name).suffix.lower() == ".eml"


def _plain_text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{name} is not a text in UTF-8.", "Save it as plain text in UTF-8, or paste it."
        ) from error


def _mail_text(name: str, content: bytes) -> str:
    try:
        text = _seen_text(content)
    except _BROKEN:
        text = ""  # a character set nobody knows, or a part that is broken
    if not text.strip():
        raise InvalidInputError(f"No text was found in {name}.", "Paste the reply instead.")
    return text


def _seen_text(content: bytes) -> str:
    """Return the text of a mail as it is seen, empty where it has none."""
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    part = message.get_body(preferencelist=("plain", "html"))
    text = None if part is None else part.get_content()
    if part is None or not isinstance(text, str):
        return ""
    return _without_tags(text) if part.get_content_subtype() == "html" else text


def _without_tags(text: str) -> str:
    reader = _Words()
    reader.feed(text)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.found).splitlines())
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()


class _Words(HTMLParser):
    """Gathers what is seen of a page, a line for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._unseen = 0 if tag == "body" else self._unseen + (tag in _UNSEEN)
        if tag in _BLOCKS:
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.found.append(" ".join(data.split("\n")))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Skip `<![...>` as browsers do; the base class raises at what it does not know."""
        del report
        end = self.rawdata.find(">", i)
        return end + 1 if end >= 0 else -1
