"""Taking named fields out of a node, with a problem for each thing that can't be used."""

from collections.abc import Callable
from typing import Final, TypeVar

from question_bank.debrief_names import plain_name
from question_bank.debrief_nodes import FieldsNode, ListNode, Node, Problem, TextNode
from question_bank.debrief_values import listed
from question_bank.limits import LONGEST_TEXT, MOST_ENTRIES

_Value = TypeVar("_Value")
_SHOWN: Final = 60


class Reader:
    """The fields of one node, by what their names mean.

    Args:
        node: the fields.
        names: plain names and what they mean; a field of another name is a problem.
        what: what the fields describe, for the messages.
        problems: where problems go.
    """

    def __init__(
        self, node: FieldsNode, names: dict[str, str], what: str, problems: list[Problem]
    ) -> None:
        self._problems = problems
        self._found: dict[str, list[tuple[int, Node]]] = {}
        for entry in node.entries:
            meaning = names.get(plain_name(entry.name))
            if meaning is None:
                self._report(
                    entry.line,
                    f"A debrief's {what} has no field '{entry.name[:_SHOWN]}'.",
                    "Use the names of docs/debrief-format.md.",
                )
            else:
                self._found.setdefault(meaning, []).append((entry.line, entry.value))

    def nodes(self, meaning: str) -> list[Node]:
        """Return the parts of a field: the items of its lists, and what is no list as it is."""
        parts: list[Node] = []
        for _line, node in self._found.get(meaning, []):
            parts.extend(node.items if isinstance(node, ListNode) else (node,))
        return parts

    def text(self, meaning: str, *, longest: int = LONGEST_TEXT) -> str:
        """Return a field as one text; several of the same name follow each other."""
        said = [
            text
            for line, node in self._found.get(meaning, [])
            for text in self._texts_in(node, line, longest)
        ]
        return self._shortened("\n".join(said), meaning, longest)

    def texts(self, meaning: str, *, split: bool = False) -> tuple[str, ...]:
        """Return a field as a list of texts.

        Args:
            meaning: which field.
            split: whether a text that stands alone lists several things, with commas.
        """
        said: list[str] = []
        for line, node in self._found.get(meaning, []):
            texts = self._texts_in(node, line, LONGEST_TEXT)
            alone = split and isinstance(node, TextNode)
            said.extend(listed(texts[0]) if alone and texts else texts)
        line = self._found[meaning][0][0] if said else 1
        return checked_list(tuple(said), meaning.replace("_", " "), line, self._problems)

    def value(
        self, meaning: str, read: Callable[[str], _Value | None], remedy: str
    ) -> _Value | None:
        """Return a field as `read` understands it; None where it is not there or not understood."""
        understood: _Value | None = None
        for line, node in self._found.get(meaning, []):
            text = " ".join(self._texts_in(node, line, LONGEST_TEXT))
            if not text:
                continue
            value = read(text)
            if value is None:
                self._report(line, f"'{text[:_SHOWN]}' can't be read as {_named(meaning)}.", remedy)
            elif understood is not None and value != understood:
                self._report(
                    line,
                    f"The {meaning.replace('_', ' ')} is given twice; the first counts.",
                    "Keep the right one.",
                )
            else:
                understood = value
        return understood

    def _texts_in(self, node: Node, line: int, longest: int) -> list[str]:
        if isinstance(node, TextNode):
            text = self._shortened(node.text.strip(), "this text", longest, line=node.line)
            return [text] if text else []
        if isinstance(node, ListNode):
            return [text for item in node.items for text in self._texts_in(item, line, longest)]
        self._report(node.line, "Here are fields where a text belongs.", "Write it as plain text.")
        return []

    def _shortened(self, text: str, what: str, longest: int, *, line: int = 1) -> str:
        if len(text) <= longest:
            return text
        self._report(
            self._found[what][0][0] if what in self._found else line,
            f"This is longer than {longest:,} characters; the rest was left out.",
            "Shorten it.",
        )
        return text[:longest].rstrip()

    def _report(self, line: int, what: str, remedy: str) -> None:
        self._problems.append(Problem(line=line, what=what, remedy=remedy))


def unread(line: int, text: str, remedy: str) -> Problem:
    """Return the problem of a stretch of text that means nothing where it stands."""
    return Problem(line=line, what=f"'{text[:_SHOWN]}' can't be read.", remedy=remedy)


def checked_list(
    items: tuple[_Value, ...], what: str, line: int, problems: list[Problem]
) -> tuple[_Value, ...]:
    """Return at most as many items as the bank takes, with a problem where there are more."""
    if len(items) <= MOST_ENTRIES:
        return items
    problems.append(
        Problem(
            line=line,
            what=f"There are {len(items):,} {what}; those after the first {MOST_ENTRIES} were "
            "left out.",
            remedy="Keep the ones that matter.",
        )
    )
    return items[:MOST_ENTRIES]


def _named(meaning: str) -> str:
    name = meaning.replace("_", " ")
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
