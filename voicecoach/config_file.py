"""Changes one table of config.toml and leaves every other line, comments included, as it stands.

The change is checked before anything is written: read again, the new text must say what the old one
said in all but that table. A file that writes the table in another way is left for the person.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from voicecoach.errors import SettingError


def replace_table(path: Path, names: tuple[str, str], row: Mapping[str, float] | None) -> None:
    """Put a table of numbers into a TOML file, in place of the one of that name.

    Args:
        path: the file; made where it is missing, readable by its owner only.
        names: the table's name, such as ("rubric_weights", "technical").
        row: its keys and values; None takes the table out.

    Raises:
        SettingError: the file can't be read or written, or writes that table in another way.
    """
    try:
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        wanted = _with_table(tomllib.loads(before), names, row)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(f"{path} is not valid TOML: {error}.", "Mend that line.") from error
    after = _with_text(before, names, row)
    try:
        as_wanted = tomllib.loads(after) == wanted
    except tomllib.TOMLDecodeError:
        as_wanted = False
    if not as_wanted:
        raise SettingError(
            f"{path} writes {names[0]} in a way that can't be changed from here.",
            f"Change it there by hand, as a table [{names[0]}.{names[1]}].",
        )
    _write(path, after)


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
