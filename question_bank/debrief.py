"""A debrief (Markdown, YAML or JSON) as an interview, its questions and its problems. Pure.

Reading never raises on a text, whatever it holds: what can be used is used, and everything else is
a `Problem` with its line and the remedy. The layouts are in docs/debrief-format.md.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import PurePath
from typing import Final

from question_bank import debrief_values as values
from question_bank.debrief_fields import Reader, checked_list
from question_bank.debrief_markdown import read_markdown
from question_bank.debrief_names import (
    FEELING_NAMES,
    INTERVIEW_NAMES,
    NEXT_NAMES,
    POINT_NAMES,
    QUESTION_NAMES,
    plain_name,
)
from question_bank.debrief_nodes import (
    Entry,
    FieldsNode,
    ListNode,
    Node,
    Problem,
    TextNode,
    read_json,
    read_yaml,
)
from question_bank.interview import Feeling, Outcome
from question_bank.limits import LONGEST_NAME, LONGEST_QUESTION
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind

__all__ = [
    "Debrief",
    "DebriefFormat",
    "DebriefResult",
    "DebriefedQuestion",
    "NextInterview",
    "Problem",
    "feelings_of",
    "format_of",
    "points_of",
    "read_debrief",
]


class DebriefFormat(StrEnum):
    """How a debrief is written down."""

    MARKDOWN = "markdown"
    YAML = "yaml"
    JSON = "json"


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefedQuestion:
    """One question of a debrief, in the person's own words.

    `kind_guessed` is true where the person named no kind and the wording decided.
    `target_seconds` is None where none was given. `line` is where the question stands in the file.
    """

    text: str
    kind: QuestionKind
    kind_guessed: bool
    line: int
    tripped_up: str = ""
    difficulty: int | None = None
    target_seconds: int | None = None
    remembered_answer: str = ""
    competency: str = ""
    points: tuple[DraftPoint, ...] = ()
    skills: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NextInterview:
    """The interview that is to come; unknown parts are empty."""

    company: str = ""
    role: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """What was read; everything that was not said is empty.

    Without an outcome the person is taken to be waiting for one.
    """

    company: str = ""
    role: str = ""
    day: date | None = None
    outcome: Outcome = Outcome.WAITING
    feelings: tuple[Feeling, ...] = ()
    went_well: tuple[str, ...] = ()
    differed_from_expected: tuple[str, ...] = ()
    could_answer_better: tuple[str, ...] = ()
    feedback_received: str = ""
    lessons: tuple[str, ...] = ()
    next_interview: NextInterview | None = None
    questions: tuple[DebriefedQuestion, ...] = ()

    @property
    def names_an_interview(self) -> bool:
        """Whether it says which interview it is about."""
        return bool(self.company or self.role)

    @property
    def tells_of_an_interview(self) -> bool:
        """Whether it says anything about the interview that was."""
        return self.names_an_interview or any(
            (
                self.day,
                self.feelings,
                self.went_well,
                self.differed_from_expected,
                self.could_answer_better,
                self.feedback_received,
                self.lessons,
                self.outcome is not Outcome.WAITING,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefResult:
    """The usable part of a debrief, and what could not be used, in the order of lines."""

    debrief: Debrief
    problems: tuple[Problem, ...]


_ENDINGS: Final = {
    ".md": DebriefFormat.MARKDOWN,
    ".markdown": DebriefFormat.MARKDOWN,
    ".txt": DebriefFormat.MARKDOWN,
    ".yaml": DebriefFormat.YAML,
    ".yml": DebriefFormat.YAML,
    ".json": DebriefFormat.JSON,
}


def format_of(file_name: str) -> DebriefFormat | None:
    """Tell from a file's ending how it is written; None for an ending no debrief has."""
    return _ENDINGS.get(PurePath(file_name).suffix.lower())


