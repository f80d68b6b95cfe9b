"""A list of questions in a table: CSV with any delimiter, and Anki's "Notes in plain text". Pure.

The delimiter is what Python's sniffer guesses, unless another one makes more of the header's names
known. Fields may be quoted and hold line breaks; a row that is broken is named with the line it
begins on and the rows after it are still read.
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from question_bank.debrief_nodes import Problem
from question_bank.debrief_values import kind_of
from question_bank.plain_text import looks_like_html, text_of_html
from question_bank.question_list import (
    Column,
    Field,
    ListedQuestion,
    ListFormat,
    QuestionList,
    checked_length,
    listed_question,
    meaning_of,
)

DELIMITERS: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_ANKI_SEPARATORS: Final = {
    "tab": "\t",
    "comma": ",",
    "semicolon": ";",
    "pipe": "|",
    "colon": ":",
    "space": " ",
}
HEADER_WITHIN: Final = 10
"""Rows among which the header is looked for: exports may begin with a title."""

_SNIFFED_CHARACTERS: Final = 20_000
_MANY: Final = frozenset({"outline", "notes", "stories", "skills"})
_BULLET: Final = re.compile(r"^(?:[-*+•‣–—]|\d{1,3}[.)])[ \t]+(?=\S)")
_ANKI_HEADER: Final = re.compile(r"#([a-z ]{1,40}):(.*)", re.IGNORECASE)
_SOUND: Final = re.compile(r"\[(?:sound|anki):[^\]]*\]")
_CLOZE: Final = re.compile(r"\{\{c\d{1,3}::(.*?)(?:::[^{}]*)?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]


def read_csv(text: str) -> QuestionList:
    """Read a table with a header, or a single column without one."""
    problems: list[Problem] = []
    named = re.match(r"sep=(.)\n", text)
    body = text[named.end() :] if named else text
    first_line = 2 if named else 1
    delimiter = named[1] if named else _best_delimiter(body)
    rows = list(_rows(body, delimiter, first_line, problems))
    header = _header(rows)
    if header is None and any(len(row.cells) > 1 for row in rows):
        shown = ", ".join(cell.strip()[:30] for cell in rows[0].cells[:8])
        problems.append(
            Problem(
                line=rows[0].line,
                what=f"No column is named as the one with the questions. The first row: {shown}.",
                remedy="Name that column 'question' in the first row.",
            )
        )
        rows = []
    meanings: tuple[str | None, ...] = ("question",)
    columns: tuple[Column, ...] = ()
    if header is not None:
        meanings = tuple(meaning_of(cell) for cell in header.cells)
        columns = _columns(header.cells, meanings)
        rows = [row for row in rows if row.line > header.line]
    return _list_of(
        ListFormat.CSV,
        rows,
        meanings,
        problems,
        delimiter=DELIMITERS.get(delimiter, repr(delimiter)) if len(meanings) > 1 else "",
        columns=columns,
    )


def read_anki(text: str) -> QuestionList:
    """Read Anki's "Notes in plain text": the front is the question, the back its points."""
    problems: list[Problem] = []
    lines = text.split("\n")
    headers = [found for line in lines if (found := _ANKI_HEADER.fullmatch(line)) is not None]
    headers = [one for at, one in enumerate(headers) if lines[at] == one[0]]  # at the top only
    said = {one[1].casefold().strip(): one[2] for one in headers}
    body = "\n".join(lines[len(headers) :])
    separator = said.get("separator", "tab").strip()
    delimiter = _ANKI_SEPARATORS.get(separator.casefold(), separator[:1] or "\t")
    rows = list(_rows(body, delimiter, len(headers) + 1, problems))
    is_html = said.get("html", "true" if looks_like_html(body) else "false").strip() == "true"
    rows = [
        _Row(row.line, tuple(_seen(cell, is_html=is_html) for cell in row.cells)) for row in rows
    ]
    width = max((len(row.cells) for row in rows), default=0)
    names = said["columns"].split(delimiter) if "columns" in said else []
    meanings = _anki_meanings(said, names, width)
    named = [names[at] if at < len(names) else f"column {at + 1}" for at in range(width)]
    return _list_of(
        ListFormat.ANKI,
        rows,
        meanings,
        problems,
        delimiter=DELIMITERS.get(delimiter, repr(delimiter)),
        columns=_columns(named, meanings),
    )


def _list_of(
    form: ListFormat,
    rows: Sequence[_Row],
    meanings: Sequence[str | None],
    problems: list[Problem],
    *,
    delimiter: str,
    columns: tuple[Column, ...],
) -> QuestionList:
    questions = [found for row in rows if (found := _question(row, meanings, problems)) is not None]
    if not questions and not problems:
        problems.append(
            Problem(line=1, what="No question was found.", remedy="Is it another file?")
        )
    kept = checked_length(questions, problems)
    return QuestionList(
        format=form,
        questions=kept,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
        delimiter=delimiter,
        columns=columns,
    )


