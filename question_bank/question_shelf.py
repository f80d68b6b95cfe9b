"""The questions of the bank: met, met again, changed, listed, put away.

Whoever adds a question that is already there meets it again: its history grows by a trip and it
comes back if it was retired.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from question_bank.errors import ConflictError
from question_bank.limits import LONGEST_QUESTION, checked_level, checked_target, checked_text
from question_bank.near_duplicate import digest_of, most_alike
from question_bank.question import TARGET_SECONDS, Question, QuestionKind, QuestionSource
from question_bank.rows import question_of
from question_bank.shelf import Shelf, bounded
from question_bank.tables import QuestionRow, ReviewRow, TripRow
from question_bank.uprooting import note_uprooted


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicate:
    """A stored question that may be the same as another wording; `likeness` is 0–100."""

    question: Question
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MetQuestion:
    """What became of a question that was added.

    `is_new` is false when the bank had it already and only its history grew. `near_duplicates`
    are other stored questions to offer for merging, the most alike first.
    """

    question: Question
    is_new: bool
    near_duplicates: tuple[NearDuplicate, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTrip:
    """How a question tripped the person up, before the bank gives it an id."""

    interview_id: str | None = None
    how: str = ""
    remembered_answer: str = ""
    difficulty: int | None = None
    noted_at: datetime | None = None


class QuestionFields(TypedDict, total=False):
    """What can be changed about a question. A field that is left out keeps its value."""

    text: str
    kind: QuestionKind
    competency: str
    target_seconds: int


class QuestionShelf(Shelf):
    """The stored questions and how each tripped the person up."""

    def add_question(
        self,
        text: str,
        *,
        kind: QuestionKind,
        competency: str = "",
        target_seconds: int | None = None,
        source: QuestionSource = QuestionSource.ADDED,
        pack_id: str | None = None,
        trip: DraftTrip | None = None,
    ) -> MetQuestion:
        """Add a question, or meet again the one that says the same.

        Met again, the stored question keeps its text, kind and target; a given trip joins its
        history. It comes back from retirement unless it was met in a pack, for reading a pack is
        no reason to practise what was put away.
        """
        wording = checked_text(text, "The question", longest=LONGEST_QUESTION, empty=False)
        row = self._by_fingerprint(wording)
        is_new = row is None
        if row is None:
            row = QuestionRow(
                id=self._new_id(),
                text=wording,
                fingerprint=digest_of(wording),
                kind=kind.value,
                competency=checked_text(competency, "The competency"),
                target_seconds=checked_target(
                    TARGET_SECONDS[kind] if target_seconds is None else target_seconds
                ),
                source=source.value,
                created_at=self._now(),
                pack_id=pack_id,
                retired=False,
                merged_into=None,
            )
            self._session.add(row)
        elif source is not QuestionSource.PACK:
            row.retired = False
        if trip is not None:
            row.trips.append(self._trip_row(trip))
        self._session.flush()
        alike = self.near_duplicates(wording) if is_new else ()
        return MetQuestion(
            question=question_of(row),
            is_new=is_new,
            near_duplicates=tuple(found for found in alike if found.question.id != row.id),
        )

    def note_trip(self, question_id: str, trip: DraftTrip) -> Question:
        """Add to a question's history that it was met, and how."""
        row = self._question(question_id)
        row.trips.append(self._trip_row(trip))
        self._session.flush()
        return question_of(row)

    def take_back_trip(self, trip_id: str) -> None:
        """Take an entry out of a question's history, in the copies too, if it is still there."""
        trip = self._session.get(TripRow, trip_id)
        if trip is not None:
            row = self._question(trip.question_id)
            self._session.delete(trip)
            self._session.flush()
            note_uprooted(self._session, TripRow.__tablename__, [trip_id])
            self._session.refresh(row, ["trips"])

    def edit_question(self, question_id: str, **fields: Unpack[QuestionFields]) -> Question:
        """Change the fields given and leave the others alone.

        Raises:
            ConflictError: another question says the same already, or one that was answered is to
                become one that the person asks, or the other way round.
        """
        row = self._question(question_id)
        if "text" in fields:
            wording = checked_text(
                fields["text"], "The question", longest=LONGEST_QUESTION, empty=False
            )
            other = self._by_fingerprint(wording)
            if other is not None and other.id != row.id:
                raise ConflictError(
                    f"The bank already has that question: {other.text}",
                    f"Merge the two instead (its id is {other.id}).",
                )
            if other is None:
                row.fingerprint = digest_of(wording)
            row.text = wording
        if "kind" in fields:
            self._check_who_asks(row, fields["kind"])
            row.kind = fields["kind"].value
        if "competency" in fields:
            row.competency = checked_text(fields["competency"], "The competency")
        if "target_seconds" in fields:
            row.target_seconds = checked_target(fields["target_seconds"])
        self._session.flush()
        return question_of(row)

    def get_question(self, question_id: str) -> Question:
        """Return one question by its id or a beginning of it, following merges."""
        return question_of(self._question(question_id))

    def find_question(self, text: str) -> Question | None:
        """Return the stored question that says exactly the same; None if there is none."""
        row = self._by_fingerprint(text)
        return None if row is None else question_of(row)

    def list_questions(
        self,
        *,
        kind: QuestionKind | None = None,
        retired: bool | None = False,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[Question, ...]:
        """Return questions in the order they entered; `retired=None` gives both sorts.

        Questions merged into another are not listed.
        """
        query = self._questions(kind=kind, retired=retired)
        return tuple(
            question_of(row) for row in self._session.scalars(bounded(query, limit, offset))
        )

    def count_questions(
        self, *, kind: QuestionKind | None = None, retired: bool | None = False
    ) -> int:
        """Return how many questions such a list has in all."""
        query = self._questions(kind=kind, retired=retired).order_by(None).subquery()
        return self._session.scalar(select(func.count()).select_from(query)) or 0

    def every_active_question(self) -> tuple[Question, ...]:
        """Return all questions that are still asked, however many, oldest first."""
        return self.every_question()

    def every_question(
        self, *, kind: QuestionKind | None = None, retired: bool | None = False
    ) -> tuple[Question, ...]:
        """Return all questions of such a list, however many, oldest first."""
        query = self._questions(kind=kind, retired=retired)
        return tuple(question_of(row) for row in self._session.scalars(query))

    def questions_of_interview(self, interview_id: str) -> tuple[Question, ...]:
        """Return the questions that were met in an interview, retired ones too, oldest first."""
        met = select(TripRow.question_id).where(
            TripRow.interview_id == self._interview(interview_id).id
        )
        query = self._questions(retired=None).where(QuestionRow.id.in_(met))
        return tuple(question_of(row) for row in self._session.scalars(query))

    def retire_question(self, question_id: str) -> Question:
        """Stop asking a question; its attempts, outline and reviews stay."""
        return self._set_retired(question_id, retired=True)

    def restore_question(self, question_id: str) -> Question:
        """Ask a retired question again."""
        return self._set_retired(question_id, retired=False)

    def near_duplicates(self, text: str, *, limit: int = 5) -> tuple[NearDuplicate, ...]:
        """Return stored questions that are nearly the same, the most alike first."""
        texts = self._session.execute(
            select(QuestionRow.id, QuestionRow.text).where(QuestionRow.merged_into.is_(None))
        )
        alike = most_alike(text, [(row.id, row.text) for row in texts])[: max(limit, 0)]
        return tuple(
            NearDuplicate(question=self.get_question(question_id), likeness=likeness)
            for question_id, likeness in alike
        )

    def _questions(
        self, *, kind: QuestionKind | None = None, retired: bool | None = False
    ) -> Select[QuestionRow]:
        query = (
            select(QuestionRow)
            .where(QuestionRow.merged_into.is_(None))
            .order_by(QuestionRow.created_at, QuestionRow.id)
            .options(selectinload(QuestionRow.trips))
        )
        if kind is not None:
            query = query.where(QuestionRow.kind == kind.value)
        if retired is not None:
            query = query.where(QuestionRow.retired.is_(retired))
        return query

    def _check_who_asks(self, row: QuestionRow, kind: QuestionKind) -> None:
        """Refuse to turn what was answered into what is asked: its answers would mean nothing."""
        turned = (row.kind == QuestionKind.TO_ASK.value) != (kind is QuestionKind.TO_ASK)
        answered = select(ReviewRow.id).where(ReviewRow.question_id == row.id).limit(1)
        if turned and self._session.scalar(answered) is not None:
            raise ConflictError(
                "That question was answered already, and who asks it can't change any more.",
                "Add it as a new question, and retire this one.",
            )

    def _set_retired(self, question_id: str, *, retired: bool) -> Question:
        row = self._question(question_id)
        row.retired = retired
        self._session.flush()
        return question_of(row)

    def _trip_row(self, trip: DraftTrip) -> TripRow:
        interview = None if trip.interview_id is None else self._interview(trip.interview_id).id
        return TripRow(
            id=self._new_id(),
            interview_id=interview,
            how=checked_text(trip.how, "How it tripped you up"),
            remembered_answer=checked_text(trip.remembered_answer, "What you said"),
            difficulty=checked_level(trip.difficulty, "The difficulty"),
            noted_at=trip.noted_at or self._now(),
        )

    def _by_fingerprint(self, text: str) -> QuestionRow | None:
        """Return the question that says exactly the same, following merges."""
        row = self._session.scalars(
            select(QuestionRow).where(QuestionRow.fingerprint == digest_of(text))
        ).first()
        return None if row is None else self._question(row.id)
