"""What the page calls things that the code has names for."""

from collections.abc import Mapping
from typing import Final

from question_bank.interview import Interview, Outcome, RightCompany
from question_bank.question import QuestionKind
from voicecoach.result_words import STATE_WORDS
from voicecoach.scoring.result import PointState

KINDS: Final[Mapping[QuestionKind, str]] = {
    QuestionKind.BEHAVIOURAL: "Behavioural",
    QuestionKind.TECHNICAL: "Technical",
    QuestionKind.MOTIVATIONAL: "Motivational",
    QuestionKind.SITUATIONAL: "Situational",
    QuestionKind.TO_ASK: "To ask them",
}

OUTCOMES: Final[Mapping[Outcome, str]] = {
    Outcome.UPCOMING: "It is still to come",
    Outcome.WAITING: "It took place, no answer yet",
    Outcome.REJECTED: "They said no",
    Outcome.OFFERED: "They said yes",
    Outcome.WITHDRAWN: "I decided against it",
}

RIGHT_COMPANY_CHOICES: Final = (
    ("", "I would rather not say"),
    (RightCompany.YES.value, "Yes"),
    (RightCompany.UNSURE.value, "I am not sure"),
    (RightCompany.NO.value, "No"),
)
"""The answers to whether it was the right company, for a form's choice."""

POINT_STATES: Final[Mapping[PointState, tuple[str, str]]] = {
    PointState.SAID: (STATE_WORDS[PointState.SAID], "good"),
    PointState.PARTLY: (STATE_WORDS[PointState.PARTLY], "fair"),
    PointState.NOT_HEARD: (STATE_WORDS[PointState.NOT_HEARD], "poor"),
}
"""A point's state in words, and the tone of its badge."""

DIFFICULTIES: Final = (
    ("", "I'd rather not say"),
    ("1", "1 – easy"),
    ("2", "2"),
    ("3", "3"),
    ("4", "4"),
    ("5", "5 – I froze"),
)


def interview_name(interview: Interview) -> str:
    """Return role and company in a few words."""
    named = " at ".join(part for part in (interview.role, interview.company) if part)
    return named or "An interview"


def kind_choices(first: str) -> list[tuple[str, str]]:
    """Return the kinds to choose from, with what stands for none of them at the front."""
    return [("", first), *((kind.value, words) for kind, words in KINDS.items())]