def _question(
    row: _Row, meanings: Sequence[str | None], problems: list[Problem]
) -> ListedQuestion | None:
    if any(cell.strip() for cell in row.cells[len(meanings) :]):
        problems.append(
            Problem(
                line=row.line,
                what=f"This row has {len(row.cells)} cells and the header {len(meanings)}.",
                remedy="Put a text that holds the delimiter into double quotes.",
            )
        )
        return None
    fields: list[Field] = []
    for meaning, cell in zip(meanings, row.cells, strict=False):
        if meaning is None or not cell.strip():
            continue
        if meaning == "competency":
            fields += _tags(cell, row.line)
        elif meaning in _MANY:
            fields.append(Field(meaning, row.line, _entries(cell)))
        else:
            fields.append(Field(meaning, row.line, (cell.strip(),)))
    return listed_question(row.line, fields, problems)


def _tags(cell: str, line: int) -> list[Field]:
    """Tags are competencies, but for one that names a kind of question."""
    tags = [tag.strip().replace("_", " ") for tag in re.split(r"[;,\n]", cell)]
    if len(tags) == 1 and "::" in tags[0]:
        tags = tags[0].split("::")
    kinds = [tag for tag in tags if tag and len(tag.split()) <= 2 and kind_of(tag) is not None]
    others = ", ".join(tag for tag in tags if tag and tag not in kinds)
    fields = [Field("competency", line, (others,))] if others else []
    return fields + [Field("kind", line, (kind,)) for kind in kinds[:1]]


def _entries(cell: str) -> tuple[str, ...]:
    """Split what lists several things: at its lines, else at bars or semicolons."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    if len(lines) == 1:
        separator = next((one for one in (" | ", "|", ";", " • ") if one in lines[0]), None)
        lines = [lines[0]] if separator is None else lines[0].split(separator)
    bare = (_BULLET.sub("", line.strip()).strip() for line in lines)
    return tuple(dict.fromkeys(entry for entry in bare if entry))


def _rows(text: str, delimiter: str, first_line: int, problems: list[Problem]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = first_line + reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(
                Problem(
                    line=line,
                    what=f"This row can't be read ({error}).",
                    remedy='Write a quotation mark inside a quoted text twice: "".',
                )
            )
            continue
        if any(cell.strip() for cell in cells):
            yield _Row(line, tuple(cells))


def _best_delimiter(text: str) -> str:
    """Return the delimiter that makes most names of the header known, the sniffed one of equals."""
    sample = text[:_SNIFFED_CHARACTERS]
    try:
        sniffed = csv.Sniffer().sniff(sample, delimiters="".join(DELIMITERS)).delimiter
    except csv.Error:
        sniffed = ","

    def known(delimiter: str) -> tuple[int, bool]:
        header = _header(list(_rows(sample, delimiter, 1, [])))
        names = () if header is None else header.cells
        return sum(meaning_of(name) is not None for name in names), delimiter == sniffed

    return max(DELIMITERS, key=known)


def _header(rows: Sequence[_Row]) -> _Row | None:
    """Return the row that names the columns; None where none names the questions."""
    for row in rows[:HEADER_WITHIN]:
        if any(meaning_of(cell) == "question" for cell in row.cells):
            return row
    return None


def _columns(names: Sequence[str], meanings: Sequence[str | None]) -> tuple[Column, ...]:
    return tuple(
        Column(name=name.strip()[:60], taken_for=meaning)
        for name, meaning in zip(names, meanings, strict=True)
    )


def _anki_meanings(said: dict[str, str], names: Sequence[str], width: int) -> list[str | None]:
    meanings: list[str | None] = [meaning_of(name) for name in names[:width]]
    meanings += [None] * (width - len(meanings))
    places = {what: _place(said.get(f"{what} column", ""), width) for what in _ANKI_PLACES}
    for what, place in places.items():
        if place is not None:
            meanings[place] = _ANKI_PLACES[what]
    free = [at for at in range(width) if at not in places.values() and meanings[at] is None]
    if "question" not in meanings and free:
        meanings[free.pop(0)] = "question"
    if "outline" not in meanings and free:
        meanings[free.pop(0)] = "outline"
    return meanings


_ANKI_PLACES: Final[dict[str, str | None]] = {
    "tags": "competency",
    "deck": None,
    "notetype": None,
    "guid": None,
}


def _place(number: str, width: int) -> int | None:
    plain = number.strip()
    if not re.fullmatch(r"\d{1,3}", plain, re.ASCII) or not 1 <= int(plain) <= width:
        return None
    return int(plain) - 1


def _seen(cell: str, *, is_html: bool) -> str:
    """Return a field of a note as the card shows it."""
    plain = _CLOZE.sub(r"\1", _SOUND.sub("", cell))
    return text_of_html(plain) if is_html else plain
