"""The tables of what a person can show, of adverts with their demands, and of resources."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from question_bank.tables import Base, ChangedInPlace


class InventoryRow(ChangedInPlace, Base):
    """A skill, qualification or strength. `proofs` is a list of [kind, text]."""

    __tablename__ = "inventory"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    level: Mapped[int | None]
    situation: Mapped[str]
    task: Mapped[str]
    action: Mapped[str]
    result: Mapped[str]
    proofs: Mapped[list[list[Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime]

    questions: Mapped[list["InventoryQuestionRow"]] = relationship(
        order_by="InventoryQuestionRow.question_id", cascade="all, delete-orphan"
    )

    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level_1_to_5"),)


class InventoryQuestionRow(Base):
    """A question of the bank that an entry helps to answer, as the person confirmed."""

    __tablename__ = "inventory_questions"

    entry_id: Mapped[str] = mapped_column(
        ForeignKey("inventory.id", ondelete="CASCADE"), primary_key=True
    )
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), primary_key=True)


class AdvertRow(Base):
    """The advert of an interview's job, as it was pasted."""

    __tablename__ = "adverts"

    interview_id: Mapped[str] = mapped_column(
        ForeignKey("interviews.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str]
    kept_at: Mapped[datetime]

    demands: Mapped[list["AdvertDemandRow"]] = relationship(
        order_by="AdvertDemandRow.number", cascade="all, delete-orphan", passive_deletes=True
    )


class AdvertDemandRow(Base):
    """One demand, numbered from 1, and the person's word on it.

    `added` marks one that the person wrote, `left_out` one that is none to them; `entry_id` is the
    entry that shows it by their own word, `question_id` the question it became.
    """

    __tablename__ = "advert_demands"

    interview_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    must: Mapped[bool]
    added: Mapped[bool]
    left_out: Mapped[bool]
    entry_id: Mapped[str | None] = mapped_column(
        ForeignKey("inventory.id", ondelete="SET NULL"), index=True
    )
    question_id: Mapped[str | None] = mapped_column(ForeignKey("questions.id"))

    __table_args__ = (
        ForeignKeyConstraint(["interview_id"], ["adverts.interview_id"], ondelete="CASCADE"),
    )


class ResourceRow(Base):
    """A book, link, course or person that helps."""

    __tablename__ = "resources"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    title: Mapped[str]
    place: Mapped[str]
    note: Mapped[str]
    added_at: Mapped[datetime]
