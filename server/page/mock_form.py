"""The form that chooses a mock interview: what is asked, how it goes, what pressure is on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from question_bank.interview import Interview
from question_bank.pack import STARTER, pack_question
from question_bank.question import QuestionKind
from server.page.forms import Typed
from server.page.words import KINDS
from voicecoach.errors import InvalidInputError
from voicecoach.mock_choice import opening_question
from voicecoach.mock_interview import MOST_QUESTIONS, USUAL_QUESTIONS, MockInterview
from voicecoach.mock_pressure import checked_pressure
from voicecoach.practice import Coach
from voicecoach.time_words import seconds_words
from voicecoach.weakness import LEAST_LIKELY, Weakness

LIMITS: Final = (60, 90, 120, 180, 300)
SILENCES: Final = (5, 10, 20)
"""Seconds that the form offers; others can be had at the terminal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen for a new mock interview, as it was typed."""

    count: str = str(USUAL_QUESTIONS)
    kind: str = ""
    role: str = ""
    interview: str = ""
    weakness: str = ""
    follow_ups: bool = True
    opening: bool = True
    closing: bool = True
    interruptions: bool = False
    limit: str = ""
    silence: str = ""


def read_choice(typed: Typed) -> Choice:
    """Return what the form says."""
    return Choice(
        count=typed.one("count"),
        kind=typed.one("kind"),
        role=typed.one("role"),
        interview=typed.one("interview"),
        weakness=typed.one("weakness"),
        follow_ups=bool(typed.one("follow_ups")),
        opening=bool(typed.one("opening")),
        closing=bool(typed.one("closing")),
        interruptions=bool(typed.one("interruptions")),
        limit=typed.one("limit"),
        silence=typed.one("silence"),
    )


def begin(coach: Coach, choice: Choice) -> MockInterview:
    """Begin an interview as it was chosen.

    Raises:
        InvalidInputError: something that was chosen can't be used.
        NotFoundError: no question fits.
    """
    try:
        count = int(choice.count)
        kind = QuestionKind(choice.kind) if choice.kind else None
        limit = int(choice.limit) if choice.limit else None
        silence = int(choice.silence) if choice.silence else None
    except ValueError as error:
        raise InvalidInputError(
            "That choice can't be used.",
            f"Choose 1 to {MOST_QUESTIONS} questions, and of what is in the lists.",
        ) from error
    pressure = checked_pressure(
        interruptions=choice.interruptions, limit_seconds=limit, silence_seconds=silence
    )
    with coach.mocks() as mocks:
        return mocks.start(
            count,
            kind=kind,
            interview_id=choice.interview or None,
            role=choice.role,
            weakness=choice.weakness,
            follow_ups=choice.follow_ups,
            opening=choice.opening,
            closing=choice.closing,
            pressure=pressure,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MockOffer:
    """What there is to choose from.

    `opening` is the question to warm up with; `opening_is_new` whether it would join the bank.
    """

    any_questions: bool
    kinds: Mapping[str, str]
    roles: tuple[str, ...]
    interviews: Mapping[str, str]
    weaknesses: tuple[tuple[str, Weakness], ...]
    opening: str
    opening_is_new: bool
    own_questions: bool
    limits: tuple[tuple[int, str], ...] = tuple((one, seconds_words(one)) for one in LIMITS)
    silences: tuple[tuple[int, str], ...] = tuple((one, seconds_words(one)) for one in SILENCES)


def mock_offer(coach: Coach) -> MockOffer:
    """Return what a new mock interview can be chosen from."""
    with coach.reading_bank() as bank:
        questions = bank.every_active_question()
        met = {trip.interview_id for one in questions for trip in one.tripped_up}
        interviews = [one for one in bank.list_interviews(limit=500) if one.id in met]
    with coach.reading_mocks() as mocks:
        weak = mocks.weaknesses()
        roles = mocks.roles()
    asked = [one for one in questions if one.kind is not QuestionKind.TO_ASK]
    known = opening_question(questions)
    present = {one.kind for one in asked}
    return MockOffer(
        any_questions=bool(asked),
        kinds={kind.value: name for kind, name in KINDS.items() if kind in present},
        roles=roles,
        interviews={one.id: _interview_words(one) for one in interviews},
        weaknesses=tuple((weakness_words(one.name), one) for one in weak),
        opening=pack_question(STARTER[0])[1].text if known is None else known.text,
        opening_is_new=known is None,
        own_questions=len(questions) > len(asked),
    )


def weakness_words(name: str) -> str:
    """Return a weakness in a word or two."""
    if name == LEAST_LIKELY:
        return "What is least likely to go well"
    return name.replace("_", " ").capitalize()


def _interview_words(interview: Interview) -> str:
    place = " at ".join(part for part in (interview.role, interview.company) if part)
    day = f"{interview.day.day} {interview.day:%B %Y}" if interview.day else ""
    return ", ".join(part for part in (place, day) if part) or "An interview"
