"""A reply: nothing of what was pasted is lost, and what it says is quoted exactly."""

import subprocess
import sys
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.feedback_replies import (
    LEAST_CUT,
    measure_half,
    read_replies,
    reader_of_the_coach,
)
from voicecoach.errors import InvalidInputError
from voicecoach.reply_file import reply_in_file
from voicecoach.reply_meaning import MeaningReader
from voicecoach.reply_reading import findings_of
from voicecoach.reply_sentences import sentences_of
from voicecoach.reply_text import StretchKind, kept_text, split_reply
from voicecoach.reply_wording import Nature
from voicecoach.scoring.result import CriterionName

REPLY = """Hi Jonas,

your energy was great. Please bring more concrete examples, e.g. numbers.

Best regards,
Meike

P.S. You asked good questions.

On Tue, 3 Mar 2026, Jonas wrote:
> Dear Meike, which answer convinced you least?
"""
PIECES = st.sampled_from(
    [
        *("Dear Anna,", "Kind regards", "-- ", "> quoted", "From: A <a@b.c>", "Sent: today"),
        *(
            "On Monday, Tom wrote:",
            "P.S. one more",
            "You were vague.",
            "Tom",
            "",
            "\t",
            "____________",
        ),
        *("Sent from my iPhone", "This e-mail is confidential.", "Best", "Am Montag schrieb Tom:"),
    ]
)
PASTED = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=14).flatmap(
    lambda lines: st.sampled_from(["\n", "\r\n"]).map(lambda end: end.join(lines))
)


SAID = [
    "You were vague.",
    "We liked you,",
    "but it took long.",
    "Thank you!",
    "any facts?",
    "-",
    "¿",
]


@cache
def reader() -> MeaningReader:
    return reader_of_the_coach()


@given(PASTED)
def test_the_stretches_are_the_text_and_taking_all_back_gives_all_of_it(text: str) -> None:
    stretches = split_reply(text)
    assert "".join(one.text for one in stretches) == text
    assert all(text[one.start : one.end] == one.text for one in stretches)
    assert kept_text(stretches, range(len(stretches))) == text.strip()


@given(PASTED)
def test_sentences_and_findings_quote_the_text_exactly(text: str) -> None:
    sentences = sentences_of(text)
    assert all(text[one.start : one.end] == one.text for one in sentences)
    assert [one.start for one in sentences] == sorted(one.start for one in sentences)
    quoted = {one.text for one in sentences}
    for finding in findings_of(text):
        assert text[finding.start : finding.end] == finding.quote
        assert finding.quote in quoted
        assert finding.cue in finding.quote


@given(st.lists(st.sampled_from(SAID), max_size=6).map(" ".join))
def test_what_meaning_finds_is_a_sentence_of_theirs_and_cues_only_name_its_words(text: str) -> None:
    sentences = {one.text for one in sentences_of(text)}
    for finding in findings_of(text, reader()):
        assert text[finding.start : finding.end] == finding.quote
        assert finding.quote in sentences
        assert finding.cue in finding.quote
        assert finding.nature is Nature.CRITICISM or finding.criterion is None


def test_the_encoder_finds_twice_what_the_cues_find_in_replies_held_back() -> None:
    held_back = [reply for reply in read_replies() if reply["held_back"]]
    meant, cues = measure_half(held_back, reader()), measure_half(held_back)
    assert meant.found_recall.of > 100
    assert meant.found_recall.right > 2 * cues.found_recall.right
    assert (meant.found_precision.value or 0) > (cues.found_precision.value or 0)


def test_a_wording_no_cue_list_knows_is_found_by_what_it_means() -> None:
    text = "Once we had heard you out, none of us could repeat what you had been getting at."
    assert findings_of(text) == ()
    (found,) = findings_of(text, reader())
    assert found.nature is Nature.CRITICISM
    assert found.cue == ""


def test_a_writer_without_capitals_and_a_bare_no_end_their_sentences() -> None:
    texts = [one.text for one in sentences_of("the trial was fine. you mumbled. Facts, no. Bye")]
    assert texts == ["the trial was fine.", "you mumbled.", "Facts, no.", "Bye"]
    assert len(sentences_of("See no. 5, e.g. numbers, etc. and so on.")) == 1


def test_a_closing_in_their_own_words_is_cut_and_a_last_sentence_is_not() -> None:
    stretches = split_reply("Mark,\n\nYou mumble.\n\nRooting for you,\nLou")
    assert kept_text(stretches) == "You mumble."
    assert kept_text(split_reply("You mumble.\nBe specific")) == "You mumble.\nBe specific"


