"""`voicecoach skills`: what you can show, the story and the proof behind it."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict, TypeVar, Unpack

import click

from voicecoach.cli.asking import ask_optional, ask_text, ask_yes, require_terminal
from voicecoach.cli.inputs import short_ids
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError
from voicecoach.inventory import LEVELS, DraftEntry, EntryKind, Proof, ProofKind, Story

if TYPE_CHECKING:
    from voicecoach.inventory import InventoryEntry

Function = TypeVar("Function", bound=Callable[..., Any])

KINDS: Final = tuple(EntryKind)
PARTS: Final = (
    ("situation", "What was going on."),
    ("task", "What you had to do."),
    ("action", "What you did."),
    ("result", "What came of it."),
)


class ProofWords(click.ParamType[Proof]):
    """A proof with its kind: "certificate: C1, 2019"."""

    name = "proof"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Proof:
        """Return the proof, or refuse a kind that does not exist."""
        if isinstance(value, Proof):
            return value
        kind, colon, text = str(value).partition(":")
        if not colon or kind.strip().lower() not in set(ProofKind) or not text.strip():
            self.fail(
                f"{value!r} is no proof; write it as 'KIND: words', KIND being one of "
                f"{', '.join(ProofKind)}.",
                param,
                ctx,
            )
        return Proof(kind=ProofKind(kind.strip().lower()), text=text.strip())


class GivenFields(TypedDict):
    """What the options said; None or empty where an option was not given."""

    kind: str | None
    level: int | None
    situation: str | None
    task: str | None
    action: str | None
    result: str | None
    proofs: Sequence[Proof]


def _field_options(function: Function) -> Function:
    levels = ", ".join(f"{level} {words}" for level, words in LEVELS.items())
    options = [
        click.option("--kind", type=click.Choice([str(kind) for kind in KINDS])),
        click.option("--level", type=click.IntRange(1, 5), help=f"How strong: {levels}."),
        *(click.option(f"--{part}", help=words) for part, words in PARTS),
        click.option(
            "--proof",
            "proofs",
            type=ProofWords(),
            multiple=True,
            help='Such as "certificate: C1, 2019" or "person: Ms Hale"; may be repeated.',
        ),
    ]
    for option in reversed(options):
        function = option(function)
    return function


@click.group("skills", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Keep your skills and qualifications with the story and the proof behind each.

    Without a further word it lists them.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_skills)


@command.command("list")
@json_option
@pass_session
def list_skills(session: Session) -> None:
    """List what you can show, the oldest first."""
    from voicecoach.preparing import reading_preparation  # noqa: PLC0415 - start-up time

    with reading_preparation(session.coach) as preparation:
        entries = preparation.inventory.every()
    if session.screen.as_json:
        session.screen.data(entries)
        return
    if not entries:
        session.screen.line('Nothing yet. Begin with: voicecoach skills add "What I am good at"')
        return
    short = short_ids(entry.id for entry in entries)
    session.screen.table(
        ("id", "kind", "story", "proofs", "questions", "name"),
        [
            (
                short[entry.id],
                str(entry.kind),
                "told" if entry.story else "none yet",
                str(len(entry.proofs)),
                str(len(entry.question_ids)),
                entry.name,
            )
            for entry in entries
        ],
    )


@command.command("noticed")
@json_option
@pass_session
def list_noticed(session: Session) -> None:
    """List strengths you noticed after interviews that are not among your skills yet."""
    from voicecoach.noticed_strengths import noticed_strengths  # noqa: PLC0415 - start-up time

    found = noticed_strengths(session.coach)
    if session.screen.as_json:
        session.screen.data(found)
        return
    if not found:
        session.screen.line("None: what you noticed stands among your skills, or nothing is kept.")
        return
    for one in found:
        session.screen.item(f"{one.draft.name} ", (f"({one.strength.id[:8]})", "dim"))
    session.screen.line("Put one among them: voicecoach skills add --strength ID")


@command.command("add")
@click.argument("name", required=False)
@click.option(
    "--strength",
    "strength_id",
    metavar="ID",
    help="A strength you noticed after an interview: its words are taken over.",
)
@_field_options
@json_option
@pass_session
def add_skill(
    session: Session, name: str | None, strength_id: str | None, **given: Unpack[GivenFields]
) -> None:
    """Add a skill. On a terminal it asks for what is not given.

    With --strength the words you kept are its name, and the sentence they came from begins its
    story or is a proof of it; options say it otherwise or add to it.
    """
    from voicecoach.preparing import preparing  # noqa: PLC0415 - start-up time

    if strength_id is not None:
        _take_strength(session, strength_id, name, given)
        return
    draft = _draft(name or "", given, before=None)
    if not draft.name:
        require_terminal(session.screen, "Give the name of the skill.")
        draft = _asked(session)
    with preparing(session.coach) as preparation:
        entry = preparation.add_entry(draft)
    _show(session, entry, "Added")


def _take_strength(
    session: Session, strength_id: str, name: str | None, given: GivenFields
) -> None:
    from voicecoach.noticed_strengths import (  # noqa: PLC0415 - start-up time
        noticed_strength,
        take_strength,
    )

    noticed = noticed_strength(session.coach, strength_id)
    given["proofs"] = (*noticed.draft.proofs, *given["proofs"])
    draft = _draft(name or noticed.draft.name, given, before=noticed.draft)
    _show(session, take_strength(session.coach, noticed.strength.id, draft), "Added")


@command.command("edit")
@click.argument("skill_id", metavar="ID")
@click.option("--name", help="What it is called.")
@_field_options
@json_option
@pass_session
def edit_skill(
    session: Session, skill_id: str, name: str | None, **given: Unpack[GivenFields]
) -> None:
    """Change a skill: what is given replaces what was there."""
    from voicecoach.preparing import preparing  # noqa: PLC0415 - start-up time

    if name is None and not any(value is not None and value != () for value in given.values()):
        raise InvalidInputError(
            "Nothing to change was given.", "See: voicecoach skills edit --help"
        )
    with preparing(session.coach) as preparation:
        before = preparation.inventory.get(skill_id)
        draft = _draft(before.name if name is None else name, given, before=before)
        entry = preparation.inventory.change(before.id, draft)
    _show(session, entry, "Changed")


@command.command("show")
@click.argument("skill_id", metavar="ID")
@json_option
@pass_session
def show_skill(session: Session, skill_id: str) -> None:
    """Show a skill with its story, and which questions it may help to answer."""
    from voicecoach.preparing import reading_preparation  # noqa: PLC0415 - start-up time

    with reading_preparation(session.coach) as preparation:
        entry = preparation.inventory.get(skill_id)
    _show(session, entry)


@command.command("map")
@click.argument("skill_id", metavar="ID")
@click.argument("question_id", metavar="QUESTION")
@click.option("--undo", is_flag=True, help="It does not help with that question.")
@click.option("--outline", is_flag=True, help="Its story becomes points of the outline too.")
@json_option
@pass_session
def map_skill(
    session: Session, skill_id: str, question_id: str, *, undo: bool, outline: bool
) -> None:
    """Note that a skill helps to answer a question."""
    from voicecoach.preparing import preparing  # noqa: PLC0415 - start-up time

    if undo and outline:
        raise click.UsageError("--undo and --outline exclude each other.")
    with preparing(session.coach) as preparation:
        if outline:
            preparation.put_into_outline(skill_id, question_id)
            entry = preparation.inventory.get(skill_id)
        else:
            entry = preparation.map_question(skill_id, question_id, on=not undo)
    _show(session, entry, "Noted")


@command.command("delete")
@click.argument("skill_id", metavar="ID")
@click.option("--yes", is_flag=True, help="Don't ask whether I mean it.")
@pass_session
def delete_skill(session: Session, skill_id: str, *, yes: bool) -> None:
    """Delete a skill with its story; outlines it became a part of keep their points."""
    from voicecoach.preparing import preparing, reading_preparation  # noqa: PLC0415

    with reading_preparation(session.coach) as preparation:
        entry = preparation.inventory.get(skill_id)
    if not yes:
        require_terminal(session.screen, "Say --yes if you mean it.")
        if not ask_yes(session.screen, f"Delete {entry.name}?", default=False):
            session.screen.line("Kept.")
            return
    with preparing(session.coach) as preparation:
        preparation.inventory.delete(entry.id)
    session.screen.line(f"Deleted: {entry.name}")


def _draft(
    name: str, given: GivenFields, *, before: "InventoryEntry | DraftEntry | None"
) -> DraftEntry:
    known = before.story if before else Story()

    def told(part: str | None, kept: str) -> str:
        return kept if part is None else part

    kind = given["kind"]
    return DraftEntry(
        name=name,
        kind=EntryKind(kind) if kind else (before.kind if before else EntryKind.SKILL),
        level=given["level"] or (before.level if before else None),
        story=Story(
            situation=told(given["situation"], known.situation),
            task=told(given["task"], known.task),
            action=told(given["action"], known.action),
            result=told(given["result"], known.result),
        ),
        proofs=tuple(given["proofs"]) or (before.proofs if before else ()),
    )


def _asked(session: Session) -> DraftEntry:
    screen = session.screen
    name = ask_text(screen, "What are you good at, or qualified in")
    screen.line("The story behind it, if you like; Enter leaves a part out.")
    situation, task, action, result = (
        ask_optional(screen, words.rstrip(".")) for _, words in PARTS
    )
    return DraftEntry(
        kind=EntryKind.SKILL,
        name=name,
        story=Story(situation=situation, task=task, action=action, result=result),
    )


def _show(session: Session, entry: "InventoryEntry", did: str = "") -> None:
    from voicecoach.advert_match import suggest_questions  # noqa: PLC0415 - start-up time
    from voicecoach.preparing import reading_preparation  # noqa: PLC0415

    screen = session.screen
    if screen.as_json:
        screen.data(entry)
        return
    level = f", {LEVELS[entry.level]}" if entry.level else ""
    screen.line((f"{did}: " if did else "", "dim"), (entry.name, "bold"), f" ({entry.kind}{level})")
    for part, text in entry.story.parts:
        screen.item((f"{part}: ", "dim"), text)
    for proof in entry.proofs:
        screen.item((f"{proof.kind}: ", "dim"), proof.text)
    if not entry.story:
        screen.line(f"No story yet: voicecoach skills edit {entry.id[:8]} --action …")
    with reading_preparation(session.coach) as preparation:
        mapped = preparation.questions_of(entry)
    if mapped:
        screen.heading("Helps with")
        for question in mapped:
            screen.item(question.text, (f" ({question.id[:8]})", "dim"))
    if suggested := suggest_questions(session.coach, entry):
        screen.heading("May help with")
        for one in suggested:
            screen.item(one.question.text, (f" ({one.question.id[:8]})", "dim"))
        screen.line(f"Say so with: voicecoach skills map {entry.id[:8]} QUESTION")
