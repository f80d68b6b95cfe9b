"""A list of questions from another program: CSV, Markdown, or Anki's plain text. Pure.

Reading never raises on a text. What can be used is a question; a line that can't is a `Problem`
with its number and is kept out whole, so that nothing enters the bank half. What was guessed about
a table (its delimiter, what each column means) is told, so that the person sees it before anything
enters. The layouts are in docs/question-lists.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from question_bank.debrief import debriefed_question
from question_bank.debrief_names import QUESTION_NAMES, plain_name
from question_bank.debrief_nodes import Entry, FieldsNode, ListNode, Problem, TextNode
from question_bank.debrief_records import DebriefedQuestion

MOST_QUESTIONS: Final = 500
"""Questions of one list: more than all packs together. Each is compared with every other and with
the bank, which takes about a second, and a form holds a thousand fields."""


class ListFormat(StrEnum):
    """How a list of questions is written down."""

    CSV = "csv"
    MARKDOWN = "markdown"
    ANKI = "anki"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedQuestion:
    """One question of a list. `company` is where it was asked, `notes` what stood beside it."""

    asked: DebriefedQuestion
    company: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: its name there, and what it was taken for (None: it is not read)."""

    name: str
    taken_for: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionList:
    """What was read: the questions in their order, and what could not be used.

    `delimiter` names what separates the columns, in words; empty where there are none.
    """

    format: ListFormat
    questions: tuple[ListedQuestion, ...]
    problems: tuple[Problem, ...]
    delimiter: str = ""
    columns: tuple[Column, ...] = ()


NOTES: Final = "notes"
COMPANY: Final = "company"

COLUMN_NAMES: Final = {
    **QUESTION_NAMES,
    **dict.fromkeys(
        ("front", "prompt", "questions", "interview question", "interview questions"), "question"
    ),
    **dict.fromkeys(
        (
            *("outline points", "points", "point", "key points", "talking points", "bullet points"),
            *("back", "answer", "model answer", "sample answer", "good answer"),
        ),
        "outline",
    ),
    **dict.fromkeys(
        ("tags", "tag", "competencies", "competences", "topic", "topics", "skill area"),
        "competency",
    ),
    **dict.fromkeys(("notes", "note", "comment", "comments", "remarks", "extra"), NOTES),
    **dict.fromkeys(
        ("company", "employer", "firm", "organisation", "organization", "asked at"), COMPANY
    ),
}
"""What a column's or a label's name means; a plain "answer" in a list is a good one, so it gives
the points to make."""

_ENDINGS: Final = {
    ".csv": ListFormat.CSV,
    ".tsv": ListFormat.CSV,
    ".md": ListFormat.MARKDOWN,
    ".markdown": ListFormat.MARKDOWN,
}
_ANKI_HEADERS: Final = ("#separator:", "#html:", "#tags column:", "#deck", "#notetype", "#columns:")


def list_format_of(file_name: str, text: str) -> ListFormat:
    """Tell how a list is written from its file's ending, and where that says little from the text.

    Anki's export begins with lines such as "#separator:tab"; a text whose first line has a tab, or
    names columns of which one is the question, is a table; everything else is read as Markdown,
    which plain lines are too.
    """
    first = text.lstrip("\ufeff\n ").partition("\n")[0]
    if first.casefold().startswith(_ANKI_HEADERS):
        return ListFormat.ANKI
    known = _ENDINGS.get(PurePath(file_name).suffix.lower())
    if known is not None:
        return known
    is_table = "\t" in first.strip() or any(_names_columns(first, mark) for mark in ",;")
    return ListFormat.CSV if is_table else ListFormat.MARKDOWN


def _names_columns(line: str, delimiter: str) -> bool:
    names = [cell.strip().strip("\"'").strip().casefold() for cell in line.split(delimiter)]
    return len(names) > 1 and any(COLUMN_NAMES.get(name) == "question" for name in names)


@dataclass(frozen=True, slots=True)
class Field:
    """Something said about a question: what it means, where it stands, its text or its entries."""

    meaning: str
    line: int
    texts: tuple[str, ...]


def listed_question(
    line: int, fields: Sequence[Field], problems: list[Problem]
) -> ListedQuestion | None:
    """Return the question that these fields describe.

    Where anything in them can't be used the problems say so and the whole question is left out.
    """
    found: list[Problem] = []
    node = FieldsNode(
        tuple(_entry(field) for field in fields if field.meaning not in {NOTES, COMPANY}), line
    )
    asked = debriefed_question(node, found)
    if found or asked is None:
        problems.extend(found)
        return None
    return ListedQuestion(
        asked=asked,
        company=" ".join(text for one in fields if one.meaning == COMPANY for text in one.texts),
        notes=tuple(
            text for field in fields if field.meaning == NOTES for text in field.texts if text
        ),
    )


def checked_length(
    questions: Sequence[ListedQuestion], problems: list[Problem]
) -> tuple[ListedQuestion, ...]:
    """Return at most as many questions as one list may have, with a problem where it has more."""
    if len(questions) > MOST_QUESTIONS:
        problems.append(
            Problem(
                line=questions[MOST_QUESTIONS].asked.line,
                what=f"There are {len(questions):,} questions; those from here on were left out.",
                remedy=f"Take over {MOST_QUESTIONS:,} at a time.",
            )
        )
    return tuple(questions[:MOST_QUESTIONS])


def _entry(field: Field) -> Entry:
    if len(field.texts) == 1 and field.meaning != "outline":
        return Entry(field.meaning, field.line, TextNode(field.texts[0], field.line))
    items = tuple(TextNode(text, field.line) for text in field.texts)
    return Entry(field.meaning, field.line, ListNode(items, field.line))


def meaning_of(name: str) -> str | None:
    """Return what a column's or a label's name means; None for one that means nothing here."""
    return COLUMN_NAMES.get(plain_name(name))
