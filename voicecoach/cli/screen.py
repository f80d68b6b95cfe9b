"""Printing: lines, tables and progress for people, JSON for programs.

Colours appear on a terminal only (and never with NO_COLOR). In JSON mode stdout carries the one
result and all else goes to stderr. Words that came from people never reach the terminal as control
characters.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, TextIO

if TYPE_CHECKING:
    from datetime import tzinfo

    from rich.console import Console
    from rich.text import Text

Piece = str | tuple[str, str]
"""Words, or words with a style such as "bold" or "green"."""

WIDTH_OFF_A_TERMINAL: Final = 120
"""Characters a table may take where nobody says how wide the page is."""

NARROWEST_TABLE: Final = 70
"""Characters a page must have for a table to be readable on it."""

_CONTROLS: Final = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)))


def printable(text: str) -> str:
    """Return a text without control characters (tabs and line ends stay)."""
    return text.translate(_CONTROLS)


class Screen:
    """Where a verb prints. With `as_json` what is for people goes to stderr."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.as_json = as_json
        self._transient_width = 0

    @property
    def at_terminal(self) -> bool:
        """Whether a person sits there who can read what is printed here, and answer."""
        return sys.stdin.isatty() and self._stream.isatty()

    def line(self, *pieces: Piece, indent: int = 0) -> None:
        """Print one paragraph; an empty line without pieces.

        It is wrapped at the terminal's width. Off a terminal it stays one line, so that a command
        in it can be copied and a program can find it.
        """
        from rich.padding import Padding  # noqa: PLC0415 - start-up time

        if self._console.is_terminal:
            self._console.print(Padding(_text(pieces), (0, 0, 0, indent), expand=False))
        else:
            self._console.print(_text((" " * indent, *pieces)), soft_wrap=True)

    def heading(self, text: str) -> None:
        """Print a heading after an empty line."""
        self.line()
        self.line((text, "bold"))

    def item(self, *pieces: Piece, mark: str = "-", indent: int = 2) -> None:
        """Print one entry of a list, its further lines lined up with the first."""
        from rich.table import Table  # noqa: PLC0415 - start-up time

        if not self._console.is_terminal:
            self.line(f"{mark} ", *pieces, indent=indent)
            return
        grid = Table.grid(padding=(0, 1, 0, 0))
        grid.add_column(no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(_text((" " * indent + mark,)), _text(pieces))
        self._console.print(grid)

    def table(
        self, headers: Sequence[str], rows: Sequence[Sequence[Piece]], *, wrap: Sequence[str] = ()
    ) -> None:
        """Print a table, or one entry after another where the page is too narrow for one.

        Only the columns named in `wrap` (by default the last) may take more than one line.
        """
        if self._console.width < NARROWEST_TABLE:
            for row in rows:
                cells = [_words(cell) for cell in row]
                self.item(" · ".join(cell for cell in cells if cell))
            return
        from rich import box  # noqa: PLC0415 - start-up time
        from rich.table import Table  # noqa: PLC0415 - start-up time

        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
        for header in headers:
            wraps = header in (wrap or headers[-1:])
            table.add_column(header, no_wrap=not wraps, overflow="fold")
        for row in rows:
            table.add_row(*(_text((cell,)) for cell in row))
        self._console.print(table)

    def note(self, text: str) -> None:
        """Print something beside the result: on stderr, so that it never gets into a pipe."""
        self.end_transient()
        print(printable(text), file=sys.stderr, flush=True)

    def transient(self, text: str) -> None:
        """Show one line that the next one overwrites; off a terminal nothing."""
        if not sys.stderr.isatty():
            return
        shown = printable(text)[: max(10, shutil.get_terminal_size().columns - 1)]
        print("\r" + shown.ljust(self._transient_width), end="", file=sys.stderr, flush=True)
        self._transient_width = len(shown)

    def end_transient(self) -> None:
        """Wipe the overwritten line, so that what follows starts on a clean one."""
        if self._transient_width:
            print("\r" + " " * self._transient_width + "\r", end="", file=sys.stderr, flush=True)
            self._transient_width = 0

    def data(self, value: object) -> None:
        """Print a result as JSON on stdout, in the names of our records."""
        import msgspec  # noqa: PLC0415 - start-up time

        encoded = msgspec.json.encode(value, enc_hook=_as_text)
        print(msgspec.json.format(encoded, indent=2).decode(), flush=True)

    @contextmanager
    def progress(self) -> Iterator[Callable[[str, int, int], None]]:
        """Show a progress bar; call what is yielded with a file's name, bytes done and in all."""
        from rich.progress import (  # noqa: PLC0415 - start-up time
            BarColumn,
            DownloadColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        columns = (
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
        )
        quiet = not self._notes.is_terminal
        with Progress(*columns, console=self._notes, transient=True, disable=quiet) as bar:
            task = bar.add_task("", total=None)

            def show(name: str, done: int, total: int) -> None:
                bar.update(task, description=printable(name), completed=done, total=total)

            yield show

    @property
    def _stream(self) -> TextIO:
        return sys.stderr if self.as_json else sys.stdout

    @cached_property
    def _console(self) -> "Console":
        return _plain_console(to_stderr=self.as_json)

    @cached_property
    def _notes(self) -> "Console":
        return _plain_console(to_stderr=True)


def _plain_console(*, to_stderr: bool) -> "Console":
    from rich.console import Console  # noqa: PLC0415 - start-up time

    console = Console(
        stderr=to_stderr,
        markup=False,
        emoji=False,
        highlight=False,
        color_system=None if os.environ.get("NO_COLOR") else "auto",
    )
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = WIDTH_OFF_A_TERMINAL
    return console


def _words(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece[0]


def _text(pieces: Sequence[Piece]) -> "Text":
    from rich.text import Text  # noqa: PLC0415 - start-up time

    text = Text(overflow="fold")
    for piece in pieces:
        words, style = (piece, "") if isinstance(piece, str) else piece
        text.append(printable(words), style)
    return text


def _as_text(value: Any) -> "str | tzinfo":
    if isinstance(value, PurePath):
        return str(value)
    raise NotImplementedError(type(value).__name__)
