"""`voicecoach questions outline`: the points a good answer makes."""

from collections.abc import Sequence

import click

from question_bank.outline import DraftPoint, Outline, StarPart
from voicecoach.cli.asking import ask_several
from voicecoach.cli.inputs import POINT
from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session, json_option, pass_session
from voicecoach.errors import InvalidInputError


@click.command("outline")
@click.argument("question_id", metavar="ID")
@click.option(
    "--point",
    "points",
    type=POINT,
    multiple=True,
    help='A point, in order, such as "[action] (2) I phoned her"; repeat it for each point.',
)
@click.option("--skill", "skills", multiple=True, help="A skill the answer shows.")
@click.option("--story", "stories", multiple=True, help="A story it draws on.")
@click.option("--clear", is_flag=True, help="Take the outline away.")
@json_option
@pass_session
def outline(
    session: Session,
    question_id: str,
    points: tuple[DraftPoint, ...],
    skills: tuple[str, ...],
    stories: tuple[str, ...],
    *,
    clear: bool,
) -> None:
    """Show or write the outline of question ID.

    With --point the points given become the outline. On a terminal, without an outline yet, it
    asks for them. A point may begin with its part, [situation], [task], [action] or [result],
    and with its weight in parentheses.
    """
    if clear and points:
        raise click.UsageError("--clear and --point exclude each other.")
    with session.coach.reading_bank() as bank:
        question = bank.get_question(question_id)
        before = bank.get_outline(question.id)
    asked = before is None and not points and not clear and session.screen.at_terminal
    if asked:
        session.screen.line((question.text, "bold"))
        points = _ask_points(session.screen)
    if points or clear:
        with session.coach.bank() as bank:
            stored = bank.set_outline(
                question.id,
                points,
                skills=skills or (() if before is None else before.skills),
                stories=stories or (() if before is None else before.stories),
            )
        before = stored if stored.points else None
    elif skills or stories:
        raise InvalidInputError(
            "Skills and stories belong to points.", "Give the points too, with --point."
        )
    if session.screen.as_json:
        session.screen.data(before)
    elif before is None:
        session.screen.line("No outline. Write one with --point, once for each point.")
    else:
        show_outline(session.screen, before)


def show_outline(screen: Screen, shown: Outline) -> None:
    """Print an outline's points, skills and stories."""
    screen.line(("Outline", "bold"), f" (version {shown.version})")
    for number, point in enumerate(shown.points, start=1):
        part = f"[{point.part.value}] " if point.part is not None else ""
        weight = f" (weighs {point.weight:g})" if point.weight != 1 else ""
        screen.item(f"{part}{point.text}{weight}", mark=f"{number}.")
    if shown.skills:
        screen.line("Skills: " + ", ".join(shown.skills), indent=2)
    if shown.stories:
        screen.line("Stories: " + ", ".join(shown.stories), indent=2)


def _ask_points(screen: Screen) -> tuple[DraftPoint, ...]:
    parts = ", ".join(f"[{part.value}]" for part in StarPart)
    screen.line(f"Which points does a good answer make? A point may begin with {parts}.")
    return read_points(ask_several(screen, "The points, in order"))


def read_points(lines: Sequence[str]) -> tuple[DraftPoint, ...]:
    """Return the points written on these lines; one whose marks make no sense is kept as text."""
    points: dict[str, DraftPoint] = {}
    for line in lines:
        try:
            point = POINT.convert(line, None, None)
        except click.BadParameter:
            point = DraftPoint(text=line)
        points.setdefault(point.text, point)
    return tuple(points.values())
