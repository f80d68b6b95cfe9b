"""What came in interviews, the person's own guesses, and what an answer is worth as evidence.

Revision: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create their tables; of answers judged before today the score counts as shown.

    Of answers deleted before today nobody knows any more whether they were spoken.
    """
    op.add_column(
        "attempts",
        sa.Column("written", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column("attempts", sa.Column("fingerprint", sa.Text(), nullable=True))
    attempts = sa.table(
        "attempts", sa.column("written", sa.Boolean()), sa.column("recording"), sa.column("status")
    )
    op.execute(
        attempts.update()
        .where(attempts.c.recording.is_(None), attempts.c.status != "deleted")
        .values(written=sa.true())
    )
    op.create_table(
        "what_came",
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["interviews.id"],
            name=op.f("fk_what_came_interview_id_interviews"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interview_id", name=op.f("pk_what_came")),
    )
    op.create_table(
        "questions_that_came",
        sa.Column("interview_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("went", sa.Text(), nullable=False),
        sa.Column("was_new", sa.Boolean(), nullable=False),
        sa.Column("trip_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["interview_id"],
            ["what_came.interview_id"],
            name=op.f("fk_questions_that_came_interview_id_what_came"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["questions.id"],
            name=op.f("fk_questions_that_came_question_id_questions"),
        ),
        sa.PrimaryKeyConstraint("interview_id", "number", name=op.f("pk_questions_that_came")),
    )
    op.create_index(
        op.f("ix_questions_that_came_question_id"),
        "questions_that_came",
        ["question_id"],
        unique=False,
    )
    op.create_table(
        "guesses",
        sa.Column("attempt_id", sa.Text(), nullable=False),
        sa.Column("expected", sa.Double(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("expected BETWEEN 0 AND 100", name=op.f("ck_guesses_expected_0_to_100")),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], name=op.f("fk_guesses_attempt_id_attempts")
        ),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_guesses")),
    )
    op.execute(
        "INSERT INTO guesses (attempt_id, expected, made_at) "
        "SELECT id, NULL, started_at FROM attempts "
        "WHERE status <> 'deleted' AND id IN (SELECT attempt_id FROM judgements)"
    )
