"""What crosses HTTP where it differs from the domain's own records.

Interviews, questions, outlines, transcripts, results and the path back cross as they are. Here are
the lists, what a client may send, and answers that say more than one record. In a change a field
that is left out keeps its value; `null` empties it where that is possible.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from litestar.params import QueryParameter
from msgspec import UNSET, Meta, UnsetType

from question_bank.debrief import DebriefFormat, Problem
from question_bank.debrief_entry import EnteredDebrief
from question_bank.interview import Feeling, Outcome, RightCompany
from question_bank.limits import (
    LONGEST_ANSWER_SECONDS,
    LONGEST_NAME,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    MOST_ENTRIES,
)
from question_bank.outline import DraftPoint
from question_bank.question import QuestionKind
from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.attempt_progress import Stage, progress_in
from voicecoach.attempt_result import reasons_of
from voicecoach.feelings import CheckIn
from voicecoach.movement import MOST_MINUTES, Movement, MovementSummary
from voicecoach.plan import PlanDay, PlannedInterview, Sacrifice
from voicecoach.readiness import QuestionReadiness, Raise, Readiness
from voicecoach.scoring.cut_points import Verdict
from voicecoach.suggestion import Wish

T = TypeVar("T")

MOST_LISTED = 500
"""The longest list given at once."""

LONGEST_DEBRIEF = 500_000
"""Characters of a debrief: a very long day, written down in full."""

MOST_BODY_BYTES = 2_000_000
"""The largest body that is read: a debrief of that length in any alphabet."""

Limit = Annotated[
    int, QueryParameter(ge=1, le=MOST_LISTED, description="How many entries at most.")
]
Offset = Annotated[
    int, QueryParameter(ge=0, le=1_000_000_000, description="How many entries to pass over first.")
]
Open = Annotated[
    bool, QueryParameter(name="open", description="Only what has something left to be done.")
]
Version = Annotated[
    int | None,
    QueryParameter(ge=1, le=1_000_000_000, description="A version of what was said, from 1."),
]
From = Annotated[
    int | None,
    QueryParameter(
        name="from",
        ge=1,
        le=1_000_000_000,
        description="The version before; by default the one before `to`.",
    ),
]
To = Annotated[
    int | None,
    QueryParameter(
        name="to", ge=1, le=1_000_000_000, description="The version after; by default the last."
    ),
]
Name = Annotated[str, Meta(max_length=LONGEST_NAME)]
Text = Annotated[str, Meta(max_length=LONGEST_TEXT)]
Texts = Annotated[Sequence[Text], Meta(max_length=MOST_ENTRIES)]
Wording = Annotated[str, Meta(min_length=1, max_length=LONGEST_QUESTION)]
Seconds = Annotated[int, Meta(ge=1, le=LONGEST_ANSWER_SECONDS)]
Level = Annotated[int, Meta(ge=1, le=5)]


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list: entries `offset` to `offset + limit` of `total`."""

    items: Sequence[T]
    total: int
    limit: int
    offset: int


