"""How mock interviews are chosen and held, what the interviewer did, interview-day checklists.

Revision: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what was chosen for a mock interview, what broke into an answer, and checklists."""
    for name in ("role", "weakness", "reason"):
        op.add_column(
            "mock_interviews", sa.Column(name, sa.Text(), nullable=False, server_default="")
        )
    op.add_column(
        "mock_interviews",
        sa.Column("interruptions", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("mock_interviews", sa.Column("limit_seconds", sa.Integer(), nullable=True))
    op.add_column("mock_interviews", sa.Column("silence_seconds", sa.Integer(), nullable=True))
    op.add_column("attempts", sa.Column("interventions", sa.Text(), nullable=True))
    op.create_table(
        "interview_day_notes",
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ticked", sa.Boolean(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_interview_day_notes_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", "item", name=op.f("pk_interview_day_notes")),
    )