def test_greeting_signature_and_quoted_mail_are_cut_and_a_postscript_stays() -> None:
    stretches = split_reply(REPLY)
    assert [one.kind for one in stretches] == [
        StretchKind.GREETING,
        StretchKind.REPLY,
        StretchKind.SIGNATURE,
        StretchKind.REPLY,
        StretchKind.QUOTED,
    ]
    kept = kept_text(stretches)
    assert kept.startswith("your energy")
    assert kept.endswith("P.S. You asked good questions.")
    assert "Meike" in kept_text(stretches, {2})


def test_what_it_says_is_told_with_the_criterion() -> None:
    found = findings_of(kept_text(split_reply(REPLY)))
    assert [(one.quote, one.nature, one.criterion) for one in found] == [
        ("your energy was great.", Nature.PRAISE, None),
        (
            "Please bring more concrete examples, e.g. numbers.",
            Nature.CRITICISM,
            CriterionName.SPECIFICITY,
        ),
        ("You asked good questions.", Nature.PRAISE, None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We have decided to move forward with another candidate.",
        "We are unable to give individual feedback.",
        "Thank you for your interest in our company.",
    ],
)
def test_politeness_is_no_finding(text: str) -> None:
    assert findings_of(text) == ()


@pytest.mark.parametrize("text", ["", "\n\n", "Thanks!", "Best", "> all quoted"])
def test_the_shortest_replies_are_read_without_a_word(text: str) -> None:
    assert "".join(one.text for one in split_reply(text)) == text


def test_a_mail_file_gives_its_text_whatever_its_encoding_or_markup(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = "Re: Rückmeldung"
    mail.set_content("Schöne Grüße, be more concrete.", charset="iso-8859-1")
    assert reply_in_file("a.EML", mail.as_bytes()).strip() == "Schöne Grüße, be more concrete."
    page = EmailMessage()
    page.set_content(
        "<html><head><style>p{}</style></head><p>Hi Jo,</p><p>You were&nbsp;vague.<br>Best</p>",
        subtype="html",
    )
    assert reply_in_file("b.eml", page.as_bytes()) == "Hi Jo,\n\nYou were vague.\nBest"
    assert reply_in_file("c.txt", "\ufeffYou were vague.".encode()) == "You were vague."


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><title>Re</title><p>You were vague.</p>",
        "<head><title>Re<body>You were vague.</body>",
        "<![foo bar]>You were <![endif]-->vague.",
        "<![if !mso]>You were vague.<![endif]>",
    ],
)
def test_an_untidy_page_in_a_mail_gives_the_words_that_a_browser_shows(page: str) -> None:
    mail = b"Content-Type: text/html\n\n" + page.encode()
    assert reply_in_file("a.eml", mail) == "You were vague."


NESTED = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth)
    for depth in range(3000)
)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.eml", b"", "No text"),
        ("a.eml", NESTED, "No text"),
        ("a.eml", b"Content-Type: text/plain; charset*0*\n\nxx", "No text"),
        ("a.eml", b'Content-Type: text/plain; charset*= "\'"\n\nxx', "No text"),
        ("a.eml", b'Content-Type: text/plain; charset="a\0b"\n\nxx', "No text"),
        ("a.eml", b"Content-Type: text/html\n\n<title>Re</title><style>p{}</style>", "No text"),
        ("a.eml", b"Content-Type: image/png\n\nxx", "No text"),
        ("a.eml", b"Content-Type: text/plain; charset=nobody-knows\n\nxx", "No text"),
        ("a.txt", b"\xff\xfe\x00", "UTF-8"),
        ("a.txt", b"a\x00b", "no text"),
        ("a.txt", b"x" * 5_000_001, "larger"),
    ],
)
def test_a_file_that_holds_no_reply_is_refused_in_one_line(
    name: str, content: bytes, said: str
) -> None:
    with pytest.raises(InvalidInputError, match=said):
        reply_in_file(name, content)


def test_the_rules_cut_as_well_on_replies_they_were_not_written_on() -> None:
    held_back = [reply for reply in read_replies() if reply["held_back"]]
    measured = measure_half(held_back)
    assert measured.replies >= 13
    for share in (measured.cut_precision, measured.cut_recall):
        assert share.value is not None
        assert share.value >= LEAST_CUT


def test_the_benchmark_refuses_a_file_that_is_none_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("reply = 3", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "benchmarks/feedback_replies.py", "--replies", str(tmp_path / "bad.toml")],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
