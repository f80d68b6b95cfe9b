"""A list of questions on its way into the bank: looked at first, then entered as the person chose.

Nothing enters in silence twice. A question that the bank has already is known; it gains what it
lacks. One that is nearly the same as another, in the bank or earlier in the list, is named with it
and left out unless chosen. All that is chosen enters in one session, or nothing does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from question_bank.bank import Bank
from question_bank.debrief_nodes import Problem
from question_bank.errors import InvalidInputError
from question_bank.interview import Interview
from question_bank.limits import MOST_LISTED
from question_bank.near_duplicate import fingerprint, most_alike
from question_bank.question import Question
from question_bank.question_list import ListedQuestion, ListFormat, QuestionList, list_format_of
from question_bank.question_list_markdown import read_markdown_list
from question_bank.question_list_table import read_anki, read_csv
from question_bank.question_shelf import DraftTrip


class Standing(StrEnum):
    """What a listed question is to the bank: new, nearly the same as another, known, or twice."""

    NEW = "new"
    ALIKE = "alike"
    KNOWN = "known"
    TWICE = "twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another wording of a question: one of the bank, or (`question_id` None) of the list."""

    text: str
    likeness: float
    question_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingQuestion:
    """One question of a list, numbered from 1, and what it would be to the bank.

    `known` is the bank's own where it has it; `alike` are others nearly the same, the most alike
    first.
    """

    number: int
    listed: ListedQuestion
    standing: Standing
    known: Question | None = None
    alike: tuple[Alike, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a list would do to the bank. Nothing is stored yet."""

    read: QuestionList
    incoming: tuple[IncomingQuestion, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be used, with its line."""
        return self.read.problems

    def numbers(self, standing: Standing) -> tuple[int, ...]:
        """Return the numbers of the questions that stand so."""
        return tuple(one.number for one in self.incoming if one.standing is standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What entered: new questions, known ones that gained something, and how many were left out."""

    new: tuple[Question, ...]
    strengthened: tuple[Question, ...]
    left_out: int


def read_question_list(text: str, form: ListFormat | None = None, name: str = "") -> QuestionList:
    """Read a list of questions; without a format it is told by the file's name and its text."""
    form = list_format_of(name, text) if form is None else form
    if form is ListFormat.CSV:
        return read_csv(text)
    return read_anki(text) if form is ListFormat.ANKI else read_markdown_list(text)


def look_at(bank: Bank, read: QuestionList) -> Intake:
    """Return what a list would do to the bank; the bank is only read."""
    stored = [(one.id, one.text) for one in bank.every_question(retired=None)]
    texts = dict(stored)
    seen: dict[str, str] = {}  # fingerprint -> the wording that stood first in the list
    incoming: list[IncomingQuestion] = []
    for number, listed in enumerate(read.questions, start=1):
        text, print_ = listed.asked.text, fingerprint(listed.asked.text)
        known = bank.find_question(text)
        standing, alike = Standing.KNOWN, tuple[Alike, ...]()
        if print_ in seen:
            standing, known = Standing.TWICE, None
        elif known is None:
            alike = _alike(text, stored, texts, list(seen.values()))
            standing = Standing.ALIKE if alike else Standing.NEW
        seen.setdefault(print_, text)
        incoming.append(
            IncomingQuestion(
                number=number, listed=listed, standing=standing, known=known, alike=alike
            )
        )
    return Intake(read=read, incoming=tuple(incoming))


def as_known(bank: Bank, intake: Intake) -> Intake:
    """Take questions that are nearly the same as a stored one as that one."""
    return replace(
        intake,
        incoming=tuple(
            replace(one, standing=Standing.KNOWN, known=bank.get_question(stored))
            if one.standing is Standing.ALIKE
            and (stored := next((other.question_id for other in one.alike), None)) is not None
            else one
            for one in intake.incoming
        ),
    )


def take_in(bank: Bank, intake: Intake, numbers: Collection[int] | None = None) -> TakenIn:
    """Put questions of a list into the bank, within the bank's session.

    Args:
        bank: takes them.
        intake: what was looked at, in this session.
        numbers: which of them; by default those that are new or known.

    Raises:
        InvalidInputError: a number is none of the list's.
    """
    if numbers is None:
        numbers = (*intake.numbers(Standing.NEW), *intake.numbers(Standing.KNOWN))
    chosen = set(numbers)
    if unknown := chosen - {one.number for one in intake.incoming}:
        raise InvalidInputError(
            f"The list has no question {min(unknown)}.", "Look at it again and choose from it."
        )
    interviews = bank.list_interviews(limit=MOST_LISTED)
    new: list[Question] = []
    strengthened: list[Question] = []
    left_out = 0
    for one in intake.incoming:
        if one.number not in chosen or one.standing is Standing.TWICE:
            left_out += 1
            continue
        question = (
            one.known
            or bank.add_question(
                one.listed.asked.text,
                kind=one.listed.asked.kind,
                competency=one.listed.asked.competency,
                target_seconds=one.listed.asked.target_seconds,
            ).question
        )
        gained = _add_outline(bank, question, one.listed, interviews)
        gained = _add_trip(bank, question, one.listed, interviews) or gained
        if one.known is None:
            new.append(bank.get_question(question.id))
        elif gained:
            strengthened.append(bank.get_question(question.id))
    return TakenIn(new=tuple(new), strengthened=tuple(strengthened), left_out=left_out)


def _alike(
    text: str, stored: Sequence[tuple[str, str]], texts: dict[str, str], earlier: Sequence[str]
) -> tuple[Alike, ...]:
    in_bank = [
        Alike(text=texts[question_id], likeness=likeness, question_id=question_id)
        for question_id, likeness in most_alike(text, stored)
    ]
    in_list = [
        Alike(text=wording, likeness=likeness, question_id=None)
        for wording, likeness in most_alike(text, [(one, one) for one in earlier])
    ]
    return tuple(sorted((*in_bank, *in_list), key=lambda one: -one.likeness)[:5])


def _add_outline(
    bank: Bank, question: Question, listed: ListedQuestion, interviews: Sequence[Interview]
) -> bool:
    """Store the outline where the question has none; notes join what the answer draws on."""
    asked = listed.asked
    unknown = listed.company and _interview_at(listed.company, interviews) is None
    asked_at = (f"Asked at {listed.company}",) if unknown else ()
    stories = tuple(dict.fromkeys((*asked.stories, *listed.notes, *asked_at)))
    if not (asked.points or asked.skills or stories) or bank.get_outline(question.id) is not None:
        return False
    bank.set_outline(question.id, asked.points, skills=asked.skills, stories=stories)
    return True


def _add_trip(
    bank: Bank, question: Question, listed: ListedQuestion, interviews: Sequence[Interview]
) -> bool:
    """Note where the question was met and how that went, unless just that is noted already."""
    interview = _interview_at(listed.company, interviews)
    asked = listed.asked
    said = (
        None if interview is None else interview.id,
        asked.tripped_up,
        asked.remembered_answer,
        asked.difficulty,
    )
    if said == (None, "", "", None) or said in {
        (trip.interview_id, trip.how, trip.remembered_answer, trip.difficulty)
        for trip in question.tripped_up
    }:
        return False
    bank.note_trip(
        question.id,
        DraftTrip(
            interview_id=said[0],
            how=asked.tripped_up,
            remembered_answer=asked.remembered_answer,
            difficulty=asked.difficulty,
        ),
    )
    return True


def _interview_at(company: str, interviews: Sequence[Interview]) -> Interview | None:
    """Return the interview at that company; None where there is none, or more than one."""
    wanted = company.strip().casefold()
    found = [one for one in interviews if wanted and one.company.casefold() == wanted]
    return found[0] if len(found) == 1 else None
