"""The form of a question: what was typed in it, what it means, what can't be used."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from question_bank.debrief import DebriefedQuestion
from question_bank.debrief_draft import DebriefDraft, DraftQuestion, FieldProblem, read_draft
from question_bank.debrief_values import seconds_of
from question_bank.question import Question
from question_bank.question_shelf import DraftTrip
from server.page.forms import Typed
from voicecoach.errors import CoachError

Problems = Mapping[str, list[FieldProblem]]
"""What is wrong with a form, by field; "" holds what concerns all of it."""

_TARGET_REMEDY: Final = "Write it as 90 seconds or 2 minutes, an hour at most."


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionForm:
    """A question as it was typed. `meant` is None where it can't be stored like that."""

    typed: DraftQuestion
    competency: str
    target: str
    target_seconds: int | None
    meant: DebriefedQuestion | None
    problems: Problems

    @property
    def trip(self) -> DraftTrip | None:
        """How it tripped the person up; None where nothing was said about it."""
        meant = self.meant
        if meant is None or not (meant.tripped_up or meant.remembered_answer or meant.difficulty):
            return None
        return DraftTrip(
            how=meant.tripped_up,
            remembered_answer=meant.remembered_answer,
            difficulty=meant.difficulty,
        )


EMPTY_FORM: Final = QuestionForm(
    typed=DraftQuestion(),
    competency="",
    target="",
    target_seconds=None,
    meant=None,
    problems={},
)


def read_question_form(sent: Typed) -> QuestionForm:
    """Return what the form of a question says."""
    typed = DraftQuestion(
        text=sent.one("text"),
        kind=sent.one("kind"),
        tripped_up=sent.one("tripped_up"),
        difficulty=sent.one("difficulty"),
        remembered_answer=sent.one("remembered_answer"),
    )
    read = read_draft(DebriefDraft(questions=(typed,)))
    problems = [_renamed(problem) for problem in read.problems]
    if not typed.text.strip():
        problems = [problem for problem in problems if problem.field != "text"]
        problems.append(_problem("text", "The question is empty.", "Write it as it was asked."))
    target = sent.one("target").strip()
    seconds = seconds_of(target) if target else None
    if target and seconds is None:
        what = f"'{target[:60]}' can't be read as a length."
        problems.append(_problem("target", what, _TARGET_REMEDY))
    return QuestionForm(
        typed=typed,
        competency=sent.one("competency"),
        target=target,
        target_seconds=seconds,
        meant=None if problems else read.debrief.questions[0],
        problems=by_field(problems),
    )


def form_of(question: Question) -> QuestionForm:
    """Return the form of a stored question, without how it tripped the person up."""
    return QuestionForm(
        typed=DraftQuestion(text=question.text, kind=question.kind.value),
        competency=question.competency,
        target=f"{question.target_seconds} seconds",
        target_seconds=question.target_seconds,
        meant=None,
        problems={},
    )


def by_field(problems: Iterable[FieldProblem]) -> Problems:
    """Return problems by the field they belong to, in their order."""
    found: dict[str, list[FieldProblem]] = {}
    for problem in problems:
        found.setdefault(problem.field, []).append(problem)
    return found


def refused(error: CoachError, field: str = "") -> Problems:
    """Return what the coach refused as a problem of a form."""
    return {field: [_problem(field, error.what_happened, error.what_to_do)]}


def _renamed(problem: FieldProblem) -> FieldProblem:
    return _problem(problem.field.rsplit(".", 1)[-1], problem.what, problem.remedy)


def _problem(field: str, what: str, remedy: str) -> FieldProblem:
    return FieldProblem(field=field, what=what, remedy=remedy)
