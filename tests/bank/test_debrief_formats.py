"""A debrief in YAML and JSON: the same fields as in Markdown, problems with their lines."""

import json
from datetime import date
from textwrap import dedent

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from question_bank.debrief import (
    Debrief,
    DebriefFormat,
    DebriefResult,
    NextInterview,
    format_of,
    read_debrief,
)
from question_bank.interview import Feeling, Outcome
from question_bank.outline import DraftPoint, StarPart
from question_bank.question import QuestionKind

FULL = """\
company: Northwind Logistics
role: Data analyst
date: 2026-11-12
outcome: rejected
feelings:
  - word: disappointed
    intensity: 4
  - relieved
went_well: [I was early, "They asked: why?"]
what differed from what I expected: Three people
could_answer_better: []
feedback: Say sooner what you did.
lessons:
  - Sleep first
next interview:
  company: Alder
  role: Analyst
  date: 9 December 2026
questions:
  - question: Why did you leave?
    kind: motivational
    tripped me up: I apologised
    difficulty: 5
    target: 90
    what I said: No idea
    outline:
      - Team closed
      - text: I cut the reporting
        part: result
        weight: 2
    skills: SQL, planning
    stories: [the report]
  - Where do you see yourself in five years?
"""


def read(text: str, written: DebriefFormat = DebriefFormat.YAML) -> DebriefResult:
    return read_debrief(dedent(text), written)


def test_yaml_says_what_markdown_says() -> None:
    result = read(FULL)

    assert result.problems == ()
    assert result.debrief.questions[0].points == (
        DraftPoint(text="Team closed"),
        DraftPoint(text="I cut the reporting", part=StarPart.RESULT, weight=2.0),
    )
    assert result.debrief.questions[1].kind_guessed
    assert [question.line for question in result.debrief.questions] == [20, 33]
    without_questions = Debrief(
        company="Northwind Logistics",
        role="Data analyst",
        day=date(2026, 11, 12),
        outcome=Outcome.REJECTED,
        feelings=(Feeling(word="disappointed", intensity=4), Feeling(word="relieved")),
        went_well=("I was early", "They asked: why?"),
        differed_from_expected=("Three people",),
        feedback_received="Say sooner what you did.",
        lessons=("Sleep first",),
        next_interview=NextInterview(company="Alder", role="Analyst", day=date(2026, 12, 9)),
        questions=result.debrief.questions,
    )
    assert result.debrief == without_questions


def test_json_says_what_yaml_says() -> None:
    as_json = json.dumps(yaml.safe_load(FULL), default=str)

    result = read_debrief(as_json, DebriefFormat.JSON)

    assert result.problems == ()
    expected = read(FULL).debrief
    assert [question.text for question in result.debrief.questions] == [
        question.text for question in expected.questions
    ]
    assert result.debrief.questions[0].points == expected.questions[0].points
    assert result.debrief.feelings == expected.feelings
    assert result.debrief.next_interview == expected.next_interview


def test_a_yaml_file_that_does_not_parse_names_the_line() -> None:
    (problem,) = read("company: A\nrole: [unclosed\n").problems

    assert problem.line == 3
    assert "not YAML" in problem.what


def test_a_json_file_that_does_not_parse_names_the_line() -> None:
    (problem,) = read('{\n  "company": "A"\n  "role": "B"\n}', DebriefFormat.JSON).problems

    assert problem.line == 3
    assert "not JSON" in problem.what


WITH_PROBLEMS = """{"company": "A",
"mood": "fine",
"date": "soon",
"questions": [
{"difficulty": 7,
"text": "Why?"}]}"""


@pytest.mark.parametrize(
    ("text", "written", "lines"),
    [
        (
            "company: A\nmood: fine\ndate: soon\nquestions:\n  - difficulty: 7\n    text: Why?\n",
            DebriefFormat.YAML,
            [2, 3, 5],
        ),
        (
            WITH_PROBLEMS,
            DebriefFormat.JSON,
            [2, 3, 5],
        ),
    ],
)
def test_problems_name_their_line_and_the_good_parts_are_kept(
    text: str, written: DebriefFormat, lines: list[int]
) -> None:
    result = read(text, written)

    assert [problem.line for problem in result.problems] == lines
    assert result.debrief.company == "A"
    assert result.debrief.questions[0].text == "Why?"
    assert result.debrief.questions[0].kind is QuestionKind.TECHNICAL


@pytest.mark.parametrize("text", ["- a\n- b", "just words", "[[1]]", '"x"'])
def test_a_file_without_fields_says_how_to_begin(text: str) -> None:
    (problem,) = read(text).problems

    assert "not laid out as a debrief" in problem.what


def test_fields_and_lists_in_the_wrong_place_are_problems() -> None:
    result = read(
        """\
        company: {name: A}
        questions:
          - [a, b]
          - kind: technical
        next_interview: soon
        feelings: [[deep]]
        """
    )

    assert [problem.line for problem in result.problems] == [1, 3, 4, 5, 6]


def test_a_date_given_twice_keeps_the_first_and_says_so() -> None:
    result = read("company: A\ndate: 2026-01-02\nwhen: 2026-01-03\n")

    assert result.debrief.day == date(2026, 1, 2)
    assert [problem.line for problem in result.problems] == [3]


@pytest.mark.parametrize("depth", [30, 5_000])
@pytest.mark.parametrize("written", [DebriefFormat.YAML, DebriefFormat.JSON])
def test_a_file_nested_beyond_reason_is_a_problem_not_a_crash(
    depth: int, written: DebriefFormat
) -> None:
    deep = '{"lessons": ' + "[" * depth + "]" * depth + "}"

    assert read_debrief(deep, written).problems


def test_yaml_aliases_that_bite_their_own_tail_end() -> None:
    result = read("lessons: &a [x, *a]\ncompany: &b {name: *b}\n")

    assert result.problems


def test_a_billion_laughs_are_cut_short() -> None:
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    for name, before in zip("bcdefgh", "abcdefg", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]")
    lines.append("lessons: *h")

    result = read("\n".join(lines))

    assert result.problems


@given(st.text())
def test_reading_never_raises_whatever_the_format(text: str) -> None:
    for written in DebriefFormat:
        read_debrief(text, written)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["company", "questions", "outline", "text", "feelings", "date", "kind"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(VALUES)
def test_no_json_document_makes_reading_raise(value: object) -> None:
    read_debrief(json.dumps(value, indent=1), DebriefFormat.JSON)
    read_debrief(yaml.safe_dump(value), DebriefFormat.YAML)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("debrief.md", DebriefFormat.MARKDOWN),
        ("/home/me/November.MARKDOWN", DebriefFormat.MARKDOWN),
        ("notes.txt", DebriefFormat.MARKDOWN),
        ("a.yml", DebriefFormat.YAML),
        ("a.json", DebriefFormat.JSON),
        ("a.docx", None),
        ("debrief", None),
    ],
)
def test_the_ending_of_a_file_tells_its_format(name: str, expected: DebriefFormat | None) -> None:
    assert format_of(name) is expected


@pytest.mark.parametrize("wrapper", ["interview", "Debrief"])
def test_fields_below_one_key_for_the_whole_are_read_as_if_it_were_not_there(wrapper: str) -> None:
    wrapped = f"{wrapper}:\n" + "".join(f"  {line}\n" for line in FULL.splitlines())

    result = read_debrief(wrapped, DebriefFormat.YAML)

    assert not result.problems
    assert result.debrief.company == "Northwind Logistics"
    plain = read_debrief(FULL, DebriefFormat.YAML).debrief
    assert [q.text for q in result.debrief.questions] == [q.text for q in plain.questions]
