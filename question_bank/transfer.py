"""The whole bank as one JSON document, and back. Nothing is lost on the way.

An export holds every interview, question (retired and merged ones too), trip, version of an
outline, and review, with its id. Importing adds what is not there yet and changes nothing that is:
importing an export into an empty bank gives the same bank, and importing it twice adds nothing. A
question that the bank knows in the same wording under another id is strengthened: its trips and
reviews join the known one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from question_bank.errors import InvalidInputError
from question_bank.interview import Interview
from question_bank.limits import (
    LONGEST_QUESTION,
    checked_day,
    checked_feeling,
    checked_level,
    checked_target,
    checked_text,
    checked_texts,
    checked_weight,
)
from question_bank.near_duplicate import digest_of
from question_bank.outline import Outline
from question_bank.question import Question, Trip
from question_bank.review import Review
from question_bank.rows import interview_of, outline_of, question_of, review_of
from question_bank.tables import (
    InterviewRow,
    OutlineRow,
    PointRow,
    QuestionRow,
    ReviewRow,
    TripRow,
)

_FORMAT: Final = "voicecoach question bank"
_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """How much an import added; what was there already was left alone.

    `questions_strengthened` counts known questions that gained trips, reviews or an outline.
    """

    interviews_added: int
    questions_added: int
    questions_strengthened: int
    reviews_added: int


class _ExportedQuestion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    question: Question
    merged_into: str | None
    outlines: tuple[Outline, ...]


class _Export(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: str
    version: int
    interviews: tuple[Interview, ...]
    questions: tuple[_ExportedQuestion, ...]
    reviews: tuple[Review, ...]


class _Heading(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    version: int


def export_bank(session: Session) -> bytes:
    """Return everything the bank holds as indented JSON, in a stable order."""
    outlines: dict[str, list[Outline]] = {}
    for row in session.scalars(
        select(OutlineRow)
        .order_by(OutlineRow.question_id, OutlineRow.version)
        .options(selectinload(OutlineRow.points))
    ):
        outlines.setdefault(row.question_id, []).append(outline_of(row))
    questions = session.scalars(
        select(QuestionRow)
        .order_by(QuestionRow.created_at, QuestionRow.id)
        .options(selectinload(QuestionRow.trips))
    )
    export = _Export(
        format=_FORMAT,
        version=_VERSION,
        interviews=tuple(
            interview_of(row)
            for row in session.scalars(
                select(InterviewRow).order_by(InterviewRow.created_at, InterviewRow.id)
            )
        ),
        questions=tuple(
            _ExportedQuestion(
                question=question_of(row),
                merged_into=row.merged_into,
                outlines=tuple(outlines.get(row.id, ())),
            )
            for row in questions
        ),
        reviews=tuple(
            review_of(row)
            for row in session.scalars(
                select(ReviewRow).order_by(ReviewRow.reviewed_at, ReviewRow.id)
            )
        ),
    )
    return msgspec.json.format(msgspec.json.encode(export), indent=2) + b"\n"


def import_bank(session: Session, exported: bytes) -> ImportReport:
    """Add what an export holds and the bank does not. See the module for the rules.

    Raises:
        InvalidInputError: it is no export, of a newer voicecoach, or holds what can't be stored.
    """
    export = _read(exported)
    return _Import(session, export).run()


def _read(exported: bytes) -> _Export:
    try:
        heading = msgspec.json.decode(exported, type=_Heading)
        if heading.format != _FORMAT:
            raise InvalidInputError(
                "That file is no export of a question bank.",
                "Give a file written by 'voicecoach questions export'.",
            )
        if heading.version > _VERSION:
            raise InvalidInputError(
                "That export was written by a newer voicecoach.", "Update voicecoach first."
            )
        return msgspec.json.decode(exported, type=_Export)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInputError(
            f"That file can't be read as an export of a question bank ({error}).",
            "Give a file written by 'voicecoach questions export'.",
        ) from error


class _Import:
    def __init__(self, session: Session, export: _Export) -> None:
        self._session = session
        self._export = export
        self._here: dict[str, str] = {}  # the id in the export -> the id in this bank
        self._strengthened: set[str] = set()
        self._new: set[str] = set()

    def run(self) -> ImportReport:
        interviews = self._add_interviews()
        for exported in self._export.questions:
            self._add_question(exported.question)
        self._session.flush()
        for exported in self._export.questions:
            self._add_history(exported)
        self._session.flush()
        reviews = sum(self._add_review(review) for review in self._export.reviews)
        self._session.flush()
        return ImportReport(
            interviews_added=interviews,
            questions_added=len(self._new),
            questions_strengthened=len(self._strengthened - self._new),
            reviews_added=reviews,
        )

    def _add_interviews(self) -> int:
        known = set(self._session.scalars(select(InterviewRow.id)))
        fresh = [found for found in self._export.interviews if found.id not in known]
        self._session.add_all(_interview_row(interview) for interview in fresh)
        self._session.flush()
        return len(fresh)

    def _add_question(self, question: Question) -> None:
        if self._session.get(QuestionRow, question.id) is not None:
            self._here[question.id] = question.id
            return
        wording = checked_text(question.text, "A question", longest=LONGEST_QUESTION, empty=False)
        digest = digest_of(wording)
        known = self._session.scalars(
            select(QuestionRow).where(QuestionRow.fingerprint == digest)
        ).first()
        if known is not None:
            self._here[question.id] = known.merged_into or known.id
            return
        self._session.add(
            QuestionRow(
                id=_checked_id(question.id),
                text=wording,
                fingerprint=digest,
                kind=question.kind.value,
                competency=checked_text(question.competency, "The competency"),
                target_seconds=checked_target(question.target_seconds),
                source=question.source.value,
                created_at=_checked_moment(question.created_at),
                pack_id=question.pack_id,
                retired=question.retired,
                merged_into=None,
            )
        )
        self._session.flush()
        self._here[question.id] = question.id
        self._new.add(question.id)

    def _add_history(self, exported: _ExportedQuestion) -> None:
        question_id = exported.question.id
        here = self._here[question_id]
        if question_id in self._new and exported.merged_into is not None:
            keeper = self._here.get(exported.merged_into)
            if keeper is not None and keeper != question_id:
                self._row(question_id).merged_into = keeper
        for trip in exported.question.tripped_up:
            if self._session.get(TripRow, trip.id) is None:
                self._session.add(self._trip_row(trip, here))
                self._strengthened.add(here)
        if self._session.scalar(
            select(OutlineRow.version).where(OutlineRow.question_id == here).limit(1)
        ):
            return
        for outline in exported.outlines:
            self._session.add(_outline_row(outline, here))
            self._session.flush()
            self._strengthened.add(here)

    def _add_review(self, review: Review) -> bool:
        here = self._here.get(review.question_id)
        if here is None:
            raise InvalidInputError(
                f"The export has a review of a question it lacks ({review.question_id}).",
                "Export the bank again.",
            )
        known = self._session.scalar(
            select(ReviewRow.id)
            .where((ReviewRow.id == review.id) | (ReviewRow.attempt_id == review.attempt_id))
            .limit(1)
        )
        if known is not None:
            return False
        self._session.add(
            ReviewRow(
                id=_checked_id(review.id),
                question_id=here,
                attempt_id=_checked_id(review.attempt_id),
                reviewed_at=_checked_moment(review.reviewed_at),
                rating=int(review.rating),
            )
        )
        self._session.flush()
        self._strengthened.add(here)
        return True

    def _row(self, question_id: str) -> QuestionRow:
        return self._session.get_one(QuestionRow, question_id)

    def _trip_row(self, trip: Trip, question_id: str) -> TripRow:
        interview = trip.interview_id
        if interview is not None and self._session.get(InterviewRow, interview) is None:
            interview = None
        return TripRow(
            id=_checked_id(trip.id),
            question_id=question_id,
            interview_id=interview,
            how=checked_text(trip.how, "How a question tripped you up"),
            remembered_answer=checked_text(trip.remembered_answer, "What you said"),
            difficulty=checked_level(trip.difficulty, "A difficulty"),
            noted_at=_checked_moment(trip.noted_at),
        )


def _interview_row(interview: Interview) -> InterviewRow:
    return InterviewRow(
        id=_checked_id(interview.id),
        company=checked_text(interview.company, "A company"),
        role=checked_text(interview.role, "A role"),
        day=checked_day(interview.day, "An interview's day"),
        outcome=interview.outcome.value,
        created_at=_checked_moment(interview.created_at),
        feelings=[checked_feeling(feeling) for feeling in interview.feelings],
        went_well=checked_texts(interview.went_well, "What went well"),
        differed_from_expected=checked_texts(interview.differed_from_expected, "What differed"),
        could_answer_better=checked_texts(interview.could_answer_better, "What to answer better"),
        feedback_received=checked_text(interview.feedback_received, "The feedback"),
        lessons=checked_texts(interview.lessons, "The lessons"),
        grey_areas=checked_texts(interview.grey_areas, "The grey areas"),
        right_company=None if interview.right_company is None else interview.right_company.value,
        right_company_why=checked_text(interview.right_company_why, "Whether it was right"),
        dos=checked_texts(interview.dos, "What to do next time"),
        donts=checked_texts(interview.donts, "What not to do next time"),
    )


def _outline_row(outline: Outline, question_id: str) -> OutlineRow:
    return OutlineRow(
        question_id=question_id,
        version=outline.version,
        skills=checked_texts(outline.skills, "The skills"),
        stories=checked_texts(outline.stories, "The stories"),
        points=[
            PointRow(
                position=position,
                point_id=_checked_id(point.id),
                text=checked_text(point.text, "A point", empty=False),
                part=None if point.part is None else point.part.value,
                weight=checked_weight(point.weight),
            )
            for position, point in enumerate(outline.points, start=1)
        ],
    )


def _checked_id(given: str) -> str:
    if not given.isprintable():
        raise InvalidInputError("The export holds an id that is no text.", "Export the bank again.")
    return checked_text(given, "An id", longest=200, empty=False)


def _checked_moment(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise InvalidInputError(
            f"The export holds a moment without a time zone ({moment.isoformat()}).",
            "Export the bank again.",
        )
    return moment
