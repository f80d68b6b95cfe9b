"""A debrief in Markdown: the layout, how forgiving it is, and what becomes a problem.

Each example is the file as somebody would write it.
"""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from question_bank.debrief import (
    Debrief,
    DebriefedQuestion,
    DebriefFormat,
    DebriefResult,
    NextInterview,
    read_debrief,
)
from question_bank.interview import Feeling, Outcome
from question_bank.outline import DraftPoint, StarPart
from question_bank.question import QuestionKind

SAMPLE = Path(__file__).parents[2] / "docs" / "sample-debrief.md"


def read(text: str) -> DebriefResult:
    return read_debrief(dedent(text), DebriefFormat.MARKDOWN)


def only_question(text: str) -> DebriefedQuestion:
    (question,) = read(text).debrief.questions
    return question


def test_the_sample_debrief_reads_whole_and_without_a_problem() -> None:
    result = read_debrief(SAMPLE.read_text(encoding="utf-8"), DebriefFormat.MARKDOWN)

    assert result.problems == ()
    debrief = result.debrief
    assert (debrief.role, debrief.company) == ("Data analyst", "Northwind Logistics")
    assert (debrief.day, debrief.outcome) == (date(2026, 11, 12), Outcome.REJECTED)
    assert debrief.feelings == (
        Feeling(word="disappointed", intensity=4),
        Feeling(word="embarrassed", intensity=3),
        Feeling(word="relieved that it is over"),
    )
    assert [len(part) for part in (debrief.went_well, debrief.differed_from_expected)] == [3, 3]
    assert debrief.feedback_received.startswith("Ms Okafor rang me")
    assert debrief.next_interview == NextInterview(
        company="Alder & Vale Wholesale", role="Operations data analyst", day=date(2026, 12, 9)
    )
    assert [len(question.points) for question in debrief.questions] == [6, 6, 4, 5]
    assert not any(question.kind_guessed for question in debrief.questions)


def test_a_question_has_every_field_of_the_layout() -> None:
    question = only_question(
        """\
        ## Questions
        ### Tell me about a time you failed.
        - Kind: behavioural
        - Tripped me up: I went blank
        - Difficulty: 5/5
        - Target: 2 minutes

        What I said: I said something about deadlines.

        And then I stopped.

        Outline:
        1. [situation] The release was late.
        2. [action] (2) I told the customer the same day.
        3. [R] They stayed. (1.5)

        Skills: honesty, planning
        Stories: the late release; the customer who stayed, and why
        """
    )

    assert question == DebriefedQuestion(
        text="Tell me about a time you failed.",
        kind=QuestionKind.BEHAVIOURAL,
        kind_guessed=False,
        line=2,
        tripped_up="I went blank",
        difficulty=5,
        target_seconds=120,
        remembered_answer="I said something about deadlines.\n\nAnd then I stopped.",
        points=(
            DraftPoint(text="The release was late.", part=StarPart.SITUATION),
            DraftPoint(text="I told the customer the same day.", part=StarPart.ACTION, weight=2.0),
            DraftPoint(text="They stayed.", part=StarPart.RESULT, weight=1.5),
        ),
        skills=("honesty", "planning"),
        stories=("the late release", "the customer who stayed, and why"),
    )


def test_headings_and_bullets_may_be_written_in_other_ways() -> None:
    result = read(
        """\
        # INTERVIEW DEBRIEF - Nurse at St Mary's

        * **Date:** Thursday, 12th of November 2026
        * __Outcome__: they declined
        How I felt: sad (4), tired

        ### GOOD
        * Small talk
        + I was on time
          and calm
        ### What surprised me:
        Three people instead of one.

        No test.
        ## Lessons learned
        1) Sleep first
        """
    )

    assert result.problems == ()
    assert result.debrief == Debrief(
        company="St Mary's",
        role="Nurse",
        day=date(2026, 11, 12),
        outcome=Outcome.REJECTED,
        feelings=(Feeling(word="sad", intensity=4), Feeling(word="tired")),
        went_well=("Small talk", "I was on time and calm"),
        differed_from_expected=("Three people instead of one.", "No test."),
        lessons=("Sleep first",),
    )


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_byte_order_mark_and_any_line_ends_are_fine(ends: str) -> None:
    text = "\ufeff" + ends.join(["# Interview: Cook at Luigi's", "- Date: 2026-01-02", ""])

    result = read_debrief(text, DebriefFormat.MARKDOWN)

    assert result.problems == ()
    assert (result.debrief.company, result.debrief.day) == ("Luigi's", date(2026, 1, 2))


