"""What is in an archive of everything, and under which names. Written and read by this one module.

An archive is a zip file. `tables/NAME.jsonl` holds a table, one row a line in the order of its key,
each row an object of its columns: that is what is read back. `recordings/` holds the sound. The
rest is for people and other programs and is made from those again.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Final

import msgspec
from sqlalchemy import JSON, Column, Table

from voicecoach.every_table import LEFT_OUT, is_private, let_out_by

FORMAT: Final = "voicecoach archive"
VERSION: Final = 2
"""Version 1 had no `archive.json` and could not be read back."""

HEADING: Final = "archive.json"
QUESTIONS: Final = "questions.json"
CONTENTS: Final = "CONTENTS.txt"
README: Final = "README.txt"
SETTINGS: Final = "config.toml"
DRAFT: Final = "debrief-draft.json"
INCOMPLETE: Final = "  NOT COMPLETE, only "
"""Stands in the list of contents behind the name of a file that could not be read whole."""
KEPT_ASIDE: Final = "debrief-[0-9]*.json"
"""Debriefs that a bank would not take as they stood, kept in the home to be mended."""
RECORDINGS: Final = "recordings"
ATTEMPTS: Final = "attempts"

_TABLE: Final = re.compile(r"tables/([a-z][a-z0-9_]{0,60})\.jsonl")
_KEPT_ASIDE: Final = re.compile(r"debrief-\d{8}-\d{6}\.json", re.ASCII)
_FILE_NAME: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,190}", re.ASCII)


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive says of itself.

    `schema` is the version of the database's schema its tables have; `without` names the columns
    that were left empty because the person did not ask for what is private.
    """

    format: str
    version: int
    schema: str
    without: tuple[str, ...] = ()


def table_file(name: str) -> str:
    """Return the name of a table's file in an archive."""
    return f"tables/{name}.jsonl"


def table_of(file: str) -> str | None:
    """Return which table a file of an archive holds; None where it holds none."""
    found = _TABLE.fullmatch(file)
    return None if found is None else found[1]


def recording_of(file: str) -> str | None:
    """Return the plain file name of a recording in an archive; None where it is none.

    A name that leads anywhere else than into the folder is none.
    """
    folder, _, name = file.partition("/")
    return name if folder == RECORDINGS and is_plain_name(name) else None


def is_plain_name(name: str) -> bool:
    """Whether it names a file and no way to one: no separator, no leading dot, no device."""
    return _FILE_NAME.fullmatch(name) is not None


def is_kept_aside(file: str) -> bool:
    """Whether it is the name of a debrief that was kept aside (`KEPT_ASIDE`)."""
    return _KEPT_ASIDE.fullmatch(file) is not None


def is_known(file: str) -> bool:
    """Whether an archive of ours has a file of that name."""
    folder, _, name = file.partition("/")
    return (
        file in {HEADING, QUESTIONS, CONTENTS, README, SETTINGS, DRAFT}
        or table_of(file) is not None
        or is_kept_aside(file)
        or (folder in {RECORDINGS, ATTEMPTS} and is_plain_name(name))
    )


def row_line(table: Table, row: Mapping[str, Any], *, with_private: bool) -> bytes:
    """Return a row as a line of its table's file."""
    said = {
        column.name: row[column.name]
        if _is_exported(column, row, with_private=with_private)
        else _nothing(column)
        for column in table.columns
    }
    return msgspec.json.encode(said) + b"\n"


def left_out(tables: tuple[Table, ...], *, with_private: bool) -> tuple[str, ...]:
    """Return which private columns of these tables an export leaves empty, as TABLE.COLUMN."""
    return tuple(
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if is_private(column) and not with_private
    )


def row_decoder(table: Table) -> "msgspec.json.Decoder[Any]":
    """Return what reads a line of a table's file: each column, each of its type, nothing else."""
    return msgspec.json.Decoder(
        msgspec.defstruct(
            str(table.name),
            [(str(column.name), _type_of(column)) for column in table.columns],
            frozen=True,
            kw_only=True,
            forbid_unknown_fields=True,
        )
    )


def _is_exported(column: "Column[Any]", row: Mapping[str, Any], *, with_private: bool) -> bool:
    if (column.table.name, column.name) in LEFT_OUT:
        return False
    return with_private or not is_private(column) or bool(row[let_out_by(column)])


def _nothing(column: "Column[Any]") -> object:
    return None if column.nullable else column.type.python_type()


def _type_of(column: "Column[Any]") -> Any:
    if isinstance(column.type, JSON):
        return Any
    kind: Any = column.type.python_type
    if kind is datetime:
        kind = Annotated[datetime, msgspec.Meta(tz=True)]
    return kind | None if column.nullable else kind
