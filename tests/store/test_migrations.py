"""The schema's history: whole, safe for what is stored, and the same as today's tables."""

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from question_bank.tables import Base
from tests.database_fixtures import BankOf
from tests.store.attempts import ask, whole
from voicecoach import (
    agreement_tables,
    attempt_tables,
    check_in_tables,
    feedback_tables,
    inventory_tables,
    mock_tables,
    movement_tables,
    recovery_tables,
    schema,
)
from voicecoach.attempt_store import AttemptStore
from voicecoach.backups import KEPT, backups_of
from voicecoach.database import Database, open_database
from voicecoach.errors import DatabaseError
from voicecoach.migrations.scope import OURS, is_ours

REBUILD = '''
"""A step that rebuilds two parent tables and adds a column."""
import sqlalchemy as sa
from alembic import op

revision = "test_rebuild"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("questions", "attempts"):
        with op.batch_alter_table(table, recreate="auto") as batch:
            batch.add_column(sa.Column("mood", sa.Text(), server_default="calm", nullable=False))
            batch.alter_column("synthetic" if table == "attempts" else "retired", nullable=True)
    {more}
'''


def steps_with(folder: Path, more: str = "") -> Path:
    """Copy the real steps and add one that rebuilds tables, then does `more`."""
    steps = folder / "steps"
    shutil.copytree(schema.STEPS, steps)
    step = REBUILD.format(head=schema.newest_version(), more=more)
    (steps / "versions" / "step_9999_test.py").write_text(step, encoding="utf-8")
    return steps


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without the columns the test's step adds."""
    with database.reading() as session:
        return {
            table: sorted(
                (
                    tuple(value for key, value in row._mapping.items() if key != "mood")
                    for row in session.execute(text(f"SELECT * FROM {table}"))
                ),
                key=repr,
            )
            for table in sorted(OURS)
        }


def test_the_migrated_schema_is_exactly_todays_tables(database: Database) -> None:
    tables = (
        attempt_tables.AttemptRow,
        recovery_tables.RecoveryStepRow,
        mock_tables.MockInterviewRow,
        *feedback_tables.FEEDBACK_TABLES,
        check_in_tables.CheckInRow,
        movement_tables.MovementRow,
        inventory_tables.InventoryRow,
    )
    assert {table.metadata for table in (*tables, agreement_tables.CutPointsRow)} == {Base.metadata}
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": is_ours,
                "version_table": schema.VERSION_TABLE,
            },
        )
        assert compare_metadata(context, Base.metadata) == []
    assert set(Base.metadata.tables) == OURS


OLDEST = "0001"
FILLED_OLDEST = """
INSERT INTO interviews VALUES ('i', 'Alder', 'Analyst', '2026-11-12', 'rejected',
    '2026-11-12 10:00:00+00:00', '[["sad", 4]]', '["early"]', '[]', '[]', 'Sooner', '[]', 1);
INSERT INTO questions VALUES ('q', 'Why us?', 'digest', 'motivational', '', 90, 'debrief',
    '2026-11-12 10:00:00+00:00', NULL, {false}, NULL, 1);
INSERT INTO trips VALUES ('t', 'q', 'i', 'froze', 'nothing', 5, '2026-11-12 10:00:00+00:00');
INSERT INTO outlines VALUES ('q', 1, '["calm"]', '[]');
INSERT INTO points VALUES ('q', 1, 1, 'p', 'The work', 'result', 2.0);
INSERT INTO reviews VALUES ('r', 'q', 'a', '2026-11-13 10:00:00+00:00', 2);
INSERT INTO attempts VALUES ('a', 'q', 'Why us?', '2026-11-13 10:00:00+00:00', 'unscoreable',
    'a.wav', 3.5, NULL, NULL, NULL, 2, NULL, NULL, {false}, NULL, NULL, NULL, NULL);
INSERT INTO transcripts VALUES ('a', 1,
    '{{"version": 1, "source": "typed", "text": "um", "words": []}}');
INSERT INTO judgements VALUES ('a', 1, 1, NULL, '{{"kind": "unscoreable", "reasons": ["short"],
    "rubric_version": "1", "transcript_version": 1}}')
"""
"""Rows as the first version wrote them, frozen like the steps themselves."""


