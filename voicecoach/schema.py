"""Bringing a database's schema up to date, without losing a row.

What must hold, and why:

* One transaction for all steps: a database is either fully migrated or untouched. Two processes
  that open an old database at once take turns.
* On SQLite foreign keys are off while steps run: a rebuilt parent table would otherwise delete its
  children in silence. Every reference is checked before the commit.
* A database written by a newer voicecoach is refused, never guessed at.
* On SQLite a backup is made first whenever there is something to lose. On PostgreSQL backups are
  the operator's (`pg_dump`).
"""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, inspect, text

from voicecoach.errors import DatabaseError
from voicecoach.migrations.scope import OURS

STEPS: Final = Path(__file__).parent / "migrations"
VERSION_TABLE: Final = "voicecoach_version"
_TURNSTILE: Final = 7_650_117_001
"""PostgreSQL advisory lock held while migrating; the number only has to be ours."""


def newest_version(steps: Path = STEPS) -> str:
    """Return the version of the schema that this voicecoach knows."""
    return max(known_versions(steps))


def known_versions(steps: Path = STEPS) -> frozenset[str]:
    """Return the version each step leads to, read off the steps' file names.

    Alembic would say the same, but loading it costs every start a fifth of a second.
    """
    return frozenset(path.stem.split("_")[1] for path in (steps / "versions").glob("step_*.py"))


def stored_version(connection: Connection) -> str | None:
    """Return the version of the schema in a database; None for one that was never migrated."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    version = connection.scalar(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608 - a constant
    return None if version is None else str(version)


def needs_migration(engine: Engine, steps: Path = STEPS) -> bool:
    """Tell whether the schema is older than this voicecoach.

    Raises:
        DatabaseError: it is newer, or the database belongs to another program.
    """
    with engine.connect() as connection:
        version = stored_version(connection)
        if version == newest_version(steps):
            return False
        if version is None:
            _refuse_foreign_tables(connection)
        elif version not in known_versions(steps):
            raise DatabaseError(
                f"The database was written by a newer voicecoach (schema {version}).",
                "Update voicecoach, or point it at another home.",
            )
        return True


def holds_rows(engine: Engine) -> bool:
    """Tell whether any of our tables holds a row."""
    with engine.connect() as connection:
        present = OURS.intersection(inspect(connection).get_table_names())
        return any(
            connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1")).first() is not None  # noqa: S608 - our own table names
            for table in sorted(present)
        )


def run_steps(engine: Engine, steps: Path = STEPS, *, to: str = "head") -> None:
    """Run every step that is missing, in one transaction; `to` names the version to stop at."""
    from alembic import command  # noqa: PLC0415 - start-up time
    from alembic.config import Config  # noqa: PLC0415

    with engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _driver_execute(connection, "PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_TURNSTILE})"))
                config = Config()
                config.set_main_option("script_location", str(steps).replace("%", "%%"))
                config.set_main_option("path_separator", "os")
                config.attributes["connection"] = connection
                command.upgrade(config, to)
                if sqlite:
                    _refuse_broken_references(connection)
        finally:
            if sqlite:
                _driver_execute(connection, "PRAGMA foreign_keys=ON")


def _driver_execute(connection: Connection, statement: str) -> None:
    """Run a statement outside any transaction: inside one SQLite ignores this pragma."""
    cursor = connection.connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _refuse_broken_references(connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).all()
    if broken:
        tables = ", ".join(sorted({str(row[0]) for row in broken}))
        raise DatabaseError(
            f"Bringing the database up to date would break references in: {tables}.",
            "Nothing was changed. Keep the file and report this, please.",
        )


def _refuse_foreign_tables(connection: Connection) -> None:
    present = OURS.intersection(inspect(connection).get_table_names())
    if present:
        raise DatabaseError(
            "The database belongs to another program: it has tables of the same names "
            f"({', '.join(sorted(present))}).",
            "Point voicecoach at a database of its own.",
        )
