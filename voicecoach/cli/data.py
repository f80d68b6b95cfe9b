"""`voicecoach data`: everything out in one archive, all of it back in, or everything deleted."""

import os
from pathlib import Path

import click

from voicecoach.cli.asking import ask_text
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError


@click.group("data", no_args_is_help=True)
def command() -> None:
    """Your data: take everything with you, bring it back, or delete everything."""


@command.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--with-private-notes", "private_notes", is_flag=True, help="Notes for you alone go along too."
)
@pass_session
def export(session: Session, file: Path, *, private_notes: bool) -> None:
    """Write everything you have here into a zip archive FILE, recordings included.

    'voicecoach data import' reads all of it back.
    """
    from voicecoach.export import export_everything  # noqa: PLC0415 - start-up time

    partial = file.with_name(file.name + ".partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as archive:
            for piece in export_everything(session.coach, private_notes=private_notes):
                archive.write(piece)
        partial.replace(file)
    except FileExistsError:
        raise InvalidInputError(
            f"{partial} is there already.", "Remove it, or choose another name."
        ) from None
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    session.screen.line(f"Everything is in {file}; README.txt in it says what that is.")


@command.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@pass_session
def import_archive(session: Session, file: Path) -> None:
    """Read everything back from FILE, which 'voicecoach data export' wrote.

    For a voicecoach that has nothing yet: a new machine, or a new home (voicecoach --home FOLDER).
    It is all of it or nothing; after a crash the same archive can be read again.
    """
    from voicecoach.archive_import import import_everything  # noqa: PLC0415 - start-up time

    imported = import_everything(session.coach, file)
    screen = session.screen
    if screen.as_json:
        screen.data(imported)
        return
    screen.line(
        f"Everything is back: {imported.interviews} interviews, {imported.questions} questions, "
        f"{imported.answers} answers, {imported.recordings} recordings."
    )
    for name in imported.missing_recordings:
        screen.note(f"The archive lacks the recording {name}.")
    for note in imported.notes:
        screen.note(note)


@command.command("delete")
@click.option("--yes", is_flag=True, help="Don't ask.")
@json_option
@pass_session
def delete(session: Session, *, yes: bool) -> None:
    """Delete everything you entered or recorded, for good. Model weights stay."""
    from voicecoach.erasure import (  # noqa: PLC0415 - start-up time
        CONFIRMATION,
        erase_everything,
        is_confirmed,
    )

    screen = session.screen
    if not yes:
        if not screen.at_terminal:
            raise InvalidInputError(
                "Nothing was deleted: there is no terminal to ask at.", "Say --yes if you mean it."
            )
        screen.line(
            f"All answers, recordings, questions, interviews, notes and settings in "
            f"{session.settings.home} go, and can't be brought back."
        )
        if not is_confirmed(ask_text(screen, f"Type “{CONFIRMATION}”")):
            screen.line("Nothing was deleted.")
            return
    erased = erase_everything(session.coach)
    if screen.as_json:
        screen.data(erased)
        return
    screen.line(f"Deleted: {erased.answers} answers, {erased.files} files, and all the rest.")
