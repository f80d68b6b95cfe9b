"""What a debrief says once it is read: an interview, its questions, and what could not be used."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from question_bank.debrief_nodes import Problem
from question_bank.interview import Feeling, Outcome, RightCompany
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind


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
    grey_areas: tuple[str, ...] = ()
    right_company: RightCompany | None = None
    right_company_why: str = ""
    dos: tuple[str, ...] = ()
    donts: tuple[str, ...] = ()
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
                self.grey_areas,
                self.right_company,
                self.right_company_why,
                self.dos,
                self.donts,
                self.outcome is not Outcome.WAITING,
            )
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefResult:
    """The usable part of a debrief, and what could not be used, in the order of lines."""

    debrief: Debrief
    problems: tuple[Problem, ...]
