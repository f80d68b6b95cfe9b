"""Questions in and out: ready-made packs, and the whole bank as a file."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from question_bank.question import QuestionKind
from voicecoach.cli.asking import ask_choice
from voicecoach.cli.duplicates import settle_duplicates
from voicecoach.cli.question_list import import_list
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError

if TYPE_CHECKING:
    from question_bank.pack import Pack
    from question_bank.question_shelf import MetQuestion

ALL: Final = "all"
LARGEST_BYTES: Final = 200_000_000
"""An export of ten thousand questions has about 20 MB."""


@click.command("packs")
@click.argument("kind", type=click.Choice([kind.value for kind in QuestionKind]), required=False)
@json_option
@pass_session
def list_packs(session: Session, kind: str | None) -> None:
    """List the ready-made packs, or the questions of one KIND with the points they ask for."""
    from question_bank.pack import load_packs  # noqa: PLC0415 - start-up time

    packs = [pack for pack in load_packs() if kind in {None, pack.kind.value}]
    if session.screen.as_json:
        session.screen.data(packs)
        return
    if kind is None:
        session.screen.table(
            ("pack", "questions", "about"),
            [(pack.kind.value, str(len(pack.questions)), pack.description) for pack in packs],
        )
        session.screen.line("Look into one: voicecoach questions packs PACK")
        session.screen.line("Take one over: voicecoach questions import PACK")
        return
    for question in packs[0].questions:
        session.screen.line((question.text, "bold"), f" ({question.id})")
        for point in question.points:
            session.screen.item(point.text)


@click.command("import")
@click.argument("source", metavar="PACK|FILE")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "markdown", "anki"]),
    help="How FILE is written; told by its name and content where not given.",
)
@click.option("--dry-run", is_flag=True, help="Show what would enter and store nothing.")
@click.option("--yes", is_flag=True, help="Don't ask before a list enters.")
@click.option("--merge", "duplicates", flag_value="merge", help="Merge questions nearly the same.")
@click.option("--keep-both", "duplicates", flag_value="keep", help="Keep near-duplicates apart.")
@json_option
@pass_session
def import_questions(
    session: Session,
    source: str,
    form: str | None,
    duplicates: str | None,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Take over a pack (its name, "all", or one of its questions' ids), or the questions of a FILE.

    FILE may be an export of the bank (JSON), a table (CSV), a list in Markdown, or Anki's "Notes in
    plain text". What you have already is not doubled; of a list, questions that are nearly the same
    as others are named and left out unless you say --merge or --keep-both.
    """
    from question_bank.pack import load_packs  # noqa: PLC0415 - start-up time

    packs = load_packs()
    if source == ALL or source in {pack.kind.value for pack in packs}:
        wanted = [pack for pack in packs if source in {ALL, pack.kind.value}]
        take_packs(session, wanted, duplicates)
    elif any(source == question.id for pack in packs for question in pack.questions):
        _take_questions(session, [source], duplicates)
    else:
        content = _content(source)
        if form == "json" or (form is None and content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"{"):
            _import_bank(session, content, dry_run=dry_run)
        else:
            import_list(
                session,
                content,
                name=source,
                form=form,
                duplicates=duplicates,
                dry_run=dry_run,
                yes=yes,
            )


@click.command("export")
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path))
@pass_session
def export_questions(session: Session, file: Path | None) -> None:
    """Write all interviews, questions, outlines and reviews as JSON, to FILE or stdout."""
    from question_bank.transfer import export_bank  # noqa: PLC0415 - start-up time

    with session.coach.database.reading() as unit:
        exported = export_bank(unit)
    if file is None:
        sys.stdout.buffer.write(exported)
        return
    try:
        file.write_bytes(exported)
    except OSError as error:
        raise InvalidInputError(
            f"{file} can't be written ({error.strerror or error}).", "Choose another place."
        ) from error
    session.screen.note(f"Written: {file}")


def choose_packs(session: Session) -> None:
    """Let the person at the terminal choose a pack, and take it over."""
    from question_bank.pack import load_packs  # noqa: PLC0415 - start-up time

    packs = load_packs()
    count = sum(len(pack.questions) for pack in packs)
    choices = [
        (pack.kind.value, f"{len(pack.questions)} questions. {pack.description}") for pack in packs
    ]
    chosen = ask_choice(
        session.screen, "Which pack", [*choices, (ALL, f"all {count}")], default="behavioural"
    )
    take_packs(session, [pack for pack in packs if chosen in {ALL, pack.kind.value}], "keep")


def take_packs(session: Session, packs: "list[Pack]", duplicates: str | None) -> None:
    """Put the questions of these packs into the bank and tell how many were new."""
    _take_questions(
        session, [question.id for pack in packs for question in pack.questions], duplicates
    )


def _take_questions(session: Session, pack_ids: list[str], duplicates: str | None) -> None:
    from question_bank.pack import take_from_pack  # noqa: PLC0415 - start-up time

    with session.coach.bank() as bank:
        taken: list[MetQuestion] = [take_from_pack(bank, pack_id) for pack_id in pack_ids]
    for met in taken:
        settle_duplicates(session, met.question, met.near_duplicates, duplicates)
    new = [met.question for met in taken if met.is_new]
    if session.screen.as_json:
        session.screen.data({"added": new, "known": len(taken) - len(new)})
        return
    known = f", {len(taken) - len(new)} you had already" if len(new) < len(taken) else ""
    session.screen.line(f"{len(new)} questions added{known}. Practise: voicecoach drill")


def _content(source: str) -> bytes:
    path = Path(source)
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise InvalidInputError(
                f"{path} is larger than {LARGEST_BYTES // 1_000_000} MB.",
                "Give a file written by 'voicecoach questions export', or a list of questions.",
            )
        return path.read_bytes()
    except OSError as error:
        raise InvalidInputError(
            f"There is no pack {source!r}, and no file of that name can be read "
            f"({error.strerror or error}).",
            "See the packs: voicecoach questions packs",
        ) from error


def _import_bank(session: Session, exported: bytes, *, dry_run: bool) -> None:
    from question_bank.transfer import import_bank  # noqa: PLC0415 - start-up time

    with session.coach.database.transaction() as unit:
        report = import_bank(unit, exported)
        if dry_run:
            unit.rollback()
    if session.screen.as_json:
        session.screen.data(report)
        return
    session.screen.line(
        f"{'Would add' if dry_run else 'Added'}: {report.questions_added} questions, "
        f"{report.interviews_added} interviews, {report.reviews_added} reviews. "
        f"{report.questions_strengthened} questions that you "
        f"{'have would be' if dry_run else 'had were'} strengthened."
    )
