"""Mock interviews.

Revision: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of mock interviews and of their questions."""
    op.create_table(
        "mock_interviews",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("follow_ups", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mock_interviews")),
    )
    op.create_index(
        op.f("ix_mock_interviews_started_at"), "mock_interviews", ["started_at"], unique=False
    )
    op.create_table(
        "mock_questions",
        sa.Column("mock_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("closing", sa.Boolean(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("follow_up_passed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mock_id"],
            ["mock_interviews.id"],
            name=op.f("fk_mock_questions_mock_id_mock_interviews"),
        ),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name=op.f("fk_mock_questions_question_id_questions")
        ),
        sa.PrimaryKeyConstraint("mock_id", "number", name=op.f("pk_mock_questions")),
    )
