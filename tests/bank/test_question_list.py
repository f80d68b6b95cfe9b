"""Lists of questions from other programs: what is understood, and what is named and kept out."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.errors import InvalidInputError
from question_bank.file_text import LARGEST_BYTES, text_of_file
from question_bank.outline import StarPart
from question_bank.plain_text import text_of_html
from question_bank.question import QuestionKind
from question_bank.question_intake import read_question_list
from question_bank.question_list import (
    MOST_QUESTIONS,
    ListFormat,
    QuestionList,
    list_format_of,
)

FAILED = "Tell me about a time you failed."
WHY_US = "Why do you want to work here?"
HTML_PIECES = st.sampled_from(
    [
        "<",
        "<!",
        "<![",
        "<!--",
        "</",
        "<?",
        "]",
        "-->",
        ">",
        "&#",
        '"',
        "foo",
        "if",
        "CDATA[",
        " ",
        "\n",
    ]
)


def points(read: QuestionList, at: int = 0) -> list[str]:
    return [point.text for point in read.questions[at].asked.points]


def texts(read: QuestionList) -> list[str]:
    return [one.asked.text for one in read.questions]


def lines(read: QuestionList) -> list[int]:
    return [problem.line for problem in read.problems]


# CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_separates_its_columns(delimiter: str) -> None:
    rows = [
        ["Question", "Type", "Tags", "Company", "Key points", "Notes", "My own"],
        [FAILED, "Behavioral", "honesty", "Birch & Co", '"I said so\nI mended it"', "hard", "x"],
        [WHY_US, "", "motivation", "", "", "", ""],
    ]
    text = "\n".join(delimiter.join(row) for row in rows)
    read = read_question_list(text, ListFormat.CSV)
    assert read.problems == ()
    assert texts(read) == [FAILED, WHY_US]
    first, second = read.questions
    assert (first.asked.kind, first.asked.kind_guessed) == (QuestionKind.BEHAVIOURAL, False)
    assert (first.asked.competency, first.company, first.notes) == (
        "honesty",
        "Birch & Co",
        ("hard",),
    )
    assert points(read) == ["I said so", "I mended it"]
    assert (second.asked.kind, second.asked.competency) == (QuestionKind.MOTIVATIONAL, "")
    assert second.asked.line == 4
    assert {one.name: one.taken_for for one in read.columns} == {
        "Question": "question",
        "Type": "kind",
        "Tags": "competency",
        "Company": "company",
        "Key points": "outline",
        "Notes": "notes",
        "My own": None,
    }
    names = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
    assert read.delimiter == names[delimiter]


def test_commas_in_the_questions_do_not_hide_the_real_delimiter() -> None:
    text = "question;difficulty\nSo, tell me, well, who are you?;2\nAnd, please, why, us?;3\n"
    read = read_question_list(text, ListFormat.CSV)
    assert texts(read) == ["So, tell me, well, who are you?", "And, please, why, us?"]
    assert [one.asked.difficulty for one in read.questions] == [2, 3]


def test_the_header_is_found_below_a_title_and_a_separator_line_is_obeyed() -> None:
    text = f"sep=;\nMy questions;;\n\nQuestion;Target;Outline\n{WHY_US};2 min;[action] (2) I rang\n"
    read = read_question_list(text, ListFormat.CSV)
    assert read.problems == ()
    (one,) = read.questions
    assert (one.asked.line, one.asked.target_seconds) == (5, 120)
    (point,) = one.asked.points
    assert (point.text, point.part, point.weight) == ("I rang", StarPart.ACTION, 2.0)


def test_a_single_column_needs_no_header() -> None:
    assert texts(read_question_list(f"{FAILED}\n{WHY_US}\n", ListFormat.CSV)) == [FAILED, WHY_US]


def test_a_table_without_a_column_of_questions_says_what_to_do() -> None:
    read = read_question_list("Frage,Art\nWarum wir?,x\n", ListFormat.CSV)
    assert read.questions == ()
    (problem,) = read.problems
    assert "Frage, Art" in problem.what
    assert "question" in problem.remedy


def test_a_line_that_cannot_be_used_is_named_and_kept_out_and_the_others_stay() -> None:
    text = "\n".join(
        (
            "question,kind,difficulty",
            f"{WHY_US},motivational,1",
            "Who are you?,astrological,1",
            ",technical,2",
            'What is "it"?,technical,"2',
            "What,now?,technical,2",
            "Where?,technical,9",
            "How?,technical,5",
        )
    )
    read = read_question_list(text.replace('"2', "2"), ListFormat.CSV)
    assert texts(read) == [WHY_US, 'What is "it"?', "How?"]
    assert lines(read) == [3, 4, 6, 7]
    assert all("\n" not in problem.what + problem.remedy for problem in read.problems)


def test_a_quotation_that_never_ends_is_named_where_it_begins() -> None:
    read = read_question_list(f'question,notes\n{WHY_US},x\n"Who,y\nWhen?,z\n', ListFormat.CSV)
    assert texts(read) == [WHY_US]
    assert lines(read) == [3]


def test_a_quoted_text_after_a_quoted_text_is_named_and_reading_goes_on() -> None:
    read = read_question_list(f'question,notes\n"a"b,x\n{WHY_US},y\n', ListFormat.CSV)
    assert texts(read) == [WHY_US]
    assert lines(read) == [2]


# Anki

ANKI = (
    "#separator:tab\n#html:true\n#notetype column:1\n#deck column:2\n#tags column:5\n"
    'Basic\tJobs\tTell me about a time <b>you</b> failed.\t"<ul><li>The load &amp; the weekend'
    '</li><li>I said ""sorry""\n</li></ul>"\tteamwork::hard\n'
    "Basic\tJobs\tWhy do you want to work here?<br>[sound:x.mp3]\tThey&nbsp;ship"
    "<div>I use it</div><script>x</script>\tmotivational\n"
    "Cloze\tJobs\tWhat is {{c1::a closure::hint}}?\t\t\n"
)


def test_ankis_plain_text_gives_fronts_as_questions_and_backs_as_points() -> None:
    assert list_format_of("deck.txt", ANKI) is ListFormat.ANKI
    read = read_question_list(ANKI, name="deck.txt")
    assert read.problems == ()
    assert texts(read) == [FAILED, WHY_US, "What is a closure?"]
    assert points(read, 0) == ["The load & the weekend", 'I said "sorry"']
    assert points(read, 1) == ["They ship", "I use it"]
    assert read.questions[0].asked.competency == "teamwork, hard"
    assert read.questions[1].asked.kind is QuestionKind.MOTIVATIONAL
    assert [one.asked.line for one in read.questions] == [6, 8, 9]


def test_an_anki_export_with_named_columns_and_plain_text_is_read_as_it_says() -> None:
    text = f"#separator:Semicolon\n#html:false\n#columns:Back;Front\n1 < 2 & 3;{WHY_US}\n"
    read = read_question_list(text)
    assert texts(read) == [WHY_US]
    assert points(read) == ["1 < 2 & 3"]


@pytest.mark.parametrize(
    "around", ["<![foo bar]>", "<![if !mso]>", "<![&>", "<head>", "<title>x<body>"]
)
def test_untidy_html_in_an_anki_export_hides_no_question(around: str) -> None:
    read = read_question_list(f"#separator:tab\n#html:true\n{around}{WHY_US}\tThey ship\n")
    assert texts(read) == [WHY_US]
    assert read_question_list("#html:true\n<![foo bar\tback").questions != ()


# Markdown

MARKDOWN = f"""# My interview questions