@pytest.mark.parametrize(
    ("title", "role", "company"),
    [
        ("Interview: Cook at Luigi's", "Cook", "Luigi's"),
        ("Cook @ Luigi's", "Cook", "Luigi's"),
        ("interview at Luigi's", "", "Luigi's"),
        ("Interview with Luigi's", "", "Luigi's"),
        ("Debrief: Cook", "Cook", ""),
    ],
)
def test_the_title_names_role_and_company(title: str, role: str, company: str) -> None:
    debrief = read(f"# {title}\n").debrief

    assert (debrief.role, debrief.company) == (role, company)


def test_questions_may_be_bullets_or_numbered_headings() -> None:
    result = read(
        """\
        ## The questions
        - Why us?
        - Where do you see yourself
          in five years?
        ### 3. What is a thread?
        #### What I said
        Something about processes.
        #### Outline
        - It shares memory
        """
    )

    assert result.problems == ()
    assert [question.text for question in result.debrief.questions] == [
        "Why us?",
        "Where do you see yourself in five years?",
        "What is a thread?",
    ]
    assert result.debrief.questions[2].remembered_answer == "Something about processes."
    assert result.debrief.questions[2].points == (DraftPoint(text="It shares memory"),)


def test_a_section_after_the_questions_is_still_a_section() -> None:
    result = read(
        """\
        ## Questions
        ### Why us?
        ## Lessons
        - Sleep first
        """
    )

    assert result.debrief.lessons == ("Sleep first",)
    assert [question.text for question in result.debrief.questions] == ["Why us?"]


def test_what_fits_nowhere_is_reported_with_its_line_and_the_rest_is_kept() -> None:
    result = read(
        """\
        # Interview: Cook at Luigi's
        - Date: 12/11/2026
        - Mood: fine
        - Feelings: sad 9/5

        ## Weather
        It rained.
        ## Questions
        ### Why us?
        - Difficulty: very
        - Kind: philosophical
        A stray line.

        Outline:
        1. [moral] Be kind
        2. Be kind
        3. Be kind
        """
    )

    assert [(problem.line, problem.what.split("'")[1]) for problem in result.problems[:-1]] == [
        (2, "12/11/2026"),
        (3, "- Mood: fine"),
        (4, "sad 9/5"),
        (6, "Weather"),
        (7, "It rained."),
        (10, "very"),
        (11, "philosophical"),
        (12, "A stray line."),
        (15, "[moral]"),
    ]
    assert result.problems[-1].line == 17
    assert all(problem.remedy for problem in result.problems)
    question = result.debrief.questions[0]
    assert (result.debrief.company, question.kind_guessed) == ("Luigi's", True)
    assert [point.text for point in question.points] == ["[moral] Be kind", "Be kind"]


def test_comments_and_rules_mean_nothing() -> None:
    result = read(
        """\
        # Interview: Cook at Luigi's
        <!-- fill this in
        - Mood: fine
        -->
        ---
        - Outcome: offered
        """
    )

    assert result.problems == ()
    assert result.debrief.outcome is Outcome.OFFERED


def test_a_text_with_nothing_in_it_says_so() -> None:
    (problem,) = read("\n  \n").problems

    assert "Neither an interview nor a question" in problem.what


def test_characters_that_are_no_text_are_replaced_and_reported() -> None:
    result = read("# Interview: Cook at Luigi's\n- Feelings: s\0d\n")

    assert [problem.line for problem in result.problems] == [2]
    assert result.debrief.feelings == (Feeling(word="s\ufffdd"),)


