"""The person's own word on points, and the cut-points recalibrated from it.

Revision: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of verdicts and of cut-points."""
    op.create_table(
        "point_verdicts",
        sa.Column("attempt_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("point_id", sa.Text(), nullable=False),
        sa.Column("transcript_version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("guard", sa.Text(), nullable=True),
        sa.Column("rubric_version", sa.Text(), nullable=False),
        sa.Column("encoder", sa.Text(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_point_verdicts_attempt_id_attempts")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "number", name=op.f("pk_point_verdicts")),
    )
    op.create_table(
        "cut_points",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("said_from", sa.Double(), nullable=True),
        sa.Column("partly_from", sa.Double(), nullable=True),
        sa.Column("verdicts", sa.Integer(), nullable=False),
        sa.Column("rubric_version", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_cut_points")),
    )
