"""The declarative base of every stored table, and this package's tables.

Three rules hold for all of them:

* A moment is UTC and aware, on the way in and on the way out, on SQLite as on PostgreSQL.
* An outline is never overwritten: each change is a new version, and the key (question, version)
  makes two people writing the same version impossible.
* Rows that are changed in place carry a `row_version`, so that a change made against a stale copy
  is refused instead of undoing somebody else's.
"""

from datetime import UTC, date, datetime
from typing import Any, ClassVar, Final

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in UTC. A naive one is refused: nobody can tell which clock it was read from.

    SQLite has no time zones and keeps the UTC wall time; PostgreSQL keeps `timestamptz`.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn any aware moment into UTC before it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"A stored moment needs a time zone: {value!r}"
            raise ValueError(message)
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what was stored as an aware moment in UTC."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


PRIVATE: Final = "private"
"""The key in `Column.info` of a text that is exported only where the person asks for it. Its value
names the column of the same row that lets this one text leave."""


class Base(DeclarativeBase):
    """The base of every table of the product, so that one migration covers them all."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcMoment(),
        date: Date(),
        str: Text(),
        float: Double(),
    }


class ChangedInPlace:
    """A row that is updated: a change made against a stale copy of it is refused."""

    row_version: Mapped[int] = mapped_column()

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy calls it on the class
        return {"version_id_col": cls.row_version}


class InterviewRow(ChangedInPlace, Base):
    """An interview. `feelings` is a list of [word, intensity or null]; the others lists of text."""

    __tablename__ = "interviews"

    id: Mapped[str] = mapped_column(primary_key=True)
    company: Mapped[str]
    role: Mapped[str]
    day: Mapped[date | None] = mapped_column(index=True)
    outcome: Mapped[str]
    created_at: Mapped[datetime]
    feelings: Mapped[list[list[Any]]] = mapped_column(JSON)
    went_well: Mapped[list[str]] = mapped_column(JSON)
    differed_from_expected: Mapped[list[str]] = mapped_column(JSON)
    could_answer_better: Mapped[list[str]] = mapped_column(JSON)
    feedback_received: Mapped[str]
    lessons: Mapped[list[str]] = mapped_column(JSON)
    grey_areas: Mapped[list[str]] = mapped_column(JSON, server_default="[]")
    right_company: Mapped[str | None]
    right_company_why: Mapped[str] = mapped_column(server_default="")
    dos: Mapped[list[str]] = mapped_column(JSON)
    donts: Mapped[list[str]] = mapped_column(JSON)


class QuestionRow(ChangedInPlace, Base):
    """A question. `fingerprint` is a digest of its normalised text: one question for each.

    `merged_into` names the question that took this one over; such a row stays so that its id and
    its wording still lead somewhere.
    """

    __tablename__ = "questions"

    id: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    fingerprint: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    competency: Mapped[str]
    target_seconds: Mapped[int]
    source: Mapped[str]
    created_at: Mapped[datetime]
    pack_id: Mapped[str | None]
    retired: Mapped[bool]
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("questions.id"), index=True)

    trips: Mapped[list["TripRow"]] = relationship(
        order_by="(TripRow.noted_at, TripRow.id)", cascade="save-update, merge, expunge"
    )

    __table_args__ = (CheckConstraint("target_seconds > 0", name="target_seconds_positive"),)


class TripRow(Base):
    """One time a question was met, and how it tripped the person up."""

    __tablename__ = "trips"

    id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), index=True)
    interview_id: Mapped[str | None] = mapped_column(
        ForeignKey("interviews.id", ondelete="SET NULL"), index=True
    )
    how: Mapped[str]
    remembered_answer: Mapped[str]
    difficulty: Mapped[int | None]
    noted_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("difficulty BETWEEN 1 AND 5", name="difficulty_1_to_5"),)


class OutlineRow(Base):
    """One version of a question's outline. Versions are only ever added."""

    __tablename__ = "outlines"

    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    skills: Mapped[list[str]] = mapped_column(JSON)
    stories: Mapped[list[str]] = mapped_column(JSON)

    points: Mapped[list["PointRow"]] = relationship(
        order_by="PointRow.position", cascade="all, delete-orphan"
    )


class PointRow(Base):
    """One point of one outline version. A point that is kept keeps its `point_id`."""

    __tablename__ = "points"

    question_id: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    point_id: Mapped[str]
    text: Mapped[str]
    part: Mapped[str | None]
    weight: Mapped[float]

    __table_args__ = (
        ForeignKeyConstraint(
            ["question_id", "version"], ["outlines.question_id", "outlines.version"]
        ),
        CheckConstraint("weight > 0 AND weight <= 10", name="weight_above_0_to_10"),
        Index("uq_points_point_id", "question_id", "version", "point_id", unique=True),
    )


class ReviewRow(Base):
    """One rehearsal as the schedule sees it. One review an attempt."""

    __tablename__ = "reviews"

    id: Mapped[str] = mapped_column(primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), index=True)
    attempt_id: Mapped[str] = mapped_column(unique=True)
    reviewed_at: Mapped[datetime] = mapped_column(index=True)
    rating: Mapped[int]

    __table_args__ = (CheckConstraint("rating BETWEEN 1 AND 4", name="rating_1_to_4"),)