class Sent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a client sends: an unknown field is refused rather than ignored."""


class NewInterview(Sent, frozen=True, kw_only=True):
    """An interview that was, or (without an outcome) is still to come."""

    company: Name = ""
    role: Name = ""
    day: date | None = None
    outcome: Outcome = Outcome.UPCOMING
    feelings: Annotated[Sequence[Feeling], Meta(max_length=MOST_ENTRIES)] = ()
    went_well: Texts = ()
    differed_from_expected: Texts = ()
    could_answer_better: Texts = ()
    feedback_received: Text = ""
    lessons: Texts = ()
    grey_areas: Texts = ()
    right_company: RightCompany | None = None
    right_company_why: Text = ""
    dos: Texts = ()
    donts: Texts = ()


class InterviewChange(Sent, frozen=True, kw_only=True):
    """Changes of an interview; `day` and `right_company` may be null: not known any more."""

    company: Name | UnsetType = UNSET
    role: Name | UnsetType = UNSET
    day: date | UnsetType | None = UNSET
    outcome: Outcome | UnsetType = UNSET
    feelings: Annotated[Sequence[Feeling], Meta(max_length=MOST_ENTRIES)] | UnsetType = UNSET
    went_well: Texts | UnsetType = UNSET
    differed_from_expected: Texts | UnsetType = UNSET
    could_answer_better: Texts | UnsetType = UNSET
    feedback_received: Text | UnsetType = UNSET
    lessons: Texts | UnsetType = UNSET
    grey_areas: Texts | UnsetType = UNSET
    right_company: RightCompany | UnsetType | None = UNSET
    right_company_why: Text | UnsetType = UNSET
    dos: Texts | UnsetType = UNSET
    donts: Texts | UnsetType = UNSET


class StepWord(Sent, frozen=True, kw_only=True):
    """The person's word about a step: done, skipped, or (`later`) open again.

    Without a `note` the one that stands there is kept; "" takes it away.
    """

    state: Literal["done", "skipped", "later"]
    note: Text | None = None
    interview_id: str | None = None


class NewPath(Sent, frozen=True, kw_only=True):
    """That an interview went badly: its road back begins."""

    interview_id: str


class NewCheckIn(Sent, frozen=True, kw_only=True):
    """How it feels: words, each with an intensity from 1 to 5, and a private note.

    `note_may_leave` lets the note into an export. Without `interview_id` it joins the latest path.
    """

    feelings: Annotated[Sequence[Feeling], Meta(max_length=MOST_ENTRIES)] = ()
    note: Text = ""
    note_may_leave: bool = False
    interview_id: str | None = None


class NewMovement(Sent, frozen=True, kw_only=True):
    """One time of moving; `before` and `after` say how it felt, 1 (bad) to 5 (good)."""

    kind: Name
    minutes: Annotated[int, Meta(ge=1, le=MOST_MINUTES)]
    before: Level | None = None
    after: Level | None = None
    interview_id: str | None = None


class CheckIns(msgspec.Struct, frozen=True, kw_only=True):
    """The check-ins on one path, and the sentence of perspective and support beside them."""

    check_ins: Page[CheckIn]
    perspective: str
    support: str


class Movements(msgspec.Struct, frozen=True, kw_only=True):
    """Every time of moving, the latest first, and what they say together."""

    movements: Page[Movement]
    summary: MovementSummary


class NewTrip(Sent, frozen=True, kw_only=True):
    """One time a question was met, and how it tripped the person up."""

    interview_id: str | None = None
    how: Text = ""
    remembered_answer: Text = ""
    difficulty: Level | None = None


class WordingWish(Sent, frozen=True, kw_only=True):
    """A text of the person's that a clearer wording of, or a question to, is wished for."""

    text: Text
    wish: Wish = Wish.WORDING


class NewQuestion(Sent, frozen=True, kw_only=True):
    """A question; without a target the usual length of its kind is taken."""

    text: Wording
    kind: QuestionKind
    competency: Name = ""
    target_seconds: Seconds | None = None
    trip: NewTrip | None = None


class QuestionChange(Sent, frozen=True, kw_only=True):
    """Changes of a question."""

    text: Wording | UnsetType = UNSET
    kind: QuestionKind | UnsetType = UNSET
    competency: Name | UnsetType = UNSET
    target_seconds: Seconds | UnsetType = UNSET


class SameQuestion(Sent, frozen=True, kw_only=True):
    """That another question, `drop`, is the same one in other words."""

    drop: str


class NewOutline(Sent, frozen=True, kw_only=True):
    """An outline in place of the one before.

    `expected_version` is the version the client was looking at (0: there was none); where the
    outline has changed since, it is refused.
    """

    points: Annotated[Sequence[DraftPoint], Meta(max_length=MOST_ENTRIES)]
    expected_version: Annotated[int, Meta(ge=0, le=1_000_000_000)]
    skills: Texts = ()
    stories: Texts = ()


