"""The bank: the one door to stored interviews, questions, outlines and reviews.

A `Bank` lives inside one session, so whatever it does is stored with the rest of that unit of work
or not at all. It takes ids and the present moment from outside. Ids may be given in full or as any
beginning that fits one record only. Lists are bounded (`limit`, `offset`); the few readers that
need everything (schedule, readiness) say so in their names.

Whoever adds a question that is already there meets it again: its history grows by a trip and it
comes back if it was retired. Merging keeps the dropped question as a retired row that points to
the kept one, so that an old id still leads to the right question. Attempts live elsewhere:
`AttemptStore.move_question` brings them along in the same session.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict, TypeVar, Unpack

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.orm import Session, selectinload

from question_bank.errors import ConflictError, InvalidInputError, NotFoundError
from question_bank.interview import Feeling, Interview, Outcome
from question_bank.limits import (
    LONGEST_NAME,
    LONGEST_QUESTION,
    MOST_ENTRIES,
    check_page,
    checked_feeling,
    checked_level,
    checked_target,
    checked_text,
    checked_texts,
    checked_weight,
)
from question_bank.near_duplicate import digest_of, most_alike
from question_bank.outline import DraftPoint, Outline, Point
from question_bank.question import TARGET_SECONDS, Question, QuestionKind, QuestionSource
from question_bank.review import Rating, Review
from question_bank.rows import interview_of, outline_of, question_of, review_of
from question_bank.tables import (
    InterviewRow,
    OutlineRow,
    PointRow,
    QuestionRow,
    ReviewRow,
    TripRow,
)
from question_bank.transfer import ImportReport, export_bank, import_bank

_Found = TypeVar("_Found", InterviewRow, QuestionRow)


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


class InterviewFields(TypedDict, total=False):
    """What an interview says besides its id. A field that is left out keeps its value."""

    company: str
    role: str
    day: date | None
    outcome: Outcome
    feelings: Sequence[Feeling]
    went_well: Sequence[str]
    differed_from_expected: Sequence[str]
    could_answer_better: Sequence[str]
    feedback_received: str
    lessons: Sequence[str]


class QuestionFields(TypedDict, total=False):
    """What can be changed about a question. A field that is left out keeps its value."""

    text: str
    kind: QuestionKind
    competency: str
    target_seconds: int


class Bank:
    """The stored bank, inside one session.

    Args:
        session: the unit of work; the bank flushes and never commits.
        new_id: gives a fresh id.
        now: gives the present moment, aware.
    """

    def __init__(
        self, session: Session, *, new_id: Callable[[], str], now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._new_id = new_id
        self._now = now

    # Interviews

    def add_interview(self, **fields: Unpack[InterviewFields]) -> Interview:
        """Store an interview. Without an outcome it is still to come.

        Raises:
            InvalidInputError: a text can't be stored, or nothing at all is said about it.
        """
        row = InterviewRow(
            id=self._new_id(),
            company="",
            role="",
            day=None,
            outcome=Outcome.UPCOMING.value,
            created_at=self._now(),
            feelings=[],
            went_well=[],
            differed_from_expected=[],
            could_answer_better=[],
            feedback_received="",
            lessons=[],
        )
        _fill_interview(row, fields)
        self._session.add(row)
        self._session.flush()
        return interview_of(row)

    def edit_interview(self, interview_id: str, **fields: Unpack[InterviewFields]) -> Interview:
        """Change the fields given and leave the others alone."""
        row = self._find(InterviewRow, interview_id, "interview")
        _fill_interview(row, fields)
        self._session.flush()
        return interview_of(row)

    def get_interview(self, interview_id: str) -> Interview:
        """Return one interview by its id or a beginning of it."""
        return interview_of(self._find(InterviewRow, interview_id, "interview"))

    def list_interviews(
        self, *, outcome: Outcome | None = None, limit: int = 50, offset: int = 0
    ) -> tuple[Interview, ...]:
        """Return interviews, the latest day first, those without a day before them."""
        query = select(InterviewRow).order_by(
            InterviewRow.day.is_(None).desc(),
            InterviewRow.day.desc(),
            InterviewRow.created_at.desc(),
            InterviewRow.id,
        )
        if outcome is not None:
            query = query.where(InterviewRow.outcome == outcome.value)
        return tuple(
            interview_of(row) for row in self._session.scalars(_bounded(query, limit, offset))
        )

    def count_interviews(self, *, outcome: Outcome | None = None) -> int:
        """Return how many interviews such a list has in all."""
        query = select(func.count()).select_from(InterviewRow)
        if outcome is not None:
            query = query.where(InterviewRow.outcome == outcome.value)
        return self._session.scalar(query) or 0

    def find_interview(self, company: str, role: str, day: date | None) -> Interview | None:
        """Return the interview for that role at that company on that day; case does not matter."""
        on_that_day = InterviewRow.day.is_(None) if day is None else InterviewRow.day == day
        rows = self._session.scalars(
            select(InterviewRow).where(on_that_day).order_by(InterviewRow.created_at)
        )
        wanted = (company.strip().casefold(), role.strip().casefold())
        return next(
            (
                interview_of(row)
                for row in rows
                if (row.company.casefold(), row.role.casefold()) == wanted
            ),
            None,
        )

    def next_interview(self, today: date) -> Interview | None:
        """Return the upcoming interview with the nearest day from today on; None if there is none.

        Today's own interview counts: the day is not over.
        """
        row = self._session.scalars(
            select(InterviewRow)
            .where(InterviewRow.outcome == Outcome.UPCOMING.value, InterviewRow.day >= today)
            .order_by(InterviewRow.day, InterviewRow.created_at, InterviewRow.id)
            .limit(1)
        ).first()
        return None if row is None else interview_of(row)

    def latest_past_interview(self, today: date) -> Interview | None:
        """Return the latest interview that is over; None if there is none.

        Over is one whose outcome is known or waited for, or whose day has passed.
        """
        row = self._session.scalars(
            select(InterviewRow)
            .where(or_(InterviewRow.outcome != Outcome.UPCOMING.value, InterviewRow.day < today))
            .order_by(
                InterviewRow.day.is_(None),
                InterviewRow.day.desc(),
                InterviewRow.created_at.desc(),
                InterviewRow.id,
            )
            .limit(1)
        ).first()
        return None if row is None else interview_of(row)

    # Questions

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

    def edit_question(self, question_id: str, **fields: Unpack[QuestionFields]) -> Question:
        """Change the fields given and leave the others alone.

        Raises:
            ConflictError: another question says the same already.
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
            question_of(row) for row in self._session.scalars(_bounded(query, limit, offset))
        )

    def count_questions(
        self, *, kind: QuestionKind | None = None, retired: bool | None = False
    ) -> int:
        """Return how many questions such a list has in all."""
        query = self._questions(kind=kind, retired=retired).order_by(None).subquery()
        return self._session.scalar(select(func.count()).select_from(query)) or 0

    def every_active_question(self) -> tuple[Question, ...]:
        """Return all questions that are still asked, however many, oldest first."""
        return tuple(question_of(row) for row in self._session.scalars(self._questions()))

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

    def merge_questions(self, keep: str, drop: str) -> Question:
        """Make two questions one: `drop` gives its trips, reviews and outline to `keep`.

        An outline that `keep` has already stays; then the dropped question's remains readable
        under its own versions only in an export. `drop` stays as a retired row leading to `keep`.

        Raises:
            InvalidInputError: both are the same question.
        """
        kept, dropped = self._question(keep), self._question(drop)
        if kept.id == dropped.id:
            raise InvalidInputError(
                "A question can't be merged with itself.", "Name two different questions."
            )
        if self.get_outline(kept.id) is None and (outline := self.get_outline(dropped.id)):
            self._add_outline(kept.id, outline.points, outline.skills, outline.stories)
        for table, column in (
            (TripRow, TripRow.question_id),
            (ReviewRow, ReviewRow.question_id),
            (QuestionRow, QuestionRow.merged_into),
        ):
            self._session.execute(
                update(table).where(column == dropped.id).values({column.key: kept.id})
            )
        kept.retired = kept.retired and dropped.retired
        dropped.retired = True
        dropped.merged_into = kept.id
        self._session.flush()
        self._session.expire(dropped, ["trips"])
        self._session.refresh(kept, ["trips"])
        return question_of(kept)

    # Outlines

    def get_outline(self, question_id: str) -> Outline | None:
        """Return the newest outline of a question; None where there is none or it says nothing.

        It may name skills and stories without making a point.
        """
        row = self._newest_outline(self._question(question_id).id)
        return None if row is None or not _says_something(row) else outline_of(row)

    def outlines_of(self, question_ids: Iterable[str]) -> dict[str, Outline]:
        """Return the newest outline of each of these questions that has one. Full ids only."""
        newest = (
            select(OutlineRow.question_id, func.max(OutlineRow.version).label("version"))
            .group_by(OutlineRow.question_id)
            .subquery()
        )
        query = (
            select(OutlineRow)
            .join(
                newest,
                (OutlineRow.question_id == newest.c.question_id)
                & (OutlineRow.version == newest.c.version),
            )
            .options(selectinload(OutlineRow.points))
        )
        wanted = set(question_ids)
        return {
            row.question_id: outline_of(row)
            for row in self._session.scalars(query)
            if row.question_id in wanted and _says_something(row)
        }

    def outline_version(self, question_id: str, version: int) -> Outline:
        """Return an outline as it was, for a score that names its version."""
        row = self._session.get(OutlineRow, (self._question(question_id).id, version))
        if row is None:
            raise NotFoundError(
                f"That question has no outline version {version}.",
                "Look at its outline without a version.",
            )
        return outline_of(row)

    def set_outline(
        self,
        question_id: str,
        points: Sequence[DraftPoint],
        *,
        skills: Sequence[str] = (),
        stories: Sequence[str] = (),
        expected_version: int | None = None,
    ) -> Outline:
        """Store a new version of a question's outline; saying the same again changes nothing.

        A point with the text of one in the version before keeps that point's id.

        Args:
            question_id: whose outline.
            points: the points in order; none takes the outline away.
            skills: what the answer shows.
            stories: what it draws on.
            expected_version: the version the person was looking at (0: there was none).

        Raises:
            ConflictError: the outline has changed since `expected_version`.
            InvalidInputError: a point is empty, said twice, or weighs too much or too little.
        """
        row = self._question(question_id)
        before = self._newest_outline(row.id)
        current = 0 if before is None else before.version
        if expected_version is not None and expected_version != current:
            raise ConflictError(
                f"The outline was changed meanwhile: it is at version {current}.",
                "Look at it again and repeat your change if it is still wanted.",
            )
        known = {} if before is None else {point.text: point.point_id for point in before.points}
        kept = [
            Point(
                id=known.get(text) or self._new_id(),
                text=text,
                part=point.part,
                weight=checked_weight(point.weight),
            )
            for point in points
            if (text := checked_text(point.text, "A point of the outline", empty=False))
        ]
        if len(kept) > MOST_ENTRIES:
            raise InvalidInputError(
                f"The outline has {len(kept)} points; {MOST_ENTRIES} is the most.",
                "Keep the ones that matter.",
            )
        if len({point.text for point in kept}) < len(kept):
            raise InvalidInputError(
                "The outline makes the same point twice.", "Say each point once."
            )
        return self._add_outline(
            row.id,
            tuple(kept),
            tuple(checked_texts(skills, "The skills")),
            tuple(checked_texts(stories, "The stories")),
        )

    # Reviews

    def add_review(
        self, question_id: str, *, attempt_id: str, reviewed_at: datetime, rating: Rating
    ) -> Review:
        """Store one rehearsal.

        Raises:
            ConflictError: that attempt has been reviewed already.
        """
        row = self._question(question_id)
        if self._session.scalar(select(ReviewRow.id).where(ReviewRow.attempt_id == attempt_id)):
            raise ConflictError(
                "That attempt has been reviewed already.", "An attempt counts once: leave it."
            )
        review = ReviewRow(
            id=self._new_id(),
            question_id=row.id,
            attempt_id=attempt_id,
            reviewed_at=reviewed_at,
            rating=int(rating),
        )
        self._session.add(review)
        self._session.flush()
        return review_of(review)

    def rate_attempt(
        self, question_id: str, *, attempt_id: str, reviewed_at: datetime, rating: Rating
    ) -> Review:
        """Store what an attempt's newest score means to the schedule.

        The first call adds the review; after a correction the same review gets the new rating.
        """
        row = self._session.scalar(select(ReviewRow).where(ReviewRow.attempt_id == attempt_id))
        if row is None:
            return self.add_review(
                question_id, attempt_id=attempt_id, reviewed_at=reviewed_at, rating=rating
            )
        row.rating = int(rating)
        self._session.flush()
        return review_of(row)

    def every_review(self, question_id: str | None = None) -> tuple[Review, ...]:
        """Return the whole review log, or one question's, however long, oldest first."""
        query = select(ReviewRow).order_by(ReviewRow.reviewed_at, ReviewRow.id)
        if question_id is not None:
            query = query.where(ReviewRow.question_id == self._question(question_id).id)
        return tuple(review_of(row) for row in self._session.scalars(query))

    # The whole bank

    def export_json(self) -> bytes:
        """Return everything the bank holds as JSON; `import_json` brings all of it back."""
        return export_bank(self._session)

    def import_json(self, exported: bytes) -> ImportReport:
        """Add what an export holds and the bank does not.

        Raises:
            InvalidInputError: it is no export, or of a newer voicecoach; nothing was added.
        """
        return import_bank(self._session, exported)

    # Inside

    def _add_outline(
        self,
        question_id: str,
        points: tuple[Point, ...],
        skills: tuple[str, ...],
        stories: tuple[str, ...],
    ) -> Outline:
        before = self._newest_outline(question_id)
        if before is not None:
            same = outline_of(before)
            if (same.points, same.skills, same.stories) == (points, skills, stories):
                return same
        row = OutlineRow(
            question_id=question_id,
            version=1 if before is None else before.version + 1,
            skills=list(skills),
            stories=list(stories),
            points=[
                PointRow(
                    position=position,
                    point_id=point.id,
                    text=point.text,
                    part=None if point.part is None else point.part.value,
                    weight=point.weight,
                )
                for position, point in enumerate(points, start=1)
            ],
        )
        self._session.add(row)
        self._session.flush()
        return outline_of(row)

    def _newest_outline(self, question_id: str) -> OutlineRow | None:
        return self._session.scalars(
            select(OutlineRow)
            .where(OutlineRow.question_id == question_id)
            .order_by(OutlineRow.version.desc())
            .limit(1)
        ).first()

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

    def _set_retired(self, question_id: str, *, retired: bool) -> Question:
        row = self._question(question_id)
        row.retired = retired
        self._session.flush()
        return question_of(row)

    def _trip_row(self, trip: DraftTrip) -> TripRow:
        interview = (
            None
            if trip.interview_id is None
            else self._find(InterviewRow, trip.interview_id, "interview").id
        )
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

    def _question(self, question_id: str) -> QuestionRow:
        row = self._find(QuestionRow, question_id, "question")
        if row.merged_into is not None:
            row = self._find(QuestionRow, row.merged_into, "question")
        return row

    def _find(self, table: type[_Found], key: str, what: str) -> _Found:
        """Return the row whose id is `key` or is the only one that begins with it."""
        row = self._session.get(table, key) if _storable(key) else None
        if row is not None:
            return row
        if not key or not _storable(key):
            raise _no_such(what, key)
        fitting = list(
            self._session.scalars(
                select(table)
                .where(func.substr(table.id, 1, len(key)) == key)
                .order_by(table.id)
                .limit(6)
            )
        )
        if not fitting:
            raise _no_such(what, key)
        if len(fitting) > 1:
            ids = ", ".join(found.id for found in fitting[:5])
            raise InvalidInputError(
                f"More than one {what} has an id that begins with '{key}': {ids}"
                f"{' and others' if len(fitting) > 5 else ''}.",
                "Give more of the id.",
            )
        return fitting[0]


