"""Asking for feedback, what came back, and what became of what an interview left behind.

Revision: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add grey areas and the right company to interviews; create the tables of feedback."""
    op.add_column(
        "interviews", sa.Column("grey_areas", sa.JSON(), nullable=False, server_default="[]")
    )
    op.add_column("interviews", sa.Column("right_company", sa.Text(), nullable=True))
    op.add_column(
        "interviews", sa.Column("right_company_why", sa.Text(), nullable=False, server_default="")
    )
    _of_interview(
        "feedback_letters",
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("tone", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("signed", sa.Text(), nullable=False),
        sa.Column("positive", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_interview(
        "feedback_events",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("undoes", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_interview(
        "feedback_replies",
        sa.Column("original", sa.Text(), nullable=False),
        sa.Column("kept", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    )
    _of_interview(
        "takeaways",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("question_id", sa.Text(), nullable=True),
        sa.Column("criterion", sa.Text(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_takeaways_question_id_questions")
        ),
    )
    op.create_index(op.f("ix_takeaways_question_id"), "takeaways", ["question_id"], unique=False)
    op.create_table(
        "takeaway_undoings",
        sa.Column("takeaway_id", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["takeaway_id"],
            ["takeaways.id"],
            name=op.f("fk_takeaway_undoings_takeaway_id_takeaways"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("takeaway_id", name=op.f("pk_takeaway_undoings")),
    )


def _of_interview(name: str, *columns: sa.schema.SchemaItem) -> None:
    """Create a table whose rows belong to an interview and go with it."""
    op.create_table(
        name,
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f(f"fk_{name}_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    op.create_index(op.f(f"ix_{name}_interview_id"), name, ["interview_id"], unique=False)
