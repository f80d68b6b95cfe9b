"""The seven steps after a failed interview, as one path a person walks at their own pace.

Where they are is computed from the interview, the log and a small record of steps done or
skipped; nothing here judges, scores or analyses what they feel. Pure: records in, the path out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from question_bank.interview import Interview, Outcome
from voicecoach.time_words import times_words


class Step(StrEnum):
    """The seven steps, in the order of the path."""

    FEEL = "feel"
    BREATHE = "breathe"
    FEEDBACK = "feedback"
    MOVE = "move"
    POSITIVES = "positives"
    PLAN = "plan"
    CONTINUE = "continue"


class StepState(StrEnum):
    """Where a step of the path stands."""

    DONE = "done"
    SKIPPED = "skipped"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecord:
    """A step the person did, skipped or reopened on one path; the newest record counts.

    A reopened step stands again as the log shows it. `note` is their own and is never read by
    anything but themselves.
    """

    id: str
    interview_id: str
    step: Step
    skipped: bool
    recorded_at: datetime
    note: str = ""
    reopened: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFacts:
    """What the log says about the path of one interview.

    `rehearsals` counts the scored takes since the interview; `outlined` and `tripped_up` its
    questions with an outline, and its questions in all. `check_ins` and `moved` count how often the
    person said how they felt and how often they moved. `first_at` holds when a step first left a
    mark of its own (a check-in, a time of moving, a rehearsal).
    """

    rehearsals: int = 0
    outlined: int = 0
    tripped_up: int = 0
    check_ins: int = 0
    moved: int = 0
    first_at: Mapping[Step, datetime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathStep:
    """One step: what it is for in a sentence, what to do, the verb that does it, where it stands.

    `seen` says what the log shows of it already, "" where it shows nothing. `said` is whether the
    person's own word decides about it. `at` is when it was
    done or left out, None where that is not known or it is still open.
    """

    step: Step
    title: str
    sentence: str
    to_do: str
    verb: str
    state: StepState
    seen: str
    said: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoveryPath:
    """The way back after one interview; `next_step` is None once all are done or skipped."""

    interview_id: str
    heading: str
    steps: tuple[PathStep, ...]
    next_step: PathStep | None
    support: str


SUPPORT: Final = (
    "If this feels like more than a bad interview, you don't have to carry it alone: talk to "
    "someone you trust or a doctor, or call your local crisis or emergency line."
)
"""Shown quietly with every path."""


@dataclass(frozen=True, slots=True)
class _Wording:
    title: str
    sentence: str
    to_do: str
    verb: str


_WORDINGS: Final[dict[Step, _Wording]] = {
    Step.FEEL: _Wording(
        "Let yourself be upset",
        "Being turned down hurts, and that needs no fixing; one conversation on one day says "
        "little about what you can do.",
        "Name what you feel, with or without words for it. Nobody scores it.",
        "voicecoach recover feel",
    ),
    Step.BREATHE: _Wording(
        "Breathe",
        "A minute of slow breathing, before the mind goes back into that room.",
        "Breathe along for a minute: in for four seconds, out for six, or in another way.",
        "voicecoach recover breathe",
    ),
    Step.FEEDBACK: _Wording(
        "Get feedback",
        "Asking is normal and costs nothing; most never answer, and the path works as well "
        "without.",
        "Send an e-mail that is drafted for you, or one of your own, and keep what came back.",
        "voicecoach recover feedback",
    ),
    Step.MOVE: _Wording(
        "Move",
        "Going over it in a chair is one way to spend the next twenty minutes; a walk, or "
        "whatever your body likes, is another.",
        "Go for a walk, or move in any way you like, for about twenty minutes.",
        "voicecoach recover move",
    ),
    Step.POSITIVES: _Wording(
        "See the positives",
        "Some of it went well, and what surprised you is a question you now know.",
        "Note what went well, what differed from what you expected, and what you would say now.",
        "voicecoach recover positives",
    ),
    Step.PLAN: _Wording(
        "Make a plan",
        "A question that tripped you up once can be practised until it doesn't.",
        "Outline those questions, then rehearse each well on three different days.",
        "voicecoach plan",
    ),
    Step.CONTINUE: _Wording(
        "Don't give up",
        "The next interview starts with what this one taught you.",
        "Write down what to do, what not to do and one lesson, then rehearse the next question.",
        "voicecoach recover continue",
    ),
}


def has_path(
    interview: Interview, *, today: date, said_so: bool = False, tripped_up: int = 0
) -> bool:
    """Return whether a path begins after an interview.

    It does after a rejection, and where the person says that it went badly: in so many words
    (`said_so`), by a question that tripped them up there, or by what they could answer better.
    After an offer only their own words begin one.

    Args:
        interview: the one that was, or is to come.
        today: the day it is where the person lives.
        said_so: whether they said that it went badly.
        tripped_up: how many questions tripped them up there.
    """
    if not is_over(interview, today):
        return False
    if said_so or interview.outcome is Outcome.REJECTED:
        return True
    told = bool(tripped_up or interview.could_answer_better)
    return told and interview.outcome is not Outcome.OFFERED


def is_over(interview: Interview, today: date) -> bool:
    """Return whether an interview took place: its outcome says so, or its day has passed."""
    passed = interview.day is not None and interview.day < today
    return passed or interview.outcome is not Outcome.UPCOMING


def recovery_path(
    interview: Interview, records: Sequence[StepRecord], facts: PracticeFacts
) -> RecoveryPath:
    """Return the path of one interview: which steps are done or skipped, and which is next.

    A step is done when the person says so or the log shows it (feelings named, feedback noted,
    moved once, positives written down, every question that tripped them up outlined, something
    kept for the next time and a question rehearsed). The person's newest word about a step beats
    what the log shows, unless that word is to open it again.

    Args:
        interview: the one the path belongs to.
        records: steps done or skipped; those of other interviews are left out.
        facts: what the log says since that interview.
    """
    newest = {
        record.step: record
        for record in sorted(records, key=lambda record: (record.recorded_at, record.id))
        if record.interview_id == interview.id
    }
    said = {step: record for step, record in newest.items() if not record.reopened}
    steps: list[PathStep] = []
    next_step: PathStep | None = None
    for step, wording in _WORDINGS.items():
        shown, seen = _shown_by_log(step, interview, facts)
        word = said.get(step)
        at = None
        if word is not None:
            state = StepState.SKIPPED if word.skipped else StepState.DONE
            at = word.recorded_at
        elif shown:
            state = StepState.DONE
            at = facts.first_at.get(step)
        else:
            state = StepState.NEXT if next_step is None else StepState.LATER
        path_step = PathStep(
            step=step,
            title=wording.title,
            sentence=wording.sentence,
            to_do=wording.to_do,
            verb=wording.verb,
            state=state,
            seen=seen,
            said=word is not None,
            at=at,
        )
        steps.append(path_step)
        if state is StepState.NEXT:
            next_step = path_step
    return RecoveryPath(
        interview_id=interview.id,
        heading=_heading(interview),
        steps=tuple(steps),
        next_step=next_step,
        support=SUPPORT,
    )


def _heading(interview: Interview) -> str:
    parts = " at ".join(part for part in (interview.role, interview.company) if part)
    day = f", {interview.day.day} {interview.day:%B %Y}" if interview.day else ""
    return f"The road back from {parts or 'this interview'}{day}"


def _shown_by_log(step: Step, interview: Interview, facts: PracticeFacts) -> tuple[bool, str]:
    """Say whether the log shows a step to be done, and what it shows of it."""
    noted = (
        *interview.went_well,
        *interview.differed_from_expected,
        *interview.could_answer_better,
    )
    kept = len(interview.lessons) + len(interview.dos) + len(interview.donts)
    named = ", ".join(feeling.word for feeling in interview.feelings)
    rehearsed = _count(facts.rehearsals, "rehearsal")
    match step:
        case Step.FEEL:
            shown = bool(facts.check_ins or named)
            seen = _count(facts.check_ins, "check-in") if facts.check_ins else named
        case Step.FEEDBACK:
            shown = bool(interview.feedback_received)
            seen = "feedback noted" if shown else ""
        case Step.MOVE:
            shown = facts.moved > 0
            seen = f"moved {times_words(facts.moved)}" if shown else ""
        case Step.POSITIVES:
            shown = bool(noted)
            seen = f"{len(noted)} noted" if shown else ""
        case Step.PLAN:
            shown = 0 < facts.tripped_up <= facts.outlined
            of = f"{facts.outlined} of {facts.tripped_up} questions outlined"
            seen = of if facts.tripped_up else ""
        case Step.CONTINUE:
            shown = bool(kept) and facts.rehearsals > 0
            begun = kept or facts.rehearsals
            seen = f"{kept or 'nothing'} kept for next time, {rehearsed}" if begun else ""
        case _:
            shown, seen = False, ""
    return shown, seen


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
