"""The interviews that are coming up, nearest first, and how likely each asks which question.

Pure: interviews, questions and the moment come in as arguments.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from question_bank.interview import Interview
from question_bank.question import Question
from question_bank.schedule import Horizon, horizon_for
from voicecoach.readiness import likely_weight

MET_THERE_BEFORE: Final = 1.5
"""How much likelier a question is where the same company, or for the same role, asked it before
(a judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewAhead:
    """One interview to prepare for.

    `interview_id` is None where no interview is known and a day was assumed. `likely` says by the
    question's id how likely it is to be asked, relative to others; 0 for a retired one.
    """

    interview_id: str | None
    name: str
    horizon: Horizon
    likely: Mapping[str, float]


def interviews_ahead(
    upcoming: Iterable[Interview],
    questions: Sequence[Question],
    *,
    met: Mapping[str, Interview],
    now: datetime,
    zone: tzinfo,
) -> tuple[InterviewAhead, ...]:
    """Return what is coming up, nearest first; one assumed day without any.

    Args:
        upcoming: interviews still to come; those without a day can't be planned for.
        questions: the questions that are asked.
        met: past interviews by id, where questions were met.
        now: UTC-aware.
        zone: where the person lives.
    """
    dated = sorted(
        ((one.day, one.created_at, one.id, one) for one in upcoming if one.day is not None),
        key=lambda entry: entry[:3],
    )
    if not dated:
        return (
            InterviewAhead(
                interview_id=None,
                name="",
                horizon=horizon_for(None, now, zone),
                likely={question.id: likely_weight(question) for question in questions},
            ),
        )
    return tuple(
        InterviewAhead(
            interview_id=interview.id,
            name=interview.company or interview.role,
            horizon=horizon_for(day, now, zone),
            likely={question.id: _likely(question, interview, met) for question in questions},
        )
        for day, _, _, interview in dated
    )


def _likely(question: Question, ahead: Interview, met: Mapping[str, Interview]) -> float:
    wanted = {_plain(ahead.company), _plain(ahead.role)} - {""}
    asked_there = any(
        trip.interview_id in met
        and wanted & {_plain(met[trip.interview_id].company), _plain(met[trip.interview_id].role)}
        for trip in question.tripped_up
        if trip.interview_id is not None
    )
    return likely_weight(question) * (MET_THERE_BEFORE if asked_there else 1.0)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