def oldest_steps(folder: Path) -> Path:
    """Copy the steps as they were in the first version."""
    steps = folder / "oldest"
    shutil.copytree(schema.STEPS, steps)
    for step in (steps / "versions").glob("step_*.py"):
        if OLDEST not in step.name:
            step.unlink()
    return steps


def test_the_oldest_schema_filled_comes_up_to_date_with_every_row(
    empty_url: str, tmp_path: Path, bank_of: BankOf
) -> None:
    database = open_database(empty_url)
    database.migrate(oldest_steps(tmp_path))
    false = "0" if database.path is not None else "FALSE"
    with database.transaction() as session:
        for statement in FILLED_OLDEST.format(false=false).split(";"):
            session.connection().exec_driver_sql(statement.replace("+00:00", UTC_ENDING[false]))

    backup = database.migrate()

    assert (backup is None) == (database.path is None)
    with database.reading() as session:
        bank = bank_of(session)
        question = bank.get_question("q")
        assert question.tripped_up[0].noted_at == datetime(2026, 11, 12, 10, tzinfo=UTC)
        assert bank.get_interview("i").feelings[0].word == "sad"
        outline = bank.get_outline("q")
        assert outline is not None
        assert outline.points[0].text == "The work"
        assert [review.attempt_id for review in bank.every_review()] == ["a"]
        attempt = AttemptStore(session).get("a")
        assert attempt.unscoreable is not None
        assert attempt.transcript is not None
        assert attempt.transcript.text == "um"
    database.close()


UTC_ENDING = {"0": ".000000", "FALSE": "+00:00"}
"""How a moment's end is written on SQLite, and on PostgreSQL."""


def test_the_oldest_schema_empty_comes_up_to_date(empty_url: str, tmp_path: Path) -> None:
    database = open_database(empty_url)
    database.migrate(oldest_steps(tmp_path))

    assert database.migrate() is None, "there was nothing to back up"
    with database.engine.connect() as connection:
        assert schema.stored_version(connection) == schema.newest_version()
    database.close()


def test_migrating_twice_changes_nothing_and_makes_no_backup(
    database: Database, bank_of: BankOf
) -> None:
    ask(database, bank_of)
    before = contents(database)

    assert database.migrate() is None
    assert contents(database) == before


def test_an_empty_database_of_the_oldest_schema_is_migrated_without_a_backup(
    empty_url: str, tmp_path: Path
) -> None:
    database = open_database(empty_url)
    assert database.migrate() is None

    assert database.migrate(steps_with(tmp_path)) is None
    with database.engine.connect() as connection:
        assert "mood" in {column["name"] for column in inspect(connection).get_columns("attempts")}
    database.close()


def test_rebuilding_parent_tables_keeps_every_child_row(
    empty_url: str, tmp_path: Path, bank_of: BankOf
) -> None:
    database = open_database(empty_url)
    database.migrate()
    question_id = ask(database, bank_of)
    with database.transaction() as session:
        AttemptStore(session).add(whole(question_id))
    before = contents(database)
    assert before["transcripts"]

    backup = database.migrate(steps_with(tmp_path))

    assert contents(database) == before
    if database.path is not None:
        assert backup is not None
        copy = open_database(f"sqlite:///{backup}")
        assert contents(copy) == before
        copy.close()
    with database.reading() as session:
        references_checked = (
            database.path is None or session.execute(text("PRAGMA foreign_keys")).scalar_one()
        )
        assert references_checked
    database.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(
    empty_url: str, tmp_path: Path, bank_of: BankOf
) -> None:
    database = open_database(empty_url)
    database.migrate()
    ask(database, bank_of)
    before = contents(database)
    steps = steps_with(tmp_path, more='op.execute("INSERT INTO nowhere VALUES (1)")')

    with pytest.raises(DatabaseError):
        database.migrate(steps)

    assert contents(database) == before
    with database.engine.connect() as connection:
        assert schema.stored_version(connection) == schema.newest_version()
        columns = {column["name"] for column in inspect(connection).get_columns("questions")}
    assert "mood" not in columns
    database.close()