class NewDebrief(Sent, frozen=True, kw_only=True):
    """A debrief as text, in one of the layouts of docs/debrief-format.md."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_DEBRIEF)]
    format: DebriefFormat = DebriefFormat.MARKDOWN


class DebriefEntered(msgspec.Struct, frozen=True, kw_only=True):
    """What a debrief did to the bank, and what could not be read in it."""

    entered: EnteredDebrief
    problems: tuple[Problem, ...]


class Correction(Sent, frozen=True, kw_only=True):
    """What was really said."""

    text: Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]


class NewVerdict(Sent, frozen=True, kw_only=True):
    """The person's word on a point."""

    verdict: Verdict


class Recalibration(Sent, frozen=True, kw_only=True):
    """Consent to the proposed cut-points; `verdicts` is how many the client was shown."""

    verdicts: Annotated[int, Meta(ge=0, le=1_000_000_000)]


class AttemptSummary(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt in a list; `/api/attempts/{id}` tells all of it.

    `stage` is where the work on it is; `reasons` say why there is no score.
    """

    attempt_id: str
    question_id: str
    asked: str
    status: AttemptStatus
    stage: Stage
    reasons: tuple[str, ...]
    started_at: datetime
    recording_seconds: float | None
    has_recording: bool
    overall: float | None
    follows_up: str | None
    interrupted: str | None
    synthetic: bool


class ReadinessAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Readiness with its sentence; `per_question` holds the least sure questions first."""

    sentence: str
    share: float | None
    low: float | None
    high: float | None
    likely_questions: int
    attempts_used: int
    not_enough: str | None
    raise_most: tuple[Raise, ...]
    per_question: Page[QuestionReadiness]
    horizon: date
    assumed_horizon: bool
    target: float


class PlanAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The plan; `days` begins with today, `sacrificed` is what finds no room.

    `interviews` are those coming up, nearest first, with what the plan is expected to bring.
    """

    days: Page[PlanDay]
    sacrificed: Page[Sacrifice]
    interviews: tuple[PlannedInterview, ...]
    minutes_per_day: int
    horizon: date
    assumed_horizon: bool
    made_at: datetime


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """That the coach works; `unfinished` attempts still have something to be done."""

    status: str
    version: str
    questions: int
    unfinished: int
    synthetic: bool


def sent_fields(change: Sent) -> dict[str, Any]:
    """Return the fields of a change that were sent, null ones included."""
    fields = msgspec.structs.asdict(change)
    return {name: value for name, value in fields.items() if value is not UNSET}


def page_of(items: Sequence[T], limit: int, offset: int) -> Page[T]:
    """Return a part of a list that is whole in memory."""
    return Page(items=items[offset : offset + limit], total=len(items), limit=limit, offset=offset)


def summary_of(attempt: Attempt, *, now: datetime) -> AttemptSummary:
    """Return an attempt as a list shows it at a moment (aware)."""
    return AttemptSummary(
        attempt_id=attempt.id,
        question_id=attempt.question_id,
        asked=attempt.asked,
        status=attempt.status,
        stage=progress_in(attempt, now=now).stage,
        reasons=reasons_of(attempt),
        started_at=attempt.started_at,
        recording_seconds=attempt.recording_seconds,
        has_recording=attempt.recording is not None,
        overall=attempt.score.overall if attempt.score else None,
        follows_up=attempt.parent_id,
        interrupted=attempt.interrupted,
        synthetic=attempt.synthetic,
    )


def readiness_answer(found: Readiness, limit: int, offset: int) -> ReadinessAnswer:
    """Return readiness as it crosses HTTP."""
    weakest = sorted(found.per_question, key=lambda row: (row.probability, row.question_id))
    return ReadinessAnswer(
        sentence=found.as_sentence,
        share=found.share,
        low=found.low,
        high=found.high,
        likely_questions=found.likely_questions,
        attempts_used=found.attempts_used,
        not_enough=found.not_enough,
        raise_most=found.raise_most,
        per_question=page_of(weakest, limit, offset),
        horizon=found.horizon,
        assumed_horizon=found.assumed_horizon,
        target=found.target,
    )
