"""A list of questions from a file, shown before it enters the bank."""

from typing import TYPE_CHECKING

from voicecoach.cli.asking import ask_yes
from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session
from voicecoach.errors import InvalidInputError

if TYPE_CHECKING:
    from question_bank.question_intake import Intake
    from question_bank.question_list import QuestionList


def import_list(
    session: Session,
    content: bytes,
    *,
    name: str,
    form: str | None,
    duplicates: str | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Show what a list would do to the bank; where it is meant, do it.

    Args:
        session: this run.
        content: the file.
        name: what it is called; says how it is written where `form` does not.
        form: how it is written.
        duplicates: "merge" or "keep" for questions nearly the same; None leaves them out.
        dry_run: store nothing.
        yes: don't ask at a terminal.
    """
    from question_bank.file_text import text_of_file  # noqa: PLC0415 - start-up time
    from question_bank.question_intake import (  # noqa: PLC0415 - start-up time
        Standing,
        as_known,
        look_at,
        read_question_list,
        take_in,
    )
    from question_bank.question_list import ListFormat  # noqa: PLC0415 - start-up time

    screen, coach = session.screen, session.coach
    file = text_of_file(content)
    read = read_question_list(file.text, None if form is None else ListFormat(form), name)
    if not read.questions:
        raise InvalidInputError(
            f"There is no question in {name}" + _first_problem(read) + ".",
            "A question is a line that ends with a question mark or begins with '- ', or a row of "
            "a table with a column called question.",
        )
    with coach.reading_bank() as bank:
        intake = look_at(bank, read)
        if duplicates == "merge":
            intake = as_known(bank, intake)
    wanted = [Standing.NEW, Standing.KNOWN, *([Standing.ALIKE] if duplicates == "keep" else [])]
    numbers = tuple(one.number for one in intake.incoming if one.standing in wanted)
    if not screen.as_json:
        _show(screen, intake, encoding=file.encoding, chosen=set(numbers))
    ask = screen.at_terminal and not yes and not screen.as_json and not dry_run
    if ask and (not numbers or not ask_yes(screen, "Put them into your bank?", default=True)):
        screen.line("Nothing was changed.")
        return
    if dry_run:
        if screen.as_json:
            screen.data({"encoding": file.encoding, "preview": intake, "would_take": numbers})
        return
    with coach.bank() as bank:
        intake = look_at(bank, read)
        if duplicates == "merge":
            intake = as_known(bank, intake)
        taken = take_in(bank, intake, numbers)
    if screen.as_json:
        screen.data({"taken": taken, "problems": intake.problems})
        return
    screen.line(
        f"{len(taken.new)} questions added, {len(taken.strengthened)} that you had gained "
        f"something, {taken.left_out} left out."
    )


def _first_problem(read: "QuestionList") -> str:
    """Say in brackets what was wrong with the first thing left out; nothing where there is none."""
    if not read.problems:
        return ""
    problem = read.problems[0]
    return f" (line {problem.line}: {problem.what.rstrip('.')})"


def _show(screen: Screen, intake: "Intake", *, encoding: str, chosen: set[int]) -> None:
    from question_bank.question_intake import Standing  # noqa: PLC0415 - start-up time

    read = intake.read
    separated = f", columns separated by a {read.delimiter}" if read.delimiter else ""
    screen.line(f"Read as {read.format.value} in {encoding}{separated}.")
    if read.columns:
        taken = [f"{one.name} → {one.taken_for}" for one in read.columns if one.taken_for]
        unread = [one.name for one in read.columns if one.taken_for is None]
        screen.line("Columns: " + ", ".join(taken) + ".")
        if unread:
            screen.line("Not read: " + ", ".join(unread) + ".")
    for one in intake.incoming:
        asked = one.listed.asked
        points = f", {len(asked.points)} points" if asked.points else ""
        sign = "+" if one.number in chosen and one.standing is not Standing.KNOWN else " "
        screen.line(f"{sign} {asked.text} ({asked.kind.value.replace('_', ' ')}{points})")
        if one.standing is Standing.KNOWN and one.known is not None:
            screen.line("you have it already", indent=6)
        elif one.standing is Standing.TWICE:
            screen.line("it stands in the list twice", indent=6)
        elif one.standing is Standing.ALIKE:
            left = "" if one.number in chosen else "; left out (--merge or --keep-both takes it)"
            screen.line(f"nearly the same as: {one.alike[0].text}{left}", indent=6)
    for problem in intake.problems:
        screen.line(f"Line {problem.line} was left out: {problem.what} {problem.remedy}")