def test_a_step_that_would_orphan_rows_is_undone(
    sqlite_database: Database, tmp_path: Path, bank_of: BankOf
) -> None:
    question_id = ask(sqlite_database, bank_of)
    with sqlite_database.transaction() as session:
        AttemptStore(session).add(whole(question_id))
    before = contents(sqlite_database)

    with pytest.raises(DatabaseError, match="break references in: attempts"):
        sqlite_database.migrate(steps_with(tmp_path, more='op.execute("DELETE FROM questions")'))

    assert contents(sqlite_database) == before


def test_a_database_from_a_newer_voicecoach_is_refused_and_untouched(
    empty_url: str, tmp_path: Path
) -> None:
    database = open_database(empty_url)
    database.migrate(steps_with(tmp_path))

    with pytest.raises(DatabaseError, match="newer voicecoach") as refusal:
        database.migrate()

    assert "Update voicecoach" in refusal.value.what_to_do
    database.close()


def test_a_database_of_another_program_is_refused(empty_url: str) -> None:
    database = open_database(empty_url)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE questions (theirs INTEGER)"))

    with pytest.raises(DatabaseError, match="another program"):
        database.migrate()
    database.close()


def test_tables_of_other_libraries_are_left_alone(empty_url: str, tmp_path: Path) -> None:
    database = open_database(empty_url)
    with database.transaction() as session:
        session.execute(text("CREATE TABLE job_queue (theirs INTEGER)"))
        session.execute(text("INSERT INTO job_queue VALUES (7)"))

    database.migrate()
    database.migrate(steps_with(tmp_path))

    with database.reading() as session:
        assert session.execute(text("SELECT theirs FROM job_queue")).scalar_one() == 7
    database.close()


def test_several_processes_may_open_a_fresh_database_at_once(empty_url: str) -> None:
    start = threading.Barrier(5)
    failures: list[BaseException] = []

    def open_and_migrate() -> None:
        try:
            start.wait()
            database = open_database(empty_url)
            database.migrate()
            database.close()
        except BaseException as error:  # noqa: BLE001 - the test reports it
            failures.append(error)

    threads = [threading.Thread(target=open_and_migrate) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []


def test_only_the_newest_backups_are_kept(
    sqlite_database: Database, tmp_path: Path, bank_of: BankOf
) -> None:
    ask(sqlite_database, bank_of)
    path = sqlite_database.path
    assert path is not None
    folder = path.parent / "backups"
    folder.mkdir(mode=0o700)
    names = [f"voicecoach-0001-2026010{day}T000000000000Z.db" for day in range(1, 9)]
    for name in (*names, "voicecoach-other.db", "another-0001-20260101T000000000000Z.db"):
        (folder / name).write_bytes(b"")

    newest = sqlite_database.migrate(steps_with(tmp_path))

    kept = backups_of(path)
    assert len(kept) == KEPT
    assert kept[0] == newest
    assert [copy.name for copy in kept[1:]] == names[:-5:-1]
    assert (folder / "voicecoach-other.db").exists(), "what we did not make is not ours to remove"


def test_a_step_imports_nothing_of_todays_code() -> None:
    for step in (schema.STEPS / "versions").glob("*.py"):
        source = step.read_text(encoding="utf-8")
        assert "voicecoach" not in source.split('"""', 2)[2]
        assert "question_bank" not in source.split('"""', 2)[2]


def test_versions_read_off_the_file_names_are_alembics_own() -> None:
    steps = ScriptDirectory(str(schema.STEPS))
    assert schema.known_versions() == {step.revision for step in steps.walk_revisions()}
    assert schema.newest_version() == steps.get_current_head()
