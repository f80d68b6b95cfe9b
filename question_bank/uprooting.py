"""Deleting rows with all that hangs on them, and noting it, so that no copy keeps them.

What hangs on a row is told by the schema itself: rows of other tables that refer to it. Such rows
go too, unless they refer to it only by the way: the schema says `SET NULL`, or the reference may be
null and does not cascade. They then stay and forget it. So a table that joins the product is
cleaned by itself.

A deletion is noted with its session; whoever commits it (`voicecoach.database`) takes the same rows
out of the copies.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKeyConstraint,
    Table,
    delete,
    select,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

_NOTED: Final = "uprooted"
"""The key in `Session.info` under which deletions are noted."""


Key = str | tuple[str, ...]
"""What names a row: its id, or the parts of its key in the order of the table's columns."""


class Uprooted(NamedTuple):
    """A row that was deleted for good: its table and its key."""

    table: str
    key: Key


def uproot(
    connection: Connection,
    tables: Sequence[Table],
    table: Table,
    keys: Collection[Key],
    *,
    but_keep: bool = False,
) -> None:
    """Delete rows by their keys, with all that hangs on them.

    Args:
        connection: inside a transaction.
        tables: every table that may refer to them.
        table: the table of the rows.
        keys: which rows.
        but_keep: delete only what hangs on them and keep the rows themselves.
    """
    if keys:
        columns = tuple(table.primary_key.columns)
        found = (columns[0] if len(columns) == 1 else tuple_(*columns)).in_(sorted(keys))
        _uproot(connection, tables, table, found, keep=but_keep)


def note_uprooted(session: Session, table: str, keys: Iterable[Key]) -> None:
    """Note that rows were deleted for good in this session."""
    session.info.setdefault(_NOTED, []).extend(Uprooted(table, one) for one in keys)


def uprooted_in(session: Session) -> tuple[Uprooted, ...]:
    """Return the rows that were deleted for good in this session."""
    return tuple(session.info.get(_NOTED, ()))


def _uproot(
    connection: Connection,
    tables: Sequence[Table],
    table: Table,
    which: "ColumnElement[bool]",
    *,
    keep: bool,
) -> None:
    for child in tables:
        for reference in child.foreign_key_constraints:
            if reference.referred_table is not table:
                continue
            hanging = _referring(reference, which)
            if not _by_the_way(reference):
                _uproot(connection, tables, child, hanging, keep=False)
            elif not keep:
                nothing: dict[str, Any] = {column.name: None for column in reference.columns}
                connection.execute(update(child).where(hanging).values(nothing))
    if not keep:
        connection.execute(delete(table).where(which))


def _referring(
    reference: ForeignKeyConstraint, which: "ColumnElement[bool]"
) -> "ColumnElement[bool]":
    there = [element.column for element in reference.elements]
    here = list(reference.columns)
    found = select(*there).where(which)
    return here[0].in_(found) if len(here) == 1 else tuple_(*here).in_(found)


def _by_the_way(reference: ForeignKeyConstraint) -> bool:
    rule = (reference.ondelete or "").upper()
    optional = all(column.nullable for column in reference.columns)
    return rule == "SET NULL" or (optional and rule != "CASCADE")