def test_an_overlong_question_is_shortened_and_reported() -> None:
    result = read(f"## Questions\n### {'why ' * 400}\n")

    assert len(result.debrief.questions[0].text) <= 1_000
    assert "longer than 1,000 characters" in result.problems[0].what


@pytest.mark.parametrize("text", [" (" * 20_000, "1" * 20_000, "sad " * 100])
def test_a_feeling_beyond_reason_is_reported_at_once(text: str) -> None:
    result = read(f"# Interview: Cook at Luigi's\n- Feelings: {text}\n")

    assert result.debrief.feelings == ()
    assert [problem.line for problem in result.problems][-1] == 2


@given(st.text())
def test_reading_never_raises_on_any_text(text: str) -> None:
    read_debrief(text, DebriefFormat.MARKDOWN)


PIECES = st.sampled_from(
    [
        "# Interview: A at B",
        "## Questions",
        "### Why?",
        "## What went well",
        "#### Outline",
        "- Kind:",
        "- Date: 2026-13-45",
        "Outline:",
        "1. [situation] (2) x",
        "What I said:",
        "Skills: a, b",
        "- ",
        "* one",
        "   two",
        "",
        "---",
        "<!--",
        "Feelings: ,;: 4/",
        "## Next interview",
        "# ",
    ]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=25))
def test_no_arrangement_of_lines_raises_and_problems_name_lines_that_exist(
    lines: list[str],
) -> None:
    text = "\n".join(lines)

    result = read_debrief(text, DebriefFormat.MARKDOWN)

    count = 2 + sum(text.count(end) for end in "\n\r\x85\u2028\u2029")
    assert all(1 <= problem.line <= count for problem in result.problems)


WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=2, max_size=8), min_size=1, max_size=6).map(
    " ".join
)


@given(
    st.lists(WORDS, max_size=4, unique=True),
    st.lists(st.tuples(WORDS, WORDS, st.integers(1, 5)), max_size=4, unique_by=lambda q: q[0]),
)
def test_what_is_written_in_the_layout_is_what_is_read(
    went_well: list[str], questions: list[tuple[str, str, int]]
) -> None:
    lines = ["# Interview: Cook at Luigi's", "## What went well"]
    lines += [f"- {text}" for text in went_well]
    lines += ["## Questions"]
    for text, how, difficulty in questions:
        lines += [f"### {text}", f"- Tripped me up: {how}", f"- Difficulty: {difficulty}/5"]

    result = read_debrief("\n".join(lines), DebriefFormat.MARKDOWN)

    assert result.problems == ()
    assert list(result.debrief.went_well) == went_well
    assert [
        (question.text, question.tripped_up, question.difficulty)
        for question in result.debrief.questions
    ] == questions


def test_a_heading_without_words_is_no_question_and_is_reported() -> None:
    result = read(
        """\
        # Interview: Analyst at Northwind

        ## Questions
        ### Why us?
        ###
        - Kind: behavioural
        """
    )
    assert [question.text for question in result.debrief.questions] == ["Why us?"]
    (problem,) = result.problems
    assert problem.line == 5
    assert "without its text" in problem.what


def test_a_weight_out_of_range_is_reported_and_leaves_the_point_clean() -> None:
    result = read(
        """\
        ## Questions
        ### Why us?
        Outline:
        - I called them (weight 99)
        - (x0) I wrote to them
        - We moved into the new hall (45)
        - We opened the second shop (2019)
        """
    )
    (question,) = result.debrief.questions
    assert [(point.text, point.weight) for point in question.points] == [
        ("I called them", 1.0),
        ("I wrote to them", 1.0),
        ("We moved into the new hall (45)", 1.0),
        ("We opened the second shop (2019)", 1.0),
    ]
    assert [problem.line for problem in result.problems] == [4, 5, 6]
    assert "part of the point" in result.problems[2].what
