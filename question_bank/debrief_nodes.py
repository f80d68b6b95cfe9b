"""What a debrief file holds before anybody asks what it means: texts, lists and named fields.

Markdown, YAML and JSON are all read into these nodes, each with the line it came from, so that
one set of rules says what a debrief may hold and every problem can name its line. Lines count
from 1.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

import yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a file that could not be used: where, what, and what to do about it."""

    line: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TextNode:
    """A piece of text."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class ListNode:
    """Nodes in order."""

    items: "tuple[Node, ...]"
    line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One named field as it was written; names are resolved later."""

    name: str
    line: int
    value: "Node"


@dataclass(frozen=True, slots=True)
class FieldsNode:
    """Named fields in order; a name may come more than once."""

    entries: tuple[Entry, ...]
    line: int


Node = TextNode | ListNode | FieldsNode

_MOST_NODES: Final = 20_000
"""More entries than a debrief of the longest lists has; a text of its own can hold more."""

_DEEPEST: Final = 20
"""Nesting a debrief can't need; deeper nodes are read as empty text and reported by their field."""


def read_yaml(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read YAML into nodes. Every scalar is text: no date or "no" turns into something else.

    Aliases are followed; nothing is constructed from tags.
    """
    try:
        document = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return None, (
            Problem(
                line=1 if mark is None else mark.line + 1,
                what=f"This is not YAML: {error.problem or error.context}.",
                remedy="Mend that line; texts with a colon in them need quotes around them.",
            ),
        )
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return None, (_unreadable("YAML", error),)
    if document is None:
        return None, ()
    try:
        return _YamlReader().read(document, 0), ()
    except _TooMuchError:
        return None, (
            Problem(
                line=1,
                what=f"This YAML unfolds to more than {_MOST_NODES:,} entries.",
                remedy="Write the debrief without aliases.",
            ),
        )


def read_json(text: str) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read JSON into nodes; numbers and words are kept as they are written, null is empty."""
    try:
        json.loads(text, parse_int=str, parse_float=str)
        return _JsonReader(text).read(), ()
    except json.JSONDecodeError as error:
        return None, (
            Problem(
                line=error.lineno,
                what=f"This is not JSON: {error.msg.lower()} (column {error.colno}).",
                remedy="Mend that place; often a comma or a quotation mark is missing before it.",
            ),
        )
    except (RecursionError, ValueError) as error:
        return None, (_unreadable("JSON", error),)


def _unreadable(kind: str, error: Exception) -> Problem:
    reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
    return Problem(
        line=1,
        what=f"This can't be read as {kind}: {reason.splitlines()[0] if reason else 'unknown'}.",
        remedy="Save it again as plain text in UTF-8, laid out as in docs/debrief-format.md.",
    )


class _TooMuchError(Exception):
    """Aliases unfold to more than any debrief holds."""


class _YamlReader:
    """Turns composed YAML into nodes, and gives up where aliases unfold without end."""

    def __init__(self) -> None:
        self._count = 0

    def read(self, node: Any, depth: int) -> Node:
        self._count += 1
        if self._count > _MOST_NODES:
            raise _TooMuchError
        line = node.start_mark.line + 1
        if depth > _DEEPEST:
            return TextNode("", line)
        if isinstance(node, yaml.MappingNode):
            return FieldsNode(
                tuple(
                    Entry(str(key.value), key.start_mark.line + 1, self.read(value, depth + 1))
                    for key, value in node.value
                ),
                line,
            )
        if isinstance(node, yaml.SequenceNode):
            return ListNode(tuple(self.read(item, depth + 1) for item in node.value), line)
        empty = node.tag == "tag:yaml.org,2002:null"
        return TextNode("" if empty else str(node.value), line)


class _JsonReader:
    """Reads JSON that is known to be valid, once more, noting where each value stands."""

    _BLANK: Final = re.compile(r"[ \t\n\r]*")
    _BARE: Final = re.compile(r"[^\s,\]}]+")

    def __init__(self, text: str) -> None:
        self._text = text
        self._position = 0
        self._line = 1
        self._counted = 0

    def read(self) -> Node:
        self._skip()
        line = self._line_here()
        match self._text[self._position]:
            case "{":
                return FieldsNode(tuple(self._entries()), line)
            case "[":
                return ListNode(tuple(self._items()), line)
            case '"':
                return TextNode(self._string(), line)
        bare = self._BARE.match(self._text, self._position)
        assert bare is not None
        self._position = bare.end()
        return TextNode("" if bare.group() == "null" else bare.group(), line)

    def _entries(self) -> list[Entry]:
        entries = []
        while self._more("}"):
            line = self._line_here()
            name = self._string()
            self._skip()
            self._position += 1  # the colon
            entries.append(Entry(name, line, self.read()))
        return entries

    def _items(self) -> list[Node]:
        items = []
        while self._more("]"):
            items.append(self.read())
        return items

    def _more(self, closing: str) -> bool:
        """Step over the opening or a comma; tell whether another value follows."""
        self._skip()
        if self._text[self._position] != closing:
            if self._text[self._position] in "[{,":
                self._position += 1
            self._skip()
        if self._text[self._position] == closing:
            self._position += 1
            return False
        return True

    def _string(self) -> str:
        text, self._position = json.JSONDecoder().raw_decode(self._text, self._position)
        return str(text)

    def _skip(self) -> None:
        blank = self._BLANK.match(self._text, self._position)
        assert blank is not None
        self._position = blank.end()

    def _line_here(self) -> int:
        self._line += self._text.count("\n", self._counted, self._position)
        self._counted = self._position
        return self._line
