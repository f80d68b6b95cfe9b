"""`voicecoach attempts`: the log of answers."""

import os
import sys
from pathlib import Path
from typing import IO

import click

from voicecoach.attempt import Attempt, AttemptStatus
from voicecoach.cli.asking import ask_yes, require_terminal
from voicecoach.cli.comparison_view import show_comparison
from voicecoach.cli.guess import show_guesses
from voicecoach.cli.inputs import short_ids
from voicecoach.cli.own_word import rescore, say
from voicecoach.cli.session import Session, json_option, pass_session, synthetic_option
from voicecoach.cli.turn import (
    align_words,
    finish_answer,
    finish_quietly,
    note_shown,
    show_attempt,
    show_waiting,
)
from voicecoach.comparison import compare_versions
from voicecoach.errors import AudioPlaybackError, CoachError, InvalidInputError, NotFoundError
from voicecoach.time_words import clock_words, moment_words


@click.group("attempts", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Your answers: hear, read, correct, finish or delete one.

    Without a further word it lists them. ID is the beginning of an id, as the list shows it.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_attempts)


@command.command("list")
@click.option("--question", "question_id", help="Only answers to this question.")
@click.option(
    "--status",
    type=click.Choice([status.value for status in AttemptStatus]),
    help="Only answers that stand there.",
)
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@json_option
@pass_session
def list_attempts(
    session: Session,
    question_id: str | None = None,
    status: str | None = None,
    limit: int = 20,
    offset: int = 0,
) -> None:
    """List answers, the latest first."""
    coach = session.coach
    found = coach.attempts(
        question_id=question_id,
        status=None if status is None else AttemptStatus(status),
        limit=limit,
        offset=offset,
    )
    note_shown(session)
    if session.screen.as_json:
        session.screen.data(coach.results(found))
        return
    if not found:
        session.screen.line("No answers here yet. Give one: voicecoach drill")
        return
    short = short_ids(attempt.id for attempt in found)
    session.screen.table(
        ("id", "when", "status", "score", "length", "question"),
        [
            (
                short[attempt.id],
                moment_words(attempt.started_at.astimezone(coach.time_zone)),
                _status_words(attempt),
                "" if attempt.score is None else f"{attempt.score.overall:.0f}",
                "" if attempt.recording_seconds is None else clock_words(attempt.recording_seconds),
                ("follow-up: " if attempt.parent_id else "") + attempt.asked,
            )
            for attempt in found
        ],
    )


@command.command("guesses")
@json_option
@pass_session
def guesses(session: Session) -> None:
    """Show how your guesses of scores fitted, beside what the coach had expected."""
    show_guesses(session)


@command.command("export")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@click.option("--csv", "as_csv", is_flag=True, help="As CSV (the default, and the only format).")
@pass_session
def export(session: Session, file: Path | None, *, as_csv: bool) -> None:
    """Write a table of your answers, a row each, to FILE or stdout: figures for a spreadsheet.

    For everything, words and recordings included: voicecoach data export.
    """
    del as_csv
    from voicecoach.answer_table import answers_as_csv  # noqa: PLC0415 - start-up time

    note_shown(session)
    pieces = (piece.encode() for piece in answers_as_csv(session.coach))
    if file is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        return
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as table:
            table.writelines(pieces)
    except OSError as error:
        raise InvalidInputError(
            f"{file} can't be written ({error.strerror or error}).", "Choose another place."
        ) from error
    session.screen.note(f"Written: {file}")


@command.command("show")
@click.argument("attempt_id", metavar="ID")
@click.option("--version", type=click.IntRange(1), help="As it stood with that version.")
@json_option
@pass_session
def show(session: Session, attempt_id: str, version: int | None) -> None:
    """Show an answer: score, evidence, transcript, what to do next."""
    show_attempt(session, session.coach.attempt(attempt_id), version=version)


@command.command("compare")
@click.argument("attempt_id", metavar="ID")
@click.argument("before", metavar="[N", type=click.IntRange(1), required=False)
@click.argument("after", metavar="M]", type=click.IntRange(1), required=False)
@json_option
@pass_session
def compare(session: Session, attempt_id: str, before: int | None, after: int | None) -> None:
    """Compare two versions of an answer: its words, and each criterion.

    N and M are versions; without them the last one is compared with the one before it.
    """
    comparison = compare_versions(session.coach.attempt(attempt_id), before, after)
    if session.screen.as_json:
        session.screen.data(comparison)
        return
    show_comparison(session.screen, comparison)


