"""The rows of an archive, checked and brought up to date before one of them is stored.

They pass through a database in memory that has the schema of the voicecoach that wrote them: what
does not fit there is damaged. Then the same steps run that bring a person's database up to date,
so that an archive is read as long as a database of its age would be.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Engine, MetaData, Table, inspect, select, text
from sqlalchemy.exc import SQLAlchemyError

from question_bank.errors import InvalidInputError
from question_bank.limits import FIRST_YEAR, LAST_YEAR
from question_bank.transfer import export_bank
from voicecoach import schema
from voicecoach.archive_format import is_plain_name, row_decoder, table_file
from voicecoach.archive_reading import Archive
from voicecoach.attempt_tables import AttemptRow
from voicecoach.database import Database, open_passing_database
from voicecoach.errors import CoachError, DatabaseError
from voicecoach.every_table import every_table
from voicecoach.migrations.scope import OURS
from voicecoach.spoken_debrief_tables import SpokenDebriefRow
from voicecoach.stored_values import unreadable_values

ROWS_AT_ONCE: Final = 500

_DAMAGED: Final = "Export again where it came from; nothing was stored here."


@contextmanager
def rows_of(archive: Archive) -> Iterator[Database]:
    """Give a database in memory that holds the archive's rows, as this voicecoach has them.

    Raises:
        InvalidInputError: the archive is of a newer voicecoach, or its rows are damaged.
    """
    version = archive.heading.schema
    if version not in schema.known_versions():
        raise InvalidInputError(
            f"That archive was written by a newer voicecoach (schema {version[:40]!r}).",
            "Update voicecoach first.",
        )
    passing = open_passing_database()
    try:
        schema.run_steps(passing.engine, to=version)
        _fill(passing.engine, archive)
        try:
            schema.run_steps(passing.engine)
        except DatabaseError as error:
            raise _contradicting() from error
        _check(passing)
        yield passing
    finally:
        passing.close()


def _fill(engine: Engine, archive: Archive) -> None:
    metadata = MetaData()
    present = OURS.intersection(inspect(engine).get_table_names())
    metadata.reflect(bind=engine, only=sorted(present))
    if lacking := present - archive.tables:
        raise InvalidInputError(
            f"That archive lacks the rows of {', '.join(sorted(lacking))}.", _DAMAGED
        )
    if foreign := archive.tables - present:
        raise InvalidInputError(
            f"That archive has rows of {', '.join(sorted(foreign))}, which its version has not.",
            _DAMAGED,
        )
    _keep_references_open(engine)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            _fill_table(connection, table, archive)


def _fill_table(connection: Connection, table: Table, archive: Archive) -> None:
    decoder = row_decoder(table)
    waiting: list[dict[str, Any]] = []
    number = 0

    def store() -> None:
        if waiting:
            try:
                connection.execute(table.insert(), waiting)
            except (SQLAlchemyError, OverflowError, UnicodeError) as error:
                raise InvalidInputError(
                    f"A row up to line {number} of {table.name} in that archive contradicts "
                    "another or can't be stored.",
                    _DAMAGED,
                ) from error
            waiting.clear()

    for number, line in archive.rows(table.name):
        try:
            row = msgspec.structs.asdict(decoder.decode(line))
            waiting.append({name: _stored(value) for name, value in row.items()})
        except (msgspec.DecodeError, ValueError, OverflowError, RecursionError) as error:
            raise InvalidInputError(
                f"Line {number} of {table.name} in that archive can't be read ({error}).", _DAMAGED
            ) from error
        if len(waiting) >= ROWS_AT_ONCE:
            store()
    store()


def _stored(value: object) -> object:
    """Return a value as SQLite keeps it: a moment as the wall time of UTC.

    Raises:
        ValueError: it is a day or a moment where calendars end.
    """
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"a day of the year {value.year}")
    return value.astimezone(UTC).replace(tzinfo=None) if isinstance(value, datetime) else value


def _keep_references_open(engine: Engine) -> None:
    """Look at references once all rows are there: a row may refer to one that comes later."""
    pooled = engine.raw_connection()
    try:
        pooled.cursor().execute("PRAGMA foreign_keys=OFF")
    finally:
        pooled.close()


_RECORDED: Final = (AttemptRow, SpokenDebriefRow)
"""Whose rows name a file in the folder of recordings, which is read, sent and deleted by it."""


def _check(passing: Database) -> None:
    """Make sure that references lead somewhere, recordings into their folder; read every record."""
    with passing.engine.connect() as connection:
        if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise _contradicting()
        for table in _RECORDED:
            for name in connection.scalars(select(table.recording)):
                if name is not None and not is_plain_name(name):
                    raise InvalidInputError(
                        "A recording that archive names would lie outside its folder.", _DAMAGED
                    )
        for stored in every_table():
            for wrong in unreadable_values(connection, stored):
                raise InvalidInputError(
                    f"In {table_file(stored.name)} of that archive {wrong}.", _DAMAGED
                )
    try:
        with passing.reading() as session:
            export_bank(session)
    except (CoachError, msgspec.MsgspecError, ValueError, TypeError) as error:
        raise InvalidInputError(
            "Some rows of that archive say what voicecoach can't read.", _DAMAGED
        ) from error


def _contradicting() -> InvalidInputError:
    return InvalidInputError("Some rows of that archive refer to rows that it lacks.", _DAMAGED)
