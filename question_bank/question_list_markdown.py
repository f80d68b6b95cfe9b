"""A list of questions in Markdown: headings, bullets, nested bullets. Pure.

* A bullet at the margin, or a line that ends in a question mark, is a question; bullets nested in
  it are the points of its outline.
* A heading that asks something is a question, and the bullets below it are its points. Any other
  heading groups the questions below it: by their kind if it names one ("Behavioural"), else by what
  they ask for ("Teamwork").
* A label such as "Notes:" or "Company:" below a question is that field of it.
* A text laid out as a debrief is read as one, and its questions are taken.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from question_bank.debrief import DebriefFormat, read_debrief
from question_bank.debrief_names import INTERVIEW_NAMES, plain_name
from question_bank.debrief_nodes import Problem
from question_bank.debrief_values import kind_of
from question_bank.limits import LONGEST_NAME
from question_bank.question_list import (
    Field,
    ListedQuestion,
    ListFormat,
    QuestionList,
    checked_length,
    listed_question,
    meaning_of,
)

_HEADING: Final = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_BULLET: Final = re.compile(
    r"([ \t]*)(?:[-*+•‣–—]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)(.*)"
)
_LABEL: Final = re.compile(
    r"(?:\*\*|__|\*|_)?([A-Za-z][^:*]{1,40}?)(?:\*\*|__|\*|_)?:(?:\*\*|__)?\s*(.*)"
)
_RULE: Final = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,}|={3,})[ \t]*")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_NUMBERING: Final = re.compile(
    r"(?:question\s*\d{0,3}\s*[:.)]|q?\s?\d{1,3}[:.)])\s*(?=\S)", re.IGNORECASE
)
_ASKS: Final = re.compile(
    r"(?:tell|describe|give|walk|talk|explain|share|imagine|suppose|how|what|why|when|where|who|"
    r"which|have|are|is|do|did|can|could|would|will|if)\b(?! to\b)",
    re.IGNORECASE,
)
_SINGLE: Final = frozenset({"kind", "difficulty", "target_seconds", "company"})
_LISTS: Final = frozenset({"outline", "notes", "skills", "stories"})


@dataclass(slots=True)
class _Block:
    """One question as it is being read: its text, and what stands below it."""

    line: int
    text: str
    indent: int
    under_heading: bool
    fields: list[Field] = field(default_factory=list)
    points: list[list[str]] = field(default_factory=list)
    open_label: str | None = None
    open_for_more: bool = True


def read_markdown_list(text: str) -> QuestionList:
    """Read a list of questions in Markdown."""
    problems: list[Problem] = []
    questions = (
        _of_debrief(text, problems) if _is_debrief(text) else _Reader(problems).questions(text)
    )
    if not questions and not problems:
        problems.append(
            Problem(
                line=1,
                what="No question was found.",
                remedy="Write each question as a bullet, its points as bullets nested in it.",
            )
        )
    kept = checked_length(questions, problems)
    return QuestionList(
        format=ListFormat.MARKDOWN,
        questions=kept,
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


def _is_debrief(text: str) -> bool:
    names = {
        INTERVIEW_NAMES.get(plain_name(found[2]))
        for line in text.split("\n")
        if (found := _HEADING.fullmatch(line)) is not None
    }
    return bool(names - {None, "questions", "company", "role", "date"})


def _of_debrief(text: str, problems: list[Problem]) -> list[ListedQuestion]:
    read = read_debrief(text, DebriefFormat.MARKDOWN)
    problems.extend(read.problems)
    company = read.debrief.company
    return [ListedQuestion(asked=asked, company=company) for asked in read.debrief.questions]


class _Reader:
    def __init__(self, problems: list[Problem]) -> None:
        self._problems = problems
        self._blocks: list[tuple[_Block, str]] = []
        self._block: _Block | None = None
        self._group = ""

    def questions(self, text: str) -> list[ListedQuestion]:
        """Return the questions of a text; what can't be used joins the problems."""
        plain = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
        for line, raw in enumerate(plain.split("\n"), start=1):
            if not raw.strip() or _RULE.fullmatch(raw):
                if self._block is not None:
                    self._block.open_for_more = False
            elif (heading := _HEADING.fullmatch(raw)) is not None:
                self._read_heading(line, _bare(heading[2]), level=len(heading[1]))
            elif (bullet := _BULLET.fullmatch(raw)) is not None:
                self._read_bullet(line, len(bullet[1].expandtabs(4)), bullet[2])
            else:
                self._read_line(line, raw)
        return [
            found
            for block, group in self._blocks
            if (found := self._question(block, group)) is not None
        ]

    def _read_heading(self, line: int, title: str, *, level: int) -> None:
        if title.endswith("?") or (_ASKS.match(title) and len(title.split()) >= 4):
            self._begin(line, title, indent=-1, under_heading=True)
            return
        self._block = None
        name = INTERVIEW_NAMES.get(plain_name(title))
        # The title of the whole text groups nothing, nor does a heading "Questions".
        first = level == 1 and not self._blocks
        self._group = (
            title if name != "questions" and not (first and kind_of(title) is None) else ""
        )

    def _read_bullet(self, line: int, indent: int, text: str) -> None:
        block = self._block
        nested = block is not None and (block.under_heading or indent > block.indent)
        if block is None or not nested:
            self._begin(line, _bare(text), indent=indent, under_heading=False)
            return
        if self._read_label(line, text):
            return
        if block.open_label in _LISTS:
            block.fields.append(Field(block.open_label, line, (_bare(text),)))
        else:
            block.points.append([_bare(text)])
            block.open_label = None
        block.open_for_more = True

    def _read_line(self, line: int, raw: str) -> None:
        block, text = self._block, raw.strip()
        if block is not None and self._read_label(line, text):
            return
        indented = raw[:1] in {" ", "\t"}
        if block is not None and (block.open_for_more or (block.under_heading or indented)):
            self._go_on(block, line, text)
        elif text.endswith("?"):
            self._begin(line, _bare(text), indent=0, under_heading=False)
        else:
            self._problems.append(
                Problem(
                    line=line,
                    what=f"This is neither a question nor a point of one: '{text[:60]}'.",
                    remedy="Begin a question with '- ', or end it with a question mark.",
                )
            )

    def _go_on(self, block: _Block, line: int, text: str) -> None:
        """A line without a bullet goes on with what is open: a label, a point, the question."""
        if not block.open_for_more and block.open_label is None:
            block.fields.append(Field("notes", line, (_bare(text),)))
        elif block.open_label is not None:
            block.fields.append(Field(block.open_label, line, (text,)))
        elif block.points:
            block.points[-1].append(text)
        elif block.under_heading:
            block.fields.append(Field("notes", line, (_bare(text),)))
        else:
            block.text += f" {_bare(text)}"

    def _read_label(self, line: int, text: str) -> bool:
        found = _LABEL.fullmatch(text)
        meaning = None if found is None else meaning_of(found[1])
        if found is None or meaning is None or meaning == "question":
            return False
        assert self._block is not None
        block, said = self._block, found[2].strip()
        block.open_label = None if said and meaning in _SINGLE else meaning
        block.open_for_more = True
        if said:
            block.fields.append(Field(meaning, line, (_bare(said),)))
        return True

    def _begin(self, line: int, text: str, *, indent: int, under_heading: bool) -> None:
        self._block = _Block(line, _NUMBERING.sub("", text, count=1), indent, under_heading)
        self._blocks.append((self._block, self._group))

    def _question(self, block: _Block, group: str) -> ListedQuestion | None:
        fields = [Field("question", block.line, (block.text,)), *_joined(block.fields)]
        if points := tuple(dict.fromkeys(" ".join(words) for words in block.points)):
            fields.append(Field("outline", block.line, points))
        said = {one.meaning for one in fields}
        if group and kind_of(group) is not None:
            fields += [] if "kind" in said else [Field("kind", block.line, (group,))]
        elif group and "competency" not in said:
            fields.append(Field("competency", block.line, (group[:LONGEST_NAME],)))
        return listed_question(block.line, fields, self._problems)


def _joined(fields: list[Field]) -> list[Field]:
    """Join lines that go on with the same text; what lists things stays apart."""
    joined: list[Field] = []
    for one in fields:
        if joined and joined[-1].meaning == one.meaning and one.meaning not in _LISTS:
            before = joined.pop()
            joined.append(Field(one.meaning, before.line, ("\n".join(before.texts + one.texts),)))
        else:
            joined.append(one)
    return joined


def _bare(text: str) -> str:
    """Return a text without Markdown's marks for bold and slanted around all of it."""
    plain = text.strip()
    for mark in ("**", "__", "*", "_"):
        if plain.startswith(mark) and plain.endswith(mark) and len(plain) > 2 * len(mark):
            return plain[len(mark) : -len(mark)].strip()
    return plain