def read_debrief(text: str, format: DebriefFormat) -> DebriefResult:  # noqa: A002 - the domain's word
    """Read a debrief. Never raises on what a text holds.

    Args:
        text: the whole file, with or without a byte order mark, with any line ends.
        format: how it is written.
    """
    clean, problems = _clean(text)
    root: Node | None
    if format is DebriefFormat.MARKDOWN:
        root, found = read_markdown(clean)
    elif format is DebriefFormat.YAML:
        root, found = read_yaml(clean)
    else:
        root, found = read_json(clean)
    problems.extend(found)
    debrief = Debrief()
    if isinstance(root, FieldsNode):
        debrief = _debrief_of(_unwrapped(root), problems)
    elif root is not None:
        problems.append(
            Problem(
                line=root.line,
                what="This is not laid out as a debrief.",
                remedy="Begin with named fields such as company, role and questions.",
            )
        )
    if debrief == Debrief() and not problems:
        problems.append(
            Problem(
                line=1,
                what="Neither an interview nor a question was found.",
                remedy="Begin with '# Interview: ROLE at COMPANY'; see docs/debrief-format.md.",
            )
        )
    return DebriefResult(
        debrief=debrief, problems=tuple(sorted(problems, key=lambda problem: problem.line))
    )


_UNSTORABLE: Final = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> tuple[str, list[Problem]]:
    """Make line ends one kind, and replace what no database and no page can show."""
    text = re.sub("\r\n|\r|[\x85\u2028\u2029]", "\n", text.removeprefix("\ufeff"))
    found = _UNSTORABLE.search(text)
    if found is None:
        return text, []
    problem = Problem(
        line=1 + text.count("\n", 0, found.start()),
        what="There are characters here that are no text; each became '\ufffd'.",
        remedy="Type that place again, or save the file as UTF-8.",
    )
    return _UNSTORABLE.sub("\ufffd", text), [problem]


_WRAPPERS: Final = frozenset({"interview", "debrief", "interview debrief"})


def _unwrapped(root: FieldsNode) -> FieldsNode:
    """Return the fields with those below a key such as "interview:" put in its place."""
    entries: list[Entry] = []
    for entry in root.entries:
        if plain_name(entry.name) in _WRAPPERS and isinstance(entry.value, FieldsNode):
            entries += entry.value.entries
        else:
            entries.append(entry)
    return FieldsNode(tuple(entries), root.line)


def _debrief_of(root: FieldsNode, problems: list[Problem]) -> Debrief:
    reader = Reader(root, INTERVIEW_NAMES, "interview", problems)
    questions = tuple(
        question
        for node in reader.nodes("questions")
        if (question := _question_of(node, problems)) is not None
    )
    next_interview = next(
        (found for node in reader.nodes("next_interview") if (found := _next_of(node, problems))),
        None,
    )
    debrief = Debrief(
        company=reader.text("company", longest=LONGEST_NAME),
        role=reader.text("role", longest=LONGEST_NAME),
        day=reader.value("date", values.day_of, _DATE_REMEDY),
        outcome=reader.value("outcome", values.outcome_of, _OUTCOME_REMEDY) or Outcome.WAITING,
        feelings=tuple(feelings_of(reader.nodes("feelings"), problems)),
        went_well=reader.texts("went_well"),
        differed_from_expected=reader.texts("differed_from_expected"),
        could_answer_better=reader.texts("could_answer_better"),
        feedback_received=reader.text("feedback_received"),
        lessons=reader.texts("lessons"),
        next_interview=next_interview,
        questions=checked_list(questions, "questions", root.line, problems),
    )
    if not debrief.names_an_interview and debrief.tells_of_an_interview:
        problems.append(
            Problem(
                line=root.line,
                what="Neither a company nor a role is named.",
                remedy="Begin with '# Interview: ROLE at COMPANY', or give company and role.",
            )
        )
    return debrief


def _next_of(node: Node, problems: list[Problem]) -> NextInterview | None:
    if isinstance(node, TextNode) and not node.text.strip():
        return None
    if not isinstance(node, FieldsNode):
        problems.append(
            Problem(
                line=node.line,
                what="The next interview is not laid out as fields.",
                remedy="Give its company, role and date, each with its name.",
            )
        )
        return None
    reader = Reader(node, NEXT_NAMES, "next interview", problems)
    found = NextInterview(
        company=reader.text("company", longest=LONGEST_NAME),
        role=reader.text("role", longest=LONGEST_NAME),
        day=reader.value("date", values.day_of, _DATE_REMEDY),
    )
    return None if found == NextInterview() else found


