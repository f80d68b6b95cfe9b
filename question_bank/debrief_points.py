"""The points of an outline as a debrief writes them down, with their part and weight."""

import re
from typing import Final

from question_bank import debrief_values as values
from question_bank.debrief_fields import Reader, checked_list, unread
from question_bank.debrief_names import POINT_NAMES
from question_bank.debrief_nodes import FieldsNode, ListNode, Node, Problem
from question_bank.outline import DraftPoint

_WEIGHT_REMEDY: Final = "Give a weight above 0 and at most 10."
_PART_REMEDY: Final = "Write situation, task, action or result."

_PART: Final = re.compile(r"\[([^\]]{1,20})\][ \t]*")
_WEIGHT_FIRST: Final = re.compile(r"\((?:weight[ \t:]*|x)?([\d.]{1,5})\)[ \t]*", re.IGNORECASE)
_WEIGHT_LAST: Final = re.compile(r"[ \t]*\((?:weight[ \t:]*|x)?([\d.]{1,5})\)$", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def points_of(nodes: list[Node], problems: list[Problem]) -> tuple[DraftPoint, ...]:
    """Return the points in order; what can't be used is added to the problems."""
    points: list[DraftPoint] = []
    for node in nodes:
        point = _point_of(node, problems)
        if point is None:
            continue
        if point.text in {known.text for known in points}:
            problems.append(
                Problem(
                    line=node.line,
                    what="The outline makes this point twice; the second was left out.",
                    remedy="Say each point once.",
                )
            )
            continue
        points.append(point)
    return checked_list(tuple(points), "points", nodes[0].line if nodes else 1, problems)


def _point_of(node: Node, problems: list[Problem]) -> DraftPoint | None:
    if isinstance(node, FieldsNode):
        reader = Reader(node, POINT_NAMES, "point", problems)
        text = reader.text("text")
        weight = reader.value("weight", values.weight_of, _WEIGHT_REMEDY)
        part = reader.value("part", values.part_of, _PART_REMEDY)
        return DraftPoint(text=text, part=part, weight=weight or 1.0) if text else None
    if isinstance(node, ListNode):
        problems.append(unread(node.line, "a list within the outline", "Give each point alone."))
        return None
    text, part, weight = node.text.strip(), None, None
    while True:
        if part is None and (found := _PART.match(text)) and (read := values.part_of(found[1])):
            part, text = read, text[found.end() :]
        elif weight is None and (
            (found := _WEIGHT_FIRST.match(text)) and (heavy := values.weight_of(found[1]))
        ):
            weight, text = heavy, text[found.end() :]
        else:
            break
    if part is None and (unknown := _PART.match(text)):
        problems.append(unread(node.line, unknown[0].strip(), _PART_REMEDY))
    if weight is None and (found := _WEIGHT_LAST.search(text)):
        weight = values.weight_of(found[1])
        text = text if weight is None else text[: found.start()]
    if weight is None:
        text = _without_bad_weight(text, node.line, problems)
    text = text.strip()
    return DraftPoint(text=text, part=part, weight=weight or 1.0) if text else None


def _without_bad_weight(text: str, line: int, problems: list[Problem]) -> str:
    """Report what stands where a weight would and is none; named as a weight it goes.

    A bare number may be part of the point ("we moved (45)") and stays; a year is one for certain.
    """
    found = _WEIGHT_FIRST.match(text) or _WEIGHT_LAST.search(text)
    if found is None or (found.start() > 0 and found.end() < len(text)):
        return text
    named = re.search("weight|x", found[0], re.IGNORECASE) is not None
    if not named and _YEAR.fullmatch(found[1]):
        return text
    kept = "" if named else " It was taken as part of the point."
    problems.append(
        Problem(
            line=line,
            what=f"'{found[0].strip()}' can't be read as a weight.{kept}",
            remedy=_WEIGHT_REMEDY,
        )
    )
    return text[: found.start()] + text[found.end() :] if named else text