@command.command("replay")
@click.argument("attempt_id", metavar="ID")
@pass_session
def replay(session: Session, attempt_id: str) -> None:
    """Play an answer's recording."""
    coach = session.coach
    attempt = coach.attempt(attempt_id)
    path = coach.recording_path(attempt)
    if path is None:
        raise NotFoundError(
            "That answer has no recording.", "It was typed, or its sound was deleted."
        )
    session.screen.line(f"Playing {path}")
    why_not = coach.replay(attempt)
    if why_not is not None:
        raise AudioPlaybackError(why_not, f"The recording is {path}")


@command.command("correct")
@click.argument("attempt_id", metavar="ID")
@click.option("--text", help="What was really said.")
@click.option(
    "--file",
    "text_file",
    type=click.File("r", encoding="utf-8"),
    help="A text file with what was really said; - for stdin.",
)
@click.option("--undo", is_flag=True, help="Go back to the words before the last correction.")
@synthetic_option
@json_option
@pass_session
def correct(
    session: Session,
    attempt_id: str,
    text: str | None,
    text_file: IO[str] | None,
    *,
    undo: bool,
) -> None:
    """Correct what was heard: the content is scored again, the delivery stays.

    On a terminal, without --text or --file, the transcript opens in your editor. All versions stay.
    """
    coach = session.coach
    attempt = coach.attempt(attempt_id)
    if undo:
        if text is not None or text_file is not None:
            raise InvalidInputError(
                "A correction can't be made and undone at once.", "Give --undo alone."
            )
        corrected = coach.undo_correction(attempt.id, align=False)
        show_attempt(session, align_words(session, corrected))
        return
    if text is None and text_file is not None:
        text = _read(text_file)
    if text is None:
        require_terminal(session.screen, "Give the text with --text or --file.")
        before = attempt.transcript.text if attempt.transcript is not None else ""
        text = click.edit(before, extension=".txt")
    if text is None or not text.strip():
        raise InvalidInputError("Nothing was changed.", "Give the corrected words.")
    corrected = coach.correct(attempt.id, text.strip(), align=False)
    show_attempt(session, align_words(session, corrected))


@command.command("finish")
@click.argument("attempt_id", metavar="[ID]", required=False)
@synthetic_option
@json_option
@pass_session
def finish(session: Session, attempt_id: str | None) -> None:
    """Finish what was interrupted or waits for weights: ID, or all of it."""
    coach, screen = session.coach, session.screen
    if attempt_id is not None:
        finished = finish_answer(session, coach.attempt(attempt_id))
        show_attempt(session, finished)
        if (
            finished.status is AttemptStatus.WAITING
            and not screen.as_json
            and not session.screen.at_terminal
        ):
            show_waiting(session, finished)
        return
    done: list[Attempt] = []
    left = coach.unfinished()
    for attempt in left:
        try:
            done.append(finish_quietly(session, attempt))
        except CoachError as error:
            screen.note(f"{attempt.id}: {error}")
    if screen.as_json:
        screen.data(coach.results(done))
        return
    if not left:
        screen.line("Nothing is left to finish.")
    for attempt in done:
        score = "" if attempt.score is None else f", {attempt.score.overall:.0f} of 100"
        screen.item(f"{attempt.id[:8]} {_status_words(attempt)}{score}: {attempt.asked}")
    waiting = [attempt for attempt in done if attempt.status is AttemptStatus.WAITING]
    if waiting:
        show_waiting(session, waiting[0])


@command.command("delete")
@click.argument("attempt_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Don't ask whether I mean it.")
@pass_session
def delete(session: Session, attempt_id: str, *, yes: bool) -> None:
    """Delete an answer for good: its recording, its words, its score.

    Only the mark stays that an answer was given on that day.
    """
    coach = session.coach
    attempt = coach.attempt(attempt_id)
    if not yes:
        require_terminal(session.screen, "Say --yes if you mean it.")
        session.screen.line(f"{moment_words(attempt.started_at)}: {attempt.asked}")
        if not ask_yes(session.screen, "Delete it for good?", default=False):
            session.screen.line("Kept.")
            return
    coach.delete(attempt.id)
    session.screen.line("Deleted: recording, words and score. Only the mark stays that it was.")


command.add_command(say)
command.add_command(rescore)


def _status_words(attempt: Attempt) -> str:
    words = {
        AttemptStatus.RECORDED: "to be finished",
        AttemptStatus.WAITING: "waits for weights",
        AttemptStatus.UNSCOREABLE: "no score",
    }
    return words.get(attempt.status, attempt.status.value)


def _read(text_file: IO[str]) -> str:
    try:
        return text_file.read()
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{Path(text_file.name).name} is not a text file in UTF-8.", "Save it as plain text."
        ) from error