def _question_of(node: Node, problems: list[Problem]) -> DebriefedQuestion | None:
    if isinstance(node, ListNode):
        problems.append(
            Problem(
                line=node.line,
                what="A question can't be a list.",
                remedy="Give its text, or its fields with their names.",
            )
        )
        return None
    if isinstance(node, TextNode):
        node = FieldsNode((), node.line) if not node.text.strip() else _only_text(node)
    reader = Reader(node, QUESTION_NAMES, "question", problems)
    text = " ".join(reader.text("question", longest=LONGEST_QUESTION).split())
    if not text:
        problems.append(
            Problem(
                line=node.line,
                what="Here is a question without its text; it was left out.",
                remedy="Write the question as it was asked.",
            )
        )
        return None
    kind = reader.value("kind", values.kind_of, _KIND_REMEDY)
    return DebriefedQuestion(
        text=text,
        kind=kind or values.guess_kind(text),
        kind_guessed=kind is None,
        line=node.line,
        tripped_up=reader.text("tripped_up"),
        difficulty=reader.value("difficulty", values.level_of, _LEVEL_REMEDY),
        target_seconds=reader.value("target_seconds", values.seconds_of, _TARGET_REMEDY),
        remembered_answer=reader.text("remembered_answer"),
        competency=reader.text("competency", longest=LONGEST_NAME),
        points=points_of(reader.nodes("outline"), problems),
        skills=reader.texts("skills", split=True),
        stories=reader.texts("stories", split=True),
    )


def _only_text(node: TextNode) -> FieldsNode:
    return FieldsNode((Entry("question", node.line, node),), node.line)


def feelings_of(nodes: list[Node], problems: list[Problem]) -> list[Feeling]:
    """Return the feelings that these nodes name; what can't be read joins `problems`."""
    feelings = []
    for node in nodes:
        if isinstance(node, FieldsNode):
            reader = Reader(node, FEELING_NAMES, "feeling", problems)
            said = [(reader.text("word", longest=LONGEST_NAME), reader.text("intensity") or None)]
        elif isinstance(node, TextNode):
            said = [values.feeling_of(part) for part in values.listed(node.text)]
        else:
            problems.append(_unread(node.line, "a list within the feelings", _FEELING_REMEDY))
            said = []
        for word, strength in said:
            if not word:
                continue
            if len(word) > LONGEST_NAME:
                problems.append(_unread(node.line, word, _FEELING_REMEDY))
                continue
            level = None if strength is None else values.level_of(strength)
            if strength is not None and level is None:
                problems.append(_unread(node.line, f"{word} {strength}", _LEVEL_REMEDY))
            feelings.append(Feeling(word=word, intensity=level))
    return list(checked_list(tuple(feelings), "feelings", 1, problems))


_PART: Final = re.compile(r"\[([^\]]{1,20})\][ \t]*")
_WEIGHT_FIRST: Final = re.compile(r"\((?:weight[ \t:]*|x)?([\d.]{1,5})\)[ \t]*", re.IGNORECASE)
_WEIGHT_LAST: Final = re.compile(r"[ \t]*\((?:weight[ \t:]*|x)?([\d.]{1,5})\)$", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def points_of(nodes: list[Node], problems: list[Problem]) -> tuple[DraftPoint, ...]:
    """Return the points that these nodes make; what can't be read joins `problems`."""
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
        problems.append(_unread(node.line, "a list within the outline", "Give each point alone."))
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
        problems.append(_unread(node.line, unknown[0].strip(), _PART_REMEDY))
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


def _unread(line: int, text: str, remedy: str) -> Problem:
    return Problem(line=line, what=f"'{text[:60]}' can't be read.", remedy=remedy)


_DATE_REMEDY: Final = "Write the date as 2026-11-12 or 12 November 2026."
_OUTCOME_REMEDY: Final = "Write rejected, offered, waiting, withdrawn or upcoming."
_KIND_REMEDY: Final = (
    "Write behavioural, technical, motivational, situational or to ask; "
    "until then the kind is guessed from the wording."
)
_LEVEL_REMEDY: Final = "Give a level from 1 to 5, such as 4/5."
_FEELING_REMEDY: Final = "Give each feeling alone, such as 'disappointed 4/5'."
_TARGET_REMEDY: Final = "Write it as 90 seconds or 2 minutes, an hour at most."
_WEIGHT_REMEDY: Final = "Give a weight above 0 and at most 10."
_PART_REMEDY: Final = "Write situation, task, action or result."
