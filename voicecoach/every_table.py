"""Every table that holds what a person entered or what was measured of them: one list for all.

Export, import, erasure and deletion go by this list, so that a table that joins the product comes
along by itself: a module of this package whose name ends in `_tables` is found here. What is left
out of an export is named below with the reason; a table is never left out.
"""

import pkgutil
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

from sqlalchemy import Column, Table

import voicecoach
from question_bank.tables import PRIVATE, Base

LEFT_OUT: Final[Mapping[tuple[str, str], str]] = MappingProxyType(
    {
        ("attempts", "claimed_by"): "it names a process that is at work at this moment",
        ("attempts", "claimed_until"): "it says until when that process is",
    }
)
"""Columns that are exported empty, and why. They may be null."""


@cache
def every_table() -> tuple[Table, ...]:
    """Return every table of the product, each behind those that its rows refer to."""
    for module in pkgutil.iter_modules(voicecoach.__path__):
        if module.name.endswith("_tables"):
            import_module(f"voicecoach.{module.name}")
    return tuple(Base.metadata.sorted_tables)


def let_out_by(column: "Column[object]") -> str:
    """Return the name of the column that says of a row whether its private text may leave."""
    return str(column.info[PRIVATE])


def is_private(column: "Column[object]") -> bool:
    """Whether a column's text is exported only where the person asks for it."""
    return bool(column.info.get(PRIVATE))


def own_references(table: Table) -> tuple["Column[object]", ...]:
    """Return the columns by which a row refers to another row of its own table."""
    return tuple(
        column
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    )
