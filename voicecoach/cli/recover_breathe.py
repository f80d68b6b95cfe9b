"""`voicecoach recover breathe`: breathing along with a pacer."""

import click

from voicecoach.breathing import FEWEST_ROUNDS, MOST_ROUNDS, PATTERNS, USUAL, find_pattern
from voicecoach.cli.session import Session, json_option, pass_session


@click.command("breathe")
@click.option(
    "--pattern",
    "name",
    type=click.Choice([one.name for one in PATTERNS]),
    help="How to breathe; remembered.",
)
@click.option(
    "--rounds",
    "wanted",
    type=click.IntRange(FEWEST_ROUNDS, MOST_ROUNDS),
    help="How often; remembered.",
)
@click.option("--silent", is_flag=True, help="Show the words without speaking them.")
@click.option("--interview", "interview_id", help="Whose path; the latest without it.")
@json_option
@pass_session
def command(
    session: Session,
    name: str | None,
    wanted: int | None,
    *,
    silent: bool,
    interview_id: str | None,
) -> None:
    """Breathe along: a line grows and shrinks, and a voice says when. Enter ends it.

    Off a terminal the pattern is printed. Breathed to the end, the step is marked as done.
    """
    from voicecoach.cli.breathing_screen import (  # noqa: PLC0415 - start-up time
        breathe_along,
        show_pattern,
    )
    from voicecoach.recovery import Step, StepState  # noqa: PLC0415 - start-up time

    screen, settings = session.screen, session.settings
    pattern = find_pattern(name or settings.breathing) or USUAL
    kept = settings.breathing_rounds if pattern.name == settings.breathing else None
    rounds = min(wanted or kept or pattern.rounds, pattern.most_rounds)
    if name is not None or wanted is not None:
        _remember(session, pattern.name, rounds)
    with session.coach.reading_roads_back() as roads:
        path = roads.path(interview_id)
    finished = False
    if screen.at_terminal:
        finished = breathe_along(session, pattern, rounds, aloud=not silent)
        if finished and path is not None:
            with session.coach.roads_back() as roads:
                roads.mark(Step.BREATHE, StepState.DONE, interview_id=path.interview_id)
        screen.note("Done." if finished else "Stopped. Every breath counts.")
    if screen.as_json:
        screen.data({"pattern": pattern, "rounds": rounds, "finished": finished})
    elif not screen.at_terminal:
        show_pattern(screen, pattern, rounds)
        screen.line("When you have: voicecoach recover --done breathe")


def _remember(session: Session, pattern: str, rounds: int) -> None:
    """Keep the choice in config.toml, as far as nothing stands above it."""
    from voicecoach.settings_desk import SettingsDesk  # noqa: PLC0415 - start-up time

    desk = SettingsDesk(session.coach, overruled=session.overruled())
    chosen = {"breathing": pattern, "breathing_rounds": str(rounds)}
    desk.change({name: value for name, value in chosen.items() if name not in desk.overruled})
