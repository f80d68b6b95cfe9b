"""The paths after several interviews, side by side: what was done on each, and how soon. Pure.

Shown for the person to look at. There is no best path, and a step left out is no gap.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from question_bank.interview import Interview, Outcome
from question_bank.local_days import local_day
from voicecoach.recovery import RecoveryPath, Step, StepState


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkedStep:
    """A step of one path. `days` is how long after the path's beginning; None where not known."""

    step: Step
    title: str
    state: StepState
    seen: str
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkedPath:
    """One path as it stands, and what the person kept from its interview in their own words.

    `began` is the interview's day, or the day it was logged where that is not known. `days_walked`
    is from there to the last step with a day; None while there is none.
    """

    interview_id: str
    name: str
    outcome: Outcome
    began: date
    steps: tuple[WalkedStep, ...]
    done: int
    skipped: int
    days_walked: int | None
    lessons: tuple[str, ...]
    dos: tuple[str, ...]
    donts: tuple[str, ...]


def compare_paths(
    paths: Sequence[tuple[Interview, RecoveryPath]], *, zone: tzinfo
) -> tuple[WalkedPath, ...]:
    """Return the paths side by side, in the order given.

    Args:
        paths: each interview with its path.
        zone: where the person lives; a day is a day there.
    """
    return tuple(_walked(interview, path, zone) for interview, path in paths)


def _walked(interview: Interview, path: RecoveryPath, zone: tzinfo) -> WalkedPath:
    began = interview.day or local_day(interview.created_at, zone)
    steps = tuple(
        WalkedStep(
            step=step.step,
            title=step.title,
            state=step.state,
            seen=step.seen,
            # What was noted before the interview's own day (an early walk) is day 0, too.
            days=None if step.at is None else max(0, (local_day(step.at, zone) - began).days),
        )
        for step in path.steps
    )
    days = [step.days for step in steps if step.days is not None]
    return WalkedPath(
        interview_id=interview.id,
        name=_name(interview),
        outcome=interview.outcome,
        began=began,
        steps=steps,
        done=sum(step.state is StepState.DONE for step in steps),
        skipped=sum(step.state is StepState.SKIPPED for step in steps),
        days_walked=max(days, default=None),
        lessons=interview.lessons,
        dos=interview.dos,
        donts=interview.donts,
    )


def _name(interview: Interview) -> str:
    return (
        " at ".join(part for part in (interview.role, interview.company) if part) or "An interview"
    )
