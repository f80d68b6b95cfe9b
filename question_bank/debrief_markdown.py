"""A debrief in Markdown, read line by line into nodes.

The layout is in docs/debrief-format.md. Reading is forgiving about case, bullets, bold labels,
wrapped lines and missing parts. A line that fits nowhere becomes a problem with its number: nothing
is dropped in silence. Blank lines, rules (`---`) and HTML comments mean nothing.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from question_bank.debrief_names import (
    FREE_TEXT,
    INTERVIEW_NAMES,
    LISTS,
    NEXT_NAMES,
    ONE_LINE,
    QUESTION_NAMES,
    plain_name,
)
from question_bank.debrief_nodes import Entry, FieldsNode, ListNode, Node, Problem, TextNode

_HEADING: Final = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_BULLET: Final = re.compile(r"[ \t]*(?:[-*+•‣–—]|\d{1,3}[.)])[ \t]+(?=\S)")
_LABEL: Final = re.compile(r"(\*\*|__|\*|_)?([^:*]{1,60}?)(?:\1)?[ \t]*:(?:\1)?(?:[ \t]+|$)(.*)")
_RULE: Final = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|={3,})")
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TITLE: Final = re.compile(
    r"(?:(?:job )?interview(?: debrief)?|debrief)\b[ \t]*[:\-–—]?[ \t]*(.*)", re.IGNORECASE
)
_NUMBERING: Final = re.compile(
    r"(?:question[ \t]*\d{0,3}[ \t]*[:.)]|q?[ \t]?\d{1,3}[:.)])[ \t]*(?=\S)", re.IGNORECASE
)


@dataclass(slots=True)
class _Part:
    """One heading (level 0: the text before any) with the lines below it."""

    level: int
    title: str
    line: int
    body: list[tuple[int, str]] = field(default_factory=list)


def read_markdown(text: str) -> tuple[FieldsNode, tuple[Problem, ...]]:
    """Read a debrief in Markdown into nodes, and say which lines fit nowhere."""
    return _Reader().read(text)


class _Reader:
    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._interview: list[Entry] = []
        self._questions: list[Node] = []
        self._questions_level = 0
        self._titled = False

    def read(self, text: str) -> tuple[FieldsNode, tuple[Problem, ...]]:
        parts = _parts(text)
        at = 0
        while at < len(parts):
            at = self._read_part(parts, at)
        if self._questions:
            line = self._questions[0].line
            self._interview.append(Entry("questions", line, ListNode(tuple(self._questions), line)))
        self.problems.sort(key=lambda problem: problem.line)
        return FieldsNode(tuple(self._interview), 1), tuple(self.problems)

    def _read_part(self, parts: list[_Part], at: int) -> int:
        """Read one part, with the deeper parts that belong to it; return the next one's place."""
        part = parts[at]
        name = INTERVIEW_NAMES.get(plain_name(part.title)) if part.level else None
        if name == "questions":
            self._questions_level = part.level
            self._read_loose_questions(part)
        elif name is not None:
            self._questions_level = 0
            self._read_section(name, part)
        elif part.level == 0 or self._is_title(part):
            if part.level:
                self._read_title(part)
            self._questions_level = 0
            self._interview.extend(self._labelled(part.body, INTERVIEW_NAMES))
        elif self._questions_level and (
            part.level > self._questions_level or part.title.rstrip().endswith("?")
        ):
            return self._read_question(parts, at)
        else:
            self._report_part(part)
        return at + 1

    def _is_title(self, part: _Part) -> bool:
        return not self._titled and (
            _TITLE.fullmatch(part.title) is not None or (part.level == 1 and not self._interview)
        )

    def _read_title(self, part: _Part) -> None:
        self._titled = True
        found = _TITLE.fullmatch(part.title)
        title = (found[1] if found else part.title).strip()
        role, at, company = f" {title}".partition(" at ")
        if not at:
            role, at, company = title.partition(" @ ")
        if found and not at and (with_whom := re.match(r"with[ \t]+(.+)", title, re.IGNORECASE)):
            role, company = "", with_whom[1]
        for name, text in (("role", role), ("company", company)):
            if text.strip():
                self._interview.append(Entry(name, part.line, TextNode(text.strip(), part.line)))

    def _read_section(self, name: str, part: _Part) -> None:
        if name == "next_interview":
            entries = self._labelled(part.body, NEXT_NAMES)
            if entries:
                self._interview.append(
                    Entry(name, part.line, FieldsNode(tuple(entries), part.line))
                )
        elif name in FREE_TEXT:
            self._interview.append(Entry(name, part.line, _free_text(part.body, part.line)))
        elif name in LISTS:
            self._interview.append(Entry(name, part.line, _items(part.body, part.line)))
        else:
            value = _joined(part.body, part.line)
            self._interview.append(Entry(name, part.line, value))

    def _read_loose_questions(self, part: _Part) -> None:
        """Bullets straight below the heading "Questions" are questions of one line."""
        for item in _items(part.body, part.line).items:
            assert isinstance(item, TextNode)
            entry = Entry("question", item.line, item)
            self._questions.append(FieldsNode((entry,), item.line))

    def _read_question(self, parts: list[_Part], at: int) -> int:
        part = parts[at]
        text = _NUMBERING.sub("", part.title, count=1).strip()
        entries = [Entry("question", part.line, TextNode(text, part.line))]
        body = list(part.body)
        at += 1
        while at < len(parts) and parts[at].level > part.level:
            deeper = parts[at]
            if plain_name(deeper.title) in INTERVIEW_NAMES and (
                plain_name(deeper.title) not in QUESTION_NAMES
            ):
                break
            if plain_name(deeper.title) in QUESTION_NAMES:
                body.append((deeper.line, f"{deeper.title.rstrip(':')}:"))
                body.extend(deeper.body)
            else:
                self._report_part(deeper)
            at += 1
        entries.extend(self._labelled(body, QUESTION_NAMES))
        self._questions.append(FieldsNode(tuple(entries), part.line))
        return at

    def _labelled(self, body: list[tuple[int, str]], names: dict[str, str]) -> list[Entry]:
        """Read "Label: value" lines, each with the lines that go on with it."""
        found: list[tuple[str, int, list[tuple[int, str]]]] = []
        open_for_more = False
        for line, raw in body:
            label = _label(raw, names)
            if label is not None:
                name, value = label
                found.append((name, line, [(line, value)] if value else []))
                open_for_more = True
                continue
            name = names[plain_name(found[-1][0])] if found else ""
            if not raw.strip():
                open_for_more = open_for_more and (name in FREE_TEXT or name in LISTS)
                if open_for_more:
                    found[-1][2].append((line, ""))
            elif open_for_more and _goes_on(name, raw, empty=not found[-1][2]):
                found[-1][2].append((line, raw))
            else:
                self._report_line(line, raw)
                open_for_more = False
        return [Entry(name, line, _value(names, name, lines, line)) for name, line, lines in found]

    def _report_part(self, part: _Part) -> None:
        self.problems.append(
            Problem(
                line=part.line,
                what=f"No part of a debrief has the heading '{_short(part.title)}'."
                if part.title
                else "This heading has no words.",
                remedy="Use a heading of docs/debrief-format.md; below '## Questions' each "
                "'### ...' is a question.",
            )
        )
        for line, raw in part.body:
            if raw.strip():
                self._report_line(line, raw)

    def _report_line(self, line: int, raw: str) -> None:
        self.problems.append(
            Problem(
                line=line,
                what=f"This line fits nowhere: '{_short(raw.strip())}'.",
                remedy="Put it below a heading or after a label of docs/debrief-format.md.",
            )
        )


