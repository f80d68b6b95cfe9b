"""`voicecoach readiness`: how ready, how sure, what would raise it most."""

from datetime import date
from typing import TYPE_CHECKING

import click

from voicecoach.cli.focus_screen import show_focus
from voicecoach.cli.inputs import DAY, short_ids
from voicecoach.cli.screen import Screen
from voicecoach.cli.session import Session, json_option, pass_session, synthetic_option

if TYPE_CHECKING:
    from question_bank.question import Question
    from voicecoach.readiness import Readiness

SHOWN = 10
"""Questions listed unless all are asked for: the least sure ones."""


@click.command("readiness")
@click.option("--on", "on_day", type=DAY, help="The day spoken of; the next interview's without.")
@click.option("--all", "show_all", is_flag=True, help="List every question, not the weakest ten.")
@synthetic_option
@json_option
@pass_session
def command(session: Session, on_day: date | None, *, show_all: bool) -> None:
    """Say how ready you will be on the day, how sure that is, and what would raise it most."""
    from voicecoach.kept_takeaways import (  # noqa: PLC0415 - start-up time
        MOST_FOCUSES,
        practice_focuses,
    )

    coach = session.coach
    found = coach.readiness(on_day)
    if session.screen.as_json:
        session.screen.data(found)
        return
    with coach.reading_bank() as bank:
        questions = {one.id: one for one in bank.every_question(retired=None)}
    session.screen.line((found.as_sentence, "bold"))
    session.screen.line(
        f"It stands on {found.attempts_used} scored answers and is a practice indicator, "
        "no forecast of being hired."
    )
    _show_raise(session.screen, found, questions)
    show_focus(session.screen, practice_focuses(coach)[:MOST_FOCUSES])
    if found.share is not None or show_all:
        _show_questions(session.screen, found, questions, show_all=show_all)


def _show_raise(screen: Screen, found: "Readiness", questions: dict[str, "Question"]) -> None:
    if not found.raise_most:
        return
    screen.heading("What would raise it most, in points of 100")
    for number, chance in enumerate(found.raise_most, start=1):
        screen.item(
            *(questions[chance.question_id].text, f": {chance.in_points}; {chance.because}"),
            mark=f"{number}.",
        )


def _show_questions(
    screen: Screen, found: "Readiness", questions: dict[str, "Question"], *, show_all: bool
) -> None:
    weakest = sorted(found.per_question, key=lambda row: row.probability)
    shown = weakest if show_all else weakest[:SHOWN]
    short = short_ids(questions)
    screen.heading(f"At {found.target:.0f} or better on the day")
    screen.table(
        ("id", "chance", "expected", "practised", "question"),
        [
            (
                short[row.question_id],
                f"{round(100 * row.probability)}%",
                f"{row.mean:.0f} ± {row.standard_deviation:.0f}",
                "put away" if row.retired else "yes" if row.practised else "not yet",
                questions[row.question_id].text,
            )
            for row in shown
        ],
    )
    if len(shown) < len(weakest):
        screen.line(f"and {len(weakest) - len(shown)} more: voicecoach readiness --all")
