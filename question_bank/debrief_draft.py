"""A debrief while it is still being written: everything as it was typed, and what it means. Pure.

A draft holds texts only, so that whatever somebody types can be kept, half a date too. What can't
be read is a problem of its field and stands in nobody's way until the debrief enters the bank.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from question_bank import debrief_values as values
from question_bank.debrief import (
    Debrief,
    DebriefedQuestion,
    NextInterview,
    feelings_of,
)
from question_bank.debrief_nodes import Node, Problem, TextNode
from question_bank.debrief_points import points_of
from question_bank.interview import Outcome, RightCompany
from question_bank.limits import LONGEST_NAME, LONGEST_QUESTION, LONGEST_TEXT, MOST_ENTRIES


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuestion:
    """One hard question as it was typed; `kind` is empty to have it guessed from the wording.

    `points` holds one point of a good answer a line, as `docs/debrief-format.md` writes them.
    """

    text: str = ""
    kind: str = ""
    tripped_up: str = ""
    difficulty: str = ""
    remembered_answer: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefDraft:
    """What has been typed so far; lists hold one entry a line.

    `pasted` is a debrief written elsewhere, in the layout that `pasted_format` names.
    """

    company: str = ""
    role: str = ""
    day: str = ""
    outcome: str = ""
    feelings: str = ""
    went_well: str = ""
    differed_from_expected: str = ""
    could_answer_better: str = ""
    feedback_received: str = ""
    questions: tuple[DraftQuestion, ...] = ()
    lessons: str = ""
    grey_areas: str = ""
    right_company: str = ""
    right_company_why: str = ""
    dos: str = ""
    donts: str = ""
    next_company: str = ""
    next_role: str = ""
    next_day: str = ""
    pasted: str = ""
    pasted_format: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether nothing has been typed that would be missed."""
        return without_empty_questions(replace(self, outcome="", pasted_format="")) == (
            DebriefDraft()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldProblem:
    """What can't be used as it was typed: the draft's field, what is wrong, and the remedy.

    A field of a question is named with its place, such as "questions.0.text".
    """

    field: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReading:
    """What a draft means, and what in it can't be used."""

    debrief: Debrief
    problems: tuple[FieldProblem, ...]


def without_empty_questions(draft: DebriefDraft) -> DebriefDraft:
    """Return a draft without the questions in which nothing was typed."""
    kept = tuple(one for one in draft.questions if replace(one, kind="") != DraftQuestion())
    return replace(draft, questions=kept)


def read_draft(draft: DebriefDraft) -> DraftReading:
    """Return what a draft means. Never raises, whatever was typed."""
    reader = _DraftReader()
    debrief = Debrief(
        company=reader.text("company", draft.company, LONGEST_NAME),
        role=reader.text("role", draft.role, LONGEST_NAME),
        day=reader.day("day", draft.day),
        outcome=reader.outcome("outcome", draft.outcome),
        feelings=tuple(feelings_of(*reader.lines("feelings", draft.feelings))),
        went_well=reader.texts("went_well", draft.went_well),
        differed_from_expected=reader.texts("differed_from_expected", draft.differed_from_expected),
        could_answer_better=reader.texts("could_answer_better", draft.could_answer_better),
        feedback_received=reader.text("feedback_received", draft.feedback_received),
        lessons=reader.texts("lessons", draft.lessons),
        grey_areas=reader.texts("grey_areas", draft.grey_areas),
        right_company=reader.right_company("right_company", draft.right_company),
        right_company_why=reader.text("right_company_why", draft.right_company_why),
        dos=reader.texts("dos", draft.dos),
        donts=reader.texts("donts", draft.donts),
        next_interview=reader.next_interview(draft),
        questions=reader.questions(draft.questions),
    )
    if not debrief.names_an_interview and debrief.tells_of_an_interview:
        reader.report("company", "The interview has no name yet.", "Write the company or the role.")
    return DraftReading(debrief=debrief, problems=reader.problems())


class _DraftReader:
    """Reads field after field and gathers the problems, each with its field."""

    def __init__(self) -> None:
        self._found: list[FieldProblem] = []
        self._pending: list[tuple[str, list[Problem]]] = []

    def problems(self) -> tuple[FieldProblem, ...]:
        """Return every problem met, in the order of the fields."""
        told = [
            FieldProblem(field=field, what=problem.what, remedy=problem.remedy)
            for field, problems in self._pending
            for problem in problems
        ]
        return (*self._found, *told)

    def report(self, field: str, what: str, remedy: str) -> None:
        """Note a problem."""
        self._found.append(FieldProblem(field=field, what=what, remedy=remedy))

    def text(self, field: str, typed: str, longest: int = LONGEST_TEXT) -> str:
        """Return a text; one that is too long is a problem and is cut."""
        text = typed.strip()
        if len(text) > longest:
            self.report(
                field,
                f"This has {len(text):,} characters; {longest:,} is the most.",
                "Shorten it.",
            )
        return text[:longest].rstrip()

    def texts(self, field: str, typed: str) -> tuple[str, ...]:
        """Return the lines that say something."""
        lines = tuple(self.text(field, line) for line in typed.splitlines() if line.strip())
        if len(lines) > MOST_ENTRIES:
            self.report(
                field,
                f"These are {len(lines):,} lines; {MOST_ENTRIES} is the most.",
                "Keep the ones that matter.",
            )
        return lines[:MOST_ENTRIES]

    def lines(self, field: str, typed: str) -> tuple[list[Node], list[Problem]]:
        """Return the lines as a file's reader takes them, and where it tells its problems."""
        problems: list[Problem] = []
        self._pending.append((field, problems))
        lines = enumerate(self.texts(field, typed), start=1)
        return [TextNode(_without_bullet(line), number) for number, line in lines], problems

    def day(self, field: str, typed: str) -> date | None:
        """Return a day."""
        day = values.day_of(typed) if typed.strip() else None
        if day is None and typed.strip():
            self.report(
                field,
                f"'{typed.strip()[:60]}' can't be read as a day.",
                "Write it as 2026-11-12 or 12 November 2026.",
            )
        return day

    def outcome(self, field: str, typed: str) -> Outcome:
        """Return how it ended; nothing said means that the answer is waited for."""
        outcome = values.outcome_of(typed)
        if outcome is None and typed.strip():
            self.report(
                field,
                f"'{typed.strip()[:60]}' can't be read as an end.",
                "Choose rejected, offered, waiting or withdrawn.",
            )
        return outcome or Outcome.WAITING

    def right_company(self, field: str, typed: str) -> RightCompany | None:
        """Return whether it was the right company; nothing said is no answer."""
        answer, _ = values.right_company_of(typed)
        if answer is None and typed.strip():
            self.report(
                field, f"'{typed.strip()[:60]}' is no answer.", "Choose yes, unsure or no, or none."
            )
        return answer

    def next_interview(self, draft: DebriefDraft) -> NextInterview | None:
        """Return the interview to come; None where nothing is said of one."""
        found = NextInterview(
            company=self.text("next_company", draft.next_company, LONGEST_NAME),
            role=self.text("next_role", draft.next_role, LONGEST_NAME),
            day=self.day("next_day", draft.next_day),
        )
        return None if found == NextInterview() else found

    def questions(self, drafted: Sequence[DraftQuestion]) -> tuple[DebriefedQuestion, ...]:
        """Return the questions that have a text."""
        read = [self._question(place, one) for place, one in enumerate(drafted)]
        return tuple(one for one in read if one is not None)

    def _question(self, place: int, typed: DraftQuestion) -> DebriefedQuestion | None:
        name = f"questions.{place}."
        text = " ".join(self.text(name + "text", typed.text, LONGEST_QUESTION).split())
        if not text:
            if replace(typed, kind="") != DraftQuestion():
                self.report(
                    name + "text",
                    "Here something is noted about a question that has no text.",
                    "Write the question as it was asked.",
                )
            return None
        kind = values.kind_of(typed.kind)
        level = values.level_of(typed.difficulty) if typed.difficulty.strip() else None
        if level is None and typed.difficulty.strip():
            self.report(
                name + "difficulty",
                f"'{typed.difficulty.strip()[:60]}' is no level.",
                "Give 1 (easy) to 5 (I froze).",
            )
        return DebriefedQuestion(
            text=text,
            kind=kind or values.guess_kind(text),
            kind_guessed=kind is None,
            line=0,
            tripped_up=self.text(name + "tripped_up", typed.tripped_up),
            difficulty=level,
            remembered_answer=self.text(name + "remembered_answer", typed.remembered_answer),
            points=points_of(*self.lines(name + "points", typed.points)),
        )


def _without_bullet(line: str) -> str:
    """Return a line without the dash or number that many people begin the line of a list with."""
    return values.LIST_MARK.sub("", line).strip() or line
