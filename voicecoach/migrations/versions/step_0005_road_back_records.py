"""Check-ins, movement, paths that the person began; do's and don'ts of an interview.

Revision: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of the road back's records, and add what an interview teaches."""
    for name in ("dos", "donts"):
        op.add_column("interviews", sa.Column(name, sa.JSON(), server_default="[]", nullable=False))
    op.add_column(
        "recovery_steps",
        sa.Column("reopened", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "recovery_starts",
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_recovery_starts_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_recovery_starts")),
    )
    _of_an_interview(
        "feeling_check_ins",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("feelings", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_may_leave", sa.Boolean(), nullable=False),
    )
    _of_an_interview(
        "movements",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=True),
        sa.Column("after", sa.Integer(), nullable=True),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_movements_minutes_positive")),
        sa.CheckConstraint("before BETWEEN 1 AND 5", name=op.f("ck_movements_before_1_to_5")),
        sa.CheckConstraint("after BETWEEN 1 AND 5", name=op.f("ck_movements_after_1_to_5")),
    )


def _of_an_interview(table: str, *columns: "sa.Column[object] | sa.CheckConstraint") -> None:
    """Create a table whose rows belong to an interview and go with it."""
    op.create_table(
        table,
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("interview_id", sa.Text(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f(f"fk_{table}_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_interview_id"), table, ["interview_id"], unique=False)