def _parts(text: str) -> list[_Part]:
    without_comments = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    parts = [_Part(0, "", 1)]
    for line, raw in enumerate(without_comments.split("\n"), start=1):
        heading = _HEADING.fullmatch(raw)
        if heading is not None:
            title = (heading[2] or "").strip().strip("*_").strip()
            parts.append(_Part(len(heading[1]), title, line))
        elif _RULE.fullmatch(raw) is None:
            parts[-1].body.append((line, raw))
        else:
            parts[-1].body.append((line, ""))
    return parts if any(raw.strip() for _line, raw in parts[0].body) else parts[1:]


def _goes_on(name: str, raw: str, *, empty: bool) -> bool:
    """Tell whether a line without a label belongs to the label above it."""
    if name in FREE_TEXT or name in LISTS:
        return True
    return _BULLET.match(raw) is None and (empty or name not in ONE_LINE)


def _label(raw: str, names: dict[str, str]) -> tuple[str, str] | None:
    """Return the label of a line and what follows it; None where it has no label we know."""
    marker = _BULLET.match(raw)
    found = _LABEL.fullmatch(raw[marker.end() :] if marker else raw.strip())
    if found is None or plain_name(found[2]) not in names:
        return None
    return found[2], found[3].strip().removesuffix(found[1] or "\0").strip()


def _value(names: dict[str, str], name: str, lines: list[tuple[int, str]], line: int) -> Node:
    meaning = names[plain_name(name)]
    if meaning in FREE_TEXT:
        return _free_text(lines, line)
    if meaning in LISTS and (len([raw for _line, raw in lines if raw.strip()]) > 1 or not lines):
        return _items(lines, line)
    if meaning in LISTS and (meaning == "outline" or _BULLET.match(lines[0][1])):
        return _items(lines, line)
    return _joined(lines, line)


def _joined(lines: list[tuple[int, str]], line: int) -> TextNode:
    return TextNode(" ".join(raw.strip() for _line, raw in lines if raw.strip()), line)


def _free_text(lines: list[tuple[int, str]], line: int) -> TextNode:
    return TextNode("\n".join(raw.rstrip() for _line, raw in lines).strip(), line)


def _items(lines: list[tuple[int, str]], line: int) -> ListNode:
    """Read bullets, or paragraphs where there are no bullets; wrapped lines are joined."""
    items: list[tuple[int, list[str]]] = []
    begins = True
    for number, raw in lines:
        marker = _BULLET.match(raw)
        if not raw.strip():
            begins = True
        elif marker or begins:
            items.append((number, [raw[marker.end() :].strip() if marker else raw.strip()]))
            begins = False
        else:
            items[-1][1].append(raw.strip())
    return ListNode(tuple(TextNode(" ".join(words), number) for number, words in items), line)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
