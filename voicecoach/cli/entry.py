"""From arguments to an exit code: runs a verb and turns whatever it raises into one line.

A person's mistake never shows a traceback. What nobody foresaw goes, with its traceback, into
`errors.log` in the home, and one line says so.
"""

import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

import click

from question_bank.errors import CoachError
from voicecoach.cli.root import root
from voicecoach.cli.session import StoppedEarlyError

DONE: Final = 0
REFUSED: Final = 1
NOT_UNDERSTOOD: Final = 2
INTERRUPTED: Final = 130
READER_WENT_AWAY: Final = 141
"""The exit codes; docs/cli.md lists them."""

LOG_NAME: Final = "errors.log"


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    stdout = sys.stdout
    for stream in (stdout, sys.stderr):
        _never_refuse_a_character(stream)
    try:
        outcome = root.main(
            args=None if arguments is None else list(arguments),
            prog_name="voicecoach",
            standalone_mode=False,
        )
        sys.stdout.flush()
    except SystemExit:
        # click answers a broken pipe by wrapping stdout and leaving with 1, whatever its mode.
        if sys.stdout is not stdout:
            return _reader_went_away()
        raise
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - the outermost edge
        return _answer_to(error, sys.argv[1:] if arguments is None else arguments)
    return outcome if isinstance(outcome, int) else DONE


def _answer_to(error: Exception | KeyboardInterrupt, words: Sequence[str]) -> int:
    """Tell the person on one line what happened, and return the exit code for it."""
    code = REFUSED
    match error:
        case BrokenPipeError():
            return _reader_went_away()
        case click.Abort() | KeyboardInterrupt():
            line, code = "interrupted.", INTERRUPTED
        case CoachError():
            line = f"{error.what_happened} {error.what_to_do}"
            code = INTERRUPTED if isinstance(error, StoppedEarlyError) else REFUSED
        case click.UsageError():
            line, code = _usage_line(error), NOT_UNDERSTOOD
        case click.ClickException():
            line = error.format_message()
        case OSError(filename=str(name), strerror=str(reason)):
            line = f"{name}: {reason}."
        case _:
            line = _unforeseen(error, words)
    return _tell(line, code)


def _tell(line: str, code: int) -> int:
    try:
        print(f"voicecoach: {' '.join(line.split())}", file=sys.stderr, flush=True)
    except BrokenPipeError:
        return _reader_went_away()
    return code


def _usage_line(error: click.UsageError) -> str:
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        message = "something is missing on the command line."
    else:
        message = error.format_message()
    where = error.ctx.command_path if error.ctx is not None else "voicecoach"
    return f"{message} See: {where} --help"


def _unforeseen(error: BaseException, words: Sequence[str]) -> str:
    place = _write_log(error, words)
    return (
        f"something went wrong that should not have: {type(error).__name__}: {error}. "
        f"The details are in {place}; nothing you recorded is lost."
    )


def _write_log(error: BaseException, words: Sequence[str]) -> str:
    """Append the traceback to the log, readable by its owner only; return where that is."""
    import traceback  # noqa: PLC0415 - only when something broke

    text = "".join(
        (
            f"{datetime.now(UTC).isoformat(timespec='seconds')} voicecoach {' '.join(words[:2])}\n",
            *traceback.format_exception(error),
            "\n",
        )
    )
    for folder in (_home_of(words), Path(tempfile.gettempdir())):
        path = folder / LOG_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "a", encoding="utf-8", errors="replace") as file:
                file.write(text)
        except OSError:
            continue
        return str(path)
    return "no file, since neither the home nor the temporary folder can be written"


def _home_of(words: Sequence[str]) -> Path:
    from voicecoach.settings import load_settings  # noqa: PLC0415 - only when something broke

    flags = {}
    for position, word in enumerate(words):
        if word == "--home" and position + 1 < len(words):
            flags["home"] = words[position + 1]
        elif word.startswith("--home="):
            flags["home"] = word.removeprefix("--home=")
    try:
        return load_settings(flags).home
    except CoachError:
        return Path(tempfile.gettempdir())


def _reader_went_away() -> int:
    # Python flushes stdout once more while it ends; there is nobody left to flush to.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return READER_WENT_AWAY


def _never_refuse_a_character(stream: TextIO) -> None:
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
