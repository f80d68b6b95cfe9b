"""A debrief (Markdown, YAML or JSON) as an interview, its questions and its problems. Pure.

Reading never raises on a text, whatever it holds: what can be used is used, and everything else is
a `Problem` with its line and the remedy. The layouts are in docs/debrief-format.md.
"""

import re
from pathlib import PurePath
from typing import Final

from question_bank import debrief_values as values
from question_bank.debrief_fields import Reader, checked_list, unread
from question_bank.debrief_markdown import read_markdown
from question_bank.debrief_names import (
    FEELING_NAMES,
    INTERVIEW_NAMES,
    NEXT_NAMES,
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
from question_bank.debrief_points import points_of
from question_bank.debrief_records import (
    Debrief,
    DebriefedQuestion,
    DebriefFormat,
    DebriefResult,
    NextInterview,
)
from question_bank.interview import Feeling, Outcome
from question_bank.limits import LONGEST_NAME, LONGEST_QUESTION

__all__ = [
    "Debrief",
    "DebriefFormat",
    "DebriefResult",
    "DebriefedQuestion",
    "NextInterview",
    "Problem",
    "debriefed_question",
    "feelings_of",
    "format_of",
    "read_debrief",
]


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
        if (question := debriefed_question(node, problems)) is not None
    )
    next_interview = next(
        (found for node in reader.nodes("next_interview") if (found := _next_of(node, problems))),
        None,
    )
    right_company, reason = values.right_company_of(reader.text("right_company"))
    reasons = (reason, reader.text("right_company_why"))
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
        grey_areas=reader.texts("grey_areas"),
        right_company=right_company,
        right_company_why="\n".join(one for one in reasons if one),
        dos=reader.texts("dos"),
        donts=reader.texts("donts"),
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


def debriefed_question(node: Node, problems: list[Problem]) -> DebriefedQuestion | None:
    """Return a question that a node describes; what can't be used joins `problems`."""
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
            problems.append(unread(node.line, "a list within the feelings", _FEELING_REMEDY))
            said = []
        for word, strength in said:
            if not word:
                continue
            if len(word) > LONGEST_NAME:
                problems.append(unread(node.line, word, _FEELING_REMEDY))
                continue
            level = None if strength is None else values.level_of(strength)
            if strength is not None and level is None:
                problems.append(unread(node.line, f"{word} {strength}", _LEVEL_REMEDY))
            feelings.append(Feeling(word=word, intensity=level))
    return list(checked_list(tuple(feelings), "feelings", 1, problems))


_DATE_REMEDY: Final = "Write the date as 2026-11-12 or 12 November 2026."
_OUTCOME_REMEDY: Final = "Write rejected, offered, waiting, withdrawn or upcoming."
_KIND_REMEDY: Final = (
    "Write behavioural, technical, motivational, situational or to ask, or nothing to have it "
    "guessed from the wording."
)
_LEVEL_REMEDY: Final = "Give a level from 1 to 5, such as 4/5."
_FEELING_REMEDY: Final = "Give each feeling alone, such as 'disappointed 4/5'."
_TARGET_REMEDY: Final = "Write it as 90 seconds or 2 minutes, an hour at most."
