"""The letters: true, short, whole as a link and as a file."""

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.interview import Outcome
from voicecoach.errors import InvalidInputError
from voicecoach.feedback_letter import Letter, LetterFacts, Purpose, Tone, write_letter
from voicecoach.letter_file import LONGEST_LINK, checked_address, mail_file, mail_link

KNOWN = LetterFacts(
    company="Müller & Söhne",
    role="Analyst",
    day=date(2026, 2, 27),
    outcome=Outcome.REJECTED,
    recipient="Ms Weber",
    signed="Zoë Lindqvist",
    positive="I stayed calm when the screen froze",
    asked_on=date(2026, 3, 2),
)
EVERY = [(tone, purpose) for tone in Tone for purpose in Purpose]
ADDRESS = "weber@example.org"


@pytest.mark.parametrize(("tone", "purpose"), EVERY)
def test_every_letter_carries_the_facts_and_leaves_nothing_to_fill_in(
    tone: Tone, purpose: Purpose
) -> None:
    letter = write_letter(KNOWN, tone, purpose)
    assert letter.to_fill_in == ()
    for fact in ("Analyst", "Müller & Söhne"):
        assert fact in letter.subject
        assert fact in letter.body
    assert letter.body.splitlines()[0].endswith("Ms Weber,")
    assert letter.body.endswith("\nZoë Lindqvist")
    assert "2026" in letter.body
    assert len(letter.body.split()) < 120
    assert ("I stayed calm when the screen froze." in letter.body) == (purpose is Purpose.REQUEST)


@pytest.mark.parametrize(("tone", "purpose"), EVERY)
def test_what_is_not_known_stands_in_brackets_and_no_number_is_invented(
    tone: Tone, purpose: Purpose
) -> None:
    letter = write_letter(LetterFacts(), tone, purpose)
    assert set(letter.to_fill_in) == {"[role]", "[company]", "[date]", "[name]", "[your name]"}
    assert not any(character.isdigit() for character in letter.body + letter.subject)
    assert "decision" not in letter.body


def test_the_three_tones_are_three_letters() -> None:
    assert len({write_letter(KNOWN, tone).body for tone in Tone}) == len(Tone)


@pytest.mark.parametrize("tone", Tone)
def test_a_decision_is_named_only_where_there_was_one(tone: Tone) -> None:
    assert "decision" in write_letter(KNOWN, tone).body
    for outcome in (Outcome.WAITING, Outcome.WITHDRAWN, Outcome.OFFERED):
        assert "decision" not in write_letter(replace(KNOWN, outcome=outcome), tone).body


@pytest.mark.parametrize(("tone", "purpose"), EVERY)
def test_every_letter_fits_into_a_link_as_it_is_drafted(tone: Tone, purpose: Purpose) -> None:
    link = mail_link(write_letter(KNOWN, tone, purpose), ADDRESS)
    assert link.whole
    assert len(link.url) <= LONGEST_LINK


LINES = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=80)
LETTERS = st.builds(Letter, subject=LINES, body=st.lists(LINES, max_size=8).map("\n".join))


@given(LETTERS)
def test_a_link_holds_the_letter_with_crlf_and_nothing_else_is_left_unencoded(
    letter: Letter,
) -> None:
    link = mail_link(letter, ADDRESS)
    assert len(link.url) <= LONGEST_LINK
    head, _, body = link.url.partition("&body=")
    assert head.startswith(f"mailto:{ADDRESS}?subject=")
    assert unquote(head.partition("subject=")[2]) == " ".join(letter.subject.split())
    if link.whole:
        assert unquote(body) == letter.body.replace("\n", "\r\n")
        assert not set(body) & set(' \r\n&?#"<>')
    else:
        assert body == ""


def test_a_letter_that_is_too_long_for_a_link_says_so() -> None:
    link = mail_link(Letter(subject="Feedback", body="ä" * 600), ADDRESS)
    assert not link.whole
    assert link.url == f"mailto:{ADDRESS}?subject=Feedback"


def opened(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)


@given(subject=WORDS, body=WORDS)
def test_the_file_opens_as_a_draft_with_every_letter_in_place(subject: str, body: str) -> None:
    letter = Letter(subject=f"Rück {subject}", body=f"Liebe Grüße\n\n{body}")
    content = mail_file(letter, ADDRESS, "Ms Weber")
    message = opened(content)
    assert message["X-Unsent"] == "1"
    assert "From" not in message
    assert message["To"] == f"Ms Weber <{ADDRESS}>"
    assert " ".join(message["Subject"].split()) == " ".join(letter.subject.split())
    part = message.get_body()
    assert part is not None
    assert part.get_content().splitlines() == letter.body.splitlines()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_a_subject_of_two_lines_can_not_add_a_header() -> None:
    message = opened(mail_file(Letter(subject="Hello\nBcc: x@example.org", body="Hi")))
    assert "Bcc" not in message
    assert message["Subject"] == "Hello Bcc: x@example.org"


@pytest.mark.parametrize(
    "address",
    ["weber", "a@", "@b", "a b@example.org", "a@b\nBcc: c@d", "wéber@example.org", "<a@b>"],
)
def test_what_is_no_address_is_refused_with_what_to_do(address: str) -> None:
    with pytest.raises(InvalidInputError, match="no e-mail address"):
        checked_address(address)


def test_no_address_is_fine() -> None:
    assert checked_address(" ") == ""
    assert checked_address(f" {ADDRESS} ") == ADDRESS