## Behavioural
- {FAILED}
  - The load failed
    over the weekend
  * I rang the client
1. **Describe a conflict.**
   - Kind: situational
   - Notes: ask Zoë

## Teamwork
### {WHY_US}
Company: Birch & Co
- They ship
- [ ] I use it

A line that fits nowhere until here
"""


def test_bullets_are_questions_nested_ones_their_points_and_headings_group_them() -> None:
    read = read_question_list(MARKDOWN, name="list.md")
    assert texts(read) == [FAILED, "Describe a conflict.", WHY_US]
    first, second, third = read.questions
    assert first.asked.kind is QuestionKind.BEHAVIOURAL
    assert not first.asked.kind_guessed
    assert points(read, 0) == ["The load failed over the weekend", "I rang the client"]
    assert second.asked.kind is QuestionKind.SITUATIONAL
    assert second.notes == ("ask Zoë",)
    assert points(read, 2) == ["They ship", "I use it"]
    assert (third.company, third.asked.competency) == ("Birch & Co", "Teamwork")
    assert third.notes == ("A line that fits nowhere until here",)
    assert [one.asked.line for one in read.questions] == [4, 8, 13]
    assert read.problems == ()


def test_plain_lines_that_ask_are_questions_and_others_are_named() -> None:
    read = read_question_list("Why us?\n\nThis is my list.\n\nWho are you?\n")
    assert texts(read) == ["Why us?", "Who are you?"]
    assert lines(read) == [3]


def test_a_debrief_gives_its_questions() -> None:
    text = (
        "# Interview: Analyst at Birch & Co\n\n## What went well\n- I was early\n\n"
        f"## Questions\n### {FAILED}\n- Tripped me up: I rambled\n- Difficulty: 4/5\n"
    )
    read = read_question_list(text, ListFormat.MARKDOWN)
    (one,) = read.questions
    assert (one.asked.text, one.asked.tripped_up, one.company) == (
        FAILED,
        "I rambled",
        "Birch & Co",
    )


# Whatever it is


STRUCTURED = st.lists(
    st.sampled_from(
        (
            *(
                "# ",
                "## Questions",
                "question",
                "notes",
                ",",
                ";",
                "\t",
                "|",
                "\n",
                "\n",
                " ",
                "  - ",
            ),
            *("- ", "* ", "1. ", '"', "Kind:", "?", "Why us", "Tell me about it", "<b>", "{{c1::"),
            *(
                "#separator:",
                "#html:true",
                "#tags column:2",
                "sep=;",
                "[sound:",
                "}}",
                "&amp;",
                "---",
            ),
        )
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(max_size=400), STRUCTURED), st.sampled_from(list(ListFormat)))
def test_no_text_breaks_the_reading_and_no_line_is_beyond_its_end(
    text: str, form: ListFormat
) -> None:
    read = read_question_list(text, form)
    assert read.questions or read.problems
    count = text.count("\n") + text.count("\r") + 2
    for line in (*lines(read), *(one.asked.line for one in read.questions)):
        assert 1 <= line <= count


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=8), st.sampled_from(",;\t|"))
def test_what_a_spreadsheet_writes_is_read_as_it_was(
    rows: list[tuple[str, str]], delimiter: str
) -> None:
    import csv
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([("question", "notes"), *((f"Q {one}", other) for one, other in rows)])
    read = read_question_list(out.getvalue().replace("\r\n", "\n"), ListFormat.CSV)
    assert read.problems == ()
    assert texts(read) == [" ".join(f"Q {one}".split()) for one, _other in rows]


def test_a_list_that_is_too_long_is_cut_with_a_word_about_it() -> None:
    text = "question\n" + "".join(f"Question {number}?\n" for number in range(MOST_QUESTIONS + 1))
    read = read_question_list(text, ListFormat.CSV)
    assert len(read.questions) == MOST_QUESTIONS
    assert lines(read) == [MOST_QUESTIONS + 2]


# Files


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("cp1252", b"", "Windows-1252"),
    ],
)
def test_a_file_is_read_whatever_it_was_saved_as(codec: str, mark: bytes, name: str) -> None:
    text = "question\r\nWarum möchten Sie zu uns – „jetzt“?\r\n"
    read = text_of_file(mark + text.encode(codec))
    assert (read.text, read.encoding) == (text.replace("\r\n", "\n"), name)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01",
        b"PK\x03\x04\x14\x00\x06\x00",
        b"caf\xe9 \x81",
        codecs.BOM_UTF8 + b"\xff",
        codecs.BOM_UTF16_LE + b"a",
        b"a\x00b",
    ],
)
def test_what_is_no_text_is_refused_in_a_line(content: bytes) -> None:
    with pytest.raises(InvalidInputError) as refused:
        text_of_file(content)
    assert "\n" not in str(refused.value)


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="is the most"):
        text_of_file(b"a" * (LARGEST_BYTES + 1))


@given(st.text(st.characters(exclude_characters="\0")))
def test_every_text_in_utf_8_is_read_as_it_is_or_refused(text: str) -> None:
    try:
        read = text_of_file(text.encode("utf-8", "surrogatepass"))
    except InvalidInputError:
        return
    plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert read.text == plain.replace("\f", "\n")


@given(st.text() | st.lists(HTML_PIECES).map("".join))
def test_html_of_any_kind_becomes_lines_without_blanks_around_them(html: str) -> None:
    for line in text_of_html(html).split("\n"):
        assert line == " ".join(line.split())


@pytest.mark.parametrize(
    "first", ["question,kind,points", '"Interview question";"Tags"', "kind, Question , notes"]
)
def test_a_pasted_text_whose_first_line_names_columns_is_a_table(first: str) -> None:
    assert list_format_of("", first + "\nWhy us?,motivational,\n") is ListFormat.CSV
    assert list_format_of("", "One question, and why?\n") is ListFormat.MARKDOWN
    assert list_format_of("", "Question\n- Why us?\n") is ListFormat.MARKDOWN
