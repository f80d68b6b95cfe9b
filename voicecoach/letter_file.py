"""A letter as a `mailto:` link and as an .eml file that mail programs open as a draft. Pure."""

from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final
from urllib.parse import quote

from voicecoach.errors import InvalidInputError
from voicecoach.feedback_letter import Letter

LONGEST_LINK: Final = 2_000
"""Characters of a `mailto:` link. Windows hands a program at most 2,083 (INTERNET_MAX_URL_LENGTH);
a longer link is cut off or not opened at all, depending on the program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLink:
    """A `mailto:` link; `whole` is false where the letter did not fit and only its head is in it.

    Then the text is taken from the page, or the .eml file is opened.
    """

    url: str
    whole: bool


def mail_link(letter: Letter, address: str = "") -> MailLink:
    """Return a letter as a link, percent-encoded with CRLF line ends (RFC 6068, section 5).

    Args:
        letter: what it says.
        address: to whom; "" leaves that to the mail program.
    """
    # RFC 6068 leaves these characters of an address as they are; everything else is encoded.
    to = quote(address, safe="@!$'*+-._~")
    head = f"mailto:{to}?subject={quote(_one_line(letter.subject), safe='')}"
    body = letter.body.replace("\r\n", "\n").replace("\n", "\r\n")
    url = f"{head}&body={quote(body, safe='')}"
    if len(url) <= LONGEST_LINK:
        return MailLink(url=url, whole=True)
    return MailLink(url=head if len(head) <= LONGEST_LINK else f"mailto:{to}", whole=False)


def mail_file(letter: Letter, address: str = "", recipient: str = "") -> bytes:
    """Return a letter as an .eml file: UTF-8, CRLF, and a draft (`X-Unsent: 1`).

    Args:
        letter: what it says.
        address: to whom; "" leaves the field out.
        recipient: their name beside the address.

    Raises:
        InvalidInputError: the address is none.
    """
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if address:
        message["To"] = _address(address, recipient)
    message["Subject"] = _one_line(letter.subject)
    message.set_content(letter.body)
    return message.as_bytes()


def checked_address(address: str) -> str:
    """Return an e-mail address without blanks around it; "" stays "".

    Raises:
        InvalidInputError: it is no address that mail programs take.
    """
    trimmed = address.strip()
    if trimmed:
        _address(trimmed, "")
    return trimmed


def _address(address: str, name: str) -> Address:
    try:
        found = Address(display_name=_one_line(name), addr_spec=address)
        usable = address.isascii() and bool(found.username and found.domain)
    except (ValueError, IndexError, HeaderParseError):
        usable = False
    if not usable or any(character.isspace() for character in address):
        raise InvalidInputError(
            f"'{address[:60]}' is no e-mail address.", "Write it as name@example.org, or leave it."
        )
    return found


def _one_line(text: str) -> str:
    return " ".join(text.split())
