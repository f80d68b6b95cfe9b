"""Changes one setting or one table of config.toml; all other lines, comments included, stay.

The change is checked before anything is written: read again, the new text must say what the old one
said in all but that. A file that writes it in another way is left for the person.
"""

import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import SettingError

Value = str | int | float | bool
"""What a setting may be in the file."""


def replace_values(path: Path, changes: Mapping[str, Value | None]) -> None:
    """Put settings into a TOML file, each in place of the one of that name; all or none.

    Args:
        path: the file; made where it is missing, readable by its owner only.
        changes: each setting's name and its value; None takes it out. They stand above all tables.

    Raises:
        SettingError: the file can't be read or written, or writes such a setting in another way.
    """
    text, values = _read(path)
    for name, value in changes.items():
        text = _with_line(text, name, value)
        values.pop(name, None)
        if value is not None:
            values[name] = value
        if not _says(text, values):
            raise SettingError(
                f"{path} writes {name} in a way that can't be changed from here.",
                f"Change it there by hand, as a line {name} = …",
            )
    _write(path, text)


def replace_table(path: Path, names: tuple[str, str], row: Mapping[str, float] | None) -> None:
    """Put a table of numbers into a TOML file, in place of the one of that name.

    Args:
        path: the file; made where it is missing, readable by its owner only.
        names: the table's name, such as ("rubric_weights", "technical").
        row: its keys and values; None takes the table out.

    Raises:
        SettingError: the file can't be read or written, or writes that table in another way.
    """
    before, values = _read(path)
    after = _with_text(before, names, row)
    if not _says(after, _with_table(values, names, row)):
        raise SettingError(
            f"{path} writes {names[0]} in a way that can't be changed from here.",
            f"Change it there by hand, as a table [{names[0]}.{names[1]}].",
        )
    _write(path, after)


def _read(path: Path) -> tuple[str, dict[str, object]]:
    """Return what the file says, as text and as values; nothing where it is missing."""
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} is not valid TOML: {error}.", "Mend that line.") from error


def _says(text: str, wanted: Mapping[str, object]) -> bool:
    try:
        return tomllib.loads(text) == wanted
    except tomllib.TOMLDecodeError:
        return False


def _with_line(before: str, name: str, value: Value | None) -> str:
    # JSON writes texts, numbers and truth as TOML does.
    line = "" if value is None else f"{name} = {json.dumps(value, ensure_ascii=False)}\n"
    first_table = re.compile(r"^[ \t]*\[", re.MULTILINE).search(before)
    above = before[: first_table.start()] if first_table else before
    below = before[first_table.start() :] if first_table else ""
    found = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=.*(?:\n|\Z)", re.MULTILINE).search(above)
    if found is not None:
        return above[: found.start()] + line + above[found.end() :] + below
    if not line:
        return before
    gap = "\n" if above and not above.endswith("\n") else ""
    return above + gap + line + ("\n" if below and not above else "") + below


def _with_table(
    values: dict[str, object], names: tuple[str, str], row: Mapping[str, float] | None
) -> dict[str, object]:
    first, second = names
    outer = values.get(first, {})
    tables = dict(outer) if isinstance(outer, dict) else {}
    if row is None:
        tables.pop(second, None)
    else:
        tables[second] = dict(row)
    changed = {**values, first: tables}
    if not tables:
        del changed[first]
    return changed


def _with_text(before: str, names: tuple[str, str], row: Mapping[str, float] | None) -> str:
    first, second = map(re.escape, names)
    header = re.compile(rf"^[ \t]*\[[ \t]*{first}[ \t]*\.[ \t]*{second}[ \t]*\].*$", re.MULTILINE)
    table = "" if row is None else f"[{names[0]}.{names[1]}]\n" + _lines(row)
    found = header.search(before)
    if found is None:
        gap = "" if not before or not table else "\n" if before.endswith("\n") else "\n\n"
        return before + gap + table
    following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(before, found.end())
    rest = before[following.start() :] if following else ""
    return before[: found.start()] + table + ("\n" if table and rest else "") + rest


def _lines(row: Mapping[str, float]) -> str:
    return "".join(f"{name} = {value:.15g}\n" for name, value in row.items())


def _write(path: Path, text: str) -> None:
    partial = path.with_name(path.name + ".partial")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise SettingError(
            f"{path} can't be written ({error.strerror or error}).",
            "Check that there is room and that you may write there.",
        ) from error