def _says_something(row: OutlineRow) -> bool:
    return bool(row.points or row.skills or row.stories)


def _no_such(what: str, key: str) -> NotFoundError:
    shown = key[:60].encode("utf-8", "replace").decode()
    return NotFoundError(f"There is no {what} '{shown}'.", f"List the {what}s to see their ids.")


def _storable(key: str) -> bool:
    return "\0" not in key and key.isprintable()


def _bounded(query: Select[_Found], limit: int, offset: int) -> Select[_Found]:
    check_page(limit, offset)
    return query.limit(limit).offset(offset)


def _fill_interview(row: InterviewRow, fields: InterviewFields) -> None:
    if "company" in fields:
        row.company = checked_text(fields["company"], "The company", longest=LONGEST_NAME)
    if "role" in fields:
        row.role = checked_text(fields["role"], "The role", longest=LONGEST_NAME)
    if "day" in fields:
        row.day = fields["day"]
    if "outcome" in fields:
        row.outcome = fields["outcome"].value
    if "feelings" in fields:
        row.feelings = [checked_feeling(feeling) for feeling in fields["feelings"]]
    if "went_well" in fields:
        row.went_well = checked_texts(fields["went_well"], "What went well")
    if "differed_from_expected" in fields:
        row.differed_from_expected = checked_texts(
            fields["differed_from_expected"], "What differed from what was expected"
        )
    if "could_answer_better" in fields:
        row.could_answer_better = checked_texts(
            fields["could_answer_better"], "What could be answered better"
        )
    if "feedback_received" in fields:
        row.feedback_received = checked_text(fields["feedback_received"], "The feedback")
    if "lessons" in fields:
        row.lessons = checked_texts(fields["lessons"], "The lessons")
    texts = (row.company, row.role, row.feedback_received, row.day, row.feelings, row.lessons)
    lists = (row.went_well, row.differed_from_expected, row.could_answer_better)
    if not any((*texts, *lists)) and row.outcome == Outcome.UPCOMING.value:
        raise InvalidInputError(
            "Nothing is said about that interview.", "Give its date, company or role."
        )
